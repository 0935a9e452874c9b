"""Actions on posts held: appoint, relieve, correct."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from members.choices import SINGLE_POSTS
from members.models import Member, Position, Vacancy
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

    It is vacant no longer. Raises Refusal when the post has one holder at a time and is held; who may hold it is a rule
    of `Position`.
    """
    place = period_on(unit, day)
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

    Raises Refusal as `check_ends` does.
    """
    check_ends(position, day, "ended_on")
    change(position, ended_on=day)
    if position.post in SINGLE_POSTS:
        create(Vacancy, unit=position.unit, post=position.post, started_on=day)
    return position


@action
def replace_holder(
    *,
    position: Position,
    day: date,
    member: Member | None = None,
    holder_name: str = "",
    decision: Decision = NO_DECISION,
) -> Position:
    """Replace whoever holds a post: the old holder has it until `day`, the new one from that day on.

    Raises Refusal when it has ended already or began on `day` or later, and for the same holder.
    """
    check_ends(position, day, "started_on")
    if (member, holder_name) == (position.member, position.holder_name):
        raise Refusal({"member": f"{member or holder_name} đang giữ chức vụ này: chọn người khác."})
    change(position, ended_on=day)
    post = {"unit": position.unit, "post": position.post, "day": day}
    return appoint(**post, member=member, holder_name=holder_name, decision=decision)


def held_alone(unit: Unit, post: str) -> Position | None:
    """Return the position of whoever holds a post that a single person holds, or None."""
    return unit.positions.filter(post=post, ended_on=OPEN).first() if post in SINGLE_POSTS else None


@action
def hand_over(*, unit: Unit, post: str, day: date, **given: Any) -> Position:
    """Give a post from `day` on: where a single person holds it, whoever does leaves it on that day.

    Raises Refusal as `appoint` and `replace_holder` do.
    """
    if holder := held_alone(unit, post):
        return replace_holder(position=holder, day=day, **given)
    return appoint(unit=unit, post=post, day=day, **given)


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
    """Correct what was recorded of a post held."""
    return change(position, post=post, started_on=started_on, **fields)


def check_ends(position: Position, day: date, name: str) -> None:
    """Validate `day` (of the field `name`) as the end of a post. Raises Refusal for one that has ended, or began then.

    What is the first day without it comes after the first day with it.
    """
    if position.ended_on != OPEN:
        raise Refusal("Chức vụ này đã thôi giữ.")
    if position.started_on >= day:
        began = f"{position.started_on:%d/%m/%Y}"
        raise Refusal({name: f"Người đang giữ bắt đầu giữ từ ngày {began}: chọn ngày sau ngày đó."})


def end_vacancies(vacancies: QuerySet[Vacancy], day: date) -> None:
    """End what says that posts are vacant on `day` or later, because somebody takes them or the unit ends."""
    for vacancy in vacancies.filter(ended_on__gt=day):
        if vacancy.started_on < day:
            change(vacancy, ended_on=day)
        else:
            vacancy.delete()
