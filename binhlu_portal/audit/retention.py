"""Retention: for how many months lines are kept. The database lets nobody delete a younger one, whoever asks.

How many months is a value of the office, a threshold, and never fewer than the least said here. Months are whole ones
of the calendar: what is older than the first day of the month that lies so many months back may go.
"""

from dataclasses import dataclass

from binhlu_portal.db.triggers import AS_OWNER, Guard

VALUE = (
    "COALESCE((SELECT CAST(low AS integer) FROM organizations_threshold WHERE code = '{code}' "
    "AND started_on <= CURRENT_DATE ORDER BY started_on DESC LIMIT 1), {least})"
)
"""The months in force, as `organizations.in_force` finds them."""

CUTOFF = {
    "sqlite": "datetime('now', 'start of month', '-' || MAX({least}, {value}) || ' months')",
    "postgresql": (
        "(date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => GREATEST({least}, {value}))) "
        "AT TIME ZONE 'UTC'"
    ),
}
"""The moment from which on lines stay."""


@dataclass(frozen=True)
class Retention:
    """Trigger that refuses to delete lines of a table that are not old enough, and what deletes those that are.

    `code` is that of the threshold, `least` the fewest months. The role that serves may delete nothing on PostgreSQL:
    it calls a function of the owner, which has no argument and takes away what the trigger lets go.
    """

    log: str
    table: str
    code: str
    least: int
    message: str

    @property
    def name(self) -> str:
        """Name of the rule."""
        return f"{self.log}_retention"

    @property
    def function(self) -> str:
        """Name of the function of PostgreSQL that deletes what is old enough."""
        return f"dispose_of_{self.table}"

    def cutoff(self, vendor: str) -> str:
        """Return the SQL expression for the moment from which on lines stay."""
        return CUTOFF[vendor].format(least=self.least, value=VALUE.format(code=self.code, least=self.least))

    def deletion(self, vendor: str) -> str:
        """Return the statement that deletes what is old enough."""
        return f"DELETE FROM {self.table} WHERE at < {self.cutoff(vendor)}"

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place."""
        refuse = f"OLD.at >= {self.cutoff(vendor)}"
        guard = Guard(f"{self.log}_append_only", self.table, refuse, self.message, ("DELETE",)).sql(vendor)
        if vendor != "postgresql":
            return guard
        return [
            *guard,
            f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS bigint LANGUAGE plpgsql {AS_OWNER} AS $$ "
            f"DECLARE gone bigint; BEGIN {self.deletion(vendor)}; "
            "GET DIAGNOSTICS gone = ROW_COUNT; RETURN gone; END $$",
            f"REVOKE EXECUTE ON FUNCTION {self.function} FROM PUBLIC",
        ]


RETENTIONS = (
    Retention(
        "access",
        "audit_access",
        "keeping.access_months",
        24,
        "Nhật ký truy cập không thể xóa khi chưa hết thời gian giữ.",
    ),
    Retention(
        "attempt",
        "accounts_attempt",
        "keeping.attempt_months",
        12,
        "Nhật ký đăng nhập không thể xóa khi chưa hết thời gian giữ.",
    ),
    Retention(
        "submission",
        "audit_submission",
        "keeping.submission_months",
        1,
        "Dấu của lần gửi biểu mẫu không thể xóa khi chưa hết thời gian giữ.",
    ),
)
"""What is kept for a while only. A submission outlives every draft that a browser keeps, which is a week."""
