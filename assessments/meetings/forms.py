"""Forms that add and correct meetings."""

from assessments.models import Meeting
from binhlu_portal.records.forms.base import CorrectForm
from organizations.choices import CELLS
from organizations.forms import UnitFactForm, UnitField

from . import actions as meetings


class MeetingForm(UnitFactForm):
    """Adds a meeting of a cell."""

    title = "Ghi buổi sinh hoạt"
    model = Meeting
    model_fields = ("held_on", "kind", "expected", "present", "guests", "topic")
    order = ("unit",)
    unit = UnitField(label="Chi bộ", kinds=CELLS)

    def perform(self, *, held_on, **given):
        """Record the meeting."""
        return meetings.hold_meeting(day=held_on, **given)


class CorrectMeetingForm(CorrectForm):
    """Puts right what was written of a meeting."""

    model = Meeting
    model_fields = MeetingForm.model_fields
