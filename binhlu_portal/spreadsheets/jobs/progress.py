"""Progress of import jobs and heartbeat of the worker: how far it is with a file, a line in a small file of its own.

While records are written the database shows others nothing of it, and SQLite lets nobody else write.
"""

import json
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from binhlu_portal.spreadsheets.models import Batch

FOLDER = settings.DATA_DIR / "importing"

LIFE = "worker"
"""The file whose age says when a worker was last seen."""

SILENCE = 30
"""Seconds after which a worker that was not seen is none; reading a file takes it up to twenty."""


def reporter(batch: Batch) -> Callable[[int, int], None]:
    """Progress callback that notes how many records of `batch` are done, of how many: `tell(done, total)`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path, draft = _path(batch), _path(batch).with_suffix(".new")

    def tell(done, total):
        live()
        draft.write_text(json.dumps([done, total]))
        draft.replace(path)

    return tell


def read(batch: Batch) -> tuple[int, int] | None:
    """Progress of `batch`, (done, total), or None where nothing is known."""
    try:
        done, total = json.loads(_path(batch).read_text())
    except (OSError, ValueError):
        return None
    return done, total


def forget(batch: Batch) -> None:
    """Forget the progress of a batch that is done."""
    _path(batch).unlink(missing_ok=True)


def live() -> None:
    """Heartbeat: note that a worker is at work, or waits for some."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / LIFE).touch()


def is_live(now: datetime) -> bool:
    """Heartbeat test: whether a worker was seen shortly before `now`."""
    try:
        return now.timestamp() - (FOLDER / LIFE).stat().st_mtime < SILENCE
    except OSError:
        return False


def _path(batch):
    return FOLDER / f"{batch.pk}.json"
