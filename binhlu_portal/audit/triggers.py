"""Triggers of the history itself: what was noted is append-only, and the database counts its lines."""

from dataclasses import dataclass

from binhlu_portal.db.triggers import Guard

from .retention import RETENTIONS

LOGS = ("audit_entry", "audit_access")
"""The logs of the history by their tables."""


@dataclass(frozen=True)
class Numbered:
    """Trigger that refuses a line of a log with a number of its own, which might stand before those noted already."""

    table: str

    @property
    def name(self) -> str:
        """Name of the trigger."""
        return f"{self.table}_numbered"

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place; a number that is not given is -1 on SQLite."""
        counted = f"currval(pg_get_serial_sequence('{self.table}', 'id'))" if vendor == "postgresql" else "-1"
        message = "Số thứ tự của nhật ký do cơ sở dữ liệu cấp."
        return Guard(self.name, self.table, f"NEW.id <> {counted}", message, ("INSERT",)).sql(vendor)


GUARDS = [
    Guard(
        "audit_append_only",
        "audit_entry",
        "TRUE",
        "Lịch sử thay đổi không thể sửa hoặc xóa.",
        events=("UPDATE", "DELETE"),
    ),
    Guard("access_append_only", "audit_access", "TRUE", "Nhật ký truy cập không thể sửa.", events=("UPDATE",)),
    *map(Numbered, LOGS),
    *RETENTIONS,
]
