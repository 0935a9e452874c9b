"""The comparison of units as a table of a file: to print what each cell of the page says, to work with its parts.

The whole comes first, as on the page. What is not asked of a unit is an empty cell; what nobody has written down says
so.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from .comparison import ComparedUnit, UnitComparison

PARTS = {
    "value": "{label}{unit}",
    "detail": "{label}: số lượng trên tổng số",
    "gap": "{label}: phần chưa ghi",
    "verdict": "{label}: so với mục tiêu",
    "then": "{label}: cùng kỳ năm trước{unit}",
}
"""The parts of a cell, each a column of its own to work with, and what these are called."""


def table(found: UnitComparison, rows: Sequence[ComparedUnit], whole: str, printed: bool) -> tuple[list, list]:
    """Return the labels and the lines of a comparison with its `rows` in their order; `whole` names the first line."""
    lines = [found.whole, *(row.cells for row in rows)]
    columns = [
        ("Đơn vị", [whole, *(row.place.name for row in rows)]),
        ("Cần quan tâm", ["", *(row.lacks for row in rows)]),
    ]
    for at, column in enumerate(found.columns):
        columns += (_printed if printed else _parts)(column, [cells[at] for cells in lines])
    labels, values = zip(*columns, strict=True)
    return list(labels), list(zip(*values, strict=True))


def _printed(column, cells) -> Iterator[tuple[str, list]]:
    """Yield the one column that says what the page says."""
    yield column.label, [_words(cell) for cell in cells]


def _words(cell) -> Any:
    said = [cell.said, cell.detail, cell.gap, cell.verdict, cell.before and f"cùng kỳ {cell.before}"]
    known = [words for words in said if words]
    return cell.value if len(known) == 1 and isinstance(cell.value, int) else "\n".join(known)


def _parts(column, cells) -> Iterator[tuple[str, list]]:
    """Yield a column for each part of which something is said."""
    for part, name in PARTS.items():
        values = [getattr(cell, part) for cell in cells]
        if any(value != "" for value in values):
            yield name.format(label=column.label, unit=column.unit), values
