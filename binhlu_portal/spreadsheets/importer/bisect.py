"""Bisect: writing many records at once, with the database as the judge of each."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from binhlu_portal.db.actions import error_message

from .results import RecordResult


def bisect(records: list[RecordResult], write: Callable[[list[RecordResult]], None]) -> list[tuple[RecordResult, str]]:
    """Bisect: write `records` together, on refusal by halves.

    Return [(record, sentence)] of those the database refuses.
    """
    if not records:
        return []
    try:
        with transaction.atomic():
            write(records)
    except IntegrityError as error:
        if len(records) == 1:
            return [(records[0], error_message(error))]
        middle = len(records) // 2
        return bisect(records[:middle], write) + bisect(records[middle:], write)
    return []


def save(records: list[RecordResult]) -> None:
    """Update what has changed in known records."""
    for record in records:
        record.row.save(update_fields=[*record.changes])


def insert(records: list[RecordResult]) -> None:
    """Bulk insert of new records, all of one kind."""
    rows = [record.row for record in records]
    for row in rows:
        row.pk = None
    records[0].line.tab.model._base_manager.bulk_create(rows)
