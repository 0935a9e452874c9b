"""Records carried along: no line of a file names them, and they change with those it names, as the history tells."""

from typing import Any

from binhlu_portal.audit.display import fields_by_column, lines, model_of, subject_column
from binhlu_portal.audit.models import Action, Entry

from .results import ImportResult

CARRIED = "Kéo theo"
"""What stands in place of the sheet of a record that no line names."""


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
    column = subject_column(row)
    return [fields[column].related_model._meta.db_table, row[column]] if column else [entry.table, entry.row]
