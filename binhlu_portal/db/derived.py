"""Derived tables: rows that follow from other rows by triggers, and that no other hand writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections

from .triggers import Guard, trigger

ALONE = "PERFORM pg_advisory_xact_lock(hashtext('derived'));"
"""Waits, in a trigger of PostgreSQL, until no other transaction derives rows."""


@dataclass(frozen=True)
class Reaction:
    """Trigger that derives rows: SQL that follows a row. `{greatest}` and `{least}` name the two functions.

    On PostgreSQL one transaction at a time derives rows: two that do not see each other's rows would miss what follows
    from both. SQLite has one writer anyway; there a mark says that rows are being derived (see `DerivedTable`).
    """

    name: str
    table: str
    event: str
    statements: tuple[str, ...]

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place."""
        if vendor == "postgresql":
            names, before, after = {"greatest": "GREATEST", "least": "LEAST"}, ALONE, ""
        else:
            names, before, after = {"greatest": "MAX", "least": "MIN"}, f"{MARK[vendor]};", f"{UNMARK[vendor]};"
        body = " ".join([before, *(f"{statement.format(**names)};" for statement in self.statements), after])
        return trigger(vendor, self.name, self.table, "AFTER", self.event, body)


MARK = {"sqlite": "INSERT INTO deriving VALUES (1)", "postgresql": "SET LOCAL portal.deriving = 'yes'"}
"""Says, until the end of the transaction, that rows are being derived."""

UNMARK = {"sqlite": "DELETE FROM deriving", "postgresql": "SET LOCAL portal.deriving = ''"}
"""Takes the mark away."""


@dataclass(frozen=True)
class DerivedTable:
    """Trigger that lets nobody write the rows of a table but the reactions that derive them, and who asks for it aloud.

    PostgreSQL knows that a trigger is called by another. SQLite does not: its reactions leave a mark while they write.
    It keeps out mistakes, but not somebody who sets the mark to forge rows.
    """

    table: str
    message: str

    @property
    def name(self) -> str:
        """Name of the trigger."""
        return f"{self.table}_derived"

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place."""
        if vendor == "postgresql":
            place = []
            by_hand = "pg_trigger_depth() < 2 AND coalesce(current_setting('portal.deriving', true), '') = ''"
        else:
            place = ["CREATE TABLE IF NOT EXISTS deriving (mark integer NOT NULL)", UNMARK[vendor]]
            by_hand = "NOT EXISTS (SELECT 1 FROM deriving)"
        return place + Guard(self.name, self.table, by_hand, self.message, ("INSERT", "UPDATE", "DELETE")).sql(vendor)


@contextmanager
def deriving(using: str = "default") -> Iterator[None]:
    """Let the block write derived rows, within its transaction, and no other transaction at the same time."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DO $$ BEGIN {ALONE} END $$")
        cursor.execute(MARK[connection.vendor])
        yield
        cursor.execute(UNMARK[connection.vendor])
