"""Agreements: records of several tables that tell of one act tell the same, by whatever door a change came.

The verbs of the apps write both sides of such an act. Files, corrections and reverts write rows one by one, so whoever
ends such a transaction asks here whether the two sides still agree for everybody it has touched.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import Refusal
from binhlu_portal.registry import Registry


@dataclass(frozen=True)
class Agreement:
    """Agreement between the rows of several models about the same record, whose id is in the column that `links` names.

    `apart()` returns the ids of those about whom the sides do not agree, each with a sentence that says what to do.
    Of a model in `told` only those columns tell of the act; whoever changes others is not asked.
    """

    links: Mapping[type[Model], str]
    apart: Callable[[], Mapping[int, str]]
    told: Mapping[type[Model], frozenset[str]] = field(default_factory=dict)

    def is_about(self, model: type[Model], changed: Collection[str] | None) -> bool:
        """Whether a row of `model` tells of the act by what has `changed` of it; None for all of a new row."""
        return changed is None or model not in self.told or not self.told[model].isdisjoint(changed)


AGREEMENTS: dict[str, Agreement] = Registry("agreements")
"""All agreements by their names."""


def check_agreements(act: uuid.UUID) -> None:
    """Check what was written in an act. Raises Refusal when it leaves the two sides of something apart."""
    sentences = []
    tables = {model._meta.db_table for agreement in AGREEMENTS.values() for model in agreement.links}
    entries = [*Entry.objects.filter(act=act, table__in=tables).order_by()]
    for agreement in AGREEMENTS.values():
        if whose := _whose(agreement, entries):
            apart = agreement.apart()
            sentences += [apart[pk] for pk in sorted(whose & apart.keys())]
    if sentences:
        raise Refusal(sentences)


def _whose(agreement, entries):
    """Return the ids of those whom the entries are about, before or after."""
    models, found = {model._meta.db_table: model for model in agreement.links}, set()
    for entry in entries:
        model, states = models.get(entry.table), [state for state in (entry.before, entry.after) if state]
        if model and agreement.is_about(model, _changed(*states)):
            found |= {state[agreement.links[model]] for state in states}
    return found


def _changed(before, after=None):
    """Return the columns in which two states of a row differ; None for a row that is new or no more."""
    return after and {name for name, value in after.items() if before.get(name) != value}
