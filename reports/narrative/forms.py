"""Forms about the report: what the committee writes in a section, which template it uses."""

from django import forms

from binhlu_portal.audit.models import Entry
from binhlu_portal.records.forms.base import CorrectForm, RecordForm, RemoveForm
from binhlu_portal.records.forms.submit import EditConflict, latest_entry
from binhlu_portal.text.vietnamese import clean
from organizations.rights import Right
from reports.narrative.models import ReportText
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.models import ReportingPeriod

from . import actions as narrative
from . import queries
from .limits import LARGEST

TEXTS = ReportText._meta.db_table


class TextForm(RecordForm):
    """Writes one text of the report of the period that is its instance; the page sets the `part` of the outline."""

    title = "Viết báo cáo"
    right = Right.DECIDE
    text = forms.CharField(label="Nội dung", required=False, max_length=queries.LONGEST, widget=forms.Textarea)

    def __init__(self, *args, part, written, initial=None, **kwargs):
        self.part, self.row = part, written if written and not written.carried else None
        start = {
            "text": written.text if written and written.text else part.start,
            "seen": latest_entry(self.row) if self.row else 0,
        }
        super().__init__(*args, initial=start | (initial or {}), **kwargs)
        field = self.fields["text"]
        field.label, field.help_text, field.widget.attrs["rows"] = part.label, part.ask, part.lines + 1

    def perform(self, text):
        """Write the text."""
        return narrative.write_text(period=self.instance, section=self.part.code, text=text, user=self.user)

    def check_unchanged(self):
        """Raise `Conflict` when somebody else has written the text since the sender has seen it."""
        if self._newest() != (self.cleaned_data["seen"] or 0):
            raise EditConflict

    def show_conflict(self):
        """Set what the other has written beside what the sender typed; sent once more, the form is written."""
        before = Entry.objects.filter(pk=self.cleaned_data["seen"] or 0, table=TEXTS).first()
        row, then = self._row(), ((before and before.after) or {}).get("text", "")
        theirs = row.text if row else ""
        self.conflict = ((self.part.label, then, theirs, self.cleaned_data["text"]),)
        self.data = self.data.copy()
        self.data["seen"] = self._newest()

    def _row(self):
        of_section = {"outline": self.instance.outline, "section": self.part.code}
        return ReportText.objects.filter(period=self.instance, **of_section).first()

    def _newest(self):
        row = self._row()
        return latest_entry(row) if row else 0


class SignatureForm(CorrectForm):
    """Says who signs what is made in the period that is its instance, how forms are numbered, and reports printed."""

    title = "Người ký, ký hiệu biểu, chú thích"
    model = ReportingPeriod
    model_fields = ("authority", "post", "signer", "office_post", "office_signer", "form_suffix", "explains")
    right = Right.DECIDE

    def clean_form_suffix(self):
        """Return the suffix without the dash before it, which is printed anyway."""
        return self.cleaned_data["form_suffix"].lstrip("-– ")

    def perform(self, **given):
        """Set it."""
        return reporting_periods.set_signature(period=self.instance, **given)


class TemplateForm(RecordForm):
    """Takes a template of the committee's own for the report; its instance is a period, the page sets `now`."""

    title = "Mẫu báo cáo"
    submit_label = "Kiểm tra và dùng mẫu này"
    right = Right.DECIDE
    reason = now = None
    file = forms.FileField(
        label="Tệp mẫu (.docx)",
        help_text=f"Văn bản Word có các chỗ điền ghi ở bảng dưới; tối đa {LARGEST // 1024 // 1024} MB.",
        widget=forms.FileInput({"accept": ".docx", "class": "drop"}),
        error_messages={
            "required": "Chưa chọn tệp nào: chọn văn bản Word (.docx) làm mẫu.",
            "empty": "Tệp trống, không có nội dung: chọn tệp khác.",
        },
    )

    def perform(self, file):
        """Check the template and use it."""
        given = {"period": self.instance, "user": self.user, "now": self.now}
        return narrative.use_template(name=clean(file.name), content=file.read(LARGEST + 1), **given)


class OwnTemplateForm(RemoveForm):
    """Goes back to the portal's own template; its instance is a period, the page sets `now`."""

    title = submit_label = "Dùng lại mẫu của hệ thống"
    right = Right.DECIDE
    reason = now = None

    def perform(self):
        """Use it."""
        return narrative.use_own_template(period=self.instance, user=self.user, now=self.now)
