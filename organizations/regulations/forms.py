"""Forms about regulations and the values they set."""

from django import forms

from binhlu_portal.records.forms.base import CorrectForm, RecordForm
from organizations.choices import Measure, Norm
from organizations.models import FormTitle, ImpossiblePair, Regulation, Threshold
from organizations.rights import Right

from . import actions as regulations

BASIS = ("regulation", "source", "certainty")


class RegulationForm(RecordForm):
    """Records a regulation that is in force from a day on."""

    title = "Thêm văn bản quy định"
    right = Right.DECIDE
    model = Regulation
    model_fields = ("subject", "kind", "number", "issued_on", "title", "started_on", "certainty", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started_on"].help_text = "Văn bản đang có hiệu lực về nội dung này hết hiệu lực từ ngày đó."

    def perform(self, **given):
        """Record the regulation."""
        return regulations.issue_regulation(**given)


class CorrectRegulationForm(CorrectForm):
    """Puts right what was written of a regulation."""

    right = Right.DECIDE
    model = Regulation
    model_fields = (*RegulationForm.model_fields, "ended_on")


class ThresholdForm(RecordForm):
    """Sets a value from a day on."""

    title = "Ghi chỉ tiêu, định mức"
    right = Right.DECIDE
    model = Threshold
    model_fields = ("low", "high", "unit", "started_on", *BASIS)
    order = ("code",)
    code = forms.ChoiceField(label="Nội dung", choices=[("", "Chọn …"), *Norm.choices])

    def perform(self, **given):
        """Set the value."""
        return regulations.set_threshold(**given)


class NextValueForm(RecordForm):
    """Sets what a value is from a day on; what else the one before says stays."""

    title = "Ghi mức mới"
    right = Right.DECIDE
    model = Threshold
    model_fields = ("low", "high", "started_on", *BASIS)

    def __init__(self, *args, instance, initial=None, **kwargs):
        before = {name: instance.serializable_value(name) for name in ("low", "high", *BASIS)}
        super().__init__(*args, instance=instance, initial=before | (initial or {}), **kwargs)
        unit = Measure(instance.unit).label
        self.fields["low"].label = f"Mức mới (từ), {unit}"
        self.fields["started_on"].help_text = "Mức đang áp dụng hết áp dụng từ ngày này."

    @classmethod
    def is_available_for(cls, record):
        """Whether the value has no end yet."""
        return record.is_open

    def perform(self, **given):
        """Set the value."""
        row = self.instance
        return regulations.set_threshold(code=row.code, unit=row.unit, base=row.base, rounding=row.rounding, **given)


class CorrectThresholdForm(CorrectForm):
    """Puts right what was written of a value."""

    right = Right.DECIDE
    model = Threshold
    model_fields = ("low", "high", "unit", "base", "rounding", "started_on", "ended_on", *BASIS)


class FormTitleForm(RecordForm):
    """Names a form of statistics from a day on."""

    title = "Ghi tên biểu thống kê"
    right = Right.DECIDE
    model = FormTitle
    model_fields = ("form", "title", "started_on", *BASIS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started_on"].help_text = "Tên đang dùng hết dùng từ ngày này."

    def perform(self, **given):
        """Name the form."""
        return regulations.name_form(**given)


class CorrectFormTitleForm(CorrectForm):
    """Puts right what was written of the name of a form."""

    right = Right.DECIDE
    model = FormTitle
    model_fields = ("form", "title", "started_on", "ended_on", *BASIS)


class ImpossiblePairForm(RecordForm):
    """Records that no unit of a kind has a sector."""

    title = "Ghi loại tổ chức không có loại hình"
    right = Right.DECIDE
    model = ImpossiblePair
    model_fields = ("kind", "sector", "started_on", *BASIS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "started_on"
        ].help_text = (
            "Từ ngày này hệ thống không nhận tổ chức đảng như vậy; tổ chức đã ghi trước được nêu ở Kiểm tra dữ liệu."
        )

    def perform(self, **given):
        """Record it."""
        return regulations.exclude_pair(**given)


class CorrectImpossiblePairForm(CorrectForm):
    """Puts right what was written of a kind and a sector."""

    right = Right.DECIDE
    model = ImpossiblePair
    model_fields = ("kind", "sector", "started_on", "ended_on", *BASIS)
