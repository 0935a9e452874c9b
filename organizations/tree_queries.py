"""What lists say of party organizations."""

from django.db.models import Exists, OuterRef, Q, Subquery

from binhlu_portal.dates.validity import covers
from organizations.choices import Kind
from organizations.scope import branch

from .models import Ancestry, UnitPeriod


def name_of(unit, holds):
    """Return the name the unit at path `unit` had when `holds` (a condition on its periods) was true."""
    return Subquery(UnitPeriod.objects.filter(holds, unit=OuterRef(unit)).values("name")[:1])


def lies_beneath(unit, day, line="unit__lines__"):
    """Return the condition that a row lies beneath `unit` by the tree of `day`, through its ancestry at `line`.

    `day` is a date, or an expression of the row's own day.
    """
    return covers(day, line) & Q(**{f"{line}ancestor": unit})


def unit_lies_beneath(day, unit="unit"):
    """Return, for a moment, the condition that the unit of a row lies beneath that of the moment on the row's own day.

    `day` names the field of that day; without one it is the as-of day.
    """

    def condition(moment):
        when = OuterRef(day) if day else moment.as_of
        return Q(Exists(Ancestry.objects.filter(covers(when), ancestor=moment.unit, unit=OuterRef(unit))))

    return condition


def committee_of(places, unit):
    """Return the branch of the commune committee above `unit` (an id), or that of the highest place known above it."""
    above = {place.unit_id: place for place in places}
    place = above.get(unit)
    while place and place.kind != Kind.COMMUNE and place.parent_id in above:
        place = above[place.parent_id]
    return branch(places, place.unit_id) if place else []
