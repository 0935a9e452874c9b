"""A table of ancestry that came to harm is found, and put right."""

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from binhlu_portal.db.derived import deriving
from organizations.ancestry import COLUMNS, difference
from organizations.models import Ancestry
from tests.proofs import make_world


@pytest.fixture
def harmed(db):
    """Return the lines of a sound table, and harm it: one line is gone, one too long, one invented."""
    world = make_world()
    sound = sorted(Ancestry.objects.values_list(*COLUMNS), key=str)
    with deriving():
        Ancestry.objects.get(unit=world.nested, ancestor=world.root).delete()
        Ancestry.objects.filter(unit=world.gone, depth=1).update(started_on="2020-01-01")
        Ancestry.objects.create(ancestor=world.b, branch=world.a, unit=world.a, depth=1, started_on="2026-01-01")
    return sound


def test_in_a_sound_database_there_is_nothing_to_do(db, capsys):
    make_world()
    call_command("derive_ancestry")
    call_command("derive_ancestry", "--check")
    assert capsys.readouterr().out == "Không có chỗ khác: thiếu 0 dòng, thừa 0 dòng.\n" * 2


def test_harm_is_told_and_left_by_a_check(harmed):
    with pytest.raises(CommandError, match="thiếu 2 dòng, thừa 2 dòng"):
        call_command("derive_ancestry", "--check")
    assert [*map(len, difference())] == [2, 2]


def test_harm_is_put_right(harmed, capsys):
    call_command("derive_ancestry")
    assert capsys.readouterr().out == "Đã lập lại: thiếu 2 dòng, thừa 2 dòng.\n"
    assert sorted(Ancestry.objects.values_list(*COLUMNS), key=str) == harmed


def test_a_file_with_derived_rows_doubles_none(db):
    """What `dumpdata` writes holds them, and the triggers make them too when it is loaded."""
    make_world()
    text = serializers.serialize("json", Ancestry.objects.order_by("-pk"))
    before = Ancestry.objects.count()
    moved = [each.object for each in serializers.deserialize("json", text)]
    for row in moved:
        row.pk += 1000
    with pytest.raises(IntegrityError, match="Cây tổ chức do cơ sở dữ liệu tự lập"), transaction.atomic():
        for row in moved:
            row.save_base(raw=True)
    assert Ancestry.objects.count() == before


def test_nobody_writes_it_once_it_is_put_right(harmed):
    call_command("derive_ancestry")
    with pytest.raises(IntegrityError, match="Cây tổ chức do cơ sở dữ liệu tự lập"), transaction.atomic():
        Ancestry.objects.all().delete()
