"""Agreements: records of several tables that tell of one act tell the same, by whatever door a change came.

The verbs of the apps write both sides of such an act. Files, corrections and reverts write rows one by one, so whoever
ends such a transaction asks here whether the two sides still agree for everybody it has touched.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Model

from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import Refusal
from binhlu_portal.registry import Registry


@dataclass(frozen=True)
class Agreement:
    """Agreement between the rows of `models` about the same record, whose id is in their column `link`.

    `apart()` returns the ids of those about whom the sides do not agree, each with a sentence that says what to do.
    """

    models: tuple[type[Model], ...]
    link: str
    apart: Callable[[], Mapping[int, str]]


AGREEMENTS: dict[str, Agreement] = Registry("agreements")
"""All agreements by their names."""


def check_agreements(act: uuid.UUID) -> None:
    """Check what was written in an act. Raises Refusal when it leaves the two sides of something apart."""
    sentences = []
    tables = {model._meta.db_table for agreement in AGREEMENTS.values() for model in agreement.models}
    entries = [*Entry.objects.filter(act=act, table__in=tables).order_by()]
    for agreement in AGREEMENTS.values():
        if whose := _whose(agreement, entries):
            apart = agreement.apart()
            sentences += [apart[pk] for pk in sorted(whose & apart.keys())]
    if sentences:
        raise Refusal(sentences)


def _whose(agreement, entries):
    """Return the ids of those whom the entries are about, before or after."""
    tables = {model._meta.db_table for model in agreement.models}
    states = (state for entry in entries if entry.table in tables for state in (entry.before, entry.after) if state)
    return {state[agreement.link] for state in states}
