"""Conditions under which registers are silent about a row, as far as only figures ask them."""

from django.db.models import Exists, OuterRef, Q

from assessments.models import Meeting
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


def level(field):
    """Return the condition that a level of a member is not known on the as-of day."""
    return Q(state__isnull=True) | Q(**{f"state__{field}": ""})


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
    """Return the condition that no meeting of a cell of `which` is written down in the period."""

    def condition(moment):
        found = Meeting.objects.filter(unit=OuterRef("unit"), held_on__range=in_period(moment))
        return which & ~Q(Exists(found))

    return condition
