"""Access log: who opened or exported which list of people.

A note never keeps a page waiting and is never lost: while another writer keeps SQLite, it is put off into a file beside
the database, and the worker notes it soon after.
"""

import json
import os
from datetime import datetime
from time import time_ns

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest

from binhlu_portal.accounts.models import User
from binhlu_portal.accounts.proofs import check_fresh
from binhlu_portal.audit import export_limits
from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.db.outages import for_a_moment, is_busy
from binhlu_portal.management.files import write_file
from binhlu_portal.request_limits import RefusedForNow

NOTED = {
    "sqlite": 'INSERT INTO "audit_access" (at, user_id, kind, what, address, rows) VALUES (%s, %s, %s, %s, %s, %s)',
    "postgresql": "SELECT audit_note_access(%s, %s, %s, %s, %s, %s)",
}
"""What adds a line in each database: on PostgreSQL the portal's role may do so by this function only."""


def log_access(request: HttpRequest, kind: str, what: str, rows: int) -> None:
    """Access log entry: the reader of `request` opened or exported (`AccessKind`) `rows` rows of personal data.

    Every export comes by here before it is sent: one too many is noted as refused, and raises `RefusedForNow`. Raises
    SignInAgain for a file of everybody without a fresh sign-in.
    """
    if kind == AccessKind.EXPORTED and rows >= export_limits.EVERYBODY:
        check_fresh(request.user)
    refused = export_limits.exhausted(request.user, rows) if kind == AccessKind.EXPORTED else None
    note_access(request.user, AccessKind.REFUSED if refused else kind, what, request.get_full_path(), rows)
    if refused:
        raise RefusedForNow(*refused)


def note_access(user: User, kind: str, what: str, address: str, rows: int) -> None:
    """Access log entry of what `user` did at the page with this address."""
    at = Access._meta.get_field("at").pre_save(Access(), add=True)
    note = [at.isoformat(), user.pk, kind, what[:200], address[:500], rows]
    try:
        with for_a_moment():
            _note(note)
    except OperationalError as error:
        if not is_busy(error):
            raise
        _put_off(note)


def _note(note):
    at, *rest = note
    with connection.cursor() as cursor:
        cursor.execute(
            NOTED[connection.vendor], [connection.ops.adapt_datetimefield_value(datetime.fromisoformat(at)), *rest]
        )


def _folder():
    return settings.DATA_DIR / "access-notes"


def _put_off(note):
    """Keep a note in a file of its own, which survives this process."""
    _folder().mkdir(parents=True, exist_ok=True)
    write_file(_folder() / f"{time_ns()}-{os.getpid()}.note", lambda path: path.write_text(json.dumps(note)))


def note_what_was_put_off() -> int:
    """Note what was put off, the earliest first, and return how much it was.

    A file goes when its note is written. Should the machine stop in between the note stands twice, and is never lost.
    """
    waiting = sorted(_folder().glob("*.note"))
    for path in waiting:
        _note(json.loads(path.read_text()))
        path.unlink()
    return len(waiting)
