"""Serialise the outcome of an import as plain data, in the words of the screen: it is kept with the file."""

from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl.utils import get_column_letter

from binhlu_portal.audit.display import in_words, record_names

from . import preview
from .results import ImportResult
from .rows import ParsedFile


def to_json(outcome: ImportResult, reading: ParsedFile) -> dict[str, Any]:
    """Serialise an outcome: {counts, writes, changes, new, subjects, faults, unseen, notes, unread, settings, read}.

    `changes` are [sheet, row, tab, who, [[label, old, new]], about], those carried along last, `new` the first of the
    new records, `faults` all that is wrong. What a record is about, and the `subjects` of all of them, tells who may
    see it later: [table, id]. `read` is the preview of a list, None of other files.
    """
    names = record_names(_pointed(outcome.changed) | {record.about for record in outcome.changed + outcome.new})
    wrong = {fault.row_place for fault in outcome.faults}
    return {
        "counts": outcome.counts(),
        "writes": outcome.writes,
        "changes": [
            [*_head(record, names), _in_words(record, names), _about(record.about, outcome)]
            for record in outcome.changed
        ]
        + outcome.carried,
        "new": [[*_head(record, names), _about(record.about, outcome)] for record in outcome.new],
        "subjects": sorted(_about(subject, outcome) for subject in outcome.subjects),
        "faults": [_fault(fault, reading) for fault in outcome.faults],
        "unseen": sorted({fault.unseen for fault in outcome.faults} - {""}),
        "notes": reading.notes,
        "unread": reading.unread,
        "settings": reading.settings,
        "read": reading.preview and preview.to_json(reading.preview, outcome.fates, wrong),
    }


def options_of(fault: dict[str, Any]) -> dict[str, str]:
    """Return the answers that a fault offers, {answer: words} in their order, which an object of JSON does not keep."""
    return dict(fault["options"])


def cell_of(fault: dict[str, Any]) -> str:
    """Cell reference of a fault as a spreadsheet says it: D12, or the row alone."""
    if not fault["row"]:
        return ""
    return f"{get_column_letter(fault['column'])}{fault['row']}" if fault["column"] else f"dòng {fault['row']}"


def _head(record, names):
    return [*record.place, record.tab.title, names[record.about]]


def _about(subject, outcome):
    """Return [table, id] of what was there before the file; what it brings itself has no number yet."""
    model, pk = subject
    return [model._meta.db_table, pk] if subject in outcome.subjects else None


def _fault(fault, reading):
    return {
        "place": fault.place,
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": reading.shown(fault),
        "message": fault.message,
        "options": [*fault.options.items()],
        "who": fault.who,
        "topic": fault.topic,
        "proposed": fault.proposed,
        "waits": fault.waits,
        "same": fault.same,
    }


def _pointed(records):
    """Return the records that changed links point at, before and after."""
    changes = [change for record in records for change in record.changes.items()]
    pairs = {(field.related_model, value) for field, values in changes if field.remote_field for value in values}
    return {(model, pk) for model, pk in pairs if pk is not None}


def _in_words(record, names):
    return record.words or [
        [str(field.verbose_name), *(in_words(field, value, names) for value in values)]
        for field, values in record.changes.items()
    ]


def wrong_and_asked(faults: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """Count faults of a result: (what is to be put right, questions to be answered); what waits for them is neither."""
    faults = [*faults]
    asked = sum(bool(fault["options"]) for fault in faults)
    return sum(not fault.get("waits") for fault in faults) - asked, asked
