"""Actions on discipline: record a measure, put it right, delete it; suspend from meetings.

An expulsion ends the membership too.
"""

from datetime import date
from typing import Any

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from members.choices import DisciplineMeasure
from members.models import Discipline, Member, Spell, Suspension
from organizations.in_force import InForce
from organizations.models import Unit

from . import expulsion

LASTS = "discipline.lasts_months"
"""After how many months a measure expires, unless it is told otherwise."""


@action
def discipline(
    *,
    member: Member,
    form: str,
    level: str,
    violation: str,
    day: date,
    committee_member: bool = False,
    expires_on: date | None = None,
    decision: Decision = NO_DECISION,
) -> Discipline:
    """Discipline a member: record the measure; an expulsion ends the membership. It expires after the usual time.

    Raises Refusal for what `level` does not decide, what a probationary member cannot suffer, and without a decision.
    """
    fields = {"level": level, "violation": violation, "committee_member": committee_member}
    decision = Decision(decision.number, decision.day or day)
    if form == DisciplineMeasure.EXPULSION:
        if expires_on:
            raise Refusal({"expires_on": "Khai trừ chỉ hết hiệu lực khi phục hồi đảng tịch: để trống mục này."})
        return expulsion.expel(member, day, decision, **fields)
    expires_on = expires_on or months_later(day, InForce(day).value(LASTS))
    return create(
        Discipline, member=member, form=form, decided_on=day, expires_on=expires_on, **fields, **decision.fields
    )


@action
def correct_discipline(*, row: Discipline, **fields: Any) -> Discipline:
    """Correct a measure; with an expulsion the end of the membership is corrected.

    Raises Refusal when an expulsion would become another measure, or another measure an expulsion.
    """
    if row.expels:
        return expulsion.correct(row, **fields)
    if fields.get("form") == DisciplineMeasure.EXPULSION:
        raise Refusal({"form": "Khai trừ còn kết thúc cả đảng tịch: xóa bản ghi này, rồi ghi kỷ luật khai trừ mới."})
    return change(row, **fields)


@action
def remove_discipline(*, row: Discipline) -> None:
    """Delete a measure that was recorded by mistake; with an expulsion the membership goes on.

    Raises Refusal when the member has come back after the expulsion.
    """
    if row.expels:
        expulsion.take_back(row)
    else:
        row.delete()


@action
def suspend(
    *, member: Member, level: str, day: date, until: date = OPEN, note: str = "", decision: Decision = NO_DECISION
) -> Suspension:
    """Suspend a member from meetings (đình chỉ sinh hoạt đảng) until the day `until`, the first back at them."""
    fields = {"level": level, "note": note, **decision.fields}
    return create(Suspension, member=member, started_on=day, ended_on=until, **fields)


@action
def end_suspension(*, suspension: Suspension, day: date) -> Suspension:
    """End a suspension: the member is back from `day` on. Raises Refusal when it had ended by then."""
    if suspension.ended_on <= day:
        raise Refusal(f"Lần đình chỉ này đã kết thúc ngày {suspension.ended_on:%d/%m/%Y}.")
    return change(suspension, ended_on=day)


@action
def restore(*, member: Member, unit: Unit, day: date, decision: Decision) -> Spell:
    """Restore a member whose membership was ended wrongly (phục hồi đảng tịch); an expulsion expires on that day.

    Raises Refusal for anyone who was not expelled or struck off, and without the number and day of the decision.
    """
    return expulsion.restore(member, unit, day, decision)


@action
def correct_stay(*, row: Spell, **fields: Any) -> Spell:
    """Correct where somebody came from and went to, and by which decisions; an expulsion rests on the same one."""
    return expulsion.correct_stay(row, **fields)
