"""Doubts: what a list says of a person that may be so and seldom is; each is asked before it is written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from binhlu_portal.dates.partial_dates import completed_years
from binhlu_portal.text.normal_forms import decomposed
from binhlu_portal.text.vietnamese import APOSTROPHES, search_key
from members.card_values import LEAST_AGE, agrees
from members.choices import Gender

from .column_types import GONE as GONE_COLUMNS
from .text_keys import key, shown

OLDEST = 100
"""Nobody in the register is older as a rule."""

MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
"""The marks of Vietnamese letters: tones, circumflex, breve, horn."""

UNSEEN = "ở trang hoặc hàng đang ẩn"
STRUCK = "ở dòng bị gạch ngang"
"""Where people stand whom nobody sees, and whose names somebody has struck out."""

GONE = re.compile(
    r"\b(?:chuyen(?: sinh hoat| shd?| cong tac| dang)*(?: di| sang| (?:den|ve) (?=chi bo|cb\b|dang (?:bo|uy)|dbo?\b))"
    r"|da chuyen(?: sinh hoat| shd?| dang)*$|tu tran|da mat(?! the)|qua doi"
    r"|xoa ten|khai tru|xin ra|ra khoi dang|thoi sinh hoat|quan chung|cam tinh dang|doi tuong dang"
    r"|nguon (?:ket nap|phat trien))\b"
)
"""How lists speak of people who are members no more, or not yet."""

SAYING = re.compile(
    r"\b(?:mien (?:cong tac|sinh hoat|shd?)|lam an|lao dong (?:ngoai|o|tai)|xuat khau lao dong|dinh chi|ky luat"
    r"|om|chua benh|nghi (?:sinh hoat|thai san|om)|tam (?:vang|hoan|dung)|vang mat|di hoc|di vang)\b"
)
"""What a group says of its people that no list writes down."""

NO_NUMBER = "Dòng này chỉ có họ tên, không có số thứ tự như các dòng khác. Có phải đảng viên trong danh sách không?"
NOT_HERE = (
    "Tệp ghi “{}”. Danh sách không ghi việc thôi sinh hoạt: ghi ở hồ sơ của người này. Vẫn lưu các ô khác của dòng này?"
)
MAN_NAMED_THI = "Nam giới có tên đệm “Thị”. Họ tên, giới tính có đúng không?"
YOUNG = "Người này {} tuổi, dưới {} tuổi. Ngày sinh có đúng không?"
OLD = "Người này {} tuổi, trên {} tuổi. Ngày sinh có đúng không?"
FOREIGN = "Họ tên có chữ “{}”, không phải chữ tiếng Việt. Họ tên có đúng không?"
ADDRESSED = re.compile(r"(?:ông|bà|anh|chị|cô|chú|bác)(?= \w+ \w+)", re.IGNORECASE)
BEHIND = re.compile(r"\s[-–]\s*\S.*")
"""How somebody is addressed, and what is added behind a stroke: either may be part of a name, and seldom is."""

UNMARKED = re.compile(r"(?<!\S)(?:nguyen(?= \S)|(?<=\S )(?:van|thi)(?= \S))(?!\S)", re.IGNORECASE)
"""Family and middle names that nobody bears as they are typed here, without their marks."""

VOWELS = frozenset("aeiouy")
NO_PART = "Có phải “{}” là một phần của họ tên không?"
NO_MARKS = "Họ tên có chữ “{}” không dấu. Ghi đủ dấu, hay họ tên đúng như vậy?"
TWO_NAMES = "Ô này có phải ghi tên hai người không?"
ONE_WORD = "Họ tên chỉ có một chữ. Họ tên có đủ không?"
NUMBER_OF_ANOTHER = (
    "Đã thêm số 0 ở đầu thành {}, nhưng số này không khớp giới tính, năm sinh của người này. Số có đúng không?"
)


def called_apart(titles: Iterable[str]) -> str:
    """Return in words where people are listed whom one of `titles` calls gone or no members yet, else nothing."""
    return next((f"dưới tiêu đề “{shown(title)}”" for title in titles if title and GONE.search(key(title))), "")


def said_above(title: str) -> str:
    """Return the heading of a group that says something of its people, else nothing."""
    return shown(title) if SAYING.search(key(title)) else ""


def doubts_of(values: Mapping[str, Any], added: frozenset[str], day: date) -> Iterator[tuple[str, str]]:
    """Yield (field, question) of what is odd about a person; `added` are the numbers that got zeros put in front."""
    yield from _about_name(values)
    yield from islice(_about_gone(values), 1)  # asked once, however often it is told
    born = values.get("born_on")
    if born and (age := completed_years(born, day)) < LEAST_AGE:
        yield "born_on", YOUNG.format(age, LEAST_AGE)
    elif born and age > OLDEST:
        yield "born_on", OLD.format(age, OLDEST)
    if "citizen_id" in added:
        number = values["citizen_id"]
        if not agrees(number, values.get("gender", ""), born and born.year):
            yield "citizen_id", NUMBER_OF_ANOTHER.format(number)


def _about_gone(values):
    if standing := values.get("listed.standing"):
        yield "listed.standing", NOT_HERE.format(standing)
    for name, said in ((f"listed.{name}", said) for name, said in GONE_COLUMNS if f"listed.{name}" in values):
        yield name, NOT_HERE.format(f"{said}: {shown(values[name])}")
    if GONE.search(key(note := values.get("note", ""))):
        yield "note", NOT_HERE.format(shown(note))


def _about_name(values):
    name = values.get("full_name", "")
    words = name.lower().split()
    if values.get("gender") == Gender.MALE and "thị" in words[1:-1]:
        yield "full_name", MAN_NAMED_THI
    elif odd := next((sign for sign in name if sign.isalpha() and not _is_vietnamese(sign)), None):
        yield "full_name", FOREIGN.format(odd)
    elif "và" in words or (words and words[0] in words[2:-1]):
        yield "full_name", TWO_NAMES
    elif added := ADDRESSED.match(name) or BEHIND.search(name):
        yield "full_name", NO_PART.format(added.group().strip(" -–"))
    elif title := next((word for word in name.split() if _is_abbreviated(word)), None):
        yield "full_name", NO_PART.format(title)
    elif bare := UNMARKED.search(name):
        yield "full_name", NO_MARKS.format(bare.group())
    elif len(words) == 1:
        yield "full_name", ONE_WORD


def _is_abbreviated(word):
    """Whether a word is no syllable, as of a title: BS., ThS."""
    return "." in word or (len(word) > 1 and not VOWELS & set(search_key(word)))


def _is_vietnamese(letter):
    """Whether a letter is one of the alphabet, or one that names of minorities borrow without a mark."""
    base, *marks = decomposed(letter.lower())
    return ord(letter) in APOSTROPHES or ((base in "đ" or "a" <= base <= "z") and MARKS.issuperset(marks))
