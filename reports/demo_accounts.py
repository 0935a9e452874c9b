"""Accounts for trying the sample: one for each role, their passwords made here and kept in one private file."""

import os
import secrets

from django.contrib.auth import get_user_model

from organizations.choices import RoleKind
from organizations.models import Role, Unit

ACCOUNTS = (
    ("vanphong", "Cán bộ Văn phòng (mẫu)", RoleKind.SECRETARIAT, "binh-lu"),
    ("bithu", "Bí thư chi bộ (mẫu)", RoleKind.CELL_SECRETARY, "ban-01"),
    ("lanhdao", "Lãnh đạo Đảng ủy (mẫu)", RoleKind.LEADER, "binh-lu"),
    ("quantri", "Quản trị (mẫu)", RoleKind.ADMINISTRATOR, "binh-lu"),
)


def create_accounts(path):
    """Create the accounts and write their passwords to the file at `path`, readable by its owner only."""
    lines = []
    for username, full_name, kind, code in ACCOUNTS:
        password = secrets.token_urlsafe(9)
        user = get_user_model().objects.create_user(username, password=password, full_name=full_name)
        Role.objects.create(user=user, unit=Unit.objects.get(code=code), kind=kind)
        lines.append(f"{username:<10} {password:<14} {kind.label}")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
