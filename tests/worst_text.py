"""Texts that cost most, and what tells that nobody has paid for them."""

import re
import unicodedata

from binhlu_portal.text.normal_forms import MARKS, MOST_MARKS

MANY = 1_000_000

BOUND = 2
"""Seconds of the processor, on a busy machine too; what grows with the square of a length takes minutes."""

RUN = re.compile(f"[{MARKS}]{{{MOST_MARKS + 1}}}")
"""A run of marks for which the time grows with the square of its length."""


def worst(length):
    """Return texts of `length` characters that cost most, by what they are."""
    pieces = {
        "marks": "a" + "\u0323\u0302" * length,
        "letters with many marks": ("a" + "\u0302" * MOST_MARKS) * length,
        "full width": "\uff21" * length,
        "spaces": "a " * length,
        "lines": "a\r\n" * length,
        "digits": "9" * length,
        "digits of another writing": "\u0663" * length,
        "strokes": "1/" * length,
        "brackets": "[(" * length,
    }
    return {name: text[:length] for name, text in pieces.items()}


def watch(monkeypatch):
    """Let no text be normalised that costs more than its length."""
    normalize = unicodedata.normalize

    def watched(form, text):
        assert not RUN.search(text), f"{len(text)} characters are normalised"
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", watched)
