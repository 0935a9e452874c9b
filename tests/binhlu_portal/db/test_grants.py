"""The role of the server, which owns nothing: what migrate lets it do, and what not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from psycopg2.errorcodes import INSUFFICIENT_PRIVILEGE

from binhlu_portal.accounts.models import Attempt
from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.db.grants import grant_to_portal, rewritable
from reports.beginning.sample import may_be_emptied
from tests.factories import make_root

ROLE = "portal_of_tests"

pytestmark = pytest.mark.django_db


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def allowed(statement):
    """Tell whether the role may do something."""
    try:
        with transaction.atomic():
            run(f"SET LOCAL ROLE {ROLE}")
            run(statement)
            run("RESET ROLE")
    except ProgrammingError as error:
        assert error.__cause__.pgcode == INSUFFICIENT_PRIVILEGE
        return False
    return True


@pytest.fixture
def role(settings):
    """A role that may do nothing yet; it goes with the transaction of the test."""
    settings.PORTAL_ROLE = ROLE
    run(f"CREATE ROLE {ROLE}")


def test_migrate_gives_the_role_all_tables_of_now(role):
    run("CREATE TABLE table_of_next_version (id bigserial PRIMARY KEY)")
    assert not allowed("SELECT 1 FROM members_member")
    call_command("migrate", verbosity=0)
    tables = connection.introspection.table_names()
    assert "table_of_next_version" in tables
    assert [table for table in tables if not allowed(f"SELECT 1 FROM {table}")] == []
    assert allowed("INSERT INTO table_of_next_version DEFAULT VALUES")
    assert allowed("UPDATE members_member SET hometown = ''")
    assert allowed("SELECT last_value FROM members_member_id_seq")


def test_the_role_writes_history_and_cannot_rewrite_it(role):
    root = make_root()
    grant_to_portal(using="default")
    before = Entry.objects.count()
    assert allowed(f"UPDATE organizations_unit SET code = 'khac' WHERE id = {root.pk}")
    assert Entry.objects.count() == before + 1
    note = "audit_note_access(now(), 1, 'opened', 'Đảng viên', '/', 1)"
    assert allowed(f"SELECT {note}")
    assert Access.objects.get().what == "Đảng viên"
    copied = "at, user_id, kind, what, address, rows"
    assert not allowed(f"INSERT INTO audit_access ({copied}) SELECT {copied} FROM audit_access")
    copied = 'at, reason, action, "table", "row"'
    assert not allowed(f"INSERT INTO audit_entry ({copied}) SELECT {copied} FROM audit_entry LIMIT 1")
    for table in ("audit_entry", "audit_access", "accounts_attempt"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            assert not allowed(statement)
    assert not allowed("DROP TABLE members_member")
    assert not allowed("ALTER TABLE members_member DISABLE TRIGGER USER")


def test_no_function_that_writes_the_history_serves_a_table_of_the_role(role):
    grant_to_portal(using="default")
    run("CREATE SCHEMA of_the_role")
    run(f"GRANT ALL ON SCHEMA of_the_role TO {ROLE}")
    forged = (
        "CREATE TABLE of_the_role.forged (id bigint); CREATE TRIGGER forged AFTER INSERT ON of_the_role.forged "
        "FOR EACH ROW EXECUTE FUNCTION history_members_member_insert()"
    )
    assert not allowed(forged)


def test_a_line_is_not_of_a_time_to_come(role):
    run("SELECT audit_note_access(now() + interval '1 day', 1, 'opened', 'Đảng viên', '/', 1)")
    assert Access.objects.get().at <= timezone.now()


def test_a_role_that_could_add_to_the_history_is_told(role):
    grant_to_portal(using="default")
    assert rewritable(ROLE) == []
    run(f"GRANT INSERT ON audit_entry TO {ROLE}")
    assert rewritable(ROLE) == ["audit_entry"]


def test_a_page_notes_what_was_opened_as_the_role(role, clerk, rf):
    grant_to_portal(using="default")
    request = rf.get("/dang-vien/")
    request.user = clerk
    with transaction.atomic():
        run(f"SET LOCAL ROLE {ROLE}")
        log_access(request, AccessKind.OPENED, "Đảng viên", 3)
        run("RESET ROLE")
    assert Access.objects.get().rows == 3


def test_the_role_deletes_what_is_old_enough_and_nothing_else(role):
    grant_to_portal(using="default")
    run("INSERT INTO accounts_attempt (at, name, address, outcome, device) VALUES (now(), 'a', '', 'failed', '')")
    run(
        "INSERT INTO accounts_attempt (at, name, address, outcome, device) VALUES ('2001-01-01', 'b', '', 'failed', '')"
    )
    assert not allowed("DELETE FROM accounts_attempt WHERE at < '2002-01-01'")
    assert allowed("SELECT dispose_of_accounts_attempt()")
    assert [attempt.name for attempt in Attempt.objects.all()] == ["a"]


def test_without_a_name_nobody_gets_anything(role, settings):
    settings.PORTAL_ROLE = ""
    grant_to_portal(using="default")
    assert not allowed("SELECT 1 FROM members_member")


def test_a_role_that_is_not_there_is_named(settings):
    settings.PORTAL_ROLE = "nobody_at_all"
    with pytest.raises(CommandError, match="PORTAL_ROLE"):
        grant_to_portal(using="default")


def test_the_role_cannot_leave_the_sample_behind_the_owner_can(role):
    grant_to_portal(using="default")
    assert may_be_emptied()
    with transaction.atomic():
        run(f"SET LOCAL ROLE {ROLE}")
        assert not may_be_emptied()
        run("RESET ROLE")
