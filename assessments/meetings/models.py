"""Meetings of cells (sinh hoạt chi bộ)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from assessments import choices
from organizations.choices import CELLS
from organizations.mixins import OfUnit
from organizations.models import Unit
from organizations.scope import ScopedQuerySet


class Meeting(OfUnit, models.Model):
    """A cell meeting with the members expected and present; the exempt are not expected.

    Nobody is expected who is no member of the cell on that day: others who were there are guests.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings", verbose_name="chi bộ")
    held_on = models.DateField("ngày họp")
    kind = models.CharField("loại sinh hoạt", max_length=10, choices=choices.MeetingKind)
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
        """Refuse more members expected than the cell has; the database says the same without the numbers."""
        super().validate_constraints(exclude=exclude)
        if self.unit_id and isinstance(self.held_on, date) and self.expected is not None:
            members = self.unit.spells.on(self.held_on).count()
            if self.expected > members:
                sentence = (
                    f"Ngày {self.held_on:%d/%m/%Y} chi bộ có {members} đảng viên: số phải dự không được quá {members}; "
                    "người khác đến dự ghi ở mục khách dự."
                )
                raise ValidationError({"expected": sentence})
