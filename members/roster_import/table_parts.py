"""Tables of the sheets of a file, and the lists in a sheet: beneath each other under own headings, or side by side."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.text.legacy_fonts import to_unicode
from binhlu_portal.text.normal_forms import composed

from .column_types import UNIT
from .headers import find, marked
from .heading_words import unnumbered
from .layout import NAMES, RosterTable, find_table, headings_at, known_in, may_be_headings
from .month_titles import in_full_days
from .post_columns import by_posts
from .row_kinds import cells_in, group, repeats
from .text_keys import MOST_TOLD, is_ditto, is_nothing, key, shown
from .title_columns import with_what_titles_say

NOT_ENOUGH = (
    "Tệp có các cột {} nhưng chưa đủ để đọc thành danh sách. Danh sách đảng viên cần cột “Họ và tên” và thêm một cột "
    "đọc được; danh sách chi bộ cần cột “Tên chi bộ” và cột nói về từng chi bộ mà phần lớn ô "
    "đọc được."
)
RELATED = re.compile(r"\bquan he\b")


def tables_in(grids: Sequence[Grid]) -> list[RosterTable]:
    """Tables of the sheets, with text from old fonts made Unicode and all of it composed."""
    sheets = [replace(grid, rows=[list(row) for row in grid.rows]) for grid in grids]
    places = defaultdict(list)
    for number, grid in enumerate(sheets):
        for row in grid.rows:
            for index, value in enumerate(row):
                if isinstance(value, str) and not value.isascii():
                    places[number, index].append(row)
    texts = to_unicode([[row[index] for row in rows] for (_, index), rows in places.items()])
    for ((_, index), rows), column in zip(places.items(), texts, strict=True):
        for row, text in zip(rows, column, strict=True):
            row[index] = composed(text)
    for sheet in sheets:
        _spell_out(sheet.rows)
    tables = [replace(find_table(sheet), sent=grid.rows) for sheet, grid in zip(sheets, grids, strict=True)]
    return [in_full_days(table) for table in tables]


def not_enough(tables: Iterable[RosterTable]) -> str:
    """Return which headings were found where they are not enough for a list; nothing where none were."""
    found = [" ".join(heading).strip() for table in tables if table.top is not None for heading in table.headings]
    told = [f"“{shown(text)}”" for text in dict.fromkeys(found) if text]
    more = " …" if len(told) > MOST_TOLD else ""
    return NOT_ENOUGH.format(", ".join(told[:MOST_TOLD]) + more) if told else ""


def _spell_out(rows):
    """Put what stands above in the cells that only say so; rows with one cell and groups only stand between."""
    above = []
    for row in rows:
        for index, value in enumerate(row):
            if is_ditto(value) and index < len(above) and above[index] is not None:
                row[index] = above[index]
        filled = cells_in(row)
        if len(filled) > 1 and group(filled, list(filled.values())[2:]) is None:
            above = row


def parts_of(table: RosterTable) -> list[RosterTable]:
    """Return the lists of a sheet whose headings were found, in their order."""
    lists = map(with_what_titles_say, beneath_each_other(table))
    return [part for beneath in lists for part in by_posts(beneath) or side_by_side(beneath)]


def beneath_each_other(table: RosterTable) -> list[RosterTable]:
    """Split a sheet in which other headings begin another list; headings repeated at the top of a page begin none.

    What stands alone in its row right above headings is their title; one without a title of its own has those of the
    sheet too.
    """
    if table.top is None:
        return [table]
    begun = list(_begun(table))
    if len(begun) == 1:
        return [table]
    ends = [_first_title(table, top) for top, _, _ in begun[1:]] + [len(table.rows)]
    parts, before = [], 0
    for (top, start, headings), end in zip(begun, ends, strict=True):
        rows = [row if before <= at else [None] * len(row) for at, row in enumerate(table.rows[:end])]
        part = replace(table, rows=rows, top=top, start=start, headings=headings)
        if before and part.unit is None:
            rows[: table.top] = table.rows[: table.top]
        parts.append(part)
        before = end
    return [part for part in parts if any(True for _ in part.body())] or [table]


def _begun(table) -> Iterator[tuple[int, int, list[tuple[str, str]]]]:
    """Yield (row of headings, first row beneath, headings) of each list of a sheet."""
    at, heads = 0, []
    while at < len(table.rows):
        headings, start = (table.headings, table.start) if at == table.top else _headings_in(table, at)
        if headings and not repeats(table.rows[at], heads):
            heads = table.rows[at:start]
            yield at, start, headings
        at = start


def _headings_in(table, at):
    """Return the headings that begin in a row besides those that were found, and the row to look at next."""
    row = table.rows[at]
    texts = [value for value in row if not is_nothing(value)]
    plain = all(isinstance(text, str) for text in texts) and any(key(unnumbered(text)) in marked() for text in texts)
    if plain and may_be_headings(row):
        headings, start = headings_at(table.rows, at)
        known = known_in(headings)
        apart = start <= table.top or table.start <= at
        if apart and len(known) > 1 and known & {*NAMES, UNIT}:
            return headings, start
    return None, at + 1


def _first_title(table, top):
    """Return the first row of what belongs to headings: rows above them with one cell, or none."""
    while top and sum(not is_nothing(value) for value in table.rows[top - 1]) < 2:
        top -= 1
    return top


def side_by_side(table: RosterTable) -> list[RosterTable]:
    """Split a table whose headings begin anew in the middle: two lists of people stand next to each other.

    They do where what stood beside the names before stands beside them again, in any order and words, and nothing says
    how those people are related to the others.
    """
    found = [find(*heading) if any(heading) else ("", False) for heading in table.headings]
    kinds = [kind for kind, _ in found]
    names = [column for column, each in enumerate(found) if each == ("full_name", True)]
    starts = [0]
    for first, second, end in zip(names, names[1:], [*names[2:], len(kinds)], strict=False):
        related = any(RELATED.search(key(" ".join(heading))) for heading in table.headings[second:end])
        if related or len({*filter(None, kinds[first:second])} & {*kinds[second:end]}) < 2:
            continue
        before, begun = first, second
        while before > starts[-1] and kinds[before - 1] == kinds[begun - 1] and any(table.headings[begun - 1]):
            before, begun = before - 1, begun - 1
        starts.append(begun)
    ends = [*starts[1:], len(kinds)]
    return [table.only(range(*block)) for block in zip(starts, ends, strict=True)] if len(starts) > 1 else [table]
