"""Later changes: what a unit showed when it confirmed, and what of it has changed since.

A confirmation keeps the values that were shown, a digest of the rows behind them, and the newest entry of the history
that there was. A later entry is told by the rule by which closing locks: what was written after the confirmation and
could not be written in a closed period. It counts, and undoes the confirmation, where it touches what a figure reads;
a telephone number is told and undoes nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.permissions import SIDES, named
from binhlu_portal.dates.validity import covers
from members.models import Member, Spell
from organizations.models import Ancestry, Unit
from organizations.scope import SYSTEM, Reader
from reports.figures import drilldown, evaluate
from reports.figures.registry import FIGURES
from reports.figures.result import Result
from reports.figures.uncounted import UNCOUNTED
from reports.reporting_periods.closing.locks import DATED, OnCard
from reports.reporting_periods.models import Answer, Confirmation, ReportingPeriod
from reports.reporting_periods.queries import SHOWN, progress, standing

BY_TABLE = {dated.model._meta.db_table: dated for dated in DATED if dated.ways or isinstance(dated, OnCard)}
"""The tables of what units and their people are asked about, each with how its rows are dated."""

UNIT, PERSON = "unit", "person"

TIES = {
    table: {"row": PERSON}
    if dated.model is Member
    else {("row" if way == "id" else way): PERSON if way == "member_id" else UNIT for way in dated.ways}
    for table, dated in BY_TABLE.items()
}
"""What ties the rows of each table to a unit: {table: {column of the row, or the `row` itself: what it names}}."""

DIGESTED = ("members.total", "admissions.total", "ratings.members.rated")
"""The figures whose rows a confirmation stands for: one of each population of those shown."""


def values_of(results: Mapping[str, Result]) -> dict[str, int | None]:
    """Return the values that a unit confirms, by the codes of their figures."""
    return {code: results[code].value for code in SHOWN}


def bound_to(period: ReportingPeriod, unit: Unit) -> dict[str, Any]:
    """Return what a confirmation is bound to: the fields that keep it, the same for every reader."""
    moment, entry = period.moment(SYSTEM, unit), newest_entry()
    values = values_of(evaluate.results(moment, SHOWN))
    rows = [sorted(map(_told, drilldown.rows(moment, FIGURES[code]))) for code in DIGESTED]
    digest = hashlib.sha256(repr([sorted(values.items()), rows]).encode()).hexdigest()
    return {"values": values, "digest": digest, "entry": entry}


def _told(row):
    return repr(sorted((name, str(value)) for name, value in row.items()))


def later_changes(period: ReportingPeriod, confirmations: Iterable[Confirmation]) -> dict[int, list[Entry]]:
    """Return what has been written about units since they confirmed for `period`, {id of the unit: entries}.

    Two statements, however many confirmations. Of one from before this was kept nobody knows.
    """
    since = {each.unit_id: each.entry for each in confirmations if each.entry is not None}
    entries = [entry for entry in entries_about(period, since) if _is_told(entry, period)] if since else []
    found = defaultdict(list)
    for entry, unit in _places(entries, period, since) if entries else ():
        if entry.pk > since[unit]:
            found[unit].append(entry)
    return dict(found)


def overtaken(period: ReportingPeriod, standing: Iterable[Confirmation]) -> dict[int, list[Entry]]:
    """Return what has undone confirmations since, {id of the unit: entries}: those units are to confirm again."""
    return undoing(period, later_changes(period, standing))


def progress_now(period: ReportingPeriod, user: Reader, unit: Unit) -> tuple[dict[str, int], dict[int, list[Entry]]]:
    """Return how far the units beneath `unit` are, {asked, confirmed, accepted: number}, and what undid confirmations.

    What was undone is neither confirmed nor accepted. Of a closed period nothing changes any more.
    """
    counts = progress(period, user, unit)
    if not (period.is_open and counts["confirmed"]):
        return counts, {}
    confirmed = list(standing(period, user, unit))
    undone = overtaken(period, confirmed)
    accepted = sum(each.answer == Answer.ACCEPTED for each in confirmed if each.unit_id in undone)
    valid = {"confirmed": counts["confirmed"] - len(undone), "accepted": counts["accepted"] - accepted}
    return counts | valid, undone


def undoing(period: ReportingPeriod, later: Mapping[int, Collection[Entry]]) -> dict[int, list[Entry]]:
    """Return of `later` changes those that undo what was confirmed, {id of the unit: entries}."""
    found = {unit: [entry for entry in entries if counts(entry, period)] for unit, entries in later.items()}
    return {unit: entries for unit, entries in found.items() if entries}


def entries_about(period: ReportingPeriod, since: Mapping[int, int]) -> QuerySet[Entry]:
    """Return the entries about units or their people, by the history newer than the oldest of `since`.

    `since` is {id of a unit: number of an entry}. What others have written meanwhile the database leaves out.
    """
    own = {kind: rows.values("named") for kind, rows in _lines(period, since).items()}
    tables = defaultdict(list)
    for table, ties in TIES.items():
        for tie in ties.items():
            tables[tie].append(table)
    about, aliases = Q(), {}
    for (column, kind), alike in tables.items():
        sides = {} if column == "row" else {f"{side}_{column}": named(side, column) for side in SIDES}
        about |= Q(table__in=alike) & reduce(or_, (Q(**{f"{name}__in": own[kind]}) for name in sides or ["row"]))
        aliases |= sides
    return Entry.objects.alias(**aliases).filter(about, pk__gt=min(since.values())).order_by("pk")


def _lines(period, units):
    """Return what lies beneath `units` by the tree of the as-of day: {kind: rows of what is `named`, and `beneath`}."""
    stays = {"started_on__lte": period.as_of, "ended_on__gte": period.since}
    of_units = Ancestry.objects.filter(covers(period.as_of), ancestor__in=units)
    of_people = Spell.objects.filter(covers(period.as_of, "unit__lines__"), unit__lines__ancestor__in=units, **stays)
    return {
        UNIT: of_units.annotate(named=F("unit"), beneath=F("ancestor")),
        PERSON: of_people.order_by().annotate(named=F("member"), beneath=F("unit__lines__ancestor")),
    }


def unchanged(period: ReportingPeriod, confirmations: Iterable[Confirmation]) -> list[Confirmation]:
    """Return those of `confirmations` that nothing has undone since."""
    confirmations = list(confirmations)
    undone = overtaken(period, confirmations)
    return [each for each in confirmations if each.unit_id not in undone]


def counts(entry: Entry, period: ReportingPeriod) -> bool:
    """Whether a change touches what a figure reads of something that held or happened up to the as-of day."""
    read = entry.changes.keys() - UNCOUNTED.get(BY_TABLE[entry.table].model, frozenset())
    return _reaches(entry, read, period)


def _is_told(entry, period):
    return _reaches(entry, entry.changes.keys(), period)


def _reaches(entry, changed, period):
    """Return whether the columns `changed` tell of something that held or happened up to the as-of day of `period`."""
    dated = BY_TABLE[entry.table]
    if isinstance(dated, OnCard) and not changed <= dated.days.keys():
        return True
    last = _last(dated, period)
    return any(
        state[day] <= last
        for day, columns in dated.columns.items()
        if not changed.isdisjoint(columns)
        for state in (entry.before, entry.after)
        if state and state.get(day) is not None
    )


def _last(dated, period):
    """Return the last value of a day, or of a year, that counts in a period, as the history writes it."""
    if dated.until == "closed.as_of":
        return period.as_of.isoformat()
    return period.year if dated.until == "closed.year" else period.as_of.year


def _places(entries, period, units):
    """Yield each entry with each of `units` that it is about, by the tree of the as-of day."""
    tied = [(entry, _ties(entry)) for entry in entries]
    asked = {kind: {pk for _, ties in tied for of, pk in ties if of == kind} for kind in (UNIT, PERSON)}
    of_units, of_people = (
        rows.filter(named__in=asked[kind]).values_list(Value(kind), "named", "beneath")
        for kind, rows in _lines(period, units).items()
    )
    above = defaultdict(set)
    for kind, pk, unit in of_units.union(of_people):
        above[kind, pk].add(unit)
    for entry, ties in tied:
        for unit in set().union(*(above[tie] for tie in ties)):
            yield entry, unit


def _ties(entry):
    """Return what a row names, before and after: {(kind, id)}."""
    states = [state for state in (entry.before, entry.after) if state]
    ties = TIES[entry.table].items()
    return {(kind, entry.row if column == "row" else state.get(column)) for column, kind in ties for state in states}


def other_values(then: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return the values that are others now: [(label, then, now)]."""
    return [(FIGURES[code].label, then[code], now[code]) for code in SHOWN if code in then and then[code] != now[code]]
