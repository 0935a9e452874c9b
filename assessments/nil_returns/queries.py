"""Nil return queries: for which rows it is stated that a register says all of a while."""

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest

from assessments.choices import OF_CELLS, NilRegister
from assessments.models import NilReturn
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members.unrecorded import not_installed, reason_stated
from organizations.models import Unit


def stated(register: str, first: date, last: date) -> Q:
    """Return the condition that nil returns of the unit of a row, or of one above it, cover all days of a span.

    They may follow one another: the first day is covered, and so is the day after each of them that ends within. What
    stands above whom is told by the tree of the last day; a younger unit is asked from its first day on.
    """

    def returns(unit):
        """Return the nil returns that speak for the unit at `unit`."""
        return NilReturn.objects.filter(covers(last, "unit__beneath__"), unit__beneath__unit=unit, register=register)

    own_first = Greatest(first, OuterRef("unit__started_on"))
    following = returns(OuterRef(OuterRef("unit"))).filter(covers(OuterRef("ended_on")))
    ended = returns(OuterRef("unit")).filter(ended_on__gt=first, ended_on__lte=last)
    begins = returns(OuterRef("unit")).filter(covers(own_first))
    return Q(Exists(begins)) & ~Q(Exists(ended.filter(~Exists(following))))


def stated_until(unit: Unit, *firsts: date) -> list[dict[str, date]]:
    """Return for each of `firsts` the last day until which each register of a cell is stated to be complete from it on.

    One statement for all: {register: last day} for each.
    """
    standing = reduce(or_, (covers(first) & covers(first, "unit__beneath__") for first in firsts))
    rows = NilReturn.objects.filter(standing, unit__beneath__unit=unit, register__in=OF_CELLS).order_by("ended_on")
    found = rows.values_list("register", "started_on", "ended_on")
    return [
        {
            register: ended_on - timedelta(days=1)
            for register, started_on, ended_on in found
            if started_on <= first < ended_on
        }
        for first in firsts
    ]


def without_handbook(moment: Moment) -> Q:
    """Return the condition that nothing says whether a member has installed the handbook.

    Whoever has no day has not only where a reason is written down, or where the cell, or an organization above it,
    states that there is nobody else.
    """
    return not_installed(moment) & ~reason_stated(moment) & ~_nobody_else(moment)


def known_without_handbook(moment: Moment) -> Q:
    """Return the condition that a member has not installed the handbook, as somebody has written down or stated."""
    return not_installed(moment) & (reason_stated(moment) | _nobody_else(moment))


def without_reason(moment: Moment) -> Q:
    """Return the condition that a member has not installed the handbook, as is stated, and nobody has said why."""
    return not_installed(moment) & ~reason_stated(moment) & _nobody_else(moment)


def _nobody_else(moment):
    return stated(NilRegister.HANDBOOK, moment.as_of, moment.as_of)
