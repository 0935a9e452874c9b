"""Files that people bring in, and what became of them."""

from datetime import date
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone

from binhlu_portal.accounts.models import User


class BatchState(models.TextChoices):
    """How far a file is. Only those that wait have work to be done; nothing else is written down meanwhile."""

    TO_CHECK = "to_check", "Chờ kiểm tra"
    CHECKED = "checked", "Đã kiểm tra, chờ xác nhận"
    TO_WRITE = "to_write", "Đã xác nhận, chờ lưu"
    WRITTEN = "written", "Đã lưu"
    REVERTED = "undone", "Đã hoàn tác"
    UNREADABLE = "unreadable", "Không đọc được"
    FAILED = "failed", "Không xử lý được"
    CANCELLED = "cancelled", "Đã bỏ"


WAITING = (BatchState.TO_CHECK, BatchState.TO_WRITE)
"""The states in which the worker has something to do."""

OVER = (BatchState.WRITTEN, BatchState.REVERTED, BatchState.CANCELLED)
"""The states in which nothing is to be done any more."""


class Folder(models.Model):
    """Several files sent together, to be answered, saved and taken back in one act: a folder, a zip file, a handful.

    What was sent with them and not taken, and why, is `left_out`: a line each.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="folders", verbose_name="người gửi")
    name = models.CharField("tên nhóm tệp", max_length=200)
    left_out = models.TextField("tệp để lại", blank=True)
    at = models.DateTimeField("gửi lúc", auto_now_add=True)

    class Meta:
        verbose_name = "nhóm tệp"
        verbose_name_plural = "nhóm tệp"
        ordering = ["-pk"]

    def __str__(self):
        return self.name


class BatchQuerySet(models.QuerySet):
    """Files brought in: everyone sees the own ones only."""

    def of(self, user: User) -> Self:
        """Return those of `user`, without the bytes of the files."""
        return self.filter(user=user).defer("content", "result")


class Batch(models.Model):
    """One file that somebody brings in, kept privately, and its result; with others in a `folder` when sent with them.

    `settings` are answers about the whole file (which column is what …), `answers` those about single rows, `mends` the
    values put right on screen instead of in the file; both by the place of the fault. `partly` means that rows with
    errors are left out. `taken_by` is the worker that is at it, since `taken_at`. `digest` tells what the sender has
    seen in the check: nothing else is written. `act` is the act of the history by which everything can be taken back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches", verbose_name="người gửi")
    folder = models.ForeignKey(
        Folder, models.PROTECT, related_name="batches", verbose_name="nhóm tệp", null=True, blank=True
    )
    name = models.CharField("tên tệp", max_length=200)
    content = models.BinaryField("nội dung")
    hash = models.CharField("mã băm SHA-256", max_length=64)
    size = models.PositiveIntegerField("dung lượng")
    at = models.DateTimeField("gửi lúc", auto_now_add=True)
    state = models.CharField("tình trạng", max_length=10, choices=BatchState, default=BatchState.TO_CHECK)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    taken_by = models.CharField("tiến trình đang xử lý", max_length=120, blank=True)
    taken_at = models.DateTimeField("nhận xử lý lúc", null=True, blank=True)
    settings = models.JSONField("cách đọc", default=dict, blank=True)
    answers = models.JSONField("trả lời", default=dict, blank=True)
    mends = models.JSONField("giá trị đã sửa", default=dict, blank=True)
    partly = models.BooleanField("bỏ dòng có lỗi", default=False)
    result = models.JSONField("kết quả", null=True, blank=True)
    digest = models.CharField("dấu kiểm tra", max_length=64, blank=True)
    message = models.CharField("thông báo", max_length=500, blank=True)
    act = models.UUIDField("lần ghi", null=True, blank=True)
    written_at = models.DateTimeField("ghi lúc", null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp nhập"
        verbose_name_plural = "tệp nhập"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"], name="workbook_batch_waiting")]

    def __str__(self):
        return self.name

    @property
    def received_on(self) -> date:
        """The day on which it was sent: nothing in it can have happened later."""
        return timezone.localtime(self.at).date()

    @property
    def beside(self) -> tuple[UUID, ...]:
        """The acts that wrote files sent together with it."""
        if not self.folder_id:
            return ()
        return tuple(self.folder.batches.filter(act__isnull=False).order_by("pk").values_list("act", flat=True))

    @property
    def waits(self) -> bool:
        """Whether the worker has something to do."""
        return self.state in WAITING


class Layout(models.Model):
    """What the columns of a foreign list mean, as its sender said it: remembered for the next file of that shape."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="layouts", verbose_name="người gửi")
    shape = models.CharField("dạng bảng", max_length=64)
    mapping = models.JSONField("ý nghĩa các cột", default=dict, blank=True)

    class Meta:
        verbose_name = "cách đọc danh sách"
        verbose_name_plural = "cách đọc danh sách"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "shape"],
                name="workbook_layout_once",
                violation_error_message="Cách đọc dạng bảng này đã được nhớ.",
            )
        ]

    def __str__(self):
        return self.shape
