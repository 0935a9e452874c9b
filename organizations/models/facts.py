"""Facts about units that no other register holds: one form for a number, or a word, with its day and its source."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from binhlu_portal.dates.validity import Period
from binhlu_portal.text.vietnamese import number

from ..fact_kinds import FACT_MEASURES, FACTS_OF_A_DAY, FACTS_WITH_DETAIL, FactKind
from ..mixins import OfUnit
from ..scope import ScopedPeriodQuerySet
from .units import Unit

COUNTED = frozenset({"người", "dân tộc", "đảng viên"})
"""What facts count one by one."""


class UnitFact(OfUnit, Period):
    """A fact about a unit and where it is written: area, people of a share, an account, the result of a review.

    It holds until the next of its kind and detail; what is a result of one day is counted in the period of that day.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="facts", verbose_name="tổ chức đảng")
    kind = models.CharField("nội dung", max_length=20, choices=FactKind)
    detail = models.CharField(
        "của ai, ở đâu", max_length=100, blank=True, help_text="Dân tộc nào, nhóm nào, ngân hàng nào."
    )
    value = models.DecimalField("số", max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(
        "căn cứ, nguồn số liệu", max_length=200, help_text="Văn bản, niên giám hoặc báo cáo ghi điều này."
    )

    since = "started_on"
    objects = ScopedPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "thông tin của đơn vị"
        verbose_name_plural = "thông tin của đơn vị"
        ordering = ["kind", "detail", "started_on"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=FactKind.BANK_ACCOUNT, value__isnull=True)
                | ~Q(kind=FactKind.BANK_ACCOUNT) & Q(value__isnull=False, value__gte=0),
                name="organizations_unitfact_has_value",
                violation_error_message="Ghi số, không âm; riêng tài khoản ngân hàng thì để trống.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(kind for kind, unit in FACT_MEASURES.items() if unit == "%"))
                | Q(value__lte=100),
                name="organizations_unitfact_share_of_hundred",
                violation_error_message="Tỷ lệ không quá một trăm phần trăm.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(FACTS_WITH_DETAIL)) | ~Q(detail=""),
                name="organizations_unitfact_has_detail",
                violation_error_message="Ghi rõ dân tộc, nhóm người hoặc ngân hàng.",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "detail", "started_on"],
                name="organizations_unitfact_once_a_day",
                violation_error_message="Nội dung này đã ghi cho ngày đó.",
            ),
        ]

    def __str__(self):
        return ": ".join(filter(None, [self.get_kind_display(), self.detail or quantity(self.value)]))

    def clean(self):
        """Refuse a part of what is counted one by one."""
        super().clean()
        if FACT_MEASURES.get(self.kind) in COUNTED and self.value and self.value % 1:
            raise ValidationError({"value": f"Số {FACT_MEASURES[self.kind]} phải là số nguyên."})

    @property
    def is_of_a_day(self) -> bool:
        """Whether it is the result of one day and not what holds from then on."""
        return self.kind in FACTS_OF_A_DAY


def quantity(value: Decimal | float | None) -> str:
    """Number of a fact without needless noughts: 17.239,15; nothing for none."""
    return "" if value is None else number(Decimal(f"{Decimal(str(value)).normalize():f}"))
