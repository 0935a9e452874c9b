import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.models import Batch, BatchState
from members.models import Member, Spell
from tests.binhlu_portal.spreadsheets.books import Book, everything
from tests.factories import make_member
from tests.proofs import undone


class Fails:
    """Lets so many statements pass, then all fail as when the database has gone away."""

    def __init__(self, passing):
        self.left = passing

    def __call__(self, execute, sql, *args):
        self.left -= 1
        if self.left < 0 and not sql.startswith(("ROLLBACK", "SAVEPOINT", "RELEASE")):
            raise DatabaseError("the database has gone away")
        return execute(sql, *args)


def works(batch, passing):
    """Work on a batch with a database that fails after so many statements; return whether the work came to its end."""
    try:
        with connection.execute_wrapper(Fails(passing)):
            jobs.work(batch)
    except DatabaseError:
        return False
    return True


@pytest.fixture
def batch(clerk, cell_a, monkeypatch, tmp_path):
    """A checked and confirmed batch that changes one person and adds one."""
    monkeypatch.setattr(progress, "FOLDER", tmp_path)
    lan, book = make_member(cell_a, "Lò Thị Lan"), Book.of(clerk)
    book.of_record(lan)["hometown"] = "Bản 02"
    book.add(Member, mark="M1", full_name="Lò Văn Mới", gender="Nam", born_on="1990", ethnicity="Kinh")
    book.add(Spell, member="M1", unit="a", started_on="01/02/2026", start_reason="Chuyển đến từ tỉnh khác")
    monkeypatch.setattr(jobs, "parse_file", lambda *_: book.reading())
    batch = jobs.receive_file(user=clerk, name="danh-sach.xlsx", content=b"x")
    jobs.work_on_next()
    batch.refresh_from_db()
    jobs.confirm(batch=batch, digest=batch.digest)
    return Batch.objects.get(pk=batch.pk)


def test_whenever_the_database_fails_all_is_written_or_nothing(batch):
    before, failed = everything(), 0
    with undone(), CaptureQueriesContext(connection) as seen:
        jobs.work(batch)
    for passing in range(len(seen)):
        with undone():
            done = works(batch, passing)
            failed += not done
            assert (everything() != before) == done
            assert Batch.objects.get(pk=batch.pk).state == (BatchState.WRITTEN if done else BatchState.TO_WRITE)
    assert failed > 20
    assert works(batch, len(seen))
    assert everything() != before


def test_a_check_writes_nothing_whether_it_fails_or_not(batch):
    before = everything()
    Batch.objects.update(state=BatchState.TO_CHECK)
    batch.refresh_from_db()
    with undone(), CaptureQueriesContext(connection) as seen:
        jobs.work(batch)
    for passing in range(0, len(seen) + 7, 7):
        with undone():
            works(batch, passing)
            assert everything() == before
