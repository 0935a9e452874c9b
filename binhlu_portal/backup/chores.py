"""The chore of the night: a backup, before other chores erase what is kept for a while only."""

from datetime import date, datetime, time

from django.utils import timezone

from binhlu_portal.chores import CHORES

from .nightly import back_up


def back_up_today(*, today: date) -> None:
    """Make the backup of a day unless there is one. It bears the hour at which the day began: chores know no clock."""
    back_up(now=timezone.make_aware(datetime.combine(today, time.min)))


CHORES.add("backup", back_up_today)
