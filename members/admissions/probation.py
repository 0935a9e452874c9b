"""Probation of new members: how long it lasts, and by when the cell votes on it."""

from datetime import date, timedelta

from binhlu_portal.dates.validity import months_later
from organizations.in_force import InForce

MONTHS = "admissions.probation_months"
"""How long probation lasts."""

VOTE_DAYS = "admissions.vote_days"
"""Working days after the end of probation within which the cell votes."""

SATURDAY = 5


def probation_end(ceremony_on: date, in_force: InForce) -> date:
    """End of probation: the first day on which someone admitted on `ceremony_on` may be official."""
    return months_later(ceremony_on, in_force.value(MONTHS))


def vote_deadline(ceremony_on: date, in_force: InForce) -> date:
    """Deadline of the vote: the last day on which the cell of someone admitted on `ceremony_on` may vote in time."""
    return working_days_later(probation_end(ceremony_on, in_force), in_force.value(VOTE_DAYS))


def working_days_later(day: date, number: int) -> date:
    """Add working days: the day that is `number` of them after `day`.

    Weekends are passed over, public holidays are not.

    Which days are holidays is decided anew each year and is not kept here, so the true deadline may be later.
    """
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day
