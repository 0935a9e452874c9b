"""Verbs of dated facts: levels, posts, exemption, fee reduction, training, planning, discipline, badge.

What a row says by itself its model checks in `clean`, so that corrections keep the same rules.
"""

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.db.actions import NO_DECISION, Refusal, action, change, create
from members.models import Badge, Discipline, Exemption, FeeReduction, MemberState, Planning, Training


@action
def set_levels(*, member, day, **levels):
    """Record that some levels of `member` (education, qualification, theory, occupation …) are new from `day` on."""
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
def correct_levels(*, state, started_on, **levels):
    """Put levels right that were recorded wrongly; what held before ends where they begin."""
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
def remove_levels(*, state):
    """Delete levels that were recorded by mistake; what held before goes on holding in their place."""
    before = state.member.states.filter(ended_on=state.started_on).first()
    state.delete()
    if before:
        change(before, ended_on=state.ended_on)


@action
def exempt(*, member, kind, day, until=OPEN, decision=NO_DECISION):
    """Exempt a member from work and meetings."""
    return create(Exemption, member=member, kind=kind, started_on=day, ended_on=until, **decision.fields)


@action
def end_exemption(*, exemption, day):
    """Let a member take part again from `day` on."""
    if exemption.ended_on <= day:
        raise Refusal(f"Lần miễn này đã kết thúc ngày {exemption.ended_on:%d/%m/%Y}.")
    return change(exemption, ended_on=day)


@action
def reduce_fee(*, member, kind, day, until, decision=NO_DECISION):
    """Free a member from the fee or lower it, for twelve months at most."""
    return create(FeeReduction, member=member, kind=kind, started_on=day, ended_on=until, **decision.fields)


@action
def train(*, member, program, course, level, began_on, finished_on=None):
    """Record a member's turn in a course."""
    fields = {"program": program, "course": course, "level": level}
    return create(Training, member=member, began_on=began_on, finished_on=finished_on, **fields)


@action
def plan(*, member, post, term, approved_on, decision=NO_DECISION):
    """Record that a member was approved in the planning of a post for a term."""
    return create(Planning, member=member, post=post, term=term, approved_on=approved_on, **decision.fields)


@action
def discipline(*, member, form, level, violation, day, committee_member=False, decision=NO_DECISION):
    """Record a disciplinary measure; a probationary member can only be reprimanded or warned."""
    fields = {"form": form, "level": level, "violation": violation, "committee_member": committee_member}
    return create(Discipline, member=member, decided_on=day, **fields, **decision.fields)


@action
def award_badge(*, member, years, awarded_on, number="", posthumous=False, early=False, decision=NO_DECISION):
    """Record a badge for `years` in the Party; earlier only to the dead or, `early`, the gravely ill."""
    fields = {"number": number, "posthumous": posthumous, **decision.fields}
    badge = create(Badge, member=member, years=years, awarded_on=awarded_on, **fields)
    if awarded_on < badge.due_on and not (early or posthumous):
        sentence = f"{member} đủ {years} năm tuổi Đảng ngày {badge.due_on:%d/%m/%Y}, sau ngày trao tặng."
        raise Refusal({"awarded_on": sentence})
    return badge
