"""Vietnamese text, numbers and dates: Unicode normalisation, sort keys, search keys, and formats of print.

One word can reach the portal as different code points (composed or not, `hoà` or `hòa`, with invisible characters), and
no database sorts a name by its last word. So text is cleaned once, and the keys for sorting and searching are kept in
columns of their own that every database compares alike.
"""

import datetime
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from .normal_forms import MARKS, composed, decomposed

NOTHING = "–"
"""What stands for a figure or a date that is not known."""

# Ð and Ɖ look like Đ and come from old fonts; the others are zero-width characters that copied text brings along.
LOOKALIKES = str.maketrans("ÐðƉɖ", "ĐđĐđ", "\u200b\u200c\u200d\u2060\ufeff")

TONES = {mark: str(rank) for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
"""The tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng. No mark (ngang) comes before them."""

APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ′`´＇", "'"))
POSTS = r"(?:p?bt(?:cb|[đd]u)?|(?:ph[óo] )?b[íi] th[ưu]|c[uư]v|chi [ủu]y vi[êe]n|[đd]?uv|[đd]v(?:db)?)"
BESIDE_A_NAME = re.compile(
    r"^(?:[đd]\s*[/.]\s*c|đc\s*[.:]|đồng chí|dong chi)(?![^\W_])[\s.:]*"
    r"|^(?:ông|bà|ong|ba)\s+(?=\w+\s+\w+\s+\w)"
    rf"|\s*[-–]\s*{POSTS}\.?\s*$|\s*\((?:{POSTS}|[a-zđ0-9])\.?\)(?=\s|$)|\*+",
    re.IGNORECASE,
)
"""What is no part of a name though it stands beside it, with marks or without: Đ/c, đ.c, ông, (A), (BT), - BT, *"""

Y_AS_I = re.compile(r"(?<=[bcdghklmnpqrstvx])y\b|(?<=qu)y\b")

MARK = re.compile(f"[{MARKS}]")
FIELD_END, WORD_END = "00", "01"
LETTERS = {letter: f"{rank:02}" for rank, letter in enumerate("0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=2)}
"""The place of every letter in the Vietnamese alphabet, after those of the two marks above, always two digits wide."""


def clean(text: str) -> str:
    """Normalise `text` as it is stored: composed (NFC), on one line, with single ordinary spaces and nothing invisible.

    Text typed with a TCVN3 font must be converted before: its letter ư is a soft hyphen, which stays untouched here.
    """
    written = text if text.isascii() else composed(text.translate(LOOKALIKES))
    return " ".join(written.split())


def search_key(text: str) -> str:
    """Search key: `text` in lower case without diacritics, so `dang thi hoa` finds Đặng Thị Hoà and Hòa.

    Where the tone mark stands (`uỷ`, `ủy`) makes no difference once there are no marks.
    """
    return clean(text.lower() if text.isascii() else MARK.sub("", _decomposed(text)).replace("đ", "d"))


MOST_WORDS = 20
"""Words of a search that are looked for: each is a condition of its own, and no name has as many."""


def search_words(text: str) -> list[str]:
    """Search words: the different words of a typed search, as search keys, the first `MOST_WORDS` of them."""
    return list(dict.fromkeys(search_key(text).split()))[:MOST_WORDS]


def bears(name: str, wanted: Iterable[str]) -> bool:
    """Whether each of the `search_words` wanted is found in a name."""
    key = search_key(name)
    return all(word in key for word in wanted)


def bare_name(text: str) -> str:
    """Name of somebody without what people write beside it (`BESIDE_A_NAME`)."""
    return " ".join(BESIDE_A_NAME.sub(" ", text.strip()).split())


def name_key(name: str) -> str:
    """Search key of names of people: one for what is said alike and for what is typed beside a name.

    ’ and ' are one sign, y and i after a consonant one sound (Lý, Lí).
    """
    plain = search_key(bare_name(name.translate(APOSTROPHES)))
    return " ".join(Y_AS_I.sub("i", plain).split())


def name_sort_key(full_name: str) -> str:
    """Sort key (collation) of people: by given name (the last word), then middle names, then family name.

    The whole name is compared letter by letter in the order of the Vietnamese alphabet, and only names with the same
    letters by their tones: Á, An, Án, Anh. The key holds nothing but digits, so all collations order it the same; its
    length is at most three times that of the name and seven more. Punctuation is passed over.
    """
    words = clean(full_name).split()
    fields = [words[-1:], words[1:-1], words[:-1][:1]]
    letters = "".join(WORD_END.join(map(_letter_ranks, field)) + FIELD_END for field in fields)
    return letters + "".join(_tone_ranks(word) for field in fields for word in field)


def number(value: int | Decimal | None) -> str:
    """Number format with a point between thousands and a decimal comma: 1.234; – for None."""
    return NOTHING if value is None else f"{value:,}".translate(str.maketrans(",.", ".,"))


def percent(value: Decimal | None, places: int) -> str:
    """Percentage format, rounded half up to `places` decimals, on one line with its sign: 44,5 %; – for None."""
    if value is None:
        return NOTHING
    return f"{number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))}\N{NO-BREAK SPACE}%"


def decimals(value: Decimal | None, least: int) -> int:
    """Return how many decimals `value` has, but not fewer than are usual."""
    return least if value is None else max(least, -value.normalize().as_tuple().exponent)


def document_percent(value: Decimal | None, places: int) -> str:
    """Percentage format of documents, as offices write it: 89,47%, 4,3%, 11%, 100%; – for None."""
    if value is None:
        return NOTHING
    digits = number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return f"{digits.rstrip('0').rstrip(',') if places else digits}%"


def day(date: datetime.date | None) -> str:
    """Date format of tables and pages: 05/02/2026; – for None."""
    return NOTHING if date is None else f"{date:%d/%m/%Y}"


def clock(at: datetime.datetime) -> str:
    """Time format of tables, by the clock on the wall (local time): 14:05 05/02/2026."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"


def document_day(date: datetime.date) -> str:
    """Date format of documents: 01/7/2025, 28/10/2025, 21/01/2019.

    Only days below ten and the first two months take a leading zero, so that no digit can be put before them
    (30/2020/NĐ-CP, 05/3/2020, appendix I; Party documents follow the same custom).
    """
    return f"{day_and_month(date.month, date.day)}/{date.year}"


def day_and_month(month: int, day: int) -> str:
    """Date format of documents without a year: 03/02, 19/5."""
    return f"{day:02}/{month:02}" if month <= 2 else f"{day:02}/{month}"


def _decomposed(text):
    """Return `text` in lower case with every mark after its letter."""
    return decomposed(text.translate(LOOKALIKES).lower())


def _letter_ranks(word):
    """Return the places of the letters of `word`, tones left out; a foreign letter counts as its plain form."""
    toneless = "".join(character for character in _decomposed(word) if character not in TONES)
    letters = composed(toneless)
    return "".join(LETTERS.get(letter) or LETTERS.get(_decomposed(letter)[0], "") for letter in letters)


def _tone_ranks(word):
    """Return the tones of `word` in their order, closed by a zero; on which letter one stands does not matter."""
    return "".join(TONES.get(character, "") for character in _decomposed(word)) + "0"
