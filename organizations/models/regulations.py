"""Regulations and what they set, all dated: a question of a day goes by those of that day."""

from datetime import date

from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse

from binhlu_portal.dates.validity import Period
from binhlu_portal.text.vietnamese import day

from ..choices import Certainty, Kind, Measure, Sector, StatisticsForm, Subject
from ..scope import ScopedPeriodQuerySet, units_of
from .facts import quantity
from .units import Unit, UnitPeriod


class OfAllQuerySet(ScopedPeriodQuerySet):
    """What holds for the whole tree: every reader sees it, whoever keeps the whole tree changes it."""

    since = ""

    def reach(self, user, right, day):
        """Return the condition that the reader sees any unit."""
        return Q(Exists(units_of(user, right)))

    def within(self, units):
        """Return all, to those who see any unit."""
        return self.filter(Exists(Unit.objects.filter(pk__in=units)))

    def kept_within(self, units):
        """Return all, to those who keep every tree from its top."""
        tops = UnitPeriod.objects.filter(parent__isnull=True)
        return self.within(units).filter(~Exists(tops.exclude(unit__in=units)))


class RegulationManager(models.Manager.from_queryset(OfAllQuerySet)):
    """Regulations by what the file of known ones calls them."""

    def get_by_natural_key(self, subject: str, started_on: str) -> "Regulation":
        """Return the regulation on a subject that began to be in force on a day."""
        return self.get(subject=subject, started_on=started_on)


class AskedByName:
    """A row that is asked for by a name: what stands in the fields `asked_by`, with blanks between."""

    asked_by: tuple[str, ...]

    @property
    def asked_as(self) -> str:
        """By what it is asked for."""
        return " ".join(getattr(self, field) for field in self.asked_by)


class Regulation(AskedByName, Period):
    """A document of the Party or a law that rules a subject while it is in force; the next on the subject replaces it.

    Nothing here says what a regulation asks for: it is named, with how surely it is known.
    """

    asked_by = ("subject",)
    days_to_come = ("started_on", "ended_on")

    subject = models.CharField("nội dung", max_length=40, choices=Subject)
    kind = models.CharField("loại văn bản", max_length=40)
    number = models.CharField("số, ký hiệu", max_length=40)
    title = models.CharField("trích yếu", max_length=300)
    issued_on = models.DateField("ngày ban hành")
    certainty = models.CharField("mức chắc chắn", max_length=10, choices=Certainty, default=Certainty.REPORTED)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = RegulationManager()

    class Meta(Period.Meta):
        verbose_name = "văn bản quy định"
        verbose_name_plural = "văn bản quy định"
        ordering = ["subject", "started_on"]

    def __str__(self):
        return cited(self.kind, self.number, self.issued_on)

    def get_absolute_url(self) -> str:
        """Return the page of the regulation."""
        return reverse("record", args=["van-ban-quy-dinh", self.pk])

    def natural_key(self) -> tuple[str, str]:
        """Return what the file of known regulations calls it."""
        return self.subject, self.started_on.isoformat()


class Grounded(AskedByName, Period):
    """A rule in force from a day on, with where it is written and how surely it is known."""

    days_to_come = ("started_on", "ended_on")

    regulation = models.ForeignKey(
        Regulation, models.PROTECT, related_name="%(class)ss", null=True, blank=True, verbose_name="văn bản quy định"
    )
    source = models.CharField("căn cứ khác, điều khoản", max_length=200, blank=True)
    certainty = models.CharField("mức chắc chắn", max_length=10, choices=Certainty, default=Certainty.REPORTED)

    objects = OfAllQuerySet.as_manager()

    class Meta(Period.Meta):
        abstract = True
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(regulation__isnull=False) | ~Q(source=""),
                name="%(app_label)s_%(class)s_has_basis",
                violation_error_message="Chọn văn bản quy định, hoặc ghi căn cứ khác.",
            ),
        ]

    @property
    def basis(self) -> str:
        """Where it is written: the regulation, then what else is said of it."""
        return "; ".join(filter(None, [self.regulation and str(self.regulation), self.source]))


class Threshold(Grounded):
    """A value that a regulation or a resolution sets, from a day on: a target, a ceiling, a deadline, an age.

    `base` and `rounding` say of what the share is taken and how the allowed number is rounded, where that matters.
    """

    asked_by = ("code",)

    class Rounding(models.TextChoices):
        """How an allowed number of places is made whole."""

        DOWN = "down", "làm tròn xuống"
        HALF_UP = "half_up", "làm tròn nửa lên"

    code = models.CharField("mã", max_length=60)
    low = models.DecimalField("mức (từ)", max_digits=12, decimal_places=2)
    high = models.DecimalField("đến", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("đơn vị tính", max_length=20, choices=Measure, default=Measure.PERCENT)
    base = models.CharField("tính trên", max_length=60, blank=True)
    rounding = models.CharField("làm tròn", max_length=10, choices=Rounding, blank=True)

    class Meta(Grounded.Meta):
        verbose_name = "chỉ tiêu, định mức"
        verbose_name_plural = "chỉ tiêu, định mức"

    def __str__(self):
        return self.code

    @property
    def measured(self) -> str:
        """The value with what it counts: 0,3%, 12 tháng, 5.000 đồng."""
        unit = Measure(self.unit)
        return f"{quantity(self.low)}{'' if unit == Measure.PERCENT else ' '}{unit.label}"


class FormTitle(Grounded):
    """What a form of the Party's statistics is called from a day on."""

    asked_by = ("form",)

    form = models.CharField("biểu", max_length=20, choices=StatisticsForm)
    title = models.CharField("tên biểu", max_length=200)

    class Meta(Grounded.Meta):
        verbose_name = "tên biểu thống kê"
        verbose_name_plural = "tên biểu thống kê"

    def __str__(self):
        return f"{self.get_form_display()}: {self.title}"


class ImpossiblePair(Grounded):
    """A kind of unit and a sector that no unit has together from a day on."""

    asked_by = ("kind", "sector")

    kind = models.CharField("loại tổ chức", max_length=20, choices=Kind)
    sector = models.CharField("loại hình", max_length=20, choices=Sector)

    class Meta(Grounded.Meta):
        verbose_name = "loại tổ chức không có loại hình"
        verbose_name_plural = "loại tổ chức không có loại hình"

    def __str__(self):
        return f"{self.get_kind_display()} không có loại hình {self.get_sector_display()}"


def cited(kind: str, number: str, issued_on: date) -> str:
    """Citation of a regulation as it stands in a sentence."""
    return f"{kind} {number} ngày {day(issued_on)}"
