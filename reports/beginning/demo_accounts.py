"""Accounts for trying the sample: one for each role, their passwords made here and kept in one private file."""

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth import get_user_model

from organizations.choices import RoleKind
from organizations.models import Role, Unit

ACCOUNTS = (
    ("vanphong", "Cán bộ Văn phòng (mẫu)", RoleKind.SECRETARIAT, "binh-lu"),
    ("bithu", "Bí thư chi bộ (mẫu)", RoleKind.CELL_SECRETARY, "ban-01"),
    ("lanhdao", "Lãnh đạo Đảng ủy (mẫu)", RoleKind.LEADER, "binh-lu"),
    ("quantri", "Quản trị (mẫu)", RoleKind.ADMINISTRATOR, "binh-lu"),
)


class DemoAccount(NamedTuple):
    """An account of the sample: by what it signs in, and as whom."""

    username: str
    password: str
    role: str


def create_accounts(path: Path) -> list[DemoAccount]:
    """Create the accounts and write their passwords to the file at `path`, readable by its owner only."""
    made = []
    for username, full_name, kind, code in ACCOUNTS:
        made.append(DemoAccount(username, secrets.token_urlsafe(9), kind.label))
        user = get_user_model().objects.create_user(username, password=made[-1].password, full_name=full_name)
        Role.objects.create(user=user, unit=Unit.objects.get(code=code), kind=kind)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{one.username:<10} {one.password:<14} {one.role}\n" for one in made)
    return made
