"""Forms about documents that committees issue."""

from binhlu_portal.records.forms.base import CorrectForm
from organizations.documents import actions as documents
from organizations.forms import UnitFactForm, UnitField
from organizations.models import Document


class DocumentForm(UnitFactForm):
    """Records a document that a committee issued."""

    title = "Ghi văn bản"
    model = Document
    model_fields = ("number", "kind", "issuer", "issued_on", "subject", "implements", "topic")
    order = ("unit",)
    unit = UnitField(label="Cơ quan ban hành, hoặc nơi nhận văn bản của cấp trên")

    def perform(self, **given):
        """Record the document."""
        return documents.record_document(**given)


class CorrectDocumentForm(CorrectForm):
    """Puts right what was written of a document."""

    model = Document
    model_fields = DocumentForm.model_fields
