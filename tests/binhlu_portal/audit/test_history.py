"""Every change of every record is noted, whatever wrote it, and the notes cannot be changed."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.history_triggers import DERIVED, history_triggers
from binhlu_portal.audit.models import Access, AccessKind, Action, Entry
from binhlu_portal.db.triggers import GuardedAppConfig
from members.models import Member
from tests.factories import make_person

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
