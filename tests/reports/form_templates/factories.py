"""Blanks for tests: made of rows of plain values, as a superior committee would type them."""

from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook

from reports.form_templates import actions as form_templates

NOW = datetime(2026, 3, 5, tzinfo=UTC)
TABLE = {"Biểu": [["STT", "Đơn vị", "Đảng viên"], [None] * 3, [None] * 3, [None] * 3, ["", "Tổng", "=SUM(C2:C4)"]]}
"""A table of three units and their total."""


def workbook_of(sheets, change=None):
    """Return the bytes of a workbook of {name: rows}; `change` may set it up further."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def keep(unit, user, sheets=TABLE, name="Biểu 12", change=None):
    """Keep a blank of `unit`."""
    content = workbook_of(sheets, change)
    return form_templates.keep_blank(
        unit=unit, name=name, user=user, now=NOW, file_name="biểu 12.xlsx", content=content
    )


def bind(blank, place, text, sheet="Biểu", **more):
    """Bind the cell at `place` ((row, column)) of a blank."""
    return form_templates.bind(blank=blank, sheet=sheet, row=place[0], column=place[1], text=text, **more)


def cells_of(content, sheet="Biểu"):
    """Return {"C2": value} of the cells of a workbook that are not empty."""
    rows = load_workbook(BytesIO(content))[sheet].iter_rows()
    return {cell.coordinate: cell.value for row in rows for cell in row if cell.value is not None}
