"""Shown dates: what the format of a cell shows of a day, which is all that whoever typed it has known.

A spreadsheet keeps "5/1975" as the first day of that month and shows May-75; "1960" with a format of years as the first
of January. The format tells how much of the day is meant.
"""

import re
from datetime import date
from typing import Any

MONTH, YEAR = "%m/%Y", "%Y"

ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""What a format says besides its letters: texts, colours and languages, spaces."""


def shown_of(code: str) -> str:
    """Format of Python for what `code`, the format of a cell, shows of a day: month, year, or "" for all of it."""
    letters = ASIDE.sub("", code.partition(";")[0]).lower()
    if "y" not in letters or set("dhs") & set(letters):
        return ""
    return MONTH if "m" in letters else YEAR


def as_shown(value: Any, shown: str) -> Any:
    """Return a value as its cell shows it: 05/1975 of the first of May."""
    return f"{value:{shown}}" if isinstance(value, date) else value
