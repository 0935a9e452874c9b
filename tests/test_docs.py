"""What the documents say is so: the dictionary, links, images, commands and the words on the screen."""

import re
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.core.management import call_command, get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
IMAGES = DOCS / "images"
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text() for path in [*ROOT.glob("*.md"), *DOCS.glob("*.md")]}
every_text = pytest.mark.parametrize("name", TEXTS)

LINK = re.compile(r'\]\(([^)\s]+)\)|src="([^"]+)"')
CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
LARGEST_IMAGE, ALL_IMAGES = 150_000, 1_500_000


def links(name):
    """Return the addresses within the project that the text `name` links to, as (path, heading)."""
    found = [first or second for first, second in LINK.findall(TEXTS[name])]
    return [tuple(address.partition("#")[::2]) for address in found if "://" not in address]


def code(name):
    """Return what the text `name` shows as code."""
    return "\n".join(first or second for first, second in CODE.findall(TEXTS[name]))


def anchors(text):
    """Return the names by which the headings of a Markdown text are linked to."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_data_dictionary_is_what_its_command_prints():
    printed = StringIO()
    call_command("data_dictionary", stdout=printed)
    assert TEXTS["docs/data-dictionary.md"] == printed.getvalue(), "manage.py data_dictionary > docs/data-dictionary.md"


@every_text
def test_every_link_leads_somewhere(name):
    for path, heading in links(name):
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), path
        assert not heading or heading in anchors(target.read_text()), heading


def test_what_a_server_runs_is_fenced_in():
    text = TEXTS["docs/deployment.md"]
    (fence,) = re.findall(r"^# fence.conf\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "IPAddressDeny=any", "IPAddressAllow=localhost"):
        assert line in fence.splitlines()
    units = re.findall(r"^# /etc/systemd/system/(.*\.service)$", text, re.MULTILINE)
    assert len(units) == 2
    assert all(f"/etc/systemd/system/{unit}.d/" in text for unit in units)


def test_every_image_is_shown_and_small():
    shown = {((ROOT / name).parent / path).resolve() for name in TEXTS for path, _ in links(name)}
    sizes = {path: path.stat().st_size for path in IMAGES.iterdir()}
    assert set(sizes) <= shown
    assert max(sizes.values()) < LARGEST_IMAGE
    assert sum(sizes.values()) < ALL_IMAGES


@every_text
def test_every_make_target_exists(name):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"^make ([a-z-]+)", code(name), re.MULTILINE)) <= set(targets)


@every_text
def test_every_management_command_exists(name):
    assert set(re.findall(r"manage\.py ([a-z_]+)", code(name))) <= set(get_commands())


def test_the_changelog_tells_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert re.search(rf"^## {re.escape(version)} – \d{{4}}-\d\d-\d\d$", TEXTS["CHANGELOG.md"], re.MULTILINE)


def test_bold_words_of_the_user_guide_stand_on_the_screen():
    code_of_pages = [
        path
        for app in ("binhlu_portal", "organizations", "members", "assessments", "reports")
        for path in (ROOT / app).rglob("*.py")
    ]
    sources = [*(ROOT / "templates").rglob("*.html"), *code_of_pages]
    labels = [str(field.label) for field in AuthenticationForm().fields.values()]
    screen = " ".join([*labels, *(" ".join(path.read_text().split()) for path in sources)])
    words = re.findall(r"\*\*(.+?)\*\*", TEXTS["docs/huong-dan-su-dung.md"].replace("\n", " "))
    assert [word for word in words if word not in screen] == []
