"""Forms in which the office writes what a cell reports of posts: who takes one, who leaves one."""

from django import forms

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import DayField
from members.models import Position
from members.positions import actions as positions
from members.positions.forms import PositionForm
from organizations.rights import Right


class TakePostForm(PositionForm):
    """Gives a post to the member; whoever held one that a single person holds leaves it on the same day."""

    right = Right.DECIDE

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["holder_name"]
        self.fields["post"].help_text = "Chức vụ chỉ một người giữ: người đang giữ thôi giữ từ cùng ngày."

    def clean(self):
        """Ask nothing more: the holder is known."""
        return RecordForm.clean(self)

    def perform(self, *, started_on, **given):
        """Give the post, or replace its holder."""
        return positions.hand_over(day=started_on, **given)


class LeavePostForm(RecordForm):
    """Ends a post that the instance, a member, holds."""

    title = "Thôi giữ chức vụ"
    model = Position
    right = Right.DECIDE
    position = forms.ModelChoiceField(label="Chức vụ đang giữ", queryset=None, empty_label="Chọn …")
    ended_on = DayField(label="Thôi giữ từ ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = Position.objects.editable_by(self.user, self.right).filter(member=self.instance, ended_on=OPEN)
        self.fields["position"].queryset = held
        self.fields["position"].label_from_instance = lambda held: f"{held.get_post_display()}, {held.unit}"

    def perform(self, *, position, ended_on):
        """End the post."""
        return positions.relieve(position=position, day=ended_on)
