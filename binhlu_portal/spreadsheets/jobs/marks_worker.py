"""The process that marks the faults in a workbook as it was sent: it confines itself, and knows only what it is told.

`error_workbook.py` starts it, with a folder of its own to write in. On its standard input it gets a line of JSON, what
`marked` takes, and the workbook; it answers with the workbook marked or, with the exit status that says so, with
nothing: then the file is written anew.
"""

import json
import sys
import tempfile
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from binhlu_portal.sandbox.confinement import REFUSED, confine, exit_exhausted
from binhlu_portal.sandbox.reach import writing_in
from binhlu_portal.spreadsheets.sandbox.limits import LARGEST_RESULT, MEGABYTE
from binhlu_portal.spreadsheets.sandbox.xlsx import WORKBOOK

MEMORY = 400 * MEGABYTE
PROCESSOR_SECONDS = 30

WRAPPED = Alignment(wrap_text=True, vertical="top")
BOLD = Font(bold=True)


def marked(content: bytes, asked: dict[str, Any]) -> bytes | None:
    """Return the workbook with its faults marked; None for what is no workbook of Excel, or too large.

    `asked` holds the `largest` size unpacked, the `colour` of a faulty cell, the `author` of notes, the `title` and the
    `width` of the column of faults, and {name: what is to be done} of `sheets`: `clear` [rows, columns] of old marks,
    `texts` [[row, column, text]], `marks` None or `heading` row, `column`, `cells` [[row, column, note]] and `rows`
    [[row, text]]. Rows and columns count from 1.
    """
    book = open_workbook(content, asked["largest"])
    if book is None:
        return None
    for sheet in book.worksheets:
        todo = asked["sheets"].get(sheet.title, {})
        if todo.get("clear"):
            unmark(sheet, *todo["clear"], asked)
        if todo.get("marks"):
            mark(sheet, todo["marks"], asked)
        for row, column, text in todo.get("texts", ()):
            put(sheet.cell(row, column), text)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def open_workbook(content: bytes, largest: int) -> Workbook | None:
    """Open an Excel workbook that is small enough, without its formulas; or None."""
    if not is_zipfile(BytesIO(content)):
        return None
    with ZipFile(BytesIO(content)) as parts:
        if WORKBOOK not in parts.namelist() or sum(part.file_size for part in parts.infolist()) > largest:
            return None
    return load_workbook(BytesIO(content), data_only=True, keep_links=False)


def unmark(sheet: Worksheet, rows: int, columns: int, asked: dict[str, Any]) -> None:
    """Unmark a sheet that went back before: forget its last column and what it told of."""
    for row in sheet.iter_rows(max_row=rows, max_col=columns):
        for each in row:
            if each.has_style and each.fill.fgColor.rgb == asked["colour"]:
                each.fill = PatternFill()
            if each.comment and each.comment.author == asked["author"]:
                each.comment = None
        put(row[-1], "")


def mark(sheet: Worksheet, marks: dict[str, Any], asked: dict[str, Any]) -> None:
    """Mark the faults in a sheet of an open workbook."""
    merged = [area.max_col for area in sheet.merged_cells.ranges if area.max_col >= marks["column"]]
    column = max(merged, default=marks["column"] - 1) + 1
    for row, place, note in marks["cells"]:
        each = sheet.cell(row, place)
        if not isinstance(each, MergedCell):
            each.fill = PatternFill("solid", fgColor=asked["colour"])
            each.comment = each.comment or Comment(note, asked["author"])
    put(sheet.cell(marks["heading"], column), asked["title"])
    sheet.cell(marks["heading"], column).font = BOLD
    for row, text in marks["rows"]:
        put(sheet.cell(row, column), text)
        sheet.cell(row, column).alignment = WRAPPED
    sheet.column_dimensions[get_column_letter(column)].width = asked["width"]


def put(each: Cell | MergedCell, text: str) -> None:
    """Write text into a cell; it stays text, whatever it begins with (no formula injection)."""
    if not isinstance(each, MergedCell):
        each.value = text or None
        if text:
            each.data_type = "s"


def main() -> None:
    """Answer on standard output."""
    tempfile.tempdir = sys.argv[1]  # openpyxl writes each sheet there first
    confine(MEMORY, PROCESSOR_SECONDS, LARGEST_RESULT, writing_in(tempfile.tempdir))
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        said = marked(sys.stdin.buffer.read(), asked)
    except MemoryError as error:
        exit_exhausted(error)
    except BaseException:  # openpyxl asks more of a file than the reader does, which has the values
        said = None
    sys.stdout.buffer.write(said or b"")
    sys.stdout.buffer.flush()
    sys.exit(REFUSED if said is None else 0)


if __name__ == "__main__":
    main()
