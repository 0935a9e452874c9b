"""`kill -9` of the worker while it writes leaves everything or nothing, and the next worker finishes the work once.

The worker is the real command in a process of its own; on SQLite it works on a copy of the test database in a file.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.models import BatchState
from members.models import Member, Spell
from tests.binhlu_portal.spreadsheets.books import Book, xlsx
from tests.factories import in_letters, make_member

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 120
DEADLINE = 60
"""Seconds that a machine may take over anything here before the test gives up."""

WORKER = """
import sys, pathlib, django
from django.conf import settings
django.setup()
from django.core.management import call_command
from binhlu_portal.spreadsheets.importer import importer
from binhlu_portal.spreadsheets.jobs import progress
settings.BACKUPS = pathlib.Path(sys.argv[1])
progress.FOLDER, importer.PART = pathlib.Path(sys.argv[1]), 20
call_command("worker", once=True)
"""


@pytest.fixture
def batch(transactional_db, clerk, cell_a, monkeypatch, tmp_path):
    """A confirmed batch that changes one person and adds many."""
    monkeypatch.setattr(progress, "FOLDER", tmp_path)
    lan, book = make_member(cell_a, "Lò Thị Lan"), Book.of(clerk)
    book.of_record(lan)["hometown"] = "Bản 02"
    for number in range(PEOPLE):
        person = {"full_name": f"Lò Văn {in_letters(number)}", "gender": "Nam", "born_on": "1990", "ethnicity": "Kinh"}
        book.add(Member, mark=f"M{number}", **person)
        book.add(Spell, member=f"M{number}", unit="a", started_on="01/02/2026", start_reason="Chuyển đến từ tỉnh khác")
    batch = jobs.receive_file(user=clerk, name="danh-sach.xlsx", content=xlsx(book))
    jobs.work_on_next()
    batch.refresh_from_db()
    jobs.confirm(batch=batch, digest=batch.digest)
    return batch


class Office:
    """The database as the worker knows it, and workers that are started on it."""

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "portal.sqlite3"
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
            self.url = f"sqlite:///{self.file}"
        else:
            place = connection.settings_dict
            self.url = f"postgres://{place['USER']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"

    def ask(self, sql):
        """Return the first row of an answer."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as own:
                return own.execute(sql).fetchone()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()

    def state(self):
        """Return the state of the batch and the numbers of members, of stays and of what the import noted."""
        return self.ask(
            "SELECT (SELECT state FROM workbook_batch), (SELECT count(*) FROM members_member), "
            "(SELECT count(*) FROM members_spell), (SELECT count(*) FROM audit_entry WHERE reason LIKE 'Nhập từ tệp%')"
        )

    def worker(self):
        """Start a worker."""
        environment = os.environ | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "binhlu_portal.settings"}
        return subprocess.Popen(
            [sys.executable, "-B", "-c", WORKER, str(self.folder)], cwd=settings.BASE_DIR, env=environment
        )

    def done(self, batch):
        """Return how many records the worker says to have written so far; -1 before it has said anything at all."""
        if not (self.folder / progress.LIFE).exists():
            return -1
        try:
            return json.loads((self.folder / f"{batch.pk}.json").read_text())[0]
        except (OSError, ValueError):
            return 0


BEFORE = (BatchState.TO_WRITE, 1, 1, 0)
AFTER = (BatchState.WRITTEN, 1 + PEOPLE, 1 + PEOPLE, 1 + 2 * PEOPLE)


@pytest.mark.parametrize("records", [1, PEOPLE + 20, 2 * PEOPLE])
def test_a_killed_worker_has_written_everything_or_nothing_and_the_next_one_finishes(batch, tmp_path, records):
    (tmp_path / progress.LIFE).unlink()
    office = Office(tmp_path)
    assert office.state() == BEFORE
    until, worker = time.monotonic() + DEADLINE, office.worker()
    while office.done(batch) < records and worker.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    worker.send_signal(signal.SIGKILL)
    worker.wait(DEADLINE)
    assert office.state() in (BEFORE, AFTER)
    assert office.worker().wait(DEADLINE) == 0
    assert office.state() == AFTER
    assert office.worker().wait(DEADLINE) == 0
    assert office.state() == AFTER
