"""Parsers of the cells by which offices tell how long something holds, and which badge somebody got."""

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.typed_dates import read_day
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members import choices
from members.roster_import.cells import NOT_ENDED
from members.roster_import.text_keys import key

WITHOUT_END = re.compile(
    r"[\s,;]*\b(?:không (?:có |xác định )?thời hạn|vô thời hạn|lâu dài|dài hạn)\b[\s,;]*", re.IGNORECASE
)
LASTING = re.compile(
    r"(?:thời hạn\s+)?(?P<many>[0-9]{1,2})\s*(?P<of>tháng|năm)\s*[,;]?\s*(?:kể\s+|tính\s+)?"
    r"từ(?:\s+ngày)?\s+(?P<first>\S.*)",
    re.IGNORECASE,
)
MONTHS_OF_A_YEAR = 12


def read_award(value: Any, day: date) -> dict[str, Any]:
    """Parse the day on which badges are given, which lists call that of a round: "Đợt 02/9/2026"."""
    return {"awarded_on": read_day(re.sub(r"^\s*đợt(?:\s+ngày)?\s+", "", as_text(value), flags=re.IGNORECASE), day)}


def read_badge(value: Any, day: date) -> dict[str, Any]:
    """Parse the years of a badge, or the day on which it was given."""
    words = key(as_text(value))
    years = re.fullmatch(r"(?:huy hieu dang |huy hieu |hh )?([0-9]{2})(?: nam(?: tuoi dang)?)?", words)
    if words in ("khong", "chua", "khong co", "chua co"):
        return {}
    if years and int(years[1]) in choices.BADGES:
        return {"years": int(years[1])}
    with suppress(ValueError):
        return {"awarded_on": read_day(value, day)}
    raise ValueError("Ghi số năm của Huy hiệu, ví dụ: 40 năm; hoặc ngày trao tặng.")


def read_period(value: Any, day: date) -> dict[str, Any]:
    """Parse the days from which and till which something holds, in one cell: "từ 01/9/2025 đến 01/3/2026".

    The end may be told by how long it holds, "6 tháng từ 01/9/2025", or that there is none: "không thời hạn".
    """
    value = WITHOUT_END.sub("", as_text(value)) if isinstance(value, str) else value
    if lasting := LASTING.fullmatch(as_text(value)):
        first = read_day(lasting["first"], day)
        months = int(lasting["many"]) * (1 if key(lasting["of"]) == "thang" else MONTHS_OF_A_YEAR)
        return {"started_on": first, "ended_on": months_later(first, months)}
    words = re.split(r"\s*(?:\bđến(?: hết)?(?: ngày)?\b|\s[-–]\s)\s*", as_text(value), maxsplit=1, flags=re.IGNORECASE)
    first, *last = [re.sub(r"^\s*từ(?: ngày)?\s*", "", text, flags=re.IGNORECASE) for text in words]
    found = {"started_on": read_day(first, day)}
    if last and key(last[0]) not in NOT_ENDED:
        found["ended_on"] = read_day(last[0], day, to_come=True) + timedelta(days=1)
    return found


def read_course(value: Any, day: date) -> dict[str, Any]:
    """Parse the first and the last day of a course in one cell: "12/5/2026 - 14/5/2026"."""
    found = read_period(value, day)
    last = {"finished_on": found["ended_on"] - timedelta(days=1)} if "ended_on" in found else {}
    return {"began_on": found["started_on"]} | last
