"""Typed text: what stands in a field or in a cell as plain text, and the digits of a number as people put them."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from .vietnamese import clean, search_key

QUOTED = re.compile(r'=\s*"([^"]*)"')
"""How text files keep the zeros of a number before a spreadsheet: ="012"."""

BETWEEN = re.compile(r"[\s.\-_'`’ʼ,]")
"""What people put between the digits of a number, and before it."""

EMPTY_FRACTION = re.compile(r"([0-9]{4,}|[0-9]{1,3}(?:\.[0-9]{3})+(?=,)|[0-9]{1,3}(?:,[0-9]{3})+(?=\.))[.,]0{1,2}")
FRACTION = re.compile(r"[0-9]{5,}[.,](?:[0-9]{1,2}|0+)")
SCIENTIFIC = re.compile(r"([1-9])[.,]([0-9]+)e\+?([0-9]{1,2})", re.IGNORECASE)
"""A number as programs shorten it."""

LABEL = re.compile(r"(?:(?:số|so)\s+)?(?:cccd|cmnd|thẻ|the|tđv|tdv)\b\s*[.:]?\s*|(?:số|so)\b\s*[.:]?\s*", re.IGNORECASE)
"""What stands before a number and says what it is."""

WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(\.[0-9]{3}){1,4}")
"""A whole number, with or without points between thousands."""

CURRENCY = re.compile(r"(?<=[0-9]{3})\s*(?:đ|đồng|vnđ|vnd)\.?$", re.IGNORECASE)
"""What is written behind an amount of money."""

IN_WORDS = re.compile(
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9}(?:[.,][0-9]{1,3})?)\s*"
    r"(?:(?P<million>triệu|trieu|tr)|nghìn|ngàn|nghin|ngan|k)\.?(?:\s*(?:đ|đồng|vnđ|vnd)\.?)?",
    re.IGNORECASE,
)
"""An amount in millions or thousands: 5,2 triệu, 500 nghìn đồng."""

HOW_TO_TYPE_WHOLE, HOW_TO_TYPE_FRACTION = "Ghi một số nguyên, chỉ gồm chữ số.", "Ghi một số, ví dụ: 3,5."
SAYS_NOTHING = frozenset({"khong", "khong co", "chua", "chua co", "co"})
"""Words that choose nothing, though a label may begin with them: "Không" is no "Không hoàn thành nhiệm vụ"."""

GROUPED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""A point before three digits: it parts thousands, or a fraction."""

TWO_NUMBERS = "“{}” có thể là {} hoặc {}. Ghi rõ một trong hai."
HOW_TO_KEEP_ALL = "Bảng tính đã rút gọn số này, mất chữ số. Ghi lại đủ các chữ số, để ô ở dạng văn bản."
HOW_TO_KEEP = "Số này có phần lẻ do bảng tính thêm vào. Ghi lại đủ các chữ số, để ô ở dạng văn bản."


def as_text(value: Any) -> str:
    """Cell as text: whole numbers without a decimal point, days as 05/02/2026, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return clean(str(value))


def digits_of(value: Any) -> str:
    """Number without what people and spreadsheets put around its digits; whatever else it holds stays.

    An empty fraction (12080000001.0) is none of its digits, and 1.2080000001E+10 has them all. Raises ValueError for
    any other fraction, of which nobody knows, and where digits were left out.
    """
    text = as_text(value)
    quoted = QUOTED.fullmatch(text)
    text = quoted[1].strip() if quoted else text
    text = text[label.end() :] if (label := LABEL.match(text)) else text
    if short := SCIENTIFIC.fullmatch(text):
        first, more, places = short.groups()
        if len(more) != int(places):
            raise ValueError(HOW_TO_KEEP_ALL)
        return first + more
    whole = EMPTY_FRACTION.fullmatch(text)
    if not whole and FRACTION.fullmatch(text):
        raise ValueError(HOW_TO_KEEP)
    return BETWEEN.sub("", whole[1] if whole else text)


def read_whole(value: Any) -> int:
    """Read a whole number: 1234, or 1.234 as offices write it, 1.234.000đ, and 1,2 triệu."""
    text = CURRENCY.sub("", as_text(value))
    if amount := IN_WORDS.fullmatch(text):
        return _in_words(amount)
    if not WHOLE.fullmatch(text):
        raise ValueError(HOW_TO_TYPE_WHOLE)
    return int(text.replace(".", ""))


def _in_words(amount):
    """Return the number of an amount in words. A point before three digits parts thousands; nothing is rounded."""
    number = amount["number"]
    number = number.replace(".", "") if GROUPED.fullmatch(number) or number.count(".") > 1 else number.replace(",", ".")
    whole = Decimal(number) * (1_000_000 if amount["million"] else 1000)
    if whole % 1:
        raise ValueError(HOW_TO_TYPE_WHOLE)
    return int(whole)


def read_fraction(value: Any) -> Decimal:
    """Read a number that may have decimals, after a comma or a point."""
    text = as_text(value)
    if isinstance(value, str) and GROUPED.fullmatch(text):
        raise ValueError(TWO_NUMBERS.format(text, text.replace(".", ""), text.replace(".", ",")))
    try:
        found = Decimal(text.replace(",", ".")) if text.isascii() else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ValueError(HOW_TO_TYPE_FRACTION)
    return found


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Normalised key: the bare words of `text`, small letters and digits, no marks, single spaces.

    Th.S and ThS are one.
    """
    plain = re.sub(r"(?<=[a-z])\.(?=[a-z])", "", search_key(text))
    return re.sub(r"[\W_]+", " ", plain).strip()


@lru_cache(maxsize=128)
def _meant(labels):
    """Return {search key: code} of `labels`, pairs of code and label: made once for all cells of a column."""
    return {search_key(str(code)): code for code, _ in labels} | {search_key(label): code for code, label in labels}


@lru_cache(maxsize=128)
def _also_meant(words):
    """Return {key: code} of other words, pairs of code and words."""
    return {key(word): code for code, known in words for word in known.split("; ")}


def choice_in(
    text: str,
    labels: Mapping[Any, str],
    read: Callable[[Any, date | None], str] | None = None,
    words: Mapping[Any, str] | None = None,
) -> Any:
    """Return the code of `labels` {code: label} that typed text means, None for none.

    It is the code itself, the label in any case and without marks, one of other `words` {code: "BTV; Ban Thường vụ"},
    or one that `read` knows; else, without a reader, the beginning of one label alone that ends where one of its words
    does.
    """
    said, keys = search_key(text).rstrip("."), _meant(tuple(labels.items()))
    if said in keys:
        return keys[said]
    also = _also_meant(tuple((code, known) for code, known in (words or {}).items() if code in labels))
    if key(text) in also:
        return also[key(text)]
    if read:
        try:
            return read(text, None)
        except ValueError:
            return None
    found = {code for label, code in keys.items() if f"{label} ".startswith(f"{said} ")}
    return found.pop() if len(found) == 1 and said not in SAYS_NOTHING else None
