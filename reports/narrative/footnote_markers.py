"""Footnote markers: the place of a note among the notes, between two letters that no text has; and one for no text."""

import re

CALL_LETTERS = "[\ue000-\ue002]"
CALL = re.compile("\ue000([0-9]+)\ue001")

NO_PARAGRAPH = "\ue002"
"""What stands where nothing is said: a paragraph that holds nothing else is left out."""


def call(index):
    """Return the letters that call the note at `index`."""
    return f"\ue000{index}\ue001"
