"""Preview: of each row of a list what was read of it, value by value, and what becomes of it; odd rows first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .results import ACTIONS, CHANGED, NEW, REFUSED, SAME, Fate

MOST = 3_000
"""How many rows are kept for the screen."""

LEFT_OUT = "Bỏ qua"
"""What becomes of a row of which nothing is written."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """Preview of one row: its place, `who` its lines are about, and their name, a cell like those of `cells`.

    Cells are {label: [value in words]}, with what stood in the file behind where reading has changed it. `odd` says
    what should be looked at.
    """

    sheet: str
    row: int
    who: str
    name: list[str]
    cells: dict[str, list[str]]
    odd: list[str]

    @property
    def key(self) -> tuple[str, int, str]:
        """What tells it from others: two people may stand side by side."""
        return self.sheet, self.row, self.who


@dataclass(frozen=True, slots=True)
class Preview:
    """Preview of a list: the labels of its columns in their order, and its rows; `hints` are {label: what to see}."""

    columns: Sequence[str]
    rows: Sequence[PreviewRow]
    hints: Mapping[str, str] = field(default_factory=dict)

    def beside(self, other: "Preview") -> "Preview":
        """Return this preview with the rows and columns of another behind."""
        return Preview(list(dict.fromkeys([*self.columns, *other.columns])), [*self.rows, *other.rows])


def to_json(preview: Preview, fates: Mapping[tuple, Fate], wrong: set[tuple[str, int]]) -> dict[str, Any]:
    """Return a preview as plain data: {columns, hints, rows, count}.

    Rows are [sheet, row, what becomes of it, what is odd, name, [cell or None], about], the odd ones first, then the
    wrong ones; `count` is of all. `fates` tell what became of the lines of rows, `wrong` are the places of rows with
    faults.
    """
    columns = [label for label in preview.columns if any(label in row.cells for row in preview.rows)]
    told = [(row, fates.get(row.key)) for row in preview.rows]
    told = [(row, _becomes(fate, row, wrong), fate and fate.about) for row, fate in told]
    told.sort(key=lambda line: (not line[0].odd, line[1] != ACTIONS[REFUSED]))
    rows = [
        [row.sheet, row.row, becomes, row.odd, row.name, [row.cells.get(label) for label in columns], about]
        for row, becomes, about in told[:MOST]
    ]
    hints = [preview.hints.get(label, "") for label in columns]
    return {"columns": columns, "hints": hints, "rows": rows, "count": len(told)}


def _becomes(fate, row, wrong):
    """Return in words what becomes of a row: all its records together."""
    actions = fate.actions if fate else set()
    if REFUSED in actions or (row.sheet, row.row) in wrong:
        return ACTIONS[REFUSED]
    if not actions:
        return LEFT_OUT
    return ACTIONS[actions.pop() if actions in ({SAME}, {NEW}) else CHANGED]
