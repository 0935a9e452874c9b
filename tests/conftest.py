"""What every test stands on: settings that need no preparation, the browser, and the records tests share."""

import gc
import os
import shutil
from copy import deepcopy
from importlib.util import find_spec

import pytest
from django.db import connection, connections
from django.test import override_settings
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import expect

import tests.examples  # noqa: F401 - it names the profiles
from binhlu_portal.db import rules_in_place
from binhlu_portal.db.triggers import KeptWhole, drop_triggers
from binhlu_portal.spreadsheets.jobs import progress
from organizations.choices import RoleKind
from tests.factories import make_root, make_unit, make_user
from tests.ground import GROUND, WORLDS, layer, layers_of, world_of

hypothesis_settings.load_profile("usual")

# How many milliseconds a browser test waits for what it expects, on a machine that has more to do.
expect.set_options(timeout=20_000)

# Playwright keeps an event loop in the thread of the test, and Django refuses queries beside one unless told.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Two writers at once need a server, and so do roles; SQLite lets one in at a time and knows nobody.
OF_A_SERVER = ["faults/test_races.py", "faults/test_write_skew.py"]
OF_A_SERVER += ["binhlu_portal/db/test_grants.py", "binhlu_portal/db/test_exclusions.py"]
OF_A_FILE = ["faults/test_one_file.py", "binhlu_portal/audit/test_seals.py"]
collect_ignore = OF_A_SERVER if connection.vendor == "sqlite" else OF_A_FILE

# Only `make oldest-browser` installs Chromium 69, which takes as much room as all else together.
OF_THE_OLDEST_BROWSER = ["journeys/chromium_69.py", "journeys/test_oldest_browser.py"]
if find_spec("PyQt5") is None:
    collect_ignore = [*collect_ignore, *OF_THE_OLDEST_BROWSER]

LONG = (
    "binhlu_portal/records/test_views.py",
    "binhlu_portal/spreadsheets/jobs/test_actions.py",
    "binhlu_portal/spreadsheets/jobs/test_error_workbook.py",
    "binhlu_portal/spreadsheets/jobs/test_views.py",
    "binhlu_portal/spreadsheets/sandbox/test_refusals.py",
    "faults/test_restore.py",
    "reports/reporting_periods/closing/test_freeze.py",
    "test_access.py",
    "test_long_texts.py",
)
"""Files that take long and drive no browser: none of them comes last, when nothing is left for the other core."""

OPENS_DATABASE = {"django_db_setup", "db", "transactional_db", "live_server"}

BROWSERS = ("chromium-headless-shell", "/usr/bin/chromium", "chromium", "google-chrome")
"""The first is the same browser without windows: it needs half the time of the next."""

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
NO_CHROMIUM = "no Chromium on this machine"
CHROMIUM_OPTIONS = [
    "--no-sandbox",  # root has no sandbox, and only our own pages are opened
    "--disable-gpu",
    "--js-flags=--no-opt",  # a page is gone before its scripts have run so often that optimising them pays
    # What follows keeps the browser from calling anybody but the test server.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests(tmp_path_factory):
    """Serve static files as they lie in the tree, hash passwords fast instead of safely, and let connections end.

    Whatever is kept in a folder, a backup for instance, is kept elsewhere than in the data of this checkout.
    A thread of the live server lives as long as the line of a browser: with a connection kept between requests the
    database could not be removed in the end. The settings of connections are shared by all threads.
    """
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    folder = tmp_path_factory.mktemp("data")
    with override_settings(
        DATA_DIR=folder,
        BACKUPS=folder / "backups",
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Ask SQLite what it can do, as Django does once in the life of a process, before any test counts statements.

    Django gives a thread another connection while an event loop runs in it: where tests drive a browser, the loop of
    Playwright begins before the transaction of any layer and ends after it.
    In the end PostgreSQL removes no database to which a thread of the live server is still connected.
    """
    if any(item.get_closest_marker("browser") for item in request.session.items):
        request.getfixturevalue("playwright")
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field
    GROUND.open(django_db_blocker)
    yield
    GROUND.keep({})
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def rules_are_looked_at_once():
    """Let a process look once whether the database has its rules: tests take rules away, and put them back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules_in_place, "AGAIN", float("inf"))
        yield


@pytest.fixture(scope="session", autouse=True)
def worker_folder(tmp_path_factory):
    """Let workers tell how far they are elsewhere than in the data of this checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "FOLDER", tmp_path_factory.mktemp("importing"))
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Launch the Chromium of the machine, since Playwright brings none along."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_OPTIONS}


@pytest.fixture(scope="session")
def base_url(live_server):
    """Let a browser test name its pages by their path alone: ``page.goto("/dang-vien/")``."""
    return live_server.url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Have what a test stands on beneath it, unless it touches no database; a fixture of its module lays its world."""
    if not item.get_closest_marker("database"):
        with GROUND.closed():
            return (yield)
    if name := world_of(item):
        GROUND.keep({WORLDS[name]: {}})
    else:
        GROUND.lay(layers_of(item))
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests that touch a database, and those that drive a browser; skip these where there is none.

    Whatever asks for none of what opens a database cannot touch one: it is refused to such tests.
    Files that drive a browser take longest and come first, so that no core waits for one of them in the end; then come
    those that stand on one world, so that it is made once, and others that take long. Within a file tests that stand on
    no world come first, those on the same layers together: what the others share ends with the file.
    """
    for item in items:
        if world_of(item) == "sample":
            item.add_marker(pytest.mark.django_db)
        names = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or OPENS_DATABASE.intersection(names):
            item.add_marker(pytest.mark.database)
        if "playwright" in names:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    yield
    driving = {item.path for item in items if item.get_closest_marker("browser")}
    worlds, order = {item.path: world for item in items if (world := world_of(item))}, [*WORLDS, None]
    items.sort(
        key=lambda item: (
            item.path not in driving,
            order.index(worlds.get(item.path)),
            not str(item.path).endswith(LONG),
            item.path,
            world_of(item) is not None,
            [make.__name__ for make in layers_of(item)],
        )
    )


def pytest_collection_finish():
    """Spare the garbage collector what was loaded to find the tests: it stays, and looking through it takes long."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    """Say at the very end how many tests were left out for want of a browser."""
    yield
    skipped = [report for report in terminalreporter.getreports("skipped") if NO_CHROMIUM in str(report.longrepr)]
    if skipped:
        terminalreporter.section("BROWSER TESTS NOT RUN", red=True, bold=True)
        terminalreporter.line(f"Skipped: {len(skipped)}, {NO_CHROMIUM}. Install it with: apt-get install chromium")


# --- The people who use the portal and the records they use, shared by all tests ---


@layer
def commune():
    """A commune committee without units."""
    return make_root()


@layer
def cell_a(commune):
    """A village cell beneath the commune."""
    return make_unit("a", commune)


@layer
def cell_b(commune):
    """Another village cell beneath the commune."""
    return make_unit("b", commune)


@layer
def clerk(commune):
    """Someone of the commune's secretariat: sees and edits everything of the commune."""
    return make_user("clerk", (RoleKind.SECRETARIAT, commune))


@layer
def secretary_a(cell_a):
    """The secretary of cell A: sees and edits that cell only."""
    return make_user("secretary_a", (RoleKind.CELL_SECRETARY, cell_a))


@layer
def secretary_b(cell_b):
    """The secretary of cell B."""
    return make_user("secretary_b", (RoleKind.CELL_SECRETARY, cell_b))


@layer
def leader(commune):
    """A leader: sees everything of the commune and edits nothing."""
    return make_user("leader", (RoleKind.LEADER, commune))


@layer
def administrator(commune):
    """A keeper of accounts: sees no record."""
    return make_user("administrator", (RoleKind.ADMINISTRATOR, commune))


@layer
def stranger():
    """Someone with an account and no role."""
    return make_user("stranger")


@pytest.fixture(scope="session")
def lay(django_db_setup):
    """Return a function that has a world of records beneath the tests."""
    return GROUND.world


@pytest.fixture(scope="module")
def sample(lay):
    """The Bình Lư sample beneath the tests of a module, which only read; it stays until a test asks for no sample."""
    lay("sample")


@pytest.fixture(scope="module")
def world_of_module(lay):
    """The small world of records beneath the tests of a module; it stays until a test asks for no world."""
    return lay("world_of_module")


@pytest.fixture(scope="module")
def sound_world(lay):
    """A commune with cells A and B of which nothing is missing, beneath the tests of a module; they take copies."""
    return lay("sound_world")


@pytest.fixture
def world(world_of_module, db):
    """The small world of records, for one test to change: the database takes it back, and the rows are copies."""
    return deepcopy(world_of_module)


@pytest.fixture(autouse=True)
def tables_can_be_emptied(request):
    """Let Django empty the tables after a test that commits: rules refuse that, and what follows a migration puts them
    back.
    """
    committing = {"transactional_db", "live_server"} & set(request.fixturenames)
    if "transactional_db" in committing:
        request.getfixturevalue("transactional_db")  # so that it empties them after this
    yield
    if committing:
        drop_triggers(None, connection.alias, plan=["the tables are emptied"])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for table in connection.introspection.table_names():
                    cursor.execute(f"DROP TRIGGER IF EXISTS {KeptWhole(table).name} ON {table}")
