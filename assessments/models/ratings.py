"""Yearly ratings of members and units, and "bốn tốt"."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from assessments import choices
from assessments.rating_values import read_level, read_reason
from binhlu_portal.dates.validity import Decided
from binhlu_portal.db.read_fields import ReadCharField
from members.models import Member
from members.models.scope import MemberFactQuerySet
from organizations.models import Unit
from organizations.scope import ScopedQuerySet

RATED_OR_NOT = Q(level="") & ~Q(not_rated="") | ~Q(level="") & Q(not_rated="")
"""Either a level or the reason why there is none."""

RATED_OR_NOT_MESSAGE = "Phải có mức xếp loại, hoặc lý do không xếp loại, không được cả hai."


def check_decided(year, decided_on):
    """Refuse a rating decided in another year than its own or the next."""
    if not year <= decided_on.year <= year + 1:
        sentence = f"Xếp loại năm {year} phải được quyết định trong năm {year} hoặc {year + 1}."
        raise ValidationError({"decided_on": sentence})


def check_unit(row):
    """Refuse what is said of the year of a unit that did not exist in it."""
    if row.unit_id and row.year and not lived([row.unit], row.year):
        raise ValidationError({"year": f"Tổ chức đảng không tồn tại trong năm {row.year}."})


def lived(rows, year):
    """Whether one of `rows`, periods that are read already, shares a day with the year."""
    return any(row.started_on <= date(year, 12, 31) and row.ended_on > date(year, 1, 1) for row in rows)


class YearlyRating(models.Model):
    """The rating of one year: a level, or the reason why there is none."""

    since = "year"

    year = models.PositiveSmallIntegerField("năm")
    level = ReadCharField("mức xếp loại", max_length=10, choices=choices.Rating, blank=True, read=read_level)
    not_rated = ReadCharField(
        "lý do không xếp loại", max_length=10, choices=choices.NotRated, blank=True, read=read_reason
    )
    decided_on = models.DateField("ngày xếp loại")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=RATED_OR_NOT,
                name="%(app_label)s_%(class)s_level_or_reason",
                violation_error_message=RATED_OR_NOT_MESSAGE,
            )
        ]

    def clean(self):
        """Refuse a rating decided in another year than its own or the next."""
        super().clean()
        if self.year and isinstance(self.decided_on, date):
            check_decided(self.year, self.decided_on)


class MemberRating(YearlyRating):
    """A member's rating of one year."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="ratings", verbose_name="đảng viên")

    objects = MemberFactQuerySet.as_manager()

    class Meta(YearlyRating.Meta):
        verbose_name = "xếp loại đảng viên"
        verbose_name_plural = "xếp loại đảng viên"
        ordering = ["year", "pk"]
        constraints = [
            *YearlyRating.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "year"],
                name="assessments_memberrating_once_a_year",
                violation_error_message="Đảng viên đã được xếp loại năm này.",
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.year}: {self.get_level_display() or self.get_not_rated_display()}"

    def clean(self):
        """Refuse the rating of a year in which the member was in no cell."""
        if self.member_id and self.year and not lived(self.member.spells.all(), self.year):
            raise ValidationError({"year": f"{self.member} không sinh hoạt ở chi bộ nào trong năm {self.year}."})
        super().clean()


class UnitRating(YearlyRating):
    """A unit's rating of one year."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ratings", verbose_name="tổ chức đảng")

    objects = ScopedQuerySet.as_manager()

    class Meta(YearlyRating.Meta):
        verbose_name = "xếp loại tổ chức đảng"
        verbose_name_plural = "xếp loại tổ chức đảng"
        ordering = ["year", "pk"]
        constraints = [
            *YearlyRating.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="assessments_unitrating_once_a_year",
                violation_error_message="Tổ chức đảng đã được xếp loại năm này.",
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.year}: {self.get_level_display() or self.get_not_rated_display()}"

    def clean(self):
        """Refuse the rating of a year in which the unit did not exist."""
        super().clean()
        check_unit(self)


class FourGoods(Decided):
    """Recognition of a unit as "chi bộ bốn tốt" or "đảng bộ cơ sở bốn tốt" for a year, beside its rating."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="four_goods", verbose_name="tổ chức đảng")
    year = models.PositiveSmallIntegerField("năm")

    since = "year"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "công nhận bốn tốt"
        verbose_name_plural = "công nhận bốn tốt"
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="assessments_fourgoods_once_a_year",
                violation_error_message="Tổ chức đảng đã được công nhận bốn tốt năm này.",
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.year}"

    def clean(self):
        """Refuse the recognition of a year in which the unit did not exist."""
        super().clean()
        check_unit(self)
