"""Snapshots, what closings froze: kept as it was, read by those who see the units."""

from typing import Self

from django.db import models
from django.db.models import Q, QuerySet

from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import Day, Reader, ScopedQuerySet
from reports.reporting_periods.models import ReportingPeriod


class ClosingQuerySet(ScopedQuerySet):
    """Closings of periods: seen with the period."""

    since = ""

    def reach(self, user: Reader, right: Right, day: Day) -> Q:
        """Condition that the period is within the scope to read."""
        return Q(period__in=ReportingPeriod.objects.visible_to(user, right))

    def within(self, units: QuerySet) -> Self:
        """Return the closings of periods that concern `units`."""
        return self.filter(period__in=ReportingPeriod.objects.within(units))

    def kept_within(self, units: QuerySet) -> Self:
        """Return the closings of periods that one of `units` opened."""
        return self.filter(period__unit__in=units)


class Closing(models.Model):
    """One closing of a period: what it froze (`Frozen`, `FrozenFile`) stays, also when the period is closed anew.

    `contents` says what the figures and the columns of their lists were called, and which outline the report followed
    (see `snapshot_codec.py`). A closing over `open_points`, what the report could not say, has a `remark` of who closed
    it.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="closings", verbose_name="kỳ báo cáo")
    number = models.PositiveSmallIntegerField("lần khóa")
    closed_on = models.DateField("ngày khóa")
    contents = models.BinaryField("mục lục")
    open_points = models.TextField("chỗ chưa ghi, chưa viết khi khóa", blank=True)
    remark = models.CharField("ý kiến khi khóa", max_length=500, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = "lần khóa kỳ báo cáo"
        verbose_name_plural = "lần khóa kỳ báo cáo"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "number"],
                name="reports_closing_numbered",
                violation_error_message="Lần khóa này của kỳ báo cáo đã có.",
            )
        ]

    def __str__(self):
        return f"{self.period}, khóa lần {self.number}"


class Frozen(models.Model):
    """What one unit was in a closing: its `figures`, and the rows of its own behind figures (`lists`), as they stood.

    Both are packed by `snapshot_codec.py`. Figures have the committee and the units asked; rows the unit on which
    they stood on their own day, so that a reader is shown those of the own units alone.
    """

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="frozen", verbose_name="lần khóa")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="tổ chức đảng")
    name = models.CharField("tên khi khóa", max_length=200)
    figures = models.BinaryField("số liệu", null=True)
    lists = models.BinaryField("danh sách", null=True)

    since = "closing__period__opened_on"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu đã khóa"
        verbose_name_plural = "số liệu đã khóa"
        ordering = ["closing", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "unit"],
                name="reports_frozen_once",
                violation_error_message="Số liệu của đơn vị đã được khóa trong lần này.",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.closing}"


class FrozenFileQuerySet(ScopedQuerySet):
    """Files of the report of a whole committee: read by those who see the committee."""

    unit = "closing__period__unit"
    since = "closing__period__opened_on"


class FrozenFile(models.Model):
    """A file of the report as a closing made it; sent again it is the same to the byte."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="files", verbose_name="lần khóa")
    code = models.CharField("biểu", max_length=20)
    name = models.CharField("tên tệp", max_length=120)
    content = models.BinaryField("nội dung")

    objects = FrozenFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đã khóa"
        verbose_name_plural = "tệp đã khóa"
        ordering = ["closing", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "code"],
                name="reports_frozenfile_once",
                violation_error_message="Tệp này đã được khóa trong lần này.",
            )
        ]

    def __str__(self):
        return self.name
