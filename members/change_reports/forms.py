"""Forms of reports of change: who and what, the report, what the office and the cell answer each other."""

from django import forms

from binhlu_portal.records.forms.base import CorrectForm, RecordForm
from binhlu_portal.records.forms.fields import clean_input
from binhlu_portal.records.forms.questions import AskingForm
from binhlu_portal.text.vietnamese import name_key
from members.forms import MemberField
from members.models import ChangeReport, Member, Spell
from members.models.change_report import ChangeKind
from members.namesakes import known_as, told_apart
from organizations.choices import CELLS
from organizations.forms import UnitField
from organizations.rights import Right

from . import actions as change_reports
from .change_types import CHANGE_TYPES, TOLD_AT_ONCE, type_of
from .queries import posts_held


class ChangeForm(forms.Form):
    """Who has a change (`dang_vien`), and what changed (`viec`)."""

    right = Right.EDIT
    members = ()
    dang_vien = MemberField(label="Ai có thay đổi", required=False)
    viec = forms.ChoiceField(choices=[(code, each.words) for code, each in CHANGE_TYPES.items()])

    def __init__(self, data, *, user, today, initial):
        super().__init__(data, initial=initial)
        self.user, self.today = user, today
        if data:
            self.data = clean_input(data, self.fields)
        self.fields["dang_vien"].set_choices(self)
        self.fields["dang_vien"].needed = True  # but for somebody who has no record

    def clean(self):
        """Ask for the person, unless it is somebody who has no record."""
        asked = super().clean()
        if not self.errors and CHANGE_TYPES[asked["viec"]].is_about_member and not asked.get("dang_vien"):
            self.add_error("dang_vien", "Chọn đảng viên trước.")
        return asked


SAME_NAME = "Chi bộ đã có {}; người mới chuyển đến là một người khác cùng tên."
NO_POST = "Hồ sơ không ghi {} giữ chức vụ nào ở chi bộ. Nếu hồ sơ thiếu thì báo “Giữ chức vụ mới” trước."


class CarriedFields:
    """The fields that a report of a type carries, with their labels; it stands before a form of records.

    Of posts that are left, those that the member holds in the cell are offered.
    """

    def __init__(self, *args, change, **kwargs):
        self.change, self.model_fields = change, (*change.carries, *self.model_fields)
        super().__init__(*args, **kwargs)
        for name, label in change.carries.items():
            self.fields[name].label = label
            self.fields[name].required = name in change.needed
            if name in change.needed and (choices := getattr(self.fields[name], "choices", ())):
                self.fields[name].choices = [(value, told if value else "Chọn …") for value, told in choices]
        if change.kind == ChangeKind.POST_LEFT and self.instance:
            self._offer_posts(getattr(self.instance, "member", self.instance), self.fields["post"])

    def _offer_posts(self, member, field):
        held = set(posts_held(member).values_list("post", flat=True))
        field.choices = [choice for choice in field.choices if choice[0] in {"", *held}]
        if not held:
            field.help_text = NO_POST.format(member)
        elif len(held) == 1:
            self.initial.setdefault("post", *held)


class ChangeReportForm(CarriedFields, AskingForm):
    """Reports a change of the instance, a member, or of somebody who has no record.

    Whoever bears the name of a member of the cell is asked about: it may be that one.
    """

    model = ChangeReport
    submit_label = "Gửi Văn phòng"
    reason = None
    unit = UnitField(label="Về chi bộ", kinds=CELLS)

    def __init__(self, *args, change, **kwargs):
        self.title = f"Báo: {change.words}"
        super().__init__(*args, change=change, **kwargs)
        if change.is_about_member:
            del self.fields["unit"]

    def unusual(self, given):
        """Return who in the cell has the name of somebody who is new."""
        name = name_key(given.get("newcomer") or "")
        here = Member.objects.filter(spells__in=Spell.objects.on(self.today).filter(unit=given.get("unit")))
        same = [person for person in here.order_by("sort_name", "pk") if name_key(person.full_name) == name]
        return [SAME_NAME.format(name) for name in told_apart(same, known_as).values()]

    def perform(self, **given):
        """Report it."""
        return change_reports.report_change(
            kind=self.change.kind, member=self.instance, reported_on=self.today, **given
        )


class ReportAtOnceForm(RecordForm):
    """What is told of a change of the instance, a member, whichever it is; it is sent to the form of its type."""

    model = ChangeReport
    model_fields = tuple(TOLD_AT_ONCE)
    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in TOLD_AT_ONCE.items():
            self.fields[name].label, self.fields[name].needed = label, True  # each by some types


class AnswerForm(CarriedFields, CorrectForm):
    """Answers what the office asked about the instance, a report, and puts it right."""

    title = "Trả lời Văn phòng"
    submit_label = "Gửi Văn phòng"
    model = ChangeReport
    model_fields = ("answer",)
    reason = None

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, change=type_of(instance), **kwargs)
        self.fields["answer"].required = True

    def perform(self, **given):
        """Answer it."""
        return change_reports.answer_question(report=self.instance, **given)


class WithdrawReportForm(RecordForm):
    """Takes the instance, a report, back."""

    title = submit_label = "Rút báo này"

    def perform(self):
        """Take it back."""
        return change_reports.withdraw(report=self.instance, day=self.today)


class AskBackForm(RecordForm):
    """Asks the cell what the instance, a report, leaves open."""

    title = "Hỏi lại chi bộ"
    submit_label = "Gửi chi bộ"
    right = Right.DECIDE
    question = forms.CharField(label="Văn phòng hỏi", max_length=300)
    reason = None

    def perform(self, **given):
        """Ask it."""
        return change_reports.ask_back(report=self.instance, **given)


class DeclineForm(RecordForm):
    """Closes the instance, a report, by which nothing is written."""

    title = "Không ghi theo báo này"
    submit_label = "Gửi chi bộ"
    right = Right.DECIDE
    why = forms.CharField(label="Lý do không ghi", max_length=300)
    reason = None

    def perform(self, **given):
        """Decline it."""
        return change_reports.decline(report=self.instance, day=self.today, **given)


class WrittenAlreadyForm(RecordForm):
    """Closes the instance, a report of what the office has written otherwise."""

    title = "Hồ sơ đã có rồi"
    submit_label = "Đánh dấu đã lưu"
    right = Right.DECIDE

    def perform(self):
        """Close it."""
        return change_reports.close(report=self.instance, day=self.today)


STEPS = {
    "hoi-lai": AskBackForm,
    "khong-ghi": DeclineForm,
    "da-ghi": WrittenAlreadyForm,
    "tra-loi": AnswerForm,
    "rut": WithdrawReportForm,
}
"""The forms about a report, by their name in the address: those of the office and those of the cell."""
