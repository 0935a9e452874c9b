"""Rules of the database, looked at for all rows that stand: each guard's condition as one question over its table.

A trigger judges one row when it is written. The same condition over every row tells what a bulk copy has broken.
"""

import time

from django.apps import apps
from django.db import connection

from binhlu_portal.db.field_rules import FieldRules
from binhlu_portal.db.triggers import Guard, GuardedAppConfig


def standing_rules(models):
    """Yield (name, table, condition over NEW that refuses a row) of all rules that judge rows as they stand."""
    tables = {model._meta.db_table for model in models}
    for config in apps.get_app_configs():
        for rule in config.rules() if isinstance(config, GuardedAppConfig) else ():
            if rule.table not in tables:
                continue
            if type(rule) is Guard and "INSERT" in rule.events:  # a lock judges what changes, no row as it stands
                yield rule.name, rule.table, rule.refuse
            if isinstance(rule, FieldRules):
                yield (
                    rule.name,
                    rule.table,
                    " OR ".join(f"({refuse})" for _, refuse, _ in rule.refused(connection.vendor)),
                )


def broken_rules(models, say):
    """Return the names of the rules that rows of `models` break."""
    broken, started = [], time.monotonic()
    with connection.cursor() as cursor:
        for name, table, refuse in standing_rules(models):
            began = time.monotonic()
            cursor.execute(f"SELECT COUNT(*) FROM {table} NEW WHERE {refuse}")
            if cursor.fetchone()[0]:
                broken.append(name)
            if time.monotonic() - began > 10:
                say(f"  rule {name} looked at in {time.monotonic() - began:.0f} s")
    say(f"  all rules looked at in {time.monotonic() - started:.0f} s")
    return broken
