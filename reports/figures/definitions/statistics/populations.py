"""Populations of the forms of statistics alone: badges given, cards issued, courses of everybody."""

from django.db.models import F, Q

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from members.choices import EndReason
from members.models import Badge, Member, Training
from reports.figures.populations import MEMBER_LINE, FigurePopulation, member_event, member_event_tree


def award_tree(moment: Moment, line: str) -> Q:
    """Return the condition of the day of an award; of somebody dead, of the eve of the death."""
    stay, day = "member__spells__", F("awarded_on")
    died = Q(**{f"{stay}end_reason": EndReason.DIED, f"{stay}ended_on__lte": day})
    return covers(day, stay) & covers(day, line) | died & covers_eve(F(f"{stay}ended_on"), line)


def card_tree(moment: Moment, line: str) -> Q:
    """Return the condition of the day on which the card was issued, in the cell of its holder."""
    return covers(F("card_issued_on"), "spells__") & covers(F("card_issued_on"), line)


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
