"""Reader of the portal's own data workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from binhlu_portal.spreadsheets.importer.rows import FORMULA, Fault, ImportRow, ParsedFile
from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.text.vietnamese import search_key

from .resources import MARK, TABS, Tab, tab_titled
from .widgets import as_text

HIDDEN = "_binhlu"
"""The hidden sheet that says when the portal wrote the workbook."""

STAMP = "audit_entry"
"""What the stamp is a mark of: the newest entry of the history at that time."""

HELP = "Hướng dẫn"
LISTS = "_danhmuc"
ERRORS = "Lỗi"
"""The heading of the column that the portal adds to a file with errors."""

UNKNOWN_SHEET = "Hệ thống không nhận ra trang tính này. Giữ tên trang như tệp mẫu; trang của riêng bạn thì xóa đi."
UNKNOWN_COLUMN = "Hệ thống không nhận ra cột này. Giữ tiêu đề như tệp mẫu; cột của riêng bạn thì xóa đi."


def recognizes(grids: Sequence[Grid]) -> bool:
    """File format test: whether a file is a data workbook, with one of its sheets and a column of row ids."""
    return any(tab_titled(grid.name) and grid.rows and as_text(grid.rows[0][0]) == MARK for grid in grids)


def read(grids: Sequence[Grid], day: date | None = None) -> ParsedFile:
    """Read a data workbook as of a day: its `ParsedFile`."""
    reading = ParsedFile((), 0, [grid.name for grid in grids])
    sheets = {}
    for grid in grids:
        if grid.name == HIDDEN:
            reading.stamp = _stamp(grid)
        elif (tab := tab_titled(grid.name)) is not None and grid.rows:
            sheets[tab.model] = TabSheet(tab, grid, _columns(tab, grid, reading, day))
        elif grid.name not in (HELP, LISTS) and grid.rows:
            reading.faults.append(Fault(grid.name, 0, 0, "", UNKNOWN_SHEET))
    reading.lines = TabRows([sheets[model] for model in TABS if model in sheets])
    reading.count = sum(len(sheet.grid.rows) - 1 for sheet in reading.lines.sheets)
    return reading


def _stamp(grid):
    return as_text(grid.rows[0][0]) if grid.rows else ""


@dataclass(frozen=True)
class TabRows:
    """Rows of all sheets, made lazily when they are gone through: a long file does not stay in memory twice."""

    sheets: list["TabSheet"]

    def __iter__(self):
        for sheet in self.sheets:
            yield from sheet


@dataclass(frozen=True)
class TabSheet:
    """Sheet of the data workbook.

    `columns` are (field name, place, reader, default), that of the row ids among them.
    """

    tab: Tab
    grid: Grid
    columns: list[tuple]

    def __iter__(self):
        """Return its lines; empty rows are none."""
        where = {name: place + 1 for name, place, _, _ in self.columns}
        for number, row in enumerate(self.grid.rows[1:], 2):
            if any(value not in (None, "") for value in row):
                yield self.line(number, row, where)

    def line(self, number: int, row: list[Any], where: dict[str, int]) -> ImportRow:
        """Return one row as a line."""
        line = ImportRow(self.tab, self.grid.name, number, {}, columns=where, who=self.who(row))
        for name, place, clean, default in self.columns:
            value = row[place] if place < len(row) else None
            try:
                if (number - 1, place) in self.grid.formulas:
                    raise ValueError(FORMULA)
                line.values[name] = clean(value) if as_text(value) else default
            except ValueError as error:
                line.shown[name] = as_text(value)
                line.faults.append(line.fault(str(error), name))
        line.mark = line.values.pop(MARK, "")
        return line

    def who(self, row: list[Any]) -> str:
        """Return whose row it is, without the marks in brackets."""
        places = [place for name, place, _, _ in self.columns if name in self.tab.tells and place < len(row)]
        return ", ".join(as_text(row[place]).partition(" [")[0] for place in places if row[place])


def _columns(tab, grid, reading, day):
    """Return the columns of a sheet by its first row; headings that are not known are noted in `reading`."""
    at = {search_key(as_text(text)): place for place, text in enumerate(grid.rows[0]) if as_text(text)}
    at.pop(search_key(ERRORS), None)
    known = [(MARK, MARK, as_text, "")]
    known += [
        (name, field.column_name, partial(field.widget.clean, day=day), field.default)
        for name, field in tab.columns.items()
    ]
    places = [(name, at.pop(search_key(title), None), clean, default) for name, title, clean, default in known]
    for place in at.values():
        reading.faults.append(Fault(grid.name, 1, place + 1, as_text(grid.rows[0][place]), UNKNOWN_COLUMN))
    return [column for column in places if column[1] is not None]
