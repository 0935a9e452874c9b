"""Forms of inspection, supervision and the discipline of party organizations."""

from django.utils.html import format_html, format_html_join

from assessments import choices
from assessments.inspections import actions as inspections
from assessments.models import Case, UnitDiscipline
from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DecidedForm
from members.forms import MemberFactForm, MemberField
from organizations.forms import UnitFactForm, UnitField

OUTCOMES = format_html_join(
    "",
    "<li>{}: {}</li>",
    (
        (kind.label, "; ".join(outcome.label.lower() for outcome in outcomes))
        for kind, outcomes in choices.OUTCOMES.items()
    ),
)
"""Which outcomes each kind of case has, in words."""


def explain_outcomes(form):
    """Say at the outcome of a case which kinds have which."""
    form.fields["outcome"].help_text = format_html("Mỗi loại việc có kết luận riêng:<ul>{}</ul>", OUTCOMES)


class CaseForm(MemberFactForm, UnitFactForm):
    """Records the conclusion of an inspection, a supervision, a denunciation or a complaint."""

    title = "Ghi kết luận kiểm tra, giám sát"
    model = Case
    model_fields = ("kind", "level", "subject", "outcome", "concluded_on")
    order = ("unit", "member")
    unit = UnitField(label="Tổ chức đảng được kiểm tra, hoặc nơi đảng viên sinh hoạt")
    member = MemberField(
        label="Đảng viên được kiểm tra", required=False, help_text="Để trống nếu kiểm tra tổ chức đảng."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        explain_outcomes(self)

    def perform(self, *, concluded_on, **given):
        """Record the conclusion."""
        return inspections.conclude_case(day=concluded_on, **given)


class CorrectCaseForm(CorrectForm):
    """Puts right what was written of a case."""

    model = Case
    model_fields = CaseForm.model_fields

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        explain_outcomes(self)


class UnitDisciplineForm(DecidedForm, UnitFactForm):
    """Records a disciplinary measure against a party organization."""

    title = "Ghi kỷ luật tổ chức đảng"
    model = UnitDiscipline
    model_fields = ("form", "level", "violation", "decided_on")
    order = ("unit",)

    def perform(self, *, decided_on, **given):
        """Record the measure."""
        return inspections.discipline_unit(day=decided_on, **given)


class CorrectUnitDisciplineForm(CorrectForm):
    """Puts right what was written of a measure."""

    model = UnitDiscipline
    model_fields = (*UnitDisciplineForm.model_fields, *DECIDED)
