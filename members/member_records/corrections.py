"""Forms about facts that are written down: they end, are put right, are removed."""

from binhlu_portal.records.forms.base import DECIDED, CorrectForm, RecordForm, RemoveForm
from binhlu_portal.records.forms.fields import DayField
from members.models import Admission, MemberState, Spell

from . import actions as member_records
from .forms import BadgeForm, DisciplineForm, ExemptionForm, FeeReductionForm, LevelsForm, PlanningForm, TrainingForm


def correction_of(form, *more):
    """Return the form that puts right what `form` records, with the fields `more`."""
    return type(
        f"Correct{form.model.__name__}",
        (CorrectForm,),
        {"model": form.model, "model_fields": (*form.model_fields, *more)},
    )


class EndExemptionForm(RecordForm):
    """Ends an exemption."""

    title = "Kết thúc miễn"
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


class CorrectSpellForm(CorrectForm):
    """Puts right where a member came from and went to; days and cells change by transfers only."""

    model = Spell
    model_fields = ("came_from", *DECIDED, "went_to", "end_decision_number", "end_decision_date")


class CorrectAdmissionForm(CorrectForm):
    """Puts right what was held at admission; its days change by the steps of the way into the Party only."""

    model = Admission
    model_fields = (
        "course_on",
        "decision_number",
        "official_decision",
        "youth_union",
        "rural",
        "occupation",
        "education",
    )


CorrectExemptionForm = correction_of(ExemptionForm, *DECIDED)
CorrectFeeReductionForm = correction_of(FeeReductionForm, *DECIDED)
CorrectTrainingForm = correction_of(TrainingForm)
CorrectPlanningForm = correction_of(PlanningForm, *DECIDED)
CorrectDisciplineForm = correction_of(DisciplineForm, *DECIDED)
CorrectBadgeForm = correction_of(BadgeForm, *DECIDED)
