"""What offices call cell meetings in lists whose rows are cells, or meetings, by `members/roster_import/registers.py`.

A row may tell of one meeting, with its day, or of those of many months, a column or a block of columns each. Of a
month nobody knows the day, nor of any meeting without its kind which it is: that is asked once for all rows.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from assessments.choices import MeetingKind
from assessments.models import Meeting
from binhlu_portal.dates import typed_dates as dates
from binhlu_portal.dates.arithmetic import last_of_month
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members.roster_import.cells import NONE, TICKS, read_text
from members.roster_import.register_questions import Question
from members.roster_import.registers import ListedRegister, listed
from members.roster_import.text_keys import key

MONTH = r"(?<![\w/])((?:tháng|thang|t)\s*\.?\s*(?:0?[1-9]|1[0-2])(?:\s*(?:[/.-]|năm|nam)\s*20[0-9]{2})?)(?![\w/])"
YEAR = r"(?:năm|nam)\s*(20[0-9]{2})(?![0-9])"

MONTHS = "months"
"""The first days of the months that a heading may mean: of one without a year, the last two that there were."""

OF_ALL = re.compile(r"([0-9]{1,4}) ?/ ?([0-9]{1,4})")
WHICH = "Danh sách không ghi đủ ngày họp và loại sinh hoạt. Chọn một cách ghi cho các buổi này; ô đã ghi thì giữ."
HELD_NONE = re.compile(r"(?:k|ko|khong|chua)(?: (?:sh|sinh hoat|hop|to chuc)){0,2}|(?:tam )?hoan")
"""What cells say of a month without a meeting, besides `NONE`."""

HOW_MANY = "Ghi số có mặt trên số phải dự, ví dụ: 18/20."
A_DAY = f"Bảng tính đã đổi ô này thành ngày. {HOW_MANY}"
NOT_ENOUGH = "Chưa đủ số phải dự và số có mặt. Ghi hai trong ba số: phải dự, có mặt, vắng."
NOT_THE_SUM = "Có mặt {} và vắng {} cộng lại không bằng số phải dự {}. Sửa cho khớp."
ANOTHER_MONTH = "Ngày họp không thuộc tháng ở tiêu đề cột. Sửa ngày, hoặc chuyển sang cột đúng."
LATER = "Tháng này ở sau ngày của danh sách. Để trống, hoặc sửa ngày của danh sách."
NO_DAY = "Ghi ngày họp."
THEMATIC = "Đánh dấu x, hoặc ghi nội dung chuyên đề."


def read_held_on(value: Any, day: date) -> dict[str, Any]:
    """Parse the day of a meeting, or the month that stands over its columns: Tháng 1/2026, or Tháng 1."""
    text = key(as_text(value))
    if not text.startswith("t"):
        return {"held_on": dates.read_day(value, day)}
    month, *year = map(int, re.findall("[0-9]+", text))
    if year:
        found = [date(year[0], month, 1)]
    else:
        last = day.year if month <= day.month else day.year - 1
        found = [date(last, month, 1), date(last - 1, month, 1)]
    if found[0] > day:
        raise ValueError(LATER)
    return {MONTHS: found}


def read_attended(value: Any, day: date) -> dict[str, Any]:
    """Parse how many were there, of how many where the cell says it too; nothing where there was no meeting."""
    text = as_text(value)
    if key(text) in NONE or HELD_NONE.fullmatch(key(text)):
        return {}
    if isinstance(value, date):
        raise ValueError(A_DAY)
    if found := OF_ALL.fullmatch(text):
        return {"present": int(found[1]), "expected": int(found[2])}
    return {"present": read_number(value)}


def read_number(value: Any) -> int:
    """Parse a number of people."""
    text = as_text(value)
    if not text.isascii() or not text.isdecimal() or len(text) > 4:
        raise ValueError(HOW_MANY)
    return int(text)


def read_absent(value: Any, day: date) -> dict[str, Any]:
    """Parse how many were not there."""
    return {"absent": 0 if key(as_text(value)) in NONE else read_number(value)}


def read_thematic(value: Any, day: date) -> dict[str, Any]:
    """Parse whether a meeting was on one subject, and on which where the cell says it."""
    text = as_text(value)
    if key(text) in NONE:
        return {}
    if key(text) in TICKS:
        return {"kind": MeetingKind.THEMATIC}
    if key(text).isdecimal():
        raise ValueError(THEMATIC)
    return {"kind": MeetingKind.THEMATIC, "topic": read_text("meeting.topic", text, None)["meeting.topic"]}


def _counted(values):
    """Return a meeting with the number that two others make: whoever is expected is there or is not."""
    values = dict(values)
    months, absent = values.pop(MONTHS, None), values.pop("absent", None)
    expected, present = values.get("expected"), values.get("present")
    if absent is not None and expected is None and present is not None:
        expected = present + absent
    if absent is not None and present is None and expected is not None and absent <= expected:
        present = expected - absent
    if None in (expected, present):
        raise ValueError(NOT_ENOUGH)
    if absent is not None and present + absent != expected:
        raise ValueError(NOT_THE_SUM.format(present, absent, expected))
    if "held_on" not in values:
        raise ValueError(NO_DAY)
    if months and values["held_on"].replace(day=1) not in months:
        raise ValueError(ANOTHER_MONTH)
    return values | {"expected": expected, "present": present}


def _meetings(values: Mapping[str, Any], day: date) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return which meeting a record may be of: its kind, of a month the day too. What the record says is kept.

    The same answer may be given for several months: it tells the day, not which month.
    """
    return {
        f"{kind}-{day.year - held.year}-{held.day}" if held else kind.value: (
            f"{kind.label}, ngày {held:%d/%m/%Y}" if held else kind.label,
            ({"held_on": held} if held else {}) | {"kind": kind} | {name: values[name] for name in _told(values)},
        )
        for kind in MeetingKind
        for held in _days(values, day)
    }


def _told(values):
    return [name for name in ("held_on", "kind") if name in values]


def _days(values, day):
    """Return the days of the months that a record may be of, none later than `day`; None alone without a month."""
    firsts = values.get(MONTHS, ())
    days = [first.replace(day=number) for first in firsts for number in range(1, last_of_month(first).day + 1)]
    return [held for held in days if held <= day] or [None]


listed(
    ListedRegister(
        "meeting",
        Meeting,
        {
            "held_on": "Ngày họp; Ngày sinh hoạt; Ngày họp chi bộ; Ngày sinh hoạt chi bộ; Ngày tổ chức sinh hoạt; "
            "Thời gian họp; Thời gian sinh hoạt",
            "kind": "Loại sinh hoạt; Loại buổi sinh hoạt; Hình thức sinh hoạt; Loại cuộc họp",
            "thematic": "Chuyên đề; Sinh hoạt chuyên đề; SHCĐ; Nội dung chuyên đề; Tên chuyên đề",
            "expected": "Phải dự; Số phải dự; Số đảng viên phải dự; Đảng viên phải dự; Số đảng viên được triệu tập; "
            "Số triệu tập; Triệu tập",
            "present": "Có mặt; Số có mặt; Số đảng viên có mặt; Đảng viên có mặt; Số dự họp; Dự họp; Số tham dự; "
            "Tham dự; Số đảng viên dự; Đảng viên dự; Số đảng viên dự họp; Số đảng viên dự sinh hoạt; "
            "Số đảng viên tham dự; Số người dự; Số người dự họp; Số người có mặt; Số dự",
            "absent": "Vắng; Vắng mặt; Số vắng; Số vắng mặt; Số đảng viên vắng; Đảng viên vắng; Đảng viên vắng mặt; "
            "Số đảng viên vắng mặt",
            "attended": "Có mặt trên phải dự; Số có mặt trên số phải dự; Tình hình dự sinh hoạt",
            "guests": "Khách dự; Số khách dự; Khách mời; Số khách mời",
            "topic": "Nội dung sinh hoạt; Nội dung họp; Nội dung cuộc họp; Nội dung buổi sinh hoạt",
        },
        needs=(("present", "absent", "attended"), ("held_on",)),
        title=r"\b(?:sinh hoat (?:chi bo|dang|(?:thuong|dinh) ky|chuyen de|hang thang)|hop chi bo|du hop)\b",
        readers={
            "held_on": read_held_on,
            "thematic": read_thematic,
            "absent": read_absent,
            "attended": read_attended,
        },
        labels={
            "thematic": "Chuyên đề (dấu x hoặc nội dung)",
            "absent": "Số vắng mặt",
            "attended": "Số có mặt, hoặc số có mặt trên số phải dự",
        },
        number=MONTH,
        within=YEAR,
        alone="attended",
        apart="held_on",
        complete=_counted,
        question=Question(("held_on", "kind"), WHICH, _meetings, of_new=False),
        about="unit",
    )
)
