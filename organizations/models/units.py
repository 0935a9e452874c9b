"""Party organizations: identity, dated periods, events, the tree of any day."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from binhlu_portal.dates.validity import Decided, Period, PeriodQuerySet
from binhlu_portal.db.read_fields import ChoiceCharField

from .. import choices
from ..scope import ScopedPeriodQuerySet, ScopedQuerySet, reaches_unit


class UnitQuerySet(ScopedPeriodQuerySet):
    """Party organizations."""

    unit = "pk"

    def reach_of(self, user, right, row, day):
        """Return the condition that what a row of `day` says of the unit at path `row` is within the scope."""
        return reaches_unit(user, right, row, day)


class Unit(Period):
    """A party organization as an identity that outlives its names; its period is its life.

    Everything that may change is in `UnitPeriod`. `is_sample` marks the top of the invented records that come with the
    portal: a database knows by it that all of it may be left behind. Units are made and changed by the actions of
    `organizations.units` and `members.restructuring`.
    """

    code = models.SlugField("mã", max_length=40, unique=True)
    is_sample = models.BooleanField("đứng đầu dữ liệu mẫu", default=False, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"

    def __str__(self):
        return self.last_name if self.pk else self.code

    @property
    def last_name(self) -> str:
        """How it was called last; before anything is known of it, its code."""
        return self.periods.order_by("-started_on").values_list("name", flat=True).first() or self.code

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
    kind = ChoiceCharField("loại tổ chức", max_length=20, choices=choices.Kind, words=choices.KIND_WORDS)
    sector = ChoiceCharField("loại hình", max_length=20, choices=choices.Sector, words=choices.SECTOR_WORDS)
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
                condition=Q(parent__isnull=True, kind__in=sorted(choices.LEADING))
                | Q(parent__isnull=False) & ~Q(kind=choices.Kind.NATION),
                name="organizations_unitperiod_root_kind",
                violation_error_message="Chỉ toàn Đảng, đảng bộ tỉnh hoặc đảng bộ xã được đứng đầu cây tổ chức.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_cell(self) -> bool:
        """Whether members belong to it."""
        return self.kind in choices.CELLS


class Ancestry(Period):
    """Who stood above whom, and when: one row for each unit, each unit above it (itself included) and each period.

    `branch` is the unit directly beneath `ancestor` on the way down, so one query counts a unit and one more column
    splits it. The database derives the rows from `UnitPeriod` (see `organizations.triggers`); nothing else writes them.
    """

    ancestor = models.ForeignKey(Unit, models.DO_NOTHING, related_name="beneath")
    branch = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+", null=True)
    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="lines")
    depth = models.PositiveSmallIntegerField()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(depth=0, unit=F("ancestor")) | Q(depth__gt=0) & ~Q(unit=F("ancestor")),
                name="organizations_ancestry_no_cycle",
                violation_error_message="Một tổ chức đảng không thể trực thuộc chính nó.",
            ),
            models.UniqueConstraint(
                fields=["ancestor", "unit", "started_on"],
                name="organizations_ancestry_once",
                violation_error_message="Quan hệ cấp trên này đã có: cơ sở dữ liệu tự lập bảng này, không nạp từ tệp.",
            ),
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
    came_from = models.CharField(
        "tiếp nhận từ",
        max_length=200,
        blank=True,
        help_text="Cấp ủy đã chuyển giao tổ chức đảng, hoặc chi bộ được tiếp nhận làm cơ sở thành lập.",
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)

    since = "day"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện của tổ chức đảng"
        verbose_name_plural = "sự kiện của tổ chức đảng"
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["day"], name="unitevent_day")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.unit}"
