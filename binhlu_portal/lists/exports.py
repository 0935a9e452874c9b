"""Lists and figures as files for a spreadsheet: rows pass through one by one, and no text ever becomes a formula."""

import csv
from datetime import date
from itertools import chain, islice
from tempfile import TemporaryFile

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from binhlu_portal.vietnamese import day

FORMS = ("csv", "xlsx")
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel does not read UTF-8
LOOKED_AT = 100  # rows, for the width of the columns
WIDEST = 60  # characters


def response(form, name, head, labels, rows):
    """Return the file `name`.`form`, "csv" or "xlsx": the lines of `head`, then a table of `labels` and `rows`."""
    return {"csv": csv_response, "xlsx": xlsx_response}[form](f"{name}.{form}", head, labels, rows)


def csv_response(name, head, labels, rows):
    """Return a csv file that is written while it is sent."""
    line = csv.writer(Echo(), delimiter=";").writerow
    start = [BYTE_ORDER_MARK, *(line([safe(text)]) for text in head), line(labels)]
    return StreamingHttpResponse(
        chain(start, (line([safe(text_of(value)) for value in row]) for row in rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


class Echo:
    """Stands for the file of a csv writer: what is written comes back."""

    def write(self, line):
        """Return `line`."""
        return line


def text_of(value):
    """Return a value of a cell as it is written for people; numbers stay as they are."""
    return day(value) if isinstance(value, date) else value


def safe(value):
    """Return text so that a spreadsheet takes it for text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_FORMULA) else value


def xlsx_response(name, head, labels, rows):
    """Return an Excel workbook of one sheet."""
    return written(name, lambda file: write_xlsx(file, head, labels, rows))


def written(name, write):
    """Return the file `name` that `write` has written; it waits on disk and is gone when it has been sent."""
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)


def write_xlsx(file, head, labels, rows):
    """Write the workbook into `file`; no more rows are in memory than are looked at for the width of the columns."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Số liệu")
    rows = iter(rows)
    first = list(islice(rows, LOOKED_AT))
    for index, values in enumerate(zip(labels, *first, strict=True), 1):
        longest = max(len(str(text_of(value))) for value in values)
        sheet.column_dimensions[get_column_letter(index)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = f"A{len(head) + 2}"
    bold, plain, dated = style(sheet, font=Font(bold=True)), style(sheet), style(sheet, number_format="DD/MM/YYYY")
    for text in head:
        sheet.append([cell(sheet, text, bold)])
    sheet.append([cell(sheet, label, bold) for label in labels])
    for row in chain(first, rows):
        sheet.append([cell(sheet, value, dated if isinstance(value, date) else plain) for value in row])
    workbook.save(file)


def style(sheet, **how):
    """Return a style for many cells; setting fonts and formats cell by cell takes most of the time of writing."""
    example = WriteOnlyCell(sheet)
    for name, value in how.items():
        setattr(example, name, value)
    return example._style


def cell(sheet, value, style):
    """Return a cell; text stays text, whatever it begins with."""
    if isinstance(value, str):
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        made.data_type = "s"
    else:
        made = WriteOnlyCell(sheet, value)
    made._style = style
    return made
