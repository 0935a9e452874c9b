"""Footnote markers: the place of a note among the notes, between two letters that no text has."""

import re

CALL_LETTERS = "[\ue000\ue001]"
CALL = re.compile("\ue000([0-9]+)\ue001")


def call(index):
    """Return the letters that call the note at `index`."""
    return f"\ue000{index}\ue001"
