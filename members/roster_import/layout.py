"""Layout detection: the table in a sheet, with titles above, headings over one to three rows, people, and other rows.

Between and beneath the people stand the names of units ("I. Chi bộ …"), totals, headings repeated on each printed page,
a row that numbers the columns, and whoever signs. All of them are told from people by what a person's row has: a name,
or something in a column that only speaks of people.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.sandbox.client import Grid

from .column_types import IGNORED, NUMBER, UNIT
from .headers import exact
from .heading_numbers import unnumbered
from .text_keys import is_nothing, key

SEARCHED = 40
"""In how many rows from the top the headings are looked for."""

NAMES = frozenset({"full_name", "birth_name"})

MARKER = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|[0-9]{1,2})(?:\s*[.):-]\s*|\Z)")
COUNT = re.compile(r"\(?\s*[0-9]+\s*(?:đ/?c|đồng chí|đảng viên|đv|người)?\s*\)?", re.IGNORECASE)
ITS_COUNT = re.compile(r"\s*[:(–-]?\s*\(?[0-9]+\s*(?:đ/?c|đồng chí|đảng viên|đv|người)\b.*\Z|\s*:\s*\Z", re.IGNORECASE)
ITS_CELL = re.compile(r"(?<!các )\b(?:chi b[ộo]|cb)\s*[:–-]?\s+(?!trực thuộc)\S.*", re.IGNORECASE)
ITS_DATE = re.compile(r"\s*(?:\(|\b(?:năm|tháng|quý|tính đến|đến ngày|có đến)\b).*\Z", re.IGNORECASE)

UNITS = re.compile(
    r"(?:chi bo|dang bo|to dang|cb|ban|thon|khoi|tdp|to dan pho|truong|tram|cong an|quan su|ubnd|co quan|benh vien)\b.+"
)
"""How the name of a unit begins."""

TITLE = re.compile(r"\b(?:danh sach|dang vien|quan chung|chi bo|dang bo)\b")
"""What the titles of lists speak of."""

CELL = re.compile(r"(?:chi bo|dang bo|to dang|cb)\b")
TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong|trong do|danh sach (?:nay )?(?:co|gom)|an dinh danh sach)(?: .*)?")
TOTAL_NAMES = re.compile(r"(?:tong|cong) (?!cong\b|so\b)[a-z]+(?: .*)?")
"""Tống and Công begin names as well."""

COLUMN_NUMBER = re.compile(r"^\s*[(\[]?\s*([0-9]{1,2}|[A-Za-z])\s*[)\]]?\s*(?:=.*)?$")
"""The number of a column beneath its heading, and of which others it is the sum."""

SIGNED = re.compile(
    r"t ?m (?:chi|dang|ban|cap|bi|bch)\b.*|k ?t .*|nguoi lap\b.*|ky (?:ten|ghi ro)\b.*|noi nhan\b.*|xac nhan cua .*"
    r"|.+ ngay [0-9 ]*thang [0-9 ]*nam [0-9 ]*"
)
SIGNING = re.compile(r"(?:pho )?bi thu(?: chi bo| dang uy)?")


@dataclass
class RosterTable:
    """Roster table of one sheet: `headings` are (shared heading above, own heading) by column; people begin at `start`.

    `top` is the row of the first headings, None in a sheet without any. `sent` are the rows as they came, before old
    fonts were made Unicode.
    """

    name: str
    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]]
    top: int | None
    start: int
    headings: list[tuple[str, str]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    sent: list[list[Any]] = field(default_factory=list)

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
        return _unit_named(self.titles[:-1]) or (self.name if UNITS.fullmatch(key(self.name)) else None)

    def body(self) -> Iterator[list[Any]]:
        """Yield the rows that seem to be people while it is not known what the columns hold."""
        for row in self.rows[self.start :]:
            filled = _filled(row)
            told = list(filled.values())[2:]
            passed = _numbers_columns(filled) or repeats(row, self._heads) or _closes(filled, told)
            if len(filled) > 1 and not passed and _group(filled, told) is None:
                yield row

    @cached_property
    def _heads(self):
        """The rows of headings."""
        return self.rows[self.top : self.start] if self.top is not None else []

    def people(self, kinds: Mapping[int, str]) -> Iterator[tuple[int, str | None, str]]:
        """Yield (row, text naming the unit, group or title above it) of each person; `kinds` say what columns hold."""
        names = [column for column, kind in kinds.items() if kind.startswith("full_name")]
        silent = (NUMBER, UNIT, "note", IGNORED)
        telling = [column for column, kind in kinds.items() if kind not in silent and column not in names]
        unit, over, closed = self.unit, "", False
        for at, row in enumerate(self.rows[self.start :], self.start):
            filled = _filled(row)
            if not filled or _numbers_columns(filled):
                continue
            told = [value for column, value in filled.items() if column in telling]
            if at in self._page_titles:
                over = as_text(" ".join(map(as_text, filled.values())))
                unit, closed = _unit_named([over]) or unit, False
            elif repeats(row, self._heads):
                closed = False
            elif _closes(filled, told):
                closed = True
            elif (found := _group(filled, told + self._ticks(filled, kinds, names))) is not None:
                unit, over, closed = found or unit, " ".join(map(as_text, filled.values())), False
            elif len(told) > 1 or (not closed and (told or filled.keys() & set(names))):
                closed = False
                yield at, unit, over

    @cached_property
    def _page_titles(self):
        """The rows of titles above headings that are repeated: they begin the list of another unit, or of others."""
        found, waiting = set(), []
        for at, row in enumerate(self.rows[self.start :], self.start):
            filled = _filled(row)
            if filled and repeats(row, self._heads):
                found.update(waiting)
            if len(filled) == 1 and TITLE.search(" ".join(map(_key, filled.values()))):
                waiting.append(at)
            elif len(filled) > 1:
                waiting.clear()
        return found

    @staticmethod
    def _ticks(filled, kinds, names):
        """Return as marks the ones in columns of marks: beside a name that begins no unit they count nobody."""
        named = any(CELL.match(_key(filled[column])) for column in names if column in filled)
        ones = [column for column, value in filled.items() if "=" in kinds.get(column, "") and as_text(value) == "1"]
        return [] if named else ["x" for _ in ones]


def unit_of_file(name: str) -> str | None:
    """Text that names a unit in the name of a file: Chi bộ Bản 01 of DS_chi-bo-Ban-01 (2).xlsx; None for none."""
    words = re.sub(r"[_\s]+|-", " ", re.sub(r"\s*\([0-9]+\)$", "", name.rpartition(".")[0]))
    named = ITS_CELL.search(words)
    return _unit_in(named) if named else None


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
    hidden = {"hidden": grid.hidden, "hidden_rows": grid.hidden_rows}
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
    """Whether a row holds only words, at least one of which heads a column; it may number columns without any."""
    filled = [value for value in row if not is_nothing(value) and key(unnumbered(as_text(value)))]
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


def _key(value):
    return key(as_text(value))


def _filled(row):
    """Return {column: value} of the cells that say something."""
    return {column: value for column, value in enumerate(row) if not is_nothing(value)}


def _numbers_columns(filled):
    """Whether a row numbers the columns: (1), (2), (3) = (1) + (2) …; or A, B, 1, 2 … as statistics do."""
    texts = [COLUMN_NUMBER.sub(r"\1", as_text(value)).lower() for value in filled.values()]
    letters = next((at for at, text in enumerate(texts) if text.isdecimal()), len(texts))
    first = int(texts[letters]) if letters < len(texts) else 1
    numbers = [str(number) for number in range(first, first + len(texts) - letters)]
    return len(texts) > 2 and (not letters or first == 1) and texts == [*ascii_lowercase[:letters], *numbers]


def repeats(row: list[Any], heads: list[list[Any]]) -> bool:
    """Whether a row says what a row of headings says, as at the top of the next printed page."""
    return any(
        all(_key(head[column]) == _key(value) for column, value in enumerate(row) if not is_nothing(value))
        for head in heads
    )


def _closes(filled, told):
    """Whether a row totals the people above it, or begins what stands beneath the list."""
    if not all(COUNT.fullmatch(as_text(value)) for value in told[1:]):
        return False
    texts = [_key(value) for value in filled.values() if isinstance(value, str)]
    if texts and TOTAL.fullmatch(texts[0]) and all(COUNT.fullmatch(as_text(value)) for value in told):
        return not (told and TOTAL_NAMES.fullmatch(texts[0]))
    return any(map(SIGNED.fullmatch, texts)) or (bool(texts) and all(map(SIGNING.fullmatch, texts)))


def _group(filled, told):
    """Return the text naming the unit of the rows beneath, "" when a group is no unit, None for what is no group.

    A group says nothing about a person, except how many there are.
    """
    if not all(COUNT.fullmatch(as_text(value)) for value in told):
        return None
    texts = [as_text(value) for value in filled.values()]
    marked = MARKER.match(texts[0])
    text = texts[0][marked.end() :] if marked else texts[0]
    text = text or (texts[1] if len(texts) > 1 else "")
    text = ITS_COUNT.sub("", text).strip(" .:-–")
    words = key(text)
    if CELL.match(words):
        return text
    if "dang vien" in words and (marked or len(filled) == 1):
        return ""
    lettered = marked and not marked.group()[0].isdigit() and words
    return text if lettered or ((marked or len(filled) == 1) and UNITS.fullmatch(words)) else None
