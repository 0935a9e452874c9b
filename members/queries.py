"""Member queries: who lies beneath a unit, in which cell somebody was on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from members import probation
from members.choices import DisciplineMeasure
from members.models import Admission, MemberState, Spell
from organizations.models import UnitPeriod
from organizations.tree_queries import lies_beneath, name_of


def cell_of_member(day: date | str, holds: Callable[..., Q] = covers) -> Subquery:
    """Cell subquery: the name of the cell in which the member of a row was on `day`, a date or the path of one.

    `holds` is `covers_eve` for the day before.
    """
    when = OuterRef(day) if isinstance(day, str) else day
    there = holds(when, "unit__spells__") & Q(unit__spells__member=OuterRef("member"))
    cells = UnitPeriod.objects.filter(holds(when), there)
    return Subquery(cells.values("name")[:1])


def cell_when_disciplined() -> Coalesce:
    """Cell expression of a disciplinary measure: where the member was on its day, or until then when it expelled."""
    return Coalesce(cell_of_member("decided_on"), cell_of_member("decided_on", covers_eve))


def stay_when_disciplined(day: Callable[[str], Q]) -> Q:
    """Stay condition of a disciplinary measure: `day(holds)` for the day it was decided, the eve for an expulsion.

    `holds` is `covers` or `covers_eve`: an expulsion ends the stay on its day, as every ending belongs to the eve.
    """
    expels = Q(form=DisciplineMeasure.EXPULSION)
    return expels & day(covers_eve) | ~expels & day(covers)


def cell_on(day: str) -> Callable[[Moment], dict[str, Subquery]]:
    """Cell look-up of a row that names its unit, on the day at path `day`: {"cell": name} for a `Listing`."""
    return lambda moment: {"cell": name_of("unit", covers(OuterRef(day)))}


def members_on(moment: Moment, on: date | None = None) -> QuerySet[Spell]:
    """Members on a day: their stays beneath the unit, by the tree of that day; usually the as-of day."""
    on = on or moment.as_of
    return Spell.objects.visible_to(moment.user).on(on).filter(lies_beneath(moment.unit, on))


def member_lies_beneath(day: str | None) -> Callable[[Moment], Q]:
    """Subtree condition for a moment: the member of a row is in a cell beneath the unit on the row's own day.

    `day` names the field of that day; without one it is the as-of day.
    """

    def condition(moment):
        when = OuterRef(day) if day else moment.as_of
        stays = Spell.objects.filter(covers(when), lies_beneath(moment.unit, when), member=OuterRef("member"))
        return Q(Exists(stays))

    return condition


def probation_going_on(moment: Moment) -> Q:
    """Return the condition that the probation of the member of a row has begun and lasts on the day, as is recorded.

    It says nothing of those who have an official day.
    """
    admitted_lately = Q(member__joined_on__gt=months_later(moment.as_of, -moment.in_force.value(probation.MONTHS)))
    going_on = Admission.objects.filter(
        member=OuterRef("member"), ceremony_on__lte=moment.as_of, official_on__isnull=True
    )
    return Q(member__joined_on__isnull=False) & admitted_lately | Q(Exists(going_on))


def holding(model: type[Model], moment: Moment, **fields: Any) -> Exists:
    """Fact condition: one of `model` about the person, with these `fields`, holds on the day."""
    return Exists(model.objects.filter(covers(moment.as_of), member=OuterRef("pk"), **fields))


def without_level(field: str) -> Callable[[Moment], Q | Exists]:
    """Missing data condition, for a moment: nothing is known of one level of the person on the day."""
    return lambda moment: (
        ~Exists(MemberState.objects.filter(covers(moment.as_of), ~Q(**{field: ""}), member=OuterRef("pk")))
    )


MISSING = {
    "ngay-sinh": ("Ngày sinh", lambda moment: Q(born_on__isnull=True)),
    "so-the": ("Số thẻ đảng viên", lambda moment: Q(card_number="", official_on__lte=moment.as_of)),
    "dinh-danh": ("Số định danh cá nhân", lambda moment: Q(citizen_id="")),
    "ngay-vao-dang": ("Ngày vào Đảng", lambda moment: Q(joined_on__isnull=True)),
    "ngay-cap-the": ("Ngày cấp thẻ", lambda moment: Q(card_issued_on__isnull=True) & ~Q(card_number="")),
    "ton-giao": ("Tôn giáo", lambda moment: Q(religion="")),
    "noi-o": ("Nơi thường trú", lambda moment: Q(residence="")),
    "trinh-do": ("Mọi trình độ, nghề nghiệp", lambda moment: ~holding(MemberState, moment)),
    "hoc-van": ("Học vấn", without_level("education")),
    "chuyen-mon": ("Chuyên môn", without_level("qualification")),
    "hoc-ham": ("Học hàm", without_level("academic_title")),
    "ly-luan": ("Lý luận chính trị", without_level("theory")),
    "nghe-nghiep": ("Nghề nghiệp", without_level("occupation")),
}
"""What a record may lack, by its code in the address: its label, the condition of a moment.

Only official members have a card.
"""
