"""Copies of an SQLite database, for work that takes long and leaves nothing: it keeps nobody from writing meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from binhlu_portal.backup.databases import SQLiteFile


@contextmanager
def on_a_copy() -> Iterator[None]:
    """Do the block on a copy of the database as it is now; on PostgreSQL, which has many writers, on the database.

    Within a transaction it is done there: its changes are in no copy. What the block writes is gone after it.
    """
    place = connection.settings_dict["NAME"]
    if connection.in_atomic_block or not isinstance(place, Path):
        yield
        return
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="copy-") as folder:
        copy = Path(folder) / SQLiteFile.name
        SQLiteFile().dump(copy)
        _use(copy)
        try:
            yield
        finally:
            _use(place)


def _use(path):
    connection.close()
    connection.settings_dict["NAME"] = path
