"""A nation out of one province: its rows are copied within the database, and all rules look at them once in the end.

Meanwhile triggers stand aside, and what would have to be kept up row by row is away: links, indexes but those of the
keys, periods that may not overlap. Putting it back the database looks at all rows at once. The copies have no history.
"""

from contextlib import contextmanager

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import CharField, Max

from binhlu_portal.db.rules_aside import rules_aside
from members.models import Member
from organizations.choices import Kind, Sector
from organizations.models import Unit, UnitPeriod

from .standing_rules import broken_rules
from .tree import START
from .world import load_province

PROVINCE = 34_000
"""Members of a province like Lai Châu; the nation, 5.6 million, is 165 of them."""


class RuleBroken(Exception):
    """A row of the world breaks a rule of the database: there is nothing to measure then."""


def load(members, per_commune=900, say=lambda line: None):
    """Fill an empty database with about `members` people; return the topmost unit, and the communes of one province.

    More people than a province has are those of a nation, whose provinces are copies of one.
    """
    provinces = max(1, round(members / PROVINCE))
    root, communes = load_province(members // provinces, per_commune, say)
    if provinces > 1:
        root = make_nation(provinces, say)
    connection.cursor().execute("ANALYZE")
    return root, communes


def make_nation(copies, say):
    """Copy the province that is there until there are so many; return the nation that stands above all of them."""
    models = copied_models()
    with transaction.atomic():
        with rules_aside("default", {model._meta.db_table for model in models}), indexes_aside(models, say):
            copy(models, copies, say)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        nation = Unit.objects.create(code="toan-dang", started_on=START)
        UnitPeriod.objects.create(
            unit=nation, kind=Kind.NATION, sector=Sector.OTHER, name="Toàn Đảng", started_on=START
        )
        UnitPeriod.objects.filter(parent=None).exclude(unit=nation).update(parent=nation)
        say("  provinces hang beneath the nation")
    if broken := broken_rules(models, say):
        raise RuleBroken("; ".join(broken))
    return nation


def copied_models():
    """Return the models whose rows belong to units or members: those two, and what links to such a model."""
    found = {Unit: None, Member: None}
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    for _ in models:  # a chain of links is no longer than there are models
        for model in models:
            if any(field.related_model in found for field in model._meta.local_concrete_fields):
                found[model] = None
    return [*found]


def copy(models, copies, say):
    """Write the rows of `models` so often again, each time with other keys; what is unique gets a number behind it."""
    last = {model: model.objects.aggregate(last=Max("pk"))["last"] for model in models}
    there = [model for model in models if last[model]]
    with connection.cursor() as cursor:
        for number in range(1, copies):
            for model in there:
                quote, fields = connection.ops.quote_name, model._meta.local_concrete_fields
                values = ", ".join(_value(field, quote(field.column), last, number) for field in fields)
                columns = ", ".join(quote(field.column) for field in fields)
                table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
                cursor.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {key} <= {last[model]}"
                )
            if number % 10 == 0 or number == copies - 1:
                say(f"  {number + 1} provinces of {copies} written")


def _value(field, column, last, number):
    """Return what stands in a column of a copy: keys and links are moved behind those that are there."""
    moved = last.get(field.model if field.primary_key else field.related_model)
    if moved:
        return f"{column} + {moved * number}"
    if field.unique and isinstance(field, CharField):
        return f"{column} || '_{number + 1}'"
    return column


KEPT_UP = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
    contype = 'f' AS is_link
FROM pg_constraint WHERE contype IN ('f', 'x', 'u') AND conrelid = ANY(%(tables)s::regclass[])
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid), false
FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[])
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'x', 'u'))
ORDER BY is_link
"""
"""What PostgreSQL keeps up with each row: how it goes away, how it comes back. Links come back last, by indexes."""


@contextmanager
def indexes_aside(models, say):
    """Leave PostgreSQL without links and indexes of `models` while the block writes; SQLite keeps them."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(KEPT_UP, {"tables": [model._meta.db_table for model in models]})
        kept_up = cursor.fetchall()
        for away, _, _ in kept_up:
            cursor.execute(away)
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        for _, back, _ in kept_up:
            cursor.execute(back)
        say(f"  {len(kept_up)} indexes and links put back")
