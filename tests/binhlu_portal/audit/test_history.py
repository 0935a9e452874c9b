"""Every change of every record is noted, whatever wrote it, and the notes cannot be changed."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.history_triggers import DERIVED, history_triggers, kept_tables
from binhlu_portal.audit.models import Access, AccessKind, Action, Entry
from binhlu_portal.audit.triggers import LOGS
from binhlu_portal.db.triggers import GuardedAppConfig
from members.models import Badge, Member
from tests.factories import START, make_person

RECORDS = {"accounts", "organizations", "members", "assessments", "reports"}


def entries(row):
    """Return the history of a row, oldest first."""
    return list(Entry.objects.filter(table=row._meta.db_table, row=row.pk).order_by("pk"))


def test_every_table_of_records_has_a_history():
    kept = {
        history.table for app in apps.get_app_configs() for history in history_triggers(app) if app.label in RECORDS
    }
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in RECORDS}
    assert kept >= tables - DERIVED
    assert all(isinstance(apps.get_app_config(label), GuardedAppConfig) for label in RECORDS)


def test_notes_who_when_what_and_why(clerk):
    with acting(clerk, "Nhập theo danh sách tháng 9"):
        person = make_person("Lò Thị Mẫu")
    [entry] = entries(person)
    assert (entry.user, entry.reason, entry.action) == (clerk, "Nhập theo danh sách tháng 9", Action.CREATED)
    assert entry.before is None
    assert entry.after["full_name"] == "Lò Thị Mẫu"
    assert entry.at is not None


@pytest.mark.parametrize(
    "write",
    [
        lambda person: Member.objects.filter(pk=person.pk).update(phone="0000000001"),
        lambda person: Member.objects.bulk_update([_with_phone(person)], ["phone"]),
        lambda person: _sql("UPDATE members_member SET phone = '0000000001' WHERE id = %s", person.pk),
    ],
    ids=["update", "bulk_update", "sql"],
)
def test_no_path_escapes(db, write):
    person = make_person()
    write(person)
    created, changed = entries(person)
    assert created.action == Action.CREATED
    assert changed.changes == {"phone": ("", "0000000001")}
    assert changed.user is None


def test_rows_made_in_bulk_and_deleted_are_noted(db):
    person = make_person()
    Member.objects.bulk_create([Member(full_name="A", gender="male", ethnicity="kinh")])
    pk = person.pk
    person.delete()
    assert Entry.objects.filter(table="members_member", action=Action.CREATED).count() == 2
    [deleted] = Entry.objects.filter(table="members_member", row=pk, action=Action.DELETED)
    assert deleted.after is None
    assert deleted.before["id"] == pk


def test_a_save_that_changes_nothing_leaves_no_note(db):
    person = make_person()
    person.save()
    assert len(entries(person)) == 1


def test_nobody_acts_after_the_block(clerk):
    with acting(clerk, "một việc"):
        make_person()
    assert entries(make_person())[0].user is None


def test_nobody_acts_after_a_failed_block(clerk):
    with pytest.raises(RuntimeError), acting(clerk, "một việc"):
        raise RuntimeError
    assert entries(make_person())[0].user is None


def test_passwords_stay_out_of_the_history(clerk):
    clerk.set_password("mật khẩu khác")
    clerk.full_name = "Tên khác"
    clerk.save()
    for entry in entries(clerk):
        assert not {"password", "last_login"} & {*(entry.before or {}), *entry.after}


def test_what_is_done_together_can_be_found_together(clerk):
    with acting(clerk) as act:
        together = [make_person(), make_person()]
    alone = make_person()
    assert set(Entry.objects.filter(act=act).values_list("row", flat=True)) == {person.pk for person in together}
    assert entries(alone)[0].act is None


@pytest.mark.parametrize("sql", ["UPDATE audit_access SET rows = 0", "DELETE FROM audit_access"])
def test_the_log_of_opened_lists_cannot_be_changed(clerk, sql):
    Access.objects.create(user=clerk, kind=AccessKind.OPENED, what="Đảng viên", address="/", rows=3)
    with pytest.raises(IntegrityError, match="Nhật ký"), transaction.atomic():
        _sql(sql)


@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET reason = 'khác'", "DELETE FROM audit_entry"])
def test_the_history_cannot_be_changed(db, sql):
    make_person()
    with pytest.raises(IntegrityError, match="Lịch sử thay đổi"), transaction.atomic():
        _sql(sql)
    assert Entry.objects.exists()


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _with_phone(person):
    person.phone = "0000000001"
    return person


# --- No row leaves a table unseen ---

TABLES = sorted(
    rule.table
    for config in apps.get_app_configs()
    if isinstance(config, GuardedAppConfig)
    for rule in kept_tables(config)
)
"""All tables of the portal, but for who acts just now."""

AROUND = {
    "postgresql": "TRUNCATE {table} CASCADE",
    "sqlite": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
}
"""What takes rows away past the triggers of deleted rows."""


def has_rows(table):
    """Whether a table has a row that could be replaced; on PostgreSQL every table could be emptied."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table}")
        return connection.vendor == "postgresql" or cursor.fetchone() is not None


def test_no_table_is_emptied_nor_a_row_replaced_by_its_key(world):
    taken = []
    connection.check_constraints()  # PostgreSQL empties no table whose rows still wait for that
    for table in filter(has_rows, TABLES):
        with suppress(IntegrityError), transaction.atomic():
            _sql(AROUND[connection.vendor].format(table=table))
            taken.append(table)
    assert taken == []


def test_a_row_replaced_by_another_key_is_a_deleted_one(world):
    """On SQLite; PostgreSQL knows no such statement."""
    if connection.vendor == "sqlite":
        badge = Badge.objects.create(member=world.lan, years=30, awarded_on=START)
        columns = ", ".join(field.column for field in Badge._meta.concrete_fields if not field.primary_key)
        _sql(f"INSERT OR REPLACE INTO members_badge ({columns}) SELECT {columns} FROM members_badge")
        assert [entry.action for entry in entries(badge)] == [Action.CREATED, Action.DELETED]


@pytest.mark.parametrize("table", LOGS)
def test_the_database_numbers_its_logs(clerk, table):
    values = {
        "audit_entry": "(id, at, reason, action, \"table\", \"row\") VALUES (%s, '2026-01-01', '', 'x', 'x', 1)",
        "audit_access": "(id, at, user_id, kind, what, address, rows) VALUES (%s, '2026-01-01', 1, 'x', '', '', 1)",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        _sql(f"INSERT INTO {table} {values[table]}", 10**9)
