"""Forms of the registers of assessments."""

from django.utils.html import format_html, format_html_join

from assessments import choices
from assessments.models import Case, FourGoods, Meeting, MemberRating, UnitDiscipline, UnitRating
from assessments.ratings import actions as ratings
from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DecidedForm
from members.forms import MemberFactForm, MemberField
from organizations.choices import CELLS
from organizations.forms import UnitFactForm, UnitField

from . import actions as meetings

OUTCOMES = format_html_join(
    "",
    "<li>{}: {}</li>",
    (
        (kind.label, "; ".join(outcome.label.lower() for outcome in outcomes))
        for kind, outcomes in choices.OUTCOMES.items()
    ),
)
"""Which outcomes each kind of case has, in words."""


class MeetingForm(UnitFactForm):
    """Adds a meeting of a cell."""

    title = "Ghi buổi sinh hoạt"
    model = Meeting
    taken = ("held_on", "kind", "expected", "present", "topic")
    order = ("unit",)
    unit = UnitField(label="Chi bộ", kinds=CELLS)

    def act(self, *, held_on, **given):
        """Record the meeting."""
        return meetings.hold_meeting(day=held_on, **given)


class CorrectMeeting(CorrectForm):
    """Puts right what was written of a meeting."""

    model = Meeting
    taken = MeetingForm.taken


def explain(form):
    """Say at the outcome of a case which kinds have which."""
    form.fields["outcome"].help_text = format_html("Mỗi loại việc có kết luận riêng:<ul>{}</ul>", OUTCOMES)


class CaseForm(MemberFactForm, UnitFactForm):
    """Records the conclusion of an inspection, a supervision, a denunciation or a complaint."""

    title = "Ghi kết luận kiểm tra, giám sát"
    model = Case
    taken = ("kind", "level", "subject", "outcome", "concluded_on")
    order = ("unit", "member")
    unit = UnitField(label="Tổ chức đảng được kiểm tra, hoặc nơi đảng viên sinh hoạt")
    member = MemberField(
        label="Đảng viên được kiểm tra", required=False, help_text="Để trống nếu kiểm tra tổ chức đảng."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        explain(self)

    def act(self, *, concluded_on, **given):
        """Record the conclusion."""
        return meetings.conclude_case(day=concluded_on, **given)


class CorrectCase(CorrectForm):
    """Puts right what was written of a case."""

    model = Case
    taken = CaseForm.taken

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        explain(self)


class UnitDisciplineForm(DecidedForm, UnitFactForm):
    """Records a disciplinary measure against a party organization."""

    title = "Ghi kỷ luật tổ chức đảng"
    model = UnitDiscipline
    taken = ("form", "level", "violation", "decided_on")
    order = ("unit",)

    def act(self, *, decided_on, **given):
        """Record the measure."""
        return meetings.discipline_unit(day=decided_on, **given)


class CorrectUnitDiscipline(CorrectForm):
    """Puts right what was written of a measure."""

    model = UnitDiscipline
    taken = (*UnitDisciplineForm.taken, *DECIDED)


class FourGoodsForm(DecidedForm, UnitFactForm):
    """Recognises a unit as "bốn tốt" for a year."""

    title = "Ghi công nhận bốn tốt"
    model = FourGoods
    taken = ("year",)
    order = ("unit",)

    def act(self, **given):
        """Recognise the unit."""
        return ratings.recognise_four_goods(**given)


class CorrectFourGoods(CorrectForm):
    """Puts right what was written of a recognition."""

    model = FourGoods
    taken = ("year", *DECIDED)


RATING = ("year", "level", "not_rated", "decided_on")


class CorrectMemberRating(CorrectForm):
    """Puts right the rating of a member."""

    model = MemberRating
    taken = RATING


class CorrectUnitRating(CorrectForm):
    """Puts right the rating of a unit."""

    model = UnitRating
    taken = RATING
