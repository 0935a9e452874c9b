"""The tree of a synthetic province: communes of 54 direct units, nested cells, and what happened to them lately."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from organizations.choices import EventKind, Kind, Sector
from organizations.models import Unit, UnitEvent, UnitPeriod

START = date(2020, 1, 1)
"""The day from which most units and members of the world are known."""

SINCE, AS_OF = date(2026, 1, 1), date(2026, 3, 31)
"""The period that the bench asks for."""

OPEN = Unit._meta.get_field("ended_on").default

DIRECT = (
    (Kind.PARTY_ORGANIZATION, Sector.POLICE),
    (Kind.PARTY_ORGANIZATION, Sector.MILITARY),
    (Kind.PARTY_ORGANIZATION, Sector.STATE_AGENCY),
    (Kind.PARTY_ORGANIZATION, Sector.PARTY_AGENCY),
    (Kind.PARTY_ORGANIZATION, Sector.PUBLIC_SERVICE),
    *((Kind.GRASSROOTS_CELL, Sector.PRIVATE_ENTERPRISE),) * 6,
    *((Kind.SUBORDINATE_CELL, Sector.VILLAGE),) * 30,
    *((Kind.SUBORDINATE_CELL, Sector.SCHOOL),) * 11,
    (Kind.SUBORDINATE_CELL, Sector.HEALTH_STATION),
    (Kind.SUBORDINATE_CELL, Sector.STATE_AGENCY),
)
"""Kind and sector of the units directly beneath a commune committee."""

FATES = {
    None: 69,
    EventKind.RECEIVED: 6,
    EventKind.ESTABLISHED: 6,
    EventKind.RENAMED: 6,
    EventKind.RECLASSIFIED: 3,
    EventKind.DISSOLVED: 6,
    EventKind.MERGED: 4,
}
"""What happens to a hundred direct units in the year before the as-of day."""


@dataclass
class SyntheticPlace:
    """A unit of the tree: what it is, how long it lives, and who stands directly above it."""

    unit: Unit
    kind: str
    sector: str
    parent: "SyntheticPlace | None" = None
    event: UnitEvent | None = None
    cells: list["SyntheticPlace"] = field(default_factory=list)
    members: list[int] = field(default_factory=list)

    def periods(self):
        """Return what the unit was: two periods when its name or sector changed in between."""
        row = {"unit": self.unit, "kind": self.kind, "parent": self.parent and self.parent.unit}
        first, last, code = self.unit.started_on, self.unit.ended_on, self.unit.code
        if self.event and self.event.kind in (EventKind.RENAMED, EventKind.RECLASSIFIED):
            old = Sector.OTHER if self.event.kind == EventKind.RECLASSIFIED else self.sector
            yield UnitPeriod(**row, name=f"Tổ chức {code} cũ", sector=old, started_on=first, ended_on=self.event.day)
            first = self.event.day
        yield UnitPeriod(**row, name=f"Tổ chức {code}", sector=self.sector, started_on=first, ended_on=last)


def random_day(rng, first, last):
    """Return a day from `first` to the day before `last`."""
    return first + timedelta(days=rng.randrange((last - first).days))


def recent_day(rng):
    """Return a day of the period asked for, or as often one of the nine months before it."""
    return random_day(rng, *((SINCE, AS_OF) if rng.random() < 0.5 else (date(2025, 4, 1), SINCE)))


def direct_unit(rng, commune, number, kind, sector):
    """Return a unit directly beneath `commune`, with what happened to it."""
    unit = Unit(code=f"{commune.unit.code}-{number}", started_on=START)
    place = SyntheticPlace(unit, kind, sector, commune)
    fate = rng.choices(list(FATES), list(FATES.values()))[0]
    if fate:
        place.event = UnitEvent(unit=unit, kind=fate, day=recent_day(rng))
        if fate in (EventKind.RECEIVED, EventKind.ESTABLISHED):
            unit.started_on = place.event.day
        elif fate in (EventKind.DISSOLVED, EventKind.MERGED):
            unit.ended_on = place.event.day
    return place


def nested_units(above):
    """Yield the units beneath a party organization: two cells, in state agencies a departmental with one more."""

    def beneath(parent, number, kind):
        life = {"started_on": parent.unit.started_on, "ended_on": parent.unit.ended_on}
        return SyntheticPlace(Unit(code=f"{parent.unit.code}-{number}", **life), kind, parent.sector, parent)

    for number in (1, 2):
        yield beneath(above, number, Kind.SUBORDINATE_CELL)
    if above.sector == Sector.STATE_AGENCY:
        departmental = beneath(above, 3, Kind.DEPARTMENTAL)
        yield departmental
        yield beneath(departmental, 1, Kind.SUBORDINATE_CELL)


def grow_commune(rng, province, number):
    """Return all places of a commune, each above those beneath it; the first is the commune itself."""
    code = f"xa-{number}"
    commune = SyntheticPlace(Unit(code=code, started_on=START), Kind.COMMUNE, Sector.COMMUNE, province)
    places = [commune]
    for index, (kind, sector) in enumerate(DIRECT, 1):
        direct = direct_unit(rng, commune, index, kind, sector)
        below = list(nested_units(direct)) if kind == Kind.PARTY_ORGANIZATION else []
        direct.cells = [place for place in below if place.kind == Kind.SUBORDINATE_CELL] or [direct]
        places += [direct, *below]
    return places


def load_tree(rng, communes):
    """Write a province of `communes` and return its place and those of each commune; ancestry comes from triggers."""
    province = SyntheticPlace(Unit(code="tinh", started_on=START), Kind.PROVINCE, Sector.OTHER)
    grown = [grow_commune(rng, province, number) for number in range(1, communes + 1)]
    places = [province, *(place for commune in grown for place in commune)]
    Unit.objects.bulk_create([place.unit for place in places], batch_size=2000)
    UnitPeriod.objects.bulk_create([period for place in places for period in place.periods()], batch_size=2000)
    UnitEvent.objects.bulk_create([place.event for place in places if place.event], batch_size=2000)
    return province, grown
