"""Work on a copy: it sees what is there and leaves nothing; within a transaction it is done there."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from binhlu_portal.backup import databases
from binhlu_portal.db import copies
from binhlu_portal.db.copies import on_a_copy
from organizations.models import Unit
from tests.factories import make_unit


@pytest.fixture
def own(db, tmp_path, settings, monkeypatch):
    """A connection of its own to a database file with one row, in place of that of the portal."""
    settings.DATA_DIR = tmp_path
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE one (two)")
        file.execute("INSERT INTO one VALUES (1)")
    place = connection.settings_dict | {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": {}}
    found = DatabaseWrapper(place, "own")
    for module in (copies, databases):
        monkeypatch.setattr(module, "connection", found)
    yield found
    found.close()


def rows(own):
    with own.cursor() as cursor:
        return cursor.execute("SELECT two FROM one").fetchall()


@pytest.mark.parametrize("error", [None, ValueError])
def test_what_is_done_on_a_copy_sees_what_is_there_and_leaves_nothing(own, tmp_path, error):
    try:
        with on_a_copy():
            assert rows(own) == [(1,)]
            with own.cursor() as cursor:
                cursor.execute("INSERT INTO one VALUES (2)")
            assert rows(own) == [(1,), (2,)]
            if error:
                raise error
    except ValueError:
        pass
    assert rows(own) == [(1,)]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy-")] == []


def test_others_write_meanwhile(own, tmp_path):
    with on_a_copy(), closing(sqlite3.connect(tmp_path / "portal.sqlite3", timeout=0)) as file, file:
        file.execute("INSERT INTO one VALUES (3)")
    assert rows(own) == [(1,), (3,)]


def test_within_a_transaction_it_is_done_there(commune):
    with on_a_copy():
        make_unit("moi", commune)
    assert Unit.objects.filter(code="moi").exists()
