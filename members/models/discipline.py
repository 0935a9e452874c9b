"""Discipline of members (kỷ luật đảng viên)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from binhlu_portal.dates.validity import Decided
from members import choices

from .member import Member, MemberFactQuerySet, OfMember


class Discipline(OfMember, Decided):
    """A disciplinary measure. Striking off and leaving at one's own wish are not discipline: they end a spell.

    An expulsion ends the membership on the very day it is decided: `members.discipline.expulsion` writes both. It
    expires only when the membership is restored.
    """

    days_to_come = ("expires_on",)

    member = models.ForeignKey(Member, models.PROTECT, related_name="disciplines", verbose_name="đảng viên")
    form = models.CharField("hình thức", max_length=12, choices=choices.DisciplineMeasure)
    level = models.CharField("cấp quyết định", max_length=12, choices=choices.DecidingLevel)
    violation = models.CharField("nội dung vi phạm", max_length=30, choices=choices.Violation)
    decided_on = models.DateField("ngày quyết định kỷ luật")
    expires_on = models.DateField("ngày hết hiệu lực", null=True, blank=True)
    committee_member = models.BooleanField("là cấp ủy viên", default=False)

    since = "decided_on"
    objects = MemberFactQuerySet.as_manager()

    class Meta:
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "decided_on"],
                name="members_discipline_once",
                violation_error_message="Quyết định kỷ luật này đã được ghi.",
            )
        ]
        indexes = [models.Index(fields=["decided_on"], name="discipline_day")]

    def __str__(self):
        return f"{self.member}: {self.get_form_display()}"

    @property
    def expels(self) -> bool:
        """Whether the measure puts the member out of the Party."""
        return self.form == choices.DisciplineMeasure.EXPULSION

    def clean(self):
        """Refuse a measure that its level does not decide, or its member cannot suffer, and one without a decision."""
        super().clean()
        self._check_level()
        self._check_official()
        if not self.decision_number:
            raise ValidationError({"decision_number": "Kỷ luật phải có quyết định: ghi số quyết định."})
        if isinstance(self.decided_on, date) and self.expires_on and self.expires_on < self.decided_on:
            raise ValidationError({"expires_on": "Ngày hết hiệu lực phải sau ngày quyết định kỷ luật."})

    def stays_on(self, day):
        """Return the stays of the member on a day; an expulsion ends the one of the day before."""
        if not self.expels:
            return super().stays_on(day)
        return [stay for stay in self.member.spells.all() if stay.started_on < day <= stay.ended_on]

    def _check_level(self):
        """Refuse what a cell cannot decide."""
        if self.level == choices.DecidingLevel.CELL and self.form not in choices.CELL_MEASURES:
            sentence = (
                f"Chi bộ chỉ quyết định khiển trách, cảnh cáo: {self.get_form_display().lower()} do cấp ủy cấp trên "
                "quyết định, hãy chọn đúng cấp đó."
            )
            raise ValidationError({"level": sentence})

    def _check_official(self):
        """Refuse for a probationary member what only an official one can suffer (Điều lệ Đảng, Article 35)."""
        if self.member_id and isinstance(self.decided_on, date) and self.form in choices.OFFICIAL_ONLY:
            official_on = self.member.official_on
            if official_on is None or official_on.first_day > self.decided_on:
                raise ValidationError({"form": "Đảng viên dự bị chỉ chịu hình thức khiển trách hoặc cảnh cáo."})
