"""A backup is whole and sound, or it is refused with a sentence before anything is touched."""

import json
import sqlite3
import stat
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shutil import copy
from types import SimpleNamespace

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from binhlu_portal.backup import databases
from binhlu_portal.backup.archive import KEY, MANIFEST, key_path, put_key, read_archive, refuse_unfit, write_archive
from binhlu_portal.backup.databases import KINDS

NOW = timezone.make_aware(datetime(2026, 3, 31, 1))
SECRET = "k" * 60


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return a backup that is made once: of the database outside any transaction, as a backup sees it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / KEY).write_text(SECRET)
    with django_db_blocker.unblock(), override_settings(DATA_DIR=folder):
        write_archive(folder / "one.zip", NOW)
    return folder / "one.zip"


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    """Keep a key of its own."""
    settings.DATA_DIR = tmp_path
    key_path().write_text(SECRET)


@pytest.fixture
def path(db, made, tmp_path):
    """Return a backup of its own."""
    return Path(copy(made, tmp_path))


def read(path):
    """Read a backup into a folder of its own and return its manifest."""
    folder = path.parent / "unpacked"
    folder.mkdir(exist_ok=True)
    return read_archive(path, folder)


def rewritten(path, **changes):
    """Write the backup again with other parts: {name: bytes or None}."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()} | changes
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            if content is not None:
                file.writestr(name, content)
    return path


def test_a_backup_holds_the_database_the_key_and_what_they_are(path):
    manifest = read(path)
    assert (manifest.vendor, manifest.made_at) == (connection.vendor, "2026-03-31T01:00:00+07:00")
    assert "members.0001_initial" in manifest.migrations
    assert (path.parent / "unpacked" / KEY).read_text() == SECRET
    refuse_unfit(manifest)


def test_only_its_owner_reads_a_backup_and_nothing_lies_beside_it(made):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert sorted(each.name for each in made.parent.iterdir()) == ["one.zip", KEY]


def test_the_key_comes_back_readable_by_its_owner_only(path):
    read(path)
    key_path().write_text("another")
    put_key(path.parent / "unpacked" / KEY)
    assert key_path().read_text() == SECRET
    assert stat.S_IMODE(key_path().stat().st_mode) == 0o600


@pytest.mark.parametrize("length", [0, 100, 5000, -1])
def test_a_file_cut_short_is_refused(path, length):
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(CommandError, match="Bản sao lưu hỏng"):
        read(path)


def test_a_flipped_byte_is_found(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Exception, match=r"Bản sao lưu hỏng|Error") as said:
        read(path)
    assert isinstance(said.value, CommandError)


def test_another_database_than_the_one_written_is_found(path):
    with pytest.raises(CommandError, match="sai mã băm"):
        read(rewritten(path, **{KEY: b"another"}))


def test_a_backup_without_its_key_is_refused(path):
    with pytest.raises(CommandError, match="Bản sao lưu hỏng"):
        read(rewritten(path, **{KEY: None}))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="Không có tệp"):
        read(tmp_path / "none.zip")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"migrations": ["members.9999_to_come"], "portal": "9.0"}, "cài phiên bản đó trước"),
        ({"vendor": {"sqlite": "postgresql", "postgresql": "sqlite"}}, "đặt DATABASE_URL"),
    ],
)
def test_what_this_portal_cannot_take_is_refused(path, change, said):
    manifest = read(path)
    if "vendor" in change:
        change = {"vendor": change["vendor"][connection.vendor]}
    with pytest.raises(CommandError, match=said):
        refuse_unfit(type(manifest)(**json.loads(zipfile.ZipFile(path).read(MANIFEST)) | change))


def test_a_database_with_rows_astray_is_no_backup(tmp_path):
    with closing(sqlite3.connect(tmp_path / "astray")) as file:
        file.executescript(
            "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a); INSERT INTO b VALUES (1);"
        )
    with pytest.raises(CommandError, match="khóa ngoại"):
        KINDS["sqlite"].check(tmp_path / "astray")


def test_a_machine_without_the_tools_is_told_so(monkeypatch, tmp_path):
    def run(*arguments, **more):
        raise FileNotFoundError

    monkeypatch.setattr(databases.subprocess, "run", run)
    monkeypatch.setattr(connection.client, "settings_to_cmd_args_env", lambda *given: (["psql"], None), raising=False)
    with pytest.raises(CommandError, match="cài gói postgresql-client"):
        KINDS["postgresql"].dump(tmp_path / "x")
    with pytest.raises(CommandError, match="cài gói postgresql-client"):
        KINDS["postgresql"].check(tmp_path / "x")


def test_a_backup_gives_up_where_somebody_keeps_the_database_locked(tmp_path, monkeypatch):
    kept = tmp_path / "kept"
    with closing(sqlite3.connect(kept)) as keeper, closing(sqlite3.connect(kept, timeout=0)) as ours:
        keeper.execute("CREATE TABLE one (two)")
        keeper.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(databases, "PATIENCE", 0)
        monkeypatch.setattr(databases, "connection", SimpleNamespace(ensure_connection=lambda: None, connection=ours))
        with pytest.raises(CommandError, match="bị khóa"):
            databases.SQLiteFile().dump(tmp_path / "copy")
