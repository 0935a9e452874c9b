"""Ledger of members (stock and flow) between two days: opening + increases − decreases = closing, at any unit.

A person is present beneath a unit while a spell and the cell's place beneath the unit both hold. Someone who moves
between two cells beneath the unit neither comes nor leaves; a cell that joins or leaves takes its members along.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Greatest, Least

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from members.models import Spell

from . import evaluate

WITH_UNIT = "with_unit"
"""The reason of those who came or left because their cell did."""

CAME, LEFT = "tang", "giam"
"""The two sides of the ledger, as addresses name them."""


@dataclass(frozen=True)
class Ledger:
    """Ledger of members: their number on the since day and the as-of day, and who came and left between, by reason.

    `increases` and `decreases` are {reason: number} of what happened after the one day and until the other.
    """

    opening: int
    increases: dict[str, int]
    decreases: dict[str, int]
    closing: int

    @property
    def sides(self) -> dict[str, dict[str, int]]:
        """Who came and who left, as addresses name the sides."""
        return {CAME: self.increases, LEFT: self.decreases}


def make_ledger(moment: Moment, totals: tuple[int, int] | None = None) -> Ledger:
    """Ledger of the unit of `moment`; `totals` are the members on both days, (opening, closing), where known already.

    The reasons come in the order of their weight, the most frequent first.
    """
    opening, closing = totals or _totals(moment)
    reasons = {CAME: {}, LEFT: {}}
    for reason, count, direction in _reasons(moment):
        reasons[direction][reason] = count
    return Ledger(opening, reasons[CAME], reasons[LEFT], closing)


def arrivals(moment: Moment, units: Collection[int] | QuerySet | None = None) -> QuerySet[Spell]:
    """Inflow: the stays by which people came after the since day; `day` and `reason` say when and why.

    They came beneath the unit of the moment or beneath one of `units` (ids), once for each.
    """
    stays = _stays(moment, units, Greatest("started_on", "unit__lines__started_on"), "started_on", "start_reason")
    return stays.exclude(Exists(_present(covers_eve)))


def departures(moment: Moment, units: Collection[int] | QuerySet | None = None) -> QuerySet[Spell]:
    """Outflow: the stays by which people left; `day` is the first day no longer there, `reason` why."""
    stays = _stays(moment, units, Least("ended_on", "unit__lines__ended_on"), "ended_on", "end_reason")
    return stays.exclude(Exists(_present(covers)))


def _stays(moment, units, day, own_day, own_reason):
    """Return visible spells joined to their overlapping places beneath the units, where `day` lies in the period."""
    overlap = {
        "unit__lines__ancestor__in": [moment.unit.pk] if units is None else units,
        "unit__lines__started_on__lt": F("ended_on"),
        "unit__lines__ended_on__gt": F("started_on"),
    }
    return (
        Spell.objects.visible_to(moment.user)
        .filter(**overlap)
        .annotate(day=day, above=F("unit__lines__ancestor"))
        .filter(day__gt=moment.since, day__lte=moment.as_of)
        .annotate(reason=Case(When(day=F(own_day), then=F(own_reason)), default=Value(WITH_UNIT)))
    )


def _present(holds):
    """Return the spells by which the member of the outer row is beneath the same unit around the outer `day`."""
    day = OuterRef("day")
    return Spell.objects.filter(
        holds(day), holds(day, "unit__lines__"), member=OuterRef("member"), unit__lines__ancestor=OuterRef("above")
    )


def _reasons(moment):
    """Return how many came or left for each reason, the most frequent first: (reason, count, direction)."""
    came, left = (
        stays.order_by().values_list("reason").annotate(count=Count("pk"), direction=Value(direction))
        for direction, stays in ((CAME, arrivals(moment)), (LEFT, departures(moment)))
    )
    return sorted(came.union(left, all=True), key=lambda line: (-line[1], line[0]))


def _totals(moment):
    results = evaluate.results(moment, ["members.total", "members.increase"])
    closing = results["members.total"].value
    return closing - results["members.increase"].value, closing
