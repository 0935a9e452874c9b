"""Verbs of cell meetings, inspection and supervision."""

from assessments.models import Meeting
from binhlu_portal.db.actions import action, create


@action
def hold_meeting(*, unit, day, kind, expected, present, topic=""):
    """Record a meeting of a cell with the numbers of members expected and present."""
    return create(Meeting, unit=unit, held_on=day, kind=kind, expected=expected, present=present, topic=topic)
