"""Progress of the ratings of a year, unit by unit."""

from dataclasses import dataclass, field
from typing import Self

from django.db.models import Count, F, FilteredRelation, Q

from assessments.choices import NotRated, Rating
from binhlu_portal.moment.moment import Moment
from members.models import Spell
from organizations.choices import CELLS
from organizations.tree_queries import lies_beneath

from .sheet import rated_units, reference_day

LEVELS = {level.value: Count("pk", filter=Q(rating__level=level)) for level in Rating}
"""How many have each level."""


@dataclass
class RatingProgress:
    """Rating progress of a unit at the end of a year: its own rating and how many of its members have which level.

    `levels` counts them by level, `not_rated` are those with a reason for no rating.
    """

    name: str
    code: str = ""
    is_cell: bool = False
    level: str = ""
    four_goods: bool = False
    members: int = 0
    not_rated: int = 0
    levels: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Rating.values, 0))

    @property
    def rated(self) -> int:
        """How many members have a level."""
        return sum(self.levels.values())

    @property
    def waiting(self) -> int:
        """How many members have neither a level nor a reason for none."""
        return self.members - self.rated - self.not_rated

    @property
    def counts(self) -> list[int]:
        """The numbers of the levels in their order."""
        return list(self.levels.values())

    def add(self, other: Self) -> None:
        """Add the members of another unit to this one."""
        self.members += other.members
        self.not_rated += other.not_rated
        self.levels = {level: number + other.levels[level] for level, number in self.levels.items()}


def progress(moment: Moment) -> tuple[list[RatingProgress], RatingProgress]:
    """Rating progress of the units directly beneath that of the moment at the end of the rating year: (rows, total).

    A unit with nothing beneath it has one row, its own.
    """
    day = reference_day(moment.year, moment.as_of)
    places = rated_units(moment.unit, moment.year, moment.user, day)
    beneath = [place for place in places if place.unit_id != moment.unit.pk]
    rows = {place.unit_id: _row(place) for place in beneath or places}
    total = RatingProgress("")
    for found in _members(moment, day):
        row = rows.get(found.pop("branch") or moment.unit.pk)
        counted = RatingProgress(
            "", members=found["members"], not_rated=found["without"], levels={level: found[level] for level in LEVELS}
        )
        total.add(counted)
        if row:
            row.add(counted)
    return list(rows.values()), total


def _members(moment, day):
    """Return for each branch beneath the unit how many members there were on `day`, and how many with which level."""
    stays = Spell.objects.visible_to(moment.user).on(day)
    return (
        stays.filter(lies_beneath(moment.unit, day))
        .annotate(rating=FilteredRelation("member__ratings", condition=Q(member__ratings__year=moment.year)))
        .values(branch=F("unit__lines__branch"))
        .annotate(members=Count("pk"), without=Count("pk", filter=Q(rating__not_rated__in=NotRated.values)), **LEVELS)
        .order_by()
    )


def _row(place):
    return RatingProgress(
        place.name,
        place.unit.code,
        place.kind in CELLS,
        Rating(place.level).label if place.level else NotRated(place.not_rated).label if place.not_rated else "",
        bool(place.recognised),
    )
