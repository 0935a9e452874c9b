"""Text keys: what the parts of a list look like to a reader who knows no marks and no punctuation."""

import re
from functools import lru_cache
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.text.normal_forms import composed
from binhlu_portal.text.vietnamese import search_key

NOTHING = re.compile(r"[-–—_./\\…?\s]*(?:(?:không|khong|chưa|chua) (?:rõ|ro)[-–—_./\\…?\s]*)?", re.IGNORECASE)
"""What offices write in a cell of which they know nothing."""


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Normalised key: the bare words of `text`, small letters and digits, no marks, single spaces.

    Th.S and ThS are one.
    """
    plain = re.sub(r"(?<=[a-z])\.(?=[a-z])", "", search_key(text))
    return re.sub(r"[\W_]+", " ", plain).strip()


@lru_cache(maxsize=20_000)
def marked_words(text: str) -> tuple[str, ...]:
    """Words of `text` as `key` counts them, in small letters, with their marks."""
    plain = re.sub(r"(?<=\w)\.(?=\w)", "", composed(text).lower())
    return tuple(re.sub(r"[\W_]+", " ", plain).split())


def is_nothing(value: Any) -> bool:
    """Blank test: whether a cell says nothing."""
    return value is None or (isinstance(value, str) and NOTHING.fullmatch(value) is not None)


def shown(value: Any) -> str:
    """Excerpt of a cell as a message shows it."""
    return as_text(value)[:60]
