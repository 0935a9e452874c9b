"""How far the worker is with a file: a line in a small file of its own.

While records are written the database shows others nothing of it, and SQLite lets nobody else write.
"""

import json

from django.conf import settings

FOLDER = settings.DATA_DIR / "importing"

LIFE = "worker"
"""The file whose age says when a worker was last seen."""

SILENCE = 30
"""Seconds after which a worker that was not seen is none; reading a file takes it up to twenty."""


def reporter(batch):
    """Return a function that notes how many records of `batch` are done, of how many."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path, draft = _path(batch), _path(batch).with_suffix(".new")

    def tell(done, total):
        live()
        draft.write_text(json.dumps([done, total]))
        draft.replace(path)

    return tell


def read(batch):
    """Return (done, total) of `batch`, or None where nothing is known."""
    try:
        done, total = json.loads(_path(batch).read_text())
    except (OSError, ValueError):
        return None
    return done, total


def forget(batch):
    """Forget a batch that is done."""
    _path(batch).unlink(missing_ok=True)


def live():
    """Note that a worker is at work, or waits for some."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / LIFE).touch()


def is_live(now):
    """Whether a worker was seen shortly before `now`."""
    try:
        return now.timestamp() - (FOLDER / LIFE).stat().st_mtime < SILENCE
    except OSError:
        return False


def _path(batch):
    return FOLDER / f"{batch.pk}.json"
