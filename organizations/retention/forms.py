"""The form by which an administrator sets for how many months something is kept."""

from django import forms

from binhlu_portal.db.actions import correct
from binhlu_portal.records.forms.base import RecordForm
from organizations.models import Threshold
from organizations.regulations import actions as regulations
from organizations.rights import Right

from .periods import LEAST_MONTHS


class RetentionForm(RecordForm):
    """Sets for how many months something is kept from a day on; the one before ends that day."""

    title = "Đặt thời gian giữ"
    right = Right.ACCOUNTS
    model = Threshold
    model_fields = ("low", "started_on", "source", "certainty")

    def __init__(self, *args, instance, today, initial=None, **kwargs):
        start = {"low": int(instance.low), "started_on": today}
        start |= {name: getattr(instance, name) for name in ("source", "certainty")}
        super().__init__(*args, instance=instance, today=today, initial=start | (initial or {}), **kwargs)
        least = LEAST_MONTHS[instance.code]
        self.fields["low"] = forms.IntegerField(
            label="Số tháng giữ",
            min_value=least,
            help_text=f"Ít nhất {least} tháng; cơ sở dữ liệu không nhận mức thấp hơn.",
            error_messages={"min_value": f"Giữ ít nhất {least} tháng.", "invalid": "Ghi số tháng bằng chữ số."},
            widget=forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        )
        self.fields["started_on"].label = "Áp dụng từ ngày"
        self.fields["source"].required = True
        self.fields["source"].label = "Căn cứ, lý do của mức này"
        self.order_fields(["low", "started_on", "source", "certainty"])

    def perform(self, **given):
        """Set the value, or put right the one that begins that day."""
        row = self.instance
        if given["started_on"] == row.started_on:
            return correct(row=row, **given)
        return regulations.set_threshold(code=row.code, unit=row.unit, regulation=row.regulation, **given)
