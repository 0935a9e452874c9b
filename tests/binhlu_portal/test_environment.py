import os
import stat
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest
from django.core.exceptions import ImproperlyConfigured

from binhlu_portal import environment

URL = "postgres://can%20bo:m%40t@db.example:6432/bi%20mat?sslmode=require"


@pytest.mark.parametrize(("value", "expected"), [("yes", True), ("no", False), (None, "default")])
def test_a_flag_is_yes_or_no_or_its_default(monkeypatch, value, expected):
    monkeypatch.delenv("PORTAL_TEST", raising=False)
    if value is not None:
        monkeypatch.setenv("PORTAL_TEST", value)
    assert environment.flag("PORTAL_TEST", default="default") == expected


@pytest.mark.parametrize("value", ["", "1", "true", "YES", " yes"])
def test_any_other_flag_stops_the_start_and_is_named(monkeypatch, value):
    monkeypatch.setenv("PORTAL_TEST", value)
    with pytest.raises(ImproperlyConfigured, match="PORTAL_TEST must be 'yes' or 'no'"):
        environment.flag("PORTAL_TEST", default=False)


@pytest.mark.parametrize(("value", "expected"), [("", []), ("a", ["a"]), (" a, b ,,", ["a", "b"])])
def test_words_are_parted_by_commas(monkeypatch, value, expected):
    monkeypatch.setenv("PORTAL_TEST", value)
    assert environment.words("PORTAL_TEST") == expected


def test_words_not_given_are_none(monkeypatch):
    monkeypatch.delenv("PORTAL_TEST", raising=False)
    assert environment.words("PORTAL_TEST") == []


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    path = tmp_path / "new" / "secret-key"
    key = environment.secret_key(path)
    assert not path.parent.exists()
    assert len(key) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert environment.secret_key(path) == key


def test_two_machines_do_not_share_a_secret_key(tmp_path):
    assert environment.secret_key(tmp_path / "one") != environment.secret_key(tmp_path / "two")


@pytest.mark.parametrize("text", ["", "x" * 49, "\n" * 60])
def test_a_secret_key_that_is_too_short_stops_the_start(tmp_path, text):
    path = tmp_path / "secret-key"
    path.write_text(text)
    with pytest.raises(ImproperlyConfigured, match="shorter than 50"):
        environment.prepare(environment.secret_key(path), {}, tmp_path)


def mode(path):
    """Return who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_what_others_could_open_is_theirs_no_more(tmp_path):
    folder, elsewhere = tmp_path / "var", tmp_path / "elsewhere"
    for each in (folder, elsewhere):
        each.mkdir()
        each.chmod(0o755)
    databases = {"default": {"NAME": elsewhere / "portal.sqlite3"}, "server": {"NAME": "portal"}}
    for path in environment.sqlite_files(databases)[:2]:
        path.touch()
        path.chmod(0o664)
    environment.prepare("key", databases, folder)
    assert mode(folder) == 0o700
    assert [mode(path) for path in environment.sqlite_files(databases)[:2]] == [0o600, 0o600]
    assert mode(elsewhere) == 0o755  # a folder that others use too is theirs


STARTS = {
    "command": "import manage, sys; sys.argv = ['manage.py', 'check']; manage.main()",
    "server": "import binhlu_portal.wsgi",
}


@pytest.mark.parametrize("start", STARTS)
def test_however_the_portal_starts_it_writes_for_its_owner_only(tmp_path, start):
    told = "\nimport os; print(oct(os.umask(0)))"
    environ = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/new/portal.sqlite3"}
    before = os.umask(0o022)
    try:
        done = subprocess.run(
            [sys.executable, "-c", STARTS[start] + told],
            cwd=Path(environment.__file__).parents[1],
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        os.umask(before)
    assert done.stdout.splitlines()[-1] == "0o77"
    assert mode(tmp_path / "new") == 0o700


def test_importing_the_settings_writes_nothing(tmp_path):
    package = tmp_path / "binhlu_portal"
    package.mkdir()
    for name in ("settings.py", "environment.py", "__init__.py"):
        copy(Path(environment.__file__).with_name(name), package)
    subprocess.run([sys.executable, "-B", "-c", "import binhlu_portal.settings"], cwd=tmp_path, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["binhlu_portal"]


def test_the_database_is_the_sqlite_file_unless_another_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = environment.database("DATABASE_URL", fallback=tmp_path / "new" / "portal.sqlite3")
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", tmp_path / "new" / "portal.sqlite3")
    assert not (tmp_path / "new").exists()
    environment.prepare("key", {"default": found}, tmp_path)
    assert (tmp_path / "new").is_dir()


def test_writers_of_sqlite_queue_instead_of_failing(tmp_path):
    options = environment.sqlite(tmp_path / "portal.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5
    assert "journal_mode=WAL" in options["init_command"]


def test_another_sqlite_file_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite3")
    found = environment.database("DATABASE_URL", fallback=tmp_path / "portal.sqlite3")
    assert found["NAME"] == tmp_path / "other.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_server_can_be_named(monkeypatch, tmp_path, scheme):
    monkeypatch.setenv("DATABASE_URL", URL.replace("postgres", scheme, 1))
    found = environment.database("DATABASE_URL", fallback=tmp_path / "portal.sqlite3")
    assert found | {"CONN_MAX_AGE": None} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "bi mat",
        "USER": "can bo",
        "PASSWORD": "m@t",
        "HOST": "db.example",
        "PORT": "6432",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {"options": "-c jit=off", "sslmode": "require"},
    }


def test_only_the_name_of_the_database_is_needed(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres:///binhlu")
    found = environment.database("DATABASE_URL", fallback=tmp_path / "portal.sqlite3")
    assert (found["NAME"], found["USER"], found["HOST"], found["PORT"]) == ("binhlu", "", "", "")


@pytest.mark.parametrize(
    "url", ["", "binhlu", "mysql://u@h/binhlu", "postgres://u@h", "postgres://u@h/", "sqlite:", "sqlite:///"]
)
def test_a_database_that_cannot_be_understood_stops_the_start_and_is_named(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like"):
        environment.database("DATABASE_URL", fallback=tmp_path / "portal.sqlite3")


@pytest.mark.parametrize(
    "url", ["mysql://me:geheim@host/name", "postgres://me:geheim@host:port/name", "postgres://[::1"]
)
def test_a_refused_database_url_is_named_and_its_password_is_not_printed(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        environment.database("DATABASE_URL", fallback=tmp_path / "x.sqlite3")
    assert "geheim" not in str(refused.value)


def test_behind_a_pool_nothing_is_set_for_a_connection_and_no_cursor_outlives_its_transaction(monkeypatch, tmp_path):
    monkeypatch.setenv("URL", "postgres://portal@localhost:6432/portal?pooled=1&sslmode=require")
    found = environment.database("URL", fallback=tmp_path)
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert found["DISABLE_SERVER_SIDE_CURSORS"]


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    (tmp_path / "var").write_text("no folder")
    with pytest.raises(SystemExit, match=r"Không ghi được .*var"), environment.told_plainly():
        environment.prepare("key", {"default": {"NAME": tmp_path / "var" / "data" / "portal.sqlite3"}}, tmp_path)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        (Path("/srv/var/portal.sqlite3"), "demo-accounts"),
        (Path("/tmp/thu.sqlite3"), "demo-accounts-tmp-thu-sqlite3"),
        ("portal_trial", "demo-accounts-portal-trial"),
    ],
)
def test_each_database_has_a_file_of_its_own(name, file):
    usual = Path("/srv/var/portal.sqlite3")
    assert environment.of_database(Path("/srv/var/demo-accounts"), {"NAME": name}, usual).name == file
