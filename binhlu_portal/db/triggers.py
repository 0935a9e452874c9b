"""Database triggers and exclusion constraints: rules that hold whatever wrote the row, on SQLite and on PostgreSQL.

Each app lists its rules in `triggers.py`; they are put in place after every `migrate`. Before one that has something to
do they leave SQLite: Django rebuilds a table there to change it, and a trigger that names the table forbids that. A
broken rule raises `IntegrityError` with the Vietnamese sentence of the rule.
"""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True)
class Guard:
    """Trigger that refuses a row when the SQL condition `refuse` over NEW (and OLD) holds.

    It must suit both databases.
    """

    name: str
    table: str
    refuse: str
    message: str
    events: tuple[str, ...] = ("INSERT", "UPDATE")

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place."""
        if vendor == "postgresql":
            body = (
                f"IF {self.refuse} THEN RAISE EXCEPTION '{self.message}' "
                f"USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}'; END IF;"
            )
        else:
            body = f"SELECT RAISE(ABORT, '{self.message}') WHERE {self.refuse};"
        return [sql for event in self.events for sql in trigger(vendor, self.name, self.table, "BEFORE", event, body)]


ALONE = "PERFORM pg_advisory_xact_lock(hashtext('derived'));"
"""Waits, in a trigger of PostgreSQL, until no other transaction derives rows."""


@dataclass(frozen=True)
class Reaction:
    """Trigger that derives rows: SQL that follows a row. `{greatest}` and `{least}` name the two functions.

    On PostgreSQL one transaction at a time derives rows: two that do not see each other's rows would miss what follows
    from both. SQLite has one writer anyway.
    """

    name: str
    table: str
    event: str
    statements: tuple[str, ...]

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place."""
        if vendor == "postgresql":
            names, alone = {"greatest": "GREATEST", "least": "LEAST"}, ALONE
        else:
            names, alone = {"greatest": "MAX", "least": "MIN"}, ""
        body = " ".join([alone, *(f"{statement.format(**names)};" for statement in self.statements)])
        return trigger(vendor, self.name, self.table, "AFTER", self.event, body)


@dataclass(frozen=True)
class NoOverlap:
    """Exclusion constraint: periods of rows that agree in `keys` never share a day; `where` narrows it to some rows.

    `where` has no prefix. On SQLite a trigger keeps the same rule.
    """

    name: str
    table: str
    keys: tuple[str, ...]
    message: str
    where: str = ""

    messages: ClassVar[dict[str, str]] = {}
    """The sentences of all such rules by name: an exclusion constraint itself speaks English."""

    def __post_init__(self):
        """Keep the sentence at hand."""
        self.messages[self.name] = self.message

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place: an exclusion constraint, or a trigger on SQLite."""
        return self.exclusion() if vendor == "postgresql" else self.guard().sql(vendor)

    def exclusion(self) -> list[str]:
        """Return PostgreSQL's constraint; it holds between concurrent transactions too."""
        keys = ", ".join(f"{key} WITH =" for key in self.keys)
        where = f"WHERE ({self.where})" if self.where else ""
        return [
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{self.name}' "
            f"AND conrelid = '{self.table}'::regclass) THEN ALTER TABLE {self.table} ADD CONSTRAINT {self.name} "
            f"EXCLUDE USING gist ({keys}, daterange(started_on, ended_on) WITH &&) {where}; END IF; END $$"
        ]

    def guard(self) -> Guard:
        """Return the same rule as a trigger; SQLite has one writer at a time, so nothing slips between."""
        same = " AND ".join(f"other.{key} = NEW.{key}" for key in self.keys)
        where = f" AND other.{self.where} AND NEW.{self.where}" if self.where else ""
        refuse = (
            f"EXISTS (SELECT 1 FROM {self.table} other WHERE {same}{where} AND other.id <> COALESCE(NEW.id, -1) "
            "AND other.started_on < NEW.ended_on AND other.ended_on > NEW.started_on)"
        )
        return Guard(self.name, self.table, refuse, self.message)


def trigger(vendor: str, name: str, table: str, moment: str, event: str, body: str) -> list[str]:
    """Trigger SQL: the statements that make (or replace) one row trigger.

    `moment` is BEFORE or AFTER, `event` INSERT, UPDATE or DELETE, `body` what it does.
    """
    name = f"{name}_{event.lower()}"
    if vendor == "postgresql":
        row = "OLD" if event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {body} RETURN {row}; END $$",
            f"CREATE OR REPLACE TRIGGER {name} {moment} {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} {moment} {event} ON {table} FOR EACH ROW BEGIN {body} END",
    ]


def install_triggers(rules: Iterable[Any], using: str) -> None:
    """Install triggers: put `rules` (anything with `table` and `sql`) into the database `using`.

    Those of tables that do not exist (yet) wait for the next `migrate`.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for rule in rules:
            for statement in rule.sql(connection.vendor) if rule.table in tables else ():
                cursor.execute(statement)


def drop_triggers(sender: AppConfig, using: str, plan: Sequence = (), **kwargs: Any) -> None:
    """Drop all triggers of SQLite before the migrations of `plan`, a receiver of `pre_migrate`."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


class GuardedAppConfig(AppConfig):
    """App of records: the `GUARDS` of its `triggers.py` are put into the database after every migration."""

    def ready(self) -> None:
        """Ask to be called before and after each migration of this app."""
        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(self.install_guards, sender=self)

    def install_guards(self, sender: AppConfig, using: str, **kwargs: Any) -> None:
        """Install this app's rules, a receiver of `post_migrate`."""
        install_triggers(importlib.import_module(f"{self.name}.triggers").GUARDS, using)
