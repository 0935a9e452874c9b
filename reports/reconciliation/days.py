"""Values of figures on every day on which they can change.

A count changes only on days that stand in a column with which its query compares the day, on birthdays that lead to
another age band, with the since day and with a new year; so asking those days asks them all. They are few, and many are
counted in one statement.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import DateField, Lookup, TextField, Value
from django.db.models.expressions import Col
from django.db.models.functions import Cast
from django.db.models.sql import Query

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.partial_dates import PartialDate, PartialDateField
from reports.figures import evaluate
from reports.figures.definitions.age_bands import AGE_BANDS
from reports.figures.populations import the_period

from ..figures import registry

AT_ONCE = 200
"""How many counts one statement makes; SQLite joins at most 500."""

NEW_AGES = sorted({youngest for youngest, _ in AGE_BANDS} | {oldest + 1 for _, oldest in AGE_BANDS})
"""The birthdays on which somebody enters another band."""

ONE_DAY = timedelta(days=1)


def as_of(moment, day):
    """Return `moment` as of another day; neither the period nor the year of ratings may begin after it."""
    return replace(moment, as_of=day, since=min(moment.since, day), year=min(moment.year, day.year))


def span(figure, moment, until):
    """Return the first and the last day of which `figure` can be asked; what counts a period begins with its since."""
    unit = moment.unit
    counts_period = isinstance(figure, registry.ChangeFigure) or (figure.when or figure.population.when) is the_period
    first = max(moment.since, unit.started_on) if counts_period else unit.started_on
    return first, min(until, unit.ended_on - ONE_DAY)


class CountHistory:
    """The counts that the figures `codes` of `units` need, from the day `first` to the day `last`, else as `moment`."""

    def __init__(self, moment, codes, units, first, last):
        self.moment, self.units = moment, [unit.pk for unit in units]
        self.steps = defaultdict(dict)
        parts = defaultdict(list)
        needed = codes.union(*(registry.needs(registry.FIGURES[code]) for code in codes))
        for figure in map(registry.FIGURES.get, sorted(needed)):
            if isinstance(figure, registry.Figure):
                columns = compared(self._part([figure], moment).query)
                parts[figure.population.code, columns].append(figure)
        turns = turning_days(list({column for _, columns in parts for column in columns}), first, last)
        always = {first, *(day for day in (moment.since, *new_years(first, last)) if first < day <= last)}
        wanted = [
            (figures, day)
            for (_, columns), figures in parts.items()
            for day in sorted(always.union(*(turns[column] for column in columns)))
        ]
        for start in range(0, len(wanted), AT_ONCE):
            self._count(wanted[start : start + AT_ONCE])

    def runs(self, figure, unit, first, last):
        """Return (first day, last day, value, base) one after the other, from `first` to `last`."""
        is_change = isinstance(figure, registry.ChangeFigure)
        values = self.steps[unit.pk, figure.stock if is_change else figure.code]
        bases = self.steps[unit.pk, figure.of]
        before = _on(values, self.moment.since) if is_change else 0
        starts = sorted({first} | {turn for turn in (*values, *bases) if first < turn <= last})
        for start, following in pairwise((*starts, last + ONE_DAY)):
            base = _on(bases, start) if figure.of else None
            yield start, following - ONE_DAY, _on(values, start) - before, base

    def _part(self, figures, moment):
        return evaluate.count_query(moment, figures, self.units)

    def _count(self, wanted):
        """Count at all `wanted` (figures, day) in one statement; a unit without rows has nothing."""
        queries = []
        for place, (figures, day) in enumerate(wanted):
            part = self._part(figures, as_of(self.moment, day))
            queries.append(part.annotate(place=Value(place)).values_list("place", "group", "numbers"))
            for figure in figures:
                for unit in self.units:
                    self.steps[unit, figure.code][day] = 0
        for place, unit, numbers in queries[0].union(*queries[1:], all=True):
            figures, day = wanted[place]
            for figure, count in zip(figures, numbers, strict=True):
                self.steps[unit, figure.code][day] = count


def new_years(first, last):
    """Return the first days of the years that begin after `first`: what is set for a year changes then."""
    return [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]


def _on(steps, day):
    """Return the count of `day`: that of the last day on which it changed."""
    return steps[max(turn for turn in steps if turn <= day)] if steps and min(steps) <= day else 0


def compared(query):
    """Return the columns (fields of models) of dates that `query` holds against a given day."""
    waiting, found = [query], set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, Lookup) and isinstance(part.lhs, Col) and part.rhs_is_direct_value():
            if isinstance(part.lhs.target, DateField | PartialDateField):
                found.add(part.lhs.target)
        elif isinstance(part, Query):
            joins = filter(None, (getattr(join, "filtered_relation", None) for join in part.alias_map.values()))
            waiting += [part.where, *part.annotations.values(), *(join.resolved_condition for join in joins)]
        elif hasattr(part, "get_source_expressions"):
            waiting += part.get_source_expressions()
    return frozenset(found)


def turning_days(columns, first, last):
    """Return for each of `columns` the days from `first` to `last` on which a comparison with it turns out another way.

    The days of all records are read, seen by the reader or not: they only say when to count, and counts are scoped.
    """
    read = [
        column.model._base_manager.order_by().values_list(Value(place), Cast(column.name, TextField()))
        for place, column in enumerate(columns)
    ]
    found = {column: set() for column in columns}
    for place, text in read[0].union(*read[1:]) if read else ():
        found[columns[place]].update(turn for turn in _turns(columns[place], text) if first < turn <= last)
    return found


def _turns(column, text):
    """Return the days on which a date kept as `text` makes a difference."""
    if not text:
        return ()
    day = PartialDate(text).first_day
    if column.name == "born_on":
        return [months_later(day, 12 * age) for age in NEW_AGES]
    if column.name == "ceremony_on":
        return [day, months_later(day, 12)]  # then the ceremony lies no more in the last twelve months
    return [day]
