"""Occupancy of an SQLite database: whoever runs the portal on it shares a file lock, a restore wants it alone.

The lock is the kernel's: it ends with its process, however that ends. A PostgreSQL server knows who is connected.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

BUSY = "Hệ thống đang chạy trên cơ sở dữ liệu này: dừng hệ thống (cả chương trình xử lý tệp), rồi khôi phục lại."

_LOCKS: dict[Path, int] = {}
"""The locks that this process shares, by database: descriptors of files that stay open and that no child inherits."""


def occupy(databases: dict[str, dict[str, Any]]) -> None:
    """Share the locks of the SQLite files among `databases`, until this process ends; wait while one is restored."""
    for database in databases.values():
        if isinstance(path := database["NAME"], Path):
            _LOCKS[path] = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(_LOCKS[path], fcntl.LOCK_SH)


@contextmanager
def nobody_else() -> Iterator[None]:
    """Keep everybody from the default database meanwhile. Raises CommandError when somebody is there already."""
    if connection.vendor == "postgresql":
        _refuse_others()
        yield
        return
    lock = _LOCKS[connection.settings_dict["NAME"]]
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(BUSY) from None
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_SH)


def _refuse_others():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise CommandError(BUSY)
