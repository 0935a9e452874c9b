"""Seals: a hash chain over the history on SQLite, so that what another program changed in it is evident.

Guards refuse changes, but whoever opens the file with another program can take them away first; on PostgreSQL roles
keep everybody out. Each entry has a digest (SHA-256) of its columns and of the digest before it. Every night that of
the newest entry is written down beside the database, one line a night: number and digest. Who copies the last line
elsewhere can prove it even against somebody who reckons the file anew.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from binhlu_portal.environment import of_database

COLUMNS = ("id", "at", "user_id", "reason", "act", "action", "table", "row", "before", "after")
WHOLE = " || ',' || ".join(f'quote("{column}")' for column in COLUMNS)
ENTRIES = f"SELECT id, {WHOLE} FROM audit_entry ORDER BY id"
"""Every entry as the file holds it, whatever its values are."""


def seals_path() -> Path:
    """The file with the seals of this database."""
    usual = settings.DATA_DIR / "portal.sqlite3"
    return of_database(settings.DATA_DIR / "history-seals", settings.DATABASES["default"], usual)


def seal() -> None:
    """Add the seal of the newest entry, unless it has one."""
    if connection.vendor != "sqlite":
        return
    number, digest = max(_chain(), default=(0, ""))
    if number and number not in _seals():
        with seals_path().open("a") as file:
            file.write(f"{number} {digest}\n")


def broken_seal() -> int:
    """Number of the first sealed entry up to which the history is not what it was, or 0."""
    waiting = _seals() if connection.vendor == "sqlite" else {}
    for number, digest in _chain() if waiting else ():
        if waiting.get(number, digest) != digest:
            return number
        waiting.pop(number, None)
    return min(waiting, default=0)


def begin_anew() -> None:
    """Forget the seals: another history has come in place of this one."""
    seals_path().unlink(missing_ok=True)


def _seals():
    """Return {number of the entry: digest}."""
    path = seals_path()
    lines = path.read_text().splitlines() if path.exists() else ()
    return {int(number): digest for number, digest in map(str.split, lines)}


def _chain() -> Iterator[tuple[int, str]]:
    """Yield the number of each entry with its digest."""
    digest = ""
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES)
        for number, entry in cursor:
            digest = hashlib.sha256(f"{digest}{entry}".encode()).hexdigest()
            yield number, digest
