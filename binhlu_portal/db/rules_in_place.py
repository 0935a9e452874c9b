"""Rules in place: whether the database has every trigger and constraint the portal relies on; else it writes nothing.

SQLite is without triggers while it is migrated, so a migration that was killed leaves it open; an owner of tables can
switch them off on PostgreSQL. Nobody would notice: records could be written without their history. So whoever is about
to write looks, once in a while, and is refused until `manage.py migrate` has put the rules back.
"""

import re
from contextlib import closing
from functools import cache
from time import monotonic

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

from .row_locks import Refusal
from .triggers import GuardedAppConfig

AGAIN = 60
"""Seconds after which a process looks again."""

STOPPED = (
    "Cơ sở dữ liệu thiếu {} quy tắc bảo vệ dữ liệu, nên hệ thống tạm ngừng ghi và chỉ cho xem. "
    "Báo người quản trị máy chủ chạy lệnh “manage.py migrate” để đặt lại quy tắc, rồi làm lại việc này."
)

TRIGGER = re.compile(r"CREATE TRIGGER (\w+) ")
FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)\(\).* AS \$\$(.*)\$\$", re.DOTALL)
CONSTRAINT = re.compile(r"ADD CONSTRAINT (\w+) ")

PRESENT = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname::text, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
        "UNION ALL SELECT conname::text, '' FROM pg_constraint WHERE contype = 'x' "
        "UNION ALL SELECT proname::text, prosrc FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    ),
}
"""What asks each database for the rules it has: (name, what the rule does), "" for a constraint."""


@cache
def expected(vendor: str) -> dict[str, str]:
    """Return the rules of all apps as a database keeps them: {name: what the rule does}."""
    found = {}
    for config in apps.get_app_configs():
        for rule in config.rules() if isinstance(config, GuardedAppConfig) else ():
            for statement in rule.sql(vendor):
                found.update(_kept_as(statement))
    return found


def _kept_as(statement):
    """Return (name, what it does) of the rule that a statement makes; none of one that only prepares it."""
    if made := FUNCTION.match(statement):
        return [made.groups()]
    if made := TRIGGER.match(statement):
        return [(made[1], statement)]
    return [(made[1], "") for made in CONSTRAINT.finditer(statement)]


def wanting() -> list[str]:
    """Return the names of the rules that the database has not, has otherwise, or has switched off.

    The statement goes past Django: who counts statements counts those of a page.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(PRESENT[connection.vendor])
        present = dict(cursor.fetchall())
    return sorted(name for name, does in expected(connection.vendor).items() if present.get(name) != does)


class Watch:
    """When this process looked last, and what it found."""

    looked_at: float | None = None
    found: tuple[str, ...] = ()


def refuse_without_rules() -> None:
    """Raise Refusal while the database lacks rules."""
    now = monotonic()
    if Watch.looked_at is None or Watch.found or now - Watch.looked_at > AGAIN:
        Watch.found, Watch.looked_at = tuple(wanting()), now
    if Watch.found:
        raise Refusal(STOPPED.format(len(Watch.found)))
