"""Membership of a cell."""

from django.db import models
from django.db.models import Q

from binhlu_portal.dates.validity import OPEN, Decided, Period
from members import choices
from organizations.models import Unit
from organizations.scope import ScopedPeriodQuerySet

from .member import Member


class Spell(Period, Decided):
    """A member's stay in one cell, with the reason and the decision at each end (`Decided` is the one at the start).

    A member has at most one open spell, spells never overlap and never reach beyond the life of the cell: the actions
    of `members.membership` say so kindly, the database says so finally.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="spells", verbose_name="đảng viên")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="spells", verbose_name="chi bộ")
    ended_on = models.DateField("ngày chuyển / từ trần", default=OPEN)
    start_reason = models.CharField("lý do tăng", max_length=20, choices=choices.StartReason)
    end_reason = models.CharField("lý do giảm", max_length=20, choices=choices.EndReason, blank=True)
    came_from = models.CharField("từ tổ chức đảng", max_length=200, blank=True)
    went_to = models.CharField("đến tổ chức đảng", max_length=200, blank=True)
    end_decision_number = models.CharField("số quyết định thôi", max_length=40, blank=True)
    end_decision_date = models.DateField("ngày quyết định thôi", null=True, blank=True)

    objects = ScopedPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "giai đoạn sinh hoạt"
        verbose_name_plural = "giai đoạn sinh hoạt"
        ordering = ["member", "started_on"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on=OPEN, end_reason="") | Q(ended_on__lt=OPEN) & ~Q(end_reason=""),
                name="members_spell_end_has_reason",
                violation_error_message="Giai đoạn sinh hoạt đã kết thúc phải có lý do, chưa kết thúc thì không.",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_on=OPEN),
                name="members_spell_one_open",
                violation_error_message="Đảng viên đang sinh hoạt ở một chi bộ khác.",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "started_on", "ended_on"], name="spell_of_unit"),
            models.Index(fields=["member", "started_on", "ended_on"], name="spell_of_member"),
        ]

    def __str__(self):
        return f"{self.member} từ {self.started_on:%d/%m/%Y}"

    def acts(self):
        """Return what is decided of the stay: that the membership is restored, that it ends by no wish of one's own."""
        start = {"": self.get_start_reason_display()} if self.start_reason == choices.StartReason.RESTORED else {}
        return start | ({"end_": self.get_end_reason_display()} if self.end_reason in choices.PUT_OUT else {})
