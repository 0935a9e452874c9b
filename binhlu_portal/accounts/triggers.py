"""What the database keeps of accounts: what was noted of signing in is never changed nor deleted."""

from binhlu_portal.db.triggers import Guard

GUARDS = [
    Guard(
        "attempt_append_only",
        "accounts_attempt",
        "TRUE",
        "Nhật ký đăng nhập không thể sửa hoặc xóa.",
        events=("UPDATE", "DELETE"),
    )
]
