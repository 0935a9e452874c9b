"""Several workers share the files: each is worked on by one of them, and by another when that one is gone."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs import claims
from binhlu_portal.spreadsheets.jobs.claims import LEASE, claim_next
from binhlu_portal.spreadsheets.models import Batch, BatchState
from tests.binhlu_portal.spreadsheets.books import Book, xlsx


@pytest.fixture
def files(clerk, cell_a):
    """Two files that wait, the first one first."""
    content = xlsx(Book.of(clerk))
    return [jobs.receive_file(user=clerk, name=f"{number}.xlsx", content=content) for number in (1, 2)]


@pytest.fixture
def become(monkeypatch):
    """Make this process the worker of a name."""
    return lambda name: monkeypatch.setattr(claims, "_me", lambda: name)


@pytest.fixture
def process():
    """A process of this machine, which still runs."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
        yield running
        running.kill()


def name_of(process):
    """Return what a worker in a process is called."""
    return f"{claims._host()} {process.pid} {claims._birth(process.pid)}"


def test_workers_take_different_files(files, become):
    taken = []
    for name in ("may-1 1 10", "may-2 1 10", "may-3 1 10"):
        become(name)
        taken.append(claim_next())
    assert taken == [*files, None]
    assert [*Batch.objects.order_by("pk").values_list("taken_by", "attempts")] == [("may-1 1 10", 1), ("may-2 1 10", 1)]


def test_a_worker_that_asks_again_has_given_up_what_it_was_at(files):
    assert [claim_next(), claim_next()] == [files[0], files[0]]
    assert Batch.objects.get(pk=files[0].pk).attempts == 2


def test_the_file_of_a_process_that_runs_is_left_to_it_and_taken_when_it_has_ended(files, become, process):
    become(name_of(process))
    claim_next()
    become("may-2 1 10")
    assert claim_next() == files[1]
    process.kill()
    process.wait()
    become("may-3 1 10")
    assert claim_next() == files[0]


def test_a_number_that_another_process_has_got_is_no_worker(files, become, process):
    become(f"{name_of(process)}0")  # of the same number, and born at another time
    claim_next()
    become("may-2 1 10")
    assert claim_next() == files[0]


@pytest.mark.parametrize(("age", "taken"), [(LEASE - timedelta(minutes=1), 1), (LEASE + timedelta(minutes=1), 0)])
def test_the_file_of_a_machine_that_is_silent_is_taken_after_a_while(files, become, age, taken):
    become("may-1 1 10")
    claim_next()
    Batch.objects.filter(pk=files[0].pk).update(taken_at=timezone.now() - age)
    become("may-2 1 10")
    assert claim_next() == files[taken]


def test_of_two_workers_that_see_one_file_one_gets_it(files, become, monkeypatch):
    become("may-1 1 10")
    first, of_another = claims._claim, []

    def later(batch):
        if not of_another:
            of_another.append(Batch.objects.filter(pk=batch.pk).update(taken_by="may-2 1 10", attempts=1))
        return first(batch)

    monkeypatch.setattr(claims, "_claim", later)
    assert claim_next() == files[1]


def test_what_its_sender_says_again_may_be_taken_by_anybody(files, become):
    become("may-1 1 10")
    jobs.work_on_next()
    files[0].refresh_from_db()
    jobs.confirm(batch=files[0], digest=files[0].digest)
    become("may-2 1 10")
    assert jobs.work_on_next() == files[0]
    files[0].refresh_from_db()
    assert files[0].state in (BatchState.WRITTEN, BatchState.CHECKED)
