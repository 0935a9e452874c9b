"""Verbs of documents that committees issue."""

from binhlu_portal.db.actions import action, create
from organizations.models import Document


@action
def record_document(*, unit, number, kind, issued_on, subject, implements=""):
    """Record a document issued by the committee of `unit`."""
    fields = {"number": number, "kind": kind, "issued_on": issued_on, "subject": subject, "implements": implements}
    return create(Document, unit=unit, **fields)
