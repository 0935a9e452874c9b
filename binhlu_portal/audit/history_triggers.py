"""Audit triggers: they write the history, made from the models on both databases."""

from dataclasses import dataclass

from django.apps import AppConfig
from django.db import models

from binhlu_portal.db.triggers import KeptWhole, trigger

SECRET = frozenset({"password", "totp_secret", "totp_step", "last_login", "income"})
"""Columns that never enter the history: of accounts, and what a member earns, which is not kept as long as it is."""

DERIVED = frozenset(
    {
        "organizations_ancestry",
        "audit_entry",
        "audit_acting",
        "audit_access",
        "audit_submission",
        "accounts_session",
        "accounts_attempt",
        "accounts_pairedphone",
        "accounts_passkey",
        "accounts_recoverycode",
        "accounts_remembereddevice",
        "workbook_batch",
        "workbook_folder",
        "workbook_layout",
        "reports_closing",
        "reports_frozen",
        "reports_frozenfile",
        "reports_reportoutline",
        "reports_reporttemplate",
        "reports_blankfile",
    }
)
"""Tables without history of their own: derived rows, what a closing froze, the history itself, who is signed in."""

INTO = 'INSERT INTO audit_entry (at, user_id, reason, act, action, "table", "row", before, after)'


@dataclass(frozen=True)
class HistoryTrigger:
    """Audit triggers of one table: three that write its history; `columns` are noted."""

    table: str
    columns: tuple[str, ...]

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the triggers in place."""
        make = self.postgresql if vendor == "postgresql" else self.sqlite
        return [sql for event, before, after in EVENTS for sql in make(event, before, after)]

    def postgresql(self, event: str, before: str, after: str) -> list[str]:
        """Return the trigger of one event for PostgreSQL."""
        secret = "".join(f" - '{column}'" for column in sorted(SECRET))
        rows = [f"to_jsonb({row}){secret}" if row else "NULL" for row in (before, after)]
        body = (
            f"{INTO} VALUES (clock_timestamp(), NULLIF(current_setting('portal.user', true), '')::bigint, "
            f"COALESCE(current_setting('portal.reason', true), ''), "
            f"NULLIF(current_setting('portal.act', true), '')::uuid, '{ACTIONS[event]}', '{self.table}', "
            f"{after or before}.id, {rows[0]}, {rows[1]});"
        )
        if event == "UPDATE":
            body = f"IF {rows[0]} IS DISTINCT FROM {rows[1]} THEN {body} END IF;"
        return trigger("postgresql", self.name, self.table, "AFTER", event, body, as_owner=True)

    def sqlite(self, event: str, before: str, after: str) -> list[str]:
        """Return the trigger of one event for SQLite."""
        rows = [self.json(row) if row else "NULL" for row in (before, after)]
        differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in self.columns)
        body = (
            f"{INTO} SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), (SELECT user FROM audit_acting), "
            "COALESCE((SELECT reason FROM audit_acting), ''), (SELECT act FROM audit_acting), "
            f"'{ACTIONS[event]}', '{self.table}', {after or before}.id, {rows[0]}, {rows[1]}"
            + (f" WHERE {differs}" if event == "UPDATE" else "")
            + ";"
        )
        return trigger(vendor="sqlite", name=self.name, table=self.table, moment="AFTER", event=event, body=body)

    def json(self, row: str) -> str:
        """Return SQLite's expression for a row as a JSON object."""
        return "json_object(" + ", ".join(f"'{column}', {row}.\"{column}\"" for column in self.columns) + ")"

    @property
    def name(self) -> str:
        """Return the name of the triggers, without the event."""
        return f"history_{self.table}"


ACTIONS = {"INSERT": "created", "UPDATE": "changed", "DELETE": "deleted"}
EVENTS = (("INSERT", "", "NEW"), ("UPDATE", "OLD", "NEW"), ("DELETE", "OLD", ""))


def history_triggers(app_config: AppConfig) -> list[HistoryTrigger]:
    """Audit triggers of all tables of an app, but those in `DERIVED`."""
    return [
        HistoryTrigger(model._meta.db_table, columns(model))
        for model in app_config.get_models(include_auto_created=True)
        if model._meta.db_table not in DERIVED
    ]


def kept_tables(app_config: AppConfig) -> list[KeptWhole]:
    """Rules that no row leaves a table of an app past its history, but for the one that says who acts just now."""
    models = [model._meta for model in app_config.get_models(include_auto_created=True)]
    return [KeptWhole(meta.db_table, meta.pk.column) for meta in models if meta.db_table != "audit_acting"]


def columns(model: type[models.Model]) -> tuple[str, ...]:
    """Audited columns of a table: those that enter the history."""
    return tuple(field.column for field in model._meta.local_concrete_fields if field.column not in SECRET)
