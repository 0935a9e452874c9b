"""Rules stand aside for a block and a few tables only, and are back with what was written or not at all."""

import pytest
from django.db import IntegrityError, connection, transaction

from binhlu_portal.audit.models import Entry
from binhlu_portal.db.rules_aside import rules_aside
from binhlu_portal.db.rules_in_place import wanting
from members.models import Member
from tests.factories import make_member

TABLE = Member._meta.db_table


@pytest.fixture
def lan(cell_a):
    return make_member(cell_a, "Lan")


def misspell(member, text="12"):
    """Write what the database refuses."""
    Member.objects.filter(pk=member.pk).update(citizen_id=text)


def test_what_the_rules_refuse_is_written_and_they_are_back(lan):
    with rules_aside(connection.alias, [TABLE]):
        misspell(lan)
        assert wanting()
    assert Member.objects.get(pk=lan.pk).citizen_id == "12"
    assert wanting() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        misspell(lan, "123")


def test_rules_of_other_tables_and_those_that_are_kept_go_on(lan):
    before = Entry.objects.count()
    with rules_aside(connection.alias, [TABLE], kept="history_"):
        misspell(lan)
        assert not [name for name in wanting() if name.startswith("history_") or "spell" in name]
    assert Entry.objects.count() == before + 1


def test_an_error_leaves_the_rules_in_place_and_nothing_written(lan):
    with pytest.raises(ZeroDivisionError), rules_aside(connection.alias, [TABLE]):
        misspell(lan)
        raise ZeroDivisionError
    assert Member.objects.get(pk=lan.pk).citizen_id == ""
    assert wanting() == []


def test_rows_whose_links_wait_to_be_looked_at_stand_in_nobodys_way(lan, cell_a):
    make_member(cell_a, "Minh")
    with rules_aside(connection.alias, [TABLE, "members_spell"]):
        misspell(lan)
    assert wanting() == []
