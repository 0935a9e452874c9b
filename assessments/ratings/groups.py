"""The groups over which the ceiling is counted: the members of a cell, the units of one sector beneath one committee.

Sheets, progress, dashboard and checks all ask here, so that none counts over others than the rest. The groups are those
of the reference day: who moved or was dissolved later changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Expression, F, FilteredRelation, Min, OuterRef, Q, QuerySet, Value

from assessments.choices import Rating
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.expressions import counted
from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import number, percent
from members.models import Spell
from organizations.choices import CELLS, Sector
from organizations.models import Threshold, UnitPeriod
from organizations.tree_queries import lies_beneath

from .ceiling import CEILING, Ceiling, CountOfLevels, base_of, passes_ceiling
from .sheet import reference_day

CELL, SECTOR = "chi bộ", "loại hình"
"""What the groups of members and of units are called."""


@dataclass(frozen=True)
class CeilingGroups:
    """Ceilings of a threshold in `groups`, each with its name; `called` is what a group is. Said like a target too."""

    threshold: Threshold
    called: str
    groups: tuple[tuple[str, Ceiling], ...]

    @property
    def given(self) -> int:
        """How often the top level was given in all groups."""
        return sum(ceiling.given for _, ceiling in self.groups)

    @property
    def allowed(self) -> int:
        """How often it may be given when each group keeps to its ceiling."""
        return sum(ceiling.allowed for _, ceiling in self.groups)

    @property
    def passed(self) -> list[tuple[str, Ceiling]]:
        """The groups in which the level was given more often than allowed."""
        return [(name, ceiling) for name, ceiling in self.groups if ceiling.is_passed]

    @property
    def met(self) -> bool:
        """Whether no group has too many, as of a target."""
        return not self.passed

    @property
    def verdict(self) -> str:
        """The same in words."""
        return "Trong mức" if self.met else "Vượt mức"

    @property
    def asked(self) -> str:
        """How many are allowed, or where there are more, in words."""
        if self.met:
            return f"tối đa {number(self.allowed)}, tính theo từng {self.called}"
        return f"ở {number(len(self.passed))}/{number(len(self.groups))} {self.called}"

    @property
    def words(self) -> str:
        """What the ceiling is a share of, how it is rounded, where it is written, over what it is counted."""
        return f"{Ceiling.of(self.threshold, {}).words}; tính theo từng {self.called}"

    @property
    def rule(self) -> str:
        """What the regulation says, and which it is."""
        low = self.threshold.low
        level = percent(low, 0 if low == int(low) else 1)
        return (
            f"Tỷ lệ khống chế: {level} số {base_of(self.threshold).label} của từng {CELL}, từng {SECTOR}, theo "
            f"{self.threshold.basis}."
        )


def ceiling_groups(moment: Moment) -> tuple[CeilingGroups | None, CeilingGroups | None]:
    """Return the cells beneath the unit with their ceilings, and the sectors of the units directly beneath a committee
    that is the unit or lies beneath it, in one statement; None without a ceiling or without a group.
    """
    rows = [*_told_cells(moment).union(_told_sectors(moment), all=True)] if _ceiling(moment) else []
    return (
        _groups(moment, CELL, rows, lambda row: (row.first, row.title)),
        _groups(moment, SECTOR, rows, lambda row: ((row.parent_id, row.sector), Sector(row.sector).label)),
    )


def _ceiling(moment):
    return moment.in_force.threshold(CEILING, _day(moment))


def _told_cells(moment):
    """Return the cells beneath the unit, each with its levels."""
    day = _day(moment)
    cells = UnitPeriod.objects.visible_to(moment.user).on(day).filter(lies_beneath(moment.unit, day), kind__in=CELLS)
    stays = FilteredRelation("unit__spells", condition=covers(day, "unit__spells__"))
    cells = cells.annotate(stay=stays, called=Value(CELL), first=F("pk"), title=F("name"))
    return _told(cells.values("called", "first", "title", "parent_id", "sector"), moment, "stay__member__ratings")


def _told_sectors(moment):
    """Return the sectors beneath each committee in which the reader sees a unit, each with its levels."""
    day = _day(moment)
    units = UnitPeriod.objects.on(day).filter(lies_beneath(moment.unit, day, "parent__lines__")).direct(day)
    seen = Count("pk", filter=Q(pk__in=UnitPeriod.objects.visible_to(moment.user).values("pk")))
    sectors = units.annotate(called=Value(SECTOR)).values("called", "parent_id", "sector")
    sectors = sectors.annotate(first=Min("pk"), title=Min("name")).alias(seen=seen).filter(seen__gt=0)
    return _told(sectors, moment, "unit__ratings")


def _told(groups, moment, ratings):
    """Return `groups` with how many of the year's ratings at the path `ratings` have which level: all in one pass."""
    of_year = FilteredRelation(ratings, condition=Q(**{f"{ratings}__year": moment.year}))
    levels = {level.value: Count("rating__pk", filter=Q(rating__level=level)) for level in Rating}
    rows = groups.alias(rating=of_year).annotate(**levels).order_by()
    return rows.values_list("called", "first", "title", "parent_id", "sector", *Rating.values, named=True)


def rated_cells(moment: Moment) -> QuerySet:
    """Cells of the reference day beneath the unit, each with how many of its members have which level."""
    day = _day(moment)
    cells = UnitPeriod.objects.visible_to(moment.user).on(day).filter(lies_beneath(moment.unit, day), kind__in=CELLS)
    return cells.annotate(**_levels(given_in_cell(moment)))


def rated_units_beneath(moment: Moment, line: str = "parent__lines__") -> QuerySet:
    """Units of the reference day whose committee is the unit or lies beneath it, each with the levels of its group.

    With the `line` of the units themselves: those that are the unit or lie beneath it.
    """
    day = _day(moment)
    units = UnitPeriod.objects.visible_to(moment.user).on(day).filter(lies_beneath(moment.unit, day, line))
    return units.annotate(**_levels(given_in_sector(moment)))


def given_in_cell(moment: Moment) -> CountOfLevels:
    """Return what counts, of some levels, the members of a cell on the reference day that have one."""

    def given(levels: Sequence[str]) -> Expression:
        rated = {"member__ratings__year": moment.year, "member__ratings__level__in": levels}
        return counted(Spell.objects.filter(covers(_day(moment)), unit=OuterRef("unit"), **rated))

    return given


def cells_passing_ceiling(moment: Moment) -> QuerySet:
    """Ids of the cells beneath the unit in which the top level was given more often than allowed: all in one pass."""

    def given(levels: Sequence[str]) -> Expression:
        return Count("pk", filter=Q(rating__level__in=levels))

    day = _day(moment)
    of_year = FilteredRelation("member__ratings", condition=Q(member__ratings__year=moment.year))
    stays = Spell.objects.on(day).filter(lies_beneath(moment.unit, day)).annotate(rating=of_year)
    cells = stays.order_by().values("unit").annotate(given=given(Rating.values))
    return cells.filter(passes_ceiling(day, given)).values("unit")


def given_in_sector(moment: Moment) -> CountOfLevels:
    """Return what counts, of some levels, the units of the sector of a unit, beside it in the tree, that have one."""

    def given(levels: Sequence[str]) -> Expression:
        rated = {"unit__ratings__year": moment.year, "unit__ratings__level__in": levels}
        beside = UnitPeriod.objects.filter(covers(_day(moment)), parent=OuterRef("parent"), **rated)
        return counted(beside.filter(sector=OuterRef("sector")))

    return given


def _day(moment):
    return reference_day(moment.year, moment.as_of)


def _levels(given):
    return {level.value: given([level]) for level in Rating}


def _groups(moment, called, rows, group_of):
    """Return the groups of the `rows` of a kind; rows of one group have the same numbers."""
    threshold, found = _ceiling(moment), {}
    for row in sorted((row for row in rows if row.called == called), key=lambda row: (row.title, row.first)):
        key, name = group_of(row)
        numbers = {level: getattr(row, level) for level in Rating.values}
        found.setdefault(key, (name, Ceiling.of(threshold, numbers)))
    return CeilingGroups(threshold, called, tuple(found.values())) if found else None
