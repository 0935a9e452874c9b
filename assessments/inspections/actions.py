"""Actions of inspection and supervision: conclude a case, discipline a party organization."""

from datetime import date

from assessments.models import Case, UnitDiscipline
from binhlu_portal.db.actions import NO_DECISION, Decision, action, create
from members.models import Member
from organizations.models import Unit


@action
def conclude_case(
    *, unit: Unit, kind: str, level: str, subject: str, outcome: str, day: date, member: Member | None = None
) -> Case:
    """Record the conclusion of a case: an inspection, a supervision, a denunciation or a complaint."""
    fields = {"kind": kind, "level": level, "subject": subject, "outcome": outcome, "member": member}
    return create(Case, unit=unit, concluded_on=day, **fields)


@action
def discipline_unit(
    *, unit: Unit, form: str, level: str, violation: str, day: date, decision: Decision = NO_DECISION
) -> UnitDiscipline:
    """Discipline a party organization: record the measure."""
    fields = {"form": form, "level": level, "violation": violation, **decision.fields}
    return create(UnitDiscipline, unit=unit, decided_on=day, **fields)
