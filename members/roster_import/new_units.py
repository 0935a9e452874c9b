"""New units: those that a list names and the portal does not know, made while the list is brought in.

Nobody guesses them: each name is asked once for all rows and files; what it says of kind and sector is proposed. While
the committee has nobody, its units were received with it and stand from its first day; of later ones the sender says
whether they were, or were founded on the day of the list. An answer names its day, so that it means what was read
whatever is saved in between. They stand beneath the committee unless their row names another unit.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import ImportRow
from organizations.choices import CELLS, PARENTS, Kind, Sector
from organizations.in_force import InForce
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right
from organizations.units import actions as units

from .first_load import is_first_load
from .unit_names import kind_said, name_of_unit, sector_said

NEW = "moi"
RECEIVED, FOUNDED = "nhan", "lap"
GATHERING = frozenset({Kind.PARTY_ORGANIZATION, Kind.DEPARTMENTAL})
"""Kinds whose branches are of their own sector."""

NO_PARENT = "Chưa ghi được tổ chức đảng cấp trên của đơn vị này. Sửa dòng của tổ chức đó trước."
WAYS = {
    RECEIVED: (units.receive, "Thêm mới: {sector}; {kind}; từ {day:%d/%m/%Y}"),
    FOUNDED: (units.establish, "Thành lập mới: {sector}; {kind}; {day:%d/%m/%Y}"),
}
"""How units come to be, each with its verb and what the sender is offered."""


@dataclass(frozen=True)
class SaidOfUnit:
    """What a row says of a unit besides its name; what it does not say is open."""

    kind: Kind | None = None
    sector: Sector | None = None
    day: date | None = None
    decision: Decision = NO_DECISION
    parent: UnitPeriod | None = None


NOTHING_SAID = SaidOfUnit()


class NewUnits:
    """New units of one list for its sender; `kinds` are those that the list may name."""

    def __init__(self, said: SenderInput, day: date, kinds: Collection[Kind]):
        self.said, self.of_list, self.named, self.lines = said, day, kinds, []

    @cached_property
    def parent(self) -> UnitPeriod | None:
        """The committee beneath which the sender may found units, None for one who may not."""
        return committee_of(self.said, self.of_list)

    @cached_property
    def first(self) -> bool:
        """Whether nobody is in any unit yet."""
        return is_first_load(self.said)

    def options(self, text: str, said: SaidOfUnit = NOTHING_SAID) -> dict[str, str]:
        """Return what the sender may have made of a name, {answer: words}, what is proposed first."""
        if not self.parent:
            return {}
        found = [(pair, way, day) for pair in self._pairs(said) for way, day in self._ways(said)]
        proposed = self._pair(text, said)
        found.sort(key=lambda each: each[0] != proposed)
        return {
            ":".join((NEW, way, kind, sector, day.isoformat(), name_of_unit(text, kind))): WAYS[way][1].format(
                kind=kind.label, sector=sector.label, day=day
            )
            for (kind, sector), way, day in found
        }

    def proposed(self, text: str, options: dict[str, str], said: SaidOfUnit = NOTHING_SAID) -> str:
        """Return the answer that the name leaves no doubt about, "" where it does."""
        pair = self.parent and self._pair(text, said)
        sure = pair and len(self._ways(said)) == 1
        return next((answer for answer in options if sure and tuple(answer.split(":")[2:4]) == pair), "")

    def make(self, answer: str, place: tuple[str, int], said: SaidOfUnit = NOTHING_SAID) -> UnitPeriod | None:
        """Return the unit that an answer has made, with the line that makes it in a row; None for another answer.

        Its id is a negative number, for it has none yet.
        """
        chosen, place_of = self._chosen(answer, said), self.foreseen(answer, said)
        if chosen is None:
            return None
        code, day = self._code(place_of.name), place_of.started_on
        fields = {name: getattr(place_of, name) for name in ("name", "kind", "sector", "parent")}
        makes = partial(found, WAYS[chosen[0]][0], code=code, day=day, **fields, **_decided(chosen[0], said, day))
        place_of.unit = Unit(pk=-1 - len(self.lines), code=code, started_on=day)
        values = {"code": code, "started_on": day}
        self.lines.append(ImportRow(TABS[Unit], *place, values, who=place_of.name, makes=makes))
        return place_of

    def foreseen(self, answer: str, said: SaidOfUnit = NOTHING_SAID) -> UnitPeriod | None:
        """Return the unit that an answer would make, None for another answer."""
        chosen = self._chosen(answer, said)
        if chosen is None:
            return None
        _, kind, sector, day, name = chosen
        fields = {"name": name, "kind": kind, "sector": sector, "parent": self._above(said).unit}
        return UnitPeriod(unit=Unit(started_on=day), started_on=day, **fields)

    def _code(self, name):
        """Return a code that no unit has, of the portal or of this file."""
        code, taken = units.unused_code(name), {line.values["code"] for line in self.lines}
        return next(each for n in range(len(taken) + 1) if (each := f"{code}-{n + 1}" if n else code) not in taken)

    def name_in(self, answer: str, said: SaidOfUnit = NOTHING_SAID) -> str:
        """Return the name of the unit that an answer makes, "" for another answer."""
        chosen = self._chosen(answer, said)
        return chosen[-1] if chosen else ""

    def _above(self, said):
        """Return the unit beneath which one stands."""
        return said.parent or self.parent

    def _kinds(self, said):
        """Return the kinds that may stand there."""
        return [kind for kind in Kind if kind in self.named and self._above(said).kind in PARENTS[kind]]

    def _ways(self, said) -> list[tuple[str, date]]:
        """Return how and when a unit may have come: with the committee, founded later as its row says, or nobody knows.

        A list without a day of its own tells no day on which units came; the sender may say it.
        """
        began, above = self.parent.unit.started_on, self._above(said).unit.started_on
        ways = [(RECEIVED, began), (RECEIVED, self.said.day or began), (FOUNDED, self.of_list)]
        if said.day:
            ways = [(FOUNDED if said.day > began else RECEIVED, said.day)]
        elif self.first:
            ways = ways[:1]
        return list(dict.fromkeys((way, max(day, above)) for way, day in ways))

    def _pairs(self, said) -> Iterator[tuple[Kind, Sector]]:
        """Yield the kinds and sectors that go together, and with what the row says."""
        in_force, kinds = InForce(max(day for _, day in self._ways(said))), self._kinds(said)
        for kind in kinds if said.kind not in kinds else [said.kind]:
            for sector in [said.sector] if said.sector else Sector:
                if not in_force.impossible(kind, sector):
                    yield kind, sector

    def _pair(self, text, said):
        """Return (kind, sector) of a unit as its row and its name say; None where they do not say both.

        A branch of an organization is of its sector, and of the only kind that may stand there.
        """
        above, kinds = self._above(said), self._kinds(said)
        sector = said.sector or sector_said(text) or (above.sector if above.kind in GATHERING else None)
        kind = said.kind or kind_said(text, sector)
        if kind in CELLS and kind not in kinds:
            kind = next((each for each in kinds if each in CELLS), kind)
        return (kind, sector) if sector and (kind, sector) in self._pairs(said) else None

    def _chosen(self, answer, said):
        """Return (way, kind, sector, day, name) of an answer that makes a unit, else None."""
        parts = (answer or "").split(":", 5)
        if not self.parent or len(parts) != 6 or parts[0] != NEW or parts[1] not in WAYS:
            return None
        _, way, kind, sector, iso, name = parts
        day = _day(iso)
        known = (
            kind in self._kinds(said)
            and sector in Sector
            and day
            and self._above(said).unit.started_on <= day <= max(self.of_list, self.said.received_on or day)
            and 0 < len(name) <= UnitPeriod._meta.get_field("name").max_length
        )
        return (way, Kind(kind), Sector(sector), day, name) if known else None


def found(verb: Callable[..., Unit], *, parent: Unit, **fields: Any) -> Unit:
    """Found a unit by its `verb`, beneath a `parent` that the same file may have made before. Raises Refusal."""
    above = Unit.objects.filter(code=parent.code).first()
    if above is None:
        raise Refusal(NO_PARENT)
    return verb(parent=above, **fields)


def _day(iso):
    """Return the day that an answer names, None for no day."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _decided(way, said, day):
    """Return the decision on a unit; of one received that was founded before it stands here, its note tells it."""
    number, decided = said.decision.number, said.decision.day
    if way == FOUNDED or (said.day or decided or day) >= day:
        return {"decision": said.decision}
    told = [f"ngày {said.day:%d/%m/%Y}" if said.day else "", f"quyết định số {number}" if number else ""]
    told += [f"quyết định ngày {decided:%d/%m/%Y}" if decided else ""]
    return {"note": f"Thành lập {', '.join(filter(None, told))}."}


def committee_of(said: SenderInput, day: date) -> UnitPeriod | None:
    """Return the committee beneath which the sender may found units: the topmost of those that hold others, or None."""
    places = UnitPeriod.objects.editable_by(said.user, Right.DECIDE).exclude(kind__in=CELLS)
    places = list(places.on(max(day, said.received_on or day)).select_related("unit"))
    held = {place.unit_id for place in places}
    tops = [place for place in places if place.parent_id not in held]
    return tops[0] if len(tops) == 1 else None
