"""Forms that add facts about members."""

from django import forms
from django.core.exceptions import ValidationError

from binhlu_portal.records.forms.base import DecidedForm
from members.change_reports.settlement import SettlingForm
from members.forms import MemberFactForm, OfTheCellForm
from members.models import (
    Badge,
    Exemption,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    MemberState,
    Planning,
    Training,
)
from members.models.change_report import ChangeKind
from organizations.in_force import cite

from . import actions as member_records

LIMITED = (
    "Ngày đầu tiên không còn. Hoàn cảnh khó khăn khác: mỗi lần không quá {fees.relief_months} ({fees}); căn cứ còn lâu "
    "dài thì để trống."
)
"""How long the fee is reduced."""


class ExemptionForm(SettlingForm, OfTheCellForm, DecidedForm, MemberFactForm):
    """Exempts members from Party work and meetings."""

    title = "Ghi miễn công tác và sinh hoạt"
    settles = (ChangeKind.EXEMPTION,)
    model = Exemption
    model_fields = ("kind", "started_on", "ended_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision_number"].help_text = "Phải có số và ngày khi miễn không vì tuổi cao, sức yếu."

    def perform(self, *, started_on, ended_on, **given):
        """Exempt the member."""
        return member_records.exempt(day=started_on, until=ended_on, **given)


class FeeReductionForm(DecidedForm, MemberFactForm):
    """Frees members from the Party fee or lowers it."""

    title = "Ghi miễn, giảm đảng phí"
    model = FeeReduction
    model_fields = ("ground", "kind", "started_on", "ended_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = "Mức miễn, giảm"
        self.fields["kind"].help_text = "Chỉ hoàn cảnh khó khăn khác mới được giảm; căn cứ khác thì miễn."
        self.fields["ended_on"].help_text = cite(LIMITED, self.today)

    def perform(self, *, started_on, ended_on, **given):
        """Free the member."""
        return member_records.reduce_fee(day=started_on, until=ended_on, **given)


class HandbookAbsenceForm(MemberFactForm):
    """States why members have no electronic handbook."""

    title = "Ghi lý do chưa cài Sổ tay"
    model = HandbookAbsence
    model_fields = ("cause", "started_on", "source")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started_on"].help_text = "Lý do ghi trước đó hết áp dụng từ ngày này."

    def perform(self, **given):
        """State it."""
        return member_records.state_no_handbook(**given)


class LiaisonForm(MemberFactForm):
    """Introduces members to the Party organization of their place of residence."""

    title = "Ghi giới thiệu về nơi cư trú"
    model = Liaison
    model_fields = ("started_on", "place", "source")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started_on"].label = "Ngày giới thiệu"

    def perform(self, **given):
        """Introduce the member."""
        return member_records.introduce(**given)


LEVELS = (
    "education",
    "education_grade",
    "qualification",
    "speciality",
    "academic_title",
    "theory",
    "foreign_language",
    "occupation",
    "job",
)


LEVEL_PARTS = {
    "viec-lam": ("occupation", "job"),
    "hoc-van": ("education", "education_grade", "qualification", "speciality", "academic_title"),
    "ly-luan": ("theory",),
}
"""What people tell of levels at one time, by its name in the address (`muc`)."""


class LevelsForm(MemberFactForm):
    """Records levels that are new from a day on; what is left empty stays as it was. The address may ask for a part."""

    title = "Ghi trình độ, nghề nghiệp mới"
    model = MemberState
    model_fields = ("started_on", *LEVELS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started_on"].help_text = "Ghi những mục có thay đổi từ ngày này; mục khác giữ như cũ."
        self.levels = LEVEL_PARTS.get(self.initial.get("muc"), LEVELS)
        for name in {*LEVELS} - {*self.levels}:
            del self.fields[name]
        for name in self.levels:
            if hasattr(self.fields[name], "choices"):
                self.fields[name].choices = [("", "Giữ như cũ"), *self.fields[name].choices[1:]]

    def clean(self):
        """Ask for at least one level."""
        if not self.errors and not any(self.cleaned_data[name] for name in self.levels):
            raise ValidationError("Chưa có gì để lưu: chọn hoặc ghi ít nhất một mục đã thay đổi.")
        return super().clean()

    def perform(self, *, member, started_on, **levels):
        """Record the levels that were given."""
        return member_records.set_levels(
            member=member, day=started_on, **{name: new for name, new in levels.items() if new}
        )


class TrainingForm(MemberFactForm):
    """Records turns in a course."""

    title = "Ghi đào tạo, bồi dưỡng"
    model = Training
    model_fields = ("program", "course", "level", "began_on", "finished_on")

    def perform(self, **given):
        """Record the turn."""
        return member_records.train(**given)


class PlanningForm(DecidedForm, MemberFactForm):
    """Records that members were approved in the planning of a post, looked through, or taken out of it."""

    title = "Ghi quy hoạch"
    model = Planning
    model_fields = ("step", "post", "term", "approved_on")

    def perform(self, **given):
        """Record the planning."""
        return member_records.plan(**given)


class BadgeForm(SettlingForm, DecidedForm, MemberFactForm):
    """Records a badge."""

    title = "Ghi Huy hiệu Đảng"
    settles = (ChangeKind.BADGE,)
    model = Badge
    model_fields = ("years", "number", "awarded_on", "posthumous")
    early = forms.BooleanField(label="Tặng sớm vì bệnh nặng", required=False)

    def perform(self, **given):
        """Record the badge."""
        return member_records.award_badge(**given)
