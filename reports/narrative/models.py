"""What a committee sets for its reports instead of the portal's own, and what it writes in each."""

from django.conf import settings
from django.db import models

from organizations.models import Unit
from organizations.scope import ScopedQuerySet
from reports.reporting_periods.models import USUAL_OUTLINE, OfPeriodQuerySet, ReportingPeriod


class ReportTemplate(models.Model):
    """A Word document with place-holders, from `at` on the template of the committee; without content the portal's own.

    It is of the reports that follow one `outline`. Rows are never changed nor deleted, so that they tell by themselves
    who replaced what and when.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cấp ủy")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đặt")
    at = models.DateTimeField("đặt lúc")
    name = models.CharField("tên tệp", max_length=120, blank=True)
    content = models.BinaryField("nội dung", blank=True)
    outline = models.CharField("đề cương", max_length=20, default=USUAL_OUTLINE)

    since = "at"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu báo cáo"
        verbose_name_plural = "mẫu báo cáo"
        ordering = ["-pk"]

    def __str__(self):
        return self.name or "Mẫu của hệ thống"

    @classmethod
    def of(cls, moment, outline):
        """Return the content of the committee's template for reports by `outline`; None when it is the portal's own."""
        found = cls.objects.visible_to(moment.user).filter(unit=moment.unit, outline=outline.code).first()
        return bytes(found.content) if found and found.content else None


class ReportOutline(models.Model):
    """An outline of the committee's own, from `at` on the one with this `code`; without text the built-in one again.

    Rows are never changed nor deleted, so that they tell by themselves who replaced what and when. A closing keeps the
    outline that it followed.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cấp ủy")
    code = models.CharField("đề cương", max_length=20)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đặt")
    at = models.DateTimeField("đặt lúc")
    name = models.CharField("tên đề cương", max_length=80)
    text = models.TextField("nội dung", blank=True)

    since = "at"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "đề cương báo cáo"
        verbose_name_plural = "đề cương báo cáo"
        ordering = ["-pk"]

    def __str__(self):
        return self.name


class ReportText(models.Model):
    """What the committee says in words in one section of the report of a period that follows an `outline`."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="texts", verbose_name="kỳ báo cáo")
    outline = models.CharField("đề cương", max_length=20, default=USUAL_OUTLINE)
    section = models.CharField("mục của báo cáo", max_length=20)
    text = models.TextField("nội dung", blank=True)

    objects = OfPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "nhận định của báo cáo"
        verbose_name_plural = "nhận định của báo cáo"
        ordering = ["period", "section"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "outline", "section"],
                name="reports_reporttext_once",
                violation_error_message="Mục này của báo cáo đã có nội dung.",
            )
        ]

    def __str__(self):
        return f"{self.period}, mục {self.section}"
