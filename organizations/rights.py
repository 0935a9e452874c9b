"""Permissions: what each role may do, in one table. A role holds at its unit and at everything beneath it."""

from django.db import models

from .choices import RoleKind


class Right(models.TextChoices):
    """Permission: what a person may be allowed to do with the records of a unit."""

    SEE = "see", "Xem hồ sơ, số liệu"
    EXPORT = "export", "Xuất ra tệp"
    EDIT = "edit", "Ghi, sửa hồ sơ hằng ngày"
    CONFIRM = "confirm", "Xác nhận số liệu của đơn vị"
    DECIDE = "decide", "Ghi quyết định của cấp ủy"
    ACCOUNTS = "accounts", "Quản lý tài khoản"
    WATCH = "watch", "Được báo việc quan trọng mà không quản trị nào khác được báo"


RIGHTS = {
    RoleKind.SECRETARIAT: frozenset({Right.SEE, Right.EXPORT, Right.EDIT, Right.CONFIRM, Right.DECIDE}),
    RoleKind.CELL_SECRETARY: frozenset({Right.SEE, Right.EXPORT, Right.EDIT, Right.CONFIRM}),
    RoleKind.LEADER: frozenset({Right.SEE, Right.EXPORT, Right.WATCH}),
    RoleKind.ADMINISTRATOR: frozenset({Right.ACCOUNTS}),
}
"""A cell secretary keeps the everyday records of the own unit, and what the cell itself decides: reprimands and
warnings of its members, exemptions for age or health. What a committee decides (admission, transfer, other discipline,
posts, the units themselves) the secretariat writes down. An administrator keeps accounts and reads nothing
but who is secretary of which cell, for whom an account is to be opened (`members/secretary_accounts`).
"""

BEYOND_A_CELL = frozenset({Right.DECIDE, Right.ACCOUNTS, Right.WATCH})
"""Permissions of roles that are more than a cell's: on a network whoever holds one signs in with a second factor."""


def roles_with(right: Right) -> list[RoleKind]:
    """Roles that hold the permission `right`."""
    return [kind for kind, rights in RIGHTS.items() if right in rights]
