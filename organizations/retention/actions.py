"""Actions that delete what has been kept long enough, and note it."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.retention import Retention
from binhlu_portal.db.actions import action, create
from organizations.choices import Kept
from organizations.models import Disposal

REASON = "Hết thời gian giữ"


@action
def dispose_of(*, what: Kept, retention: Retention, today: date) -> int:
    """Delete the lines of a log that are older than they are kept, note it, and return how many they were.

    The database says which they are, and would let nobody delete others.
    """
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {retention.cutoff(vendor)}")
        (before,) = cursor.fetchone()
        if vendor == "postgresql":
            cursor.execute(f"SELECT {retention.function}()")
            (gone,) = cursor.fetchone()
        else:
            gone = cursor.execute(retention.deletion(vendor)).rowcount
    note_disposal(what=what, before=_day(before), rows=gone, today=today)
    return gone


@action
def note_disposal(*, what: Kept, before: date, rows: int, today: date) -> None:
    """Note that `rows` of something, from before a day, were deleted; nothing where nothing was."""
    if rows:
        with acting(None, REASON):
            create(Disposal, what=what, before=before, rows=rows, day=today)


def _day(moment):
    """Return the day of a moment as the database says it, in words on SQLite."""
    said = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
    return said.astimezone(timezone.get_default_timezone()).date() if said.tzinfo else said.date()
