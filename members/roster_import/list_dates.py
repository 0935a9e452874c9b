"""Dates of lists: the day on which a list is as it is, said in its titles or in the name of its file."""

import re
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault
from binhlu_portal.text.vietnamese import day as in_words
from binhlu_portal.text.vietnamese import search_key

AS_OF = re.compile(
    r"\b(?:den|thoi diem)\b(?: het)?\s*(?:ngay\s*)?(?:(?P<day>[0-9]{1,2})\s*(?:[-/.]|thang)\s*|thang\s*)"
    r"(?P<month>0?[1-9]|1[0-2])\s*(?:[-/.]|nam)\s*(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
"""The day that a title gives its list: tính đến ngày 31/12/2025, có mặt đến hết tháng 12 năm 2025."""

IN_A_NAME = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{1,2})[-._ ](?P<month>[0-9]{1,2})[-._ ](?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)

UNDATED = "ngay-danh-sach"
"""The topic of the question of which day a list is."""

WHICH_DAY = (
    "Danh sách không ghi tính đến ngày nào, mà {} thay đổi được ghi từ ngày ấy. Chọn ngày của danh sách; ngày khác thì "
    "ghi ở ô “Danh sách đến ngày”."
)
TODAY, END_OF_MONTH = "Hôm nay, ngày {}", "Cuối tháng trước, ngày {}"


def day_said(said: SenderInput) -> date | None:
    """Day that the sender says a list is of, in its field or in answer to the question; None while nothing is said."""
    answer = said.answers.get(UNDATED)
    return said.day or (date.fromisoformat(answer) if answer in _days_offered(said.received_on) else None)


def question_of_day(said: SenderInput, sheet: str, changes: int) -> Fault:
    """Question of which day a list is, of which so many changes begin on that day."""
    options = {iso: words.format(in_words(day)) for iso, (words, day) in _days_offered(said.received_on).items()}
    return Fault(sheet, 0, 0, "", WHICH_DAY.format(changes), options, topic=UNDATED)


def _days_offered(received):
    """Return the days on which most lists are made, {as ISO text: (words, day)}."""
    if received is None:
        return {}
    days = {TODAY: received, END_OF_MONTH: received.replace(day=1) - timedelta(days=1)}
    return {day.isoformat(): (words, day) for words, day in days.items()}


def day_of_titles(titles: Iterable[str]) -> date | None:
    """Day on which a list is as it is: "(Tính đến ngày 31/12/2025)"; None where titles tell none, or several."""
    return _only_day(match for title in titles for match in AS_OF.finditer(search_key(title)))


def day_of_file(name: str) -> date | None:
    """Day in the name of a file: DS 31.12.2025.xlsx; None for none, or several."""
    return _only_day(IN_A_NAME.finditer(name.rpartition(".")[0]))


def _only_day(matches):
    """Return the one day that all `matches` name; a month without a day is told by its last one."""
    found = set()
    for match in matches:
        month, year = int(match["month"]), int(match["year"])
        with suppress(ValueError):
            found.add(date(year, month, int(match["day"] or monthrange(year, min(month, 12))[1])))
    return found.pop() if len(found) == 1 else None
