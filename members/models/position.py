"""Posts held in a unit, in its agency and in its village."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from binhlu_portal.dates.validity import Decided, Period, covers, holding_on
from members import choices, probation
from organizations.models import Unit
from organizations.scope import ScopedPeriodQuerySet

from .member import Member


class PositionQuerySet(ScopedPeriodQuerySet):
    """Posts held."""

    def seats_above(self, member, unit, day):
        """Return the posts that `member` holds on `day` in committees of units above `unit`; all may be expressions."""
        beneath = {"unit__beneath__unit": unit, "unit__beneath__depth__gt": 0}
        held = self.filter(covers(day), member=member, post__in=choices.COMMITTEE_POSTS)
        return held.filter(covers(day, "unit__beneath__"), **beneath)


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

    objects = PositionQuerySet.as_manager()

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
        """Refuse a committee post to someone on probation or in no cell, looking after a unit to all but those above.

        One recorded before these rules can still be ended.
        """
        super().clean()
        self.check_holder()

    def check_holder(self) -> None:
        """Refuse a member who may not hold the post from its first day on. Raises ValidationError."""
        if not (self.member_id and isinstance(self.started_on, date)):
            return
        sentence = self._misplaced()
        if sentence and not self._state.adding and self._is_as_before():
            sentence = ""
        if not sentence and (self._state.adding or self.is_open):
            sentence = self._on_probation()
        if sentence:
            raise ValidationError({"member": sentence})

    def _misplaced(self):
        """Return what is wrong with where the member stands on the first day; of cells the database says it too."""
        day, told = self.started_on, f"vào ngày {self.started_on:%d/%m/%Y}"
        if self.post in choices.COMMITTEE_POSTS and not holding_on(self.member.spells.all(), day):
            return f"{self.member} không sinh hoạt ở chi bộ nào {told}."
        overseers = type(self).objects
        if self.post == choices.Post.OVERSEER and not overseers.seats_above(self.member, self.unit_id, day).exists():
            return (
                f"{self.member} không ở cấp ủy nào cấp trên của đơn vị này {told}: chọn cấp ủy viên cấp trên, hoặc ghi "
                "chức vụ cấp ủy của người đó trước."
            )
        return ""

    def _on_probation(self):
        """Return what is wrong with a committee post of somebody who is no official member yet."""
        day = self.started_on
        if self.post not in choices.COMMITTEE_POSTS or not probation.is_on_probation(self.member, day):
            return ""
        return (
            f"{self.member} là đảng viên dự bị vào ngày {day:%d/%m/%Y}, không giữ chức vụ cấp ủy: chọn đảng viên "
            "chính thức, hoặc sửa ngày chính thức của người đó nếu ghi sai."
        )

    def _is_as_before(self):
        """Whether who holds what since when is told so already by what is saved."""
        asked = ("member_id", "unit_id", "post", "started_on")
        before = type(self)._base_manager.get(pk=self.pk)
        return all(getattr(self, name) == getattr(before, name) for name in asked)


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
