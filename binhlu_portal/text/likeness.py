"""Likeness of names: whether two of them may be one, typed by different people."""

import re
from difflib import SequenceMatcher

LIKE = 0.6
"""How alike the words must be in which two names differ: hoa and hon are, thcs and thpt are not."""


def nearly_same(one: str, other: str) -> bool:
    """Return whether two names, as bare words, may be one: "ban hon" and "ban hon 1", "na hoa" and "na hon".

    Two that bear different numbers are two.
    """
    numbers = [re.findall("[0-9]+", name) for name in (one, other)]
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    words, others = (re.findall("[a-z]+", name) for name in (one, other))
    if "".join(words) == "".join(others) or set(words) <= set(others) or set(others) <= set(words):
        return True
    apart = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return len(words) == len(others) and len(apart) == 1 and _mistyped(*apart[0])


def _mistyped(word, other):
    """Whether one word may be the other with a letter wrong, or too many."""
    return abs(len(word) - len(other)) <= 1 and SequenceMatcher(None, word, other).ratio() >= LIKE
