"""Environment variables, read strictly: a value that cannot be understood stops the start with its name."""

import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject


def flag(name: str, *, default: bool) -> bool:
    """Boolean environment variable `name`. Raises ImproperlyConfigured for anything but ``yes`` or ``no``."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} must be 'yes' or 'no', not {value!r}.")
    return value == "yes"


def word(name: str) -> str:
    """Text of environment variable `name` without blanks around it, empty when it is not set."""
    return os.environ.get(name, "").strip()


def words(name: str) -> list[str]:
    """List environment variable `name`, comma-separated, without blanks; an unset variable gives an empty list."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def folder(name: str, *, default: Path) -> Path:
    """Path of the folder that environment variable `name` names. Raises ImproperlyConfigured for a relative one."""
    path = Path(os.environ.get(name, default))
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name} must be the absolute path of a folder, not {str(path)!r}.")
    return path


def secret_key(path: Path) -> str:
    """Secret key in the file `path`, read lazily: its first use makes the file, readable by its owner only.

    Raises ImproperlyConfigured on use when the file holds a key shorter than 50 characters.
    """
    return SimpleLazyObject(partial(_read_or_make_key, path))


def made_once(path: Path, text: str) -> str:
    """Text of the private file `path`, which is made with `text` where it is missing.

    It is made for its owner only and appears whole, however many processes start at once.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
            file.write(text)
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text().strip()


def _read_or_make_key(path):
    key = made_once(path, secrets.token_urlsafe(64))
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"The secret key in {path} is shorter than 50 characters: delete the file to get a new one."
        )
    return key


@contextmanager
def told_plainly() -> Iterator[None]:
    """End the program with a sentence, and no traceback, where the block cannot write what the portal needs."""
    try:
        yield
    except OSError as error:
        raise SystemExit(
            f"Không ghi được {error.filename} ({error.strerror}): cho người chạy hệ thống quyền ghi vào thư mục này."
        ) from error


OTHERS = 0o077
"""The bits of a file's mode that let anybody but its owner read, write or open it."""


def prepare(secret_key: str, databases: dict, folder: Path) -> None:
    """Make what the settings name and is not there yet: the secret key, and the folders of SQLite files.

    Whatever this process writes from here on is its owner's alone. So is from now on what lies in `folder` and what
    SQLite wrote before; a file of somebody else is left to the self-check.
    """
    os.umask(OTHERS)
    str(secret_key)
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder, *sqlite_files(databases)):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and (mode := path.stat().st_mode) & OTHERS:
            with suppress(PermissionError):
                path.chmod(mode & ~OTHERS)


def sqlite_files(databases: dict) -> list[Path]:
    """Paths of the SQLite files among `databases`, and of the journals beside them."""
    names = [database["NAME"] for database in databases.values() if isinstance(database["NAME"], Path)]
    return [Path(f"{name}{journal}") for name in names for journal in ("", "-wal", "-shm")]


def of_database(path: Path, database: dict[str, Any], usual: Path) -> Path:
    """Path of a file that belongs to a database: `path` for the `usual` one, for any other with its name behind."""
    name = database["NAME"]
    return (
        path if name == usual else path.with_name(f"{path.name}-{re.sub('[^0-9A-Za-z]+', '-', str(name)).strip('-')}")
    )


# Compiling a wide statement takes PostgreSQL seconds; running it without takes a fraction of one.
POSTGRESQL_OPTIONS = {"options": "-c jit=off"}

POOLED = "pooled"
"""Option of a URL that names a pgbouncer in transaction mode: the next statement may run in another session."""


def database(name: str, *, fallback: Path) -> dict[str, Any]:
    """Database settings for Django, from the URL in variable `name`, or for the SQLite file `fallback`.

    Raises ImproperlyConfigured for a URL that names no database.
    """
    url = os.environ.get(name)
    return sqlite(fallback) if url is None else database_at(url, name)


def database_at(url: str, name: str = "URL") -> dict[str, Any]:
    """Database settings for Django from a URL, which is called `name` in a refusal.

    Accepted are ``postgres://user:password@host:port/name?option=value`` and ``sqlite:////absolute/path``. With
    ``?pooled=1`` the server is a pgbouncer in transaction mode: nothing is set when a connection begins (`db.grants`
    sets it for the role), no cursor outlives its transaction. Raises ImproperlyConfigured for any other.
    """
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not the URL of a database.") from None
    if parts.scheme == "sqlite" and len(parts.path) > 1:
        return sqlite(Path(parts.path[1:]))
    if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < 2:
        raise ImproperlyConfigured(f"{name} must look like postgres://user@host/name or sqlite:////path.")
    options = dict(parse_qsl(parts.query))
    pooled = options.pop(POOLED, "") == "1"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "OPTIONS": ({} if pooled else POSTGRESQL_OPTIONS) | options,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite settings for Django for the file `path`.

    IMMEDIATE transactions and WAL let several writers queue instead of failing with "database is locked"; a row that is
    replaced (INSERT OR REPLACE) is a deleted one for the triggers.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
            "PRAGMA recursive_triggers=ON;",
        },
    }
