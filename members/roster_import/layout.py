"""Layout detection: the table in a sheet, with titles above, headings over one to three rows, people, and other rows.

Between and beneath the people stand the names of units ("I. Chi bộ …"), totals, headings repeated on each printed page,
a row that numbers the columns, and whoever signs. All of them are told from people by what a person's row has: a name,
or something in a column that only speaks of people.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.sandbox.client import Grid

from .column_types import IGNORED, NUMBER, UNIT
from .headers import exact
from .heading_words import unnumbered
from .row_kinds import (
    CELL,
    MARKER,
    TITLE,
    begins_unit,
    cells_in,
    closes,
    group,
    key_of,
    numbers_columns,
    repeats,
    signs,
)
from .text_keys import is_nothing, key

YEAR = re.compile(r"(?:19|20)[0-9]{2}")
SEARCHED = 40
"""In how many rows from the top the headings are looked for."""

NAMES = frozenset({"full_name", "birth_name"})

ITS_CELL = re.compile(r"(?<!các )\b(?:chi b[ộo]|cb)\s*[:–-]?\s+(?!trực thuộc)\S.*", re.IGNORECASE)
ITS_DATE = re.compile(r"\s*(?:\(|\b(?:năm|tháng|quý|tính đến|đến ngày|có đến)\b).*\Z", re.IGNORECASE)


NO_UNIT = re.compile(
    r"(?:sheet|trang|bang|tong|ds|dsdv|danh sach|dang vien|dv|cb|trich ngang|chinh thuc|du bi|hien tai|nam|nu|thang|quy"
    r"|mau|bieu|phu luc|so|copy|ban sao|lan|list|data|du lieu|theo doi|xep loai|ket nap|chuyen|tu tran|mien|huy hieu"
    r"|quan chung|quy hoach|cap uy|chuc vu|dao tao|dang phi|ky luat|dang|cu|moi)\b.*|.*\b(?:dang vien|ds|dv|moi|cu)"
)
"""What sheets are called that are named after no unit."""


@dataclass
class RosterTable:
    """Roster table of one sheet: `headings` are (shared heading above, own heading) by column; people begin at `start`.

    `top` is the row of the first headings, None in a sheet without any. `sent` are the rows as they came, before old
    fonts were made Unicode. One `of_holders` only names who holds a post: it makes nobody known.
    """

    name: str
    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]]
    top: int | None
    start: int
    headings: list[tuple[str, str]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    sent: list[list[Any]] = field(default_factory=list)
    of_holders: bool = False

    def text_sent(self, row: int, columns: Iterable[int]) -> str:
        """Return what stood in cells of a row, side by side."""
        cells = (self.sent or self.rows)[row]
        return as_text(" ".join(as_text(cells[column]) for column in columns if column < len(cells)))

    @property
    def titles(self) -> list[str]:
        """The texts above the headings, and the name of the sheet."""
        return [*(value for row in self.rows[: self.top or 0] for value in row if isinstance(value, str)), self.name]

    @property
    def unit(self) -> str | None:
        """The text that names the unit of the whole sheet, in its titles or in its name; None where nothing does."""
        return _unit_named(self.titles[:-1]) or (self.name if begins_unit(self.name) else None)

    def only(self, columns: Container[int]) -> "RosterTable":
        """Return the table with nothing outside `columns`; titles that name no unit there are those of the sheet."""
        rows = [[value if at in columns else None for at, value in enumerate(row)] for row in self.rows]
        headings = [heading if at in columns else ("", "") for at, heading in enumerate(self.headings)]
        part = replace(self, rows=rows, headings=headings)
        if part.unit is None:
            part.rows[: self.top or 0] = self.rows[: self.top or 0]
        return part

    def body(self) -> Iterator[list[Any]]:
        """Yield the rows that seem to be people while it is not known what the columns hold.

        Beneath signatures only numbered rows do: the names of those who sign stand in any column.
        """
        signed = False
        for row in self.rows[self.start :]:
            filled = cells_in(row)
            told = list(filled.values())[2:]
            signed = signed and not (filled and as_text(next(iter(filled.values()))).isdecimal())
            signed = signed or signs(filled)
            passed = numbers_columns(filled) or repeats(row, self._heads) or closes(filled, told)
            if len(filled) > 1 and not passed and not signed and group(filled, told) is None:
                yield row

    @cached_property
    def _heads(self):
        """The rows of headings."""
        return self.rows[self.top : self.start] if self.top is not None else []

    def people(self, kinds: Mapping[int, str]) -> Iterator[tuple[int, str | None, str]]:
        """Yield (row, text naming the unit, group or title above it) of each person; `kinds` say what columns hold."""
        names = [column for column, kind in kinds.items() if kind.startswith("full_name")]
        who = {*names, *(column for column, kind in kinds.items() if kind == NUMBER)}
        silent = (NUMBER, UNIT, "note", IGNORED)
        telling = [column for column, kind in kinds.items() if kind not in silent and column not in names]
        unit, over, closed = self.unit, "", False
        named = unit is not None and CELL.match(key(unit)) is not None  # what is no unit is a group within that cell
        for at, row in enumerate(self.rows[self.start :], self.start):
            filled = cells_in(row)
            if not filled or numbers_columns(filled):
                continue
            told = [value for column, value in filled.items() if column in telling]
            if at in self._page_titles:
                over = as_text(" ".join(map(as_text, filled.values())))
                unit, closed = _unit_named([over]) or unit, False
            elif repeats(row, self._heads):
                closed = False
            elif closes(filled, told):
                closed = True
            elif (found := group(filled, told + self._ticks(filled, kinds, names))) is not None:
                within = named and not begins_unit(found)
                unit, over, closed = (not within and found) or unit, " ".join(map(as_text, filled.values())), False
            elif (len(told) > 1 and filled.keys() & who) if closed else (told or filled.keys() & {*names}):
                closed = False
                yield at, unit, over

    @cached_property
    def _page_titles(self):
        """The rows of titles above headings that are repeated: they begin the list of another unit, or of others."""
        found, waiting = set(), []
        for at, row in enumerate(self.rows[self.start :], self.start):
            filled = cells_in(row)
            if filled and repeats(row, self._heads):
                found.update(waiting)
            if len(filled) == 1 and TITLE.search(" ".join(map(key_of, filled.values()))):
                waiting.append(at)
            elif len(filled) > 1:
                waiting.clear()
        return found

    @staticmethod
    def _ticks(filled, kinds, names):
        """Return as marks the ones in columns of marks: beside a name that begins no unit they count nobody."""
        named = any(CELL.match(key_of(filled[column])) for column in names if column in filled)
        ones = [column for column, value in filled.items() if "=" in kinds.get(column, "") and as_text(value) == "1"]
        return [] if named else ["x" for _ in ones]


def unit_of_file(name: str) -> str | None:
    """Text that names a unit in the name of a file: Chi bộ Bản 01 of DS_chi-bo-Ban-01 (2).xlsx; None for none."""
    words = re.sub(r"[_\s]+|-", " ", re.sub(r"\s*\([0-9]+\)$", "", name.rpartition(".")[0]))
    named = ITS_CELL.search(words)
    return _unit_in(named) if named else None


def unit_of_sheet(name: str) -> str | None:
    """Text that may name a unit in the name of a sheet: Nà Cà; None for Sheet1, DS đảng viên, 2025."""
    words = re.sub(r"[0-9]+", " ", key(name)).strip()
    return None if len(words) < 2 or NO_UNIT.fullmatch(words) else name.strip()


def _unit_named(titles):
    """Return the text that names a unit in titles, one that begins a line first; None where nothing does."""
    lines = [as_text(line) for title in titles for line in title.splitlines()]
    named = [match for line in lines if (match := ITS_CELL.search(line))]
    named.sort(key=lambda match: match.start() > 0)
    return _unit_in(named[0]) if named else None


def _unit_in(named):
    """Return the text that names a unit, without what follows it."""
    return ITS_DATE.sub("", named.group()).strip(" .,:;-–") or None


def find_table(grid: Grid) -> RosterTable:
    """Find the table of a sheet; without headings its people begin at the first row."""
    width = max(map(len, grid.rows), default=0)
    rows = [row + [None] * (width - len(row)) for row in grid.rows]
    hidden = {name: getattr(grid, name) for name in ("hidden", "hidden_rows", "hidden_columns", "struck")}
    best, table = 0, RosterTable(grid.name, rows, grid.formulas, None, 0, [("", "")] * width, **hidden)
    for top in range(min(len(rows), SEARCHED)):
        headings, start = headings_at(rows, top)
        known = known_in(headings)
        enough = len(known) > max(best, 1) or (not best and known & NAMES)
        if enough and may_be_headings(rows[top]):
            best, table = len(known), RosterTable(grid.name, rows, grid.formulas, top, start, headings, **hidden)
    return table


def headings_at(rows: list[list[Any]], top: int) -> tuple[list[tuple[str, str]], int]:
    """Return (headings, first row beneath them) should they begin in the row `top`."""
    headings, start = [("", _heading(value)) for value in rows[top]], top + 1
    while start < min(len(rows), top + 3) and _is_lower(headings, rows[start]):
        headings, start = _beneath(headings, rows[start]), start + 1
    return headings, start


def known_in(headings: list[tuple[str, str]]) -> set[str]:
    """Return the kinds of those headings that are known."""
    return {kind for kind in (_known(*heading) for heading in headings) if kind}


def _known(above, heading):
    return exact(f"{above} {heading}".strip()) or exact(heading) or exact(above)


def may_be_headings(row: list[Any]) -> bool:
    """Whether a row holds only words, at least one of which heads a column; it may number columns without any.

    Years stand over columns too ("2024" beneath a title that says of what).
    """
    filled = [value for value in row if not is_nothing(value) and key(unnumbered(as_text(value)))]
    filled = [value for value in filled if not YEAR.fullmatch(as_text(value))]
    words = all(isinstance(value, str) and any(map(str.isalpha, value)) for value in filled)
    return words and any(exact(_heading(value)) for value in filled)


def _is_lower(headings, row):
    """Whether `row` holds headings beneath `headings`: words over parts of them, and nothing beneath the names."""
    texts = {column: unnumbered(_heading(value)) for column, value in enumerate(row) if not is_nothing(value)}
    beneath = _beneath(headings, row)
    numbered = {column for column in texts if "#" in (exact(" ".join(filter(None, beneath[column]))) or "")}
    others = {column: text for column, text in texts.items() if column not in numbered}
    if not texts or not all(isinstance(row[column], str) and text for column, text in others.items()):
        return False
    if any(exact(headings[column][1]) == NUMBER and MARKER.fullmatch(as_text(row[column])) for column in others):
        return False  # it begins a group
    if any(any(map(str.isdigit, text)) for text in others.values()):
        return False
    known = len(numbered) + sum(bool(exact(text)) for text in others.values())
    named = [
        column
        for column, (_, heading) in enumerate(headings)
        if (exact(heading) or "").startswith(("full_name", "birth_name"))
    ]
    if any(not exact(texts[column]) for column in texts.keys() & set(named)):
        return False
    apart = bool(named) and not texts.keys() & set(named)
    return (known > 0 and 2 * known >= len(texts)) or (apart and known + len(texts) > 1)


def _beneath(headings, row):
    """Return the headings with those of the next row; one that stands over several columns is shared by them."""
    found, above = [], ""
    for (higher, own), value in zip(headings, row, strict=True):
        text = _heading(value)
        if own:
            above = f"{higher} {own}".strip() if text else ""
        found.append((above, text) if text else (higher, own))
    return found


def _heading(value):
    """Return a heading with its lines kept apart, since a line may name a field of its own."""
    lines = value.splitlines() if isinstance(value, str) else [as_text(value)]
    return "\n".join(filter(None, map(as_text, lines)))
