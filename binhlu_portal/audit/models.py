"""Audit log, the history of records: database triggers write it (see `history_triggers.py`); nobody changes it."""

from typing import Any

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
    act = models.UUIDField("lần ghi", null=True, help_text="Những thay đổi được ghi cùng một lần.")
    action = models.CharField("việc", max_length=8, choices=Action)
    table = models.CharField("loại hồ sơ", max_length=63)
    row = models.BigIntegerField("hồ sơ")
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau", null=True)

    class Meta:
        verbose_name = "thay đổi"
        verbose_name_plural = "thay đổi"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["table", "row"], name="audit_of_row"),
            models.Index(fields=["act"], name="audit_of_act"),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {self.table} {self.row}"

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
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
    act = models.UUIDField(null=True)

    def __str__(self):
        return self.reason


class AccessKind(models.TextChoices):
    """What was done with a list of personal data."""

    OPENED = "opened", "Mở xem"
    EXPORTED = "exported", "Xuất ra tệp"
    TAKEN = "taken", "Ghi số đã có ở hồ sơ khác"
    REFUSED = "refused", "Bị từ chối xuất"
    GUARDED = "guarded", "Việc quan trọng"
    PHONE = "phone", "Nhớ, quên điện thoại"


class Access(models.Model):
    """Someone opened or exported a list or a record of people: who, when, what, of how many rows."""

    at = models.DateTimeField("lúc", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name="ai"
    )
    kind = models.CharField("việc", max_length=8, choices=AccessKind)
    what = models.CharField("danh sách, hồ sơ", max_length=200)
    address = models.CharField("địa chỉ trang", max_length=500)
    rows = models.PositiveIntegerField("số dòng")

    class Meta:
        verbose_name = "lượt mở, xuất dữ liệu"
        verbose_name_plural = "lượt mở, xuất dữ liệu"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "at"], name="audit_access_of_user"),
            models.Index(fields=["kind", "at"], name="audit_access_of_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.what}"


class Submission(models.Model):
    """A form that has been sent: sent again, it leads to the page it led to before and writes nothing.

    `digest` tells whether what is sent again is what was written.
    """

    token = models.UUIDField(unique=True)
    user = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=500)

    def __str__(self):
        return self.address
