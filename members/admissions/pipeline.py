"""Admission pipeline: who stands at which stage of the way into the Party on a day, and when the next step is due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import RowNumber

from binhlu_portal.dates.arithmetic import first_of_year
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members import probation
from members import queries as member_queries
from members.models import Admission
from organizations import tree_queries as unit_lists
from organizations.in_force import InForce
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right

SOON = 30
"""Days before the end of probation from which a card says so."""


@dataclass(frozen=True)
class Stage:
    """Stage of the pipeline: its name in the address, its heading, and what to do when nobody stands there."""

    code: str
    title: str
    advice: str


LISTED = Stage(
    "nguon",
    "Quần chúng ưu tú, chưa học lớp",
    "Chưa có người nào. Bấm “Thêm quần chúng ưu tú” khi chi bộ đã giới thiệu.",
)
TAUGHT = Stage(
    "da-hoc",
    "Quần chúng ưu tú, đã học lớp",
    "Chưa có người nào. Ghi ngày học lớp nhận thức về Đảng ở thẻ trong cột trước.",
)
PROBATION = Stage("du-bi", "Đảng viên dự bị", "Không có đảng viên dự bị. Ghi lễ kết nạp ở thẻ trong hai cột trước.")
OFFICIAL = Stage("chinh-thuc", "Chính thức trong năm", "Trong năm chưa có ai được công nhận chính thức.")
STAGES = (LISTED, TAUGHT, PROBATION, OFFICIAL)


def pipeline(moment: Moment) -> QuerySet[Admission]:
    """Admission pipeline of `moment`: admissions, each with its `stage`, `since` when, and its `cell`; earliest first.

    `may_edit` and `may_decide` say what the reader may do with one.
    """
    day = moment.as_of
    taught = Q(course_on__lte=day)
    waiting = Q(listed_on__lte=day) & _not_yet("ceremony_on", day) & _not_yet("closed_on", day)
    waiting &= unit_lists.unit_lies_beneath(None)(moment)
    probation = (
        Q(ceremony_on__lte=day) & _not_yet("official_on", day) & member_queries.member_lies_beneath(None)(moment)
    )
    official = Q(official_on__range=(first_of_year(day), day)) & member_queries.member_lies_beneath("official_on")(
        moment
    )
    stage = Case(
        When(official_on__lte=day, then=Value(OFFICIAL.code)),
        When(ceremony_on__lte=day, then=Value(PROBATION.code)),
        When(taught, then=Value(TAUGHT.code)),
        default=Value(LISTED.code),
        output_field=CharField(),
    )
    since = Case(
        When(official_on__lte=day, then=F("official_on")),
        When(ceremony_on__lte=day, then=F("ceremony_on")),
        When(taught, then=F("course_on")),
        default=F("listed_on"),
    )
    return (
        Admission.objects.visible_to(moment.user)
        .filter(waiting | probation | official)
        .annotate(
            stage=stage,
            since=since,
            cell=_cell(day),
            may_edit=_kept(moment.user, Right.EDIT),
            may_decide=_kept(moment.user, Right.DECIDE),
        )
        .select_related("member")
        .order_by("since", "pk")
    )


def top_of_each_stage(rows: QuerySet[Admission], number: int) -> QuerySet[Admission]:
    """Top of each stage: the first `number` rows, each with the `total` of its stage, by window functions."""
    order = [F("since").asc(), F("pk").asc()]
    return rows.annotate(
        place=Window(RowNumber(), partition_by=F("stage"), order_by=order),
        total=Window(Count("pk"), partition_by=F("stage")),
    ).filter(place__lte=number)


@dataclass(frozen=True)
class Deadline:
    """Deadline: a day by which something is due, in words, and the days `left`, below zero when it has passed."""

    what: str
    day: date
    left: int

    @property
    def is_pressing(self) -> bool:
        """Whether the day has passed or is near."""
        return self.left <= SOON

    @property
    def words(self) -> str:
        """How long there is still time."""
        if self.left < 0:
            return f"quá hạn {-self.left} ngày"
        return f"còn {self.left} ngày" if self.left else "hết hạn hôm nay"


def deadline(admission: Admission, in_force: InForce) -> Deadline:
    """Next deadline on the way of someone on probation, as seen on the day of the rules `in_force`."""
    day = in_force.on
    end = probation.probation_end(admission.ceremony_on, in_force)
    if day < end:
        return Deadline(in_force.cite("Hết {admissions.probation_months} dự bị"), end, (end - day).days)
    vote = probation.vote_deadline(admission.ceremony_on, in_force)
    return Deadline("Hạn chi bộ họp xét", vote, (vote - day).days)


def _not_yet(field, day):
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": day})


def _cell(day):
    """Return the name of the cell a row stands in: that of the stay on `day`, for candidates that of the list."""
    staying = UnitPeriod.objects.filter(covers(day), covers(day, "unit__spells__"))
    stay = staying.filter(unit__spells__member=OuterRef("member")).values("name")[:1]
    return Case(When(ceremony_on__lte=day, then=Subquery(stay)), default=unit_lists.name_of("unit", covers(day)))


def _kept(user, right):
    return Exists(Unit.objects.editable_by(user, right).filter(pk=OuterRef("unit")))
