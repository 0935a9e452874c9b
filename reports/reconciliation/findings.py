"""Findings of a comparison with the records: a verdict, a sentence, and what it rests on."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db import models

from binhlu_portal.text.vietnamese import day, number
from reports.figures.result import percentage

from ..figures import registry
from .printed_report import Printed

NAMED = 3
"""How many stretches of days a sentence names."""


class Verdict(models.TextChoices):
    """How a printed figure stands to the records, what needs an eye first."""

    IMPOSSIBLE = "impossible", "Không khớp ngày nào"
    DIFFERS = "differs", "Khác hồ sơ"
    DATE = "date", "Số của ngày khác"
    BASE = "base", "Tính trên mẫu số khác"
    CUT = "cut", "Cắt, không làm tròn"
    EQUAL = "equal", "Khớp"


@dataclass(frozen=True)
class Finding:
    """A printed figure beside the `result` of the records.

    `base` is the other base that gives the printed percentage, as a result; `days` are the stretches of days (first,
    last) on which the records give what was printed, and `searched` is the stretch in which they were sought.
    """

    printed: Printed
    result: Any
    verdict: Verdict | None = None
    base: Any = None
    days: tuple[tuple[date, date], ...] = ()
    searched: tuple[date, date] | None = None

    @property
    def figure(self):
        """The figure."""
        return self.printed.figure

    @property
    def places(self):
        """How many decimals the percentage is held against: those that were printed."""
        percent = self.printed.percent
        return self.figure.places if percent is None else places(percent)

    @property
    def rounded(self):
        """The percentage of the records, rounded to the decimals printed; None for a target or without a base."""
        return percentage(self.result.value, self.result.base, self.places)

    @property
    def cut(self):
        """The same, cut instead of rounded."""
        return cut(self.result.value, self.result.base, self.places)

    @property
    def on_record(self):
        """The figure of the records in words: the value, and the percentage beside a printed one."""
        value = self.asked or number(self.result.value)
        if self.printed.percent is None or self.rounded is None:
            return value
        return f"{value} trên {number(self.result.base)} là {written(self.rounded)}"

    @property
    def nearest(self):
        """The day nearest to the as-of day on which the records give what was printed; None when there is none."""
        as_of = self.printed.moment.as_of
        ends = (day for stretch in self.days for day in stretch)
        return min(ends, key=lambda day: abs((day - as_of).days), default=None)

    @property
    def asked(self):
        """What a target asks for, in words; "" for a figure that is counted."""
        return self.result.asked if isinstance(self.figure, registry.TargetFigure) else ""

    @property
    def sentence(self):
        """What was found, in words."""
        return getattr(self, f"_{self.verdict}")()

    def _equal(self):
        return "Khớp với hồ sơ."

    def _cut(self):
        return (
            f"Hồ sơ: {self.on_record} khi làm tròn; báo cáo in {self.printed.share} vì cắt bớt chữ số, không làm tròn."
        )

    def _base(self):
        base = self.base
        return (
            f"Hồ sơ: {self.on_record}; {self.printed.share} là tỷ lệ trên {number(base.value)} ({base.figure.label})."
        )

    def _date(self):
        return f"Hồ sơ ngày {day(self.printed.moment.as_of)}: {self.on_record}; số đã in là của {self._stretches()}."

    def _impossible(self):
        first, last = self.searched
        return (
            f"Hồ sơ ngày {day(self.printed.moment.as_of)}: {self.on_record}; "
            f"không ngày nào từ {day(first)} đến {day(last)} hồ sơ có {self._missing()}."
        )

    def _differs(self):
        start = f"Hồ sơ ngày {day(self.printed.moment.as_of)}: {self.on_record}"
        if isinstance(self.figure, registry.TargetFigure):
            return f"{start}; báo cáo in {self.printed.share}."
        if not self.figure.of:
            return f"{start}; số liệu này không có tỷ lệ để so với {self.printed.share}."
        return f"{start}; giá trị và tỷ lệ đã in không cùng đúng vào ngày nào."

    def _missing(self):
        """Name what of the printed figure the records never give: the value, or only the percentage."""
        printed = self.printed
        return printed.share if printed.value in (None, self.result.value) else f"số {number(printed.value)}"

    def _stretches(self):
        """Return the days on which the records give what was printed, in words; only the nearest of many."""
        as_of = self.printed.moment.as_of
        near = sorted(self.days, key=lambda days: min(abs((end - as_of).days) for end in days))[:NAMED]
        words = [
            f"ngày {day(first)}" if first == last else f"các ngày {day(first)} – {day(last)}"
            for first, last in sorted(near)
        ]
        more = len(self.days) - len(near)
        return ", ".join(words) + (f" và {more} khoảng khác" if more else "")


def places(percent):
    """Return how many decimals `percent` was printed with."""
    return -percent.as_tuple().exponent


def cut(part, whole, decimals):
    """Return `part` of `whole` in percent, its further decimals cut; None over nothing."""
    if not whole or part is None:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def written(percent):
    """Return a percentage with the decimals it has."""
    return f"{number(percent)}\N{NO-BREAK SPACE}%"
