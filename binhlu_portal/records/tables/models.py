"""Saved lists: filters and columns that people keep under a name."""

from django.conf import settings
from django.db import models


class SavedList(models.Model):
    """A list as its owner likes it – unit, filters, columns, order – under a name; opened, it is as of today."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_lists", verbose_name="của ai"
    )
    path = models.CharField("trang", max_length=200)
    name = models.CharField("tên", max_length=60)
    query = models.TextField("điều kiện", blank=True)

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "path", "name"],
                name="lists_savedlist_once",
                violation_error_message="Đã có bộ lọc mang tên này.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def address(self):
        """The page of the list."""
        return f"{self.path}?{self.query}"
