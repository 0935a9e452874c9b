"""Nil return queries: for which rows it is stated that a register says all of a while."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest

from assessments.choices import NilRegister
from assessments.models import NilReturn
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members.unrecorded import not_installed, reason_stated


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
