"""Triggers of the history itself: what was noted is append-only, and the database counts its lines."""

from dataclasses import dataclass

from binhlu_portal.db.triggers import AS_OWNER, Guard

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


@dataclass(frozen=True)
class AccessFunction:
    """Function of PostgreSQL that adds a line to the log of access, for a role that may not do so itself.

    No line is of a time to come, so that nothing stands before what was noted already.
    """

    table: str = "audit_access"
    name: str = "audit_note_access"

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that make the function."""
        if vendor != "postgresql":
            return []
        given = "noted timestamptz, who bigint, kind text, what text, address text, lines integer"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}({given}) RETURNS void LANGUAGE sql {AS_OWNER} AS $$ "
            f"INSERT INTO audit_access (at, user_id, kind, what, address, rows) "
            f"VALUES (LEAST(noted, clock_timestamp()), who, $3, $4, $5, lines) $$",
            f"REVOKE EXECUTE ON FUNCTION {self.name} FROM PUBLIC",
        ]


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
    AccessFunction(),
    *RETENTIONS,
]
