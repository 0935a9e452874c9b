"""Order of day and month in a column of dates: the day comes first, unless the column itself speaks against it.

A program set to English writes 5/13/1980 into a text file, and then 5/12/1980 in the same column means the twelfth of
May. Such a spreadsheet also takes the 12/5/1980 that somebody types for a day of December, and leaves 13/5/1980 as
text: the days of its cells are none after the twelfth, the texts beside them none before. Neither is guessed: the
sender is asked once for the column.

Where no day of a column comes after the twelfth, nothing can tell: it is read with the day first, shown beside the
column, and may be turned there.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField

from binhlu_portal.dates.partial_dates import PartialDateField
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault
from binhlu_portal.spreadsheets.sandbox.client import Grid

from .cells import field_of
from .column_detection import shape
from .layout import RosterTable
from .parser import PersonLine

TYPED = re.compile(r"\s*([0-9]{1,2})(\s*[-/.]\s*)([0-9]{1,2})(\s*[-/.]\s*(?:[0-9]{4}|[0-9]{2})\s*)")
LAST_MONTH, FEW = 12, 2
"""The last number that may be a month; from how many days on it tells something that none comes after it."""

MONTH_FIRST, DAY_FIRST = "thang", "ngay"
TURN = {DAY_FIRST: "Ngày/tháng", MONTH_FIRST: "Tháng/ngày"}
"""How a column may be read whose order nothing tells."""

TEXTS = {
    MONTH_FIRST: "Tháng trước: 5/12/1980 là ngày 12 tháng 5",
    DAY_FIRST: "Ngày trước: 5/12/1980 là ngày 05 tháng 12; ô nào không đúng thì sửa",
}
SWAPPED = {
    MONTH_FIRST: "Các ô ấy đã bị đổi ngày thành tháng: đọc ngược lại",
    DAY_FIRST: "Các ô ấy đúng như đang hiện",
}
WAITS = "Chưa rõ ngày đứng trước hay tháng đứng trước: trả lời câu hỏi về cột này."
MONTHS_SEEN = "Cột “{}”, trang “{}” có ô ghi tháng trước ngày, ví dụ “{}”. Cả cột ghi theo thứ tự nào?"
DAYS_SEEN = (
    "Cột “{}”, trang “{}”: ô dạng ngày chỉ có ngày 01–12, ô dạng chữ như “{}” chỉ có ngày sau 12. Bảng tính có thể đã "
    "đổi ngày thành tháng ở các ô dạng ngày. Các ô ấy đọc thế nào?"
)


@dataclass
class DateOrders:
    """Orders of the dates of a list: columns with the month first, {(sheet, column)}; the questions that are open.

    `untold` are the columns whose order nothing tells, {(shape, column): {topic: how it is read}}.
    """

    swapped: set[tuple[str, int]] = field(default_factory=set)
    questions: list[Fault] = field(default_factory=list)
    untold: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)


def orders_in(tables: Iterable[tuple[RosterTable, Mapping[int, str]]], said: SenderInput) -> DateOrders:
    """Return in which order the columns of dates are written, as far as they tell, or the sender has said."""
    found = DateOrders()
    for table, kinds in tables:
        for column in (column for column, kind in kinds.items() if column < len(table.headings) and _is_date(kind)):
            topic = f"thu-tu-ngay:{said.file}!{table.name}!{column}"
            asked, answer = _question(table, column, topic), said.answers.get(topic)
            untold = not asked and _tells_nothing(table, column)
            if (asked or untold) and answer == MONTH_FIRST:
                found.swapped.add((table.name, column))
            elif asked and answer != DAY_FIRST:
                found.questions.append(asked)
            if untold:
                read = answer if answer in TURN else DAY_FIRST
                found.untold.setdefault((shape(table), column), {})[topic] = read
    return found


def hold_back(lines: Iterable[PersonLine], questions: Iterable[Fault]) -> None:
    """Hold back what a column says whose order is asked: nothing of such rows is written before the answer."""
    asked = {(question.sheet, question.column - 1) for question in questions}
    for line in lines:
        for name, column in line.columns.items():
            if (line.sheet, column) in asked:
                line.fault(name, column, line.values[name], WAITS)


def day_first(grids: Sequence[Grid], swapped: Collection[tuple[str, int]]) -> list[Grid]:
    """Return the sheets with the day first in the columns that have the month first."""
    found = []
    for grid in grids:
        columns = {column for sheet, column in swapped if sheet == grid.name}
        rows = [[_turned(value) if at in columns else value for at, value in enumerate(row)] for row in grid.rows]
        found.append(replace(grid, rows=rows) if columns else grid)
    return found


def _is_date(kind):
    """Whether a kind of column holds one date."""
    if "+" in kind or "@" in kind:
        return False
    try:
        return isinstance(field_of(kind.partition("#")[0]), DateField | PartialDateField)
    except (FieldDoesNotExist, KeyError):
        return False


def _question(table, column, topic):
    """Return what is asked of a column of dates, None where nothing speaks against the day first."""
    values = [row[column] for row in table.rows[table.start :]]
    texts = [(value, match) for value in values if isinstance(value, str) and (match := TYPED.fullmatch(value))]
    days = [value.day for value in values if isinstance(value, date)]
    late = [text for text, match in texts if int(match[1]) > LAST_MONTH]
    months = [text for text, match in texts if int(match[1]) <= LAST_MONTH < int(match[3])]
    if months and not late:
        sentence, seen, options = MONTHS_SEEN, months[0], TEXTS
    elif len(days) >= FEW and max(days) <= LAST_MONTH and late and len(late) == len(texts):
        sentence, seen, options = DAYS_SEEN, late[0], SWAPPED
    else:
        return None
    heading = as_text(" ".join(table.headings[column]))
    return Fault(
        table.name, 0, column + 1, "", sentence.format(heading, table.name, seen.strip()), options, topic=topic
    )


def _tells_nothing(table, column):
    """Return whether every day of a column may be a month, and some would be another date."""
    values = [row[column] for row in table.rows[table.start :]]
    days = [(value.day, value.month) for value in values if isinstance(value, date)]
    typed = [TYPED.fullmatch(value) for value in values if isinstance(value, str)]
    days += [(int(match[1]), int(match[3])) for match in typed if match]
    return all(max(pair) <= LAST_MONTH for pair in days) and any(day != month for day, month in days)


def _turned(value: Any) -> Any:
    """Return a date with its day and month the other way round, where both ways are dates."""
    if isinstance(value, date):
        return value.replace(month=value.day, day=value.month) if value.day <= LAST_MONTH else value
    if isinstance(value, str) and (match := TYPED.fullmatch(value)) and int(match[1]) <= LAST_MONTH:
        return f"{match[3]}{match[2]}{match[1]}{match[4]}"
    return value
