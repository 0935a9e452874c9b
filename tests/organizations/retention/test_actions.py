"""What is kept long enough goes, and is noted; what is younger nobody deletes, whatever the office or a hand writes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from binhlu_portal.accounts.chores import clear_sessions
from binhlu_portal.accounts.models import Session
from binhlu_portal.audit.models import Action, Entry
from binhlu_portal.audit.retention import RETENTIONS
from binhlu_portal.chores import CHORES
from organizations.choices import KEPT_FOR, Kept, Norm
from organizations.models import Disposal, Threshold
from organizations.retention.periods import LEAST_MONTHS
from tests.factories import make_user
from tests.proofs import broken, update_in_bulk

LOGS = [(what, one) for what, norm in KEPT_FOR.items() for one in RETENTIONS if one.code == norm]

LINES = {
    "audit_access": (
        "INSERT INTO audit_access (at, user_id, kind, what, address, rows) VALUES (%s, 1, 'opened', '', '', %s)"
    ),
    "accounts_attempt": (
        "INSERT INTO accounts_attempt (at, name, address, outcome, user_id, device) "
        "VALUES (%s, %s, '', 'failed', NULL, '')"
    ),
    "audit_submission": (
        "INSERT INTO audit_submission (at, token, \"user\", digest, address) VALUES (%s, %s, 1, '', '')"
    ),
}
"""How a line of each table is written with a time of its own."""

every_log = pytest.mark.parametrize(("what", "retention"), LOGS, ids=[what for what, _ in LOGS])


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def months_back(months):
    """Return the first moment of the month that lies so many months back, as the database counts."""
    now = timezone.now().astimezone(UTC)
    years, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return datetime(years, month + 1, 1, tzinfo=UTC)


def write_lines(table, *moments):
    """Write one line of a log at each moment."""
    for number, moment in enumerate(moments):
        value = f"{number:032x}" if table == "audit_submission" else number
        run(LINES[table], connection.ops.adapt_datetimefield_value(moment), value)


def count_of(table):
    return run(f"SELECT COUNT(*) FROM {table}")[0][0]


def keep_for(code, months):
    Threshold.objects.filter(code=code).update(low=months)


def around(months):
    """Return a moment just before lines of so many months may go, the first that stays, and now."""
    first = months_back(months)
    return first - timedelta(seconds=1), first, timezone.now()


@every_log
def test_what_is_older_than_it_is_kept_goes_at_night_and_is_noted_once(db, what, retention):
    months = int(Threshold.objects.get(code=retention.code).low)
    write_lines(retention.table, *around(months))
    today = timezone.localdate()
    for _ in range(2):
        CHORES[what](today=today)
    assert count_of(retention.table) == 2
    row = Disposal.objects.get()
    assert (row.what, row.rows, row.day) == (what, 1, today)
    assert abs(row.before - months_back(months).date()).days <= 1
    entry = Entry.objects.get(table="organizations_disposal")
    assert (entry.action, entry.reason) == (Action.CREATED, "Hết thời gian giữ")


@every_log
def test_the_office_says_for_how_long(db, what, retention):
    keep_for(retention.code, retention.least + 7)
    write_lines(retention.table, *around(retention.least + 7), months_back(retention.least + 5))
    CHORES[what](today=timezone.localdate())
    assert count_of(retention.table) == 3


@every_log
def test_nobody_deletes_what_is_younger(db, what, retention):
    write_lines(retention.table, *around(retention.least))
    keep_for(retention.code, retention.least)
    with pytest.raises(IntegrityError, match="chưa hết thời gian giữ"), transaction.atomic():
        run(f"DELETE FROM {retention.table}")
    assert count_of(retention.table) == 3


@every_log
def test_without_a_value_the_least_holds(db, what, retention):
    Threshold.objects.filter(code=retention.code).delete()
    write_lines(retention.table, *around(retention.least))
    CHORES[what](today=timezone.localdate()) if connection.vendor == "sqlite" else run(f"SELECT {retention.function}()")
    assert count_of(retention.table) == 2


@pytest.mark.parametrize(("code", "least"), LEAST_MONTHS.items())
@pytest.mark.parametrize("worse", [{"low": -1}, {"low": 0.5}, {"unit": "days"}], ids=str)
def test_no_value_is_less_than_the_least(db, code, least, worse):
    fields = {name: value + least if name == "low" else value for name, value in worse.items()}
    with broken("threshold_keeps_long_enough"):
        update_in_bulk(Threshold.objects.get(code=code), **fields)
    update_in_bulk(Threshold.objects.get(code=code), low=least)


def test_everything_that_is_kept_for_a_while_has_a_chore_and_a_known_value(db):
    assert set(KEPT_FOR) == set(Kept)
    assert set(LEAST_MONTHS) == {norm.value for norm in KEPT_FOR.values()}
    assert {what for what, _ in LOGS} == set(Kept) - {Kept.FILES, Kept.INCOMES}
    assert set(Kept) - set(CHORES) == {Kept.FILES}  # they go with the incomes
    assert {one.code for one in RETENTIONS} < set(Norm)
    assert not [row for row in Threshold.objects.filter(code__in=LEAST_MONTHS) if row.low < LEAST_MONTHS[row.code]]


def test_a_note_of_what_went_stays_as_it_is(db):
    Disposal.objects.create(what=Kept.ACCESS, before=date(2024, 1, 1), rows=3, day=date(2026, 1, 1))
    for write in (lambda: Disposal.objects.update(rows=1), lambda: run("DELETE FROM organizations_disposal")):
        with pytest.raises(IntegrityError, match="không thể sửa hoặc xóa"), transaction.atomic():
            write()


def test_a_session_goes_a_week_after_its_end(db):
    for key, days in (("old", 9), ("over", 2), ("open", -1)):
        Session.objects.create(
            session_key=key,
            user=make_user(key),
            session_data="",
            expire_date=timezone.now() - timedelta(days=days),
        )
    clear_sessions(today=timezone.localdate())
    assert {row.session_key for row in Session.objects.all()} == {"over", "open"}
