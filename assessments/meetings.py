"""Verbs of cell meetings, inspection and supervision."""

from binhlu_portal.verbs import NO_DECISION, Refusal, create, verb
from organizations.codes import CELLS
from organizations.units import period_on

from .models import Case, Meeting, UnitDiscipline


@verb
def hold_meeting(*, unit, day, kind, expected, present, topic=""):
    """Record a meeting of a cell with the numbers of members expected and present."""
    period = period_on(unit, day)
    if period.kind not in CELLS:
        raise Refusal(f"“{period.name}” không phải là chi bộ.")
    if present > expected:
        raise Refusal(f"Số có mặt ({present}) lớn hơn số phải dự ({expected}).")
    return create(Meeting, unit=unit, held_on=day, kind=kind, expected=expected, present=present, topic=topic)


@verb
def conclude_case(*, unit, kind, level, subject, outcome, day, member=None):
    """Record the conclusion of an inspection, a supervision, a denunciation or a complaint."""
    period_on(unit, day)
    fields = {"kind": kind, "level": level, "subject": subject, "outcome": outcome, "member": member}
    return create(Case, unit=unit, concluded_on=day, **fields)


@verb
def discipline_unit(*, unit, form, level, violation, day, decision=NO_DECISION):
    """Record a disciplinary measure against a party organization."""
    period_on(unit, day)
    fields = {"form": form, "level": level, "violation": violation, **decision.fields}
    return create(UnitDiscipline, unit=unit, decided_on=day, **fields)
