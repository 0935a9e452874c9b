"""Posts held in a unit, in its agency and in its village."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from binhlu_portal.dates.validity import Decided, Period
from members import choices, probation
from organizations.models import Unit
from organizations.scope import ScopedPeriodQuerySet

from .member import Member


class Position(Period, Decided):
    """A post held for a while. Heads of villages, fronts and agencies may be no members: then only their name is kept.

    Without a row nobody has written down who holds the post; that it is vacant is a `Vacancy`.
    """

    days_to_come = ("started_on", "ended_on")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions", verbose_name="tổ chức đảng")
    post = models.CharField("chức vụ", max_length=20, choices=choices.Post)
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="positions", null=True, blank=True, verbose_name="đảng viên"
    )
    holder_name = models.CharField("họ tên người ngoài Đảng", max_length=120, blank=True)

    objects = ScopedPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ["started_on", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(member__isnull=False, holder_name="")
                | Q(member__isnull=True, post__in=sorted(choices.OPEN_POSTS)) & ~Q(holder_name=""),
                name="members_position_has_holder",
                violation_error_message="Chức vụ phải do một đảng viên giữ; chỉ thủ trưởng, trưởng bản và trưởng ban "
                "công tác Mặt trận có thể là người ngoài Đảng.",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "post", "started_on", "ended_on"], name="position_of_unit"),
            models.Index(fields=["member", "post"], name="position_of_member"),
        ]

    def __str__(self):
        return f"{self.get_post_display()}: {self.member or self.holder_name}"

    def acts(self):
        """Return what is decided: a post in a committee, by whoever appoints it or approves its election.

        A post held from the first day of the unit came with the unit, or with the decision that established it, which
        the record of the unit holds. Heads of agencies, villages and fronts are no matter of a Party decision.
        """
        if self.post not in choices.COMMITTEE_POSTS or not self.unit_id or self.started_on == self.unit.started_on:
            return {}
        return {"": "Chức vụ cấp ủy"}

    def clean(self):
        """Refuse a committee post to someone on probation; one recorded before this rule can still be ended."""
        super().clean()
        day = self.started_on
        is_asked = self.member_id and isinstance(day, date) and (self._state.adding or self.is_open)
        if is_asked and self.post in choices.COMMITTEE_POSTS and probation.is_on_probation(self.member, day):
            sentence = (
                f"{self.member} là đảng viên dự bị vào ngày {day:%d/%m/%Y}, không giữ chức vụ cấp ủy: chọn đảng viên "
                "chính thức, hoặc sửa ngày chính thức của người đó nếu ghi sai."
            )
            raise ValidationError({"member": sentence})


class Vacancy(Period):
    """A post that nobody holds for a while (khuyết), as somebody has written down: only then is it called vacant."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="vacancies", verbose_name="tổ chức đảng")
    post = models.CharField(
        "chức vụ khuyết",
        max_length=20,
        choices=[(post.value, post.label) for post in choices.Post if post in choices.SINGLE_POSTS],
    )
    note = models.CharField("lý do khuyết", max_length=200, blank=True)

    objects = ScopedPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "khuyết chức vụ"
        verbose_name_plural = "khuyết chức vụ"
        ordering = ["started_on", "pk"]
        indexes = [models.Index(fields=["unit", "post", "started_on", "ended_on"], name="vacancy_of_unit")]

    def __str__(self):
        return f"Khuyết {self.get_post_display().lower()}"
