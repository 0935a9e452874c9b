"""CSV: text files of values separated by semicolons, commas, tabs or bars, in the encodings that offices have used."""

import codecs
import csv
import re
from collections import Counter
from contextlib import suppress
from io import StringIO
from itertools import islice

from binhlu_portal.text.legacy_fonts import readability

from .limits import LARGEST, Unreadable, check_cells, check_size

SEPARATORS = "\t|;,"
"""The rarer ones in text come first."""

HEADING = 40  # characters of a heading
DIGIT = re.compile(r"\d")
LOOKED_AT = 50  # rows, to tell the separator
QUOTED = re.compile(r'=\s*"([^"]*)"')
"""How text files keep a value as it is typed before a spreadsheet: ="012"."""

MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LOCAL = ("cp1258", "latin-1")
"""What Vietnamese Windows wrote, and what the old fonts (TCVN3, VNI) are; whichever reads better is meant."""

csv.field_size_limit(LARGEST)  # how long a value may be is said of all files alike

CONTROLS = (*range(9), *range(14, 32))


def text_of(content: bytes) -> str | None:
    """Decode a text file (encoding detection), None when it is none: no text holds control characters."""
    marked = [encoding for mark, encoding in MARKED if content.startswith(mark)]
    texts = _decoded(content, marked or ["utf-8"]) or ([] if marked else _decoded(content, LOCAL))
    text = max(texts, key=readability, default=None)
    return None if text is None or any(chr(code) in text for code in CONTROLS) else text


def _decoded(content, encodings):
    """Return the texts that the bytes are in those of `encodings` in which they are any."""
    found = []
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            found.append(content.decode(encoding))
    return found


def rows_of(text: str) -> list[list[str]]:
    """Parse CSV: the rows of texts; all values stay text. Raises Unreadable."""
    rows, width = [], 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator_of(text), strict=True):
            while row and not row[-1]:
                row.pop()
            rows.append([quoted[1] if (quoted := QUOTED.fullmatch(value)) else value for value in row])
            if row:
                width = max(width, len(row))
                check_size(len(rows), width, "Tệp")
                check_cells(len(rows) * width)
    except csv.Error:
        raise Unreadable(
            f'Hàng {len(rows) + 1} của tệp CSV có dấu ngoặc kép (") không khép đúng. '
            f"Sửa hàng đó, hoặc lưu bảng thành tệp .xlsx rồi tải lên lại."
        ) from None
    return rows


def separator_of(text: str) -> str:
    """Delimiter detection: the first that parts a row of headings and most rows beneath alike, else most rows.

    Addresses have commas in every row, and some headings and titles have; headings are short words without digits.
    """
    start = text[:100_000]
    return next(
        (separator for separator in SEPARATORS if _is_headed(start, separator)),
        max(SEPARATORS, key=lambda separator: _agreement(start, separator)),
    )


def _is_headed(text, separator):
    """Whether a row of headings has rows as wide beneath it, most of all; a note may stand behind."""
    rows = [row for row in _first_rows(text, separator) if any(row)]
    for at, row in enumerate(rows):
        if len(row) > 2 and all(0 < len(value) <= HEADING for value in row) and not DIGIT.search("".join(row)):
            beneath = [len(each) - len(row) in (0, 1) for each in rows[at + 1 :]]
            if beneath and 2 * sum(beneath) > len(beneath):
                return True
    return False


def _agreement(text, separator):
    """Return (rows of the commonest width, that width), counting only rows of several values."""
    widths = Counter(map(len, _first_rows(text, separator)))
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _first_rows(text, separator):
    return [*islice(csv.reader(StringIO(text, newline=""), delimiter=separator), LOOKED_AT)]
