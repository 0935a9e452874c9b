"""Nightly backups: one a day, and which of them stay."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from binhlu_portal.backup import archive, nightly
from binhlu_portal.backup.chores import back_up_today
from binhlu_portal.backup.databases import KINDS
from binhlu_portal.backup.nightly import backups, kept

NOW = timezone.make_aware(datetime(2026, 3, 31, 1))


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    """Return the folder of backups; the key lies beside it."""
    settings.DATA_DIR, settings.BACKUPS = tmp_path, tmp_path / "backups"
    (tmp_path / "secret-key").write_text("k" * 60)
    return settings.BACKUPS


@pytest.fixture
def quick(monkeypatch):
    """Let archives be empty files: what they hold is proven elsewhere."""
    monkeypatch.setattr(nightly, "write_archive", lambda path, now: path.write_text(f"{now}"))


def nights(count):
    """Return the days before and with that of NOW."""
    return [NOW.date() - timedelta(back) for back in range(count)]


def test_of_two_years_of_nights_seven_days_four_weeks_and_twelve_months_stay():
    days = kept(nights(730))
    assert {NOW.date() - timedelta(back) for back in range(7)} <= days
    assert {date(2026, 3, 29), date(2026, 3, 22), date(2026, 3, 15)} <= days
    months = [date(2025, 4, 30), date(2025, 5, 31), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
    assert {*months} <= days
    assert date(2025, 3, 31) not in days
    assert len(days) == 7 + 2 + 11  # of the weeks and months that lie in the seven days one each is there already


def test_night_after_night_the_same_stay_as_of_all_nights_together():
    shelf = set()
    for day in sorted(nights(500)):
        shelf = kept(shelf | {day})
    assert shelf == kept(nights(500))


def test_a_backup_is_made_once_a_day_and_others_in_the_folder_are_left_alone(quick, shelf):
    shelf.mkdir()
    for name in ("portal-2020-01-01.zip.part", "portal-truoc-khi-nang-cap.zip", "portal-2026-03-31.txt"):
        (shelf / name).touch()
    for day in reversed(nights(60)):
        back_up_today(today=day)
    made = (shelf / "portal-2026-03-31.zip").stat().st_mtime_ns
    back_up_today(today=NOW.date())
    assert (shelf / "portal-2026-03-31.zip").stat().st_mtime_ns == made
    assert backups().keys() == kept(nights(60))
    assert len([*shelf.iterdir()]) == 3 + len(backups())


def test_a_backup_that_fails_removes_none_and_leaves_no_half(db, shelf, monkeypatch):
    shelf.mkdir()
    old = [shelf / f"portal-{day}.zip" for day in nights(20)[1:]]
    for path in old:
        path.touch()

    monkeypatch.setattr(type(KINDS[connection.vendor]), "dump", lambda kind, path: path.touch())

    def broken(path, folder):
        raise CommandError("hỏng")

    monkeypatch.setattr(archive, "read_archive", broken)
    with pytest.raises(CommandError):
        back_up_today(today=NOW.date())
    assert sorted(shelf.iterdir()) == sorted(old)
