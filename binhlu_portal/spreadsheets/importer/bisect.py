"""Bisect: writing many records at once, with the database as the judge of each."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from binhlu_portal.db.actions import error_message
from binhlu_portal.spreadsheets.data_workbook.resources import CARRIED

from .results import RecordResult


def bisect(records: list[RecordResult], write: Callable[[list[RecordResult]], None]) -> list[tuple[RecordResult, str]]:
    """Bisect: write `records` together, on refusal by halves.

    Return [(record, sentence)] of those the database, or an action, refuses.
    """
    if not records:
        return []
    try:
        with transaction.atomic():
            write(records)
    except (IntegrityError, ValidationError) as error:
        if len(records) == 1:
            sentence = error_message(error) if isinstance(error, IntegrityError) else " ".join(error.messages)
            return [(records[0], sentence)]
        middle = len(records) // 2
        return bisect(records[:middle], write) + bisect(records[middle:], write)
    return []


def save(records: list[RecordResult]) -> None:
    """Update what has changed in known records; with some changes an action carries other records along."""
    for record in records:
        of_model = CARRIED.get(type(record.row))
        if act := of_model and of_model(record.row, {*record.changes}):
            act()
        else:
            record.row.save(update_fields=[*record.changes])


def insert(records: list[RecordResult]) -> None:
    """Bulk insert of new records, all of one kind, but for those that an action makes."""
    for record in records:
        if record.line.makes:
            record.row.pk = record.line.makes().pk
    rows = [record.row for record in records if not record.line.makes]
    for row in rows:
        row.pk = None
    records[0].line.tab.model._base_manager.bulk_create(rows)
