"""Verbs of dated facts: levels, posts, exemption, fee reduction, training, planning, discipline, badge."""

from binhlu_portal.periods import OPEN, covers, months_later
from binhlu_portal.verbs import NO_DECISION, Refusal, change, create, verb
from organizations.units import period_on

from .codes import COMMITTEE_POSTS, SINGLE_POSTS, DisciplineForm, FeeRelief
from .models import Discipline, Exemption, FeeReduction, MemberState, Planning, Position, Training

FEE_MONTHS = 12
"""A fee waiver or reduction is granted for twelve months at most each time (01-QĐ/TW, 03/02/2026)."""


def is_member(member, day):
    """Whether `member` belongs to a cell on `day`."""
    return member.spells.filter(covers(day)).exists()


def check_member(member, day):
    """Refuse a fact about someone who belongs to no cell on `day`."""
    if not is_member(member, day):
        raise Refusal(f"{member} không sinh hoạt ở chi bộ nào vào ngày {day:%d/%m/%Y}.")


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
def appoint(*, unit, post, day, member=None, holder_name="", decision=NO_DECISION):
    """Give a post in `unit` to a member, or to a named non-member where the post allows it."""
    name = period_on(unit, day).name
    if member is not None and post in COMMITTEE_POSTS:
        check_member(member, day)
    holder = unit.positions.filter(post=post, ended_on__gt=day).first() if post in SINGLE_POSTS else None
    if holder:
        raise Refusal(f"{holder.get_post_display()} của “{name}” đang do {holder.member or holder.holder_name} giữ.")
    fields = {"member": member, "holder_name": holder_name, **decision.fields}
    return create(Position, unit=unit, post=post, started_on=day, **fields)


@verb
def relieve(*, position, day):
    """End a post; it is vacant from `day` on until someone is appointed."""
    if position.ended_on != OPEN:
        raise Refusal("Chức vụ này đã thôi giữ.")
    return change(position, ended_on=day)


@verb
def exempt(*, member, kind, day, until=OPEN, decision=NO_DECISION):
    """Exempt a member from work and meetings."""
    check_member(member, day)
    if member.exemptions.overlapping(day, until).exists():
        raise Refusal(f"{member} đã được miễn sinh hoạt trong thời gian này.")
    return create(Exemption, member=member, kind=kind, started_on=day, ended_on=until, **decision.fields)


@verb
def reduce_fee(*, member, kind, day, until, decision=NO_DECISION):
    """Free a member from the fee or lower it, for twelve months at most."""
    check_member(member, day)
    if until > months_later(day, FEE_MONTHS):
        raise Refusal(f"{FeeRelief(kind).label}: mỗi lần không quá {FEE_MONTHS} tháng.")
    return create(FeeReduction, member=member, kind=kind, started_on=day, ended_on=until, **decision.fields)


@verb
def train(*, member, program, course, level, began_on, finished_on=None):
    """Record a member's turn in a course."""
    check_member(member, began_on)
    if finished_on and finished_on < began_on:
        raise Refusal("Ngày bế giảng phải sau ngày khai giảng.")
    fields = {"program": program, "course": course, "level": level}
    return create(Training, member=member, began_on=began_on, finished_on=finished_on, **fields)


@verb
def plan(*, member, post, term, approved_on, decision=NO_DECISION):
    """Record that a member was approved in the planning of a post for a term."""
    check_member(member, approved_on)
    return create(Planning, member=member, post=post, term=term, approved_on=approved_on, **decision.fields)


@verb
def discipline(*, member, form, level, violation, day, committee_member=False, decision=NO_DECISION):
    """Record a disciplinary measure; a probationary member can only be reprimanded or warned."""
    check_member(member, day)
    probationary = member.official_on is None or member.official_on.first_day > day
    if probationary and form not in (DisciplineForm.REPRIMAND, DisciplineForm.WARNING):
        raise Refusal("Đảng viên dự bị chỉ chịu hình thức khiển trách hoặc cảnh cáo.")
    fields = {"form": form, "level": level, "violation": violation, "committee_member": committee_member}
    return create(Discipline, member=member, decided_on=day, **fields, **decision.fields)
