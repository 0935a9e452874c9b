"""File formats: who reads which file, the portal's own data workbook, or lists that apps know how to read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from binhlu_portal.registry import Registry
from binhlu_portal.spreadsheets.data_workbook import reader
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.importer.rows import ParsedFile
from binhlu_portal.spreadsheets.sandbox.client import Grid, read
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from binhlu_portal.text.vietnamese import search_key
from organizations.scope import Reader

LOOKED_AT = 50
"""Rows among which headings are sought."""

DAY_FOUND = "day_found"
"""What the day is called in the settings of a file that its first check has found for it: it stays that one."""

NOT_KNOWN = (
    "Không nhận ra danh sách trong tệp. Dùng tệp mẫu của hệ thống, hoặc tệp có dòng tiêu đề (Họ và tên, Ngày sinh, …) "
    "ở đầu bảng."
)


@dataclass(frozen=True)
class SenderInput:
    """Sender input: who brings a file, and what was said: of the whole file, in answer to questions, instead of values.

    `file` is what it is called, `received_on` the day on which it came, and the day of which it speaks unless somebody
    says another. `answers` and `mends` are by the place of a fault, `sheet!row!column`. `beside` are the acts that
    wrote files sent together with it.
    """

    user: Reader
    settings: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    mends: dict[str, str] = field(default_factory=dict)
    file: str = ""
    received_on: date | None = None
    beside: tuple[UUID, ...] = ()

    @property
    def day(self) -> date | None:
        """The day that the sender gives the file, None where nothing is said."""
        return _day(self.settings.get("day"))

    @property
    def day_found(self) -> date | None:
        """The day that its first check has found for it, None while it was not checked."""
        return _day(self.settings.get(DAY_FOUND))


def _day(iso):
    return date.fromisoformat(iso) if iso else None


READERS: dict[str, Callable[[Sequence[Grid], SenderInput], ParsedFile | None]] = Registry("readers")
"""Functions of sheets and what was said of them, one for each kind of file: a `ParsedFile`, or None for another kind.

The first that knows a file reads it. Apps add theirs in their `data_sheets.py`.
"""


def _data_workbook(grids, said):
    return reader.read(grids, said.day or said.received_on) if reader.recognizes(grids) else None


READERS.add("data workbook", _data_workbook)


def parse_file(content: bytes, name: str, said: SenderInput) -> ParsedFile:
    """Parse a file: its `ParsedFile`, with values put right on screen in their cells. Raises `Unreadable`."""
    grids = [mended(without_faults(grid), said.mends) for grid in read(content, name)]
    said = replace(said, file=name)
    reading = next(filter(None, (read_as(grids, said) for read_as in READERS.values())), None)
    if reading is None:
        raise Unreadable(NOT_KNOWN)
    reading.grids = reading.grids or grids
    return reading


def is_errors(text: Any) -> bool:
    """Error column test: whether a text is the heading of the column of faults that the portal adds to a file."""
    return search_key(as_text(text)) == search_key(reader.ERRORS)


def without_faults(grid: Grid) -> Grid:
    """Drop the error column: a sheet without its last column when that is the one of faults, no part of a list."""
    if any(row and is_errors(row[-1]) for row in grid.rows[:LOOKED_AT]):
        return replace(grid, rows=[row[:-1] for row in grid.rows])
    return grid


def mended(grid: Grid, mends: Mapping[str, str]) -> Grid:
    """Apply corrections: a sheet with what the sender wrote on screen, {sheet!row!column: text}, in its cells."""
    written = set()
    for place, text in mends.items():
        sheet, row, column = place.rsplit("!", 2)
        if sheet == grid.name and 0 < int(row) <= len(grid.rows):
            cells = grid.rows[int(row) - 1]
            cells += [None] * (int(column) - len(cells))
            cells[int(column) - 1] = text
            written.add((int(row) - 1, int(column) - 1))
    return replace(grid, formulas=frozenset(grid.formulas) - written)
