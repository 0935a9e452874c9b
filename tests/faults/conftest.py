"""Where portals of these tests run, and how many faults were tried and held in the end."""

from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.faults.seats import Seat, server_url


@pytest.fixture
def elsewhere(transactional_db, tmp_path):
    """Return a seat with an empty database."""
    folder = tmp_path / "elsewhere"
    if connection.vendor == "sqlite":
        yield Seat(folder, f"sqlite:///{folder}/portal.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    drop, make = f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"'
    for statement in (drop, make):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    yield Seat(folder, server_url(name))
    with connection.cursor() as cursor:
        cursor.execute(drop)


def pytest_terminal_summary(terminalreporter):
    """Say of each kind of fault how many were tried and how many the portal held."""
    tried, held = Counter(), Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            path = Path(report.nodeid.partition("::")[0])
            if path.parent.name == "faults" and report.when == "call":
                tried[path.stem] += 1
                held[path.stem] += outcome == "passed"
    for kind, count in tried.items():
        terminalreporter.line(f"{kind.removeprefix('test_').replace('_', ' ')}: {count} tried, {held[kind]} held")
