"""Compared figures: the columns of the comparison of units, and what a cell of each kind says of a unit.

What nobody has written down is told as that, and comes before what is written down and bad: a unit that has stopped
writing does not look well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import decimals, number, percent
from reports.figures.coverage import coverage, registers_to_ask
from reports.figures.result import Result, percentage

from .headlines import keeps_up

SILENT, MISSED = -2, -1
"""The ranks of what is not written down, and of what a unit misses, before all percentages."""


@dataclass(frozen=True)
class ComparedCell:
    """What a unit shows of a figure: a number, a percentage or words (`value`), the numbers behind it (`detail`), how
    it was a year ago (`then`).

    `asked` tells whether it is asked of the unit at all, `gap` what is not written down, `verdict` what is said of a
    target, `rank` how it stands among others, the worst lowest; `lacks` how much there is to attend to; `code` and
    `narrowed` lead to its rows.
    """

    value: int | Decimal | str = ""
    detail: str = ""
    then: int | Decimal | str = ""
    gap: str = ""
    verdict: str = ""
    is_bad: bool = False
    asked: bool = True
    rank: float = 0
    lacks: int = 0
    code: str = ""
    narrowed: str = ""

    @property
    def said(self) -> str:
        """The value in words."""
        return _said(self.value)

    @property
    def before(self) -> str:
        """How it was a year ago in words."""
        return _said(self.then)


NOT_ASKED = ComparedCell(asked=False)


@dataclass(frozen=True)
class ComparedFigure:
    """Column of the comparison: the figure `codes`, or the sum of several; `gap` says what is not written of it.

    `unit` is that of its numbers where they stand alone, as in a file.
    """

    key: str
    label: str
    codes: tuple[str, ...]
    target: str = ""
    gap: str = "chưa ghi"
    unit: ClassVar[str] = ""

    @property
    def asked_for(self) -> tuple[str, ...]:
        """The codes of all figures that a cell needs."""
        return (*self.codes, self.target) if self.target else self.codes

    def cell(
        self,
        moment: Moment,
        results: Mapping[str, Result],
        before: Mapping[str, Result] | None,
        held: bool = False,
    ) -> ComparedCell:
        """Return the cell of a unit by its `results` and those of a year ago; `held` against the target or not."""
        raise NotImplementedError

    def _sums(self, results):
        """Return value, base and how many are not written down of the codes together."""
        found = [results[code] for code in self.codes]
        silent = {each.figure.code: each.value for one in found for each in one.silent}
        return sum(one.value for one in found), sum(one.base or 0 for one in found), sum(silent.values())

    def _code(self, results):
        """Return the figure whose rows are counted; none where those of several are: no list holds just them."""
        based = [code for code in self.codes if results[code].base]
        return based[0] if len(based) == 1 else ""

    def _percent(self, value, base, results):
        return percentage(value, base, 1, {level for code in self.codes for level in results[code].levels})

    def _gap(self, silent):
        return f"{self.gap}{f': {number(silent)}' if silent > 1 else ''}" if silent else ""

    def _verdict(self, results, held):
        goal = results[self.target] if self.target and held else None
        if goal is None or goal.low is None:
            return "", False
        return f"mục tiêu {goal.asked}: {goal.verdict.lower()}", goal.met is False


class ComparedCount(ComparedFigure):
    """Column of a plain number."""

    def cell(self, moment, results, before, held=False):
        """Return the number."""
        value = results[self.codes[0]].value
        then = before[self.codes[0]].value if before else ""
        return ComparedCell(value, then=then, rank=value, code=self.codes[0])


class ComparedShare(ComparedFigure):
    """Column of a percentage; a unit without a base has written nothing down, where it is silent, or has nothing."""

    unit = " (%)"

    def cell(self, moment, results, before, held=False):
        """Return the percentage with the numbers behind it."""
        value, base, silent = self._sums(results)
        if not base:
            return ComparedCell("Chưa ghi", is_bad=True, rank=SILENT, lacks=1) if silent else NOT_ASKED
        then, of = self._sums(before)[:2] if before else (0, 0)
        verdict, missed = self._verdict(results, held)
        return ComparedCell(
            self._percent(value, base, results),
            f"{number(value)}/{number(base)}",
            self._percent(then, of, before) if of else "",
            self._gap(silent),
            verdict,
            is_bad=missed,
            rank=value / base,
            lacks=bool(silent),
            code=self._code(results),
        )


class ComparedQuota(ComparedFigure):
    """Column of what was done of what a unit was assigned for the year; none is told where nobody states it."""

    @property
    def asked_for(self):
        """The codes of all figures that a cell needs, and of the registers on which they rest."""
        return (*super().asked_for, *registers_to_ask(self.codes))

    def cell(self, moment, results, before, held=False):
        """Return both numbers; short of them is who does not keep up with the year."""
        (code,) = self.codes
        value, base = results[code].value, results[code].base
        last = before[code] if before else None
        if not (base or value or (last and (last.base or last.value))):
            return NOT_ASKED
        then = _told(code, before) if last else ""
        if _is_silent(code, results):
            wanted = f"chỉ tiêu {number(base)}" if base else ""
            return ComparedCell("Chưa ghi", wanted, then, is_bad=True, rank=SILENT, lacks=1, code=code)
        short = bool(base) and not keeps_up(moment.as_of, value, base)
        return ComparedCell(
            _of(value, base),
            then=then,
            is_bad=short,
            rank=value - base,
            lacks=short,
            code=code,
        )


@dataclass(frozen=True)
class ComparedPost(ComparedFigure):
    """Column of a post that each unit of `of_units` fills as is asked, or does not."""

    of_units: str = ""

    @property
    def asked_for(self):
        """The codes of all figures that a cell needs."""
        return (*super().asked_for, self.of_units)

    def cell(self, moment, results, before, held=False):
        """Return for a unit whether it does, for the whole of many how many of them do."""
        units = results[self.of_units].value
        if not units:
            return NOT_ASKED
        value, base, silent = self._sums(results)
        (code,) = self.codes
        missing = base - value
        verdict, missed = self._verdict(results, held)
        if units > 1:
            said, detail = "Chưa ghi", ""
            if base:
                said, detail = _said(self._percent(value, base, results)), f"{number(value)}/{number(base)}"
        else:
            said = "Có" if value else "Chưa ghi" if silent else "Chưa" if missing else "Khuyết"
            detail = ""
        return ComparedCell(
            said,
            detail,
            gap=self._gap(silent) if units > 1 else "",
            verdict=verdict,
            is_bad=missed if held else not value,
            rank=value / base if value else SILENT if silent else MISSED,
            lacks=missing + (silent if self.gap else 0),
            code=code,
            narrowed="&con_lai=1" if missing else "",
        )


VILLAGES, AGENCIES = "posts.villages.units", "posts.agency_heads.units"

COLUMNS = (
    ComparedCount("dang-vien", "Đảng viên", ("members.total",)),
    ComparedQuota("ket-nap", "Kết nạp năm nay", ("admissions.year",)),
    ComparedShare(
        *("sinh-hoat", "Dự sinh hoạt", ("meetings.attendance.village", "meetings.attendance.agency")),
        gap="ghi thiếu tháng",
    ),
    ComparedShare("so-tay", "Cài Sổ tay", ("members.handbook",)),
    ComparedShare(
        *("xep-loai", "Xếp loại tốt trở lên", ("ratings.members.good_or_better",), "targets.ratings.good_or_better"),
        gap="chưa xếp loại",
    ),
    ComparedPost(
        *("truong-ban", "Trưởng bản là đảng viên", ("posts.villages.head_members",), "targets.village_heads_members"),
        of_units=VILLAGES,
    ),
    ComparedPost(
        *("mat-tran", "Trưởng ban Mặt trận là đảng viên", ("posts.villages.front_head_members",)),
        target="targets.front_heads_members",
        of_units=VILLAGES,
    ),
    ComparedPost(
        *("kiem-nhiem", "Bí thư kiêm trưởng bản, Mặt trận", ("posts.villages.secretary_concurrent",)),
        target="targets.village_secretary_concurrent",
        of_units=VILLAGES,
    ),
    ComparedPost(
        *("thu-truong", "Bí thư là thủ trưởng", ("posts.agency_heads.secretary",), "targets.agency_secretaries_heads"),
        of_units=AGENCIES,
    ),
)
"""What units are compared by."""


def _said(value):
    if isinstance(value, Decimal):
        return percent(value, decimals(value, 1))
    return number(value) if isinstance(value, int) else value


def _is_silent(code, results):
    """Whether a figure counts nothing of which its registers say nothing of anybody."""
    covered = coverage(results[code].figure, results)
    return not results[code].value and covered is not None and not covered.recorded


def _told(code, results):
    """Return what was done of what was assigned, or that nobody wrote it down."""
    return "chưa ghi" if _is_silent(code, results) else _of(results[code].value, results[code].base)


def _of(value, base):
    return f"{number(value)}/{number(base)}" if base else number(value)
