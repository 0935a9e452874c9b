"""HTML renderer of sheets: the data for `sheets/_sheet.html`, which one page may include several times."""

from datetime import date
from decimal import Decimal
from typing import Any

from binhlu_portal.sheets.sheet import PARTY, Sheet, SheetCell, SheetColumn, rounded
from binhlu_portal.text import vietnamese


def context(sheet: Sheet) -> dict[str, Any]:
    """Template context of a sheet, what the template calls `table`: {sheet, party, header, numbers, rows}."""
    return {
        "sheet": sheet,
        "party": PARTY,
        "header": sheet.header(),
        "numbers": [f"({number})" for number in range(1, len(sheet.leaves) + 1)],
        "rows": [{"row": row, "cells": _cells(row, sheet.leaves)} for row in sheet.rows],
    }


def display(cell: SheetCell, column: SheetColumn) -> str:
    """Format the value of `cell` as a Vietnamese reader expects it: 1.234 and 44,5 %; "" for an empty cell."""
    value, places = cell.value, column.places if cell.places is None else cell.places
    if value is None:
        return ""
    if isinstance(value, date):
        return vietnamese.day(value)
    if not isinstance(value, int | Decimal):
        return value
    if column.kind == "percent":
        return vietnamese.percent(Decimal(value), places)
    return vietnamese.number(rounded(value, places))


def _cells(row, columns):
    """Return the cells of `row` in print; the first column of text names the row."""
    name = next((column for column in columns if column.kind == "text"), None)
    return [
        {
            "text": display(row.cell(column.key), column),
            "link": row.cell(column.key).link,
            "kind": column.kind,
            "names_row": column is name,
        }
        for column in columns
    ]
