"""Days written without their year, or month, under a title that says it: "3/7", "5" beneath "THÁNG 7 NĂM 2026".

Only of registers whose records have a day each within the period of the list, as meetings have.
"""

import re
from dataclasses import replace

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.text.vietnamese import search_key

from .headers import find
from .layout import RosterTable
from .registers import register_of

DAY = re.compile(r"(?:ngày\s*)?(?P<day>[0-9]{1,2})(?:\s*(?:[/.-]|tháng)\s*(?P<month>[0-9]{1,2}))?", re.IGNORECASE)
MONTH = re.compile(r"\b(?:thang\s*(?P<month>0?[1-9]|1[0-2])\s*(?:[/.-]|nam)|nam)\s*(?P<year>20[0-9]{2})(?![0-9])")


def in_full_days(table: RosterTable) -> RosterTable:
    """Return a table whose days have the month and the year that its titles say; unchanged where they say several."""
    told = {match.group("month", "year") for title in table.titles for match in MONTH.finditer(search_key(title))}
    days = [column for column, heading in enumerate(table.headings) if any(heading) and _is_day(find(*heading)[0])]
    if table.top is None or len(told) != 1 or not days:
        return table
    month, year = told.pop()
    rows = [list(row) for row in table.rows]
    for row in rows[table.start :]:
        for column in days:
            row[column] = _in_full(row[column], month, year)
    return replace(table, rows=rows)


def _is_day(kind):
    """Whether a column tells the day by which records of a register are known, of which a title may say the month."""
    register = register_of(kind)
    return bool(register and register.within and kind == f"{register.name}.{register.apart}" and register.has_days)


def _in_full(value, month, year):
    """Return a day with its month and year; what is no such day, or is of another month, as it stands."""
    found = DAY.fullmatch(as_text(value)) if value is not None else None
    own = found and (found["month"] or month)
    if not own or (month and int(own) != int(month)):
        return value
    return f"{found['day']}/{own}/{year}"
