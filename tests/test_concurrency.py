"""Two people who write at once: what each may do alone but not both together is refused to one of them.

Read on PostgreSQL only: SQLite lets one writer in at a time (see `collect_ignore` in conftest.py).
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier, Thread

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from binhlu_portal.periods import OPEN, covers
from members import spells
from organizations import units
from organizations.codes import EventKind, Kind
from tests.factories import make_person, make_root, make_unit
from tests.proofs import again

DAY = date(2026, 1, 15)


def meanwhile(write):
    """Start `write` on a connection of its own, and return its thread once it is done or waits for somebody."""

    def run():
        with suppress(ValidationError):
            write()
        connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(0.5)
    return thread


def test_of_two_cells_that_take_in_one_member_one_is_refused(transactional_db):
    commune = make_root()
    cells, person = [make_unit(code, commune) for code in ("a", "b")], again(make_person())
    together = Barrier(2, timeout=20)

    def take_in(cell):
        try:
            together.wait()
            spells.transfer_in(member=person, unit=cell, day=DAY)
            return "taken in"
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take_in, cells)) == ["refused", "taken in"]
    assert person.spells.count() == 1


def test_a_cell_does_not_end_while_somebody_is_taken_in(transactional_db):
    cell, person = make_unit("a", make_root()), again(make_person())
    with transaction.atomic():
        spells.transfer_in(member=person, unit=cell, day=DAY)
        closing = meanwhile(lambda: units.close(unit=again(cell), day=DAY, kind=EventKind.DISSOLVED))
    closing.join()
    assert again(cell).ended_on == OPEN


def test_a_unit_founded_beneath_another_that_moves_stands_where_that_goes(transactional_db):
    root = make_root()
    old, new = (make_unit(code, root, kind=Kind.PARTY_ORGANIZATION) for code in ("old", "new"))
    part = make_unit("part", old, kind=Kind.DEPARTMENTAL)
    with transaction.atomic():
        units.move(unit=part, parent=new, day=DAY)
        founding = meanwhile(lambda: make_unit("cell", part, day=DAY))
    founding.join()
    lines = old.beneath.model.objects.filter(covers(DAY), unit__code="cell").order_by("depth")
    assert [line.ancestor.code for line in lines] == ["cell", "part", "new", "xa"]
