"""The drill: a portal is killed while it writes, backed up, restored elsewhere and over itself; all figures are equal.

Commands run as on a server, each in a process of its own; on SQLite on a copy of the test database in a file.
"""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.proofs import make_world

pytestmark = pytest.mark.django_db(transaction=True)

DEADLINE = 300
"""Seconds that a machine may take over anything here before the test gives up."""

START = """
import json, pathlib, sys
from django.conf import settings
settings.DATA_DIR = pathlib.Path(sys.argv[1])
import django
django.setup()
from django.core.management import call_command
"""

TELL = """
from django.apps import apps
print(json.dumps({model._meta.db_table: model._base_manager.count() for model in apps.get_models()}))
call_command("figures", format="json")
call_command("derive_ancestry", "--check")
"""

WRITE = """
from itertools import count
from django.db import transaction
from organizations.models import Unit
from tests.factories import make_member
cell = Unit.objects.get(code="b")
for number in count():
    with transaction.atomic():
        make_member(cell, f"Lò Văn {number}")
    print(number, flush=True)
"""


class Seat:
    """A place where the portal runs: a folder with its key, and a database."""

    def __init__(self, folder, url):
        self.folder, self.url = folder, url
        folder.mkdir()
        (folder / "secret-key").write_text(folder.name * 60)

    def start(self, script, **pipes):
        """Start a script there."""
        environment = os.environ | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "binhlu_portal.settings"}
        command = [sys.executable, "-B", "-c", START + script, str(self.folder)]
        pipes = {"stdout": subprocess.PIPE, "text": True} | pipes
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes)

    def run(self, script):
        """Run a script to its end; return what it printed."""
        process = self.start(script, stderr=subprocess.PIPE)
        out, error = process.communicate(timeout=DEADLINE)
        assert process.returncode == 0, error
        return out

    def restore(self, path, then=""):
        """Restore a backup there; return what was told of the figures."""
        return self.run(f"call_command('restore', {str(path)!r})\n{then}")

    def killed_while_it_writes(self, records):
        """Let somebody write there, and kill the process somewhere in the record after so many."""
        writer = self.start(WRITE)
        for _ in range(records):
            writer.stdout.readline()
        writer.kill()
        writer.communicate(timeout=DEADLINE)

    @property
    def file(self):
        """Return the database file of SQLite."""
        return self.folder / "portal.sqlite3"

    @property
    def journal(self):
        """Return the journal beside it."""
        return Path(f"{self.file}-wal")


def seat_of_tests(folder):
    """Return a seat on what the test database holds now."""
    if connection.vendor == "postgresql":
        return Seat(folder, server_url(connection.settings_dict["NAME"]))
    seat = Seat(folder, f"sqlite:///{folder}/portal.sqlite3")
    with closing(sqlite3.connect(seat.file)) as copy:
        connection.connection.backup(copy)
    return seat


def server_url(name):
    place = connection.settings_dict
    return f"postgres://{place['USER']}@{place['HOST']}:{place['PORT']}/{name}"


@pytest.fixture
def elsewhere(transactional_db, tmp_path):
    """Return a seat with an empty database."""
    folder = tmp_path / "elsewhere"
    if connection.vendor == "sqlite":
        yield Seat(folder, f"sqlite:///{folder}/portal.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    drop, make = f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"'
    for statement in (drop, make):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    yield Seat(folder, server_url(name))
    with connection.cursor() as cursor:
        cursor.execute(drop)


def test_a_backup_of_a_killed_portal_tells_the_same_elsewhere_and_over_itself(elsewhere, tmp_path):
    make_world()
    here, path = seat_of_tests(tmp_path / "here"), tmp_path / "one.zip"
    connection.close()
    here.killed_while_it_writes(7)
    assert connection.vendor == "postgresql" or here.journal.stat().st_size
    told = here.run(f"call_command('backup', {str(path)!r})\n{TELL}").partition("\n{")[2]
    assert json.loads("{" + told.partition("\n")[0])["members_member"] >= 7

    there = elsewhere.restore(path, TELL)
    assert there.endswith(told)
    assert (elsewhere.folder / "secret-key").read_text() == (here.folder / "secret-key").read_text()

    here.killed_while_it_writes(3)
    back = here.restore(path, TELL)
    assert back.endswith(told)
    assert "\n* " in back, "the members written since are gone again, and that is told"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server keeps its journal itself")
def test_an_older_backup_without_rules_comes_back_whole_over_a_lost_database_with_its_journal(
    transactional_db, tmp_path
):
    make_world()
    here, path = seat_of_tests(tmp_path / "here"), tmp_path / "one.zip"
    with closing(sqlite3.connect(here.file)) as file, file:
        file.execute("DROP TRIGGER history_members_member_insert")
        file.execute("DELETE FROM django_migrations WHERE name LIKE '%ancestry_%'")
    told = here.run(f"call_command('backup', {str(path)!r})\n{TELL}").partition("\n{")[2]
    here.killed_while_it_writes(3)
    assert here.journal.stat().st_size
    here.file.write_bytes(b"no database" * 1000)
    assert here.restore(path, TELL).endswith(told)
    with closing(sqlite3.connect(here.file)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        back = "SELECT 1 FROM sqlite_master, django_migrations m WHERE sqlite_master.name = ? AND m.name LIKE ?"
        assert file.execute(back, ["history_members_member_insert", "%ancestry_once"]).fetchone()


def test_nothing_is_restored_while_somebody_is_there(elsewhere, tmp_path):
    make_world()
    here, path = seat_of_tests(tmp_path / "here"), tmp_path / "one.zip"
    here.run(f"call_command('backup', {str(path)!r})")
    writer = here.start(WRITE)
    writer.stdout.readline()
    restore = here.start(f"call_command('restore', {str(path)!r})", stderr=subprocess.PIPE)
    error = restore.communicate(timeout=DEADLINE)[1]
    assert restore.returncode
    assert "Hệ thống đang chạy" in error
    assert writer.poll() is None
    writer.kill()
    writer.communicate(timeout=DEADLINE)
