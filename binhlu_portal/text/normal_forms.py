"""Normal forms of Unicode, in time that grows with the length of a text and no faster.

Whoever puts marks in their order compares each with those before it, so that a letter with 400,000 marks keeps a
processor for half a minute. No writing needs more than a few on one letter: of a longer run the first ones stay, as
many as the Stream-Safe Text Format allows (Unicode Standard Annex 15, section 13).
"""

import re
import unicodedata

MOST_MARKS = 30
"""Marks on one letter."""

BLOCKS = range(0x300, 0x1E950)
"""Where in Unicode marks are found."""

MARKS = "".join(chr(code) for code in BLOCKS if unicodedata.combining(chr(code)))
LONG_RUN = re.compile(f"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")


def composed(text: str) -> str:
    """Normalise to NFC: every letter and its marks as one character where there is one."""
    return unicodedata.normalize("NFC", _stream_safe(text))


def decomposed(text: str) -> str:
    """Normalise to NFD: every mark after its letter."""
    return unicodedata.normalize("NFD", _stream_safe(text))


def compatible(text: str) -> str:
    """Normalise to NFKC: composed, and what only looks different, such as full-width letters, made the same."""
    return unicodedata.normalize("NFKC", _stream_safe(text))


def _stream_safe(text):
    return text if len(text) <= MOST_MARKS or text.isascii() else LONG_RUN.sub(r"\1", text)
