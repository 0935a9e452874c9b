"""Chores: all of them, once a day, whatever becomes of one."""

from datetime import date

from django.core.management import call_command

from binhlu_portal import chores
from binhlu_portal.spreadsheets.management.commands import worker

DAY = date(2026, 3, 1)


def test_a_chore_that_fails_keeps_nobody_from_the_others(monkeypatch):
    done = []

    def broken(today):
        raise ValueError

    monkeypatch.setattr(chores, "CHORES", {"broken": broken, "sound": lambda today: done.append(today)})
    chores.keep_house(DAY)
    assert done == [DAY]


def test_the_worker_does_the_chores_once_a_day(db, monkeypatch):
    done = []
    monkeypatch.setattr(worker, "keep_house", done.append)
    monkeypatch.setattr(worker.Command, "work", lambda self: len(done) and False)
    call_command("worker", "--once")
    command = worker.Command()
    for _ in range(2):
        command.keep_house()
    assert len(done) == 2
