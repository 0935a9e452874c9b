"""Actions on posts held: appoint, relieve, correct."""

from datetime import date
from typing import Any

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from members.choices import COMMITTEE_POSTS, SINGLE_POSTS
from members.models import Member, Position
from organizations.models import Unit
from organizations.units.actions import period_on


@action
def appoint(
    *,
    unit: Unit,
    post: str,
    day: date,
    member: Member | None = None,
    holder_name: str = "",
    decision: Decision = NO_DECISION,
) -> Position:
    """Appoint a member to a post in `unit`, or a named non-member where the post allows it.

    Raises Refusal when the post has one holder at a time and is held, and for a committee post without a cell on `day`.
    """
    place = period_on(unit, day)
    _check_holder(member, post, day)
    holder = unit.positions.filter(post=post, ended_on__gt=day).first() if post in SINGLE_POSTS else None
    if holder:
        name = holder.member or holder.holder_name
        raise Refusal({"post": f"{holder.get_post_display()} của “{place.name}” đang do {name} giữ."})
    fields = {"member": member, "holder_name": holder_name, **decision.fields}
    return create(Position, unit=unit, post=post, started_on=day, **fields)


@action
def relieve(*, position: Position, day: date) -> Position:
    """Relieve of a post; it is vacant from `day` on until someone is appointed.

    Raises Refusal when it has ended already.
    """
    if position.ended_on != OPEN:
        raise Refusal("Chức vụ này đã thôi giữ.")
    return change(position, ended_on=day)


@action
def correct_position(*, position: Position, post: str, started_on: date, **fields: Any) -> Position:
    """Correct what was recorded of a post held.

    Raises Refusal for a committee post of someone in no cell on that day.
    """
    _check_holder(position.member, post, started_on)
    return change(position, post=post, started_on=started_on, **fields)


def _check_holder(member, post, day):
    """Refuse a post in a committee to someone who belongs to no cell on `day`."""
    if member is not None and post in COMMITTEE_POSTS and not member.spells.filter(covers(day)).exists():
        raise Refusal({"member": f"{member} không sinh hoạt ở chi bộ nào vào ngày {day:%d/%m/%Y}."})
