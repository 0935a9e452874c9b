"""Search over everything: units, figures and registers that a reader may open, by words without marks in their names.

People are found as their list finds them (`members.directory.queries.found`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.query_string import query
from binhlu_portal.records.types import RECORD_TYPES
from binhlu_portal.text.vietnamese import bears, search_words
from reports.figures.registry import FIGURES

MOST = 20
"""How many of each kind are shown."""


@dataclass(frozen=True)
class Found:
    """What was found of one kind: the first of it as (name, address), and how many more."""

    label: str
    shown: tuple[tuple[str, str], ...]
    more: int


def others(moment: Moment, places: Iterable[Any], words: str) -> list[Found]:
    """Return what bears the words: units of the day (`places`), figures, registers; kinds without any are left out."""
    kinds = {
        "Tổ chức đảng": ("unit", {place.unit.code: place.name for place in places}),
        "Số liệu": ("figure", {code: figure.label for code, figure in FIGURES.items()}),
        "Sổ": ("records", {code: record_type.title for code, record_type in RECORD_TYPES.items()}),
    }
    wanted = search_words(words)
    found = {label: [code for code in named if bears(named[code], wanted)] for label, (_, named) in kinds.items()}
    return [_found(label, *kinds[label], codes, moment) for label, codes in found.items() if codes]


def _found(label, page, named, codes, moment):
    """Return what was found of a kind; a unit is asked for itself at the same moment."""
    asked = query(moment)
    shown = [
        (named[code], f"{reverse(page, args=[code])}?{query(moment, don_vi=code) if page == 'unit' else asked}")
        for code in codes[:MOST]
    ]
    return Found(label, tuple(shown), len(codes[MOST:]))
