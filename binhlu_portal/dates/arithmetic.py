"""Calendar arithmetic, of days and of the parameters of a statement alike."""

from calendar import monthrange
from datetime import date, timedelta

from binhlu_portal.db.statements import of_parameters


@of_parameters
def days(number: int) -> timedelta:
    """Return so many days."""
    return timedelta(number)


@of_parameters
def months_later(day: date, months: int) -> date:
    """Add months: the same day of the month `months` later, or the first of the next month where there is none."""
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:
        return months_later(day.replace(day=1), months + 1)


@of_parameters
def months_earlier(day: date, months: int) -> date:
    """Subtract months: the last date from which `months` are full on `day`; `months_later` leads from it no further."""
    year, month = divmod(day.month - 1 - months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@of_parameters
def first_of_month(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


@of_parameters
def last_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@of_parameters
def month_number(day: date) -> int:
    """Return the number of the month of `day` among all months, so that months can be told apart and counted."""
    return day.year * 12 + day.month


@of_parameters
def first_of_year(day: date) -> date:
    """Return the first day of the year of `day`."""
    return day.replace(month=1, day=1)


@of_parameters
def year_of(day: date) -> int:
    """Return the year of `day`."""
    return day.year
