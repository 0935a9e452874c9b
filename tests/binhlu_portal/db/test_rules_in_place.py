"""Rules in place: whatever rule the database lacks, nothing is written until it is back; reading goes on."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from binhlu_portal.db import rules_in_place
from binhlu_portal.db.actions import Refusal
from binhlu_portal.db.rules_in_place import Watch, expected, refuse_without_rules, wanting
from binhlu_portal.db.triggers import GuardedAppConfig, drop_triggers, install_triggers
from members.choices import EndReason
from members.membership import actions as membership
from members.models import Member
from tests.binhlu_portal.spreadsheets.books import Book, xlsx
from tests.factories import make_member


@pytest.fixture(autouse=True)
def never_looked(monkeypatch):
    """Let the process look anew."""
    monkeypatch.setattr(Watch, "looked_at", None)
    monkeypatch.setattr(Watch, "found", ())


def without(name, table):
    """Take one trigger away."""
    place = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{place}")


def put_back():
    """Do what follows a migration."""
    for config in apps.get_app_configs():
        if isinstance(config, GuardedAppConfig):
            install_triggers(config.rules(), connection.alias)


def leave(member):
    """Write something."""
    membership.end_membership(member=member, day=date(2026, 1, 5), reason=EndReason.DIED)


HISTORY = "history_members_spell_update"


@pytest.fixture
def open_database(cell_a, monkeypatch):
    """A database whose stays have no history of changes any more, before anybody has looked."""
    member = make_member(cell_a, "Lò Thị Lan")
    without(HISTORY, "members_spell")
    monkeypatch.setattr(Watch, "looked_at", None)
    return member


def test_a_migrated_database_has_every_rule(db):
    assert wanting() == []
    assert len(expected(connection.vendor)) > 300


def test_every_rule_of_every_app_is_looked_for(db):
    rules = [
        rule
        for config in apps.get_app_configs()
        if isinstance(config, GuardedAppConfig)
        for rule in config.rules()
        if rule.sql(connection.vendor)
    ]
    known = expected(connection.vendor)
    assert [rule for rule in rules if not any(name in " ".join(rule.sql(connection.vendor)) for name in known)] == []


def test_a_rule_taken_away_changed_or_switched_off_is_missed(db):
    without(HISTORY, "members_spell")
    assert wanting() == [HISTORY]
    put_back()
    assert wanting() == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE members_spell DISABLE TRIGGER {HISTORY}")
        else:
            cursor.execute(f"DROP TRIGGER {HISTORY}")
            cursor.execute(f"CREATE TRIGGER {HISTORY} AFTER UPDATE ON members_spell BEGIN SELECT 1; END")
    assert wanting() == [HISTORY]


def test_nothing_is_written_and_everything_read_until_the_rules_are_back(client, clerk, open_database):
    client.force_login(clerk)
    for _ in range(2):
        with pytest.raises(Refusal, match=r"tạm ngừng ghi.*manage\.py migrate"):
            leave(open_database)
        assert client.get(reverse("member", args=[open_database.pk])).status_code == 200
    put_back()
    leave(open_database)


def test_a_file_is_not_written_either(clerk, open_database, tmp_path):
    book = Book.of(clerk)
    book.add(Member, mark="M1", full_name="Lò Văn Một", gender="Nam", born_on="1990", ethnicity="Kinh")
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(xlsx(book))
    with pytest.raises(CommandError, match="tạm ngừng ghi"):
        call_command("import_workbook", str(path), user=clerk.username)
    assert not Member.objects.filter(full_name="Lò Văn Một").exists()


def test_a_sound_database_is_looked_at_once_in_a_while(db, monkeypatch, django_assert_num_queries):
    looked, clock = [], iter([1000, 1060, 1061, 1121])
    monkeypatch.setattr(rules_in_place, "AGAIN", 60)
    monkeypatch.setattr(rules_in_place, "wanting", lambda: looked.append(1) or [])
    monkeypatch.setattr(rules_in_place, "monotonic", lambda: next(clock))
    with django_assert_num_queries(0):
        for times in (1, 1, 2, 2):
            refuse_without_rules()
            assert len(looked) == times


def test_what_is_wanting_is_looked_for_each_time(db, monkeypatch):
    monkeypatch.setattr(rules_in_place, "wanting", iter([["one"], ["one"], []]).__next__)
    for _ in range(2):
        with pytest.raises(Refusal):
            refuse_without_rules()
    refuse_without_rules()


def test_a_migration_killed_on_sqlite_is_noticed(db):
    drop_triggers(None, connection.alias, plan=["a migration"])
    assert (len(wanting()) > 300) == (connection.vendor == "sqlite")
