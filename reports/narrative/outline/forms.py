"""Forms about the outline of a report: edit it, start another, choose among them, go back to the built-in one."""

from django import forms

from binhlu_portal.records.forms.base import RecordForm, RemoveForm
from binhlu_portal.records.forms.submit import EditConflict
from organizations.models import Unit
from organizations.rights import Right
from reports.narrative.models import ReportOutline

from . import actions as outlines
from . import queries
from .parser import NAME

LONGEST = 100_000
"""Letters of an outline."""

EMPTY = f"{NAME}: \nTrích yếu: \n\nI. "
"""What an outline begins with."""


class OutlineField(forms.ChoiceField):
    """An outline that a report can follow: a built-in one, or one of the committees for which one decides."""

    def set_choices(self, form):
        """Offer them."""
        self.choices = queries.outlines_of(Unit.objects.editable_by(form.user, form.right)).items()


class OutlineForm(RecordForm):
    """Edits the outline that the period which is its instance follows; the page sets `now`."""

    title = "Sửa đề cương"
    submit_label = "Lưu đề cương"
    right = Right.DECIDE
    has_preview = True
    reason = now = None
    text = forms.CharField(
        label="Đề cương",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 30, "spellcheck": "false", "class": "long-text"}),
        help_text="Mỗi đầu mục một dòng, ghi nguyên số mục: I. 1. 1.1. hoặc dấu “-”. Dán thẳng từ văn bản được.",
    )

    def __init__(self, *args, instance, initial=None, **kwargs):
        super().__init__(*args, instance=instance, initial=self.start(instance) | (initial or {}), **kwargs)

    def start(self, period):
        """Return what the form shows first."""
        return {"text": queries.outline_of(period).text, "seen": self._newest(period)}

    def perform(self, text):
        """Use the outline."""
        return outlines.use_outline(period=self.instance, user=self.user, now=self.now, text=text)

    def check_unchanged(self):
        """Raise `Conflict` when somebody else has replaced the outline since the sender has seen it."""
        if self._newest(self.instance) != (self.cleaned_data["seen"] or 0):
            raise EditConflict

    def show_conflict(self):
        """Set the outline of the other beside what the sender typed; sent once more, the form is written."""
        before = ReportOutline.objects.filter(pk=self.cleaned_data["seen"] or 0).first()
        theirs = queries.outline_of(self.instance).text
        self.conflict = (("Đề cương", before.text if before else "", theirs, self.cleaned_data["text"]),)
        self.data = self.data.copy()
        self.data["seen"] = self._newest(self.instance)

    def _newest(self, period):
        found = ReportOutline.objects.filter(unit=period.unit, code=period.outline)
        return found.values_list("pk", flat=True).first() or 0


class NewOutlineForm(OutlineForm):
    """Starts another outline for the report of the period that is its instance; the page sets `now`."""

    title = "Đề cương mới"

    def start(self, period):
        """Return what an outline begins with."""
        return {"text": EMPTY}

    def perform(self, text):
        """Keep it."""
        return outlines.start_outline(period=self.instance, user=self.user, now=self.now, text=text)

    def check_unchanged(self):
        """Whatever others have done, this one is new."""


class FollowOutlineForm(RecordForm):
    """Chooses the outline that the report of the period which is its instance follows."""

    title = "Chọn đề cương"
    right = Right.DECIDE
    reason = None
    outline = OutlineField(label="Báo cáo của kỳ này theo đề cương", widget=forms.RadioSelect)

    def __init__(self, *args, instance, initial=None, **kwargs):
        start = {"outline": instance.outline} | (initial or {})
        super().__init__(*args, instance=instance, initial=start, **kwargs)

    def perform(self, outline):
        """Follow it."""
        return outlines.follow_outline(period=self.instance, outline=outline)


class BuiltinOutlineForm(RemoveForm):
    """Goes back to the portal's own outline; its instance is a period, the page sets `now`."""

    title = submit_label = "Dùng lại đề cương của hệ thống"
    right = Right.DECIDE
    reason = now = None

    def perform(self):
        """Use it."""
        return outlines.use_builtin_outline(period=self.instance, user=self.user, now=self.now)
