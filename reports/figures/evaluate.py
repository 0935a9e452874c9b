"""Evaluation of figures: one SQL statement for all figures of all units asked, and the rows behind any of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from django.db.models import BigIntegerField, Count, F, Max, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, JSONArray

from binhlu_portal.db.statements import ListParameter, PreparedStatement
from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.parameters import moment_parameters
from organizations.scope import kind_of_reader

from .registry import FIGURES, KNOWN, PEOPLE, AnyFigure, ChangeFigure, Figure, TargetFigure, needs, registers_of
from .result import Result, percentage

MOST_NUMBERS = 90
"""How many counts one part of a statement may have: databases build no longer arrays."""

KEPT_STATEMENTS = 256
"""How many of the statements asked last a process keeps: one for each set of figures and number of units asked for."""


def results(moment: Moment, codes: Iterable[str] | None = None) -> dict[str, Result]:
    """Results of the figures `codes` (all, in report order) of the unit of the moment: {code: Result}."""
    return results_of_units(moment, list(FIGURES if codes is None else codes), [moment.unit.pk])[moment.unit.pk]


def results_of_units(
    moment: Moment, codes: Sequence[str], units: Collection[int] | QuerySet
) -> dict[int, dict[str, Result]]:
    """Results of many units (ids): {unit id: {code: Result}} of the figures `codes`.

    As many statements as for one unit.
    """
    return results_of_moments([moment], codes, units)[0]


def results_of_moments(
    moments: Sequence[Moment], codes: Sequence[str], units: Collection[int] | QuerySet
) -> list[dict[int, dict[str, Result]]]:
    """Results at each of `moments`, as `results_of_units` gives them at one; as many statements as for one."""
    counted = _counts_at(moments, {*codes, *(register.code for code in codes for register in _registers(code))}, units)
    thresholds = [_thresholds(codes, moment) for moment in moments]
    return [
        {unit: _results(codes, found.get(unit, {}), limits) for unit in units}
        for found, limits in zip(counted, thresholds, strict=True)
    ]


def results_by_unit(moment: Moment, codes: Sequence[str]) -> dict[int | None, dict[str, Result]]:
    """Results grouped by the unit directly beneath that of the moment on each row's own day: {unit id: {code: Result}}.

    The rows the unit holds itself are under None. Units without any row are left out.
    """
    found, thresholds = counts(moment, codes, [moment.unit.pk], by="branch"), _thresholds(codes, moment)
    return {unit: _results(codes, values, thresholds) for unit, values in found.items()}


def counts(
    moment: Moment, codes: Iterable[str], units: Collection[int] | QuerySet, by: str = "ancestor"
) -> dict[int | None, dict[str, int]]:
    """Plain counts: {unit id: {code: value}}, with everything the `codes` need, in one or two statements.

    `by` is "ancestor" for the `units` themselves, "branch" for the units directly beneath them.
    """
    return _counts_at([moment], codes, units, by)[0]


def _counts_at(moments, codes, units, by="ancestor"):
    """Return the plain counts at each of `moments`, in one or two statements for all of them."""
    plain, changed = _plain(frozenset(codes))
    found = _count_all([(moment, units) for moment in moments], plain, by)
    if changed:
        stocks = frozenset(change.stock for change in changed)
        before = _count_all([(replace(moment, as_of=moment.since), units) for moment in moments], stocks, by)
        for now, then in zip(found, before, strict=True):
            _change(now, then, changed)
    return found


def _change(now, then, changed):
    """Add to the counts `now` how much the stocks of the figures `changed` grew since `then`."""
    for unit in now.keys() | then.keys():
        for change in changed:
            now[unit][change.code] = now[unit].get(change.stock, 0) - then[unit].get(change.stock, 0)


def side_by_side(moments: Sequence[Moment], codes: Collection[str]) -> list[dict[str, int]]:
    """Plain counts at several moments: {code: value} of stocks and events at each of `moments`, in one statement."""
    asked = [(moment, [moment.unit.pk]) for moment in moments]
    found = _count_all(asked, frozenset(codes), "ancestor")
    return [counted[moment.unit.pk] for moment, counted in zip(moments, found, strict=True)]


def rows(moment: Moment, figure: Figure) -> QuerySet:
    """Rows behind a figure: the queryset that `figure` counts at `moment`."""
    found = figure.population.beneath(moment, where=figure.condition(moment))
    if figure.measure == PEOPLE:
        person = figure.population.person
        return figure.population.rows(moment).filter(
            pk__in=found.order_by().values(person).annotate(last=Max("pk")).values("last")
        )
    return found


@lru_cache(maxsize=KEPT_STATEMENTS)
def _plain(codes):
    """Return the codes that must be counted for `codes`, and the changes among them."""
    plain, changed, waiting = set(), [], list(codes)
    while waiting:
        figure = KNOWN[waiting.pop()]
        waiting.extend(needs(figure))
        if isinstance(figure, ChangeFigure):
            changed.append(figure)
        elif isinstance(figure, Figure):
            plain.add(figure.code)
    return frozenset(plain), changed


@cache
def _registers(code):
    """Return the registers on which a figure rests."""
    return tuple(KNOWN[register] for register in registers_of(KNOWN[code]))


def _count_all(asked, codes, by):
    """Count figures of all populations in one statement for all that is `asked` as (moment, units).

    A population has a part with its counts as one array; many counts have several.
    """
    found = [defaultdict(dict) for _ in asked]
    asked = [(moment, tuple(units)) for moment, units in asked]
    shape = tuple((kind_of_reader(moment.user), len(units)) for moment, units in asked)
    statement, parts = _statement(shape, codes, by) if codes and asked else (None, ())
    for place, unit, values in statement.rows(asked) if parts else ():
        number, figures = parts[place]
        found[number][unit].update(zip([figure.code for figure in figures], values, strict=True))
    return found


@lru_cache(maxsize=KEPT_STATEMENTS)
def _statement(shape, codes, by):
    """Return the statement that counts the figures `codes` for as many moments and units as `shape` says.

    With it come its parts, each as (number of the question, figures).
    """
    queries, parts = [], [(number, figures) for number in range(len(shape)) for figures in _parted(codes)]
    for place, (number, figures) in enumerate(parts):
        kind, size = shape[number]
        moment = moment_parameters(kind, lambda asked, number=number: asked[number][0])
        units = ListParameter(lambda asked, number=number: asked[number][1], size)
        queried = count_query(moment, figures, units, by)
        queries.append(queried.annotate(place=Value(place)).values_list("place", "group", "numbers"))
    return PreparedStatement(queries[0].union(*queries[1:], all=True)), parts


def _parted(codes):
    """Return the figures of each population, no more than fit into one part together, most figures first.

    SQLite looks through all that a statement has opened each time a condition opens a table: what counts most comes
    while little is open.
    """
    populations = defaultdict(list)
    for code in sorted(codes):
        populations[KNOWN[code].population.code].append(KNOWN[code])
    return [
        figures[start : start + MOST_NUMBERS]
        for figures in sorted(populations.values(), key=len, reverse=True)
        for start in range(0, len(figures), MOST_NUMBERS)
    ]


def count_query(
    moment: Moment, figures: Sequence[Figure], units: Collection[int] | QuerySet, by: str = "ancestor"
) -> QuerySet:
    """Count query of `figures`, all of one population, by unit: rows of {group: unit id, numbers: [count]}."""
    population = figures[0].population
    numbers = JSONArray(*(_measure(figure, moment) for figure in figures))
    return population.beneath(moment, units).order_by().values(group=F(population.line + by)).annotate(numbers=numbers)


def _measure(figure, moment):
    condition = figure.condition(moment)
    if figure.measure == PEOPLE:
        return Count(figure.population.person, distinct=True, filter=condition)
    if figure.measure:
        return Coalesce(Sum(figure.measure, filter=condition, output_field=BigIntegerField()), 0)
    return Count("pk", filter=condition)


def _thresholds(codes, moment):
    """Return the thresholds of targets by their codes: of those asked for, and of those that hold against a figure."""
    targets = {target for code in codes for target in targets_of(code)}
    return {code: moment.in_force.threshold(code) for code in targets}


@cache
def targets_of(code: str) -> tuple[str, ...]:
    """Targets of a figure: the codes of those that it is held against; of a target those that hold what it does."""
    asked = {code, *getattr(KNOWN[code], "actual", ())}
    targets = [figure for figure in KNOWN.values() if isinstance(figure, TargetFigure)]
    return tuple(target.code for target in targets if asked & {target.code, *target.actual})


def _results(codes, values, thresholds):
    return {code: _result(KNOWN[code], values, thresholds) for code in codes}


def _result(figure, values, thresholds):
    if isinstance(figure, TargetFigure):
        return _target(figure, values, thresholds)
    value = values.get(figure.code, 0)
    base = values.get(figure.of, 0) if figure.of else None
    levels = tuple(level for code in targets_of(figure.code) for level in _levels(thresholds[code]))
    percent = percentage(value, base, figure.places, levels)
    return Result(figure, value, base, percent, levels=levels, silent=silent(figure, value, values))


def silent(figure: AnyFigure, value: int | None, values: Mapping[str, int | None]) -> tuple[Result, ...]:
    """Silent registers of a figure that counts `value`: results of those whose count among `values` is not nought.

    Of what happens now and then, a register is asked only where the figure counts nothing.
    """
    return tuple(
        Result(register, values[register.code])
        for register in _registers(figure.code)
        if values.get(register.code) and not (register.asked_of_nought and value)
    )


def silent_of(actual: Iterable[Result]) -> tuple[Result, ...]:
    """Silent registers of a target: those of the `actual` results that are held against it, each once."""
    return tuple({register.figure.code: register for result in actual for register in result.silent}.values())


def _target(figure, values, thresholds):
    actual = tuple(_result(KNOWN[code], values, thresholds) for code in figure.actual)
    registers = silent_of(actual)
    threshold = thresholds[figure.code]
    if threshold is None:
        return Result(figure, None, actual=actual, silent=registers)
    low, high = threshold.low, threshold.high
    percent = None if high else low
    return Result(figure, None, percent=percent, low=low, high=high, actual=actual, silent=registers)


def _levels(threshold):
    return [level for level in (threshold.low, threshold.high) if level is not None] if threshold else []
