"""Lists and figures as files for a spreadsheet: rows pass through one by one, and no text ever becomes a formula."""

import csv
import re
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from math import ceil
from tempfile import TemporaryFile
from textwrap import wrap

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from binhlu_portal.sheets import xlsx
from binhlu_portal.text.vietnamese import day

from .printed_lists import printed

PRINTED = {"in": False, "ky": True}
"""The forms of a list to print, and whether who signs stands beneath."""

FORMS = ("csv", "xlsx", *PRINTED)
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
LONGEST_NAME = 120  # letters; with its folder a name stays below what Windows can open
FORMULA = re.compile(r"""^(?=[\t\r\n])|(?:^|[;,|"'\t\r\n])[ \xa0]*(?=[=+\-@＝＋－＠])""")
"""Where a spreadsheet may take what follows for a formula: at the beginning of a cell, full-width signs too, and after
whatever another program may take for the end of a cell."""

BYTE_ORDER_MARK = "\ufeff"  # without it Excel does not read UTF-8
LOOKED_AT = 100  # rows, for the width of the columns
WIDEST = 60  # characters
HEADING_LINES, LINE_HEIGHT = 5, 15  # the most, and points
ARROW = 3  # characters of the button that filters a column
A4, A3 = 9, 8  # as Excel numbers papers
SMALLEST = 11 / 8  # how much wider than the paper columns may be: their type of 11 points gets so much smaller
A3_OF_A4 = 2**0.5  # how much wider A3 is
LONGEST = 32_767  # characters of a text, the most that a cell of a workbook holds
NEVER_IN_CELLS = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "DD/MM/YYYY",
}
"""Rows go to disk as they come; cells are written by the kind of their value, so that text stays text."""


def response(form, name, head, labels, rows, issue):
    """Return the file `name` in one of the `FORMS`: the lines of `head`, then a table of `labels` and `rows`.

    One to print is issued as the `Issue` says.
    """
    if form in PRINTED:
        sheet = printed(head, labels, rows, replace(issue, signed=PRINTED[form]))
        return file_response(f"{name} (bản in).xlsx", lambda file: xlsx.write([sheet], file))
    return {"csv": csv_response, "xlsx": xlsx_response}[form](f"{name}.{form}", head, labels, rows)


def addresses(name, *args):
    """Return the addresses of a list as a file by its form: {form: address}; `name` and `args` name the page."""
    return {form: address(form, name, *args) for form in FORMS}


def address(form, name, *args):
    """Return the address of a list as a file in a form; `name` and `args` name the page."""
    return reverse(name, args=[*args, form])


def file_name(*parts):
    """Return what a file is called, without its ending: the parts with dashes between, a day as people write it."""
    words = (NOT_IN_NAMES.sub("-", f"{part:%d-%m-%Y}" if isinstance(part, date) else str(part)) for part in parts)
    *first, last = words
    start = " – ".join(first)[: LONGEST_NAME - len(last)].rstrip(" .–-")
    return f"{start} – {last}"


def csv_response(name, head, labels, rows):
    """Return a csv file that is written while it is sent."""
    line = csv.writer(Echo(), delimiter=";", quoting=csv.QUOTE_ALL).writerow
    start = [BYTE_ORDER_MARK, *(line([safe(text)]) for text in head), line([*map(safe, labels)])]
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
    """Return text so that a spreadsheet takes it for text: a mark stands before what may begin a formula."""
    return FORMULA.sub(r"\g<0>'", value) if isinstance(value, str) else value


def xlsx_response(name, head, labels, rows):
    """Return an Excel workbook of one sheet."""
    return file_response(name, lambda file: write_xlsx(file, head, labels, rows))


def file_response(name, write):
    """Return the file `name` that `write` has written; it waits on disk and is gone when it has been sent."""
    with ExitStack() as opened:
        file = opened.enter_context(TemporaryFile())
        write(file)
        file.seek(0)
        opened.pop_all()  # from here on the response closes it
    return FileResponse(file, as_attachment=True, filename=name)


def write_xlsx(file, head, labels, rows):
    """Write the workbook into `file`, to work with: its columns can be filtered.

    No more rows are in memory than are looked at for the width of the columns.
    """
    workbook = Workbook(file, OPTIONS)
    sheet, bold = workbook.add_worksheet("Số liệu"), workbook.add_format({"bold": True})
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    rows = iter(rows)
    first = list(islice(rows, LOOKED_AT))
    widths = [_width(label, values) for label, *values in zip(labels, *first, strict=True)]
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    sheet.freeze_panes(len(head) + 1, 0)
    for_paper(sheet, len(head), sum(widths))
    for number, text in enumerate(head):
        sheet.write_string(number, 0, fit(text), bold)
    lines = max(len(wrap(label, width - ARROW)) for label, width in zip(labels, widths, strict=True))
    sheet.set_row(len(head), LINE_HEIGHT * lines, heading)
    sheet.write_row(len(head), 0, map(fit, labels), heading)
    number = len(head)
    for number, row in enumerate(chain(first, rows), len(head) + 1):
        sheet.write_row(number, 0, map(fit, row))
    sheet.autofilter(len(head), 0, number, max(0, len(labels) - 1))
    workbook.close()


def _width(label, values):
    """Return the width of a column: of its longest value, or of its heading on a few lines."""
    longest = max((len(str(text_of(value))) for value in values if value is not None), default=0)
    words = max(map(len, label.split()), default=0)
    return min(max(longest + 2, words + ARROW, len(label) // HEADING_LINES + ARROW), WIDEST)


def for_paper(sheet: Worksheet, heading: int, width: int, names: int = 1) -> None:
    """Have a worksheet printed in type of 8 points or more, row `heading` and the first `names` columns on each page.

    Columns of `width` digits lie on one A4 as fits them best, on A3 where the type would become too small, and beside
    each other on several A3 where it still would.
    """
    most = SMALLEST * xlsx.ACROSS_PAPER
    sheet.set_paper(A3 if width > most else A4)
    if width > xlsx.UPRIGHT_PAPER:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P/&N")
    sheet.hide_gridlines(0)  # as a reader of a wide row follows it, also on paper
    across = max(1, ceil(width / (most * A3_OF_A4)))
    sheet.fit_to_pages(across, 0)
    sheet.repeat_rows(heading)
    if across > 1:
        sheet.repeat_columns(0, names - 1)


def fit(value):
    """Return a value as a cell may hold it: text without what no workbook may contain, and not too long."""
    return NEVER_IN_CELLS.sub("", value)[:LONGEST] if isinstance(value, str) else value


def download(name: str, content: bytes, kind: str) -> HttpResponse:
    """Return the file `name` as a response."""
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": content_disposition_header(True, name)}
    )
