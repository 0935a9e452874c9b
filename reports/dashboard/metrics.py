"""Metrics of the dashboard: how the committee stands on a day, what changed since another, targets met.

Every line holds the result of a figure, so that the page can lead from its number to the records; the page itself makes
the addresses.
"""

from dataclasses import dataclass, replace

from assessments.choices import Rating
from assessments.ratings.groups import CeilingGroups, ceiling_groups
from binhlu_portal.text.vietnamese import number
from reports.figures import drilldown, evaluate, ledger, registry
from reports.figures.evaluate import Result
from reports.reporting_periods import queries as period_queries

from . import charts
from .trends import Trend, trends

FACTS = {
    "members.total": "Đảng viên",
    "units.total": "Tổ chức đảng trực thuộc",
    "members.probationary": "Đảng viên dự bị",
    "members.female": "Đảng viên nữ",
    "members.ethnic_minority": "Dân tộc thiểu số",
    "members.handbook": "Đã cài Sổ tay điện tử",
}
"""The numbers at the top, stocks, each beside that of the since day and with its line of the months before."""

PEOPLE = {
    "Tuổi": {
        "members.age.18_30": "18–30",
        "members.age.31_35": "31–35",
        "members.age.36_40": "36–40",
        "members.age.41_45": "41–45",
        "members.age.46_50": "46–50",
        "members.age.51_60": "51–60",
        "members.age.over_60": "Trên 60",
    },
    "Giới tính": {"members.male": "Nam", "members.female": "Nữ"},
    "Dân tộc": {"members.kinh": "Kinh", "members.ethnic_minority": "Thiểu số"},
    "Học vấn": {
        "members.education.primary": "Tiểu học",
        "members.education.lower_secondary": "THCS",
        "members.education.upper_secondary": "THPT",
    },
    "Lý luận chính trị": {
        "members.theory.elementary": "Sơ cấp",
        "members.theory.intermediate": "Trung cấp",
        "members.theory.advanced": "Cao cấp, cử nhân",
    },
}
"""Of whom the members consist, group by group."""

UNITS = {
    "Loại tổ chức": {
        "units.grassroots.party_organizations": "Đảng bộ cơ sở",
        "units.grassroots.cells": "Chi bộ cơ sở",
        "units.subordinate_cells": "Chi bộ trực thuộc Đảng ủy xã",
    },
    "Loại hình": {
        "units.sectors.villages": "Bản",
        "units.sectors.public_services": "Đơn vị sự nghiệp",
        "units.sectors.agencies": "Cơ quan, loại hình khác",
        "units.sectors.armed_forces": "Quân đội, công an",
        "units.sectors.enterprises": "Doanh nghiệp, hợp tác xã",
    },
}
"""Of what the units consist."""

LIFE = {
    "Có mặt trên số lượt phải dự sinh hoạt": {
        "meetings.attendance.village": "Chi bộ bản",
        "meetings.attendance.agency": "Cơ quan, đơn vị",
    },
    "Trên tổng số đảng viên": {
        "members.exempt.age_health": "Miễn do tuổi cao, sức yếu",
        "members.exempt.other": "Miễn vì lý do khác",
        "members.handbook": "Đã cài Sổ tay điện tử",
    },
}
"""Who takes part in the life of the Party."""

POSTS = {
    "targets.village_secretary_concurrent": "Bí thư kiêm trưởng bản hoặc trưởng ban Mặt trận",
    "targets.village_heads_members": "Trưởng bản là đảng viên",
    "targets.front_heads_members": "Trưởng ban Mặt trận là đảng viên",
    "targets.agency_secretaries_heads": "Bí thư là thủ trưởng cơ quan, đơn vị",
}
"""The targets on who holds which posts."""

GOOD, NEW_MEMBERS = "targets.ratings.good_or_better", "targets.admissions"
"""The targets on ratings and on new members."""

RATED = {"units": "Tổ chức đảng", "members": "Đảng viên"}
"""Whose ratings there are."""

CODES = [
    *FACTS,
    *(code for groups in (PEOPLE, UNITS, LIFE) for group in groups.values() for code in group),
    *POSTS,
    *(f"ratings.{who}.{level}" for who in RATED for level in ("rated", *Rating)),
    *(GOOD, NEW_MEMBERS, "admissions.year", "admissions.target"),
]
"""Everything that is asked for as of the day, in one statement."""

ADMISSIONS_SCALE = 6
"""Percent of the members in the box of yearly admissions: the band asked for lies in its middle."""

MOST_UNITS = 8
"""How many units are compared; the others are one click away."""


@dataclass(frozen=True)
class MetricLine:
    """A number with its name and bar; `goal` is what it is held against, `narrowed` goes into its address."""

    label: str
    result: Result
    bar: charts.Bar
    goal: Result | CeilingGroups | None = None
    narrowed: str = ""


@dataclass(frozen=True)
class Metric:
    """A number of the as-of day and, where the unit stood then, that of the since day."""

    label: str
    result: Result
    before: Result | None
    trend: Trend | None = None

    @property
    def change(self):
        """How much it grew, with its sign."""
        grown = self.result.value - self.before.value
        sign = "+" if grown > 0 else "\N{MINUS SIGN}" if grown < 0 else "±"
        return f"{sign}{number(abs(grown))}"


def board(moment, places):
    """Return all blocks of the page by name; `places` are the units of the as-of day that the reader may choose."""
    results = evaluate.results(moment, CODES)
    before, lines = _before(moment), trends(moment, FACTS)
    opening, closing = before["members.total"].value if before else 0, results["members.total"].value
    admissions = goal_line(results[NEW_MEMBERS], "Kết nạp trong 12 tháng", ADMISSIONS_SCALE)
    ratings = _rating_goals(results) + _ceilings(moment, results)
    posts = [goal_line(results[code], label) for code, label in POSTS.items()]
    goals = [admissions, *ratings, *posts]
    return {
        "facts": [Metric(label, results[code], before.get(code), lines.get(code)) for code, label in FACTS.items()],
        "missed": [line for line in goals if line.goal.met is False],
        "reached": [line for line in goals if line.goal.met],
        "opening": opening,
        "flows": _flows(moment, opening, closing),
        "closing": closing,
        "admissions": admissions,
        "admissions_time": admissions.result.figure.time(moment),
        "of_year": _line("Đã kết nạp trong năm", results["admissions.year"]),
        "target": results["admissions.target"],
        **_units_compared(moment, places),
        "ratings": ratings,
        "levels": [(level, [results[f"ratings.{who}.{level}"] for who in RATED]) for level in Rating],
        "rated": _rated(results),
        "posts": posts,
        "people": _groups(PEOPLE, results),
        "kinds": _groups(UNITS, results),
        "life": _groups(LIFE, results),
        "period": period_queries.open_period_progress(moment.unit, moment.user),
    }


def goal_line(goal, label, most=100):
    """Return the line of the one result that is held against the target `goal`."""
    actual = goal.actual[0]
    kind = "missed" if goal.met is False else "value"
    if goal.low is None:
        bar = charts.share(actual.value, actual.base, kind)
    else:
        bar = charts.gauge(actual.percent or 0, goal.low, goal.high, most, kind)
    return MetricLine(label, actual, bar, goal)


def _before(moment):
    """Return the results of the since day, if the unit stood then."""
    stood = moment.unit.started_on <= moment.since
    return evaluate.results(replace(moment, as_of=moment.since), list(FACTS)) if stood else {}


def _line(label, result):
    return MetricLine(label, result, charts.share(result.value, result.base))


def _groups(groups, results):
    """Return the lines of each group; those about whom its register says nothing come last."""
    return {
        name: [*(_line(label, results[code]) for code, label in group.items()), *_unrecorded(group, results)]
        for name, group in groups.items()
    }


def _unrecorded(group, results):
    """Return the line of those in none of the figures of a partition, because nothing is written down of them."""
    lines = [results[code] for code in group]
    shared = set.intersection(*({each.figure.code for each in line.silent} for line in lines))
    silent = {each.figure.code: each.value for each in lines[0].silent}
    return [
        _line("Chưa ghi", Result(registry.REGISTERS[code], silent[code], lines[0].base))
        for code in sorted(shared)
        if not registry.REGISTERS[code].asked_of_nought
    ]


def _flows(moment, opening, closing):
    """Return the two sides of the ledger by their names: first all who came (or left), then by reason."""
    book = ledger.make_ledger(moment, (opening, closing))
    sides = {ledger.CAME: book.increases, ledger.LEFT: book.decreases}
    numbers = [[sum(reasons.values()), *reasons.values()] for reasons in sides.values()]
    return {
        drilldown.DIRECTIONS[direction]: [
            MetricLine(label, Result(registry.FIGURES["members.increase"], count), bar, narrowed=narrowed)
            for (label, narrowed), count, bar in zip(_reasons(direction, reasons), counts, bars, strict=True)
        ]
        for (direction, reasons), counts, bars in zip(sides.items(), numbers, charts.ledger(*numbers), strict=True)
    }


def _reasons(direction, reasons):
    """Return the lines of one side of the ledger as (label, what narrows its list)."""
    side = f"&chieu={direction}"
    return [
        (drilldown.DIRECTIONS[direction], side),
        *((drilldown.REASONS[reason], f"{side}&ly_do={reason}") for reason in reasons),
    ]


def _units_compared(moment, places):
    """Return the units furthest from their target of the year, and how many more have one or have admitted someone."""
    places = {place.unit_id: place for place in places}
    parts = {
        unit: found["admissions.year"] for unit, found in evaluate.results_by_unit(moment, ["admissions.year"]).items()
    }
    known = [(places[unit], result) for unit, result in parts.items() if unit in places]
    known.sort(key=lambda pair: (pair[1].value - pair[1].base, -pair[1].base, pair[0].unit.code))
    shown = known[:MOST_UNITS]
    most = max((max(result.value, result.base) for _, result in shown), default=0)
    lines = [
        MetricLine(
            place.name, result, charts.progress(result.value, result.base, most), narrowed=f"&trong={place.unit.code}"
        )
        for place, result in shown
    ]
    return {"units": lines, "more_units": len(parts.keys() - {None}) - len(shown)}


def _rating_goals(results):
    """Return for units and for members how many are good or better, each against the target."""
    goal = results[GOOD]
    return [
        goal_line(replace(goal, actual=(actual,)), f"{label} hoàn thành tốt trở lên")
        for actual, label in zip(goal.actual, RATED.values(), strict=True)
    ]


def _ceilings(moment, results):
    """Return for units and for members how many are excellent beside the ceilings of their groups, where these are."""
    lines = []
    for (who, label), groups in zip(RATED.items(), reversed(ceiling_groups(moment)), strict=True):
        result = results[f"ratings.{who}.{Rating.EXCELLENT}"]
        if groups and result.percent is not None:
            bar = charts.gauge(result.percent, groups.threshold.low, kind="value" if groups.met else "missed")
            lines.append(MetricLine(f"{label} hoàn thành xuất sắc", result, bar, groups))
    return lines


def _rated(results):
    """Return for units and for members how many were rated, with the bar of all levels."""
    lines = []
    for who, label in RATED.items():
        levels = [(level, results[f"ratings.{who}.{level}"].value) for level in Rating]
        lines.append(MetricLine(label, results[f"ratings.{who}.rated"], charts.stack(levels)))
    return lines
