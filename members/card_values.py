"""Values of the member card as people type them: one reader for each field, whatever door it comes by.

A form, the portal's own workbook, a list of an office and a command ask the same function. It takes what was typed or
what a cell holds, and the day of it, and returns the value of the field. Digits that a spreadsheet drops, the zeros in
front, are put back where nothing else can be meant; nothing else is guessed. What cannot be read raises ValueError with
a sentence that says what to type.
"""

import re
import unicodedata
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from binhlu_portal.text.typed_text import as_text, digits_of
from binhlu_portal.text.vietnamese import bare_name, search_key
from members import ethnicity, validators
from members.choices import Gender

GENDERS = {
    **dict.fromkeys(["nam", "m", "male"], Gender.MALE),
    **dict.fromkeys(["nu", "f", "female"], Gender.FEMALE),
}
LEAST_AGE = 18
"""No one younger is a member (Điều lệ Đảng, Article 1)."""

PROVINCE_CODES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040
042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084
086 087 089 091 092 093 094 095 096
"""
PROVINCES = frozenset(PROVINCE_CODES.split())
"""The codes of provinces with which numbers begin (59/2021/TT-BCA, Annex I)."""

NO_NUMBER = re.compile(r"(?:chua|khong|mat|that lac)\b[^0-9]*")
"""What people write where somebody has no card, or no number: nothing is recorded then."""

OLD_IDENTITY = (
    "Đây là số chứng minh nhân dân cũ: ghi ở cột “Số CMND cũ”. Cột này ghi số định danh cá nhân (CCCD) gồm 12 chữ số."
)

ABROAD = re.compile(r"(?:\+|00)?84(?=0?[0-9]{9,10}$)")
SEVERAL = re.compile(r"[;,/\n]|\s-\s|\b(?:hoặc|và|hay)\b", re.IGNORECASE)
ONE_NUMBER = re.compile(r"\s*0[0-9]{3}\s*,\s*[0-9]{3}\s*,\s*[0-9]{3}\s*")
"""One number in groups that commas part."""

ASIDE = re.compile(
    r"\([^()0-9]*\)|\b(?:s?đt|dđ|đtdđ|tel|phone|mobile|zalo|điện thoại|di động|cố định|nhà riêng|số)\b[:.]?"
)
"""What stands beside a telephone number: (Zalo), ĐT:"""

NO_PHONE = re.compile(r"(?:khong|ko|k|chua|mat)(?: (?:co|dung|ro))?(?: (?:so|sdt|dt|dien thoai))?")
"""What people write where there is no telephone."""

OF_ANOTHER = re.compile(r"\b(?:vợ|chồng|con|cha|mẹ|bố|anh|chị|em|ông|bà|cháu|người nhà|gia đình|hàng xóm)\b")
"""Whose a number is that is not the member's."""

STROKE = re.compile(r"\b([bcdđghklmnpqrstvx]{1,2})[`´‘](?=\w)", re.IGNORECASE)
"""A sign typed for the apostrophe in names like H'Lan."""

NAME_SIGNS = frozenset(" '’ʼ′-.")
NO_NAMES = frozenset({"null", "none", "nan", "n a", "undefined", "true", "false", "khong", "khong co", "chua co"})
HOW_ETHNICITY = "ví dụ: Kinh, Thái, Mông, Giáy."
HOW_RELIGION = "Ghi tên tôn giáo như danh mục, không theo tôn giáo nào thì ghi “Không”."
LUONG = "“Lương” là không theo Thiên Chúa giáo. Không theo tôn giáo nào thì ghi “Không”; có thì ghi tên tôn giáo."
LOST = "Họ tên có ký tự “{}”: chữ đã hỏng khi chép hoặc đổi phông. Ghi lại họ và tên."
IN_BRACKETS = re.compile(r"\(\s*([^()]*[^\W\d_][^()]*?)\s*\)")
BESIDE = (
    "Trong ngoặc có “{}”: là tên gọi khác thì ghi ở cột “Tên gọi khác”. Ghi lại họ và tên, không ghi phần trong ngoặc."
)
IN_LETTERS = "Ghi họ và tên bằng chữ."


def read_full_name(value: Any, day: date | None = None) -> str:
    """Read the name of a person; one written in capitals only, or in small letters only, gets capital initials."""
    text = STROKE.sub(r"\1'", bare_name(as_text(value))).strip()
    if any(map(str.isdigit, text)) or not any(map(str.isalpha, text)) or search_key(text).strip(".#/ ") in NO_NAMES:
        raise ValueError(IN_LETTERS)
    if beside := IN_BRACKETS.search(text):
        raise ValueError(BESIDE.format(beside[1]))
    odd = next((sign for sign in text if not (sign in NAME_SIGNS or _is_latin(sign))), None)
    if odd:
        raise ValueError(LOST.format(odd))
    return text.title() if text.isupper() or text.islower() or text.swapcase().istitle() else text


def read_gender(value: Any, day: date | None = None) -> str:
    """Read gender: Nam or Nữ."""
    gender = GENDERS.get(search_key(as_text(value)).strip(" ."))
    if gender is None:
        raise ValueError("Ghi “Nam” hoặc “Nữ”.")
    return gender


def read_ethnicity(value: Any, day: date | None = None) -> str:
    """Read ethnicity, by any of its names: Mông, H'Mông, Mèo, Mông hoa."""
    code = ethnicity.find_ethnicity(as_text(value))
    if code is None:
        likely = ", ".join(ethnicity.alike(as_text(value)))
        raise ValueError("Ghi tên dân tộc như danh mục, " + (f"có thể là: {likely}." if likely else HOW_ETHNICITY))
    return code


def read_religion(value: Any, day: date | None = None) -> str:
    """Read religion."""
    code = ethnicity.find_religion(as_text(value))
    if code is None:
        raise ValueError(LUONG if search_key(as_text(value)).strip(" .") in ("luong", "ben luong") else HOW_RELIGION)
    return code


def read_citizen_id(value: Any, day: date | None = None) -> str:
    """Read a citizen id (CCCD), twelve digits; a spreadsheet that takes them for a number drops the zeros in front."""
    if NO_NUMBER.fullmatch(search_key(as_text(value))):
        return ""
    digits = digits_of(value)
    if len(digits) == 9:
        raise ValueError(OLD_IDENTITY)
    if len(digits) in (10, 11) and digits[0] != "0" and _may_be_citizen_id(digits.zfill(12), day):
        digits = digits.zfill(12)
    return _valid(validators.validate_citizen_id, digits)


def read_old_identity_number(value: Any, day: date | None = None) -> str:
    """Read the number of an identity card of before: nine digits, one of which a spreadsheet drops, or twelve."""
    if NO_NUMBER.fullmatch(search_key(as_text(value))):
        return ""
    digits = digits_of(value)
    digits = digits.zfill(9) if len(digits) == 8 and digits[0] != "0" else digits
    return _valid(validators.validate_old_identity_number, digits)


def read_card_number(value: Any, day: date | None = None) -> str:
    """Read the number of the Party card; seven digits, or eleven of a new one, have lost the zero in front."""
    if NO_NUMBER.fullmatch(search_key(as_text(value))):
        return ""
    digits = digits_of(value)
    if len(digits) in (7, 11) and digits[0] != "0":
        digits = f"0{digits}"
    return _valid(validators.validate_card_number, digits)


def read_profile_number(value: Any, day: date | None = None) -> str:
    """Read the number of the file (số lý lịch), whatever stands between its signs."""
    if NO_NUMBER.fullmatch(search_key(as_text(value))):
        return ""
    return _valid(validators.validate_profile_number, re.sub(r"[\s.\-_/']", "", as_text(value)).upper())


def read_phone(value: Any, day: date | None = None) -> str:
    """Read a telephone number, with the zero that a spreadsheet drops; the first of several."""
    lines = value.lower() if isinstance(value, str) else as_text(value)
    if NO_PHONE.fullmatch(search_key(lines).strip(" .-")):
        return ""
    parts = [lines] if ONE_NUMBER.fullmatch(lines) else SEVERAL.split(lines)
    first = next((part for part in parts if any(map(str.isdecimal, part))), "")
    if OF_ANOTHER.search(first):
        raise ValueError("Số này ghi là của người khác. Ghi số của đảng viên, hoặc để trống.")
    digits = ABROAD.sub("0", re.sub(r"[()]", "", digits_of(ASIDE.sub(" ", first))))
    digits = re.sub("^00(?=[1-9])", "0", digits)
    digits = "0" + digits if re.fullmatch("[1-9][0-9]{8}", digits) else digits
    if not re.fullmatch("0[0-9]{9,10}", digits):
        raise ValueError("Ghi số điện thoại gồm 10 chữ số, kể cả số 0 ở đầu.")
    return digits


def agrees(citizen_id: str, gender: str, year: int | None) -> bool:
    """Whether a citizen id says the gender and the year of birth that its bearer has, as far as both are known."""
    sign, born = int(citizen_id[3]), int(citizen_id[4:6])
    same_gender = not gender or (sign % 2 == 1) == (gender == Gender.FEMALE)
    return same_gender and (year is None or 1900 + sign // 2 * 100 + born == year)


def _may_be_citizen_id(digits, day):
    """Whether twelve digits begin with a province and name a year in which a member can be born."""
    if not digits.isdecimal() or digits[:3] not in PROVINCES:
        return False
    born = 1900 + int(digits[3]) // 2 * 100 + int(digits[4:6])
    return day is None or born <= day.year - LEAST_AGE


def _is_latin(sign):
    return sign.isalpha() and "LATIN" in unicodedata.name(sign, "")


def _valid(validate, text):
    try:
        validate(text)
    except ValidationError as error:
        raise ValueError(error.message) from error
    return text
