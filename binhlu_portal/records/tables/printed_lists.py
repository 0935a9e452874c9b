"""Lists to print and sign: any list as the office would make it, drawn by the renderer of the annexes.

The letterhead of the unit, the title, the day of the numbers, an ordinal number before each row, columns as wide as
what they hold, the sums of the columns of numbers, and on wish who signs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from binhlu_portal.sheets import xlsx
from binhlu_portal.sheets.sheet import Sheet, SheetCell, SheetColumn, SheetRow, SumOfRows
from binhlu_portal.text.vietnamese import day, number
from organizations.letterheads import letterhead, line_of, usual_signature

MOST = 3_000
"""How many rows of a list are printed; what is longer is work for a spreadsheet."""

CUT = f"Chỉ in {number(MOST)} dòng đầu: lọc bớt danh sách, hoặc tải tệp để làm việc."

ORDINAL, NARROWEST, WIDEST = 5, 6, 34
"""In digits: the width of the ordinal number, and the least and the most that the texts of a column make it wide."""

CROWDED = 1.3
"""How much wider than the paper the columns may be: so much smaller the type gets at most, where words allow it."""


@dataclass(frozen=True)
class Issue:
    """Issue of a table: by which unit, on which day, what kind of table it is `called`, whether it is to be signed.

    The columns with the headings `summed` get their sums. The first row may stand for the `whole` of the others: it has
    no number.
    """

    unit: Any
    on: date
    summed: frozenset[str] = frozenset()
    called: str = "Danh sách"
    signed: bool = False
    whole: bool = False


def printed(head: Sequence[str], labels: Sequence[str], rows: Iterable[Sequence], issue: Issue) -> Sheet:
    """Return a list as a sheet; `head` is its title, and what else is said of it."""
    rows = [*islice(rows, MOST + 1)]
    title, *said = head
    columns = [_column(at, label, [row[at] for row in rows]) for at, label in enumerate(labels)]
    upright = ORDINAL + sum(column.width for column in columns) <= xlsx.UPRIGHT_PAPER
    line = list(line_of(issue.unit, issue.on))
    return Sheet(
        code=issue.called.upper(),
        tab=title,
        title=title.upper(),
        subtitle="; ".join(said),
        columns=(SheetColumn("number", "TT", width=ORDINAL, kind="mark"), *_narrowed(columns)),
        rows=_rows(columns, rows[:MOST], issue),
        heading=letterhead(line),
        notes=(CUT,) if len(rows) > MOST else (),
        signature=usual_signature(line[0]) if issue.signed else None,
        left_signature="NGƯỜI LẬP" if issue.signed else None,
        upright=upright,
    )


def _column(at, label, values):
    """Return a column of the sheet: of numbers or of days where it holds nothing else, otherwise of texts."""
    known = [value for value in values if value not in (None, "")]
    kinds = {int: "number", Decimal: "number", date: "mark"}
    found = {kinds.get(type(value), "text") for value in known}
    texts = [_shown(value) for value in known]
    longest_word = max(len(word) for text in (label, *texts) for word in text.split() or [""])
    longest = max([len(label) // 2, *map(len, texts)])  # a heading may take two lines
    width = max(NARROWEST, longest_word, min(WIDEST, longest))
    return SheetColumn(f"c{at}", label, width=width + 2, kind=found.pop() if len(found) == 1 else "text")


def _shown(value):
    """Return a value of a cell as it is printed."""
    return day(value) if isinstance(value, date) else number(value) if isinstance(value, int) else str(value)


def _narrowed(columns):
    """Return the columns with those of text so much narrower that they crowd the paper no more than they may."""
    texts = sum(column.width for column in columns if column.kind == "text")
    others = ORDINAL + sum(column.width for column in columns) - texts
    share = (CROWDED * xlsx.ACROSS_PAPER - others) / texts if texts else 1
    if share >= 1:
        return columns
    return [
        replace(column, width=max(2 * NARROWEST, int(column.width * share))) if column.kind == "text" else column
        for column in columns
    ]


def _cell(value):
    """Return a cell; a number with decimals shows those it has."""
    return SheetCell(value, places=-value.as_tuple().exponent) if isinstance(value, Decimal) else value


def _rows(columns, rows, issue):
    """Return the rows of the sheet, numbered, and the sums of the columns `summed`."""
    keys = [column.key for column in columns]
    found = [
        SheetRow(
            str(at),
            {"number": str(at) if at else ""} | dict(zip(keys, map(_cell, row), strict=True)),
            emphasis=not at,
        )
        for at, row in enumerate(rows, 0 if issue.whole else 1)
    ]
    added = [column for column in columns if column.label in issue.summed and column.kind == "number"]
    if not added or not found:
        return tuple(found)
    formula = SumOfRows(tuple(row.key for row in found))
    sums = {
        column.key: SheetCell(formula.evaluate([row.cell(column.key).value for row in found], 0), formula)
        for column in added
    }
    return (*found, SheetRow("sum", {columns[0].key: "Cộng"} | sums, emphasis=True))
