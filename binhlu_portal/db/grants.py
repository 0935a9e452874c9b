"""Grants: what the role that serves may do, where PostgreSQL knows another one that migrates.

They follow every `migrate`, so that no table of a new version waits for somebody who remembers.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, connections

LOGS = "audit_entry, audit_access, accounts_attempt"
"""Tables to which lines are added and never changed: the role may not even try."""

BY_THE_DATABASE = "audit_entry, audit_access"
"""Those of them to which functions of the database alone add: triggers the history, another one the log of access."""

FUNCTIONS = "audit_note_access, dispose_of_audit_access, dispose_of_accounts_attempt, dispose_of_audit_submission"
"""What the role may have the owner do: add a line to the log of access, delete lines whose time to live is over."""

STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER ROLE {role} SET jit = off",
    f"REVOKE UPDATE, DELETE, TRUNCATE ON {LOGS} FROM {{role}}",
    f"REVOKE INSERT ON {BY_THE_DATABASE} FROM {{role}}",
    f"GRANT EXECUTE ON FUNCTION {FUNCTIONS} TO {{role}}",
)
"""Sequences are read by the nightly backup."""


def grant_to_portal(using: str, **kwargs: Any) -> None:
    """Give the role named in the settings its rights, a receiver of `post_migrate`. Raises CommandError without it."""
    connection, role = connections[using], settings.PORTAL_ROLE
    if not role or connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise CommandError(f"PostgreSQL chưa có vai trò “{role}” (PORTAL_ROLE): tạo bằng createuser rồi chạy lại.")
        for statement in () if found[0] else STATEMENTS:
            cursor.execute(statement.format(role=connection.ops.quote_name(role)))


def rewritable(role: str) -> list[str]:
    """Return the logs in which a role of PostgreSQL may change or delete lines, or add what nobody did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s) AS name WHERE has_table_privilege(%s, name, 'UPDATE, DELETE, TRUNCATE') "
            "OR name = ANY(%s) AND has_table_privilege(%s, name, 'INSERT')",
            [LOGS.split(", "), role, BY_THE_DATABASE.split(", "), role],
        )
        return [name for (name,) in cursor.fetchall()]
