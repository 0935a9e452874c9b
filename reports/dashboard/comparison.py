"""Comparison of units: where a committee stands well and where not, unit by unit, beside the same period last year.

All numbers of all units, of both years, are one statement. Targets of a committee are held against the whole of it; a
single unit is told only what it reaches or misses by itself: who holds its posts, what it was assigned, what it has
written down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from binhlu_portal.moment.moment import Moment
from organizations.models import UnitPeriod
from reports.figures import evaluate
from reports.figures.result import Result

from .compared_figures import COLUMNS, ComparedCell, ComparedFigure
from .headlines import are_held, why_not_held


@dataclass(frozen=True)
class ComparedHead:
    """Head of a column: its label, the order for which it asks, and how the rows are sorted by it, if they are."""

    label: str
    order: str
    sorted: str = ""


@dataclass(frozen=True)
class ComparedUnit:
    """Row of the comparison: a unit with its cells in the order of the columns."""

    place: UnitPeriod
    cells: Sequence[ComparedCell]
    members: int

    @cached_property
    def lacks(self) -> int:
        """How many things are to be attended to there."""
        return sum(cell.lacks for cell in self.cells)


@dataclass(frozen=True)
class UnitComparison:
    """Rows of units under their columns, the whole of them beneath; `then` is the same question a year ago, if any."""

    columns: Sequence[ComparedFigure]
    rows: Sequence[ComparedUnit]
    whole: Sequence[ComparedCell]
    then: Moment | None

    def sorted_by(self, key: str) -> list[ComparedUnit]:
        """Return the rows by a column, or by what they lack, the worst first; after "-" the best.

        What is asked of a unit comes before what is not, whichever way.
        """
        sign, place = -1 if key.startswith("-") else 1, self.place_of(key.removeprefix("-"))

        def rank(row):
            if place is None:
                return 0, -row.lacks * sign, row.place.unit.code
            cell = row.cells[place]
            return not cell.asked, cell.rank * sign, row.place.unit.code

        return sorted(self.rows, key=rank)

    @property
    def not_held(self) -> str:
        """Why targets are not held against single units, by the smallest that has members."""
        known = [row for row in self.rows if row.members]
        smallest = min(known, key=lambda row: row.members, default=None)
        return why_not_held(smallest.members, f"chẳng hạn {smallest.place.name}") if smallest else ""

    def heads(self, order: str) -> list[ComparedHead]:
        """Return the heads of the columns; the one sorted by asks for the opposite order."""
        return [
            ComparedHead(
                column.label,
                f"-{column.key}" if order == column.key else column.key,
                {column.key: "ascending", f"-{column.key}": "descending"}.get(order, ""),
            )
            for column in self.columns
        ]

    def place_of(self, key: str) -> int | None:
        """Return the place of a column, None for a key that is of none."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), None)


def compare(moment: Moment, places: Sequence[UnitPeriod]) -> UnitComparison:
    """Compare the units directly beneath that of `moment`; `places` are those of the as-of day that the reader sees.

    A column of which nothing is asked of anybody is left out.
    """
    beneath = [place for place in places if place.parent_id == moment.unit.pk]
    held = are_held(moment, places)
    now, before = _results(moment, [moment.unit.pk, *(place.unit_id for place in beneath)])
    then = moment.a_year_earlier()
    rows = [
        (place, [column.cell(moment, now[place.unit_id], _before(before, place.unit, then)) for column in COLUMNS])
        for place in beneath
    ]
    kept = [at for at, _ in enumerate(COLUMNS) if any(cells[at].asked for _, cells in rows)]
    whole = [column.cell(moment, now[moment.unit.pk], before.get(moment.unit.pk), held=held) for column in COLUMNS]
    return UnitComparison(
        [COLUMNS[at] for at in kept],
        [
            ComparedUnit(place, [cells[at] for at in kept], now[place.unit_id]["members.total"].value)
            for place, cells in rows
        ],
        [whole[at] for at in kept],
        then,
    )


def _results(moment, units):
    """Return the results of `units` now and a year ago, the latter {} where there was nothing."""
    codes = list(dict.fromkeys(code for column in COLUMNS for code in column.asked_for))
    moments = [one for one in (moment, moment.a_year_earlier()) if one]
    now, *before = evaluate.results_of_moments(moments, codes, units)
    return now, before[0] if before else {}


def _before(results: Mapping[int, Mapping[str, Result]], unit, then):
    """Return the results of a unit a year ago, None where it did not stand then."""
    return results.get(unit.pk) if then and unit.started_on <= then.as_of else None
