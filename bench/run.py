"""Measure on one database: fill a scratch database for each size, compare, print, drop it."""

import os
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection

from binhlu_portal.moment.moment import Moment
from organizations.models import Unit
from organizations.scope import SYSTEM

from .nation import load
from .stopwatch import HEADING, compare
from .tree import AS_OF, SINCE

YEAR = SINCE.year - 1
COMMUNE = 900
"""Members of a commune."""

LARGE = 100_000
"""From so many members on, fewer turns are taken."""

MANY = 100
"""How many units are asked for at once, to see that they take no statement more than one."""


@contextmanager
def scratch_database():
    """Make an empty database with all tables and rules for one measurement, and drop it after it."""
    with tempfile.TemporaryDirectory(prefix="binhlu-bench-") as folder:
        sqlite = connection.vendor == "sqlite"
        usual = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / "bench.sqlite3") if sqlite else f"binhlu_bench_{os.getpid()}"
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield connection.display_name
        finally:
            connection.creation.destroy_test_db(usual, verbosity=0)


def moment_of(unit):
    """Return the moment that the bench asks about."""
    return Moment.of(unit, SYSTEM, today=AS_OF + timedelta(days=1), as_of=AS_OF, since=SINCE, year=YEAR)


def measure(members, per_commune=COMMUNE, say=print):
    """Fill the empty database with `members` and say how both ways compare."""
    root, communes = load(members, per_commune, say)
    compare_all(root, communes, 7 if members < LARGE else 3, say)


def compare_all(root, communes, pairs, say=print):
    """Compare both ways for a province, a commune, a cell and many units; say and return each by its name."""
    many = list(Unit.objects.exclude(pk=root.pk).values_list("pk", flat=True).order_by("pk")[:MANY])
    asked = {
        "whole province": [root.pk],
        "one commune": [communes[0].pk],
        "one cell": many[-1:],
        f"{len(many)} units": many,
    }
    say(HEADING)
    found = {}
    for name, units in asked.items():
        found[name] = compare(moment_of(root), units, pairs)
        say(f"{name:20} {found[name]}")
    return found
