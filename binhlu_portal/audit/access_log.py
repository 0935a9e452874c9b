"""Access log: who opened or exported which list of people.

A note never keeps a page waiting and is never lost: while another writer keeps SQLite, it is put off into a file beside
the database, and the worker notes it soon after.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest

from binhlu_portal.audit.models import Access
from binhlu_portal.db.outages import for_a_moment, is_busy

NOTED = "INSERT INTO audit_access (at, user_id, kind, what, address, rows) VALUES (%s, %s, %s, %s, %s, %s)"
"""Django would put the time of noting in place of that of opening."""


def log_access(request: HttpRequest, kind: str, what: str, rows: int) -> None:
    """Access log entry: the reader of `request` opened or exported (`AccessKind`) `rows` rows of personal data."""
    address = request.get_full_path()[:500]
    note = Access(user=request.user, kind=kind, what=what[:200], address=address, rows=rows)
    try:
        with for_a_moment():
            note.save()
    except OperationalError as error:
        if not is_busy(error):
            raise
        _put_off([note.at.isoformat(), note.user_id, note.kind, note.what, note.address, note.rows])


def _folder():
    return settings.DATA_DIR / "access-notes"


def _put_off(note):
    """Keep a note in the file of this process, where it survives the process."""
    _folder().mkdir(parents=True, exist_ok=True)
    with open(_folder() / f"{os.getpid()}.put-off", "a") as file:
        file.write(json.dumps(note) + "\n")
        file.flush()
        os.fsync(file.fileno())


def note_what_was_put_off() -> int:
    """Note what was put off, and return how much it was.

    A file is taken away from its process before it is read. Should the machine stop in between it is read once more: a
    note may then stand twice, and is never lost.
    """
    for path in _folder().glob("*.put-off"):
        path.rename(path.with_suffix(f".{path.stat().st_mtime_ns}"))
    return sum(_note(path) for path in sorted(_folder().glob("*.[0-9]*")))


def _note(path: Path) -> int:
    adapt = connection.ops.adapt_datetimefield_value
    notes = [json.loads(line) for line in path.read_text().splitlines()]
    with connection.cursor() as cursor:
        cursor.executemany(NOTED, [[adapt(datetime.fromisoformat(at)), *rest] for at, *rest in notes])
    path.unlink()
    return len(notes)
