"""Locks of closed periods: when the rows of every dated table count and whose they are."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model

from assessments.models import Absence, Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from binhlu_portal.db.triggers import Guard
from members.models import (
    Admission,
    AdmissionTarget,
    Badge,
    Discipline,
    Exemption,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    Member,
    MemberState,
    Planning,
    Position,
    Spell,
    Suspension,
    Training,
    Vacancy,
)
from organizations.models import Document, Threshold, Unit, UnitEvent, UnitFact, UnitPeriod

LOCKED = f"Số liệu của ngày này đã khóa theo kỳ báo cáo: cần sửa thì đề nghị {settings.PORTAL_OFFICE} mở lại kỳ đó."

IS_COUNTED = "{row}.unit = 'percent' AND SUBSTR({row}.code, 1, 5) <> 'fees.'"
"""Which thresholds figures are held against: shares, but no rate of the Party fee; one found out later can be added."""

YEAR_OF_AS_OF = "CAST(SUBSTR(CAST(closed.as_of AS text), 1, 4) AS integer)"


@dataclass(frozen=True)
class Dated:
    """When a record counts and whose it is: by this its table is locked.

    `days` names each column of a day with the columns that belong to it; the first day has all that are not named.
    `ways` are the columns that lead to a unit, by way of the stay on that day where they name a member; a record
    without any is everybody's. A record of a year counts in periods up to the year in the column `until` of a period.
    `events` are those that can change what counts; `only` is an SQL condition on the `{row}`s that can. What is
    `of_its_day` counts where the member was on that day alone: nowhere, when it is from before the member came. A cell
    that has joined since brings along what counted in it.
    """

    model: type
    ways: tuple
    days: dict
    until: str = "closed.as_of"
    events: tuple = ("INSERT", "UPDATE", "DELETE")
    only: str = "TRUE"
    of_its_day: bool = False

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return each day with all of its columns, itself first."""
        first = next(iter(self.days))
        named = {"id", *self.days, *(column for columns in self.days.values() for column in columns)}
        rest = tuple(field.column for field in self.model._meta.concrete_fields if field.column not in named)
        return {day: (day, *columns, *(rest if day == first else ())) for day, columns in self.days.items()}

    def counts(self, row: str, day: str) -> str:
        """Return the SQL condition that `row` (NEW or OLD) counts by its column `day` in the period `closed`."""
        reached = " OR ".join(self._reached(row, way, day) for way in self.ways) or "TRUE"
        return f"({row}.{day} <= {self.until} AND {self.only.format(row=row)} AND ({reached}))"

    def _reached(self, row, way, day):
        since = f"{row}.{day}" if self.until == "closed.as_of" else "closed.as_of"
        meets = "{0}.started_on <= {1} AND {0}.ended_on >= " + since
        # Figures of a unit that came beneath the committee later in the period tell of its time before, too.
        line = f"line.ancestor_id = closed.unit_id AND {meets.format('line', 'closed.as_of')}"
        if way != "member_id":
            return f"EXISTS (SELECT 1 FROM organizations_ancestry line WHERE line.unit_id = {row}.{way} AND {line})"
        stayed = since if self.of_its_day else "closed.as_of"
        return (
            "EXISTS (SELECT 1 FROM members_spell stay, organizations_ancestry line "
            f"WHERE stay.member_id = {row}.member_id AND {meets.format('stay', stayed)} "
            f"AND line.unit_id = stay.unit_id AND {line})"
        )

    def changed(self, day: str) -> str:
        """Return the SQL condition that the day or what belongs to it is another after an update."""
        return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in self.columns[day])

    def refuse(self) -> dict[str, str]:
        """Return for each event the SQL condition under which a closed period refuses it."""
        counted = {row: [self.counts(row, day) for day in self.days] for row in ("NEW", "OLD")}
        updated = [
            f"({self.changed(day)}) AND ({self.counts('OLD', day)} OR {self.counts('NEW', day)})" for day in self.days
        ]
        conditions = {"INSERT": counted["NEW"], "UPDATE": updated, "DELETE": counted["OLD"]}
        closed = "EXISTS (SELECT 1 FROM reports_reportingperiod closed WHERE closed.closed_on IS NOT NULL AND ({}))"
        return {event: closed.format(" OR ".join(conditions[event])) for event in self.events}


@dataclass(frozen=True)
class OnCard(Dated):
    """The dates on the member card, known in part perhaps: they count wherever their person belonged to the committee.

    All else on the card has no day and stays free; what differs from the frozen figures then is told.
    """

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return each day alone."""
        return {day: (day,) for day in self.days}

    def counts(self, row: str, day: str) -> str:
        """Return the SQL condition that `row` (NEW or OLD) counts by its column `day` in the period `closed`."""
        meets = "{0}.started_on <= closed.as_of AND {0}.ended_on >= closed.since"
        return (
            f"(CAST({row}.{day} AS text) <= CAST(closed.as_of AS text) AND EXISTS ("
            "SELECT 1 FROM members_spell stay, organizations_ancestry line "
            f"WHERE stay.member_id = {row}.id AND {meets.format('stay')} "
            f"AND line.unit_id = stay.unit_id AND line.ancestor_id = closed.unit_id AND {meets.format('line')}))"
        )


@dataclass(frozen=True)
class Lock(Guard):
    """A guard whose `refuse` has a condition of its own for each event."""

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the lock in place."""
        parts = [Guard(self.name, self.table, refuse, self.message, (event,)) for event, refuse in self.refuse.items()]
        found = [sql for part in parts for sql in part.sql(vendor)]
        if vendor == "postgresql":  # to plan the condition anew for each row takes longer than to write the row
            functions = [f"{self.name}_{event.lower()}()" for event in self.events]
            found += [f"ALTER FUNCTION {name} SET plan_cache_mode = force_generic_plan" for name in functions]
        return found


def of_unit(model: type[Model], day: str, *ways: str, **later: tuple[str, ...]) -> Dated:
    """Return how records of units are dated; `later` are further days with what belongs to them."""
    return Dated(model, ways or ("unit_id",), {day: ()} | later)


def of_member(model: type[Model], day: str, **later: tuple[str, ...]) -> Dated:
    """Return how records of members are dated that hold for a while."""
    return Dated(model, ("member_id",), {day: ()} | later)


def event_of_member(model: type[Model], day: str, **later: tuple[str, ...]) -> Dated:
    """Return how records of members are dated that count on one day."""
    return Dated(model, ("member_id",), {day: ()} | later, of_its_day=True)


ON_CARD = ("joined_on", "decided_on", "official_on", "card_issued_on", "handbook_installed_on")

ENDING = ("end_reason", "went_to", "end_decision_number", "end_decision_date")

DATED = [
    Dated(Unit, ("id",), {"started_on": (), "ended_on": ()}, events=("UPDATE", "DELETE")),
    of_unit(UnitPeriod, "started_on", "unit_id", "parent_id", ended_on=()),
    of_unit(UnitEvent, "day"),
    of_unit(Document, "issued_on"),
    of_unit(UnitFact, "started_on", ended_on=()),
    Dated(Threshold, (), {"started_on": (), "ended_on": ()}, only=IS_COUNTED),
    of_unit(Spell, "started_on", ended_on=ENDING),
    of_unit(Position, "started_on", "unit_id", "member_id", ended_on=()),
    of_unit(Vacancy, "started_on", ended_on=()),
    of_unit(
        Admission,
        "ceremony_on",
        listed_on=(),
        course_on=(),
        official_on=("official_decision", "official_decided_on"),
        closed_on=(),
    ),
    Dated(AdmissionTarget, ("unit_id",), {"year": ()}, until=YEAR_OF_AS_OF),
    OnCard(Member, (), dict.fromkeys(ON_CARD, ()), events=("UPDATE",)),
    of_member(MemberState, "started_on", ended_on=()),
    of_member(Exemption, "started_on", ended_on=()),
    of_member(FeeReduction, "started_on", ended_on=()),
    of_member(HandbookAbsence, "started_on", ended_on=()),
    of_member(Liaison, "started_on", ended_on=()),
    event_of_member(Training, "began_on", finished_on=()),
    event_of_member(Planning, "approved_on"),
    event_of_member(Discipline, "decided_on", expires_on=()),
    event_of_member(Suspension, "started_on", ended_on=()),
    event_of_member(Badge, "awarded_on"),
    Dated(MemberRating, ("member_id",), {"year": ()}, until="closed.year"),
    Dated(UnitRating, ("unit_id",), {"year": ()}, until="closed.year"),
    Dated(FourGoods, ("unit_id",), {"year": ()}, until="closed.year"),
    of_unit(Meeting, "held_on"),
    of_unit(Absence, "held_on"),
    of_unit(Case, "concluded_on"),
    of_unit(UnitDiscipline, "decided_on"),
    of_unit(NilReturn, "started_on", ended_on=()),
]
"""How every dated record of the other apps is dated. A new unit is beneath nobody until its first period is written.

Of thresholds only percentages enter figures: a deadline or an age asks for something and counts nothing.
"""


def lock(dated: Dated) -> Lock:
    """Return the lock of one table."""
    table = dated.model._meta.db_table
    return Lock(f"{table}_closed", table, dated.refuse(), LOCKED, dated.events)
