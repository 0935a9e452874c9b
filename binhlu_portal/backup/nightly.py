"""Nightly backups: one a day in a folder, of which those of some days, weeks and months stay."""

import re
from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from .archive import write_archive

NAME = re.compile(r"portal-(\d{4}-\d\d-\d\d)\.zip")

PERIODS: tuple[tuple[Callable[[date], Hashable], int], ...] = (
    (date.toordinal, 7),
    (lambda day: day.isocalendar()[:2], 4),
    (lambda day: (day.year, day.month), 12),
)
"""Of the last days, weeks and months that have a backup: how many, and which period a day belongs to."""


def kept(days: Collection[date]) -> set[date]:
    """Days whose backup stays: the last one of each period that is kept."""
    stays = set()
    for period, count in PERIODS:
        newest = {period(day): day for day in sorted(days)}
        stays.update(list(newest.values())[-count:])
    return stays


def backups() -> dict[date, Path]:
    """The nightly backups by their days; other files in the folder are nobody's business."""
    found = {}
    for path in settings.BACKUPS.glob("portal-*.zip"):
        if match := NAME.fullmatch(path.name):
            found[date.fromisoformat(match[1])] = path
    return found


def back_up(*, now: datetime) -> None:
    """Make the backup of a day, unless it is there, and remove those whose time is over."""
    today = now.date()
    settings.BACKUPS.mkdir(mode=0o700, parents=True, exist_ok=True)
    if today not in backups():
        write_archive(settings.BACKUPS / f"portal-{today}.zip", now)
    files = backups()
    for day in files.keys() - kept(files):
        files[day].unlink()
