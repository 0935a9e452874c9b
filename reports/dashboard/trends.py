"""Trends: a number of the as-of day with those of the ends of the months before it and that of the since day.

They are counts of records by the tree of each day, as the number itself, all asked for in one statement. A line goes
back as far as the records: one of a younger unit begins on its first day, and none on a day of which nobody is known.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import dropwhile

from binhlu_portal.dates.arithmetic import first_of_month, months_later
from binhlu_portal.moment.moment import Moment
from reports.figures import evaluate
from reports.figures.registry import KNOWN

from . import charts

MONTHS = 24
"""How many months a line goes back at most."""


@dataclass(frozen=True)
class Trend:
    """Counts on days, the earliest first, the last one of the as-of day."""

    days: tuple[date, ...]
    values: tuple[int, ...]

    @property
    def points(self) -> tuple[tuple[int, int], ...]:
        """Where the line runs in its box, by the time between the days."""
        return charts.line([(day - self.days[0]).days for day in self.days], self.values)

    @property
    def since(self) -> str:
        """The first day in words: the month of which it is the end, else the day on which the records begin."""
        first = self.days[0]
        return f"{first:%m/%Y}" if (first + timedelta(days=1)).day == 1 else f"{first:%d/%m/%Y}"

    @property
    def last(self) -> int:
        """The count of the last day."""
        return self.values[-1]


def days_before(moment: Moment) -> tuple[date, ...]:
    """Return the ends of the last months, the first not before the unit, and the as-of day; none where it has ended."""
    if not moment.stands:
        return ()
    firsts = (months_later(first_of_month(moment.as_of), -back) for back in range(MONTHS))
    ends = {max(first - timedelta(days=1), moment.unit.started_on) for first in firsts}
    return tuple(sorted({*ends, moment.as_of}))


def trends(moment: Moment, codes: Collection[str]) -> tuple[dict[str, Trend], dict[str, int]]:
    """Return the trends of stocks, {code: trend}, and their counts of the since day, {code: number}.

    There is no trend of one day, and there are no counts of a day on which the unit did not stand.
    """
    days, stood = days_before(moment), moment.unit.started_on <= moment.since
    asked = sorted({*days, moment.since} if stood else days)
    if not asked:
        return {}, {}
    wholes = {code: KNOWN[code].of or code for code in codes}
    counted = evaluate.side_by_side([replace(moment, as_of=day) for day in asked], {*codes, *wholes.values()})
    by_day = dict(zip(asked, counted, strict=True))
    found = {code: _trend(code, wholes[code], days, by_day) for code in codes}
    before = {code: by_day[moment.since].get(code, 0) for code in codes} if stood else {}
    return {code: trend for code, trend in found.items() if len(trend.days) > 1}, before


def _trend(code, whole, days, by_day):
    """Return the trend of `code` from the first of `days` on which something of its `whole` is counted."""
    known = tuple(dropwhile(lambda day: not by_day[day].get(whole), days))
    return Trend(known, tuple(by_day[day].get(code, 0) for day in known))
