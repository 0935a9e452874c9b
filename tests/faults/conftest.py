"""Where portals of these tests run."""

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
