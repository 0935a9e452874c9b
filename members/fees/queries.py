"""Fee queries: what everybody in some cells owes for a month, from one statement.

The stays asked for are already those that a reader may see; whose amounts the reader sees is for the page to decide.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from binhlu_portal.dates.validity import covers
from members.models import FeeBasis, FeeReduction, Spell
from organizations.in_force import InForce
from organizations.tree_queries import name_of

from .rates import Fee, Payer, fee_of


@dataclass(frozen=True)
class Due:
    """What a member owes for a month to the cell in which the month began."""

    member: int
    name: str
    unit: int
    unit_code: str
    cell: str
    payer: Payer
    fee: Fee


def month_of(day: date) -> date:
    """Return the first day of the month of a day: by it goes all of the month."""
    return day.replace(day=1)


def dues(stays: QuerySet[Spell], in_force: InForce) -> list[Due]:
    """Return what the members of `stays`, those of the first day of a month, owe for it: by cell, then by name."""
    bases = FeeBasis.objects.filter(covers(in_force.on), member=OuterRef("member"))
    reliefs = FeeReduction.objects.filter(covers(in_force.on), member=OuterRef("member"))
    found = stays.annotate(
        code=F("unit__code"),
        cell=name_of("unit", covers(in_force.on)),
        group=Subquery(bases.values("group")[:1]),
        income=Subquery(bases.values("income")[:1]),
        relief=Subquery(reliefs.values("kind")[:1]),
    ).order_by("unit__code", "member__sort_name", "member")
    columns = ("group", "income", "relief", "member__gender", "member__born_on")
    rows = found.values_list("member", "member__full_name", "unit", "code", "cell", *columns)
    return [Due(*who, payer := Payer(*told), fee_of(payer, in_force)) for *who, told in map(_split, rows)]


def _split(row):
    """Return whom a row is about, and last what the fee is reckoned from."""
    return *row[:5], row[5:]
