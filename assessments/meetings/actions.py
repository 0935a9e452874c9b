"""Actions of cell meetings."""

from datetime import date

from assessments.models import Meeting
from binhlu_portal.db.actions import action, create
from organizations.models import Unit


@action
def hold_meeting(
    *, unit: Unit, day: date, kind: str, expected: int, present: int, guests: int | None = None, topic: str = ""
) -> Meeting:
    """Record a meeting of a cell with the numbers of members expected and present, and of guests where counted.

    Raises ValidationError for more present than expected, and for more expected than the cell has members on `day`.
    """
    numbers = {"expected": expected, "present": present, "guests": guests}
    return create(Meeting, unit=unit, held_on=day, kind=kind, topic=topic, **numbers)
