"""Conditions under which registers are silent about a row, as far as only figures ask them."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear, Least
from django.db.models.lookups import LessThan

from assessments.models import Meeting
from binhlu_portal.dates.arithmetic import days, first_of_month, month_number, months_later
from binhlu_portal.dates.validity import covers
from members.choices import Post
from members.models import MemberState
from members.positions.queries import held, not_written
from members.unrecorded import in_period
from organizations.choices import Sector
from reports.figures.rating_list import rating_day

VILLAGES = Q(sector=Sector.VILLAGE)


def on_day(moment):
    """Return the as-of day as a span."""
    return moment.as_of, moment.as_of


def on_rating_day(moment):
    """Return the day of the rating list as a span."""
    return rating_day(moment), rating_day(moment)


def level_at_ceremony(field):
    """Return the condition that a level of somebody admitted is not known on the day of the ceremony."""
    known = MemberState.objects.filter(covers(OuterRef("ceremony_on")), ~Q(**{field: ""}), member=OuterRef("member"))
    return ~Q(Exists(known))


def posts(which, *asked):
    """Return the condition that one of the posts `asked` is not written down in units of `which`."""

    def condition(moment):
        found = Q()
        for post in asked:
            found |= not_written(post, moment)
        return which & found

    return condition


def agency_heads(moment):
    """Return the condition that a unit cannot be told to have one head: who is secretary, then who heads the agency."""
    led = held(Post.SECRETARY, moment) & not_written(Post.AGENCY_HEAD, moment)
    return ~VILLAGES & (not_written(Post.SECRETARY, moment) | led)


def without_meeting(which):
    """Return the condition that a cell of `which` has no meeting written down in the period, or in a month of it.

    Months are asked that lie wholly in the period, and after the one in which the cell began: cells meet every month,
    so attendance of the months written down tells nothing of those about which nobody has written.
    """

    def condition(moment):
        meetings = Meeting.objects.order_by().filter(unit=OuterRef("unit"))
        first, last = whole_months(moment)
        asked = Q(unit__started_on__lt=first) | Q(month__gt=_month("unit__started_on"))
        months = meetings.filter(held_on__range=(first, last)).annotate(month=_month("held_on")).filter(asked)
        counted = months.values("unit").annotate(months=Count("month", distinct=True)).values("months")
        all_of_them = month_number(last) - month_number(first) + 1
        wanted = Least(-_month("unit__started_on") + month_number(last), all_of_them)
        some_missing = LessThan(Coalesce(Subquery(counted), 0), wanted)
        return which & (~Q(Exists(meetings.filter(held_on__range=in_period(moment)))) | Q(some_missing))

    return condition


def whole_months(moment):
    """Return the first and the last day of the months that lie wholly in the period; none where they are no span."""
    first = months_later(first_of_month(moment.since - days(1)), 1)
    return first, first_of_month(moment.as_of + days(1)) - days(1)


def _month(field):
    """Return the expression of the number of the month of a day (`month_number`)."""
    return ExtractYear(field) * 12 + ExtractMonth(field)
