"""Discipline of members (kỷ luật đảng viên) and suspension from meetings (đình chỉ sinh hoạt đảng)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from binhlu_portal.dates.validity import Decided, Period
from binhlu_portal.db.read_fields import ChoiceCharField
from members import choice_words, choices, probation

from .member import Member, OfMember, OncePerMember
from .scope import DecidedFactQuerySet, MemberPeriodQuerySet


class Discipline(OfMember, Decided):
    """A disciplinary measure. Striking off and leaving at one's own wish are not discipline: they end a spell.

    An expulsion ends the membership on the very day it is decided: `members.discipline.expulsion` writes both. It
    expires only when the membership is restored.
    """

    days_to_come = ("expires_on",)

    member = models.ForeignKey(Member, models.PROTECT, related_name="disciplines", verbose_name="đảng viên")
    form = models.CharField("hình thức", max_length=12, choices=choices.DisciplineMeasure)
    level = ChoiceCharField(
        "cấp quyết định", max_length=12, choices=choices.DecidingLevel, words=choice_words.DECIDING_LEVELS
    )
    violation = ChoiceCharField(
        "nội dung vi phạm", max_length=30, choices=choices.Violation, words=choice_words.VIOLATIONS
    )
    decided_on = models.DateField("ngày quyết định kỷ luật")
    expires_on = models.DateField("ngày hết hiệu lực", null=True, blank=True)
    committee_member = models.BooleanField("là cấp ủy viên", default=False)

    act = "Kỷ luật"
    of_the_cell = {"level": {choices.DecidingLevel.CELL}, "form": choices.CELL_MEASURES}
    outside = (
        "Chi bộ chỉ ghi khiển trách, cảnh cáo do chi bộ quyết định đối với đảng viên của mình; kỷ luật khác đề nghị "
        "Văn phòng Đảng ủy ghi."
    )
    since = "decided_on"
    objects = DecidedFactQuerySet.as_manager()

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
        """Refuse a measure that its level does not decide, or its member cannot suffer."""
        super().clean()
        self._check_level()
        self._check_official()
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
        """Refuse for a probationary member what only an official one can suffer (Điều lệ Đảng, Article 35).

        Of whom no official day is written down, long after joining, it is not known: nothing is refused.
        """
        is_asked = self.member_id and isinstance(self.decided_on, date) and self.form in choices.OFFICIAL_ONLY
        if is_asked and probation.is_on_probation(self.member, self.decided_on):
            raise ValidationError({"form": "Đảng viên dự bị chỉ chịu hình thức khiển trách hoặc cảnh cáo."})


class Suspension(OncePerMember, Decided):
    """Suspended from Party meetings for a while (đình chỉ sinh hoạt đảng): no measure, but counted beside them."""

    days_to_come = ("started_on", "ended_on")

    member = models.ForeignKey(Member, models.PROTECT, related_name="suspensions", verbose_name="đảng viên")
    level = ChoiceCharField(
        "cấp quyết định", max_length=12, choices=choices.DecidingLevel, words=choice_words.DECIDING_LEVELS
    )
    note = models.CharField("lý do đình chỉ", max_length=200, blank=True)

    act = "Đình chỉ sinh hoạt"
    already = "đã bị đình chỉ sinh hoạt trong thời gian này. Hãy ghi ngày kết thúc của lần trước rồi mới ghi lần này."

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "đình chỉ sinh hoạt"
        verbose_name_plural = "đình chỉ sinh hoạt"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return f"{self.member} từ {self.started_on:%d/%m/%Y}"
