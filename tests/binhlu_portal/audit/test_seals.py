"""Seals of the history: what another program has changed in it is found, what the portal adds is not."""

import pytest
from django.db import connection

from binhlu_portal.audit import seals
from binhlu_portal.audit.models import Entry
from binhlu_portal.chores import CHORES
from binhlu_portal.db.actions import correct
from binhlu_portal.db.rules_aside import rules_aside
from binhlu_portal.self_checks.checks import seals as told
from tests.factories import make_person


@pytest.fixture
def sealed(db, settings, tmp_path):
    """A history that was sealed on two nights, and has gone on since; return the sealed entries."""
    settings.DATA_DIR = tmp_path
    person = make_person("Lan")
    CHORES["seal"](today=None)
    correct(row=person, phone="0912000111")
    CHORES["seal"](today=None)
    last = Entry.objects.latest("pk").pk
    correct(row=person, phone="0912000222")
    return list(Entry.objects.filter(pk__lte=last).order_by("pk").values_list("pk", flat=True))


def beside_the_portal(sql):
    """Change the history as another program can, which takes the guards away first."""
    with rules_aside("default", ["audit_entry"]), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_history_that_only_grows_is_whole(sealed):
    assert seals.broken_seal() == 0
    assert told(now=None) == ""
    assert len(seals.seals_path().read_text().splitlines()) == 2


def test_a_night_without_changes_adds_no_seal(sealed):
    CHORES["seal"](today=None)
    CHORES["seal"](today=None)
    assert len(seals.seals_path().read_text().splitlines()) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET reason = reason || ' ' WHERE id = {first}",
        "UPDATE audit_entry SET user_id = 4711 WHERE id = {first}",
        "UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE id = {last}",
        "UPDATE audit_entry SET after = replace(after, '0912000111', '0912000999') WHERE id = {last}",
        "DELETE FROM audit_entry WHERE id = {first}",
        "DELETE FROM audit_entry WHERE id = {last}",
        "DELETE FROM audit_entry",
        'INSERT INTO audit_entry (id, at, reason, action, "table", "row") '
        "VALUES (-1, '2020-01-01', '', 'created', 'members_member', 1)",
    ],
)
def test_what_another_program_has_changed_is_found(sealed, sql):
    beside_the_portal(sql.format(first=sealed[0], last=sealed[-1]))
    assert seals.broken_seal() in sealed
    assert "không còn như lúc niêm phong" in told(now=None)
    CHORES["seal"](today=None)
    assert seals.broken_seal() in sealed  # a seal that comes later makes nothing whole again


def test_another_history_begins_anew(sealed):
    beside_the_portal("DELETE FROM audit_entry")
    seals.begin_anew()
    assert seals.broken_seal() == 0
