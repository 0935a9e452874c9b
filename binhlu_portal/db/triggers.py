"""Database triggers and exclusion constraints: rules that hold whatever wrote the row, on SQLite and on PostgreSQL.

Each app lists its rules in `triggers.py`; they are put in place after every `migrate`. Before one that has something to
do they leave SQLite: Django rebuilds a table there to change it, and a trigger that names the table forbids that. A
broken rule raises `IntegrityError` with the Vietnamese sentence of the rule.
"""

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True)
class Guard:
    """Trigger that refuses a row when the SQL condition `refuse` over NEW (and OLD) holds.

    It must suit both databases. A changed row is judged when one of the columns `of` changes; without them, always.
    """

    name: str
    table: str
    refuse: str
    message: str
    events: tuple[str, ...] = ("INSERT", "UPDATE")
    of: tuple[str, ...] = ()

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place."""
        found = []
        for event in self.events:
            refuse = (
                f"({changed(vendor, *self.of)}) AND ({self.refuse})" if self.of and event == "UPDATE" else self.refuse
            )
            found += trigger(vendor, self.name, self.table, "BEFORE", event, self.body(vendor, refuse))
        return found

    def body(self, vendor: str, refuse: str) -> str:
        """Return what the trigger does."""
        if vendor == "postgresql":
            return (
                f"IF {refuse} THEN RAISE EXCEPTION '{self.message}' "
                f"USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}'; END IF;"
            )
        return f"SELECT RAISE(ABORT, '{self.message}') WHERE {refuse};"


@dataclass(frozen=True)
class Hold:
    """Row lock that a trigger of PostgreSQL takes before the guards of `table` look at rows of the table `rests_on`.

    What may be written depends on them: two transactions of which one changes such a row and the other writes what
    rests on it wait for each other, or each would see the state before and both break the rule together (write skew).
    `keys` are the columns that name the rows. Whoever only rests on a row shares it; `alone` is for tables whose own
    rows others look at. SQLite has one writer anyway.
    """

    table: str
    rests_on: str
    keys: tuple[str, ...]
    alone: bool = False

    @property
    def name(self) -> str:
        """Name of the trigger: PostgreSQL goes by the alphabet, and so it comes before every guard."""
        return f"a_hold_{self.table}_{self.rests_on}"

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the lock in place."""
        if vendor != "postgresql":
            return []
        strength = "NO KEY UPDATE" if self.alone else "SHARE"
        rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
        found = []
        for event, sides in rows.items():
            keys = ", ".join(f"{side}.{key}" for side in sides for key in self.keys)
            body = f"PERFORM 1 FROM {self.rests_on} held WHERE held.id IN ({keys}) ORDER BY held.id FOR {strength};"
            found += trigger(vendor, self.name, self.table, "BEFORE", event, body)
        return found


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

    owners: ClassVar[dict[str, tuple[str, ...]]] = {}
    """The keys of such a rule by its table: whose periods are kept apart."""

    def __post_init__(self):
        """Keep the sentence and the keys at hand."""
        self.messages[self.name] = self.message
        self.owners[self.table] = self.keys

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place: an exclusion constraint, or a trigger on SQLite."""
        return self.exclusion() if vendor == "postgresql" else self.guard().sql(vendor)

    def exclusion(self) -> list[str]:
        """Return PostgreSQL's constraint; it holds between concurrent transactions too.

        Keys stand in it as sums, which no question asks for: PostgreSQL takes its index for cheaper than that of the
        link, and finds a row in it ten times slower. It is made anew where what it says has changed.
        """
        keys = ", ".join(f"({key} + 0) WITH =" if key.endswith("_id") else f"{key} WITH =" for key in self.keys)
        where = f" WHERE ({self.where})" if self.where else ""
        says = f"EXCLUDE USING gist ({keys}, daterange(started_on, ended_on) WITH &&){where}"
        said = "'{}'".format(says.replace("'", "''"))
        return [
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{self.name}' "
            f"AND conrelid = '{self.table}'::regclass AND obj_description(oid, 'pg_constraint') = {said}) THEN "
            f"ALTER TABLE {self.table} DROP CONSTRAINT IF EXISTS {self.name}; "
            f"ALTER TABLE {self.table} ADD CONSTRAINT {self.name} {says}; "
            f"COMMENT ON CONSTRAINT {self.name} ON {self.table} IS {said}; END IF; END $$"
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


def changed(vendor: str, *columns: str) -> str:
    """Return the SQL condition that an UPDATE gives one of `columns` another value."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)


AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
"""What lets a function of PostgreSQL write where only the owner of the tables may, whoever calls it."""


def trigger(
    vendor: str, name: str, table: str, moment: str, event: str, body: str, *, as_owner: bool = False
) -> list[str]:
    """Trigger SQL: the statements that make (or replace) one row trigger.

    `moment` is BEFORE or AFTER, `event` INSERT, UPDATE or DELETE, `body` what it does. One that writes `as_owner` is
    nobody else's to put on a table of his own.
    """
    name = f"{name}_{event.lower()}"
    if vendor == "postgresql":
        row = "OLD" if event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {AS_OWNER * as_owner} AS $$ "
            f"BEGIN {body} RETURN {row}; END $$",
            *([f"REVOKE EXECUTE ON FUNCTION {name}() FROM PUBLIC"] if as_owner else []),
            f"CREATE OR REPLACE TRIGGER {name} {moment} {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} {moment} {event} ON {table} FOR EACH ROW BEGIN {body} END",
    ]


@dataclass(frozen=True)
class KeptWhole:
    """Trigger that lets no row leave a table unseen: the table is not emptied, and no row replaced by one with its key.

    Neither would call the triggers of deleted rows: TRUNCATE of PostgreSQL never does, and INSERT OR REPLACE of SQLite
    only on the connections of the portal.
    """

    table: str
    key: str = "id"

    @property
    def name(self) -> str:
        """Name of the trigger."""
        return f"{self.table}_kept_whole"

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place."""
        if vendor == "postgresql":
            return [
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION 'Không được xóa trống bảng {self.table}.' USING ERRCODE = 'check_violation'; END $$",
                f"CREATE OR REPLACE TRIGGER {self.name} BEFORE TRUNCATE ON {self.table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {self.name}()",
            ]
        same = f'SELECT 1 FROM {self.table} kept WHERE kept."{self.key}" = NEW."{self.key}"'
        body = f"SELECT RAISE(ABORT, 'Bản ghi có mã này đã có: không thay bằng bản ghi khác.') WHERE EXISTS ({same});"
        return trigger(vendor, self.name, self.table, "BEFORE", "INSERT", body)


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
    """App of records: its rules are put into the database after every migration."""

    more_rules: ClassVar[list[Callable[[AppConfig], Iterable[Any]]]] = []
    """Functions that give further rules of an app of records: its history, for one."""

    def ready(self) -> None:
        """Ask to be called before and after each migration of this app."""
        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(self.install_guards, sender=self)

    def rules(self) -> list[Any]:
        """Return the rules of this app: the `GUARDS` of its `triggers.py`, then what holds for all tables alike."""
        guards = importlib.import_module(f"{self.name}.triggers").GUARDS
        return [*guards, *(rule for more in self.more_rules for rule in more(self))]

    def install_guards(self, sender: AppConfig, using: str, **kwargs: Any) -> None:
        """Install this app's rules, a receiver of `post_migrate`."""
        install_triggers(self.rules(), using)
