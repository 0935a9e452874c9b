"""The list of accounts."""

from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from binhlu_portal.records.tables.tables import SHORT, SortedColumn, SortedTable
from binhlu_portal.text.vietnamese import clock


class AccountState(models.TextChoices):
    """What an account is to the person it is for."""

    IN_USE = "dung", "Đang dùng"
    WAITING = "cho", "Chờ đặt mật khẩu"
    CLOSED = "dong", "Đã đóng"

    @classmethod
    def of(cls, account):
        """Return the state of `account`."""
        if not account.is_active:
            return cls.CLOSED
        return cls.WAITING if account.must_choose_password else cls.IN_USE


class AccountTable(SortedTable):
    """Accounts with their roles (`shown_roles`), by given name."""

    full_name = SortedColumn(sort="sort_name", verbose_name="Họ và tên")
    username = SortedColumn(sort="username", verbose_name="Tên đăng nhập", attrs=SHORT)
    roles = SortedColumn(sort="pk", verbose_name="Vai trò", accessor="shown_roles", orderable=False)
    state = SortedColumn(sort="is_active", verbose_name="Tình trạng", accessor="pk", orderable=False, attrs=SHORT)
    last_login = SortedColumn(sort="last_login", verbose_name="Đăng nhập gần nhất", attrs=SHORT, default="Chưa lần nào")

    def render_full_name(self, record):
        """Lead to the page of the account."""
        return format_html('<a href="{}">{}</a>', reverse("account-page", args=[record.pk]), record)

    def render_roles(self, value):
        """Write each role on a line."""
        return format_html_join("", "<div>{}, {}</div>", ((role.get_kind_display(), role.unit_name) for role in value))

    def render_state(self, record):
        """Say the state; what is not the usual stands out."""
        state = AccountState.of(record)
        return state.label if state == AccountState.IN_USE else format_html('<span class="tag">{}</span>', state.label)

    def render_last_login(self, value):
        """Write day and time."""
        return clock(value)
