"""Rating sheet of a unit and a year: who is to be rated, what stands there, and why someone might not be rated."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, Expression, F, FilteredRelation, OuterRef, Q, Subquery

from assessments.choices import NotRated, Rating
from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.statements import of_parameters
from members.models import Admission, Exemption, Member, Spell, Suspension
from organizations.choices import EventKind, Sector
from organizations.in_force import InForce
from organizations.models import Unit, UnitEvent, UnitPeriod
from organizations.rights import Right
from organizations.scope import Reader
from organizations.tree_queries import sibling_sort_key

YOUNGEST_MONTHS = "ratings.youngest_months"
"""Members and units that are younger at the end of the year are not rated (21-HD/BTCTW, 18/10/2019)."""

ONE_DAY = timedelta(days=1)


@dataclass
class RatingRow:
    """Row of a rating sheet, a member or unit: its `mark` as saved, whether it is `writable`, and what is `proposed`.

    `goods` is "1" for a unit recognised as "bốn tốt"; `group` is its sector, over which the ceiling is counted.
    """

    subject: Member | Unit
    name: str
    about: str
    mark: str
    writable: bool
    decided_on: date | None = None
    proposed: str = ""
    goods: str = ""
    group: str = ""

    @property
    def key(self) -> str:
        """The name of its mark in the form."""
        return f"mark-{self.subject.pk}"

    @property
    def goods_key(self) -> str:
        """The name of its "bốn tốt" in the form."""
        return f"goods-{self.subject.pk}"


@dataclass
class RatingSheet:
    """Rating sheet of a year, as of its end or, while it lasts, of the day `day`.

    The stays of those who left are `apart`; `in_force` is what was in force on its day.
    """

    year: int
    in_force: InForce
    rows: list[RatingRow]
    apart: list[Spell] = field(default_factory=list)
    has_goods: bool = False

    @property
    def day(self) -> date:
        """The day as of which it is."""
        return self.in_force.on

    @property
    def writable(self) -> list[RatingRow]:
        """The rows that the reader may write."""
        return [row for row in self.rows if row.writable]

    @property
    def saved(self) -> dict[str, str]:
        """What stands in the rows that the reader may write, by name in the form; what is empty is left out."""
        cells = [(row.key, row.mark) for row in self.writable] + [(row.goods_key, row.goods) for row in self.writable]
        return {key: value for key, value in cells if value}

    @property
    def decided_on(self) -> date | None:
        """The latest day of decision."""
        return max((row.decided_on for row in self.rows if row.decided_on), default=None)

    @property
    def groups(self) -> dict[str, str]:
        """The groups over which the ceiling is counted, {key: name}: the sectors of units; members are one, unnamed."""
        groups = {row.group for row in self.rows}
        return {group: label for group, label in (("", ""), *Sector.choices) if group in groups}

    def numbers(self, marks: dict[str, str], group: str = "") -> dict[str, int]:
        """Tally of levels in a group, {level: number}, with `marks` by name in the form in place of what is saved."""
        rows = [row for row in self.rows if row.group == group]
        given = [marks.get(row.key, "") if row.writable else row.mark for row in rows]
        return {level: given.count(level) for level in Rating.values}


def member_sheet(unit: Unit, year: int, user: Reader, today: date) -> RatingSheet:
    """Rating sheet of the members of a cell: those there at the end of the year, and apart those who left in it."""
    day = reference_day(year, today)
    whose = {"member": OuterRef("member")}
    admitted = Admission.objects.filter(**whose, ceremony_on__lte=day).order_by("-ceremony_on").values("ceremony_on")
    stays = (
        Spell.objects.visible_to(user)
        .filter(unit=unit)
        .overlapping(date(year, 1, 1), day + ONE_DAY)
        .annotate(rating=FilteredRelation("member__ratings", condition=Q(member__ratings__year=year)))
        .annotate(
            level=F("rating__level"),
            not_rated=F("rating__not_rated"),
            rated_on=F("rating__decided_on"),
            suspended=Exists(Suspension.objects.filter(covers(day), **whose)),
            exempt=Exists(Exemption.objects.filter(covers(day), **whose)),
            admitted_on=Subquery(admitted[:1]),
            writable=Exists(Member.objects.editable_by(user, Right.EDIT).filter(pk=OuterRef("member"))),
        )
        .select_related("member")
        .order_by("member__sort_name", "member", "started_on")
    )
    last = {stay.member_id: stay for stay in stays}.values()
    here = [stay for stay in last if stay.ended_on > day]
    in_force = InForce(day)
    rows = [_member_row(stay, year, in_force) for stay in here]
    return RatingSheet(year, in_force, rows, [stay for stay in last if stay.ended_on <= day])


def unit_sheet(unit: Unit, year: int, user: Reader, today: date) -> RatingSheet:
    """Rating sheet of the units that stand directly beneath `unit` at the end of the year."""
    day = reference_day(year, today)
    founded = UnitEvent.objects.filter(unit=OuterRef("unit"), kind=EventKind.ESTABLISHED, day=F("unit__started_on"))
    kept = Unit.objects.editable_by(user, Right.DECIDE).filter(pk=OuterRef("unit"))
    places = rated_units(unit, year, user, day, founded=Exists(founded), writable=Exists(kept))
    in_force = InForce(day)
    rows = [_unit_row(place, year, in_force) for place in places if place.parent_id == unit.pk]
    return RatingSheet(year, in_force, rows, has_goods=True)


def rated_units(unit: Unit, year: int, user: Reader, day: date, **more: Expression) -> list[UnitPeriod]:
    """Units of a rating sheet: what `unit` and those directly beneath it were on `day`, with their ratings.

    In tree order.
    """
    places = (
        UnitPeriod.objects.visible_to(user)
        .on(day)
        .filter(Q(parent=unit) | Q(unit=unit))
        .annotate(
            rating=FilteredRelation("unit__ratings", condition=Q(unit__ratings__year=year)),
            four=FilteredRelation("unit__four_goods", condition=Q(unit__four_goods__year=year)),
        )
        .annotate(
            level=F("rating__level"),
            not_rated=F("rating__not_rated"),
            rated_on=F("rating__decided_on"),
            recognised=F("four__pk"),
            **more,
        )
        .select_related("unit")
    )
    return sorted(places, key=sibling_sort_key)


@of_parameters
def reference_day(year: int, today: date) -> date:
    """Reference day of a rating year, on which its members count: the last of the year, or today while it lasts."""
    return min(date(year, 12, 31), today)


def is_new(day: date | None, year: int, in_force: InForce) -> bool:
    """Too new to be rated: whether what began on `day` is younger at the end of `year` than what is rated must be."""
    return day is not None and months_later(day, in_force.value(YOUNGEST_MONTHS)) > date(year, 12, 31)


def _member_row(stay, year, in_force):
    reasons = {
        NotRated.SUSPENDED: stay.suspended,
        NotRated.EXEMPT: stay.exempt,
        NotRated.NEW: is_new(stay.admitted_on, year, in_force),
    }
    return RatingRow(
        stay.member,
        stay.member.full_name,
        f"sinh {stay.member.born_on or 'chưa rõ'}" + ("" if stay.writable else "; nay không thuộc chi bộ"),
        stay.level or stay.not_rated or "",
        stay.writable,
        stay.rated_on,
        next((reason for reason, holds in reasons.items() if holds), ""),
    )


def _unit_row(period, year, in_force):
    new = period.founded and is_new(period.unit.started_on, year, in_force)
    return RatingRow(
        period.unit,
        period.name,
        period.get_kind_display(),
        period.level or period.not_rated or "",
        period.writable,
        period.rated_on,
        NotRated.NEW if new else "",
        "1" if period.recognised else "",
        period.sector,
    )
