"""Later changes in words: who wrote what of whom after a unit confirmed, as far as the reader may read it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.display import HistoryLine, lines
from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.permissions import readable
from reports.reporting_periods.later_changes import counts
from reports.reporting_periods.models import ReportingPeriod

SHOWN, BRIEFLY = 3, 2
"""How many changes the page of a unit tells, and how many the board and a refusal; a page of their own tells all."""


def told(entries: Iterable[Entry], user: User) -> list[HistoryLine]:
    """Return changes in words, the newest first, of those among `entries` that `user` may read."""
    found = readable(user).filter(pk__in=[entry.pk for entry in entries]).select_related("user")
    return lines(found.order_by("-pk"))


def told_of_unit(period: ReportingPeriod, entries: Collection[Entry], user: User) -> dict[str, Any]:
    """Return what the page of a unit tells of later changes: those that count first, and how many `more` there are.

    `beside` are the numbers of the entries that undo nothing.
    """
    beside = {entry.pk for entry in entries if not counts(entry, period)}
    shown = sorted(entries, key=lambda entry: (entry.pk in beside, -entry.pk))[:SHOWN]
    found = told(shown, user) if shown else []
    return {
        "later": sorted(found, key=lambda line: line.entry.pk in beside),
        "beside": beside,
        "more": len(entries) - len(found),
    }


def told_briefly(changed: Mapping[int, list[Entry]], user: User) -> dict[int, tuple[list[str], int]]:
    """Return the newest changes of each unit as sentences, and how many more there are: {id: (sentences, more)}."""
    newest = {unit: entries[-BRIEFLY:] for unit, entries in changed.items()}
    lines_of = told([entry for entries in newest.values() for entry in entries], user) if changed else []
    sentences = {line.entry.pk: str(line) for line in lines_of}
    found = {}
    for unit, entries in newest.items():
        shown = [sentences[entry.pk] for entry in reversed(entries) if entry.pk in sentences]
        found[unit] = shown, len(changed[unit]) - len(shown)
    return found


def in_one_sentence(entries: list[Entry], user: User) -> str:
    """Return the newest of later changes of one unit, and how many more there are, within a sentence."""
    shown, more = told_briefly({None: entries}, user)[None]
    return "; ".join([*shown, f"{'và ' if shown else ''}{more} thay đổi khác"] if more else shown)
