"""Populations of checks: the members of a day, the units with members, the way into the Party, posts, terms."""

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Count, Exists, F, FilteredRelation, Model, OuterRef, Q, QuerySet, Subquery

from binhlu_portal.data_checks.rules import CheckPopulation
from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.db.expressions import counted
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import About
from binhlu_portal.text.vietnamese import day, number
from members.admissions import pipeline
from members.choices import COMMITTEE_POSTS, PUT_OUT, DisciplineMeasure, EndReason, PlanningPost, Post
from members.columns import BY_NAME, CELL, person
from members.membership.status import GOING_ON
from members.models import (
    Admission,
    Discipline,
    Exemption,
    FeeReduction,
    Planning,
    PlanningStep,
    Position,
    Spell,
    Suspension,
)
from members.queries import cell_of_member, member_lies_beneath, members_on
from members.record_types.columns import UNTIL
from organizations.choices import GRASSROOTS, Kind
from organizations.models import Ancestry, UnitPeriod
from organizations.tree_queries import lies_beneath, name_of, unit_lies_beneath

WORKING_UNITS = GRASSROOTS | {Kind.DEPARTMENTAL, Kind.SUBORDINATE_CELL}
"""Units that have a secretary and members of their own or beneath them: all under the commune committee."""

CELL_BY_CODE = replace(CELL, sort="unit__code")
"""The cell of a row that names its unit, so that a row tells its code."""


def of_members(
    code: str, rows: Callable, *columns: ListColumn, place: ListColumn = CELL, **look_ups: Callable
) -> CheckPopulation:
    """Return a population whose rows are about members, with the cell on the day in the column `place`.

    Other `columns` may need `look_ups`: functions of the moment by their name.
    """
    look_ups = {"cell": lambda moment: cell_of_member(moment.as_of)} | look_ups

    def look_up(moment):
        return {name: expression(moment) for name, expression in look_ups.items()}

    return CheckPopulation(
        code, rows, About.MEMBER, "member__pk", Listing((*person(), place, *columns), BY_NAME, look_up)
    )


def name_on_day(moment: Moment) -> Subquery:
    """Return the name of the unit of a row on the day."""
    return name_of("unit", covers(moment.as_of))


def members(moment: Moment) -> QuerySet:
    """Return the members on the day, each with the levels that hold then as `state`: at most one row of them."""
    held = FilteredRelation("member__states", condition=covers(moment.as_of, "member__states__"))
    return members_on(moment).annotate(state=held)


def units(moment: Moment) -> QuerySet:
    """Return what the units beneath the unit are on the day, those that have members.

    `members` and `official` say how many belong to the unit and what lies beneath it, and how many are official.
    """
    cells = Ancestry.objects.filter(covers(moment.as_of), ancestor=OuterRef("unit"))
    inside = cells.filter(Exists(Spell.objects.filter(covers(moment.as_of), unit=OuterRef("unit"))))
    found = UnitPeriod.objects.visible_to(moment.user).on(moment.as_of)
    found = found.filter(lies_beneath(moment.unit, moment.as_of), Exists(inside), kind__in=WORKING_UNITS)
    stays = Spell.objects.filter(covers(moment.as_of), unit__in=cells.values("unit"))
    return found.annotate(members=counted(stays), official=counted(stays.filter(member__official_on__lte=moment.as_of)))


def having(moment: Moment, fewest: int, which: Q | None = None) -> Q:
    """Return the condition that a unit itself has at least `fewest` members on the day, of those that meet `which`.

    All cells beneath the unit of the moment are counted in one pass.
    """
    stays = Spell.objects.on(moment.as_of).filter(lies_beneath(moment.unit, moment.as_of), which or Q())
    numbers = stays.order_by().values("unit").annotate(number=Count("pk"))
    return Q(unit__in=numbers.filter(number__gte=fewest).values("unit"))


def committee_posts(moment: Moment) -> QuerySet:
    """Return the posts in committees beneath the unit that somebody holds on the day."""
    held = Position.objects.visible_to(moment.user).on(moment.as_of)
    return held.filter(lies_beneath(moment.unit, moment.as_of), post__in=COMMITTEE_POSTS)


def overseers(moment: Moment) -> QuerySet:
    """Return who looks after the units beneath the unit on the day."""
    held = Position.objects.visible_to(moment.user).on(moment.as_of)
    return held.filter(lies_beneath(moment.unit, moment.as_of), post=Post.OVERSEER)


def nowhere(moment: Moment) -> QuerySet:
    """Return the last stays beneath the unit that ended by a move within the Party after which no other stay begins."""
    later = Spell.objects.filter(member=OuterRef("member"), started_on__gt=OuterRef("started_on"))
    ended = Spell.objects.visible_to(moment.user).filter(ended_on__lte=moment.as_of, end_reason__in=GOING_ON)
    beneath = covers_eve(F("ended_on"), "unit__lines__")
    return ended.filter(beneath, ~Exists(later), unit__lines__ancestor=moment.unit)


def put_out(moment: Moment) -> QuerySet:
    """Return the stays beneath the unit that ended by striking off or expulsion."""
    ended = Spell.objects.visible_to(moment.user).filter(ended_on__lte=moment.as_of, end_reason__in=PUT_OUT)
    return ended.filter(covers_eve(F("ended_on"), "unit__lines__"), unit__lines__ancestor=moment.unit)


def gone(moment: Moment) -> QuerySet:
    """Return the stays beneath the unit that ended in the period."""
    ended = Spell.objects.visible_to(moment.user).filter(ended_on__range=(moment.since, moment.as_of))
    return ended.filter(covers_eve(F("ended_on"), "unit__lines__"), unit__lines__ancestor=moment.unit)


def expelled(moment: Moment) -> QuerySet:
    """Return the stays beneath the unit that ended by expulsion."""
    return put_out(moment).filter(end_reason=EndReason.EXPELLED)


def expulsions(moment: Moment) -> QuerySet:
    """Return the expulsions among the disciplinary measures against people of cells beneath the unit."""
    there = covers_eve(OuterRef("decided_on")) & covers_eve(OuterRef("decided_on"), "unit__lines__")
    stays = Spell.objects.filter(there, member=OuterRef("member"), unit__lines__ancestor=moment.unit)
    found = Discipline.objects.visible_to(moment.user).filter(
        form=DisciplineMeasure.EXPULSION, decided_on__lte=moment.as_of
    )
    return found.filter(Exists(stays))


def measures_in_force(moment: Moment) -> QuerySet:
    """Return the disciplinary measures, expulsions aside, that have not expired by the day, of members beneath it."""
    stays = members_on(moment).filter(member=OuterRef("member"))
    held = Discipline.objects.filter(decided_on__lte=moment.as_of, expires_on__gt=moment.as_of)
    return held.filter(Exists(stays)).exclude(form=DisciplineMeasure.EXPULSION)


def admitted(moment: Moment) -> QuerySet:
    """Return the admissions in the period at cells beneath the unit."""
    held = Admission.objects.visible_to(moment.user).filter(ceremony_on__range=(moment.since, moment.as_of))
    return held.filter(unit_lies_beneath("ceremony_on")(moment))


def made_official(moment: Moment) -> QuerySet:
    """Return the admissions of those beneath the unit who became official members in the period."""
    found = Admission.objects.visible_to(moment.user).filter(official_on__range=(moment.since, moment.as_of))
    return found.filter(member_lies_beneath("official_on")(moment))


def unapproved_reviews(moment: Moment) -> QuerySet:
    """Return the reviews and the ends of plannings, of members beneath the unit, that no approval goes before."""
    stays = members_on(moment).filter(member=OuterRef("member"))
    same = {name: OuterRef(name) for name in ("member", "post", "term")}
    approved = Planning.objects.filter(**same, step=PlanningStep.APPROVED, approved_on__lte=OuterRef("approved_on"))
    found = Planning.objects.filter(Exists(stays), ~Exists(approved), approved_on__lte=moment.as_of)
    return found.exclude(step=PlanningStep.APPROVED)


def lasting(model: type[Model]) -> Callable[[Moment], QuerySet]:
    """Return, for a moment, the facts of `model` that hold on the day about members beneath the unit."""

    def rows(moment):
        stays = members_on(moment).filter(member=OuterRef("member"))
        return model.objects.on(moment.as_of).filter(Exists(stays))

    return rows


CURRENT_MEMBERS = of_members("members", members, cell=name_on_day)
ADMISSION_PIPELINE = of_members(
    "admissions",
    pipeline.pipeline,
    ListColumn("Vào danh sách", "listed_on", day, short=True),
    ListColumn("Lễ kết nạp", "ceremony_on", day, short=True),
    cell=lambda moment: F("cell"),
)
EXEMPTIONS = of_members("exemptions", lasting(Exemption), UNTIL)
FEE_REDUCTIONS = of_members("fee_reductions", lasting(FeeReduction), UNTIL)
UNAPPROVED_REVIEWS = of_members(
    "unapproved_reviews",
    unapproved_reviews,
    ListColumn("Việc", "step", labelled(PlanningStep)),
    ListColumn("Chức danh quy hoạch", "post", labelled(PlanningPost)),
    ListColumn("Nhiệm kỳ", "term", short=True),
)
SUSPENSIONS = of_members("suspensions", lasting(Suspension), UNTIL)
MEASURES_IN_FORCE = of_members(
    "measures_in_force",
    measures_in_force,
    ListColumn("Hình thức", "form", labelled(DisciplineMeasure)),
    ListColumn("Hết hiệu lực", "expires_on", day, short=True),
)
POSTS = of_members(
    "posts",
    committee_posts,
    ListColumn("Chức vụ", "post", labelled(Post)),
    ListColumn("Ở tổ chức đảng", "at"),
    at=name_on_day,
)
OVERSEERS = of_members("overseers", overseers, ListColumn("Phụ trách", "at"), at=name_on_day)
ADMITTED = of_members(
    "admitted",
    admitted,
    ListColumn("Ký quyết định", "decision_date", day, short=True),
    ListColumn("Lễ kết nạp", "ceremony_on", day, short=True),
    cell=lambda moment: name_of("unit", covers(OuterRef("ceremony_on"))),
)
MADE_OFFICIAL = of_members(
    "made_official",
    made_official,
    ListColumn("Chính thức", "official_on", day, short=True),
    ListColumn("Số quyết định", "official_decision", short=True),
    ListColumn("Ngày quyết định", "official_decided_on", day, short=True),
)
NOWHERE = of_members(
    "nowhere",
    nowhere,
    ListColumn("Thôi từ ngày", "ended_on", day, short=True),
    ListColumn("Nơi đến", "went_to"),
    cell=lambda moment: name_of("unit", covers_eve(OuterRef("ended_on"))),
)
GONE = of_members(
    "gone",
    gone,
    ListColumn("Lý do giảm", "end_reason", labelled(EndReason)),
    ListColumn("Thôi từ ngày", "ended_on", day, short=True),
    cell=lambda moment: name_of("unit", covers_eve(OuterRef("ended_on"))),
)
EXPELLED = of_members(
    "expelled",
    expelled,
    ListColumn("Ra khỏi Đảng", "ended_on", day, short=True),
    cell=lambda moment: name_of("unit", covers_eve(OuterRef("ended_on"))),
)
PUT_OUT_OF_THE_PARTY = of_members(
    "put_out",
    put_out,
    ListColumn("Lý do giảm", "end_reason", labelled(EndReason)),
    ListColumn("Ra khỏi Đảng", "ended_on", day, short=True),
    cell=lambda moment: name_of("unit", covers_eve(OuterRef("ended_on"))),
)
EXPULSIONS = of_members(
    "expulsions",
    expulsions,
    ListColumn("Ngày quyết định", "decided_on", day, short=True),
    cell=lambda moment: cell_of_member("decided_on"),
)
UNITS_WITH_MEMBERS = CheckPopulation(
    "units",
    units,
    About.UNIT,
    "unit__code",
    Listing(
        (
            ListColumn("Tổ chức đảng", "name", sort="unit__code"),
            ListColumn("Loại tổ chức", "kind", labelled(Kind)),
            ListColumn("Đảng viên", "members", number, numeric=True, nested=True),
            ListColumn("Chính thức", "official", number, numeric=True, nested=True),
        ),
        ("unit__code",),
    ),
)
"""What checks go through."""
