"""Disagreements: what a file writes of somebody of whom two sheets, or the file and the records, tell otherwise.

They are found in the end, when all of the file is written: only then is it known what stands beside what.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import Model

from binhlu_portal.records.agreements import AGREEMENTS

from .lookups import batched_query
from .rows import Fault

Written = tuple[Fault, object, set[str] | None]
"""What is known of a record that was written: the fault its line would have, whose it is, what changed (None: new)."""


def disagreements(written: Mapping[type[Model], dict[int, Written]]) -> Iterator[Fault]:
    """Yield a fault for each record of `written` that an agreement is about and does not find kept."""
    for agreement in AGREEMENTS.values():
        about_it = {
            model: {pk: told for pk, told in written.get(model, {}).items() if agreement.is_about(model, told[2])}
            for model in agreement.links
        }
        apart = agreement.apart() if any(about_it.values()) else {}
        for model, keys in about_it.items():
            rows = model._base_manager.values_list("pk", agreement.links[model])
            about = batched_query(rows, "pk", apart and keys)
            yield from (replace(keys[pk][0], message=apart[of]) for pk, of in about if of in apart)
