"""Yearly ratings, "bốn tốt", cell meetings, inspection and supervision."""

from datetime import date
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from binhlu_portal.dates.validity import Decided, covers
from members.choices import DecidingLevel
from members.models import Member
from members.models.member import MemberFactQuerySet
from organizations.choices import CELLS
from organizations.mixins import OfUnit
from organizations.models import Unit
from organizations.scope import ScopedQuerySet
from organizations.tree_queries import lies_beneath

from . import choices

RATED_OR_NOT = Q(level="") & ~Q(not_rated="") | ~Q(level="") & Q(not_rated="")
"""Either a level or the reason why there is none."""

RATED_OR_NOT_MESSAGE = "Phải có mức xếp loại, hoặc lý do không xếp loại, không được cả hai."

FITTING_OUTCOME = reduce(or_, (Q(kind=kind, outcome__in=outcomes) for kind, outcomes in choices.OUTCOMES.items()))
"""Each kind of case ends with one of its own outcomes."""

UNFITTING_OUTCOME = "Kết luận không phù hợp với loại việc kiểm tra, giám sát."


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

    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("mức xếp loại", max_length=10, choices=choices.Rating, blank=True)
    not_rated = models.CharField("lý do không xếp loại", max_length=10, choices=choices.NotRated, blank=True)
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


class Meeting(OfUnit, models.Model):
    """A cell meeting with the members expected and present; the exempt are not expected."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings", verbose_name="chi bộ")
    held_on = models.DateField("ngày họp")
    kind = models.CharField("loại sinh hoạt", max_length=10, choices=choices.MeetingKind)
    topic = models.CharField("nội dung", max_length=300, blank=True)
    expected = models.PositiveSmallIntegerField("số phải dự")
    present = models.PositiveSmallIntegerField("số có mặt")

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
    level = models.CharField("cấp thực hiện", max_length=12, choices=DecidingLevel)
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
    level = models.CharField("cấp quyết định", max_length=12, choices=DecidingLevel)
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
