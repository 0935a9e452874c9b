"""Actions on posts held: appoint, relieve, correct."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from members.choices import COMMITTEE_POSTS, SINGLE_POSTS, Post
from members.models import Member, Position, Vacancy
from members.positions.queries import seats_above
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

    It is vacant no longer. Raises Refusal when the post has one holder at a time and is held, for a committee post
    without a cell on `day`, and for looking after `unit` from no committee above it.
    """
    place = period_on(unit, day)
    _check_holder(unit, member, post, day)
    holder = unit.positions.filter(post=post, ended_on__gt=day).first() if post in SINGLE_POSTS else None
    if holder:
        name = holder.member or holder.holder_name
        raise Refusal({"post": f"{holder.get_post_display()} của “{place.name}” đang do {name} giữ."})
    fields = {"member": member, "holder_name": holder_name, **decision.fields}
    end_vacancies(unit.vacancies.filter(post=post), day)
    return create(Position, unit=unit, post=post, started_on=day, **fields)


@action
def relieve(*, position: Position, day: date) -> Position:
    """Relieve of a post; one that a single person holds is vacant from `day` on until someone is appointed.

    Raises Refusal when it has ended already.
    """
    if position.ended_on != OPEN:
        raise Refusal("Chức vụ này đã thôi giữ.")
    change(position, ended_on=day)
    if position.post in SINGLE_POSTS:
        create(Vacancy, unit=position.unit, post=position.post, started_on=day)
    return position


@action
def declare_vacant(*, unit: Unit, post: str, day: date, note: str = "") -> Vacancy:
    """Declare a post vacant from `day` on, until someone is appointed. Raises Refusal while somebody holds it."""
    holder = unit.positions.filter(post=post, ended_on__gt=day).first()
    if holder:
        name = holder.member or holder.holder_name
        raise Refusal({"post": f"{holder.get_post_display()} đang do {name} giữ: ghi thôi giữ chức vụ trước."})
    return create(Vacancy, unit=unit, post=post, started_on=day, note=note)


@action
def correct_position(*, position: Position, post: str, started_on: date, **fields: Any) -> Position:
    """Correct what was recorded of a post held.

    Raises Refusal for a committee post of someone in no cell on that day, and as `appoint` for looking after a unit.
    """
    _check_holder(position.unit, position.member, post, started_on)
    return change(position, post=post, started_on=started_on, **fields)


def end_vacancies(vacancies: QuerySet[Vacancy], day: date) -> None:
    """End what says that posts are vacant on `day` or later, because somebody takes them or the unit ends."""
    for vacancy in vacancies.filter(ended_on__gt=day):
        if vacancy.started_on < day:
            change(vacancy, ended_on=day)
        else:
            vacancy.delete()


def _check_holder(unit, member, post, day):
    """Refuse a post in a committee to someone in no cell on `day`, looking after `unit` to all but committees above."""
    if member is not None and post == Post.OVERSEER and not seats_above(member, unit, day).exists():
        sentence = (
            f"{member} không ở cấp ủy nào cấp trên của đơn vị này vào ngày {day:%d/%m/%Y}: chọn cấp ủy viên cấp trên, "
            "hoặc ghi chức vụ cấp ủy của người đó trước."
        )
        raise Refusal({"member": sentence})
    if member is not None and post in COMMITTEE_POSTS and not member.spells.filter(covers(day)).exists():
        raise Refusal({"member": f"{member} không sinh hoạt ở chi bộ nào vào ngày {day:%d/%m/%Y}."})
