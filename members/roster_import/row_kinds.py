"""Rows of a list that are no person: numbers of columns, repeated headings, totals, signatures, names of groups."""

import re
from string import ascii_lowercase
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from organizations.choices import Kind

from .text_keys import is_nothing, key, marked_words

GROUPED = frozenset({Kind.PARTY_ORGANIZATION, Kind.GRASSROOTS_CELL, Kind.DEPARTMENTAL, Kind.SUBORDINATE_CELL})
"""Kinds into which lists of units are grouped."""

Cells = dict[int, Any]
"""The cells of a row that say something, by column."""

MARKER = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|[0-9]{1,2})(?:\s*[.):-]\s*|\Z)")
COUNT = re.compile(r"\(?\s*[0-9]+\s*(?:đ/?c|đồng chí|đảng viên|đv|người)?\s*\)?", re.IGNORECASE)
RATE = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*%?")
ITS_COUNT = re.compile(r"\s*[:(–-]?\s*\(?[0-9]+\s*(?:đ/?c|đồng chí|đảng viên|đv|người)\b.*\Z|\s*:\s*\Z", re.IGNORECASE)

UNITS = re.compile(
    r"(?:chi bo|dang bo|cb|ban|thon|khoi|tdp|to dan pho|truong|tram|cong an|quan su|ubnd|co quan|benh vien)\b.+"
)
"""How the name of a unit begins, without its marks."""

MARKED_UNITS = frozenset({"đảng", "bản", "thôn", "khối", "tổ", "trường", "trạm", "công", "quân", "cơ", "bệnh"})
MARKED_TOTALS = frozenset({"tổng", "cộng", "tỷ", "tỉ", "ấn"})
"""The first words of units and of totals with their marks: Bàn, Trương, Tòng and Tống begin names of people."""

TITLE = re.compile(r"\b(?:danh sach|dang vien|quan chung|chi bo|dang bo)\b")
"""What the titles of lists speak of."""

CELL = re.compile(r"(?:chi bo|dang bo|cb)\b")
TOTAL = re.compile(
    r"(?!tong cong ty\b)(?:tong(?: cong| so)?|ty le|trong do|danh sach (?:nay )?(?:co|gom)|an dinh danh sach)(?: .*)?"
    r"|cong(?: (?:so|chung|lai|cac|toan|tat ca|danh sach|dang vien|dv|dong chi|[0-9]).*)?"
)
"""Công an, Công ty and Cộng đồng begin names of units."""

TOTAL_NAMES = re.compile(r"(?:tong|cong) (?!cong\b|so\b)[a-z]+(?: .*)?")
"""Tống and Công begin names as well."""

PEOPLE = re.compile(
    r"(?:nam|nu)(?: gioi)?|(?:(?:ban )?chi|cap) uy\b.*|ban chap hanh\b.*|(?:pho )?bi thu\b.*|uy vien\b.*|to dang\b.*"
    r"|(?:chinh thuc|du bi|duoc mien|mien (?:cong tac|sinh hoat)|dinh chi)\b.*"
)
"""Into what people are grouped besides units."""

COLUMN_NUMBER = re.compile(r"^\s*[(\[]?\s*([0-9]{1,2}|[A-Za-z])\s*[)\]]?\s*(?:=.*)?$")
"""The number of a column beneath its heading, and of which others it is the sum."""

SIGNED = re.compile(
    r"t ?m .+|k ?t .*|nguoi lap\b.*|ky (?:ten|ghi ro)\b.*|noi nhan\b.*|xac nhan cua .*"
    r"|.+ ngay [0-9 ]*thang [0-9 ]*nam [0-9 ]*"
)
"""What stands above signatures, whatever else is in the row."""

SIGNING = re.compile(
    r"(?:(?:pho )?(?:bi thu|chu tich|hieu truong|giam doc|chanh van phong|truong (?:ban|phong|tram|cong an))|thu truong"
    r"|(?:can bo|nguoi) (?:tong hop|phu trach|theo doi|kiem tra|duyet))"
    r"(?: (?:thuong truc|chi bo|dang uy|ubnd|hdnd|xa|don vi|co quan))*"
)
"""As what people sign."""


def key_of(value: Any) -> str:
    """Return the bare words of a cell."""
    return key(as_text(value))


def cells_in(row: list[Any]) -> Cells:
    """Return {column: value} of the cells that say something."""
    return {column: value for column, value in enumerate(row) if not is_nothing(value)}


def numbers_columns(filled: Cells) -> bool:
    """Whether a row numbers the columns: (1), (2), (3) = (1) + (2) …; or A, B, 1, 2 … as statistics do."""
    texts = [COLUMN_NUMBER.sub(r"\1", as_text(value)).lower() for value in filled.values()]
    letters = next((at for at, text in enumerate(texts) if text.isdecimal()), len(texts))
    first = int(texts[letters]) if letters < len(texts) else 1
    numbers = [str(number) for number in range(first, first + len(texts) - letters)]
    return len(texts) > 2 and (not letters or first == 1) and texts == [*ascii_lowercase[:letters], *numbers]


def repeats(row: list[Any], heads: list[list[Any]]) -> bool:
    """Whether a row says what a row of headings says, as at the top of the next printed page."""
    return any(
        all(key_of(head[column]) == key_of(value) for column, value in enumerate(row) if not is_nothing(value))
        for head in heads
    )


def begins_unit(text: str) -> bool:
    """Whether a text begins as the name of a unit does; by its marks, where it has any."""
    return UNITS.fullmatch(key(text)) is not None and _is_marked(text, MARKED_UNITS)


def begins_total(text: str) -> bool:
    """Whether a text begins as what totals a list does; by its marks, where it has any."""
    return TOTAL.fullmatch(key(text)) is not None and _is_marked(text, MARKED_TOTALS)


def _is_marked(text, firsts):
    first = next(iter(marked_words(text)), "")
    return text.isascii() or first.isascii() or first in firsts


def closes(filled: Cells, told: list[Any]) -> bool:
    """Whether a row totals the people above it, or begins what stands beneath the list, in whatever columns."""
    words = [as_text(value) for value in filled.values() if isinstance(value, str)]
    texts = [key(word) for word in words]
    totals = bool(texts) and begins_total(words[0])
    own = [text for at, text in enumerate(texts) if SIGNED.fullmatch(text) or SIGNING.fullmatch(text) or totals > at]
    others = [value for value in told if key_of(value) not in own]
    counts = [COUNT.fullmatch(text) or (totals and RATE.fullmatch(text)) for text in map(as_text, others)]
    if not all(counts[1:]):
        return False
    if totals and all(counts):
        numbered = as_text(next(iter(filled.values()))).isdecimal()  # no total has a number of its own
        return not ((told or numbered) and TOTAL_NAMES.fullmatch(texts[0]))
    return signs(filled)


def signs(filled: Cells) -> bool:
    """Whether a row begins the signatures beneath a list."""
    texts = [key_of(value) for value in filled.values() if isinstance(value, str)]
    return any(map(SIGNED.fullmatch, texts)) or (bool(texts) and all(map(SIGNING.fullmatch, texts)))


def group(filled: Cells, told: list[Any]) -> str | None:
    """Return the text naming the unit of the rows beneath, "" when a group is no unit, None for what is no group.

    A group says nothing about a person, except how many there are. Its name behind a number or a letter may stand in
    the column of something else.
    """
    texts = [as_text(value) for value in filled.values()]
    alone = len(texts) == 2 and MARKER.fullmatch(texts[0]) and _is_known(ITS_COUNT.sub("", texts[1]))
    if not (alone or all(COUNT.fullmatch(as_text(value)) for value in told)):
        return None
    marked = MARKER.match(texts[0])
    text = texts[0][marked.end() :] if marked else texts[0]
    text = text or (texts[1] if len(texts) > 1 else "")
    text = ITS_COUNT.sub("", text).strip(" .:-–")
    words = key(text)
    if CELL.match(words):
        return text
    if (TITLE.search(words) or PEOPLE.fullmatch(words)) and (marked or len(filled) == 1):
        return ""
    lettered = marked and not marked.group()[0].isdigit() and words
    return text if lettered or ((marked or len(filled) == 1) and begins_unit(text)) else None


def _is_known(name):
    """Whether a text names a unit, or people who are grouped besides units."""
    words = key(name)
    return any((CELL.match(words), begins_unit(name), PEOPLE.fullmatch(words)))


def kind_named(text: str) -> Kind | None:
    """Return the kind of organization that a text names, and no unit: "Các chi bộ trực thuộc", "Đảng bộ cơ sở"."""
    words = re.sub(r"^cac ", "", key(text))
    above = r"(?: (?:(?:truc thuoc|cua) )?(?:dang uy|dang bo)\b.*)?"
    return next((kind for kind in GROUPED if re.fullmatch(key(kind.label) + above, words)), None)


def is_lettered(filled: Cells) -> bool:
    """Whether a row begins with a letter or a Roman number, as the heads of groups do among numbered rows."""
    marked = MARKER.match(as_text(next(iter(filled.values())))) if filled else None
    return bool(marked) and not marked.group()[0].isdigit()


def group_in(filled: Cells) -> str | None:
    """Return the name of the group that a row begins among units: lettered, or alone in its row; None for no group."""
    texts = [as_text(value) for value in filled.values()]
    marked, lettered = MARKER.match(texts[0]) if texts else None, is_lettered(filled)
    if not texts or not (lettered or (len(texts) == 1 and not marked)):
        return None
    named = texts[0][marked.end() :] if lettered else texts[0]
    return ITS_COUNT.sub("", named or (texts[1] if len(texts) > 1 else "")).strip(" .:-–")
