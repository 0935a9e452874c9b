"""Actions on documents that committees issue."""

from datetime import date

from binhlu_portal.db.actions import action, create
from organizations.models import Document, Unit


@action
def record_document(
    *, unit: Unit, number: str, kind: str, issued_on: date, subject: str, implements: str = ""
) -> Document:
    """Record a document issued by the committee of `unit`.

    `implements` is the number of the superior's it carries out.
    """
    fields = {"number": number, "kind": kind, "issued_on": issued_on, "subject": subject, "implements": implements}
    return create(Document, unit=unit, **fields)
