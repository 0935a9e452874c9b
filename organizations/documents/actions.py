"""Actions on documents that committees issue."""

from datetime import date

from binhlu_portal.db.actions import action, create
from organizations.models import Document, Unit


@action
def record_document(
    *,
    unit: Unit,
    number: str,
    kind: str,
    issued_on: date,
    subject: str,
    implements: str = "",
    issuer: str = "",
    topic: str = "",
) -> Document:
    """Record a document issued by the committee of `unit`, or kept by it when a superior `issuer` has issued it.

    `implements` is the number of the superior's it carries out, `topic` what reports tell it under.
    """
    fields = {"number": number, "kind": kind, "issued_on": issued_on, "subject": subject, "implements": implements}
    return create(Document, unit=unit, issuer=issuer, topic=topic, **fields)
