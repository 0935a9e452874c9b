"""Sandbox client: reading the files that people bring, their sheets as plain values, or a sentence that says why not.

A file may be broken, wrong or made to do harm, and the readers are large programs. So a process of its own reads it
(`worker.py`), with little memory, little time and no secrets in its environment; whatever happens to that process, here
there is an answer. What it hands back is JSON, which can say nothing but values.
"""

import json
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from binhlu_portal.sandbox.processes import REFUSED, STOPPED, module_command, run_sandboxed

from .limits import BROKEN, HEAVY, LARGEST, MEGABYTE, SECONDS, Unreadable

__all__ = ["Grid", "Unreadable", "read"]

READER = module_command("binhlu_portal.spreadsheets.sandbox.worker")

KINDS = {kind.__name__: kind for kind in (date, datetime, time)}


@dataclass(frozen=True)
class Grid:
    """Grid of one sheet: its name and the values of its rows as the file gives them, all rows equally long.

    Row and column 0 are row 1 and column A of the sheet; empty cells are None, and empty rows and columns at the end
    are cut. `formulas` are the (row, column) of cells whose value is computed, or an error such as #N/A, which may lie
    beyond `rows`. It tells whether the sheet is `hidden`, and which rows and columns are; `struck` are the cells whose
    text is struck out. A day of which a cell shows the month or the year alone is the text shown. Text
    is untouched: composing it (NFC) and all other cleaning is for those who know what it means.
    """

    name: str
    rows: list[list]
    formulas: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()


def read(content: bytes, name: str) -> list[Grid]:
    """Read a file in the sandbox: its sheets in their order, hidden ones too. Raises Unreadable.

    What the file is, its content says; `name` is only held against it.
    """
    if not content:
        raise Unreadable("Tệp trống, không có dữ liệu. Chọn lại tệp rồi tải lên.")
    if len(content) > LARGEST:
        raise Unreadable(
            f"Tệp lớn hơn {LARGEST // MEGABYTE} MB. Xóa hình ảnh và trang tính không cần, hoặc tách thành nhiều tệp."
        )
    ending = "".join(filter(str.isalnum, name.rpartition(".")[2]))[:5].lower() if "." in name else ""
    with run_sandboxed([*READER, ending], content, SECONDS) as (status, answer):
        return _grids(status, answer)


def _grids(status, answer):
    """Return what a reader has handed back: the sheets, or in its last line why it has refused the file."""
    if status in STOPPED:
        raise Unreadable(HEAVY)
    if status not in (0, REFUSED):
        raise Unreadable(BROKEN)
    lines = (json.loads(line, object_hook=_moment) for line in answer)
    try:
        if status == REFUSED:
            raise Unreadable(json.loads(deque(answer, 1).pop()))
        return [
            Grid(
                name,
                _squared([*islice(lines, height)]),
                frozenset(map(tuple, formulas)),
                hidden,
                frozenset(rows),
                frozenset(unseen),
                frozenset(map(tuple, struck)),
            )
            for name, height, formulas, hidden, rows, unseen, struck in lines
        ]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unreadable(BROKEN) from None


def _squared(rows):
    """Return `rows` equally long, without the empty ones at the end and the columns that are empty in all."""
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return rows


def _moment(pair):
    """Return the date, time or both that the reader has named."""
    ((kind, text),) = pair.items()
    return KINDS[kind].fromisoformat(text)
