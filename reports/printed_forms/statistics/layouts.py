"""Layouts of the forms of statistics as data: a folder a form, in it a file for each day from which a layout holds.

A superior committee that changes a form is followed by one more file; a question of an earlier day keeps the layout of
its day. The rows of a layout name figures by their codes; with columns of its own the code of a cell is that of its
column (`of`) and its row together, without them rows stand year on year.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from binhlu_portal.sheets.sheet import SheetColumn

FOLDER = Path(__file__).parent / "layouts"


@dataclass(frozen=True)
class FormLine:
    """A row of a form: its key is the code of the figure it shows, if it shows one.

    Where `plus` less `minus` (keys of other rows) make up its number, the number is their sum in the file too. A row of
    which no record tells is not `recorded`: it stays empty.
    """

    key: str
    name: str
    level: int = 0
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    emphasis: bool = False
    recorded: bool = True
    mark: str = ""


@dataclass(frozen=True)
class FormLayout:
    """Layout of a form: its rows, what they are measured in, what is said below them.

    `columns` of its own, with the beginning of the codes of their figures in `of`, or none. `time` is what the line
    beneath the title says: the period, the as-of day, or the day of the list of the rating year.
    """

    measure: str
    lines: tuple[FormLine, ...]
    notes: tuple[str, ...]
    columns: tuple[SheetColumn, ...] = ()
    of: tuple[tuple[str, str], ...] = ()
    time: Literal["period", "day", "rating_year"] = "period"
    upright: bool = False


def layout_on(form: str, day: date, *, or_first: bool = True) -> FormLayout | None:
    """Return the layout of a form that holds on a day; before the first that is known the first, or None."""
    known = sorted(FOLDER.glob(f"{form}/*.json"))
    held = [path for path in known if date.fromisoformat(path.stem) <= day] or known[: int(or_first)]
    return read(held[-1]) if held else None


@cache
def read(path: Path) -> FormLayout:
    """Return the layout of a file."""
    found = json.loads(path.read_text(encoding="utf-8"))
    columns, lines = found.pop("columns", ()), found.pop("rows")
    return FormLayout(
        lines=tuple(_line(**line) for line in lines),
        notes=tuple(found.pop("notes")),
        columns=tuple(_column(**column) for column in columns),
        of=tuple((leaf["key"], leaf["of"]) for leaf in _leaves(columns) if "of" in leaf),
        **found,
    )


def _line(*, name: str, key: str = "", plus: Iterable[str] = (), minus: Iterable[str] = (), **more: Any) -> FormLine:
    """Return a row; one without a key only names those beneath it."""
    return FormLine(key or name, name, plus=tuple(plus), minus=tuple(minus), **more)


def _column(*, label: str, key: str = "", of: str = "", children: Iterable[dict] = (), **more: Any) -> SheetColumn:
    """Return a column, or the header of those beneath it."""
    return SheetColumn(key, label, tuple(_column(**child) for child in children), **more)


def _leaves(columns: Iterable[dict]) -> Iterable[dict]:
    """Return the columns that hold cells."""
    for column in columns:
        yield from _leaves(column["children"]) if "children" in column else [column]
