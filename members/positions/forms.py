"""Forms about posts held."""

from django.db.models import Exists, OuterRef

from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DecidedForm, RecordForm
from binhlu_portal.records.forms.fields import DayField
from members.choices import Post
from members.forms import MemberFactForm, MemberField
from members.models import Member, Position, Vacancy
from members.positions import actions as positions
from organizations.forms import UnitFactForm


class HolderField(MemberField):
    """Who is given a post: where the address names that of looking after a unit, a member of a committee above it."""

    def candidates(self, form):
        """Return the people of the unit, or the committees above."""
        unit = form.fields["unit"].units.get(form.initial.get("unit"))
        if unit is None or form.initial.get("post") != Post.OVERSEER:
            return super().candidates(form)
        seated = Exists(Position.objects.seats_above(OuterRef("pk"), unit, form.today))
        return Member.objects.editable_by(form.user, form.right).filter(seated)


class PositionForm(DecidedForm, MemberFactForm, UnitFactForm):
    """Gives a post in a unit to a member, or to somebody outside the Party where the post allows it."""

    title = "Ghi người giữ chức vụ"
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

    def clean(self):
        """Ask for one holder."""
        asked = super().clean()
        if not self.errors and bool(asked.get("member") or self.members) == bool(asked["holder_name"]):
            self.add_error("holder_name", "Chọn đảng viên, hoặc ghi họ tên người ngoài Đảng; không được cả hai.")
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


class RelieveForm(RecordForm):
    """Ends a post; it is vacant until somebody is appointed."""

    title = "Thôi giữ chức vụ"
    model = Position
    ended_on = DayField(label="Thôi giữ từ ngày")

    @classmethod
    def is_available_for(cls, record):
        """Offer it while the post is held."""
        return record.is_open

    def perform(self, *, ended_on):
        """End the post."""
        return positions.relieve(position=self.instance, day=ended_on)


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
