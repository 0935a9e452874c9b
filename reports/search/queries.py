"""Search over everything that a reader may open by name, without marks: pages, registers, forms, units and figures.

People are found as their list finds them (`members.directory.queries.found`). Whoever asks for nothing is offered the
people opened last: the log of access knows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.urls import Resolver404, resolve, reverse

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.query_string import query
from binhlu_portal.records.types import RECORD_TYPES
from binhlu_portal.text.vietnamese import bears, search_words
from reports.figures.registry import FIGURES
from reports.printed_forms.catalogue import FORMS, contents

from .pages import pages_of

MOST = 20
"""How many of each kind are shown."""

RECENT, LOOKED_AT = 8, 100
"""How many people opened last are offered, and among how many lines of the log of access they are sought."""


@dataclass(frozen=True)
class Found:
    """What was found of one kind: the first of it as (name, address), and how many more."""

    label: str
    shown: tuple[tuple[str, str], ...]
    more: int


def others(moment: Moment, units: Mapping[str, str], words: str) -> list[Found]:
    """Return what bears the words, pages first, units of the day (`units`) too; kinds without any are left out."""
    kinds = {
        "Trang": (None, pages_of(moment.user)),
        "Sổ": ("records", {code: record_type.title for code, record_type in RECORD_TYPES.items()}),
        "Biểu": ("annex", {code: f"Biểu {code}: {told}" for code, told in contents(moment).items() if code in FORMS}),
        "Tổ chức đảng": ("unit", units),
        "Số liệu": ("figure", {code: figure.label for code, figure in FIGURES.items()}),
    }
    wanted = search_words(words)
    found = {label: [code for code in named if bears(named[code], wanted)] for label, (_, named) in kinds.items()}
    return [_found(label, *kinds[label], codes, moment) for label, codes in found.items() if codes]


def _found(label, page, named, codes, moment):
    """Return what was found of a kind; a unit is asked for itself at the same moment. A page has its own address."""
    asked = query(moment)
    shown = [
        (named[code], f"{_address(page, code)}?{query(moment, don_vi=code) if page == 'unit' else asked}")
        for code in codes[:MOST]
    ]
    return Found(label, tuple(shown), len(codes[MOST:]))


def _address(page, code):
    return reverse(page, args=[code]) if page else reverse(code)


def recent(user: User, since: datetime) -> list[int]:
    """Return the ids of the people whose pages `user` has opened since a time, the last one first."""
    opened = Access.objects.filter(user=user, kind=AccessKind.OPENED, rows=1, at__gte=since)
    pages = opened.order_by("-pk").values_list("address", flat=True)[:LOOKED_AT]
    people = dict.fromkeys(filter(None, map(_person_of, pages)))
    return list(islice(people, RECENT))


def _person_of(address):
    """Return the id of the person whose page has an address, None for any other page."""
    try:
        page = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    return page.kwargs["pk"] if page.url_name == "member" else None
