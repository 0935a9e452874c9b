"""Attention: what a committee is to look into, each with the list behind it: targets missed, findings of checks.

The units that miss a target are named, as far as they are few; the list tells all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from binhlu_portal.data_checks import findings
from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import number
from organizations.models import UnitPeriod
from reports.figures.parts import remainder
from reports.figures.result import Result

from .blocks import WATCHED

PASSED = {
    "ratings.units.excellent": "to-chuc-xuat-sac-vuot-tran",
    "ratings.members.excellent": "dang-vien-xuat-sac-vuot-tran",
}
"""The data checks that list where a ceiling on ratings is passed, by the figure held against it."""

ACTUAL = (
    "posts.villages.secretary_concurrent",
    "posts.villages.head_members",
    "posts.villages.front_head_members",
    "posts.agency_heads.secretary",
)
"""The figures held against targets that each unit reaches or misses by itself."""

NAMED = 5
"""How many units are named of those that miss a target."""


@dataclass(frozen=True)
class Concern:
    """Something to attend to: what it is, how it stands, and of what list: of a figure, or of a check, by its code."""

    title: str
    said: str
    figure: str = ""
    check: str = ""
    narrowed: str = ""


def to_attend(
    moment: Moment,
    goals: Iterable[Any],
    branches: Mapping[int | None, Mapping[str, Result]],
    places: Sequence[UnitPeriod],
) -> list[Concern]:
    """Return what is to be attended to: `goals` (lines of the board) that are missed, then what checks find.

    `branches` are the results of the units directly beneath, `places` the units with their names.
    """
    names = {place.unit_id: place.name for place in places}
    missed = [_missed(line, branches, names) for line in goals if line.goal.met is False]
    found = findings.find(moment, WATCHED)
    return missed + [Concern(one.title, number(one.count), check=one.check.code) for one in found]


def _missed(line, branches, names):
    result, code = line.result, line.result.figure.code
    covered = f"; {line.coverage.said}" if line.coverage and line.coverage.missing else ""
    if not hasattr(line.goal, "figure"):
        return Concern(line.label, f"{number(result.value)}, vượt mức {line.goal.asked}{covered}", check=PASSED[code])
    share = f"{number(result.value)}/{number(result.base)} ({result.tenths}), mục tiêu {line.goal.asked}{covered}"
    if not (remainder(result.figure) and code in ACTUAL):
        return Concern(line.label, share, figure=code)
    return Concern(line.label, f"{share}; {_named(code, branches, names)}", figure=code, narrowed="&con_lai=1")


def _named(code, branches, names):
    """Return in words which of the units directly beneath are in the base of a figure and not counted by it."""
    short = {
        unit: found[code].base - found[code].value
        for unit, found in branches.items()
        if unit in names and found[code].base
    }
    missing = sorted(names[unit] for unit, many in short.items() if many)
    whole = sum(short.values())
    first = ", ".join(missing[:NAMED])
    more = len(missing) - NAMED
    return f"còn {number(whole)}: {first}{f' và {number(more)} nơi khác' if more > 0 else ''}"
