"""Forms about the basis of a member's Party fee."""

from django import forms

from binhlu_portal.records.forms.base import CorrectForm
from binhlu_portal.text.vietnamese import number
from members.forms import MemberFactForm
from members.models import FeeBasis

from . import actions as fees
from .queries import month_of

HOW_KEPT = (
    "Tiền lương đóng bảo hiểm xã hội, trợ cấp hoặc lương hưu của một tháng; nhóm khác để trống. Chỉ chi bộ của đảng "
    "viên và văn phòng xem được; hết áp dụng quá {fees.income_months} thì hệ thống xóa."
)
MOST_DONG = 999_999_999


class DongField(forms.IntegerField):
    """An amount of money in đồng, typed with or without points: 8.500.000 or 8500000."""

    def __init__(self, **kwargs):
        messages = {"invalid": "Ghi số tiền bằng chữ số, ví dụ 8.500.000."}
        messages["max_value"] = f"Số tiền phải không quá {number(MOST_DONG)} đồng."
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"max_value": MOST_DONG, "widget": widget, "error_messages": messages} | kwargs)

    def to_python(self, value):
        """Return the amount."""
        return super().to_python(value.replace(".", "").replace(" ", "") if isinstance(value, str) else value)

    def prepare_value(self, value):
        """Show an amount as it is written; what somebody typed stays as it is."""
        return number(value) if isinstance(value, int) else value


class FeeBasisForm(MemberFactForm):
    """Records on what the fee of members is reckoned from a day on."""

    title = "Ghi căn cứ đóng đảng phí"
    model = FeeBasis
    model_fields = ("group", "started_on")
    order = ("member", "group", "income", "started_on")
    income = DongField(label="Mức thu nhập tháng (đồng)", required=False, help_text=HOW_KEPT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("started_on", month_of(self.today))
        self.fields[
            "started_on"
        ].help_text = (
            "Căn cứ đang áp dụng hết áp dụng từ ngày này. Đảng phí của một tháng tính theo căn cứ của ngày 01 tháng đó."
        )

    def perform(self, *, started_on, **given):
        """Record the basis."""
        return fees.set_basis(day=started_on, **given)


class CorrectFeeBasisForm(CorrectForm):
    """Puts right the basis of a fee."""

    model = FeeBasis
    model_fields = ("group", "income", "started_on", "ended_on")
    income = DongField(label="Mức thu nhập tháng (đồng)", required=False, help_text=HOW_KEPT)
