"""Unit matching: which cell the text of a list means, its name or its code, however it is typed.

Anything else is asked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from binhlu_portal.text.vietnamese import clean
from organizations.choices import CELLS
from organizations.models import UnitPeriod

from .text_keys import key

OFFERED = 6
"""How many cells a question offers."""


@dataclass(frozen=True)
class UnitMatch:
    """Unit match: the id of a cell, or the [(id, name)] of those the text may mean, the likeliest first."""

    unit: int | None
    candidates: tuple[tuple[int, str], ...] = ()


def find_units(texts: Iterable[str | None], places: Iterable[UnitPeriod]) -> dict[str, UnitMatch]:
    """Match units: {text: UnitMatch} for the texts of a list, among the `places` (unit periods) that the user may fill.

    "Chi bộ bản 01", "CB Bản 1" and "chi bo ban 01" are one name; marks tell apart what is the same without them.
    """
    cells = [place for place in places if place.kind in CELLS]
    by_code, by_name = {}, defaultdict(list)
    for place in cells:
        by_code[place.unit.code.lower()] = place.unit_id
        by_name[unit_key(place.name)].append(place)
    return {text: _find(text, cells, by_code, by_name) for text in dict.fromkeys(texts) if text}


def unit_key(name: str) -> str:
    """Normalised key of a unit's name: its bare words, without "Chi bộ" in front and without zeros before numbers."""
    words = re.sub(r"^(?:chi bo|cb)\b(?: so\b(?= [0-9]))?", "", key(name)).strip()
    return re.sub(r"\b0+(?=[0-9])", "", words)


def _find(text, cells, by_code, by_name):
    if text.strip().lower() in by_code:
        return UnitMatch(by_code[text.strip().lower()])
    found = by_name.get(unit_key(text), [])
    if len(found) > 1:
        marked = [place for place in found if _marked(place.name) == _marked(text)]
        found = marked if len(marked) == 1 else found
    if len(found) == 1:
        return UnitMatch(found[0].unit_id)
    offered = found or sorted(cells, key=lambda place: _likeness(text, place.name), reverse=True)[:OFFERED]
    return UnitMatch(None, tuple((place.unit_id, place.name) for place in offered))


def _marked(name):
    """Return the words of a name with their marks."""
    words = re.sub(r"[\W_]+", " ", clean(name).lower())
    return re.sub(r"\b0+(?=[0-9])", "", re.sub(r"^\s*(?:chi bộ|cb)\b", "", words)).strip()


def _likeness(text, name):
    """Return how many words two names share, and how alike they are letter by letter."""
    one, other = unit_key(text), unit_key(name)
    return len(set(one.split()) & set(other.split())), SequenceMatcher(None, one, other).ratio()
