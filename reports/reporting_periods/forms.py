"""Forms about reporting periods and confirmations."""

from datetime import timedelta

from django import forms

from binhlu_portal.moment.moment import usual_since, usual_year
from binhlu_portal.records.forms.base import RecordForm, RemoveForm
from organizations.choices import LEADING
from organizations.forms import UnitField
from organizations.rights import Right
from reports.form_templates.models import Blank
from reports.narrative.content import report
from reports.narrative.document import CODE
from reports.narrative.outline.forms import OutlineField
from reports.narrative.outline.queries import outline_of
from reports.printed_forms.catalogue import ANNEXES
from reports.reporting_periods.models import USUAL_OUTLINE, ReportingPeriod

from . import actions as reporting_periods
from .closing.freeze import FORMS

TIME_TO_CONFIRM = timedelta(days=14)
"""How long units are usually given."""


class PeriodFilesField(forms.MultipleChoiceField):
    """What is to be made in a period: forms, the report, and the blanks of the committees for which one decides."""

    def set_choices(self, form):
        """Offer them."""
        blanks = Blank.objects.editable_by(form.user, form.right).filter(is_used=True)
        self.choices = [*FORMS.items(), *((blank.code, blank.name) for blank in blanks)]


class OpenPeriodForm(RecordForm):
    """Opens a reporting period."""

    title = "Mở kỳ báo cáo"
    model = ReportingPeriod
    model_fields = ("as_of", "since", "year", "due_on")
    order = ("unit", *model_fields, "forms", "outline")
    right = Right.DECIDE
    unit = UnitField(label="Cấp ủy mở kỳ", kinds=LEADING)
    forms = PeriodFilesField(
        label="Biểu, báo cáo phải lập",
        initial=[*ANNEXES, CODE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Khi khóa kỳ, các tệp này được lưu lại nguyên như lúc đó.",
    )

    outline = OutlineField(
        label="Báo cáo theo đề cương", initial=USUAL_OUTLINE, help_text="Đổi và sửa được ở trang báo cáo của kỳ."
    )

    def __init__(self, *args, today, initial=None, **kwargs):
        usual = {
            "as_of": today,
            "since": usual_since(today),
            "year": usual_year(today),
            "due_on": today + TIME_TO_CONFIRM,
        }
        super().__init__(*args, today=today, initial=usual | (initial or {}), **kwargs)

    def perform(self, **given):
        """Open the period."""
        return reporting_periods.open_period(today=self.today, **given)


class CancelPeriodForm(RemoveForm):
    """Takes back the opening of the reporting period that is its instance."""

    title = submit_label = "Hủy kỳ báo cáo"
    right = Right.DECIDE
    reason = forms.CharField(label="Lý do hủy", max_length=200, help_text="Ghi vào lịch sử thay đổi.")

    def perform(self):
        """Take it back."""
        reporting_periods.cancel_period(period=self.instance)


class ClosePeriodForm(RecordForm):
    """Closes the reporting period that is its instance."""

    title = submit_label = "Khóa kỳ báo cáo"
    right = Right.DECIDE
    acknowledged = forms.BooleanField(
        label="Đã xem những chỗ chưa ghi, chưa viết nói trên; vẫn khóa kỳ",
        error_messages={"required": "Xem những chỗ chưa ghi, chưa viết rồi đánh dấu vào ô này."},
    )
    remark = forms.CharField(
        label="Ý kiến về những chỗ đó",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Lý do vẫn khóa, khi nào bổ sung; lưu cùng lần khóa.",
    )

    def __init__(self, *args, instance, user, **kwargs):
        super().__init__(*args, instance=instance, user=user, **kwargs)
        self.report = report(instance.moment(user), outline_of(instance))
        if not self.report.incomplete:
            del self.fields["acknowledged"], self.fields["remark"]

    def perform(self, *, acknowledged=True, remark=""):
        """Close the period."""
        return reporting_periods.close_period(period=self.instance, today=self.today, remark=remark)


class ReopenForm(RecordForm):
    """Opens the closed period that is its instance again."""

    title = submit_label = "Mở lại kỳ báo cáo"
    right = Right.DECIDE
    reason = forms.CharField(
        label="Lý do mở lại", max_length=200, help_text="Ghi vào lịch sử thay đổi và hiện ở trang của kỳ."
    )

    def perform(self):
        """Open the period again."""
        return reporting_periods.reopen(user=self.user, period=self.instance, reason=self.cleaned_data["reason"])


class ConfirmForm(RecordForm):
    """Confirms the records of the unit that is its instance; the page sets `period` and `now`."""

    title = "Xác nhận số liệu"
    right = Right.CONFIRM
    reason = None
    period = now = None
    shown = forms.IntegerField(widget=forms.HiddenInput)

    def perform(self, shown):
        """Confirm what was shown."""
        given = {"user": self.user, "now": self.now, "shown": shown}
        return reporting_periods.confirm(period=self.period, unit=self.instance, **given)


class WithdrawForm(RemoveForm):
    """Takes back the confirmation that is its instance."""

    title = submit_label = "Rút xác nhận"
    right = Right.CONFIRM

    def perform(self):
        """Withdraw."""
        reporting_periods.withdraw(confirmation=self.instance)


class AcceptForm(RecordForm):
    """Accepts the confirmation that is its instance; the page sets `now`."""

    title = submit_label = "Nhận số liệu"
    right = Right.DECIDE
    reason = None
    now = None

    def perform(self):
        """Accept."""
        return reporting_periods.accept(confirmation=self.instance, user=self.user, now=self.now)


class AcceptAllForm(RecordForm):
    """Accepts all that units have confirmed for the period that is its instance; the page sets `now`."""

    title = submit_label = "Nhận mọi đơn vị đã xác nhận"
    right = Right.DECIDE
    reason = None
    now = None

    def perform(self):
        """Accept them."""
        reporting_periods.accept_all(period=self.instance, user=self.user, now=self.now)


class SendBackForm(RecordForm):
    """Returns the confirmation that is its instance; the page sets `now`."""

    title = submit_label = "Trả lại số liệu"
    right = Right.DECIDE
    reason = forms.CharField(
        label="Lý do trả lại", max_length=200, help_text="Đơn vị thấy lý do này: ghi rõ chỗ nào cần sửa."
    )
    now = None

    def perform(self):
        """Return it."""
        reason = self.cleaned_data["reason"]
        return reporting_periods.send_back(confirmation=self.instance, user=self.user, now=self.now, reason=reason)
