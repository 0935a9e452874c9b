"""Fee queries: what everybody in some cells owes for a month, from one statement.

The stays asked for are already those that a reader may see; whose amounts the reader sees is for the page to decide.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from binhlu_portal.dates.validity import covers
from members.models import FeeBasis, FeeReduction, Spell
from organizations.in_force import InForce
from organizations.tree_queries import name_of

from .rates import Fee, Payer, fee_of

WHO = ("member", "member__full_name", "unit", "unit__code", "cell")
BASIS = ("fee_group", "fee_income", "fee_relief")
PERSON = ("member__gender", "member__born_on")


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


def with_basis(rows: QuerySet, on: date, member: str) -> QuerySet:
    """Return `rows` with what the fee of the member at path `member` is reckoned on, on a day: the columns `BASIS`."""
    bases = FeeBasis.objects.filter(covers(on), member=OuterRef(member))
    reliefs = FeeReduction.objects.filter(covers(on), member=OuterRef(member))
    return rows.annotate(
        fee_group=Subquery(bases.values("group")[:1]),
        fee_income=Subquery(bases.values("income")[:1]),
        fee_relief=Subquery(reliefs.values("kind")[:1]),
    )


def dues(stays: QuerySet[Spell], in_force: InForce) -> list[Due]:
    """Return what the members of `stays`, those of the first day of a month, owe for it: by cell, then by name."""
    rows = with_basis(stays, in_force.on, "member").annotate(cell=name_of("unit", covers(in_force.on)))
    found = rows.order_by("unit__code", "member__sort_name", "member").values_list(*WHO, *BASIS, *PERSON)
    payers = ((row[: len(WHO)], Payer(*row[len(WHO) :])) for row in found)
    return [Due(*who, payer, fee_of(payer, in_force)) for who, payer in payers]
