"""What happens in and to units: meetings and who was absent, inspection and supervision, discipline, nil returns."""

from datetime import date
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from assessments import choices
from binhlu_portal.dates.validity import OPEN, Decided, Period, covers
from binhlu_portal.db.read_fields import ChoiceCharField
from members.choice_words import DECIDING_LEVELS
from members.choices import DecidingLevel
from members.models import Member
from organizations.choices import CELLS
from organizations.mixins import OfUnit
from organizations.models import Unit
from organizations.scope import ScopedPeriodQuerySet, ScopedQuerySet
from organizations.tree_queries import lies_beneath

FITTING_OUTCOME = reduce(or_, (Q(kind=kind, outcome__in=outcomes) for kind, outcomes in choices.OUTCOMES.items()))
"""Each kind of case ends with one of its own outcomes."""

UNFITTING_OUTCOME = "Kết luận không phù hợp với loại việc kiểm tra, giám sát."


NOBODY = "Buổi sinh hoạt phải có ít nhất một người phải dự: chưa họp thì không ghi."
"""Why a meeting at which nobody is expected is refused."""

NOBODY_CAME = "Không có ai có mặt thì không phải là buổi sinh hoạt: chưa họp được thì không ghi."
"""Why a meeting at which nobody was is refused."""


class Meeting(OfUnit, models.Model):
    """A cell meeting with the members expected and present; the exempt are not expected.

    Nobody is expected who is no member of the cell on that day: others who were there are guests. Where attendance is
    kept `by_name`, `present` follows from those of whom it is written down that they were absent (`Absence`).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings", verbose_name="chi bộ")
    held_on = models.DateField("ngày họp")
    kind = ChoiceCharField("loại sinh hoạt", max_length=10, choices=choices.MeetingKind, words=choices.MEETING_WORDS)
    topic = models.CharField("nội dung", max_length=300, blank=True)
    expected = models.PositiveSmallIntegerField(
        "số phải dự", help_text="Đảng viên của chi bộ vào ngày họp, không kể người được miễn sinh hoạt."
    )
    present = models.PositiveSmallIntegerField("số có mặt", help_text="Trong số phải dự; khách ghi ở mục dưới.")
    guests = models.PositiveSmallIntegerField(
        "khách dự",
        null=True,
        blank=True,
        help_text="Người dự mà không phải là đảng viên của chi bộ vào ngày họp: cấp trên, quần chúng, đảng viên sinh "
        "hoạt tạm thời.",
    )
    by_name = models.BooleanField("điểm danh theo tên", default=False)

    since = "held_on"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "sinh hoạt chi bộ"
        verbose_name_plural = "sinh hoạt chi bộ"
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("expected")),
                name="assessments_meeting_present_of_expected",
                violation_error_message="Số có mặt không được lớn hơn số phải dự.",
            ),
            models.UniqueConstraint(
                fields=["unit", "held_on", "kind"],
                name="assessments_meeting_once",
                violation_error_message="Buổi sinh hoạt này đã được ghi.",
            ),
        ]
        indexes = [models.Index(fields=["held_on"], name="meeting_day")]

    def __str__(self):
        return f"{self.unit} {self.held_on:%d/%m/%Y}"

    def clean(self):
        """Refuse a meeting of what is no cell, and more members present than expected."""
        super().clean()
        if self.unit_id and isinstance(self.held_on, date) and self.place.kind not in CELLS:
            raise ValidationError({"unit": f"“{self.place.name}” không phải là chi bộ."})
        if None not in (self.present, self.expected) and self.present > self.expected:
            sentence = f"Số có mặt ({self.present}) lớn hơn số phải dự ({self.expected})."
            raise ValidationError({"present": sentence})

    def validate_constraints(self, exclude=None):
        """Refuse more members expected than the cell has, none of them, or nobody there; the database says it too."""
        super().validate_constraints(exclude=exclude)
        if self.unit_id and isinstance(self.held_on, date) and self.expected is not None:
            members = self.unit.spells.on(self.held_on).count()
            if members and not self.expected:
                raise ValidationError({"expected": NOBODY})
            if self.expected > members:
                sentence = (
                    f"Ngày {self.held_on:%d/%m/%Y} chi bộ có {members} đảng viên: số phải dự không được quá {members}; "
                    "người khác đến dự ghi ở mục khách dự."
                )
                raise ValidationError({"expected": sentence})
        if self.expected and self.present == 0:
            raise ValidationError({"present": NOBODY_CAME})


class Absence(OfUnit, models.Model):
    """Somebody was expected at a meeting whose attendance is kept by name (`Meeting.by_name`), and was not there.

    Cell and day are those of the meeting, as the database sees to: by them it is read, kept and locked as that is.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="absences", verbose_name="buổi sinh hoạt")
    member = models.ForeignKey(Member, models.PROTECT, related_name="absences", verbose_name="đảng viên vắng")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="absences", verbose_name="chi bộ")
    held_on = models.DateField("ngày họp")
    reason = models.CharField("lý do vắng", max_length=10, choices=choices.AbsenceReason)
    note = models.CharField("nói rõ lý do", max_length=120, blank=True)

    since = "held_on"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "vắng sinh hoạt chi bộ"
        verbose_name_plural = "vắng sinh hoạt chi bộ"
        ordering = ["meeting", "member__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="assessments_absence_once",
                violation_error_message="Đảng viên này đã được đánh dấu vắng ở buổi sinh hoạt này.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=choices.AbsenceReason.OTHER) | ~Q(note=""),
                name="assessments_absence_other_said",
                violation_error_message="Lý do khác thì nói rõ lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.member} vắng ngày {self.held_on:%d/%m/%Y}"

    @property
    def why(self) -> str:
        """Why somebody was absent, in words."""
        return ": ".join(filter(None, (self.get_reason_display(), self.note)))


class Case(OfUnit, models.Model):
    """An inspection, a supervision or the settling of a denunciation or complaint, about one organization or member.

    Only concluded cases of ordinary work belong here; a case still under secrecy is kept off this portal.
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="cases", verbose_name="tổ chức đảng được kiểm tra, nơi sinh hoạt"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="cases", null=True, blank=True, verbose_name="đảng viên được kiểm tra"
    )
    kind = models.CharField("loại việc", max_length=12, choices=choices.CaseKind)
    level = ChoiceCharField("cấp thực hiện", max_length=12, choices=DecidingLevel, words=DECIDING_LEVELS)
    subject = models.CharField("nội dung", max_length=300)
    outcome = models.CharField("kết luận", max_length=13, choices=choices.CaseOutcome)
    concluded_on = models.DateField("ngày kết luận")

    since = "concluded_on"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kiểm tra, giám sát"
        verbose_name_plural = "kiểm tra, giám sát"
        ordering = ["concluded_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=FITTING_OUTCOME,
                name="assessments_case_outcome_fits_kind",
                violation_error_message=UNFITTING_OUTCOME,
            )
        ]
        indexes = [models.Index(fields=["concluded_on"], name="case_day")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject}"

    def clean(self):
        """Refuse a member of another unit, and an outcome that cases of this kind do not end with."""
        super().clean()
        if self.unit_id and self.member_id and isinstance(self.concluded_on, date):
            day = self.concluded_on
            if not self.member.spells.filter(covers(day), lies_beneath(self.unit_id, day)).exists():
                sentence = f"{self.member} không sinh hoạt ở tổ chức đảng này vào ngày {day:%d/%m/%Y}."
                raise ValidationError({"member": sentence})
        fitting = choices.OUTCOMES.get(self.kind, ())
        if self.outcome and fitting and self.outcome not in fitting:
            outcomes = "; ".join(outcome.label for outcome in fitting)
            raise ValidationError(
                {"outcome": f"{UNFITTING_OUTCOME} “{self.get_kind_display()}” kết thúc bằng: {outcomes}."}
            )


class UnitDiscipline(OfUnit, Decided):
    """A disciplinary measure against a party organization."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="disciplines", verbose_name="tổ chức đảng")
    form = models.CharField("hình thức", max_length=12, choices=choices.UnitDisciplineMeasure)
    level = ChoiceCharField("cấp quyết định", max_length=12, choices=DecidingLevel, words=DECIDING_LEVELS)
    violation = models.CharField("nội dung vi phạm", max_length=200)
    decided_on = models.DateField("ngày quyết định kỷ luật")

    since = "decided_on"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kỷ luật tổ chức đảng"
        verbose_name_plural = "kỷ luật tổ chức đảng"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "decided_on"],
                name="assessments_unitdiscipline_once",
                violation_error_message="Quyết định kỷ luật này đã được ghi.",
            )
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_form_display()}"


class NilReturn(OfUnit, Period):
    """A unit states that what its register says of a while is complete: nothing else happened (không phát sinh).

    It speaks for everything beneath the unit. Without one nobody knows whether a register without entries says "none"
    or nothing at all, so reports say "không có" only where all concerned have stated it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="nil_returns", verbose_name="tổ chức đảng báo")
    register = models.CharField("sổ", max_length=20, choices=choices.NilRegister)
    stated_by = models.CharField("người báo", max_length=120)

    since = "started_on"
    objects = ScopedPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "báo không phát sinh"
        verbose_name_plural = "báo không phát sinh"
        ordering = ["started_on", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on__lt=OPEN),
                name="assessments_nilreturn_has_end",
                violation_error_message="Báo không phát sinh phải có ngày cuối.",
            ),
        ]
        indexes = [models.Index(fields=["register", "unit", "started_on", "ended_on"], name="nilreturn_of_register")]

    def __str__(self):
        return f"{self.get_register_display()}: không phát sinh thêm"
