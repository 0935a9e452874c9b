"""What apps declare is collected while the portal starts; a registry is never read in part."""

import subprocess
import sys
from dataclasses import dataclass

import pytest
from django.conf import settings

from binhlu_portal.registry import Registry, check_unique


@dataclass
class Declared:
    title: str


@pytest.fixture
def registry(monkeypatch):
    """A registry of its own, which nobody else completes."""
    monkeypatch.setattr(Registry, "declared", [])
    return Registry("examples", check_unique("title"))


@pytest.mark.parametrize(
    "read",
    [
        lambda registry: registry["a"],
        lambda registry: registry.get("a"),
        lambda registry: "a" in registry,
        list,
        len,
        lambda registry: registry.keys(),
        lambda registry: registry.values(),
        lambda registry: registry.items(),
    ],
)
def test_reading_before_all_apps_have_declared_theirs_is_an_error(registry, read):
    registry.add("a", Declared("A"))
    with pytest.raises(RuntimeError, match="examples is read before"):
        read(registry)
    registry.complete()
    read(registry)


def test_declaring_after_the_start_is_an_error(registry):
    registry.complete()
    with pytest.raises(RuntimeError, match="after the registry of examples was complete"):
        registry.add("a", Declared("A"))
    assert not registry


def test_a_key_is_declared_once(registry):
    registry.add("a", Declared("A"))
    with pytest.raises(ValueError, match="'a' is defined twice"):
        registry.add("a", Declared("B"))
    registry.complete()
    assert registry["a"].title == "A"


def test_a_field_that_must_be_unique_is_checked_when_the_registry_is_complete(registry):
    registry.add("a", Declared("A"))
    registry.add("b", Declared("A"))
    with pytest.raises(ValueError, match="A is defined twice"):
        registry.complete()


def test_every_registry_of_the_portal_is_complete():
    assert {registry.what for registry in Registry.declared if registry.is_complete and len(registry)} == {
        registry.what for registry in Registry.declared
    }


IMPORT_EVERYTHING = """
import importlib, os, pkgutil
os.environ["DJANGO_SETTINGS_MODULE"] = "binhlu_portal.settings"
import django
from binhlu_portal.registry import Registry
Registry.complete = lambda registry: None
django.setup()
for app in ("binhlu_portal", "organizations", "members", "assessments", "reports"):
    for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
        if module.name != "binhlu_portal.wsgi":
            importlib.import_module(module.name)
"""


def test_no_module_reads_a_registry_while_it_is_imported():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
