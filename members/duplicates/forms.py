"""The forms that make one record of two, or state that two records alike are of two people."""

from django import forms

from binhlu_portal.records.forms.base import RecordForm, RemoveForm
from organizations.rights import Right

from .actions import merge, state_distinct
from .clashes import of_card, of_levels, of_registers

MINE, THEIRS = "mine", "theirs"
"""What is chosen where both records speak: what the record to keep says, or the other one."""


class MergeMembersForm(RecordForm):
    """`instance` is the record to keep and the other one; where both speak the sender chooses, line by line.

    What the merger changes is shown first.
    """

    title = "Gộp hồ sơ trùng"
    right = Right.DECIDE
    has_preview = True

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        found = [*of_card(*instance), *of_levels(*instance), *of_registers(*instance, self.user)]
        self.comparisons = sorted(found, key=lambda line: not line.key)
        for line in self.comparisons:
            if line.key:
                sides = [(MINE, line.mine), (THEIRS, line.theirs)]
                self.fields[line.key] = forms.ChoiceField(
                    label=line.label.capitalize(), choices=sides, initial=MINE, widget=forms.RadioSelect
                )

    @property
    def lines(self):
        """The lines of both records: (line, its two buttons or None)."""
        return [(line, [*self[line.key]] if line.key else None) for line in self.comparisons]

    @property
    def theirs_win(self):
        """The keys of the lines of which the other record is believed."""
        return {line.key for line in self.comparisons if line.key and self.cleaned_data.get(line.key) == THEIRS}

    def perform(self, **given):
        """Merge the records."""
        keep, other = self.instance
        return merge(keep=keep, other=other, theirs_win=self.theirs_win)


class DistinctForm(RecordForm):
    """States that the two people of `instance` are not one; why may be said."""

    title = "Ghi là hai người"
    submit_label = "Đây là hai người"
    right = Right.DECIDE
    reason = forms.CharField(
        label="Lý do là hai người",
        required=False,
        max_length=200,
        help_text="Ví dụ: khác cha mẹ, đã gặp cả hai. Lưu trong lịch sử thay đổi.",
    )

    def perform(self):
        """State it."""
        first, second = self.instance
        return state_distinct(first=first, second=second, day=self.today)


class TakeBackDistinctForm(RemoveForm):
    """Takes back that two records are of two people; `instance` is the pair."""

    title = submit_label = "Bỏ ghi nhận là hai người"
    right = Right.DECIDE
