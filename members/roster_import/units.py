"""Unit matching: which cell the text of a list means, its name or its code, however it is typed.

Anything else is asked.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q

from binhlu_portal.text.likeness import nearly_same
from binhlu_portal.text.normal_forms import decomposed
from binhlu_portal.text.vietnamese import clean
from organizations.choices import CELLS, EventKind
from organizations.models import UnitEvent, UnitPeriod
from organizations.scope import Reader

from .layout import unit_of_sheet
from .text_keys import key

OF_COMMITTEE = re.compile(
    r"(?P<cell>.*?\S)\s*(?:[,;(–-]|\b(?:trực )?thuộc\b)\s*(?P<above>đảng (?:bộ|ủy|uỷ)\b[^()]*)\)?",
    re.IGNORECASE,
)
OFFERED = 6
"""How many cells a question offers."""


@dataclass(frozen=True)
class UnitMatch:
    """Unit match: the id of a cell, or the [(id, name)] of those the text may mean, the likeliest first.

    The first of them, as many as are `near`, may well be meant; the others only share words with the text.
    """

    unit: int | None
    candidates: tuple[tuple[int, str], ...] = ()
    near: int = 0


def without_committee(texts: Iterable[str]) -> dict[str, str]:
    """Return {text: name of the cell} of texts that name the committee above it too: "Chi bộ A, Đảng bộ xã B".

    Of another committee than those of the portal it is a cell of others, and stays as it is.
    """
    parted = {text: found for text in texts if (found := OF_COMMITTEE.fullmatch(text))}
    if not parted:
        return {}
    names = UnitPeriod.objects.exclude(kind__in=CELLS).values_list("name", flat=True)
    known = {_committee_key(name) for name in names}
    return {text: found["cell"] for text, found in parted.items() if _committee_key(found["above"]) in known}


def _committee_key(name):
    """Return the bare words of a committee's name, whether it is called by its organization or by itself."""
    return re.sub(r"^(?:dang bo|dang uy)\b", "", key(name)).strip()


def successors(user: Reader, day: date) -> dict[str, int]:
    """Return {name as it is compared, or code: id of the cell it went on in} of cells merged away by `day`.

    What a unit was called before is a name of it too.
    """
    merged = UnitEvent.objects.visible_to(user).filter(kind=EventKind.MERGED, day__lte=day, other_unit__isnull=False)
    went_on = dict(merged.order_by("day").values_list("unit", "other_unit"))
    found = {}
    names = (
        UnitPeriod.objects.visible_to(user).filter(Q(unit__in=went_on) | Q(ended_on__lte=day)).order_by("started_on")
    )
    for unit, name, code in names.values_list("unit", "name", "unit__code"):
        last = unit
        while last in went_on:
            last = went_on[last]
        found |= {unit_key(name): last, code.lower(): last}
    return found


def find_units(
    texts: Iterable[str | None],
    places: Iterable[UnitPeriod],
    merged: Mapping[str, int] | None = None,
    kinds: Container[str] = CELLS,
) -> dict[str, UnitMatch]:
    """Match units: {text: UnitMatch} for the texts of a list, among the `places` (unit periods) that the user may fill,
    those of the `kinds` that the list may name.

    "Chi bộ bản 01", "CB Bản 1" and "chi bo ban 01" are one name; marks tell apart what is the same without them. Of a
    cell that was `merged` away (`successors`) the one in which it went on is offered first.
    """
    cells = [place for place in places if place.kind in kinds]
    by_code, by_name = {}, defaultdict(list)
    for place in cells:
        by_code[place.unit.code.lower()] = place.unit_id
        by_name[unit_key(place.name)].append(place)
    found = {text: _find(text, cells, by_code, by_name) for text in dict.fromkeys(texts) if text}
    return {text: _with_successor(text, match, cells, merged or {}) for text, match in found.items()}


def name_units(people: Sequence[Any], of_file: str | None, places: Iterable[UnitPeriod]) -> None:
    """Give the people of whom nothing says where they are the unit in the name of the file, or else of their sheet.

    Names of sheets are taken that are known, or where all of them may be those of units.
    """
    unnamed = [line for line in people if not line.unit]
    of_all = of_file if len(unnamed) == len(people) else None
    sheets, places = {line.sheet for line in unnamed}, [*places]
    named = {sheet: text for sheet in sheets if (text := unit_of_sheet(sheet))}
    if places and not len(named) == len(sheets) > 1:
        found = find_units(named.values(), places)
        named = {sheet: text for sheet, text in named.items() if found[text].unit}
    for line in unnamed:
        line.unit = of_all or named.get(line.sheet)


def unit_key(name: str) -> str:
    """Normalised key of a unit's name: its bare words, without "Chi bộ" in front and without zeros before numbers.

    That it is the former one, or that a number is one (bản số 2), is no part of it.
    """
    words = re.sub(r"^(?:chi bo|cb)\b", "", key(re.sub(r"\((?:cũ|cu)\)", " ", name, flags=re.IGNORECASE))).strip()
    words = re.sub(r"\bso (?=[0-9])", "", words)
    return re.sub(r"\b0+(?=[0-9])", "", words)


def _with_successor(text, match, cells, merged):
    """Return a match with the cell in which the one meant went on before the others that it may be."""
    went_on = merged.get(unit_key(text), merged.get(text.strip().lower()))
    first = [(place.unit_id, place.name) for place in cells if place.unit_id == went_on]
    if match.unit is not None or not first:
        return match
    others = [each for each in match.candidates if each not in first]
    near = [each for each in match.candidates[: match.near] if each not in first]
    return UnitMatch(None, (*first, *others), len(near) + 1)


def _find(text, cells, by_code, by_name):
    if text.strip().lower() in by_code:
        return UnitMatch(by_code[text.strip().lower()])
    found = by_name.get(unit_key(text), [])
    if len(found) > 1:
        marked = [place for place in found if marked_name(place.name) == marked_name(text)]
        found = marked if len(marked) == 1 else found
    if len(found) == 1 and _bear_alike(text, found[0].name):
        return UnitMatch(found[0].unit_id)
    offered = found or sorted(cells, key=lambda place: _likeness(text, place.name), reverse=True)[:OFFERED]
    near = len(found) or sum(nearly_same(unit_key(text), unit_key(place.name)) for place in offered)
    offered.sort(key=lambda place: not nearly_same(unit_key(text), unit_key(place.name)))
    return UnitMatch(None, tuple((place.unit_id, place.name) for place in offered), near)


def _bear_alike(text, name):
    """Whether the words of two names bear the same marks, on whichever vowel; one typed without any says nothing."""
    pairs = zip(marked_name(text).split(), marked_name(name).split(), strict=False)
    return text.isascii() or all(sorted(decomposed(one)) == sorted(decomposed(other)) for one, other in pairs)


def marked_name(name: str) -> str:
    """Words of a name with their marks, without "Chi bộ" in front and without zeros before numbers."""
    words = re.sub(r"[\W_]+", " ", clean(name).lower())
    return re.sub(r"\b0+(?=[0-9])", "", re.sub(r"^\s*(?:chi bộ|cb)\b", "", words)).strip()


def _likeness(text, name):
    """Return how many words two names share, and how alike they are letter by letter."""
    one, other = unit_key(text), unit_key(name)
    return len(set(one.split()) & set(other.split())), SequenceMatcher(None, one, other).ratio()
