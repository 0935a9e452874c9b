"""The history of records. Database triggers write it (see `binhlu_portal.audit.triggers`); nobody changes it."""

from django.conf import settings
from django.db import models


class Action(models.TextChoices):
    """What happened to a row."""

    CREATED = "created", "Tạo"
    CHANGED = "changed", "Sửa"
    DELETED = "deleted", "Xóa"


class Entry(models.Model):
    """One change of one row: `before` and `after` hold its columns as they were stored.

    A change made beside the portal (by SQL) has no user; the database notes it all the same.
    """

    at = models.DateTimeField("lúc")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name="ai"
    )
    reason = models.CharField("vì sao", max_length=300, default="")
    action = models.CharField("việc", max_length=8, choices=Action)
    table = models.CharField("loại hồ sơ", max_length=63)
    row = models.BigIntegerField("hồ sơ")
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau", null=True)

    class Meta:
        verbose_name = "thay đổi"
        verbose_name_plural = "thay đổi"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["table", "row"], name="audit_of_row")]

    def __str__(self):
        return f"{self.get_action_display()} {self.table} {self.row}"

    @property
    def changes(self):
        """Return {column: (before, after)} of the columns that differ."""
        before, after = self.before or {}, self.after or {}
        return {
            column: (before.get(column), after.get(column))
            for column in {**before, **after}
            if before.get(column) != after.get(column)
        }


class Acting(models.Model):
    """Who acts in the open transaction, on SQLite only: one row, filled and emptied within the transaction.

    No other connection ever sees it filled, and PostgreSQL keeps the same in settings local to the transaction.
    """

    user = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, default="")

    def __str__(self):
        return self.reason
