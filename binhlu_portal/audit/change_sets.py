"""Change sets: the history act by act; what was written together is told together, newest first."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from . import display
from .models import Entry

SHOWN = 4
"""How many changes of an act are told in the list; its own page tells the others."""


@dataclass(frozen=True)
class ChangeSet:
    """Change set: what somebody wrote at once, its newest entry, its first changes in words, the number of all."""

    entry: Entry
    lines: list[display.HistoryLine]
    count: int

    @property
    def more(self) -> int:
        """How many changes are not told."""
        return self.count - len(self.lines)


def newest_entry() -> int:
    """Number of the newest entry of the history, 0 before the first."""
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0


def newest_change_sets(entries: QuerySet[Entry], before: int | None, size: int) -> list[ChangeSet]:
    """Change sets, the `size` newest of the readable `entries` older than the entry with the id `before`, if given.

    A set is known by its newest entry. A change made beside the portal has no act and is one of its own.
    """
    same = entries.filter(act=OuterRef("act"))
    counts = same.order_by().values("act").annotate(count=Count("pk")).values("count")
    heads = entries.filter(~Exists(same.filter(pk__gt=OuterRef("pk"))))
    if before is not None:
        heads = heads.filter(pk__lt=before)
    heads = heads.select_related("user").annotate(count=Coalesce(Subquery(counts), 1)).order_by("-pk")[:size]
    return _told(entries, list(heads))


def _told(entries, heads):
    first = Window(RowNumber(), partition_by="act", order_by="pk")
    written = entries.filter(act__in=[head.act for head in heads if head.act]).annotate(place=first)
    shown = defaultdict(list)
    for entry in written.filter(place__lte=SHOWN).order_by("pk"):
        shown[entry.act].append(entry)
    parts = {head.pk: shown[head.act] if head.act else [head] for head in heads}
    lines = {line.entry.pk: line for line in display.lines([entry for part in parts.values() for entry in part])}
    return [
        ChangeSet(head, [lines[entry.pk] for entry in parts[head.pk] if entry.pk in lines], head.count)
        for head in heads
    ]
