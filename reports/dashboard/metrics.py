"""Metrics of the dashboard: how the committee stands on a day, what changed since another, targets met.

Every line holds the result of a figure, so that the page can lead from its number to the records; the page itself makes
the addresses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.choices import Rating
from assessments.ratings.groups import CeilingGroups, ceiling_groups
from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import number
from organizations.models import UnitPeriod
from reports.figures import drilldown, evaluate, ledger, registry
from reports.figures.coverage import Coverage, coverage, registers_to_ask
from reports.figures.result import Result
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.later_changes import overtaken

from . import attention, charts, headlines
from .blocks import (
    ADMISSIONS_SCALE,
    CODES,
    FACTS,
    GOOD,
    LAST_YEAR,
    LIFE,
    MOST_UNITS,
    NEW_MEMBERS,
    PEOPLE,
    POSTS,
    RATED,
    REASONS,
    UNITS,
)
from .trends import Trend, trends

NOTHING: Mapping[str, Result] = {}
OF_YEAR, UNITS_BENEATH = "admissions.year", "units.total"


@dataclass(frozen=True)
class MetricLine:
    """A number with its name and bar; `goal` is what it is held against, `narrowed` goes into its address.

    `coverage` tells how far its registers go, where it is not told of its whole group. A nought `is_known` where they
    say something of somebody. `then` is the line of the same period last year, where the unit stood then.
    """

    label: str
    result: Result
    bar: charts.Bar
    goal: Result | CeilingGroups | None = None
    narrowed: str = ""
    coverage: Coverage | None = None
    is_known: bool = True
    then: "MetricLine | None" = None


@dataclass(frozen=True)
class MetricGroup:
    """Lines under one name; `coverage` is that of all of them."""

    name: str
    lines: Sequence[MetricLine]
    coverage: Coverage | None = None


@dataclass(frozen=True)
class Metric:
    """A number of the as-of day and, where the unit stood then, how much it was on the since day."""

    label: str
    result: Result
    before: int | None
    trend: Trend | None = None
    coverage: Coverage | None = None

    @property
    def change(self):
        """How much it grew, with its sign."""
        grown = self.result.value - self.before
        sign = "+" if grown > 0 else "\N{MINUS SIGN}" if grown < 0 else "±"
        return f"{sign}{number(abs(grown))}"


def board(moment: Moment, places: Sequence[UnitPeriod]) -> dict:
    """Return all blocks of the page by name; `places` are the units of the as-of day that the reader may choose."""
    results = evaluate.results(moment, [*CODES, *registers_to_ask(CODES)])
    branches = evaluate.results_by_unit(moment, [OF_YEAR, *registers_to_ask([OF_YEAR]), *attention.ACTUAL])
    lines, before = trends(moment, FACTS)
    last, then = moment.a_year_earlier(), {}
    if last:
        then = evaluate.results(last, [*LAST_YEAR, *registers_to_ask(LAST_YEAR)])
    opening, closing = before.get("members.total", 0), results["members.total"].value
    leads = headlines.are_held(moment, places)

    def goal(code, label, most=100):
        """Return the line of what is held against the target `code`, by whoever set it for all of it."""
        line = goal_line(results[code], label, most, coverage(registry.KNOWN[code], results))
        return line if leads else replace(line, goal=None, bar=charts.share(line.result.value, line.result.base))

    admissions = goal(NEW_MEMBERS, "Kết nạp trong 12 tháng", ADMISSIONS_SCALE)
    ratings = _rating_goals(results, leads, then) + _ceilings(moment, results)
    posts = [goal(code, label) for code, label in POSTS.items()]
    goals = [line for line in (admissions, *ratings, *posts) if line.goal and line.is_known]
    blocks = {
        "facts": _facts(results, before, lines),
        "attention": attention.to_attend(moment, goals, branches, places),
        "has_units": any(place.parent_id == moment.unit.pk for place in places),
        "reached": any(line.goal.met for line in goals),
        "not_held": "" if leads else headlines.why_not_held(closing),
        "opening": opening,
        "last_year": last,
        "flows": _flows(moment, opening, closing, last),
        "closing": closing,
        "admissions": admissions,
        "admissions_time": admissions.result.figure.time(moment),
        "of_year": _line("Đã kết nạp trong năm", results[OF_YEAR], results, then),
        "target": results["admissions.target"],
        **_units_compared(branches, places),
        "ratings": ratings,
        "levels": [(level, [results[f"ratings.{who}.{level}"] for who in RATED]) for level in Rating],
        "rated": _rated(results),
        "posts": posts,
        "people": _groups(PEOPLE, results),
        "kinds": _groups(UNITS, results) if results[UNITS_BENEATH].value > 1 else [],
        "life": _groups(LIFE, results, then),
        "reasons": _groups(REASONS, results, counted_only=True),
        "period": _period(moment),
    }
    return blocks | {"headlines": headlines.headlines(moment, blocks, results)}


def _period(moment):
    """Return the open period with how many units are `asked` and have `done` what they are asked, or None."""
    period = period_queries.open_period_progress(moment.unit, moment.user)
    if period and period.done:
        period.done -= len(overtaken(period, period_queries.standing(period, moment.user, moment.unit)))
    return period


def goal_line(goal: Result, label: str, most: int = 100, covered: Coverage | None = None) -> MetricLine:
    """Return the line of the one result that is held against the target `goal`."""
    actual = goal.actual[0]
    kind = "missed" if goal.met is False else "value"
    if goal.low is None:
        bar = charts.share(actual.value, actual.base, kind)
    else:
        bar = charts.gauge(actual.percent or 0, goal.low, goal.high, most, kind)
    return MetricLine(label, actual, bar, goal, coverage=covered, is_known=_is_known(actual, covered))


def _facts(results, before, lines):
    return [
        Metric(label, results[code], before.get(code), lines.get(code), coverage(results[code].figure, results))
        for code, label in FACTS.items()
        if code != UNITS_BENEATH or results[code].value > 1
    ]


def _line(label, result, results, then=NOTHING):
    """Return the line of a result among all `results`, beside that of a year ago among those `then`."""
    bar, covered = charts.share(result.value, result.base), coverage(result.figure, results)
    return MetricLine(
        label, result, bar, coverage=covered, is_known=_is_known(result, covered), then=_then(result.figure, then)
    )


def _then(figure, then):
    """Return the line of a figure among the results of a year ago, None where there are none.

    A share of nobody says that nothing was written down then.
    """
    if figure.code not in then:
        return None
    result = then[figure.code]
    line = _line("", result, then)
    return replace(line, is_known=line.is_known and bool(result.value or result.base or not figure.of))


def _is_known(result, covered):
    """Return whether the value of a result is told: a nought is not where its registers say nothing of anybody."""
    return bool(result.value or covered is None or covered.recorded)


def _groups(groups, results, then=NOTHING, *, counted_only=False):
    """Return the groups, those about whom its register says nothing last; only what is counted, if that is asked."""
    found = []
    for name, group in groups.items():
        lines = [_line(label, results[code], results, then) for code, label in group.items()]
        shared = {line.coverage for line in lines}
        if len(shared) == 1:
            lines = [replace(line, coverage=None) for line in lines]
        lines = [line for line in lines if line.result.value or not counted_only]
        if lines:
            same = shared.pop() if len(shared) == 1 else None
            found.append(MetricGroup(name, [*lines, *_unrecorded(group, results)], same))
    return found


def _unrecorded(group, results):
    """Return the line of those in none of the figures of a partition, because nothing is written down of them."""
    lines = [results[code] for code in group]
    shared = set.intersection(*({each.figure.code for each in line.silent} for line in lines))
    silent = {each.figure.code: each.value for each in lines[0].silent}
    found = [
        Result(registry.REGISTERS[code], silent[code], lines[0].base)
        for code in sorted(shared)
        if not registry.REGISTERS[code].asked_of_nought
    ]
    return [MetricLine("Chưa ghi", result, charts.share(result.value, result.base)) for result in found]


def _flows(moment, opening, closing, last):
    """Return the two sides of the ledger by their names: first all who came (or left), then by reason.

    Beside all of them stand all of the same period last year, asked by the moment `last`, where there is one.
    """
    sides = ledger.make_ledger(moment, (opening, closing)).sides
    numbers = [[sum(reasons.values()), *reasons.values()] for reasons in sides.values()]
    found = {
        drilldown.DIRECTIONS[direction]: [
            MetricLine(label, Result(registry.FIGURES["members.increase"], count), bar, narrowed=narrowed)
            for (label, narrowed), count, bar in zip(_reasons(direction, reasons), counts, bars, strict=True)
        ]
        for (direction, reasons), counts, bars in zip(sides.items(), numbers, charts.ledger(*numbers), strict=True)
    }
    if last:
        for lines, reasons in zip(found.values(), ledger.make_ledger(last, (0, 0)).sides.values(), strict=True):
            before = replace(lines[0].result, value=sum(reasons.values()))
            lines[0] = replace(lines[0], then=replace(lines[0], result=before))
    return found


def _reasons(direction, reasons):
    """Return the lines of one side of the ledger as (label, what narrows its list)."""
    side = f"&chieu={direction}"
    return [
        (drilldown.DIRECTIONS[direction], side),
        *((drilldown.REASONS[reason], f"{side}&ly_do={reason}") for reason in reasons),
    ]


def _units_compared(branches, places):
    """Return the units furthest from their target of the year, and how many more have one or have admitted someone."""
    places = {place.unit_id: place for place in places}
    parts = {unit: found[OF_YEAR] for unit, found in branches.items()}
    parts = {unit: result for unit, result in parts.items() if unit and (result.value or result.base)}
    known = [(places[unit], result) for unit, result in parts.items() if unit in places]
    known.sort(key=lambda pair: (pair[1].value - pair[1].base, -pair[1].base, pair[0].unit.code))
    shown = known[:MOST_UNITS]
    most = max((max(result.value, result.base) for _, result in shown), default=0)
    lines = [
        MetricLine(
            place.name,
            result,
            charts.progress(result.value, result.base, most),
            narrowed=f"&trong={place.unit.code}",
            is_known=_is_known(result, coverage(result.figure, branches[place.unit_id])),
        )
        for place, result in shown
    ]
    return {"units": lines, "more_units": len(parts) - len(shown)}


def _rating_goals(results, leads, then):
    """Return for units and for members how many are good or better, each against the target where it is held."""
    goal, lines = results[GOOD], []
    for actual, label in zip(goal.actual, RATED.values(), strict=True):
        covered = coverage(actual.figure, results)
        line = goal_line(replace(goal, actual=(actual,)), f"{label} hoàn thành tốt trở lên", covered=covered)
        line = replace(line, then=_then(actual.figure, then))
        lines.append(line if leads else replace(line, goal=None, bar=charts.share(actual.value, actual.base)))
    return lines


def _ceilings(moment, results):
    """Return for units and for members how many are excellent beside the ceilings of their groups, where these are."""
    lines = []
    for (who, label), groups in zip(RATED.items(), reversed(ceiling_groups(moment)), strict=True):
        result = results[f"ratings.{who}.{Rating.EXCELLENT}"]
        if groups and result.percent is not None:
            bar = charts.gauge(result.percent, groups.threshold.low, kind="value" if groups.met else "missed")
            covered = coverage(result.figure, results)
            lines.append(MetricLine(f"{label} hoàn thành xuất sắc", result, bar, groups, coverage=covered))
    return lines


def _rated(results):
    """Return for units and for members how many were rated, with the bar of all levels."""
    lines = []
    for who, label in RATED.items():
        levels = [(level, results[f"ratings.{who}.{level}"].value) for level in Rating]
        lines.append(MetricLine(label, results[f"ratings.{who}.rated"], charts.stack(levels)))
    return lines
