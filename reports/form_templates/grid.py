"""The sheets of a blank as a page shows them: which cells there are, what is printed in them, how they are set."""

from datetime import date
from io import BytesIO
from typing import NamedTuple

from openpyxl import load_workbook

from binhlu_portal.spreadsheets.sandbox.limits import Unreadable, check_text

from .limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, WRONG_SHEETS, too_wide

BOLD, ITALIC, CENTRE, RIGHT, FRAMED, FORMULA, PERCENT = "bicrl=%"
"""The marks of a cell."""


class TemplateCell(NamedTuple):
    """A cell: its text, how many columns and rows it covers, and its marks."""

    row: int
    column: int
    text: str
    across: int = 1
    down: int = 1
    marks: str = ""

    @property
    def computes(self):
        """Whether the blank computes this cell itself."""
        return FORMULA in self.marks


def outline(content, formulas):
    """Return [(name, cells)] of the visible sheets of a workbook; covered cells are left out.

    `formulas` are the (row, column) of the cells that compute, counted from 0, of each sheet, hidden ones too.
    """
    book = load_workbook(BytesIO(content))
    computing = dict(zip(book.sheetnames, map(set, formulas), strict=True))
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not 0 < len(sheets) <= MOST_SHEETS:
        raise Unreadable(WRONG_SHEETS)
    return [(sheet.title, _cells(sheet, computing[sheet.title])) for sheet in sheets]


def _cells(sheet, computing):
    """Return the cells of a sheet up to its last one with a text or a frame, row by row."""
    spans, covered = {}, set()
    for area in sheet.merged_cells.ranges:
        if area.max_row > MOST_ROWS or area.max_col > MOST_COLUMNS:
            raise Unreadable(too_wide(sheet.title))
        places = {(row, column) for row in range(area.min_row, area.max_row + 1) for column in range(*_columns(area))}
        spans[area.min_row, area.min_col] = (area.size["columns"], area.size["rows"])
        covered |= places - {(area.min_row, area.min_col)}
    written = {place: cell for place, cell in sheet._cells.items() if cell.value is not None or _is_framed(cell)}
    reached = [*written, *covered]
    height, width = (max((place[axis] for place in reached), default=1) for axis in (0, 1))
    if height > MOST_ROWS or width > MOST_COLUMNS or height * width > MOST_CELLS:
        raise Unreadable(too_wide(sheet.title))
    return [
        _cell(sheet.cell(row, column), spans.get((row, column), (1, 1)), (row - 1, column - 1) in computing)
        for row in range(1, height + 1)
        for column in range(1, width + 1)
        if (row, column) not in covered
    ]


def _columns(area):
    return area.min_col, area.max_col + 1


def _is_framed(cell):
    border = cell.border
    return any(side and side.style for side in (border.left, border.right, border.top, border.bottom))


def _cell(cell, span, computes):
    marks = {
        BOLD: cell.font.bold,
        ITALIC: cell.font.italic,
        CENTRE: cell.alignment.horizontal in ("center", "centerContinuous"),
        RIGHT: cell.alignment.horizontal == "right",
        FRAMED: _is_framed(cell),
        FORMULA: computes,
        PERCENT: "%" in cell.number_format,
    }
    text = "" if computes else _text(cell.value)
    check_text(text, f"Ô {cell.coordinate}")
    return TemplateCell(cell.row, cell.column, text, *span, "".join(mark for mark, is_set in marks.items() if is_set))


def _text(value):
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
