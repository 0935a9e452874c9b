"""Documents that committees issue."""

from django.db import models

from ..choices import DocumentTopic
from ..mixins import OfUnit
from ..scope import ScopedQuerySet
from .units import Unit


class Document(OfUnit, models.Model):
    """A document issued by a committee; numbered by kind through one term (36-HD/VPTW, 03/4/2018).

    With an `issuer` it is one of a superior organ, which the unit keeps and carries out.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="cơ quan ban hành")
    issuer = models.CharField(
        "cơ quan cấp trên ban hành",
        max_length=120,
        blank=True,
        help_text="Chỉ ghi với văn bản của cấp trên, ví dụ Ban Bí thư; để trống là văn bản của chính đơn vị.",
    )
    number = models.CharField("số, ký hiệu", max_length=40)
    kind = models.CharField("loại văn bản", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500)
    implements = models.CharField(
        "cụ thể hóa văn bản", max_length=60, blank=True, help_text="Số, ký hiệu văn bản của cấp trên."
    )
    topic = models.CharField(
        "nội dung trong báo cáo",
        max_length=20,
        choices=DocumentTopic,
        blank=True,
        help_text="Báo cáo dẫn văn bản ở mục có nội dung này.",
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

    def clean(self):
        """Refuse a document of one's own from before the unit existed; those of superior organs may be older."""
        if not self.issuer:
            super().clean()
