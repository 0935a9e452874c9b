"""What was deleted because its time was over.

Only numbers: what a deleted line said is gone, which is why it was deleted.
"""

from django.db import models

from ..choices import Kept
from .regulations import OfAllQuerySet


class Disposal(models.Model):
    """A night on which something older than it is kept was deleted: what, from before which day, how much of it.

    The worker writes it. It enters the history like every record, and so it is told who deleted nothing by hand.
    """

    what = models.CharField("nội dung đã xóa", max_length=20, choices=Kept)
    before = models.DateField("của những ngày trước")
    rows = models.PositiveIntegerField("số lượng")
    day = models.DateField("ngày xóa")

    objects = OfAllQuerySet.as_manager()

    class Meta:
        verbose_name = "lần xóa theo thời gian giữ"
        verbose_name_plural = "lần xóa theo thời gian giữ"
        ordering = ["-pk"]

    def __str__(self):
        return self.get_what_display()
