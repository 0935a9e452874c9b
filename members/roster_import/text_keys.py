"""Text keys: what the parts of a list look like to a reader who knows no marks and no punctuation."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from binhlu_portal.text.normal_forms import composed
from binhlu_portal.text.typed_text import as_text
from binhlu_portal.text.typed_text import key as key

MOST_TOLD = 12
"""How many rows a sentence names."""

NOTHING = re.compile(r"[-–—_./\\…?\s]*(?:(?:không|khong|chưa|chua) (?:rõ|ro)[-–—_./\\…?\s]*)?", re.IGNORECASE)
"""What offices write in a cell of which they know nothing."""

DITTO = re.compile(
    r"""\s*(?:["“”″〃]|''|’’|-?\s*//\s*-?|[-–.\s]*nt[-–.\s]*|[-–.\s]*n\.\s?t[-–.\s]*|[-–.\s]*như trên[-–.\s]*)\s*""",
    re.IGNORECASE,
)
"""What offices write in a cell that says the same as the one above."""


@lru_cache(maxsize=20_000)
def marked_words(text: str) -> tuple[str, ...]:
    """Words of `text` as `key` counts them, in small letters, with their marks."""
    plain = re.sub(r"(?<=\w)\.(?=\w)", "", composed(text).lower())
    return tuple(re.sub(r"[\W_]+", " ", plain).split())


def is_nothing(value: Any) -> bool:
    """Blank test: whether a cell says nothing."""
    return value is None or (isinstance(value, str) and NOTHING.fullmatch(value) is not None)


def is_ditto(value: Any) -> bool:
    """Repetition test: whether a cell says that it says what stands above it."""
    return isinstance(value, str) and DITTO.fullmatch(value) is not None


def shown(value: Any) -> str:
    """Excerpt of a cell as a message shows it."""
    return as_text(value)[:60]


def enumerated(rows: Sequence[Any]) -> str:
    """Numbers of rows in a sentence, not too many."""
    return ", ".join(map(str, rows[:MOST_TOLD])) + (" …" if len(rows) > MOST_TOLD else "")
