"""`manage.py sample` makes the same bytes again, changes nothing, and refuses a database that holds records."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from members.models import Member
from organizations.models import Unit

COMMITTED = settings.BASE_DIR / "fixtures" / "binh-lu.json"


def test_the_same_seed_makes_the_committed_fixture_and_leaves_the_database_empty(db, tmp_path, capsys):
    call_command("sample", output=tmp_path / "again.json")

    assert (tmp_path / "again.json").read_bytes() == COMMITTED.read_bytes()
    assert not Unit.objects.exists() and not Member.objects.exists()


def test_a_database_with_records_is_refused(commune, tmp_path):
    with pytest.raises(CommandError, match="trống"):
        call_command("sample", output=tmp_path / "again.json")
