"""Triggers of the history itself: what was noted is append-only, never changed nor deleted."""

from binhlu_portal.db.triggers import Guard

GUARDS = [
    Guard(name, table, "TRUE", message, events=("UPDATE", "DELETE"))
    for name, table, message in (
        ("audit_append_only", "audit_entry", "Lịch sử thay đổi không thể sửa hoặc xóa."),
        ("access_append_only", "audit_access", "Nhật ký truy cập không thể sửa hoặc xóa."),
    )
]
