"""What offices call yearly ratings in their lists of members and of units, by `members/roster_import/registers.py`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assessments.choices import NotRated, Rating
from assessments.models import MemberRating, UnitRating
from assessments.rating_values import HOW, read_mark, read_reason
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members.roster_import.cells import TICKS
from members.roster_import.register_questions import Question
from members.roster_import.registers import ListedRegister, listed
from members.roster_import.text_keys import key

UNRATED = "unrated"
"""What a mark says that has no reason with it; a reason in another column comes before it."""

REMARK = "remark"
"""What is noted in a list of ratings: of whoever is not rated it may tell why."""

WHEN = "Danh sách không ghi ngày xếp loại. Xếp loại được quyết định ngày nào? Câu trả lời dùng cho cả cột."
YEAR_END, LIST_DAY = "cuoi-nam", "ngay"
BOTH = "Có cả mức xếp loại và lý do không xếp loại: giữ một trong hai."
MATRIX = {
    Rating.EXCELLENT: "HTXSNV; HTXS; HTXS nhiệm vụ; Hoàn thành xuất sắc; Hoàn thành xuất sắc nhiệm vụ; "
    "Xếp loại Hoàn thành xuất sắc nhiệm vụ",
    Rating.GOOD: "HTTNV; HTT; HTT nhiệm vụ; HTTốt NV; Hoàn thành tốt; Hoàn thành tốt nhiệm vụ",
    Rating.FAIR: "HTNV; HT nhiệm vụ; Hoàn thành nhiệm vụ",
    Rating.FAILED: "KHTNV; KHT; Không HTNV; Không hoàn thành; Không hoàn thành nhiệm vụ",
}
"""What stands over the columns of a matrix."""


def read_rating(value: Any, day: date) -> dict[str, Any]:
    """Parse a level, or that there is none and why."""
    mark = read_mark(as_text(value))
    if mark is None:
        raise ValueError(f"{HOW[:1].upper()}{HOW[1:]}; không xếp loại thì ghi lý do.")
    if mark == NotRated.OTHER:
        return {UNRATED: True}
    return {"not_rated" if mark in NotRated else "level": mark}


def read_unrated(value: Any, day: date) -> dict[str, Any]:
    """Parse why somebody is not rated; a mark says only that it is so."""
    words = key(as_text(value))
    if words in TICKS:
        return {UNRATED: True}
    return {"not_rated": read_reason(value, day)}


def read_remark(value: Any, day: date) -> dict[str, Any]:
    """Parse a note of a list of ratings."""
    return {REMARK: as_text(value)}


def _whole(values):
    """Return a rating whose other half is empty: a level has no reason, and a reason no level."""
    values = dict(values)
    remark = values.pop(REMARK, "")
    if values.pop(UNRATED, False):
        values.setdefault("not_rated", _reason_in(remark))
    if values.get("level") and values.get("not_rated"):
        raise ValueError(BOTH)
    return values | {name: values.get(name, "") for name in ("level", "not_rated")}


def _reason_in(remark):
    """Return the reason that a remark beside a mark tells, another where it tells none that is known."""
    try:
        return read_reason(remark, None) if remark else NotRated.OTHER
    except ValueError:
        return NotRated.OTHER


def _days(values: Mapping[str, Any], day: date) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the days on which a rating may have been decided; the year is asked with it where nothing says it."""
    if "year" in values:
        return _days_of(values["year"], day)
    found = {}
    for year in (day.year, day.year - 1):
        for answer, (words, said) in _days_of(year, day).items():
            found[f"{year}-{answer}"] = f"Xếp loại năm {year}, {words[:1].lower()}{words[1:]}", said | {"year": year}
    return found


def _days_of(year, day):
    found, last = {}, date(year, 12, 31)
    if last <= day:
        found[YEAR_END] = f"Ngày {last:%d/%m/%Y}", {"decided_on": last}
    if year <= day.year <= year + 1:
        found[f"{LIST_DAY}-{day.isoformat()}"] = f"Ngày của danh sách: {day:%d/%m/%Y}", {"decided_on": day}
    return found


RATING = ListedRegister(
    "rating",
    MemberRating,
    {
        "level": "Xếp loại; Kết quả xếp loại; Mức xếp loại; Xếp loại đảng viên; Kết quả xếp loại đảng viên; "
        "Đánh giá, xếp loại; Kết quả đánh giá, xếp loại; Kết quả đánh giá; Đánh giá, xếp loại đảng viên; "
        "Đánh giá xếp loại; Kết quả đánh giá xếp loại; Đánh giá xếp loại đảng viên; XLĐV; Mức xếp loại đảng viên; "
        "Xếp loại chất lượng đảng viên; Kết quả xếp loại chất lượng đảng viên; "
        "Kết quả đánh giá, xếp loại đảng viên; Kết quả đánh giá, xếp loại chất lượng đảng viên; "
        "Đánh giá, xếp loại chất lượng đảng viên; Phân loại đảng viên; Xếp loại chất lượng; XL; "
        "Đảng ủy công nhận; Đảng ủy công nhận xếp loại; Cấp có thẩm quyền công nhận; Cấp có thẩm quyền xếp loại; "
        "Đảng ủy xếp loại; Đảng ủy đánh giá, xếp loại; Đảng ủy quyết định xếp loại; Kết quả Đảng ủy xếp loại",
        UNRATED: "Không xếp loại; Không XL; KXL; Chưa xếp loại; Không đánh giá, xếp loại; Không xếp loại, lý do",
        "not_rated": "Lý do không xếp loại; Lý do không XL; Lý do KXL; Lý do chưa xếp loại",
        REMARK: "Ghi chú xếp loại",
        "year": "Năm xếp loại; Năm đánh giá; Năm đánh giá, xếp loại",
        "decided_on": "Ngày xếp loại; Ngày đánh giá, xếp loại; Ngày quyết định xếp loại; Ngày QĐ xếp loại",
    },
    needs=(("level", "not_rated", UNRATED),),
    title=r"\b(?:xep loai|phan loai|danh gia)\b",
    marks={"level": MATRIX},
    readers={"level": read_rating, "not_rated": read_unrated, UNRATED: read_unrated, REMARK: read_remark},
    labels={UNRATED: "Không xếp loại (dấu x hoặc lý do)", REMARK: "Ghi chú xếp loại"},
    number=r"(?<![0-9/.-])((?:19|20)[0-9]{2})(?![0-9/.-])",
    apart="year",
    also={"reason": "not_rated", "decision_date": "decided_on", "note": REMARK},
    complete=_whole,
    question=Question(("decided_on",), WHEN, _days),
)

listed(RATING)
OF_UNITS = {
    "level": "Xếp loại chi bộ; Kết quả xếp loại chi bộ; Xếp loại tổ chức đảng; Kết quả xếp loại tổ chức đảng; "
    "Xếp loại TCĐ; Xếp loại tổ chức cơ sở đảng; Xếp loại TCCSĐ; Đánh giá, xếp loại chi bộ; Mức xếp loại chi bộ"
}
UNIT_RATING = replace(RATING, name="unit_rating", model=UnitRating, about="unit", headed_as="rating")
listed(replace(UNIT_RATING, own_headings=OF_UNITS))
