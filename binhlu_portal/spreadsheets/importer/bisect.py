"""Writing many records at once, with the database as the judge of each."""

from django.db import IntegrityError, transaction

from binhlu_portal.db.actions import sentence


def bisect(records, write):
    """Write `records` together and return [(record, sentence)] of those that the database refuses."""
    if not records:
        return []
    try:
        with transaction.atomic():
            write(records)
    except IntegrityError as error:
        if len(records) == 1:
            return [(records[0], sentence(error))]
        middle = len(records) // 2
        return bisect(records[:middle], write) + bisect(records[middle:], write)
    return []


def save(records):
    """Write what has changed in known records."""
    for record in records:
        record.row.save(update_fields=[*record.changes])


def insert(records):
    """Write new records, all of one kind."""
    rows = [record.row for record in records]
    for row in rows:
        row.pk = None
    records[0].line.tab.model._base_manager.bulk_create(rows)
