"""How members are reached beside meetings: the electronic handbook, the Party organization where they live."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from binhlu_portal.dates.validity import Period
from members import choices

from .member import Member, OncePerMember
from .scope import MemberPeriodQuerySet


class HandbookAbsence(OncePerMember):
    """Why a member is without the electronic handbook for a while; it says nothing once the handbook is installed."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="handbook_absences", verbose_name="đảng viên")
    cause = models.CharField("lý do chưa cài", max_length=20, choices=choices.NoHandbookReason)
    source = models.CharField(
        "căn cứ", max_length=200, help_text="Ai báo, hoặc văn bản, biên bản rà soát ghi điều này."
    )

    already = "đã có lý do chưa cài Sổ tay ghi từ ngày này hoặc sau đó: sửa bản ghi đó."

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "lý do chưa cài Sổ tay"
        verbose_name_plural = "lý do chưa cài Sổ tay"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return f"{self.member}: {self.get_cause_display()}"

    def clean(self):
        """Refuse a reason from a day on which the handbook is installed."""
        super().clean()
        installed_on = self.member_id and self.member.handbook_installed_on
        if installed_on and isinstance(self.started_on, date) and installed_on <= self.started_on:
            sentence = f"{self.member} đã cài Sổ tay ngày {installed_on:%d/%m/%Y}: sửa ngày cài nếu ghi sai."
            raise ValidationError({"started_on": sentence})


class Liaison(OncePerMember):
    """Introduced to the Party organization and the people of the place of residence (213-QĐ/TW, 02/01/2020)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="liaisons", verbose_name="đảng viên")
    place = models.CharField(
        "nơi cư trú", max_length=200, blank=True, help_text="Chi bộ, bản hoặc tổ dân phố nơi cư trú, nếu biết."
    )
    source = models.CharField("giấy giới thiệu, căn cứ", max_length=200)

    already = "đã được giới thiệu về nơi cư trú từ ngày này hoặc sau đó: sửa bản ghi đó."

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "giới thiệu về nơi cư trú"
        verbose_name_plural = "giới thiệu về nơi cư trú"
        ordering = ["started_on", "pk"]

    def __str__(self):
        return ": ".join(filter(None, [str(self.member), self.place]))
