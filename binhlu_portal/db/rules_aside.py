"""Rules that stand aside: for rows that are to be written as they are, whatever triggers would say of them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connections, transaction

TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname::text, relname::text, '' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace"
    ),
}
"""What asks each database for its triggers: (name, table, what makes it again on SQLite)."""


@contextmanager
def rules_aside(using: str, tables: Collection[str], kept: str = "") -> Iterator[None]:
    """Let no trigger of `tables` look at what the block writes, but those whose names begin with `kept`.

    It is one transaction: they are away for nobody else, and back with what was written or not at all.
    """
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = [row for row in cursor.fetchall() if row[1] in tables and not (kept and row[0].startswith(kept))]
        _look_at_all(cursor, connection)
        for name, table, _ in found:
            cursor.execute(_away(connection.vendor, name, table))
        yield
        _look_at_all(cursor, connection)
        for name, table, sql in found:
            cursor.execute(sql or f'ALTER TABLE "{table}" ENABLE TRIGGER "{name}"')


def _look_at_all(cursor, connection):
    """Have PostgreSQL look now at the links it would look at in the end: else it changes no trigger of their rows."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _away(vendor, name, table):
    return f'DROP TRIGGER "{name}"' if vendor == "sqlite" else f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"'
