"""Actions on posts held: appoint, relieve, correct."""

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.db.actions import NO_DECISION, Refusal, action, change, create
from members.choices import COMMITTEE_POSTS, SINGLE_POSTS
from members.models import Position
from organizations.units.actions import period_on


@action
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


@action
def relieve(*, position, day):
    """End a post; it is vacant from `day` on until someone is appointed."""
    if position.ended_on != OPEN:
        raise Refusal("Chức vụ này đã thôi giữ.")
    return change(position, ended_on=day)


@action
def correct_position(*, position, post, started_on, **fields):
    """Put right what was recorded of a post held."""
    _check_holder(position.member, post, started_on)
    return change(position, post=post, started_on=started_on, **fields)


def _check_holder(member, post, day):
    """Refuse a post in a committee to someone who belongs to no cell on `day`."""
    if member is not None and post in COMMITTEE_POSTS and not member.spells.filter(covers(day)).exists():
        raise Refusal({"member": f"{member} không sinh hoạt ở chi bộ nào vào ngày {day:%d/%m/%Y}."})
