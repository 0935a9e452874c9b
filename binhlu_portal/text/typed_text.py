"""Typed text: what stands in a field or in a cell as plain text, and the digits of a number as people put them."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from .vietnamese import clean

QUOTED = re.compile(r'=\s*"([^"]*)"')
"""How text files keep the zeros of a number before a spreadsheet: ="012"."""

BETWEEN = re.compile(r"[\s.\-_'`’ʼ,]")
"""What people put between the digits of a number, and before it."""

EMPTY_FRACTION = re.compile(r"([0-9]{4,}|[0-9]{1,3}(?:\.[0-9]{3})+(?=,)|[0-9]{1,3}(?:,[0-9]{3})+(?=\.))[.,]0{1,2}")
FRACTION = re.compile(r"[0-9]{5,}[.,](?:[0-9]{1,2}|0+)")
WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(\.[0-9]{3}){1,4}")
"""A whole number, with or without points between thousands."""

HOW_TO_TYPE_WHOLE, HOW_TO_TYPE_FRACTION = "Ghi một số nguyên, chỉ gồm chữ số.", "Ghi một số, ví dụ: 3,5."
HOW_TO_KEEP = "Số này có phần lẻ do bảng tính thêm vào. Ghi lại đủ các chữ số, để ô ở dạng văn bản."


def as_text(value: Any) -> str:
    """Cell as text: whole numbers without a decimal point, days as 05/02/2026, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return clean(str(value))


def digits_of(value: Any) -> str:
    """Number without what people and spreadsheets put around its digits; whatever else it holds stays.

    An empty fraction (12080000001.0) is none of its digits. Raises ValueError for any other, of which nobody knows.
    """
    text = as_text(value)
    quoted = QUOTED.fullmatch(text)
    text = quoted[1].strip() if quoted else text
    whole = EMPTY_FRACTION.fullmatch(text)
    if not whole and FRACTION.fullmatch(text):
        raise ValueError(HOW_TO_KEEP)
    return BETWEEN.sub("", whole[1] if whole else text)


def read_whole(value: Any) -> int:
    """Read a whole number: 1234, or 1.234 as offices write it."""
    text = as_text(value)
    if not WHOLE.fullmatch(text):
        raise ValueError(HOW_TO_TYPE_WHOLE)
    return int(text.replace(".", ""))


def read_fraction(value: Any) -> Decimal:
    """Read a number that may have decimals, after a comma or a point."""
    text = as_text(value)
    try:
        found = Decimal(text.replace(",", ".")) if text.isascii() else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ValueError(HOW_TO_TYPE_FRACTION)
    return found
