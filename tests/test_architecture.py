"""Rules on how the code is laid out, checked over its syntax trees; each test says one of them."""

import ast
import importlib.metadata
import importlib.util
import pkgutil
import re
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
SHELL = "binhlu_portal"
APPS = ["organizations", "members", "assessments", "reports"]  # each may import itself and those before it
SHELL_MAY_IMPORT = (
    "organizations.scope",
    "organizations.rights",
    "organizations.tree_queries",
    "organizations.in_force",
    "organizations.letterheads",
)
TOOLS = {"attack", "bench", "docs", "fixtures"}
PAGES = {"tables", "forms", "views"}
ABOVE_PAGES = PAGES | {
    "filters",
    "columns",
    "record_types",
    "change_types",
    "data_checks",
    "reminders",
    "urls",
    "management",
}
ABOVE_PAGES |= {
    "corrections",
    "newcomer_form",
    "post_forms",
    "record_forms",
    "settlement",
    "target_form",
    "drilldown",
    "grid",
}
READS_CLOCK = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow", "timezone.now", "timezone.localdate"}
MAY_READ_CLOCK = {"views", "middleware", "management"}
EMPTY_NAMES = {"services", "selectors", "utils"}
EXPECTATIONS = {"pytest.raises", "pytest.warns", "expect"}
LONGEST_MODULE = 300
LOCK_LINE = re.compile(r"[a-z0-9-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*|")
FOREIGN_PATH = re.compile(r"\.\./shared|(?<![\w.}])/(?:home|Users|root|work)/\w|[A-Z]:\\Users\\")


def project_files():
    """Return the files a person wrote: all but data, caches and what other programs keep in hidden folders."""
    tops = [path for path in ROOT.iterdir() if path.name == ".ci" or not path.name.startswith((".", "var"))]
    found = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


FILES = project_files()
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text()
    for path in FILES
    if path.suffix == ".py" and not {"tests", "migrations"}.intersection(path.relative_to(ROOT).parts)
}
TESTS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text()
    for path in FILES
    if path.suffix == ".py" and path.is_relative_to(ROOT / "tests")
}


def imported(module, source):
    """Return the full names of all that the module `module` with the text `source` imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = [*module.split(".")[: -node.level], node.module] if node.level else [node.module]
            names.update(".".join(filter(None, [*start, alias.name])) for alias in node.names)
    return names


def missing_names(module, source):
    """Return what `module` imports from this project that is not there: no module, and no name in one."""
    own = {name.split(".")[0] for name in MODULES} | {"tests"}
    return sorted(name for name in imported(module, source) if name.split(".")[0] in own and not _is_there(name))


def _is_there(name):
    try:
        pkgutil.resolve_name(name.removesuffix(".*"))
    except (ImportError, AttributeError):
        return False
    return True


def in_package(name, package):
    """Tell whether the dotted `name` is `package` or lies within it."""
    return name == package or name.startswith(f"{package}.")


def imports_against_the_direction(module, source):
    """Return what `module` imports from an app that it must not know."""
    package = module.split(".")[0]
    if package == SHELL:
        unknown = APPS
    elif package in APPS:
        unknown = APPS[APPS.index(package) + 1 :]
    else:
        unknown = []
    return sorted(
        name
        for name in imported(module, source)
        if any(in_package(name, app) for app in unknown)
        and not (package == SHELL and any(in_package(name, door) for door in SHELL_MAY_IMPORT))
    )


def imports_of_pages(module, source):
    """Return the tables, forms and views that `module`, itself below the pages of an app, imports."""
    parts = module.split(".")
    if parts[0] not in APPS or ABOVE_PAGES.intersection(parts):
        return []
    return sorted(
        name
        for name in imported(module, source)
        if name.split(".")[0] in [SHELL, *APPS] and PAGES.intersection(name.split("."))
    )


def clock_readings(module, source):
    """Return the calls and defaults in `module` that ask the machine for the time though the moment is handed down."""
    if module == f"{SHELL}.moment.moment" or MAY_READ_CLOCK.intersection(module.split(".")):
        return []
    attributes = {
        ".".join(ast.unparse(node).split(".")[-2:])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
    }
    names = {".".join(name.split(".")[-2:]) for name in imported(module, source)}
    return sorted(READS_CLOCK & (attributes | names))


def without_docstring(module, source):
    """Return the public module, classes and functions in `source` that do not say what they stand for."""
    tree = ast.parse(source)
    named = [
        node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    ]
    everything = {"the module": tree, **{node.name: node for node in named}} if tree.body else {}
    return [name for name, node in everything.items() if not ast.get_docstring(node)]


def without_proof(modules):
    """Return the tests that neither assert nor expect anything, nor call a function of the tests that does.

    A function is found by its bare name: in the test's own module, in a `conftest` around it, or where it is imported.
    """
    calls, proving = {}, set()
    for module, source in modules.items():
        names = imported(module, source)
        folders = module.split(".")[:-1]
        places = [module, *(".".join([*folders[: depth + 1], "conftest"]) for depth in range(len(folders)))]
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef):
                nodes = list(ast.walk(function))
                called = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
                own = f"{module}.{function.name}"
                calls.setdefault(own, set()).update(f"{place}.{name}" for place in places for name in called)
                calls[own] |= {name for name in names if name.rpartition(".")[2] in called}
                if called & EXPECTATIONS or any(isinstance(node, ast.Assert) for node in nodes):
                    proving.add(own)
    while more := {name for name in calls.keys() - proving if calls[name] & proving}:
        proving |= more
    return sorted(name for name in calls.keys() - proving if name.rpartition(".")[2].startswith("test_"))


def offenders(rule):
    """Return what `rule` finds against each module against which it finds anything."""
    return {module: found for module, source in MODULES.items() if (found := rule(module, source))}


def empty_names(module, source):
    """Return the parts of the name of `module` that say nothing."""
    return sorted(EMPTY_NAMES.intersection(module.split(".")))


def lines_too_many(module, source):
    """Return how many lines `module` is longer than a module may be."""
    return max(0, len(source.splitlines()) - LONGEST_MODULE)


def test_the_rules_look_at_every_app():
    assert {module.split(".")[0] for module in MODULES} >= {SHELL, *APPS}


def test_what_the_tools_import_is_there():
    """Nothing runs the parts of these in a usual run of the tests: a name that moved would be missed by a person."""
    tools = {module: source for module, source in MODULES.items() if module.split(".")[0] in TOOLS}
    assert {module.split(".")[0] for module in tools} == TOOLS
    found = {module: missing_names(module, source) for module, source in tools.items()}
    assert {module: names for module, names in found.items() if names} == {}


@pytest.mark.parametrize("source", ["from tests.walk import Nobody", "import bench.nothing", "from .nothing import x"])
def test_an_import_of_what_is_not_there_is_found(source):
    assert missing_names("bench.pages", source) != []


def test_imports_run_one_way():
    assert offenders(imports_against_the_direction) == {}


def test_records_and_verbs_know_no_pages():
    assert offenders(imports_of_pages) == {}


def test_the_clock_is_read_at_the_edge_only():
    assert offenders(clock_readings) == {}


def test_public_things_say_what_they_stand_for():
    assert offenders(without_docstring) == {}


def test_modules_are_named_after_what_they_hold():
    assert offenders(empty_names) == {}


def test_modules_are_short():
    assert offenders(lines_too_many) == {}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("organizations.models", "import members.models"),
        ("organizations.units.actions", "from members import spells"),
        ("members.membership.actions", "def end():\n    from assessments.models import Rating"),
        ("assessments.views", "from reports.figures import total"),
        ("binhlu_portal.moment.views", "from organizations.models import Unit"),
        ("binhlu_portal.moment.views", "from organizations import models"),
        ("binhlu_portal.moment.moment", "import reports"),
    ],
)
def test_an_import_against_the_direction_is_found(module, source):
    assert imports_against_the_direction(module, source) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("reports.figures.definitions.members", "from members.models import Member\nfrom ..registry import figure"),
        ("members.models", "from organizations.scope import visible_to\nfrom . import codes"),
        ("organizations.views", "from binhlu_portal.views import List"),
        ("binhlu_portal.moment.moment", "from organizations import scope\nfrom organizations.scope import visible_to"),
    ],
)
def test_an_import_along_the_direction_is_let_through(module, source):
    assert imports_against_the_direction(module, source) == []


@pytest.mark.parametrize("source", ["from .forms import SpellForm", "from . import views", "import members.tables"])
def test_a_verb_that_imports_a_page_is_found(source):
    assert imports_of_pages("members.membership.actions", source) != []
    assert imports_of_pages("members.views.spells", source) == []


@pytest.mark.parametrize(
    "source",
    [
        "day = date.today()",
        "day = datetime.date.today()",
        "day = DateField(default=timezone.localdate)",
        "from django.utils.timezone import now",
    ],
)
def test_a_clock_read_below_the_edge_is_found(source):
    assert clock_readings("members.membership.actions", source) != []
    assert clock_readings("members.views", source) == []


def test_a_missing_docstring_is_found():
    assert without_docstring("members.models", '"""Spells."""\ndef end(): ...\ndef _hidden(): ...') == ["end"]
    assert without_docstring("members.models", "import os") == ["the module"]


def test_a_name_that_says_nothing_is_found():
    assert empty_names("members.utils.names", "") == ["utils"]


def test_a_module_too_long_is_found():
    assert lines_too_many("members.models", "\n" * (LONGEST_MODULE + 1)) == 1


def test_offenders_are_all_named(monkeypatch):
    monkeypatch.setitem(MODULES, "members.utils", "")
    monkeypatch.setitem(MODULES, "reports.services", "")
    assert offenders(empty_names) == {"members.utils": ["utils"], "reports.services": ["services"]}


def test_every_test_proves_something():
    assert without_proof(TESTS) == []


def test_a_test_that_proves_nothing_is_found():
    helpers = "def same(a, b):\n    assert a == b\ndef opened(page): return page\ndef alike(a, b): same(a, b)"
    proven = "from tests.helpers import alike\ndef test_a(): alike(1, 1)\ndef test_b(): assert True"
    unproven = "from tests.helpers import opened\ndef test_c(): opened('/')\ndef test_d(pages): pages.same(1, 1)"
    modules = {"tests.helpers": helpers, "tests.test_x": proven, "tests.test_y": unproven}
    assert without_proof(modules) == ["tests.test_y.test_c", "tests.test_y.test_d"]


def test_no_file_leads_out_of_the_project():
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in FILES
        if (match := FOREIGN_PATH.search(path.read_text(errors="ignore")))
    }
    assert found == {}


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_a_lock_holds_pinned_packages_with_hashes_and_nothing_else(lock):
    lines = (ROOT / "requirements" / lock).read_text().splitlines()
    assert [line for line in lines if not LOCK_LINE.fullmatch(line)] == []


@pytest.mark.database
def test_the_driver_of_postgresql_is_psycopg2():
    assert importlib.metadata.version("psycopg2-binary") == psycopg2.__version__.split()[0]
    if connection.vendor == "postgresql":
        assert connection.Database is psycopg2


def test_psycopg_3_is_not_there_for_django_to_prefer():
    assert importlib.util.find_spec("psycopg") is None
