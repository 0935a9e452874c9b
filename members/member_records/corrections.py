"""Forms about facts that are written down: they end, are put right, are removed."""

from binhlu_portal.records.forms.base import DECIDED, CorrectForm, RecordForm, RemoveForm
from binhlu_portal.records.forms.fields import DayField
from members.admissions import actions as admissions
from members.forms import OfTheCellForm
from members.models import (
    Admission,
    Badge,
    Exemption,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    MemberState,
    Planning,
    Training,
)

from . import actions as member_records
from .forms import (
    BadgeForm,
    ExemptionForm,
    FeeReductionForm,
    HandbookAbsenceForm,
    LevelsForm,
    LiaisonForm,
    PlanningForm,
    TrainingForm,
)


class EndExemptionForm(RecordForm):
    """Ends an exemption."""

    title = "Kết thúc miễn"
    model = Exemption
    ended_on = DayField(label="Sinh hoạt trở lại từ ngày")

    @classmethod
    def is_available_for(cls, record):
        """Offer it while the exemption has no end."""
        return record.is_open

    def perform(self, *, ended_on):
        """End the exemption."""
        return member_records.end_exemption(exemption=self.instance, day=ended_on)


class CorrectLevelsForm(CorrectForm):
    """Puts levels right that were recorded wrongly."""

    model = MemberState
    model_fields = LevelsForm.model_fields

    def perform(self, **given):
        """Correct the levels."""
        return member_records.correct_levels(state=self.instance, **given)


class RemoveLevelsForm(RemoveForm):
    """Deletes levels; what held before goes on."""

    def perform(self):
        """Delete the levels."""
        member_records.remove_levels(state=self.instance)


class CorrectAdmissionForm(CorrectForm):
    """Puts right an admission, and with it the stay it began and the days on the card.

    Days of what has not happened yet come by the steps of the way into the Party only.
    """

    model = Admission
    model_fields = (
        "course_on",
        "decision_number",
        "decision_date",
        "ceremony_on",
        "official_on",
        "consent",
        "official_decision",
        "official_decided_on",
        "youth_union",
        "rural",
        "occupation",
        "education",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("ceremony_on", "official_on"):
            self.fields[name].required = bool(getattr(self.instance, name))
            self.fields[name].disabled = not self.fields[name].required

    def perform(self, **given):
        """Correct the admission."""
        return admissions.correct_admission(row=self.instance, **given)


class CorrectExemptionForm(OfTheCellForm, CorrectForm):
    """Puts right an exemption."""

    model = Exemption
    model_fields = (*ExemptionForm.model_fields, *DECIDED)


class CorrectFeeReductionForm(CorrectForm):
    """Puts right a reduction of the Party fee."""

    model = FeeReduction
    model_fields = (*FeeReductionForm.model_fields, *DECIDED)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = "Mức miễn, giảm"


class CorrectHandbookAbsenceForm(CorrectForm):
    """Puts right why a member has no handbook, and until when."""

    model = HandbookAbsence
    model_fields = (*HandbookAbsenceForm.model_fields, "ended_on")


class CorrectLiaisonForm(CorrectForm):
    """Puts right an introduction to the place of residence, and until when it holds."""

    model = Liaison
    model_fields = (*LiaisonForm.model_fields, "ended_on")


class CorrectTrainingForm(CorrectForm):
    """Puts right a turn in a course."""

    model = Training
    model_fields = TrainingForm.model_fields


class CorrectPlanningForm(CorrectForm):
    """Puts right the planning of a post."""

    model = Planning
    model_fields = (*PlanningForm.model_fields, *DECIDED)


class CorrectBadgeForm(CorrectForm):
    """Puts right a badge."""

    model = Badge
    model_fields = (*BadgeForm.model_fields, *DECIDED)
