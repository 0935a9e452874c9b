"""Seats: places where the portal runs in processes of its own; on SQLite on a copy of the test database in a file."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

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
