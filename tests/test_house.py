"""Rules on how rooms and things are named and who looks into which room, read off the syntax trees."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import LONG
from tests.ground import world_of
from tests.test_architecture import APPS, MODULES, ROOT, SHELL, imported

SHORTEST_MODULE = 30
OF_ANY_LENGTH = {
    "__init__", "urls", "apps", "models",
    "actions", "queries", "forms", "views", "columns", "triggers", "data_sheets", "agreements", "migrations",
}  # fmt: skip
"""Names that a feature or an app has whatever it holds, so that everything is found under the name one expects."""

SHORT = {
    "members.membership.later_records": "other apps fill it, forms of the feature ask it",
    "members.roster_import.first_load": "asked by how people arrived, by new units and by the day of a list",
    "binhlu_portal.text.likeness": "one question about two names, asked by lists and by folders of them",
    "binhlu_portal.accounts.chores": "apps declare in it what the worker does once a day",
    "binhlu_portal.accounts.management.commands.paper_codes": "a command of its own",
    "binhlu_portal.audit.chores": "apps declare in it what the worker does once a day",
    "binhlu_portal.backup.chores": "apps declare in it what the worker does once a day",
    "binhlu_portal.backup.management.commands.backup": "a command of its own",
    "binhlu_portal.chores": "apps declare in it what the worker does once a day",
    "binhlu_portal.db.expressions": "ORM expressions belong to no feature",
    "binhlu_portal.deterministic_zip": "a worker process loads it without Django",
    "binhlu_portal.formats.vi.formats": "Django looks for date formats there",
    "binhlu_portal.management.commands.self_check": "a command of its own",
    "binhlu_portal.management.files": "shared by the commands of all apps",
    "binhlu_portal.population": "what figures and data checks have in common, and neither package is above the other",
    "binhlu_portal.log_records": "named in the settings",
    "binhlu_portal.accounts.password_hasher": "named in the settings",
    "binhlu_portal.moment.query_string": "links are made below the pages, forms are not",
    "binhlu_portal.wsgi": "gunicorn looks for the application there",
    "manage": "Django's entry point of commands",
    "members.membership.returns": "an agreement between stays, which files and corrections are asked for",
    "organizations.chores": "apps declare in it what the worker does once a day",
    "organizations.self_checks": "apps declare in it what the portal looks at when it starts",
    "organizations.management.commands.derive_ancestry": "a command of its own",
    "organizations.account_management.keeper_pages": "pages of two apps are made of it",
    "organizations.mixins": "shared by the models of two apps",
    "reports.beginning.single_beginning": "both beginnings ask it, and neither is above the other",
    "reports.figures.definitions.age_bands": "shared by the report, the statistics and the days of reconciliation",
    "reports.figures.definitions.statistics.date_numbers": "shared by the definitions of statistics",
    "reports.management.commands.leave_sample": "a command of its own",
    "reports.narrative.footnote_markers": "a worker process loads it without Django",
    "reports.narrative.limits": "a worker process loads it without Django",
}
"""Shorter modules, and why each stands alone."""

NOUNS = {"beginning", "ceiling", "closing", "restructuring", "string"}
"""Nouns that end like participles."""

NO_NAMES = {"own", "told", "shown", "known", "kept", "said", "saved", "found", "what", "who", "whom", "one", "utils"}
PAGES = {"views", "filters", "tables"}
WIRING = {"urls", "record_types", "change_types", "apps"}
"""Modules that name pages without showing any: they may look into every room."""

TYPED = {"actions", "queries", "tree_queries", "scope", "rights", "registry", "render", "populations", "placeholders"}
"""Modules and packages whose public functions carry types: what others call most."""

LIBRARY = ("records", "moment", "audit")
"""Packages of the shell whose pages others build upon."""

OUTSIDE_FEATURES = {"journeys", "data", "faults"}


def classes(module, source):
    """Return the classes that `module` declares at its top level."""
    return [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def twice(modules):
    """Return the names that more than one class of `modules` has, and where."""
    found = defaultdict(list)
    for module, source in modules.items():
        for node in classes(module, source):
            found[node.name].append(module)
    found.pop("Command", None)  # Django wants every command to have this name
    return {name: where for name, where in found.items() if len(where) > 1}


def views_misnamed(modules):
    """Return the classes built on a view that do not end in View, and the mixins of views that do not say so."""
    return [
        f"{module}.{node.name}"
        for module, source in modules.items()
        for node in classes(module, source)
        if any(ast.unparse(base).endswith("View") for base in node.bases) and not node.name.endswith("View")
    ]


def misnamed(modules):
    """Return the modules and packages whose name is a participle, a pronoun or another word that names nothing."""
    names = {tuple(module.split(".")[: end + 1]) for module in modules for end in range(len(module.split(".")))}
    return sorted(
        ".".join(name)
        for name in names
        if (last := name[-1].split("_")[-1]) in NO_NAMES or (last.endswith("ing") and last not in NOUNS)
    )


def short(modules):
    """Return the modules that are shorter than a module should be."""
    return {
        module
        for module, source in modules.items()
        if source.strip()
        and len(source.splitlines()) < SHORTEST_MODULE
        and module.split(".")[-1] not in OF_ANY_LENGTH
        and module.split(".")[0] not in ("tests", "fixtures", "bench", "attack")
    }


def feature_of(module):
    """Return the feature that a module of the apps or the shell belongs to: its first two names."""
    return ".".join(module.split(".")[:2])


def looks_into(module, source):
    """Return the pages of other features that `module` imports though it is no wiring."""
    if WIRING & set(module.split(".")):
        return []
    seen = {name for name in imported(module, source) if name.split(".")[0] in (SHELL, *APPS)}
    return sorted(
        name
        for name in seen
        if PAGES & set(name.split(".")[2:])
        and feature_of(name) != feature_of(module)
        and name.split(".")[:2] not in [[SHELL, package] for package in LIBRARY]
    )


def imports_of(module, known):
    """Return the modules of the project that `module` imports, inside functions too, and the packages around them."""
    found, (file, source) = set(), known[module]
    for name in imported(file, source):
        parts = name.split(".")
        found.update(each for end in range(len(parts), 0, -1) if (each := ".".join(parts[:end])) in known)
    return {other for other in found if not module.startswith(f"{other}.")} - {module}


def cycle_in(graph):
    """Return modules that import each other in a circle, or []."""
    state, path = {}, []

    def visit(module):
        state[module] = "open"
        path.append(module)
        for other in sorted(graph[module]):
            if state.get(other) == "open":
                return path[path.index(other) :]
            if other not in state and (found := visit(other)):
                return found
        state[module] = "done"
        path.pop()
        return []

    return next((found for module in sorted(graph) if module not in state and (found := visit(module))), [])


def untyped(module, source):
    """Return the public functions and methods of a module that others call whose types are not told."""
    if not TYPED & set(module.split(".")):
        return []
    tops = ast.parse(source).body
    functions = [*tops, *(node for top in tops if isinstance(top, ast.ClassDef) for node in top.body)]
    return [
        node.name
        for node in functions
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (
            node.returns is None
            or any(
                each.annotation is None
                for each in (*node.args.args, *node.args.kwonlyargs)
                if each.arg not in ("self", "cls")
            )
        )
    ]


def packages():
    """Return the folders of the project's packages, as paths."""
    return {
        path.parent.relative_to(ROOT)
        for top in (SHELL, *APPS)
        for path in (ROOT / top).rglob("*.py")
        if "migrations" not in path.parts
    }


def test_no_class_name_stands_for_two_things():
    tests = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text()
        for path in (ROOT / "tests").rglob("*.py")
    }
    assert twice(MODULES | tests) == {}


def test_views_end_in_view():
    assert views_misnamed(MODULES) == []


def test_modules_are_named_by_nouns():
    assert misnamed(MODULES) == []


def test_a_short_module_has_a_reason():
    assert short(MODULES) == SHORT.keys()


def test_pages_are_not_imported_from_outside_their_feature():
    assert {module: seen for module, source in MODULES.items() if (seen := looks_into(module, source))} == {}


def test_what_others_call_most_tells_its_types():
    assert {module: found for module, source in MODULES.items() if (found := untyped(module, source))} == {}


def test_modules_do_not_import_in_a_circle():
    known = {module.removesuffix(".__init__"): (module, source) for module, source in MODULES.items()}
    assert cycle_in({module: imports_of(module, known) for module in known}) == []


def test_templates_lie_where_their_package_lies():
    known = {Path(*path.parts[1:]) for path in packages()}
    folders = {path.parent.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.html")}
    others = {Path("."), Path("components"), Path("dashboard/charts")}
    assert folders - known - others == set()


def test_tests_lie_where_their_package_lies():
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    known = packages() | {Path("."), *map(Path, OUTSIDE_FEATURES)}
    assert {path for path in folders if path.parts and path.parts[0] not in OUTSIDE_FEATURES} - known == set()


def test_a_file_stands_on_the_sample_as_a_whole_or_not_at_all(request):
    """Whatever else stands between them takes the sample away, and it is loaded anew for every such file."""
    worlds = defaultdict(set)
    for item in request.session.items:
        if item.get_closest_marker("database"):
            worlds[item.path].add(world_of(item))
    assert [path.name for path, found in worlds.items() if "sample" in found and len(found) > 1] == []


def test_files_that_take_long_are_there():
    assert [name for name in LONG if not (ROOT / "tests" / name).is_file()] == []


def test_the_map_names_every_folder_of_the_tree():
    text = (ROOT / "docs" / "architecture.md").read_text()
    folders = {path for path in packages() if len(path.parts) <= 2}
    named = set(re.findall(r"[a-z_]+(?=/)", text))
    assert {path.name for path in folders} - named == set()


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (lambda source: twice({"a": source, "b": source}), "class Line: ..."),
        (lambda source: views_misnamed({"a": source}), "class Board(MomentView): ..."),
        (lambda source: looks_into("members.reminders.kinds", source), "from members.directory import filters"),
        (lambda source: looks_into("reports.home.views", source), "from members.directory.views import member"),
        (lambda source: short({"members.calls": source}), "x = 1"),
        (lambda source: untyped("members.ratings.actions", source), "def rate(*, member, year: int) -> Rating: ..."),
        (lambda source: untyped("members.queries", source), "class Lists:\n    def rows(self, day): ..."),
        (lambda source: misnamed({"members.rosters.bringing": source}), ""),
        (lambda source: misnamed({"members.rosters.own": source}), ""),
        (lambda source: cycle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}}), ""),
    ],
)
def test_a_broken_rule_of_the_house_is_found(rule, source):
    assert rule(source)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (lambda source: views_misnamed({"a": source}), "class BoardView(MomentView): ...\nclass Card: ..."),
        (lambda source: looks_into("members.reminders.views", source), "from members.directory import queries"),
        (lambda source: looks_into("members.directory.urls", source), "from members.duplicates import views"),
        (lambda source: looks_into("members.directory.views.member", source), "from members.membership import forms"),
        (lambda source: misnamed({"members.restructuring.preview": source}), ""),
        (lambda source: cycle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}), ""),
    ],
)
def test_what_keeps_the_rules_of_the_house_is_let_through(rule, source):
    assert not rule(source)
