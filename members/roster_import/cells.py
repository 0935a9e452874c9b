"""Cell parsers of foreign lists: cells and the values they stand for.

A parser takes what a cell holds and the day on which it is read, and returns {field: value}: fields of the card under
their own names, those of levels, stays and posts behind `state.`, `spell.`, `position.`. What cannot be read raises
ValueError with a sentence that says what to type.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members import choices, ethnicity, validators
from members.models import Member, MemberState, Position, Spell

from . import dates
from .text_keys import key

Parser = Callable[[Any, date], dict[str, Any]]
"""Parser of the cells of one kind of column: (value of the cell, day of the list) to {field: value}."""

MODELS = {"": Member, "state": MemberState, "spell": Spell, "position": Position}

TICKS = frozenset({"", "x", "v", "1", "co"})
"""What marks a column of a list; a sign without letters (✓, +, *) marks it as well."""

GENDERS = {
    **dict.fromkeys(["nam", "m", "male"], choices.Gender.MALE),
    **dict.fromkeys(["nu", "f", "female"], choices.Gender.FEMALE),
}
NO_NUMBER = re.compile(r"(?:chua|khong|mat|that lac)\b.*")
ABROAD = re.compile(r"(?:\+|00)?84(?=\d{9}$)")


def field_of(name: str) -> Field:
    """Model field with a name of a list's value."""
    kind, _, plain = name.rpartition(".")
    return MODELS[kind]._meta.get_field("post" if plain == "open_post" else plain)


def read_text(name: str, value: Any, day: date | None) -> dict[str, Any]:
    """Parse text. Raises ValueError when it does not fit into its field."""
    text, longest = as_text(value), field_of(name).max_length
    if len(text) > longest:
        raise ValueError(f"Dài {len(text)} ký tự; ghi nhiều nhất {longest} ký tự.")
    return {name: text}


def read_name(value: Any, day: date | None) -> dict[str, Any]:
    """Parse the name of a person; one written in capitals only, or in small letters only, gets capital initials."""
    text = as_text(value)
    if any(map(str.isdigit, text)) or not any(map(str.isalpha, text)):
        raise ValueError("Ghi họ và tên bằng chữ.")
    if text.isupper() or text.islower():
        text = text.title()
    return read_text("full_name", text, day)


def read_name_part(value: Any, day: date | None) -> dict[str, Any]:
    """Parse a part of a name that stands in a column of its own; the whole is read once it is put together."""
    text = as_text(value)
    if not text.replace(" ", "").isalpha():
        raise ValueError("Ghi họ và tên bằng chữ.")
    return {"full_name": text}


def read_date_part(value: Any, day: date | None) -> dict[str, Any]:
    """Parse a part of a date that stands in a column of its own: 21, 3, 1956 or 21/3."""
    if not dates.PART.fullmatch(as_text(value)):
        raise ValueError("Ghi ngày, tháng, năm bằng chữ số, mỗi cột một phần.")
    return {}


def read_when(name: str, read: Callable[[Any, date], Any], value: Any, day: date | None) -> dict[str, Any]:
    """Parse a date: what `read` makes of it, {} for none."""
    found = read(value, day)
    return {name: found} if found else {}


def read_joined_and_official(value: Any, day: date) -> dict[str, Any]:
    """Parse the two dates that share a cell."""
    joined, official = dates.read_two(value, day)
    return {name: found for name, found in (("joined_on", joined), ("official_on", official)) if found}


def read_gender(value: Any, day: date | None) -> dict[str, Any]:
    """Parse gender: Nam or Nữ."""
    gender = GENDERS.get(key(as_text(value)))
    if gender is None:
        raise ValueError("Ghi “Nam” hoặc “Nữ”.")
    return {"gender": gender}


def read_mark(gender: str, value: Any, day: date) -> dict[str, Any]:
    """Parse a column Nam or Nữ: a mark, or the day of birth of a man or a woman."""
    words = key(as_text(value))
    if words in TICKS:
        return {"gender": gender}
    if words in GENDERS:
        return {"gender": GENDERS[words]}
    return {"gender": gender, "born_on": dates.read_birth(value, day)}


def read_ethnicity(value: Any, day: date | None) -> dict[str, Any]:
    """Parse ethnicity, by any of its names: Mông, H'Mông, Mèo."""
    code = ethnicity.find_ethnicity(as_text(value))
    if code is None:
        raise ValueError("Ghi tên dân tộc như danh mục, ví dụ: Kinh, Thái, Mông, Giáy.")
    return {"ethnicity": code}


def read_religion(value: Any, day: date | None) -> dict[str, Any]:
    """Parse religion."""
    code = ethnicity.find_religion(as_text(value))
    if code is None:
        raise ValueError("Ghi tên tôn giáo như danh mục, không theo tôn giáo nào thì ghi “Không”.")
    return {"religion": code}


def read_citizen_id(value: Any, day: date | None) -> dict[str, Any]:
    """Parse a citizen id (CCCD), twelve digits; a spreadsheet that takes them for a number drops the zero in front."""
    digits = _digits(value)
    if len(digits) == 9:
        raise ValueError("Đây là số chứng minh nhân dân cũ. Ghi số định danh cá nhân (CCCD) gồm 12 chữ số.")
    return {"citizen_id": _valid(validators.validate_citizen_id, digits.zfill(12) if len(digits) == 11 else digits)}


def read_card_number(value: Any, day: date | None, name: str = "card_number") -> dict[str, Any]:
    """Parse the number of the Party card; seven digits, or eleven of a new one, have lost the zero in front."""
    if NO_NUMBER.fullmatch(key(as_text(value))):
        return {}
    digits = _digits(value)
    digits = "0" + digits if len(digits) in (7, 11) else digits
    return {name: _valid(validators.validate_card_number, digits)}


def read_profile_number(value: Any, day: date | None) -> dict[str, Any]:
    """Parse the number of the file (số lý lịch), whatever stands between its signs."""
    text = re.sub(r"[\s.\-_/']", "", as_text(value)).upper()
    return {"profile_number": _valid(validators.validate_profile_number, text)}


def read_phone(value: Any, day: date | None) -> dict[str, Any]:
    """Parse a telephone number, with the zero that a spreadsheet drops; the first of several."""
    first = re.split(r"[;,/\n]|\s-\s", str(value))[0]
    digits = ABROAD.sub("0", _digits(first if isinstance(value, str) else value))
    digits = "0" + digits if re.fullmatch("[1-9][0-9]{8}", digits) else digits
    if not re.fullmatch("0[0-9]{9,10}", digits):
        raise ValueError("Ghi số điện thoại gồm 10 chữ số, kể cả số 0 ở đầu.")
    return {"phone": digits}


def _digits(value):
    """Return a number without what people put between its digits and before it."""
    return re.sub(r"[\s.\-_'`’,]", "", as_text(value))


def _valid(validate, text):
    try:
        validate(text)
    except ValidationError as error:
        raise ValueError(error.message) from error
    return text


def text_of(name: str) -> Parser:
    """Parser of a field of plain text."""
    return partial(read_text, name)


def date_of(name: str, read: Callable[[Any, date], Any] = dates.read_date) -> Parser:
    """Parser of a field of a date, which `read` reads."""
    return partial(read_when, name, read)
