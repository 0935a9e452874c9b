"""Verbs of cell meetings, inspection and supervision."""

from assessments.models import Case, Meeting, UnitDiscipline
from binhlu_portal.db.actions import NO_DECISION, create, verb


@verb
def hold_meeting(*, unit, day, kind, expected, present, topic=""):
    """Record a meeting of a cell with the numbers of members expected and present."""
    return create(Meeting, unit=unit, held_on=day, kind=kind, expected=expected, present=present, topic=topic)


@verb
def conclude_case(*, unit, kind, level, subject, outcome, day, member=None):
    """Record the conclusion of an inspection, a supervision, a denunciation or a complaint."""
    fields = {"kind": kind, "level": level, "subject": subject, "outcome": outcome, "member": member}
    return create(Case, unit=unit, concluded_on=day, **fields)


@verb
def discipline_unit(*, unit, form, level, violation, day, decision=NO_DECISION):
    """Record a disciplinary measure against a party organization."""
    fields = {"form": form, "level": level, "violation": violation, **decision.fields}
    return create(UnitDiscipline, unit=unit, decided_on=day, **fields)
