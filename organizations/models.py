"""Party organizations: identity, dated periods, events, the tree of any day; roles, documents, thresholds."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from binhlu_portal.dates.validity import Decided, Period, PeriodQuerySet

from . import choices
from .mixins import OfUnit
from .scope import ScopedPeriodQuerySet, ScopedQuerySet


class UnitQuerySet(ScopedPeriodQuerySet):
    """Party organizations."""

    def within(self, units):
        """Return those among `units`."""
        return self.filter(pk__in=units)


class Unit(Period):
    """A party organization as an identity that outlives its names; its period is its life.

    Everything that may change is in `UnitPeriod`. Units are made and changed by the actions of
    `organizations.units` and `members.restructuring`.
    """

    code = models.SlugField("mã", max_length=40, unique=True)

    objects = UnitQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"

    def __str__(self):
        return self.code

    @staticmethod
    def called():
        """Return the expression of a unit's latest name, by which the history and record pages call it."""
        return Subquery(UnitPeriod.objects.filter(unit=OuterRef("pk")).order_by("-started_on").values("name")[:1])

    def get_absolute_url(self):
        """Return the page of the unit."""
        return reverse("unit", args=[self.code])


class UnitPeriodQuerySet(ScopedPeriodQuerySet):
    """What units were, and when."""

    def direct(self, day):
        """Return those that stand directly beneath a commune committee on `day` (a date or an `F` expression).

        These are the organizations a commune counts as its own; the cells of a party organization are not among them.
        """
        parent = "parent__periods__"
        return self.filter(
            **{
                f"{parent}started_on__lte": day,
                f"{parent}ended_on__gt": day,
                f"{parent}kind": choices.Kind.COMMUNE,
            }
        )


class UnitPeriod(Period):
    """What a unit was for a while: its name, kind, sector and place in the tree."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="periods", verbose_name="tổ chức đảng")
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại tổ chức", max_length=20, choices=choices.Kind)
    sector = models.CharField("loại hình", max_length=20, choices=choices.Sector)
    parent = models.ForeignKey(
        Unit, models.PROTECT, related_name="child_periods", null=True, blank=True, verbose_name="trực thuộc"
    )

    objects = UnitPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "giai đoạn của tổ chức đảng"
        verbose_name_plural = "giai đoạn của tổ chức đảng"
        ordering = ["unit", "started_on"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(parent__isnull=True, kind__in=[choices.Kind.PROVINCE, choices.Kind.COMMUNE])
                | Q(parent__isnull=False) & ~Q(kind=choices.Kind.PROVINCE),
                name="organizations_unitperiod_root_kind",
                violation_error_message="Chỉ đảng bộ tỉnh hoặc đảng bộ xã được đứng đầu cây tổ chức.",
            ),
        ]

    def __str__(self):
        return self.name


class Ancestry(Period):
    """Who stood above whom, and when: one row for each unit, each unit above it (itself included) and each period.

    `branch` is the unit directly beneath `ancestor` on the way down, so one query counts a unit and one more column
    splits it. The database derives the rows from `UnitPeriod` (see `organizations.triggers`); nothing else writes them.
    """

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="beneath")
    branch = models.ForeignKey(Unit, models.CASCADE, related_name="+", null=True)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="lines")
    depth = models.PositiveSmallIntegerField()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(depth=0, unit=F("ancestor")) | Q(depth__gt=0) & ~Q(unit=F("ancestor")),
                name="organizations_ancestry_no_cycle",
                violation_error_message="Một tổ chức đảng không thể trực thuộc chính nó.",
            )
        ]
        indexes = [
            models.Index(fields=["ancestor", "unit", "started_on", "ended_on"], name="ancestry_down"),
        ]


class UnitEvent(Decided):
    """Something that happened to a unit on a day, with the decision behind it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="events", verbose_name="tổ chức đảng")
    kind = models.CharField("sự kiện", max_length=12, choices=choices.EventKind)
    day = models.DateField("ngày")
    other_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="tổ chức đảng liên quan"
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện của tổ chức đảng"
        verbose_name_plural = "sự kiện của tổ chức đảng"
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["day"], name="unitevent_day")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.unit}"


class Document(OfUnit, models.Model):
    """A document issued by a committee; numbered by kind through one term (36-HD/VPTW, 03/4/2018)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="cơ quan ban hành")
    number = models.CharField("số, ký hiệu", max_length=40)
    kind = models.CharField("loại văn bản", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500)
    implements = models.CharField(
        "cụ thể hóa văn bản", max_length=60, blank=True, help_text="Số văn bản của cấp trên, ví dụ: 21-NQ/TW."
    )

    since = "issued_on"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["issued_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number", "issued_on"],
                name="organizations_document_once",
                violation_error_message="Văn bản này đã có.",
            )
        ]

    def __str__(self):
        return f"{self.kind} số {self.number}"


class RoleQuerySet(models.QuerySet):
    """Roles of accounts."""

    def with_unit_names(self):
        """Return the roles with the last name of their units as `unit_name`, in the order in which they were given."""
        latest = self.filter(unit__periods__ended_on=F("unit__ended_on"))
        return latest.annotate(unit_name=F("unit__periods__name")).order_by("pk")


class Role(models.Model):
    """What an account is to a unit and to everything beneath it. One person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles", verbose_name="tài khoản")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name="tổ chức đảng")
    kind = models.CharField("vai trò", max_length=20, choices=choices.RoleKind)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "kind"],
                name="organizations_role_once",
                violation_error_message="Tài khoản đã có vai trò này.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.unit}"


class ThresholdQuerySet(ScopedPeriodQuerySet):
    """Thresholds hold for the whole tree: every reader sees them, whoever keeps the whole tree changes them."""

    def within(self, units):
        """Return all, to those who see any unit."""
        return self.filter(Exists(Unit.objects.filter(pk__in=units)))

    def kept_within(self, units):
        """Return all, to those who keep every tree from its top."""
        tops = UnitPeriod.objects.filter(parent__isnull=True)
        return self.within(units).filter(~Exists(tops.exclude(unit__in=units)))


class Threshold(Period):
    """A number that a regulation or a resolution sets, from a day on: a target, a ceiling.

    `base` and `rounding` say of what the share is taken and how the allowed number is rounded, where that matters.
    """

    class Rounding(models.TextChoices):
        """How an allowed number of places is made whole."""

        DOWN = "down", "làm tròn xuống"
        HALF_UP = "half_up", "làm tròn nửa lên"

    code = models.CharField("mã", max_length=60)
    low = models.DecimalField("mức (từ)", max_digits=6, decimal_places=2)
    high = models.DecimalField("đến", max_digits=6, decimal_places=2, null=True, blank=True)
    base = models.CharField("tính trên", max_length=60, blank=True)
    rounding = models.CharField("làm tròn", max_length=10, choices=Rounding, blank=True)
    source = models.CharField("căn cứ", max_length=200)

    objects = ThresholdQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "chỉ tiêu, ngưỡng"
        verbose_name_plural = "chỉ tiêu, ngưỡng"

    def __str__(self):
        return self.code
