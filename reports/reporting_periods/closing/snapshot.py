"""Snapshot: what a closing froze, read for one unit; its figures, the rows behind each, and how live figures differ."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text import vietnamese
from organizations.models import Ancestry, Unit
from organizations.scope import Reader
from reports.figures.evaluate import silent, silent_of, targets_of
from reports.figures.registry import FIGURES, TargetFigure
from reports.figures.result import Result
from reports.placeholders.values import Piece
from reports.reporting_periods.closing.models import Closing, Frozen

from .freeze import figures
from .snapshot_codec import FrozenRow, unpack

LEVEL = re.compile(r"[\d,]+")
"""A percentage in the words that say what a target asks for."""


@dataclass(frozen=True)
class FrozenFigure:
    """Frozen figure: what it was called, value and base; of a target what was asked and whether it was met."""

    code: str
    about: dict[str, Any]
    value: int | None
    base: int | None
    percent: Decimal | None
    asked: str = ""
    verdict: str = ""

    @property
    def share(self) -> str:
        """The percentage in words; "" without a base."""
        places = vietnamese.decimals(self.percent, self.about["places"])
        return "" if self.base is None else vietnamese.percent(self.percent, places)

    @property
    def has_list(self) -> bool:
        """Whether rows were counted."""
        return bool(self.about["list"])


class Snapshot:
    """Snapshot of a closing as the reader `user` sees `unit` in it; the unit is the committee or one that was asked."""

    def __init__(self, closing: Closing, unit: Unit, user: Reader):
        self.closing, self.unit, self.user = closing, unit, user

    @cached_property
    def frozen(self) -> Frozen | None:
        """The figures of the unit as they are kept; None when there are none that the reader may see."""
        found = Frozen.objects.visible_to(self.user).filter(closing=self.closing, figures__isnull=False)
        return found.defer("lists").filter(unit=self.unit).first()

    @cached_property
    def contents(self) -> dict[str, Any]:
        """What the figures and the lists were called, and the outline."""
        return unpack(self.closing.contents)

    @property
    def outline(self) -> str:
        """The text of the outline that the report followed; "" when none was kept."""
        return self.contents.get("outline", "")

    @cached_property
    def moment(self) -> Moment | None:
        """The moment of the live figures; None when the unit has not stood on that day after all."""
        try:
            return self.closing.period.moment(self.user, self.unit)
        except ValueError:
            return None

    def figures(self) -> dict[str, FrozenFigure]:
        """Return the figures by code."""
        return self._read(unpack(self.frozen.figures))

    def results(self) -> dict[str, Result]:
        """Frozen results: what every figure of today was then, for texts that print it: {code: Result}.

        One that was not counted yet has no value.
        """
        kept = self.figures()
        return {code: _result(figure, kept) for code, figure in FIGURES.items()}

    def told(self) -> dict[str, Piece]:
        """Return what the report said beside its own figures, as it was said: {placeholder: piece}."""
        return {name: Piece(*kept) for name, kept in self.contents.get("told", {}).items()}

    def address(self, code: str) -> str:
        """Drill-down link of the figure `code`: to its rows as they stood; one without a list to all figures."""
        period, about = self.closing.period_id, self.contents["figures"].get(code)
        name, args = ("frozen-figure", [period, code]) if about and about["list"] else ("frozen", [period])
        return f"{reverse(name, args=args)}?don_vi={self.unit.code}&lan={self.closing.number}"

    def differences(self) -> list[tuple[FrozenFigure, FrozenFigure]]:
        """Drift: the figures whose live value is another now: [(as frozen, live)]."""
        frozen = unpack(self.frozen.figures)
        live = figures(self.moment, [self.unit.pk])[self.unit.pk]
        then, now = self._read(frozen), self._read(live)
        return [(then[code], now[code]) for code in then if code in live and live[code] != frozen[code]]

    def rows(self, code: str) -> list[FrozenRow]:
        """Drill-down of a frozen figure: the rows that the figure `code` counted, in their order."""
        about = self.contents["figures"][code]
        bit = 1 << self.contents["lists"][about["list"]]["figures"].index(code)
        beneath = Ancestry.objects.filter(ancestor=self.unit).values("unit")
        found = Frozen.objects.visible_to(self.user).filter(closing=self.closing, lists__isnull=False, unit__in=beneath)
        rows = [
            row
            for lists in found.order_by("unit").values_list("lists", flat=True)
            for row in map(FrozenRow._make, unpack(lists).get(about["list"], ()))
            if self.unit.pk in row.above and row.marks & bit
        ]
        if about["people"]:
            rows = {row.person: row for row in sorted(rows, key=lambda row: row.pk)}.values()
        return sorted(rows)

    def _read(self, kept):
        return {
            code: _figure(code, about, *kept[code]) for code, about in self.contents["figures"].items() if code in kept
        }


def _figure(code, about, value, base, percent, *words):
    return FrozenFigure(code, about, value, base, percent and Decimal(percent), *words)


def _result(figure, kept):
    """Return what `figure` was by the `kept` figures; the words of a target name its levels."""
    then = kept.get(figure.code)
    if then is None:
        return Result(figure, None)
    if not isinstance(figure, TargetFigure):
        registers = silent(figure, then.value, {code: frozen.value for code, frozen in kept.items()})
        levels = tuple(level for code in targets_of(figure.code) if code in kept for level in _levels(kept[code]))
        return Result(figure, then.value, then.base, then.percent, levels=levels, silent=registers)
    low, high = (*_levels(then), None, None)[:2]
    actual = tuple(_result(FIGURES[code], kept) for code in figure.actual)
    return Result(figure, None, percent=then.percent, low=low, high=high, actual=actual, silent=silent_of(actual))


def _levels(target):
    """Return the levels that the words of a frozen target name."""
    return [Decimal(level.replace(",", ".")) for level in LEVEL.findall(target.asked)]
