"""Actions of cell meetings."""

from datetime import date

from assessments.models import Meeting
from binhlu_portal.db.actions import action, create
from organizations.models import Unit


@action
def hold_meeting(*, unit: Unit, day: date, kind: str, expected: int, present: int, topic: str = "") -> Meeting:
    """Record a meeting of a cell with the numbers of members expected and present."""
    return create(Meeting, unit=unit, held_on=day, kind=kind, expected=expected, present=present, topic=topic)
