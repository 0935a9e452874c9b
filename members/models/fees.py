"""What a member pays less of the Party fee, and why."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from binhlu_portal.dates.validity import Decided, Period, months_later
from members import choices
from members.seniority import completed_on, seniority_start_of
from organizations.in_force import InForce

from .member import Member, MemberPeriodQuerySet, OncePerMember

RELIEF_MONTHS = "fees.relief_months"
"""For how long a hardship is relieved each time."""

FREE_YEARS = "fees.free_years"
"""Years in the Party from which a member pays no fee."""


class FeeReduction(OncePerMember, Decided):
    """Freed from the Party fee, or paying less (01-QĐ/TW, 03/02/2026).

    Most grounds free a member of the whole fee for as long as they last; a hardship is relieved wholly or in part, for
    some months each time. Rows written before grounds were asked for have none.
    """

    days_to_come = ("started_on", "ended_on")

    member = models.ForeignKey(Member, models.PROTECT, related_name="fee_reductions", verbose_name="đảng viên")
    kind = models.CharField("miễn, giảm đảng phí", max_length=12, choices=choices.FeeRelief)
    ground = models.CharField("căn cứ miễn, giảm", max_length=20, choices=choices.FeeGround)
    act = "Miễn, giảm đảng phí"
    already = (
        "đã được miễn, giảm đảng phí trong thời gian này. Hãy sửa ngày kết thúc của lần trước rồi mới ghi lần này."
    )

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "miễn, giảm đảng phí"
        verbose_name_plural = "miễn, giảm đảng phí"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"

    def clean(self):
        """Hold kind, length and years in the Party against the ground."""
        super().clean()
        if isinstance(self.started_on, date):
            if self.ground == choices.FeeGround.HARDSHIP:
                self._check_length()
            elif self.ground and self.kind != choices.FeeRelief.EXEMPT:
                raise ValidationError({"kind": f"{self.get_ground_display()}: được miễn, không phải giảm đảng phí."})
            if self.ground == choices.FeeGround.YEARS and self.member_id:
                self._check_years()

    def _check_length(self):
        months = InForce(self.started_on).value(RELIEF_MONTHS)
        if self.ended_on > months_later(self.started_on, months):
            sentence = f"{self.get_kind_display()} vì hoàn cảnh khó khăn: mỗi lần không quá {months} tháng."
            raise ValidationError({"ended_on": sentence})

    def _check_years(self):
        """Refuse the years in the Party as the ground of someone who is known not to have them."""
        start = seniority_start_of(self.member, self.started_on)
        years = InForce(self.started_on).value(FREE_YEARS)
        if start is None:
            raise ValidationError({"ground": f"Hồ sơ của {self.member} chưa có ngày vào Đảng: ghi ngày đó trước."})
        full = completed_on(years, start.first_day)
        if full > self.started_on:
            sentence = f"{self.member} đủ {years} năm tuổi Đảng ngày {full:%d/%m/%Y}: chưa được miễn theo căn cứ này."
            raise ValidationError({"ground": sentence})
