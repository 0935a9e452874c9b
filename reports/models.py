"""Reporting periods, and the units that have confirmed their records for them."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from organizations.models import Ancestry, Unit
from organizations.scope import ScopedQuerySet


class ReportingPeriodQuerySet(ScopedQuerySet):
    """Reporting periods: read by everyone beneath the committee that opened them, kept by the committee itself."""

    def within(self, units):
        """Return the periods of committees that stand, or once stood, above one of `units`."""
        return self.filter(Exists(Ancestry.objects.filter(ancestor=OuterRef("unit"), unit__in=units)))

    def kept_within(self, units):
        """Return the periods that one of `units` opened itself."""
        return self.filter(unit__in=units)

    def open(self):
        """Return the periods for which units may still confirm."""
        return self.filter(closed_on__isnull=True)


class ReportingPeriod(models.Model):
    """A committee asks its units to confirm their records as of a day; the report is made from what they confirmed.

    `since` and `year` complete the moment of its figures (see `binhlu_portal.moment`).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reporting_periods", verbose_name="cấp ủy mở kỳ")
    as_of = models.DateField("số liệu đến ngày")
    since = models.DateField("tính từ ngày")
    year = models.PositiveSmallIntegerField("năm xếp loại")
    due_on = models.DateField("hạn xác nhận")
    opened_on = models.DateField("ngày mở kỳ")
    closed_on = models.DateField("ngày kết thúc kỳ", null=True, blank=True)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lte=F("as_of")),
                name="reports_reportingperiod_since_first",
                violation_error_message="Ngày bắt đầu tính phải không muộn hơn ngày số liệu.",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(closed_on__isnull=True),
                name="reports_reportingperiod_one_open",
                violation_error_message="Đang có một kỳ báo cáo chưa kết thúc: kết thúc kỳ đó trước.",
            ),
        ]

    def __str__(self):
        return f"Kỳ báo cáo đến ngày {self.as_of:%d/%m/%Y}"

    @property
    def is_open(self):
        """Whether units may still confirm."""
        return self.closed_on is None


class Confirmation(models.Model):
    """A unit's secretary stands for the records of the unit as of the day of a reporting period."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="confirmations", verbose_name="kỳ báo cáo")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="confirmations", verbose_name="tổ chức đảng")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="confirmations", verbose_name="người xác nhận"
    )
    at = models.DateTimeField("xác nhận lúc")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận số liệu"
        verbose_name_plural = "xác nhận số liệu"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit"],
                name="reports_confirmation_once",
                violation_error_message="Đơn vị đã xác nhận số liệu của kỳ này.",
            )
        ]

    def __str__(self):
        return f"{self.unit}, {self.period}"
