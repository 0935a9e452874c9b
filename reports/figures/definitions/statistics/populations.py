"""Populations of the forms of statistics alone: badges, cards, courses of everybody, who is on the committee."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from members.choices import COMMITTEE_POSTS, EndReason
from members.models import Badge, Member, Position, Training
from members.queries import stay_on
from organizations.choices import Kind
from reports.figures.populations import (
    MEMBER_LINE,
    FigurePopulation,
    member_event,
    member_event_tree,
    member_rows,
    on_as_of,
    the_day,
)


def award_tree(moment: Moment, line: str) -> Q:
    """Return the condition of the day of an award; of somebody dead, of the eve of the death."""
    stay = "member__spells__"
    died = Q(**{f"{stay}end_reason": EndReason.DIED, f"{stay}ended_on__lte": F("awarded_on")})
    return stay_on("awarded_on", line) | died & covers_eve(F(f"{stay}ended_on"), line)


def card_tree(moment: Moment, line: str) -> Q:
    """Return the condition of the day on which the card was issued, in the cell of its holder."""
    return stay_on("card_issued_on", line, "spells__", "pk")


def committee_post(moment: Moment, posts: Collection[str]) -> Exists:
    """Return the condition that a member holds one of `posts` in a commune committee on the as-of day."""
    held = Position.objects.filter(
        covers(moment.as_of),
        covers(moment.as_of, "unit__periods__"),
        unit__periods__kind=Kind.COMMUNE,
        member=OuterRef("member"),
        post__in=sorted(posts),
    )
    return Exists(held)


def official_rows(moment: Moment) -> QuerySet:
    """People who are on a commune committee on the as-of day, with the levels that hold then."""
    return member_rows(moment).filter(committee_post(moment, COMMITTEE_POSTS))


AWARDS = FigurePopulation(
    "awards",
    member_event(Badge, "awarded_on"),
    "Trao tặng Huy hiệu Đảng",
    award_tree,
    line=MEMBER_LINE,
    person="member",
    rests_on=("unrecorded.badges",),
)
CARDS = FigurePopulation(
    "cards",
    member_event(Member, "card_issued_on"),
    "Cấp thẻ đảng viên",
    card_tree,
    line="spells__unit__lines__",
    rests_on=("unrecorded.card_issued_on",),
)
COURSES = FigurePopulation(
    "courses",
    member_event(Training, "began_on"),
    "Đào tạo, bồi dưỡng",
    member_event_tree("began_on"),
    line=MEMBER_LINE,
    person="member",
    rests_on=("unrecorded.trainings",),
)
OFFICIALS = FigurePopulation(
    "officials",
    official_rows,
    "Ủy viên Ban Chấp hành Đảng bộ xã",
    on_as_of,
    person="member",
    when=the_day,
    rests_on=("unrecorded.committee",),
)
