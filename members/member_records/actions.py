"""Actions on dated facts of members: levels, exemption, fee reduction, handbook, residence, training, planning, badge.

What a row says by itself its model checks in `clean`, so that corrections keep the same rules.
"""

from datetime import date

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from members.models import (
    Badge,
    Exemption,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    Member,
    MemberState,
    Planning,
    PlanningStep,
    Training,
)


@action
def set_levels(*, member: Member, day: date, **levels: str) -> MemberState:
    """Set new levels of `member` (education, qualification, theory, occupation …) from `day` on.

    Others stay as they are.

    Raises Refusal when a later change of levels is recorded.
    """
    old = member.states.filter(covers(day)).first()
    if member.states.filter(started_on__gt=day).exists():
        raise Refusal(f"Trình độ của {member} còn thay đổi ghi sau ngày {day:%d/%m/%Y}: ghi theo thứ tự thời gian.")
    if old is None:
        return create(MemberState, member=member, started_on=day, **levels)
    if old.started_on == day:
        return change(old, **levels)
    kept = {field.attname: getattr(old, field.attname) for field in MemberState._meta.concrete_fields}
    for name in ("id", "started_on", "ended_on"):
        del kept[name]
    change(old, ended_on=day)
    return create(MemberState, started_on=day, **(kept | levels))


@action
def correct_levels(*, state: MemberState, started_on: date, **levels: str) -> MemberState:
    """Correct levels that were recorded wrongly; what held before ends where they begin.

    Raises Refusal when they would begin no later than the levels before them.
    """
    before = state.member.states.filter(ended_on=state.started_on).first()
    if before and before.started_on >= started_on:
        first = f"{before.started_on:%d/%m/%Y}"
        raise Refusal({"started_on": f"Trình độ trước đó bắt đầu ngày {first}: chọn ngày sau ngày đó."})
    # Periods of one member never share a day, so whichever shrinks is written first.
    if before and started_on < state.started_on:
        change(before, ended_on=started_on)
    change(state, started_on=started_on, **levels)
    if before and before.ended_on != started_on:
        change(before, ended_on=started_on)
    return state


@action
def remove_levels(*, state: MemberState) -> None:
    """Delete levels that were recorded by mistake; what held before goes on holding in their place."""
    before = state.member.states.filter(ended_on=state.started_on).first()
    state.delete()
    if before:
        change(before, ended_on=state.ended_on)


@action
def exempt(*, member: Member, kind: str, day: date, until: date = OPEN, decision: Decision = NO_DECISION) -> Exemption:
    """Exempt a member from work and meetings until the day `until`, the first no longer exempt.

    Raises ValidationError without a decision where neither age nor health is the reason.
    """
    return create(Exemption, member=member, kind=kind, started_on=day, ended_on=until, **decision.fields)


@action
def end_exemption(*, exemption: Exemption, day: date) -> Exemption:
    """End an exemption: the member takes part again from `day` on. Raises Refusal when it had ended by then."""
    if exemption.ended_on <= day:
        raise Refusal(f"Lần miễn này đã kết thúc ngày {exemption.ended_on:%d/%m/%Y}.")
    return change(exemption, ended_on=day)


@action
def reduce_fee(
    *, member: Member, kind: str, ground: str, day: date, decision: Decision, until: date = OPEN
) -> FeeReduction:
    """Reduce or waive the Party fee of a member on a `ground` (a `FeeGround`), until the day `until` if it has an end.

    Raises ValidationError for a hardship without an end, and for what the ground does not allow.
    """
    fields = {"kind": kind, "ground": ground, **decision.fields}
    return create(FeeReduction, member=member, started_on=day, ended_on=until, **fields)


@action
def state_no_handbook(*, member: Member, cause: str, started_on: date, source: str) -> HandbookAbsence:
    """State why a member has no electronic handbook (`cause` is a `NoHandbookReason`); the reason before it ends.

    Raises ValidationError when a later one is known, or when the handbook was installed by then.
    """
    _end_before(member.handbook_absences, started_on)
    return create(HandbookAbsence, member=member, cause=cause, started_on=started_on, source=source)


@action
def introduce(*, member: Member, started_on: date, source: str, place: str = "") -> Liaison:
    """Introduce a member to the Party organization of the place of residence; the introduction before it ends.

    Raises ValidationError when a later one is known.
    """
    _end_before(member.liaisons, started_on)
    return create(Liaison, member=member, started_on=started_on, source=source, place=place)


def _end_before(rows, day):
    """End the one of `rows` that began before `day` and still holds then."""
    for row in rows.select_for_update().filter(started_on__lt=day, ended_on__gt=day):
        change(row, ended_on=day)


@action
def train(
    *, member: Member, program: str, course: str, level: str, began_on: date, finished_on: date | None = None
) -> Training:
    """Record a member's turn in a training course."""
    fields = {"program": program, "course": course, "level": level}
    return create(Training, member=member, began_on=began_on, finished_on=finished_on, **fields)


@action
def plan(
    *,
    member: Member,
    post: str,
    term: str,
    approved_on: date,
    step: str = PlanningStep.APPROVED,
    decision: Decision = NO_DECISION,
) -> Planning:
    """Record that a member was approved in the planning of a post for a term (quy hoạch cán bộ).

    Or, by the `step`, that it was looked through and goes on, or was given up.
    """
    fields = {"step": step, "post": post, "term": term, "approved_on": approved_on}
    return create(Planning, member=member, **fields, **decision.fields)


@action
def award_badge(
    *,
    member: Member,
    years: int,
    awarded_on: date,
    number: str = "",
    posthumous: bool = False,
    early: bool = False,
    decision: Decision = NO_DECISION,
) -> Badge:
    """Award a badge (Huy hiệu Đảng) for `years` in the Party; earlier only to the dead or, `early`, the gravely ill.

    Raises Refusal when it is awarded before the years are complete without one of these reasons.
    """
    fields = {"number": number, "posthumous": posthumous, **decision.fields}
    badge = create(Badge, member=member, years=years, awarded_on=awarded_on, **fields)
    if awarded_on < badge.due_on and not (early or posthumous):
        sentence = f"{member} đủ {years} năm tuổi Đảng ngày {badge.due_on:%d/%m/%Y}, sau ngày trao tặng."
        raise Refusal({"awarded_on": sentence})
    return badge
