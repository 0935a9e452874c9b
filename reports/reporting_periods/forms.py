"""Forms about reporting periods and confirmations."""

from datetime import date, timedelta

from django import forms

from binhlu_portal.records.forms.base import RecordForm, RemoveForm
from organizations.forms import UnitField
from organizations.rights import Right
from reports.form_templates.models import Blank
from reports.narrative.document import CODE
from reports.printed_forms.catalogue import ANNEXES
from reports.reporting_periods.models import ReportingPeriod

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
    order = ("unit", *model_fields, "forms")
    right = Right.DECIDE
    unit = UnitField(label="Cấp ủy mở kỳ", kinds=reporting_periods.OPENERS)
    forms = PeriodFilesField(
        label="Biểu, báo cáo phải lập",
        initial=[*ANNEXES, CODE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Khi khóa kỳ, các tệp này được lưu lại nguyên như lúc đó.",
    )

    def __init__(self, *args, today, initial=None, **kwargs):
        usual = {
            "as_of": today,
            "since": date(today.year, 1, 1),
            "year": today.year - 1,
            "due_on": today + TIME_TO_CONFIRM,
        }
        super().__init__(*args, today=today, initial=usual | (initial or {}), **kwargs)

    def perform(self, **given):
        """Open the period."""
        return reporting_periods.open_period(today=self.today, **given)


class CancelPeriodForm(RemoveForm):
    """Takes back the opening of the reporting period that is its instance."""

    title = submit_label = "Bỏ kỳ mở nhầm"
    right = Right.DECIDE
    reason = forms.CharField(label="Vì sao bỏ", max_length=200, help_text="Ghi vào lịch sử thay đổi.")

    def perform(self):
        """Take it back."""
        reporting_periods.cancel_period(period=self.instance)


class ClosePeriodForm(RecordForm):
    """Closes the reporting period that is its instance."""

    title = submit_label = "Khóa kỳ báo cáo"
    right = Right.DECIDE

    def perform(self):
        """Close the period."""
        return reporting_periods.close_period(period=self.instance, today=self.today)


class ReopenForm(RecordForm):
    """Opens the closed period that is its instance again."""

    title = submit_label = "Mở lại kỳ báo cáo"
    right = Right.DECIDE
    reason = forms.CharField(
        label="Vì sao mở lại", max_length=200, help_text="Ghi vào lịch sử thay đổi và hiện ở trang của kỳ."
    )

    def perform(self):
        """Open the period again."""
        return reporting_periods.reopen(period=self.instance, reason=self.cleaned_data["reason"])


class ConfirmForm(RecordForm):
    """Confirms the records of the unit that is its instance; the page sets `period` and `now`."""

    title = "Xác nhận số liệu"
    right = Right.CONFIRM
    reason = None
    period = now = None

    def perform(self):
        """Confirm."""
        return reporting_periods.confirm(period=self.period, unit=self.instance, user=self.user, now=self.now)


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
        label="Vì sao trả lại", max_length=200, help_text="Đơn vị thấy lý do này: ghi rõ chỗ nào cần sửa."
    )
    now = None

    def perform(self):
        """Return it."""
        reason = self.cleaned_data["reason"]
        return reporting_periods.send_back(confirmation=self.instance, user=self.user, now=self.now, reason=reason)
