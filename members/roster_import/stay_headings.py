"""Headings that tell of posts, of how somebody came into a cell, and of those who are there no more.

What the official book of members says of those who moved, died or left the Party is not saved: it is asked whether the
row is still one of a member (`doubts.py`).
"""

import re

from .text_keys import key

WORK = "Nơi công tác; Đơn vị công tác; Cơ quan công tác; Nơi làm việc"
"""Where somebody works: no job, and the cell only where its cells name some."""

STAY_HEADINGS = {
    "position.post": "Chức vụ Đảng; Chức vụ trong Đảng; Chức vụ chi bộ; CV Đảng",
    "position.decision_number": "Số quyết định chuẩn y; Số QĐ chuẩn y; Quyết định chuẩn y; QĐ chuẩn y; QĐ chuẩn y số; "
    "Quyết định chuẩn y số",
    "position.decision_date": "Ngày quyết định chuẩn y; Ngày QĐ chuẩn y",
    "position.decision": "Số, ngày quyết định chuẩn y; Số, ngày QĐ chuẩn y",
    "position.started_on": "Giữ chức vụ từ ngày; Ngày bổ nhiệm; Ngày bầu",
    "position.ended_on": "Giữ chức vụ đến ngày; Giữ chức vụ đến",
    "position.relieved_on": "Thôi giữ ngày; Thôi giữ từ ngày; Ngày thôi giữ; Thôi giữ chức vụ; Thôi giữ chức vụ ngày; "
    "Ngày thôi giữ chức vụ; Ngày thôi chức vụ; Ngày miễn nhiệm; Miễn nhiệm ngày; Ngày thôi tham gia cấp ủy",
    "spell.started_on": "Ngày chuyển đến; Chuyển đến; Chuyển đến ngày; Ngày về chi bộ; Ngày tiếp nhận",
    "spell.came_from": "Chuyển đến từ; Từ chi bộ; Từ ĐBCS nào; Nơi sinh hoạt trước",
    "listed.moved": "Ngày chuyển đi, đến ĐBCS nào; Ngày chuyển đi; Chuyển đi; Chuyển đi ngày; Chuyển sinh hoạt đi; "
    "Ngày chuyển đi, nơi chuyển đến; Ngày chuyển sinh hoạt đi; Chuyển đi đâu",
    "listed.died": "Ngày từ trần, lý do; Ngày từ trần; Từ trần ngày; Ngày mất; Ngày chết",
    "listed.out": "Ngày ra khỏi Đảng, hình thức; Ngày ra khỏi Đảng; Ngày ra Đảng; Ra Đảng",
}

GONE = {
    "listed.moved": re.compile(r"(?<!noi )\bchuyen (?:sinh hoat )?(?:dang )?di\b"),
    "listed.died": re.compile(r"\b(?:tu tran|qua doi|ngay mat)\b"),
    "listed.out": re.compile(r"\b(?:ra khoi dang|xoa ten|khai tru|xin ra dang)\b"),
}
"""What headings say of people who are there no more, whatever else they say."""


def told_gone(heading: str) -> str | None:
    """Return the kind of a heading that speaks of people who are there no more in other words, or None."""
    return next((kind for kind, words in GONE.items() if words.search(key(heading))), None)
