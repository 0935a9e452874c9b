"""Shown dates: what the format of a cell shows of a day, which is all that whoever typed it has known.

A spreadsheet keeps "5/1975" as the first day of that month and shows May-75; "1960" with a format of years as the first
of January. The format tells how much of the day is meant.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

MONTH, YEAR = "%m/%Y", "%Y"
BUILT_IN = {17: "mmm-yy"}
"""Formats of Excel that a file names by their number alone."""

ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""What a format says besides its letters: texts, colours and languages, spaces."""


def shown_of(code: str) -> str:
    """Format of Python for what `code`, the format of a cell, shows of a day: month, year, or "" for all of it."""
    letters = ASIDE.sub("", code.partition(";")[0]).lower()
    if "y" not in letters or set("dhs") & set(letters):
        return ""
    return MONTH if "m" in letters else YEAR


def shown_by(codes: Mapping[int, str], used: Sequence[int]) -> dict[int, str]:
    """Return {place in `used`: what is shown of a day} of the formats of cells, each the number of one of `codes`."""
    known = {**BUILT_IN, **codes}
    found = {place: shown_of(known.get(number, "")) for place, number in enumerate(used)}
    return {place: shown for place, shown in found.items() if shown}


def as_shown(value: Any, shown: str) -> Any:
    """Return a value as its cell shows it: 05/1975 of the first of May."""
    return f"{value:{shown}}" if isinstance(value, date) else value
