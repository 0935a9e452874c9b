"""What tests of records prove with: a small world of records, whether anything was written, which rule was named."""

import importlib
import re
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import IntegrityError, connection, models, transaction

from binhlu_portal.db.actions import Decision
from binhlu_portal.db.triggers import GuardedAppConfig
from members.admissions import actions as admissions
from members.choices import Education, Post
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from organizations.choices import Kind, Sector
from organizations.models import Unit
from tests.factories import START, make_member, make_person, make_root, make_unit

APPS = ("organizations", "members", "assessments", "reports")
DAY = date(2026, 1, 15)
"""A day on which the world below has stood for half a year."""

GONE = date(2025, 12, 1)
"""The day on which one cell of the world is no more and one member has gone to another committee."""


def make_world():
    """Return a commune with cells `a` and `b`, a party organization `org` with its cell `nested`, and their members.

    `gone` is dissolved and `bare` has a life and no periods. Lan (secretary) and Minh are in A, Hoa in B; Thu was in
    A and went away; Mai is a candidate in A and Son was admitted there.
    """
    root = make_root()
    a, b, gone = (make_unit(code, root) for code in ("a", "b", "gone"))
    org = make_unit("org", root, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY)
    nested = make_unit("nested", org, sector=Sector.STATE_AGENCY)
    restructuring.dissolve(cell=gone, day=GONE)
    lan, minh = (make_member(a, name, card_number=number) for name, number in (("Lan", "11111111"), ("Minh", "")))
    hoa = make_member(b, "Hoà", card_number="22222222", citizen_id="012345678901", profile_number="012345L")
    thu = make_member(a, "Thu")
    membership.transfer_out(member=thu, day=GONE)
    mai, son = (again(make_person(name)) for name in ("Mai", "Sơn"))
    return SimpleNamespace(
        root=root,
        a=a,
        b=b,
        gone=again(gone),
        org=org,
        nested=nested,
        bare=Unit.objects.create(code="bare", started_on=START),
        lan=lan,
        minh=minh,
        hoa=hoa,
        thu=thu,
        mai=mai,
        son=son,
        secretary=positions.appoint(unit=a, post=Post.SECRETARY, member=lan, day=START),
        levels=member_records.set_levels(member=lan, day=START, education=Education.PRIMARY),
        candidacy=admissions.list_candidate(member=mai, unit=a, day=START),
        admission=admissions.admit(member=son, unit=a, day=START, decision=Decision("01-QĐ/ĐU", START)),
    )


def again(row):
    """Return the same row as the database has it."""
    return type(row)._base_manager.get(pk=row.pk)


def records():
    """Return every row of every table of the four apps and of accounts, as the database keeps it, by table."""
    found = [model._meta for model in apps.get_models() if model._meta.app_label in (*APPS, "accounts")]
    with connection.cursor() as cursor:
        return {table.label: rows_of(cursor, table) for table in found}


def rows_of(cursor, table):
    """Return every row of a table; each is asked for so often that Django's own way takes most of the time."""
    cursor.execute(f"SELECT * FROM {table.db_table} ORDER BY {table.pk.column}")
    return cursor.fetchall()


@contextmanager
def refused(*fragments):
    """Expect a refusal whose message holds each of `fragments`, and not one row written."""
    before = records()
    with pytest.raises(ValidationError) as caught:
        yield
    message = " ".join(caught.value.messages)
    for fragment in fragments:
        assert fragment in message
    assert records() == before


@contextmanager
def undone():
    """Undo in the database whatever the block writes: one example of a property leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def guards():
    """Return the database rules of all apps, by name."""
    found = [config.name for config in apps.get_app_configs() if isinstance(config, GuardedAppConfig)]
    return {rule.name: rule for app in found for rule in importlib.import_module(f"{app}.triggers").GUARDS}


def constraints():
    """Return the constraints of all tables of the four apps, by name."""
    found = [model for model in apps.get_models() if model._meta.app_label in APPS]
    return {constraint.name: constraint for model in found for constraint in model._meta.constraints}


def insert_in_bulk(row):
    """Write a new row past its `save`, its rules and every verb."""
    type(row)._base_manager.bulk_create([row])


def insert_by_sql(row):
    """Write a new row by plain SQL."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({places})", values)


def update_in_bulk(row, **values):
    """Change a row past its `save`, its rules and every verb."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def update_by_sql(row, **values):
    """Change a row by plain SQL."""
    fields = [row._meta.get_field(name) for name in values]
    plain = [value.pk if isinstance(value, models.Model) else value for value in values.values()]
    prepared = [field.get_db_prep_save(value, connection) for field, value in zip(fields, plain, strict=True)]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s", [*prepared, row.pk])


every_insert = pytest.mark.parametrize("insert", [insert_in_bulk, insert_by_sql])
every_update = pytest.mark.parametrize("update", [update_in_bulk, update_by_sql])


@contextmanager
def broken(*names):
    """Expect the database to refuse the block because of one of the rules `names`."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    found = named(caught.value)
    assert found in {signature(name) for name in names}, found


def named(error):
    """Return what the database names when a rule is broken: its name on PostgreSQL, its words on SQLite."""
    return error.__cause__.diag.constraint_name if connection.vendor == "postgresql" else str(error)


def signature(name):
    """Return what the database is to name for the rule `name`."""
    if connection.vendor == "postgresql":
        return name
    if name in guards():
        return guards()[name].message
    constraint = constraints()[name]
    if isinstance(constraint, models.CheckConstraint):
        return f"CHECK constraint failed: {name}"
    model = next(model for model in apps.get_models() if constraint in model._meta.constraints)
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    return f"UNIQUE constraint failed: {', '.join(f'{model._meta.db_table}.{column}' for column in columns)}"


def assert_bound_alike(statement, fresh, asked):
    """Prove that a prepared statement, bound to what is `asked`, is the one that the `fresh` queryset compiles to."""
    sql, values = statement.bound(asked)
    if sql is None:
        with pytest.raises(EmptyResultSet):
            fresh.query.sql_with_params()
        return
    assert whole(sql, values) == whole(*fresh.query.sql_with_params())


def whole(sql, values):
    """Return a statement with all its values written into it, none of them in brackets."""
    texts = tuple("'{}'".format(str(value).replace("'", "''")) for value in values)
    return re.sub(r"\(('[^']*')\)", r"\1", sql % texts)
