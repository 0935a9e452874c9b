"""Probation of new members: when it begins and ends, by when the cell votes on it, and who is on it."""

from datetime import date, timedelta

from django.db.models import F, Model, Q

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.db.statements import lapse, of_parameters
from organizations.in_force import InForce

MONTHS = "admissions.probation_months"
"""How long probation lasts."""

VOTE_DAYS = "admissions.vote_days"
"""Working days after the end of probation within which the cell votes."""

CEREMONY_DAYS = "admissions.ceremony_days"
"""Working days after the decision to admit within which the ceremony is held."""

SATURDAY = 5

WEEK = [date(2024, 1, 1) + timedelta(days=number) for number in range(7)]
"""A week from its Monday on."""


def probation_end(ceremony_on: date, in_force: InForce) -> date:
    """End of probation: the first day on which someone admitted on `ceremony_on` may be official."""
    return months_later(ceremony_on, in_force.value(MONTHS))


def vote_deadline(ceremony_on: date, in_force: InForce) -> date:
    """Deadline of the vote: the last day on which the cell of someone admitted on `ceremony_on` may vote in time."""
    return working_days_later(probation_end(ceremony_on, in_force), in_force.value(VOTE_DAYS))


def is_on_probation(member: Model, day: date) -> bool:
    """Whether it is known that `member` was on probation on `day`: the official day came later, or has not come yet.

    Of somebody who joined long ago and has no official day it is only not written down.
    """
    if member.official_on:
        return member.official_on.first_day > day
    if any(row.ceremony_on and row.ceremony_on <= day and not row.official_on for row in member.admissions.all()):
        return True
    joined = member.joined_on
    return joined is not None and probation_end(joined.first_day, InForce(day)) > day


def lateness(decided_on: date, in_force: InForce) -> str:
    """Return the warning that a ceremony on the day of the rules comes too late after its decision; "" for one in time.

    The day on which the cell received the decision is not recorded: it may have been later than that of signing.
    """
    deadline = working_days_later(decided_on, in_force.value(CEREMONY_DAYS))
    if in_force.on <= deadline:
        return ""
    return in_force.cite(
        f"Lễ kết nạp quá hạn {(in_force.on - deadline).days} ngày, tính từ ngày ký và chưa trừ ngày lễ: hạn là "
        f"{deadline:%d/%m/%Y}, {{admissions.ceremony_days}} kể từ khi nhận được quyết định ({{charter_guidance}})."
    )


def ceremony_is_late(in_force: InForce) -> Q:
    """Return the condition that an admission has a ceremony that comes too late after its decision."""
    number, found = in_force.value(CEREMONY_DAYS), Q()
    for monday_first, day in enumerate(WEEK, start=1):
        deadline = F("decision_date") + lapse(working_days_later(day, number) - day)
        found |= Q(decision_date__iso_week_day=monday_first, ceremony_on__gt=deadline)
    return found


@of_parameters
def working_days_later(day: date, number: int) -> date:
    """Add working days: the day that is `number` of them after `day`.

    Weekends are passed over, public holidays are not.

    Which days are holidays is decided anew each year and is not kept here, so the true deadline may be later.
    """
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day
