"""The drill: a portal is killed while it writes, backed up, restored elsewhere and over itself; all figures are equal.

Commands run as on a server, each in a process of its own.
"""

import json
import subprocess

import pytest
from django.db import connection

from tests.faults.seats import DEADLINE, TELL, WRITE, Seat, seat_of_tests
from tests.proofs import make_world

pytestmark = pytest.mark.django_db(transaction=True)


GO_ON = """
from binhlu_portal.db.rules_in_place import wanting
from organizations.models import Unit
from tests.factories import make_member
print(wanting(), make_member(Unit.objects.get(code="b"), "Hoa").full_name)
"""
"""Tells which rules are wanting, and writes a record where others were moved to."""


SEALS = "__import__('binhlu_portal.audit.seals', fromlist=['seals']).seals_path()"
"""Where the history is sealed there."""


def test_a_backup_of_a_killed_portal_tells_the_same_elsewhere_and_over_itself(elsewhere, tmp_path):
    make_world()
    here, path = seat_of_tests(tmp_path / "here"), tmp_path / "one.zip"
    connection.close()
    here.killed_while_it_writes(7)
    assert connection.vendor == "postgresql" or here.journal.stat().st_size
    told = here.run(f"call_command('backup', {str(path)!r})\n{TELL}").partition("\n{")[2]
    assert json.loads("{" + told.partition("\n")[0])["members_member"] >= 7

    there = elsewhere.restore(path, TELL)
    assert there.endswith(told)
    assert (elsewhere.folder / "secret-key").read_text() == (here.folder / "secret-key").read_text()

    here.killed_while_it_writes(3)
    here.run(f"{SEALS}.write_text('1 of-the-history-that-goes\\n')")
    back = here.restore(path, TELL)
    assert back.endswith(told)
    assert "\n* " in back, "the members written since are gone again, and that is told"
    assert here.run(f"print({SEALS}.exists())") == "False\n"


def test_nothing_is_restored_while_somebody_is_there(elsewhere, tmp_path):
    make_world()
    here, path = seat_of_tests(tmp_path / "here"), tmp_path / "one.zip"
    here.run(f"call_command('backup', {str(path)!r})")
    writer = here.start(WRITE)
    writer.stdout.readline()
    restore = here.start(f"call_command('restore', {str(path)!r})", stderr=subprocess.PIPE)
    error = restore.communicate(timeout=DEADLINE)[1]
    assert restore.returncode
    assert "Hệ thống đang chạy" in error
    assert writer.poll() is None
    writer.kill()
    writer.communicate(timeout=DEADLINE)


def test_everything_moves_to_a_database_of_either_kind_and_nothing_to_one_that_is_used(elsewhere, tmp_path):
    make_world()
    here, file = seat_of_tests(tmp_path / "here"), Seat(tmp_path / "file", f"sqlite:///{tmp_path}/file/portal.sqlite3")
    connection.close()
    told = here.run(TELL)
    for seat, following in ((here, file), (file, elsewhere)):
        seat.run(f"call_command('move', {following.url!r})")
        assert following.run(TELL) == told
    error = here.start(f"call_command('move', {elsewhere.url!r})", stderr=subprocess.PIPE)
    assert "đã có tài khoản hoặc hồ sơ" in error.communicate(timeout=DEADLINE)[1]
    assert error.returncode
    assert elsewhere.run(TELL) == told
    assert elsewhere.run(GO_ON) == "[] Hoa\n"
