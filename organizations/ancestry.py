"""Ancestry derived anew: reckoned from the lives and periods of units at once, held against what triggers have kept.

The two agree in every sound database. They do not where rows came in past the triggers, or where the triggers were
missing for a while.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from binhlu_portal.db.actions import action
from binhlu_portal.db.derived import deriving

from .models import Ancestry, Unit, UnitPeriod

Line = tuple[int, int | None, int, int, date, date]
COLUMNS = ("ancestor_id", "branch_id", "unit_id", "depth", "started_on", "ended_on")


def derived() -> Iterator[Line]:
    """Lines that follow from lives and periods: one for each chain of periods that share a day, from top to bottom."""
    children = defaultdict(list)
    for parent, *edge in UnitPeriod.objects.values_list("parent_id", "unit_id", "started_on", "ended_on"):
        children[parent].append(edge)
    for unit, started_on, ended_on in Unit.objects.values_list("pk", "started_on", "ended_on"):
        yield unit, None, unit, 0, started_on, ended_on
        for branch, *days in children[unit]:
            for beneath, depth, *shared in _walk(children, branch, 1, *days):
                yield unit, branch, beneath, depth, *shared


def _walk(children, unit, depth, started_on, ended_on):
    """Yield (unit, depth, days) of a unit and of all beneath it, while what stands above it holds.

    What is deeper than there are units is a circle; the table would refuse it.
    """
    yield unit, depth, started_on, ended_on
    for child, begins, ends in children[unit] if depth <= len(children) else ():
        days = max(started_on, begins), min(ended_on, ends)
        if days[0] < days[1]:
            yield from _walk(children, child, depth + 1, *days)


def difference() -> tuple[list[Line], list[int]]:
    """What is wrong with the table: the lines that are missing, the keys of those that should not be there."""
    missing, excess = Counter(derived()), []
    for key, *line in Ancestry.objects.order_by("pk").values_list("pk", *COLUMNS):
        if missing[tuple(line)] > 0:
            missing[tuple(line)] -= 1
        else:
            excess.append(key)
    return [*missing.elements()], excess


@action
def derive() -> tuple[int, int]:
    """Derive the ancestry anew; return how many lines were missing and how many should not have been there."""
    with deriving():
        missing, excess = difference()
        Ancestry.objects.filter(pk__in=excess).delete()
        Ancestry.objects.bulk_create(Ancestry(**dict(zip(COLUMNS, line, strict=True))) for line in missing)
    return len(missing), len(excess)
