"""Verbs of dated facts: levels, posts, exemption, fee reduction, training, planning, discipline, badge.

What a row says by itself its model checks in `clean`, so that corrections keep the same rules.
"""

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.db.actions import NO_DECISION, Refusal, change, create, verb
from members.choices import COMMITTEE_POSTS, SINGLE_POSTS
from members.models import Badge, Discipline, Exemption, FeeReduction, MemberState, Planning, Position, Training
from organizations.units.actions import period_on


@verb
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


@verb
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


@verb
def remove_levels(*, state):
    """Delete levels that were recorded by mistake; what held before goes on holding in their place."""
    before = state.member.states.filter(ended_on=state.started_on).first()
    state.delete()
    if before:
        change(before, ended_on=state.ended_on)


@verb
def appoint(*, unit, post, day, member=None, holder_name="", decision=NO_DECISION):
    """Give a post in `unit` to a member, or to a named non-member where the post allows it."""
    place = period_on(unit, day)
    _check_holder(member, post, day)
    holder = unit.positions.filter(post=post, ended_on__gt=day).first() if post in SINGLE_POSTS else None
    if holder:
        name = holder.member or holder.holder_name
        raise Refusal({"post": f"{holder.get_post_display()} của “{place.name}” đang do {name} giữ."})
    fields = {"member": member, "holder_name": holder_name, **decision.fields}
    return create(Position, unit=unit, post=post, started_on=day, **fields)


@verb
def relieve(*, position, day):
    """End a post; it is vacant from `day` on until someone is appointed."""
    if position.ended_on != OPEN:
        raise Refusal("Chức vụ này đã thôi giữ.")
    return change(position, ended_on=day)


@verb
def correct_position(*, position, post, started_on, **fields):
    """Put right what was recorded of a post held."""
    _check_holder(position.member, post, started_on)
    return change(position, post=post, started_on=started_on, **fields)


@verb
def exempt(*, member, kind, day, until=OPEN, decision=NO_DECISION):
    """Exempt a member from work and meetings."""
    return create(Exemption, member=member, kind=kind, started_on=day, ended_on=until, **decision.fields)


@verb
def end_exemption(*, exemption, day):
    """Let a member take part again from `day` on."""
    if exemption.ended_on <= day:
        raise Refusal(f"Lần miễn này đã kết thúc ngày {exemption.ended_on:%d/%m/%Y}.")
    return change(exemption, ended_on=day)


@verb
def reduce_fee(*, member, kind, day, until, decision=NO_DECISION):
    """Free a member from the fee or lower it, for twelve months at most."""
    return create(FeeReduction, member=member, kind=kind, started_on=day, ended_on=until, **decision.fields)


@verb
def train(*, member, program, course, level, began_on, finished_on=None):
    """Record a member's turn in a course."""
    fields = {"program": program, "course": course, "level": level}
    return create(Training, member=member, began_on=began_on, finished_on=finished_on, **fields)


@verb
def plan(*, member, post, term, approved_on, decision=NO_DECISION):
    """Record that a member was approved in the planning of a post for a term."""
    return create(Planning, member=member, post=post, term=term, approved_on=approved_on, **decision.fields)


@verb
def discipline(*, member, form, level, violation, day, committee_member=False, decision=NO_DECISION):
    """Record a disciplinary measure; a probationary member can only be reprimanded or warned."""
    fields = {"form": form, "level": level, "violation": violation, "committee_member": committee_member}
    return create(Discipline, member=member, decided_on=day, **fields, **decision.fields)


@verb
def award_badge(*, member, years, awarded_on, number="", posthumous=False, early=False, decision=NO_DECISION):
    """Record a badge for `years` in the Party; earlier only to the dead or, `early`, the gravely ill."""
    fields = {"number": number, "posthumous": posthumous, **decision.fields}
    badge = create(Badge, member=member, years=years, awarded_on=awarded_on, **fields)
    if awarded_on < badge.due_on and not (early or posthumous):
        sentence = f"{member} đủ {years} năm tuổi Đảng ngày {badge.due_on:%d/%m/%Y}, sau ngày trao tặng."
        raise Refusal({"awarded_on": sentence})
    return badge


def _check_holder(member, post, day):
    """Refuse a post in a committee to someone who belongs to no cell on `day`."""
    if member is not None and post in COMMITTEE_POSTS and not member.spells.filter(covers(day)).exists():
        raise Refusal({"member": f"{member} không sinh hoạt ở chi bộ nào vào ngày {day:%d/%m/%Y}."})
