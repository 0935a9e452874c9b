"""Records carried along: no line of a file names them, and they change with those it names, as the history tells."""

from typing import Any

from django.db.models import Max

from binhlu_portal.audit.display import ABOUT, fields_by_column, lines, model_of
from binhlu_portal.audit.models import Action, Entry

from .results import ImportResult

CARRIED = "Kéo theo"
"""What stands in place of the sheet of a record that no line names."""


def newest_entry() -> int:
    """Return the number of the newest entry of the history, 0 before the first."""
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0


def carried_along(outcome: ImportResult, since: int) -> list[list[Any]]:
    """Return the change lines of records that changed after the entry `since` and that the file does not name.

    Each is [CARRIED, 0, kind, who, [[label, old, new]], about], as lines of the file are (`result_json`).
    """
    if not outcome.writes:
        return []
    written = Entry.objects.filter(pk__gt=since, action__in=(Action.CHANGED, Action.DELETED))
    others = [pk for pk, *row in written.values_list("pk", "table", "row") if tuple(row) not in outcome.named]
    told = lines(Entry.objects.filter(pk__in=others).order_by("pk"))
    return [
        [CARRIED, 0, line.kind, line.about, [[c.label, c.before, c.after] for c in line.changes], _about(line.entry)]
        for line in told
        if line.changes
    ]


def _about(entry):
    """Return [table, id] of whom or what a record is about, else of itself."""
    fields, row = fields_by_column(model_of(entry.table)), entry.after or entry.before
    column = next((column for column in ABOUT if row.get(column)), None)
    return [fields[column].related_model._meta.db_table, row[column]] if column else [entry.table, entry.row]
