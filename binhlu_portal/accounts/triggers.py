"""Triggers of accounts: the log of attempts to sign in is append-only; how long it stays, `audit.retention` says."""

from binhlu_portal.db.triggers import Guard

GUARDS = [
    Guard(
        "attempt_append_only",
        "accounts_attempt",
        "TRUE",
        "Nhật ký đăng nhập không thể sửa.",
        events=("UPDATE",),
    )
]
