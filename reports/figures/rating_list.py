"""Rating list: the units and members over which the ratings of a year are decided, those of its reference day."""

from datetime import date

from django.db.models import FilteredRelation, Q, QuerySet

from assessments.ratings.sheet import reference_day
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import day
from members.models import Spell
from organizations.choices import LEADING
from organizations.models import UnitPeriod

from .populations import FigurePopulation, nested_on


def the_rating_year(moment: Moment) -> str:
    """Return in words the time of ratings: their year, and the day of the list over which they were decided."""
    return f"năm {moment.year}, danh sách ngày {day(rating_day(moment))}"


def rating_day(moment: Moment) -> date:
    """Reference day of the rating year: its 31 December, or the as-of day if that is earlier.

    A year's rating is a decision over that year's list, so who moved, died or was dissolved later changes nothing.
    """
    return reference_day(moment.year, moment.as_of)


def on_rating_day(moment: Moment, line: str) -> Q:
    """Return the condition that the row stands in the tree of the reference day of the rating year."""
    return covers(rating_day(moment), line)


def rated_unit_rows(moment: Moment) -> QuerySet:
    """Units directly beneath a commune committee on the reference day, with their rating and "bốn tốt" of the year."""
    on = rating_day(moment)
    return (
        UnitPeriod.objects.visible_to(moment.user)
        .on(on)
        .direct(on)
        .annotate(
            rating=FilteredRelation("unit__ratings", condition=Q(unit__ratings__year=moment.year)),
            four_goods=FilteredRelation("unit__four_goods", condition=Q(unit__four_goods__year=moment.year)),
        )
    )


def rated_nested_rows(moment: Moment) -> QuerySet:
    """Units beneath a party organization on the reference day, with their rating of the year."""
    rating = FilteredRelation("unit__ratings", condition=Q(unit__ratings__year=moment.year))
    return nested_on(moment, rating_day(moment)).annotate(rating=rating)


def rated_collective_rows(moment: Moment) -> QuerySet:
    """Party organizations of any level below the commune on the reference day, with their rating of the year."""
    rating = FilteredRelation("unit__ratings", condition=Q(unit__ratings__year=moment.year))
    standing = UnitPeriod.objects.visible_to(moment.user).on(rating_day(moment))
    return standing.exclude(kind__in=LEADING).annotate(rating=rating)


def rated_member_rows(moment: Moment) -> QuerySet:
    """People with an open spell on the reference day, with their rating of the year."""
    return (
        Spell.objects.visible_to(moment.user)
        .on(rating_day(moment))
        .annotate(rating=FilteredRelation("member__ratings", condition=Q(member__ratings__year=moment.year)))
    )


RATED_UNITS = FigurePopulation(
    "rated_units",
    rated_unit_rows,
    "Tổ chức đảng trong danh sách xếp loại",
    on_rating_day,
    when=the_rating_year,
    rests_on=("unrecorded.unit_ratings",),
)

RATED_NESTED = FigurePopulation(
    "rated_nested",
    rated_nested_rows,
    "Tổ chức đảng trực thuộc đảng bộ cơ sở trong danh sách xếp loại",
    on_rating_day,
    when=the_rating_year,
    rests_on=("unrecorded.nested_ratings",),
)

RATED_COLLECTIVES = FigurePopulation(
    "rated_collectives",
    rated_collective_rows,
    "Tập thể trong danh sách xếp loại",
    on_rating_day,
    when=the_rating_year,
    rests_on=("unrecorded.unit_ratings", "unrecorded.nested_ratings"),
)

RATED_MEMBERS = FigurePopulation(
    "rated_members",
    rated_member_rows,
    "Đảng viên trong danh sách xếp loại",
    on_rating_day,
    person="member",
    when=the_rating_year,
    rests_on=("unrecorded.member_ratings",),
)
