"""Error workbook: the file as it was sent, its faults marked by colour and notes, and by row in a last column.

A workbook of Excel of usual size is marked in place, by a confined process (`marks_worker.py`), and looks as before.
Any other file is written anew, all sheets and values. What formulas showed stands there as values: none of them is in
the file that goes back.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter
from openpyxl.utils import get_column_letter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet as NewSheet

from binhlu_portal.records.tables.exports import OPTIONS, fit, for_paper
from binhlu_portal.sandbox.processes import module_command, run_sandboxed
from binhlu_portal.sandbox.reach import writing_in
from binhlu_portal.spreadsheets.data_workbook.reader import ERRORS, HIDDEN, LISTS
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.importer.formats import LOOKED_AT, mended, without_faults
from binhlu_portal.spreadsheets.models import Batch
from binhlu_portal.spreadsheets.sandbox.client import Grid, read
from binhlu_portal.spreadsheets.sandbox.limits import MEGABYTE

LARGEST_IN_PLACE = 8 * MEGABYTE
"""Unpacked, a workbook up to this size is marked in place: in memory it takes some twenty times as much."""

MARKER = module_command("binhlu_portal.spreadsheets.jobs.marks_worker")
SECONDS = 60
"""Time on the wall until the marked workbook must be there."""

AUTHOR = "Hệ thống"
COLOUR = "FFFFD9D6"
WIDTH, USUAL_WIDTH = 60, 9
"""Characters in the column of faults."""

ASK = "Trả lời câu hỏi này trên trang của tệp ở hệ thống."

NO_TITLE = re.compile(r"[\\*?:/\[\]]")
FIRST_YEAR = 1900
"""Spreadsheets know no day before this year."""


FORMATS = {str: "@", int: "General", float: "General", bool: "General"}
FORMATS |= {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm", time: "hh:mm"}
"""How values are shown, by their kind."""


@dataclass(frozen=True)
class FaultMarks:
    """Error marks of one sheet; rows and columns count from 1.

    `cells` are {(row, column): faults}, `rows` {row: faults} for the column `column` with its heading in row `heading`.
    """

    heading: int
    column: int
    cells: dict[tuple[int, int], list[str]]
    rows: dict[int, list[str]]


NOTHING = FaultMarks(1, 1, {}, {})


def name_of(batch: Batch) -> str:
    """File name of the error workbook."""
    stem = batch.name.rpartition(".")[0] or batch.name
    return f"{stem.removesuffix('-loi')}-loi.xlsx"


def write(file: BinaryIO, batch: Batch) -> None:
    """Write the error workbook of a checked `batch` into `file`."""
    content = bytes(batch.content)
    sent = {grid.name: grid for grid in read(content, batch.name)}
    bare = {name: without_faults(grid) for name, grid in sent.items()}
    grids = {name: mended(grid, batch.mends) for name, grid in bare.items()}
    marks = {name: marks_of(grid, batch.result) for name, grid in grids.items()}
    asked = {
        "largest": LARGEST_IN_PLACE,
        "colour": COLOUR,
        "author": AUTHOR,
        "title": ERRORS,
        "width": WIDTH,
        "sheets": {
            name: {"clear": bare[name] is not grid and size_of(grid), "marks": told(marks[name]), "texts": []}
            for name, grid in sent.items()
        },
    }
    for place, text in batch.mends.items():
        title, row, column = place.rsplit("!", 2)
        if title in grids:
            asked["sheets"][title]["texts"].append((int(row), int(column), fit(text)))
    if not marked_in_place(file, content, asked):
        write_anew(file, grids, marks)


def marked_in_place(file: BinaryIO, content: bytes, asked: dict[str, Any]) -> bool:
    """Write the workbook as it was sent, marked, into `file`; return whether that could be done."""
    order = json.dumps(asked).encode() + b"\n" + content
    with (
        TemporaryDirectory() as folder,
        run_sandboxed([*MARKER, folder], order, SECONDS, writing_in(folder)) as (status, answer),
    ):
        if status == 0:
            copyfileobj(answer, file)
    return status == 0


def size_of(grid: Grid) -> tuple[int, int]:
    """Number of rows and columns of a sheet."""
    return len(grid.rows), len(grid.rows[0])


def told(marks: FaultMarks | None) -> dict[str, Any] | None:
    """Error marks of a sheet as the process that makes them is told."""
    return marks and {
        "heading": marks.heading,
        "column": marks.column,
        "cells": [(row, column, "\n".join(messages)) for (row, column), messages in marks.cells.items()],
        "rows": [(row, fit("\n".join(messages))) for row, messages in marks.rows.items()],
    }


def marks_of(grid: Grid, result: dict[str, Any]) -> FaultMarks | None:
    """Error marks of a sheet, or None when nothing is to be marked."""
    heading, cells, rows = heading_of(grid, result.get("settings") or {}), defaultdict(list), defaultdict(list)
    for fault in result["faults"]:
        if fault["sheet"] == grid.name:
            message = f"{fault['message']} {ASK}" if fault["options"] else fault["message"]
            if fault["row"] and fault["column"]:
                cells[fault["row"], fault["column"]].append(message)
            if fault["row"] <= heading and fault["column"]:
                message = f"Cột {get_column_letter(fault['column'])}: {message}"
            rows[max(fault["row"], heading + 1)].append(message)
    if not rows:
        return None
    return FaultMarks(heading, max(map(len, grid.rows), default=0) + 1, cells, rows)


def heading_of(grid: Grid, settings: dict[str, Any]) -> int:
    """Heading row: the first, or where a foreign list has its headings."""
    headings = {(column["column"], column["header"]) for column in settings.get("columns", ())}
    for number, row in enumerate(grid.rows[:LOOKED_AT] if headings else (), 1):
        texts = [(as_text(row[place]), heading) for place, heading in headings if place < len(row)]
        if sum(text in heading for text, heading in texts if text) > 1:
            return number
    return 1


def write_anew(file: BinaryIO, grids: Mapping[str, Grid], marks: Mapping[str, FaultMarks | None]) -> None:
    """Write all sheets and their values anew, with the faults marked; rows go to disk as they are made."""
    book, taken = xlsxwriter.Workbook(file, OPTIONS), set()
    formats = {
        (kind, marked): book.add_format({"num_format": form} | ({"bg_color": f"#{COLOUR[2:]}"} if marked else {}))
        for kind, form in FORMATS.items()
        for marked in (False, True)
    }
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for name, grid in grids.items():
        sheet, found = book.add_worksheet(title_of(name, taken)), marks[name] or NOTHING
        if name in (HIDDEN, LISTS):
            sheet.hide()
        sheet.set_column(found.column - 1, found.column - 1, WIDTH if found.rows else None)
        wide = USUAL_WIDTH * max(map(len, grid.rows), default=0)
        for_paper(sheet, max(found.heading - 1, 0), wide + WIDTH * bool(found.rows))
        for number in range(1, max(len(grid.rows), *found.rows, 1) + 1):
            row = grid.rows[number - 1] if number <= len(grid.rows) else ()
            for place, value in enumerate(row, 1):
                if place != found.column or not found.rows:
                    messages = found.cells.get((number, place))
                    write_value(sheet, number - 1, place - 1, value, formats, bool(messages))
                    if messages:
                        sheet.write_comment(number - 1, place - 1, "\n".join(messages), {"author": AUTHOR})
            if number in found.rows:
                sheet.write_string(number - 1, found.column - 1, fit("\n".join(found.rows[number])), wrapped)
            elif number == found.heading and found.rows:
                sheet.write_string(number - 1, found.column - 1, ERRORS, bold)
    book.close()


def write_value(
    sheet: NewSheet, row: int, place: int, value: Any, formats: Mapping[tuple[type, bool], Format], marked: bool
) -> None:
    """Write a value by its kind; text stays text."""
    kind = type(value) if type(value) in FORMATS else str
    style = formats[kind, marked]
    if value is None:
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, style)
    elif kind is str or (isinstance(value, date) and value.year < FIRST_YEAR):
        sheet.write_string(row, place, fit(value if isinstance(value, str) else as_text(value)), style)
    else:
        sheet.write_datetime(row, place, value, style)


def title_of(name: str, taken: set[str]) -> str:
    """Sheet name that Excel allows and that is not `taken`; it is added there."""
    plain = NO_TITLE.sub("_", name).strip("'")[:31] or "Trang"
    title, number = plain, 1
    while title.casefold() in taken:
        number += 1
        title = f"{plain[:27]} ({number})"
    taken.add(title.casefold())
    return title
