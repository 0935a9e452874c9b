"""Documents that committees issue."""

from django.db import models

from ..mixins import OfUnit
from ..scope import ScopedQuerySet
from .units import Unit


class Document(OfUnit, models.Model):
    """A document issued by a committee; numbered by kind through one term (36-HD/VPTW, 03/4/2018)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="cơ quan ban hành")
    number = models.CharField("số, ký hiệu", max_length=40)
    kind = models.CharField("loại văn bản", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500)
    implements = models.CharField(
        "cụ thể hóa văn bản", max_length=60, blank=True, help_text="Số, ký hiệu văn bản của cấp trên."
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
