"""Ratings as people type them, in short forms: one reader for each field, whatever door it comes by."""

import re
from datetime import date
from typing import Any

from assessments.choices import NotRated, Rating
from binhlu_portal.text.typed_text import as_text
from binhlu_portal.text.vietnamese import search_key

ABBREVIATIONS = {
    Rating.EXCELLENT: "HTXSNV",
    Rating.GOOD: "HTTNV",
    Rating.FAIR: "HTNV",
    Rating.FAILED: "KHTNV",
}
"""The levels as office lists write them."""

ALSO = {
    Rating.EXCELLENT: ("HTXS", "XS", "Xuất sắc", "Hoàn thành xuất sắc", "HT xuất sắc", "HT xuất sắc nhiệm vụ"),
    Rating.GOOD: ("HTT", "Tốt", "Hoàn thành tốt", "HT tốt", "HT tốt nhiệm vụ"),
    Rating.FAIR: ("HT", "Hoàn thành", "HT nhiệm vụ"),
    Rating.FAILED: ("KHT", "Không hoàn thành", "Không HT", "Không HT nhiệm vụ", "Không HTNV"),
    NotRated.EXEMPT: ("Miễn", "Miễn sinh hoạt", "Được miễn sinh hoạt"),
    NotRated.NEW: (
        "Mới",
        "Mới kết nạp",
        "Mới thành lập",
        "Dưới 6 tháng",
        "Mới kết nạp hoặc mới thành lập dưới 6 tháng",  # so workbooks of the portal said until November 2026
    ),
    NotRated.SUSPENDED: ("Đình chỉ", "Đình chỉ sinh hoạt"),
    NotRated.OTHER: ("KXL", "Không XL", "Không xếp loại", "Khác"),
}
"""Other words for the marks."""

WORDS = {
    search_key(word): mark
    for mark in [*Rating, *NotRated]
    for word in (mark.label, ABBREVIATIONS.get(mark, mark.label), *ALSO[mark])
}

HOW = "ghi " + ", ".join(ABBREVIATIONS.values()) + " hoặc ghi đủ chữ"


def read_mark(word: str) -> str | None:
    """Parse a word as a mark, a code of `Rating` or `NotRated`; None for any other."""
    return WORDS.get(re.sub(r"\bnv$", "nhiem vu", search_key(word).rstrip(".")))


def read_level(value: Any, day: date | None = None) -> str:
    """Read a level: HTXSNV, Tốt."""
    mark = read_mark(as_text(value))
    if mark not in Rating:
        raise ValueError(f"{HOW[:1].upper()}{HOW[1:]}.")
    return mark


def read_reason(value: Any, day: date | None = None) -> str:
    """Read why there is no level."""
    mark = read_mark(as_text(value))
    if mark not in NotRated:
        raise ValueError("Ghi một lý do: " + "; ".join(NotRated.labels) + ".")
    return mark
