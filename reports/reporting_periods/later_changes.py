"""Later changes: what a unit showed when it confirmed, and what of it has changed since.

A confirmation keeps the values that were shown, a digest of the rows behind them, and the newest entry of the history
that there was. A later entry counts by the rule by which closing locks: what was written after the confirmation and
could not be written in a closed period.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from binhlu_portal.audit.display import model_of
from binhlu_portal.audit.models import Action, Entry
from binhlu_portal.dates.validity import covers
from members.models import Member, Spell
from organizations.models import Ancestry, Unit
from organizations.scope import SYSTEM
from reports.figures import drilldown, evaluate
from reports.figures.registry import FIGURES
from reports.figures.result import Result
from reports.reporting_periods.closing.locks import DATED, OnCard
from reports.reporting_periods.models import Confirmation, ReportingPeriod
from reports.reporting_periods.queries import SHOWN

BY_TABLE = {dated.model._meta.db_table: dated for dated in DATED if dated.ways or isinstance(dated, OnCard)}
"""The tables of what units and their people are asked about, each with how its rows are dated."""

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


def newest_entry() -> int:
    """Return the number of the newest entry of the history."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def later_changes(period: ReportingPeriod, confirmations: Iterable[Confirmation]) -> dict[int, list[Entry]]:
    """Return what has changed of units since they confirmed for `period`, {id of the unit: entries}.

    Three statements, however many confirmations. Of one from before this was kept nobody knows.
    """
    since = {each.unit_id: each.entry for each in confirmations if each.entry is not None}
    if not since:
        return {}
    entries = Entry.objects.filter(table__in=BY_TABLE, pk__gt=min(since.values())).order_by("pk")
    entries = [entry for entry in entries if counts(entry, period)]
    found = defaultdict(list)
    for entry, unit in _places(entries, period, since) if entries else ():
        if entry.pk > since[unit]:
            found[unit].append(entry)
    return dict(found)


def unchanged(period: ReportingPeriod, confirmations: Iterable[Confirmation]) -> list[Confirmation]:
    """Return those of `confirmations` of whose units nothing has changed since."""
    confirmations = list(confirmations)
    later = later_changes(period, confirmations)
    return [each for each in confirmations if each.unit_id not in later]


def counts(entry: Entry, period: ReportingPeriod) -> bool:
    """Whether a change tells of something that held or happened up to the as-of day of `period`."""
    dated, changed = BY_TABLE[entry.table], entry.changes.keys()
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
    named = [(entry, *_named(entry)) for entry in entries]
    people = {person for _, _, persons in named for person in persons}
    stays = Spell.objects.filter(member__in=people, started_on__lte=period.as_of, ended_on__gte=period.since)
    cells = defaultdict(set)
    for person, cell in stays.order_by().values_list("member", "unit"):
        cells[person].add(cell)
    places = {place for _, direct, _ in named for place in direct}.union(*cells.values())
    lines = Ancestry.objects.filter(covers(period.as_of), ancestor__in=units, unit__in=places)
    above = defaultdict(set)
    for place, unit in lines.values_list("unit", "ancestor"):
        above[place].add(unit)
    for entry, direct, persons in named:
        where = direct.union(*(cells[person] for person in persons))
        for unit in set().union(*(above[place] for place in where)):
            yield entry, unit


def _named(entry):
    """Return the units and the people that a row names, before and after."""
    dated, units, people = BY_TABLE[entry.table], set(), set()
    if dated.model is Member:
        return units, {entry.row}
    for state in filter(None, (entry.before, entry.after)):
        for way in dated.ways:
            (people if way == "member_id" else units).add(state.get(way))
    return units - {None}, people - {None}


def in_words(entries: Iterable[Entry]) -> list[tuple[str, str, int]]:
    """Return changes in words: [(kind of record, what happened, how often)]."""
    found = Counter((entry.table, entry.action) for entry in entries)
    return [
        (str(model_of(table)._meta.verbose_name), Action(action).label.lower(), count)
        for (table, action), count in sorted(found.items())
    ]


def other_values(then: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return the values that are others now: [(label, then, now)]."""
    return [(FIGURES[code].label, then[code], now[code]) for code in SHOWN if code in then and then[code] != now[code]]
