"""Forms that add and correct meetings, with totals alone or with attendance by name."""

from contextlib import suppress

from django.core.exceptions import ValidationError

from assessments.choices import MeetingKind
from assessments.meetings.queries import exempt_stays, expected_numbers, expected_stays, usual_meeting
from assessments.models import Meeting
from assessments.models.unit_records import NOBODY, NOBODY_CAME
from binhlu_portal.dates.arithmetic import first_of_month, last_of_month
from binhlu_portal.dates.typed_dates import read_day
from binhlu_portal.records.forms.base import CorrectForm, RemoveForm
from binhlu_portal.records.forms.questions import AskingForm
from members.models import Member
from organizations.choices import CELLS
from organizations.forms import UnitFactForm, UnitField

from . import actions as meetings
from .fields import AttendanceField, AttendanceLine, AttendanceTicks

NO_TOPIC = "Sinh hoạt chuyên đề thì ghi nội dung chuyên đề."

MANY_GUESTS = "Khách dự {guests} người, nhiều hơn số đảng viên phải dự ({expected})."
FEW = "Chỉ {present} trên {expected} người phải dự có mặt, chưa đến một nửa."
ANOTHER_NUMBER = "Phải dự {expected} người; theo hồ sơ, ngày {day:%d/%m/%Y} chi bộ có {known} người phải dự."
ONE_MORE = "Tháng {day:%m/%Y} đã có buổi thường kỳ ngày {held_on:%d/%m/%Y}; đây là buổi thường kỳ thứ hai của tháng."


class MeetingQuestions(AskingForm):
    """What forms about meetings ask back: few people, many guests, numbers unlike the records, a second regular one."""

    def clean(self):
        """Refuse a meeting of nobody, whatever the cell has, and one on a subject without its subject."""
        given = super().clean()
        if given.get("expected") == 0:
            self.add_error("expected", NOBODY)
        elif given.get("present") == 0:
            self.add_error("present", NOBODY_CAME)
        if given.get("kind") == MeetingKind.THEMATIC and not given.get("topic"):
            self.add_error("topic", NO_TOPIC)
        return given

    def of_unit(self, given):
        """Return the cell that meets."""
        return given.get("unit") or getattr(self.instance, "unit", self.instance)

    def numbers(self, given):
        """Return how many were expected and present."""
        return given["expected"], given["present"]

    def unusual(self, given):
        """Return what is unusual about a meeting."""
        unit, day, kind = (
            self.of_unit(given),
            *(given.get(name) or getattr(self.instance, name) for name in ("held_on", "kind")),
        )
        expected, present = self.numbers(given)
        if expected > unit.spells.on(day).count():
            return  # it is refused
        if (given.get("guests") or 0) > expected:
            yield MANY_GUESTS.format(guests=given["guests"], expected=expected)
        if present * 2 < expected:
            yield FEW.format(present=present, expected=expected)
        known = expected_numbers([unit], day).get(unit.pk, 0)
        if expected != known:
            yield ANOTHER_NUMBER.format(expected=expected, day=day, known=known)
        others = Meeting.objects.filter(unit=unit, kind=MeetingKind.REGULAR, held_on__gte=first_of_month(day))
        others = others.filter(held_on__lte=last_of_month(day)).exclude(held_on=day)
        if isinstance(self.instance, Meeting):
            others = others.exclude(pk=self.instance.pk)
        if kind == MeetingKind.REGULAR and (other := others.first()):
            yield ONE_MORE.format(day=day, held_on=other.held_on)


class MeetingForm(MeetingQuestions, UnitFactForm):
    """Adds a meeting of a cell with the numbers of those expected and present; it starts with what is known of it."""

    title = "Ghi buổi sinh hoạt"
    model = Meeting
    model_fields = ("held_on", "kind", "expected", "present", "guests", "topic")
    order = ("unit",)
    unit = UnitField(label="Chi bộ", kinds=CELLS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if unit := field.units.get(self.get_initial_for_field(field, "unit")):
            self.initial = usual_meeting(unit, self.today, self.day_said) | self.initial

    @property
    def day_said(self):
        """The day that the address says, None where it says none that can be read."""
        with suppress(ValueError):
            return read_day(self.initial.get("held_on", ""), self.today)

    def perform(self, *, held_on, **given):
        """Record the meeting."""
        return meetings.hold_meeting(day=held_on, **given)


class CorrectMeetingForm(MeetingQuestions, CorrectForm):
    """Puts right what was written of a meeting; where attendance is kept by name, the numbers follow from it."""

    model = Meeting
    model_fields = MeetingForm.model_fields

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.by_name:
            del self.fields["expected"], self.fields["present"]
            self.model_fields = tuple(name for name in self.model_fields if name in self.fields)

    def numbers(self, given):
        """Return how many were expected and present; by name, as many as are written down."""
        return tuple(given.get(name, getattr(self.instance, name)) for name in meetings.KEPT)

    def perform(self, **given):
        """Change the meeting."""
        return meetings.correct_meeting(meeting=self.instance, **given)


class RemoveMeetingForm(RemoveForm):
    """Deletes a meeting that was written by mistake, with its attendance."""

    def perform(self):
        """Delete both."""
        meetings.remove_meeting(meeting=self.instance)


class AttendanceQuestions(MeetingQuestions):
    """What forms share that keep attendance by name: of whom it is asked goes by the day that was typed."""

    attendance = AttendanceField(
        label="Điểm danh", help_text="Ai cũng được đánh dấu có mặt sẵn: bỏ dấu ở người vắng rồi chọn lý do."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day, unit = self.day() or self.today, self.of_unit({})
        asked, exempt = (
            [*Member.objects.filter(pk__in=stays.values("member")).order_by("sort_name", "pk")]
            for stays in (expected_stays([unit], day), exempt_stays(unit, day))
        )
        self.fields["attendance"].offer(asked, exempt)

    def day(self):
        """Return the day of the meeting as it was typed, or the one proposed; None where there is no such day."""
        field = self.fields["held_on"]
        if not self.is_bound:
            return self.get_initial_for_field(field, "held_on")
        try:
            return field.clean(self.data.get("held_on"))
        except ValidationError:
            return None

    def clean(self):
        """Say nothing of the list of a day that is none; refuse one on which nobody came."""
        given = super().clean()
        if "held_on" in self.errors:
            self.errors.pop("attendance", None)
        elif given.get("attendance") and self.numbers(given)[1] == 0:
            self.add_error("attendance", NOBODY_CAME)
        return given

    def numbers(self, given):
        """Return how many were expected and present."""
        expected = len(self.fields["attendance"].people)
        return expected, expected - len(given["attendance"])


class AttendanceForm(AttendanceQuestions):
    """Adds a meeting of the cell that is the instance, by the names of those who were there."""

    title = "Ghi buổi sinh hoạt"
    model = Meeting
    model_fields = ("held_on", "kind", "topic", "guests")
    order = ("held_on", "kind", "topic", "attendance", "guests")
    reason = None

    def perform(self, *, held_on, attendance, **given):
        """Record the meeting."""
        return meetings.hold_by_name(unit=self.instance, day=held_on, absent=attendance, **given)


class CorrectAttendanceForm(AttendanceQuestions, CorrectForm):
    """Puts right who was there at the meeting that is the instance, or writes it down for the first time."""

    title = "Điểm danh"
    model = Meeting
    model_fields = ("held_on", "kind", "topic", "guests")
    order = ("held_on", "kind", "topic", "attendance", "guests")

    def __init__(self, *args, instance, initial=None, **kwargs):
        absent = instance.absences.all()
        lines = {row.member_id: AttendanceLine(False, row.reason, row.note) for row in absent}
        told = {"attendance": AttendanceTicks(lines=lines)}
        super().__init__(*args, instance=instance, initial=told | (initial or {}), **kwargs)

    def perform(self, *, attendance, **given):
        """Change the meeting and who was absent."""
        return meetings.correct_meeting(meeting=self.instance, absent=attendance, **given)
