"""Populations of figures: people, units, events; a queryset for a moment and the tree its rows stand in.

Stocks hold on the as-of day by the tree of that day. Events count when `since <= day <= as_of`, by the tree of their
own day; an ending by that of the day before, so that the ledger of every unit closes.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, Model, Q, QuerySet

from assessments.models import Meeting
from binhlu_portal.dates.arithmetic import year_of
from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from binhlu_portal.population import Population
from binhlu_portal.text.vietnamese import day
from members.choices import COMMITTEE_POSTS, Post
from members.models import Admission, AdmissionTarget, Planning, PlanningStep, Spell, Training
from members.positions.queries import held_post
from members.queries import stay_on
from members.unrecorded import Span, in_period, in_twelve_months, in_year
from organizations.choices import CELLS, ENDINGS, Kind
from organizations.models import Document, UnitEvent, UnitPeriod


def the_day(moment: Moment) -> str:
    """Return in words the time of a stock: the as-of day."""
    return day(moment.as_of)


def from_first_to_last(span: Callable[[Moment], Span]) -> Callable[[Moment], str]:
    """Return a function that tells in words the first and the last day of a span."""
    return lambda moment: " – ".join(map(day, span(moment)))


the_period, the_year_so_far, the_twelve_months = map(from_first_to_last, (in_period, in_year, in_twelve_months))
"""In words the time of events, of what is set for a calendar year, of what is held against a target of any year."""


@dataclass(frozen=True)
class FigurePopulation(Population):
    """Population of figures: rows that are counted beneath units; `label` is what they are called.

    `tree(moment, line)` is the condition that the ancestry at `line`, the path from a row to it, is that of the right
    day; `when(moment)` says in words of what time the rows speak. A person found in several rows is told apart by the
    field `person`, "" where rows are no people. Figures rest on the registers `rests_on` unless they name others.
    """

    label: str
    tree: Callable[[Moment, str], Q]
    line: str = "unit__lines__"
    person: str = ""
    when: Callable[[Moment], str] = the_period
    rests_on: tuple[str, ...] = ()

    def beneath(self, moment: Moment, units: Collection[int] | None = None, where: Q | None = None) -> QuerySet:
        """Return the rows beneath one of `units` (ids), or the unit of the moment, that meet `where`.

        Each is joined to its line of ancestry. All conditions go into one `filter`, so that they speak of the same
        joined row.
        """
        ancestor = f"{self.line}ancestor"
        beneath = Q(**({ancestor: moment.unit.pk} if units is None else {f"{ancestor}__in": units}))
        return self.rows(moment).filter(self.tree(moment, self.line) & beneath & (where or Q()))


def on_as_of(moment: Moment, line: str) -> Q:
    """Return the condition that the row stands in the tree of the as-of day."""
    return covers(moment.as_of, line)


def on_day(field: str) -> Callable[[Moment, str], Q]:
    """Return a tree condition: the tree of the day in `field`."""
    return lambda moment, line: covers(F(field), line)


def within(moment: Moment, field: str) -> Q:
    """Return the condition that the day in `field` lies in the period asked for."""
    return Q(**{f"{field}__range": in_period(moment)})


def unit_rows(moment: Moment) -> QuerySet:
    """Units directly beneath a commune committee on the as-of day, with their rating of the year and their heads.

    Each of the four posts has one holder at a time, so the joins multiply no rows.
    """

    def holder(post):
        """Return who holds `post` in the unit on the as-of day, if anybody."""
        return FilteredRelation(
            "unit__positions", condition=Q(unit__positions__post=post) & covers(moment.as_of, "unit__positions__")
        )

    def membership(head):
        """Return the membership of the holder joined as `head` on the as-of day, if he or she is a member."""
        spells = f"{head}__member__spells"
        return FilteredRelation(spells, condition=covers(moment.as_of, f"{spells}__"))

    return (
        UnitPeriod.objects.visible_to(moment.user)
        .on(moment.as_of)
        .direct(moment.as_of)
        .annotate(
            rating=FilteredRelation("unit__ratings", condition=Q(unit__ratings__year=moment.year)),
            secretary=holder(Post.SECRETARY),
            agency_head=holder(Post.AGENCY_HEAD),
            village_head=holder(Post.VILLAGE_HEAD),
            front_head=holder(Post.FRONT_HEAD),
        )
        .annotate(
            village_head_spell=membership("village_head"),
            front_head_spell=membership("front_head"),
        )
    )


def nested_on(moment: Moment, day: date) -> QuerySet:
    """Units beneath a party organization on `day`: cells and departmental organizations."""
    above = {"parent__periods__kind__in": [Kind.PARTY_ORGANIZATION, Kind.DEPARTMENTAL]}
    return UnitPeriod.objects.visible_to(moment.user).on(day).filter(covers(day, "parent__periods__"), **above)


def nested_rows(moment: Moment) -> QuerySet:
    """Units beneath a party organization on the as-of day."""
    return nested_on(moment, moment.as_of)


def cell_rows(moment: Moment) -> QuerySet:
    """Cells of the as-of day: whoever has members keeps registers."""
    return UnitPeriod.objects.visible_to(moment.user).on(moment.as_of).filter(kind__in=CELLS)


def event_rows(moment: Moment) -> QuerySet:
    """What happened to units in the period."""
    return UnitEvent.objects.visible_to(moment.user).filter(within(moment, "day"))


def event_day(prefix: str) -> Q:
    """Return the condition that the period at `prefix` is that of the event: of its eve when the unit ended."""
    return Q(kind__in=ENDINGS) & covers_eve(F("day"), prefix) | ~Q(kind__in=ENDINGS) & covers(F("day"), prefix)


def event_tree(moment: Moment, line: str) -> Q:
    """Return the condition of events directly beneath a commune committee; `unit__periods` is what the unit was."""
    then, above = "unit__periods__", "unit__periods__parent__periods__"
    return event_day(line) & event_day(then) & event_day(above) & Q(**{f"{above}kind": Kind.COMMUNE})


def member_rows(moment: Moment) -> QuerySet:
    """People with an open spell on the as-of day, each with the levels, exemption, fee and rating that hold then."""
    day = moment.as_of
    return (
        Spell.objects.visible_to(moment.user)
        .on(day)
        .annotate(
            state=FilteredRelation("member__states", condition=covers(day, "member__states__")),
            exemption=FilteredRelation("member__exemptions", condition=covers(day, "member__exemptions__")),
            fee=FilteredRelation("member__fee_reductions", condition=covers(day, "member__fee_reductions__")),
            rating=FilteredRelation("member__ratings", condition=Q(member__ratings__year=moment.year)),
        )
    )


def departure_rows(moment: Moment) -> QuerySet:
    """Stays that ended in the period; the day of the ending is the first day no longer there."""
    return Spell.objects.visible_to(moment.user).filter(within(moment, "ended_on"))


def admission_rows(span: Callable[[Moment], Span]) -> Callable[[Moment], QuerySet]:
    """Return admissions by the day of the ceremony (ngày vào Đảng) within a span, at the cell that held it."""
    return lambda moment: Admission.objects.visible_to(moment.user).filter(ceremony_on__range=span(moment))


def admission_target_rows(moment: Moment) -> QuerySet:
    """The targets of units for the calendar year of the as-of day."""
    return AdmissionTarget.objects.visible_to(moment.user).filter(year=year_of(moment.as_of))


def member_event(model: type[Model], field: str) -> Callable[[Moment], QuerySet]:
    """Return rows of `model` in the period, each joined to the stays of its member."""
    return lambda moment: model.objects.visible_to(moment.user).filter(within(moment, field))


def planning_rows(moment: Moment) -> QuerySet:
    """Turns of planning approved in the period, each with the levels that the member had on the day of approval."""
    levels = FilteredRelation("member__states", condition=covers(F("approved_on"), "member__states__"))
    approved = member_event(Planning, "approved_on")(moment).filter(step=PlanningStep.APPROVED)
    return approved.annotate(state=levels)


def planning_review_rows(moment: Moment) -> QuerySet:
    """Plannings of earlier days that were looked through in the period: kept, or given up."""
    return member_event(Planning, "approved_on")(moment).exclude(step=PlanningStep.APPROVED)


def member_event_tree(field: str) -> Callable[[Moment, str], Q]:
    """Return a tree condition: the cell where the member was on the day in `field`, by the tree of that day.

    On the last day of a stay both are those of the eve.
    """
    return lambda moment, line: stay_on(field, line)


def training_rows(moment: Moment) -> QuerySet:
    """Turns in courses of people who held a committee post on the day the course began."""
    held = held_post("began_on", COMMITTEE_POSTS)
    return Training.objects.visible_to(moment.user).filter(within(moment, "began_on"), held)


def unit_day_rows(model: type[Model], field: str) -> Callable[[Moment], QuerySet]:
    """Return rows of `model` in the period, each belonging to a unit on the day in `field`."""
    return lambda moment: model.objects.visible_to(moment.user).filter(within(moment, field))


def meeting_tree(moment: Moment, line: str) -> Q:
    """Return the condition of the day of the meeting; `unit__periods` is what the cell was then."""
    return covers(F("held_on"), line) & covers(F("held_on"), "unit__periods__")


MEMBER_LINE = "member__spells__unit__lines__"

RECORDS = "records"
"""Stands where a register would for a figure that counts the records themselves, of which none can be silent."""

CELL_UNITS = FigurePopulation("cells", cell_rows, "Chi bộ", on_as_of, when=the_day)
UNITS = FigurePopulation("units", unit_rows, "Tổ chức đảng trực thuộc Đảng ủy xã", on_as_of, when=the_day)
NESTED = FigurePopulation(
    "nested", nested_rows, "Tổ chức đảng trực thuộc đảng bộ cơ sở", on_as_of, when=the_day, rests_on=(RECORDS,)
)
EVENTS = FigurePopulation(
    "events", event_rows, "Biến động tổ chức đảng", event_tree, rests_on=("unrecorded.unit_events",)
)
MEMBERS = FigurePopulation("members", member_rows, "Đảng viên", on_as_of, person="member", when=the_day)
DEPARTURES = FigurePopulation(
    "departures",
    departure_rows,
    "Đảng viên thôi sinh hoạt",
    lambda moment, line: covers_eve(F("ended_on"), line),
    rests_on=("unrecorded.departures",),
)
ADMISSIONS, ADMISSIONS_OF_YEAR, ADMISSIONS_OF_TWELVE_MONTHS = (
    FigurePopulation(
        f"admissions{code}",
        admission_rows(span),
        label,
        on_day("ceremony_on"),
        when=when,
        rests_on=(f"unrecorded.admission{code}", f"unrecorded.admissions{code}"),
    )
    for code, label, span, when in (
        ("", "Kết nạp đảng viên", in_period, the_period),
        ("_of_year", "Kết nạp đảng viên trong năm", in_year, the_year_so_far),
        ("_of_twelve_months", "Kết nạp đảng viên trong 12 tháng", in_twelve_months, the_twelve_months),
    )
)
ADMISSION_TARGETS = FigurePopulation(
    "admission_targets",
    admission_target_rows,
    "Chỉ tiêu kết nạp của năm",
    on_as_of,
    when=the_year_so_far,
    rests_on=(RECORDS,),
)
TRAININGS = FigurePopulation(
    "trainings",
    training_rows,
    "Đào tạo, bồi dưỡng cấp ủy viên",
    member_event_tree("began_on"),
    line=MEMBER_LINE,
    person="member",
    rests_on=("unrecorded.trainings",),
)
PLANNINGS = FigurePopulation(
    "plannings",
    planning_rows,
    "Lượt quy hoạch cán bộ",
    member_event_tree("approved_on"),
    line=MEMBER_LINE,
    rests_on=("unrecorded.plannings",),
)
PLANNING_REVIEWS = FigurePopulation(
    "planning_reviews",
    planning_review_rows,
    "Lượt rà soát quy hoạch cán bộ",
    member_event_tree("approved_on"),
    line=MEMBER_LINE,
    rests_on=("unrecorded.plannings",),
)
MEETINGS = FigurePopulation("meetings", unit_day_rows(Meeting, "held_on"), "Sinh hoạt chi bộ", meeting_tree)
DOCUMENTS = FigurePopulation(
    "documents",
    unit_day_rows(Document, "issued_on"),
    "Văn bản đã ban hành",
    on_day("issued_on"),
    rests_on=("unrecorded.documents",),
)
