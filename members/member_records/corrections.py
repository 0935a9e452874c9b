"""Forms about facts that are written down: they end, are put right, are removed."""

from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DayField, RecordForm, RemoveForm
from members.models import Admission, MemberState, Position, Spell

from . import actions as member_records
from .forms import BadgeForm, DisciplineForm, ExemptionForm, FeeReductionForm, LevelsForm, PlanningForm, TrainingForm


def correcting(form, *more):
    """Return the form that puts right what `form` records, with the fields `more`."""
    return type(f"Correct{form.model.__name__}", (CorrectForm,), {"model": form.model, "taken": (*form.taken, *more)})


class EndExemption(RecordForm):
    """Ends an exemption."""

    title = "Kết thúc miễn"
    ended_on = DayField(label="Sinh hoạt trở lại từ ngày")

    @classmethod
    def suits(cls, record):
        """Offer it while the exemption has no end."""
        return record.is_open

    def act(self, *, ended_on):
        """End the exemption."""
        return member_records.end_exemption(exemption=self.subject, day=ended_on)


class CorrectLevels(CorrectForm):
    """Puts levels right that were recorded wrongly."""

    model = MemberState
    taken = LevelsForm.taken

    def act(self, **given):
        """Correct the levels."""
        return member_records.correct_levels(state=self.subject, **given)


class RemoveLevels(RemoveForm):
    """Deletes levels; what held before goes on."""

    def act(self):
        """Delete the levels."""
        member_records.remove_levels(state=self.subject)


class CorrectPosition(CorrectForm):
    """Puts right what was recorded of a post held."""

    model = Position
    taken = ("post", "holder_name", "started_on", "ended_on", *DECIDED)

    def act(self, **given):
        """Correct the post."""
        return member_records.correct_position(position=self.subject, **given)


class Relieve(RecordForm):
    """Ends a post; it is vacant until somebody is appointed."""

    title = "Thôi giữ chức vụ"
    ended_on = DayField(label="Thôi giữ từ ngày")

    @classmethod
    def suits(cls, record):
        """Offer it while the post is held."""
        return record.is_open

    def act(self, *, ended_on):
        """End the post."""
        return member_records.relieve(position=self.subject, day=ended_on)


class CorrectSpell(CorrectForm):
    """Puts right where a member came from and went to; days and cells change by transfers only."""

    model = Spell
    taken = ("came_from", *DECIDED, "went_to", "end_decision_number", "end_decision_date")


class CorrectAdmission(CorrectForm):
    """Puts right what was held at admission; its days change by the steps of the way into the Party only."""

    model = Admission
    taken = ("course_on", "decision_number", "official_decision", "youth_union", "rural", "occupation", "education")


CorrectExemption = correcting(ExemptionForm, *DECIDED)
CorrectFeeReduction = correcting(FeeReductionForm, *DECIDED)
CorrectTraining = correcting(TrainingForm)
CorrectPlanning = correcting(PlanningForm, *DECIDED)
CorrectDiscipline = correcting(DisciplineForm, *DECIDED)
CorrectBadge = correcting(BadgeForm, *DECIDED)
