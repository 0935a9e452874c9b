"""Forms about posts held."""

from django import forms
from django.db.models import Exists, OuterRef

from binhlu_portal.dates.validity import lacking_decision
from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DecidedForm
from binhlu_portal.records.forms.fields import DayField
from members.change_reports.settlement import SettlingForm
from members.choices import COMMITTEE_POSTS, OPEN_POSTS, Post
from members.forms import MemberFactForm, MemberField
from members.models import Member, Position, Vacancy
from members.models.change_report import ChangeKind
from members.positions import actions as positions
from organizations.forms import UnitFactForm


class HolderField(MemberField):
    """Who is given a post: where the address names that of looking after a unit, a member of a committee above it."""

    def candidates(self, form):
        """Return the people of the unit, or the committees above."""
        unit, post = form.asked_post
        if unit is None or post != Post.OVERSEER:
            return super().candidates(form)
        seated = Exists(Position.objects.seats_above(OuterRef("pk"), unit, form.today))
        return Member.objects.editable_by(form.user, form.right).filter(seated)


ONE_HOLDER = "Chọn đảng viên, hoặc ghi họ tên người ngoài Đảng; không được cả hai."


class PositionForm(SettlingForm, DecidedForm, MemberFactForm, UnitFactForm):
    """Gives a post in a unit to a member, or to somebody outside the Party where the post allows it."""

    title = "Ghi người giữ chức vụ"
    settles = (ChangeKind.POST_TAKEN,)
    model = Position
    model_fields = ("post", "holder_name", "started_on")
    order = ("unit", "post", "member", "holder_name", "started_on")
    member = HolderField(
        label="Đảng viên giữ chức vụ", required=False, help_text="Để trống nếu người giữ chức vụ ở ngoài Đảng."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision_number"].help_text = (
            "Chức vụ cấp ủy phải có số, ngày quyết định chỉ định hoặc chuẩn y; không phải ghi khi giữ chức vụ từ ngày "
            "đầu của tổ chức đảng."
        )

    @property
    def asked_post(self):
        """The unit and the post that the address names."""
        return self.fields["unit"].units.get(self.initial.get("unit")), self.initial.get("post")

    def clean(self):
        """Ask for one holder."""
        asked = super().clean()
        if not self.errors and bool(asked.get("member") or self.members) == bool(asked["holder_name"]):
            self.add_error("holder_name", ONE_HOLDER)
        return asked

    def perform(self, *, started_on, **given):
        """Give the post."""
        return positions.appoint(day=started_on, **given)


class CorrectPositionForm(CorrectForm):
    """Puts right what was recorded of a post held."""

    model = Position
    model_fields = ("post", "holder_name", "started_on", "ended_on", *DECIDED)

    def perform(self, **given):
        """Correct the post."""
        return positions.correct_position(position=self.instance, **given)


class RelieveForm(SettlingForm):
    """Ends a post; it is vacant until somebody is appointed."""

    title = "Thôi giữ chức vụ"
    settles = (ChangeKind.POST_LEFT,)
    model = Position
    ended_on = DayField(label="Thôi giữ từ ngày")

    @classmethod
    def is_available_for(cls, record):
        """Offer it while the post is held."""
        return record.is_open

    def perform(self, *, ended_on):
        """End the post."""
        return positions.relieve(position=self.instance, day=ended_on)


class ReplaceHolderForm(SettlingForm, DecidedForm):
    """Gives the post of the instance to somebody else; the old holder has it until that day."""

    title = "Thay người giữ chức vụ"
    settles = (ChangeKind.POST_LEFT, ChangeKind.POST_TAKEN)
    model = Position
    order = ("member", "holder_name", "started_on")
    members = ()
    member = HolderField(label="Người giữ mới", required=False)
    holder_name = forms.CharField(label="Họ tên, nếu là người ngoài Đảng", required=False, max_length=120)
    started_on = DayField(label="Giữ chức vụ từ ngày", help_text="Người cũ thôi giữ cũng từ ngày này. Ghi 31/12/2025.")

    def __init__(self, *args, instance, initial=None, **kwargs):
        named = {"don_vi": instance.unit.code}
        super().__init__(*args, instance=instance, initial=named | (initial or {}), **kwargs)
        needed = instance.post in COMMITTEE_POSTS
        for name, sentence in lacking_decision("Chức vụ cấp ủy").items() if needed else ():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence
        if instance.post not in OPEN_POSTS:
            del self.fields["holder_name"]
            self.fields["member"].required = True

    @classmethod
    def is_available_for(cls, record):
        """Offer it while the post is held."""
        return record.is_open

    @property
    def asked_post(self):
        """The unit and the post of the instance."""
        return self.instance.unit, self.instance.post

    def clean(self):
        """Ask for one holder."""
        asked = super().clean()
        if not self.errors and bool(asked["member"]) == bool(asked.get("holder_name")):
            self.add_error("holder_name", ONE_HOLDER)
        return asked

    def perform(self, *, started_on, **given):
        """Replace the holder."""
        return positions.replace_holder(position=self.instance, day=started_on, **given)


class VacancyForm(UnitFactForm):
    """Says that nobody holds a post."""

    title = "Ghi khuyết chức vụ"
    model = Vacancy
    model_fields = ("post", "started_on", "note")
    order = ("unit",)

    def perform(self, *, started_on, **given):
        """Declare the post vacant."""
        return positions.declare_vacant(day=started_on, **given)


class CorrectVacancyForm(CorrectForm):
    """Puts right what was written of a vacant post."""

    model = Vacancy
    model_fields = ("post", "started_on", "ended_on", "note")
