"""Placeholders of cells: text of the one language in a cell of a superior committee's workbook, and what it shows.

A cell with one placeholder and nothing else holds a number; any other is a sentence. Besides the figures of the report
a cell may show those of the statistics, name the unit of which its row speaks, speak of the year before, or be where
the numbers of a whole sheet begin.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from binhlu_portal.db.actions import Refusal
from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import number, percent
from organizations.models import Unit, UnitPeriod
from organizations.scope import Reader
from reports.figures.registry import KNOWN, TargetFigure
from reports.figures.result import Result
from reports.printed_forms.catalogue import FORMS as ANNEXES
from reports.printed_forms.layout import link

from .language import MOMENT_WORDS, PlaceholderLanguage
from .moments import UNIT
from .syntax import Placeholder, names_in, read, sole_name
from .values import PlaceholderValues, look_elsewhere, look_up

NUMBERS = ("", ".ty_le")
"""The endings of the formats that are numbers: the figure itself, its percentage."""

ORDINAL = "stt"
ABOUT_UNIT = {UNIT: "Tên của tổ chức đảng", ORDINAL: "Số thứ tự, khi mỗi hàng một đơn vị"}
"""The words that tell of which unit a cell speaks, and what they are called."""

SHEET = re.compile(r"bieu\.([\w-]+)(?:\.trang([1-9]))?(?:\.cot([1-9][0-9]?))?")
"""The numbers of a sheet, or of one of its columns as it is numbered in print."""

SHEETS = {f"bieu.{code}": f"Cả bảng số của Biểu {code}, từ ô này" for code in ANNEXES}
"""The placeholders of whole annexes, and what they are called."""


class SheetPart(NamedTuple):
    """What a placeholder of a sheet asks for: the annex, which of its sheets, which column, None for all."""

    code: str
    sheet: int
    column: int | None


class CellLanguage(PlaceholderLanguage):
    """The placeholders that cells may hold; those of sheets stand alone."""

    def part_of(self, name: str | None) -> SheetPart | None:
        """Return the part of an annex that the placeholder `name` asks for, or None when it asks for another thing."""
        found = SHEET.fullmatch(name or "")
        if not found or found[1] not in ANNEXES:
            return None
        return SheetPart(found[1], int(found[2] or 1), found[3] and int(found[3]))

    def with_braces(self, text: str) -> str:
        """Return `text` with the braces of a placeholder that was typed without them."""
        text = text.strip()
        return f"{{{{ {text} }}}}" if read(text).name in self.known or self.part_of(text) else text

    def errors_in(self, text: str, committee: Unit, user: Reader, *, in_rows: bool = False) -> list[str]:
        """Return what to tell `user`, who wrote `text` into a cell: a sentence for each placeholder wrong there.

        With `in_rows` the cell is repeated for each unit.
        """
        parts = [name for name in names_in(text) if self.part_of(name)]
        misplaced = [
            f"{{{{ {name} }}}} là cả một bảng số: gắn riêng vào ô đầu của bảng, không lặp theo đơn vị."
            for name in parts
            if sole_name(text) != name or in_rows
        ]
        return misplaced + super().errors_in(text, committee, user)

    def errors_of(self, asked: Placeholder) -> list[str]:
        """Return what is wrong with the placeholder `asked` itself; that of a part of an annex is known too."""
        return [] if self.part_of(str(asked)) else super().errors_of(asked)


CELLS = CellLanguage(KNOWN, MOMENT_WORDS | ABOUT_UNIT | SHEETS)
"""What may stand in cells."""


class CellValue(NamedTuple):
    """What stands in a cell: a number, a text or None, and the page that lists what it counts.

    `places` are the decimals of a percentage, whose value is one between 0 and 100; None for any other value.
    """

    value: int | Decimal | str | None
    link: str | None = None
    places: int | None = None

    @property
    def text(self) -> str:
        """The value as it is printed in its cell."""
        if self.value is None or isinstance(self.value, str):
            return self.value or ""
        return number(self.value) if self.places is None else percent(Decimal(self.value), self.places)


@dataclass(frozen=True)
class AskedCell:
    """A cell to be said: of which unit (an id), of the year before or not; in rows of units the `number` of its row."""

    row: int
    column: int
    text: str
    unit: int
    earlier: bool = False
    number: int = 1


class UnitValues(PlaceholderValues):
    """What placeholders stand for in a cell that speaks of the unit of `moment`; `ordinal` is the number of its row."""

    def __init__(self, moment: Moment, name: str, ordinal: int, results: Mapping[str, Result], words: Mapping):
        super().__init__(CELLS, results, {**words, UNIT: name, ORDINAL: number(ordinal)})
        self.moment, self.ordinal = moment, ordinal

    def cell(self, text: str) -> CellValue:
        """Return what stands in a cell with `text`: of a placeholder alone the number it stands for, if it is one."""
        name = sole_name(text) or ""
        asked = read(name)
        if name == ORDINAL:
            return CellValue(self.ordinal)
        if asked.name in self.words:
            return CellValue(self.words[asked.name])
        if asked.name not in self.language.of_figures:
            return CellValue("".join(piece.text for piece in self.say(text)))
        here = (self.moment, self.results)
        moment, results = self.elsewhere.get(asked.filters, (None, {})) if asked.filters else here
        if moment is None:
            return CellValue(None)
        code, how = self.language.of_figures[asked.name]
        result, address = results[code], link(moment, code)
        if how.ending not in NUMBERS or isinstance(result.figure, TargetFigure):
            return CellValue(self.piece(name).text, address)
        if how.ending:
            return CellValue(result.percent, address, result.places)
        return CellValue(result.value, address)


class CellValues:
    """All that the `asked` cells speak of at `moment`, in as many statements for many cells as for one."""

    def __init__(self, moment: Moment, asked: Collection[AskedCell]):
        self.committee, self.moments = moment.unit, {False: moment, True: moment.a_year_earlier()}
        self.units, self.results, self.words, self.elsewhere = {}, {}, {}, {}
        for earlier, at in self.moments.items():
            cells = [each for each in asked if each.earlier is earlier]
            if cells and at:
                self._look_up(earlier, at, cells)

    def _look_up(self, earlier, at, cells):
        units = sorted({each.unit for each in cells})
        periods = UnitPeriod.objects.visible_to(at.user).on(at.as_of).filter(unit__in=units)
        self.units[earlier] = {period.unit_id: period for period in periods.select_related("unit")}
        placed = {(each.unit, read(name)) for each in cells for name in names_in(each.text)}
        self.results[earlier], self.words[earlier] = look_up(CELLS, {each for _, each in placed}, at, units)
        known = self.units[earlier]
        filtered = [(replace(at, unit=known[unit].unit), each) for unit, each in placed if unit in known]
        self.elsewhere[earlier] = look_elsewhere(CELLS, filtered, self.committee, at.user)

    def of(self, each: AskedCell) -> UnitValues | None:
        """Return the values of the unit and the time of a cell, or None when the unit did not exist then."""
        period = self.units.get(each.earlier, {}).get(each.unit)
        if period is None:
            return None
        moment = replace(self.moments[each.earlier], unit=period.unit)
        results = self.results[each.earlier].get(each.unit, {})
        values = UnitValues(moment, period.name, each.number, results, self.words[each.earlier])
        there = self.elsewhere[each.earlier]
        values.elsewhere = {filters: found for (unit, filters), found in there.items() if unit == each.unit}
        return values

    def cell(self, each: AskedCell) -> CellValue:
        """Return what stands in a cell; nothing of a unit that did not exist then."""
        values = self.of(each)
        return values.cell(each.text) if values else CellValue(None)

    def table(self, part: SheetPart, each: AskedCell) -> list[list[CellValue]]:
        """Return the numbers of a sheet, or of one column of it, row by row; none of a unit that did not exist then.

        Raises `Refusal` for a sheet or a column that the annex has not.
        """
        values = self.of(each)
        if values is None:
            return []
        sheets = ANNEXES[part.code](values.moment)
        if part.sheet > len(sheets) or (part.column or 1) > len(sheets[part.sheet - 1].leaves):
            raise Refusal(f"Biểu {part.code} không có trang hoặc cột này: xem số trang, số cột ở trang của biểu.")
        sheet = sheets[part.sheet - 1]
        numbers = [leaf for leaf in sheet.leaves if leaf.kind in ("number", "percent")]
        leaves = [sheet.leaves[part.column - 1]] if part.column else numbers
        return [[_of_sheet(row.cell(leaf.key), leaf) for leaf in leaves] for row in sheet.rows]


def _of_sheet(cell, leaf):
    return CellValue(cell.value, cell.link, leaf.places if leaf.kind == "percent" else None)
