"""Actions of inspection and supervision: conclude a case, discipline a party organization."""

from assessments.models import Case, UnitDiscipline
from binhlu_portal.db.actions import NO_DECISION, action, create


@action
def conclude_case(*, unit, kind, level, subject, outcome, day, member=None):
    """Record the conclusion of an inspection, a supervision, a denunciation or a complaint."""
    fields = {"kind": kind, "level": level, "subject": subject, "outcome": outcome, "member": member}
    return create(Case, unit=unit, concluded_on=day, **fields)


@action
def discipline_unit(*, unit, form, level, violation, day, decision=NO_DECISION):
    """Record a disciplinary measure against a party organization."""
    fields = {"form": form, "level": level, "violation": violation, **decision.fields}
    return create(UnitDiscipline, unit=unit, decided_on=day, **fields)
