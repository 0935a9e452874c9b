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


def test_a_worker_that_ends_is_started_again_as_long_as_its_server_lives(monkeypatch):
    started, parents = [], iter([1, 1, 1, 1, 1, 2])

    class Ended:
        returncode = -9

        def __init__(self, command, **how):
            started.append(command[1:])

        def poll(self):
            return self.returncode

    monkeypatch.setattr(worker.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(worker.subprocess, "Popen", Ended)
    monkeypatch.setattr(worker.time, "sleep", lambda seconds: None)
    call_command("worker", "--watched")
    assert started == [["manage.py", "worker"]] * 4


def test_a_worker_is_left_alone_while_it_runs_and_ends_with_its_server(monkeypatch):
    started, parents = [], iter([1, 1, 1, 1, 2, 2])

    class Running:
        def __init__(self, command, **how):
            started.append(command)

        def poll(self):
            return None

    monkeypatch.setattr(worker.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(worker.subprocess, "Popen", Running)
    monkeypatch.setattr(worker.time, "sleep", lambda seconds: None)
    call_command("worker", "--watched")
    assert len(started) == 1
