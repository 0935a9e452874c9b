"""Typed dates: dates as people and programs write them, to the day, the month or the year, as far as they say.

Fields that hold such a date ask these readers by whatever door it comes: form, workbook, list.

The day comes first, always. A month that a spreadsheet has turned into its first day ("5/1975" into 01/05/1975) cannot
be told from that day and stays it.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

from binhlu_portal.dates.partial_dates import HOW_TO_TYPE, LONGEST, WRONG_YEAR, YEARS, PartialDate
from binhlu_portal.text.typed_text import as_text, read_whole
from binhlu_portal.text.vietnamese import search_key

SERIAL_ZERO = date(1899, 12, 30)
"""The day that spreadsheets count from."""

SERIALS = range(2100, 80_000)
"""Numbers that stand for days in a cell without a date format: from 1905 to 2119. Smaller ones are years."""

HOW_TO_TYPE_A_DAY = "Ghi đủ ngày, tháng, năm, ví dụ: 21/03/1956."

GROWN_UP = 18
"""No one younger stands in a list of members (Điều lệ Đảng, Article 1): a birth year of two digits is not later."""

AHEAD = 10
"""Years that a day to come may lie ahead where two digits say its year: the end of a period is known so far before."""

DAYS = range(1, 32)

PART = re.compile(r"[0-9]{1,2}|[0-9]{4}|[0-9]{1,2} ?[-/.] ?(?:[0-9]{1,2}|[0-9]{4})")
"""What one of several columns may hold of a date."""

UNKNOWN = r"(?:0{1,2}|[x_?…*–-]+|\.{2,}|(?<![a-z])(?:khong ro|ko ro|kr|k|nn|tt|dd|mm)(?![a-z]))"
"""What stands for a day or a month that nobody knows."""

DATE = re.compile(
    r"(?<!\d)(?:(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?)"
    r"|(?P<first>\d{1,2}) ?[-/.,] ?(?P<second>\d{1,2}) ?[-/.,] ?(?P<year>\d{4}|\d{2})"
    r"|(?P<month>\d{1,2}) ?[-/.,] ?(?P<in_year>\d{4}|\d{2})"
    r"|(?P<run>\d{8})|(?P<run_of_month>(?:0[1-9]|1[0-2])(?:19|20)\d\d)|(?P<number>\d{4,5}))(?!\d)"
)
MIDNIGHT = re.compile(
    r"(?<=\d)(?:,? |t)(?:0{1,2}[:hg]00(?::00(?:[.,]0+)?)?(?: ?(?:am|sa))?|12:00(?::00)? ?(?:am|sa))"
    r"(?:z|[+]\d\d:?\d\d)?(?!\S)|^0{1,2}:00(?::00)? (?=\d)"
)
"""The time that programs write behind a day, or before it."""
WHOLE_NUMBER = re.compile(r"(\d{4,5})[.,]0+")
SOME_DAY = rf"(?:(?<!\d){UNKNOWN}|(?<![\d ]))"
NO_MONTH = re.compile(rf"(?:(?<!\d)\d{{1,2}}|{SOME_DAY}) ?[-/.] ?(?:{UNKNOWN}|) ?[-/.] ?(?=(?:19|20)\d\d(?!\d))")
NO_DAY = re.compile(rf"{SOME_DAY} ?[-/.] ?(?=\d{{1,2}} ?[-/.] ?(?:19|20)\d\d(?!\d))")
NO_MONTH_OR_MAY = re.compile(r"[0-9] thang nam\b")
"""12 tháng năm 1980: the month was left blank, or it is Năm."""

NO_CENTURY = re.compile(rf"{UNKNOWN} ?[-/.] ?{UNKNOWN} ?[-/.] ?(\d\d)")
ISO_UNKNOWN = re.compile(r"(?<!\d)((?:19|20)\d\d(?:[-/.]\d\d)??)(?:[-/.]00){1,2}(?!\d)")
SPELLED = re.compile(r"\s*\b(?:thang|nam)\b\s*|\bt\.? ?(?=\d)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = re.compile(rf"[-/. ]*(?<![a-z])(?:({'|'.join(MONTHS)})[a-z]*|thg\.? ?(\d{{1,2}}))[-/., ]+(?=\d)")
DAY_BEHIND = re.compile(rf"({'|'.join(MONTHS)})[a-z]*\.? (\d{{1,2}}),? (?=\d{{4}})")
"""How spreadsheets write months: 12-May-80, Thg5-75; the day may stand behind, May 12, 1980."""

WEEKDAY = re.compile(
    r"^(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*)[, ]+(?=\w)"
)
WORDS = re.compile(r"\b(?:ngay|sinh|vao|dang|ket nap|kn|chinh thuc|ct|du bi|db|va)\b|[-–—/;:,.()\s]")
"""What may stand around dates without changing what they say."""
NOT_YET = re.compile(r"(?:dang vien )?(?:du bi|dv ?db|db)|(?:chua|khong)\b.*")
"""What stands for the day of becoming official while someone is on probation."""

TWO_DATES = "Trong ô có hai ngày. Ghi một ngày, hoặc chọn cho cột này “Ngày vào Đảng / ngày chính thức”."
NOT_GROWN_UP = "Ngày sinh ở sau hôm nay. Ghi lại năm sinh đủ bốn chữ số."


def read_birth(value: Any, day: date | None) -> PartialDate | None:
    """Parse a date of birth. Raises ValueError for one after `day`."""
    found = _one(value, day and day.year - GROWN_UP)
    if day and found.first_day > day:
        raise ValueError(NOT_GROWN_UP)
    return found


def read_date(value: Any, day: date | None) -> PartialDate | None:
    """Parse a date; without a `day`, years of two digits are not understood."""
    return _one(value, day and day.year)


def read_official(value: Any, day: date | None) -> PartialDate | None:
    """Parse the date of becoming an official member; None while on probation."""
    return None if _is_not_yet(value) else _one(value, day and day.year)


def read_day(value: Any, day: date | None, *, to_come: bool = False) -> date:
    """Parse a full calendar day, one `to_come` perhaps. Raises ValueError for a month or a year alone."""
    try:
        found = _one(value, day and day.year + AHEAD * to_come)
    except ValueError as error:
        raise ValueError(str(error).replace(HOW_TO_TYPE, HOW_TO_TYPE_A_DAY)) from None
    if found.precision != "day":
        raise ValueError(HOW_TO_TYPE_A_DAY)
    return found.first_day


def read_year(value: Any) -> int:
    """Read a year of four digits."""
    year = read_whole(value)
    if year not in YEARS:
        raise ValueError(WRONG_YEAR)
    return year


def read_two(value: Any, day: date) -> tuple[PartialDate | None, PartialDate | None]:
    """Parse two dates that share a cell: (joining, becoming official); the second is None on probation."""
    found = dates_in(value, day.year)
    if len(found) > 2:
        raise ValueError(f"Trong ô có {len(found)} ngày. Ghi ngày vào Đảng rồi ngày chính thức.")
    if len(found) == 2 and found[1].first_day < found[0].first_day:
        raise ValueError("Ngày chính thức ở trước ngày vào Đảng. Ghi ngày vào Đảng rồi ngày chính thức.")
    return (*found, None, None)[:2]


def dates_in(value: Any, last_year: int | None) -> list[PartialDate]:
    """Parse all dates in a cell, in their order; years of two digits are the latest that are not after `last_year`."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return [PartialDate.of(value)]
    if _is_long(value):
        raise ValueError(HOW_TO_TYPE)
    text = MIDNIGHT.sub("", search_key(as_text(value)).replace("\xad", ""))
    if NO_MONTH_OR_MAY.search(text):
        raise ValueError(HOW_TO_TYPE)
    text = NAMED.sub(_in_digits, DAY_BEHIND.sub(r"\2 \1 ", WEEKDAY.sub("", text)))
    text = _without_unknown(SPELLED.sub("/", text), last_year)
    if re.sub(WORDS, "", DATE.sub("", text)):
        raise ValueError(HOW_TO_TYPE)
    return [_date(match, last_year) for match in DATE.finditer(text)]


def _in_digits(match):
    """Return a month that is named, in digits between strokes."""
    return f"/{match[2] or MONTHS.index(match[1]) + 1}/"


def _without_unknown(text, last_year):
    """Return the text of a date without the day and the month that it does not know: 1956 of 00/00/1956."""
    if short := NO_CENTURY.fullmatch(text):
        return f"{_year(short[1], last_year)}"
    whole = WHOLE_NUMBER.fullmatch(text)
    text = whole[1] if whole else text
    return NO_DAY.sub("", NO_MONTH.sub("", ISO_UNKNOWN.sub(r"\1", text)))


def _one(value, last_year):
    found = dates_in(value, last_year)
    if len(found) != 1:
        raise ValueError(TWO_DATES if found else HOW_TO_TYPE)
    return found[0]


def _is_long(value):
    return isinstance(value, str) and len(value.strip()) > LONGEST


def _is_not_yet(value):
    return (
        isinstance(value, str)
        and not _is_long(value)
        and NOT_YET.fullmatch(search_key(value).strip(" .()-")) is not None
    )


def _date(match, last_year):
    """Return the date that one match of `DATE` stands for."""
    parts = match.groupdict()
    if parts["number"] and int(parts["number"]) in SERIALS:
        return PartialDate.of(SERIAL_ZERO + timedelta(days=int(parts["number"])))
    if parts["run"]:
        run = parts["run"]
        if run[:2] in ("19", "20") and int(run[2:4]) > 12:  # 19800512: the year first
            return PartialDate.parse(f"{run[6:]}/{run[4:6]}/{run[:4]}")
        return PartialDate.parse(f"{run[:2]}/{run[2:4]}/{run[4:]}")
    if month := parts["run_of_month"]:  # 111964, as it is typed where a telephone has no strokes among its numbers
        return PartialDate.parse(f"{month[:2]}/{month[2:]}")
    if parts["year"]:
        return PartialDate.parse(f"{parts['first']}/{parts['second']}/{_year(parts['year'], last_year)}")
    if parts["in_year"]:
        if len(parts["in_year"]) == 2 and int(parts["in_year"]) in DAYS:
            raise ValueError(HOW_TO_TYPE)  # 5/10 may be a day as well as a month
        return PartialDate.parse(f"{parts['month']}/{_year(parts['in_year'], last_year)}")
    return PartialDate.parse(parts["iso"] or parts["number"])


def _year(digits, last_year):
    """Return a year of four digits."""
    if len(digits) == 4:
        return digits
    if last_year is None:
        raise ValueError(HOW_TO_TYPE)
    century = last_year // 100 * 100
    year = century + int(digits)
    return year if year <= last_year else year - 100
