"""Upgrades: the database of every release comes up to this version by `migrate`, and everybody signs in as before.

The databases in `tests/data/releases` were written by the releases themselves: four people in two cells, one of whom
moved, ratings, a meeting, a period that was closed, an account of each role.
"""

import gzip
import json
import sqlite3
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

RELEASES = settings.BASE_DIR / "tests" / "data" / "releases"

FROZEN = {("1.1", "postgresql"), ("1.2", "sqlite"), ("1.2", "postgresql")}
"""Closing froze nothing in 1.0, and failed in 1.1 on SQLite."""

UPGRADE = """
call_command("migrate", verbosity=0)
from datetime import date
from django.test import Client
from django.test.utils import setup_test_environment
from binhlu_portal.audit.models import Entry
from binhlu_portal.db.rules_in_place import wanting
from members.membership import actions as membership
from members.models import Member
from organizations.ancestry import difference
from organizations.models import Unit
from organizations.scope import SYSTEM
from reports.figures.evaluate import results
from reports.models import Frozen
from binhlu_portal.moment.moment import Moment

setup_test_environment()
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
day = date(2026, 3, 31)
moment = Moment.of(Unit.objects.get(code="xa"), SYSTEM, today=day)
figures = results(moment, ["members.total", "ratings.members.good_or_better"])
told = {"wanting": wanting(), "ancestry": difference(), "figures": [result.value for result in figures.values()]}
told["signed in"] = {}
for name in ("clerk", "secretary", "leader", "administrator"):
    client = Client()
    client.post("/dang-nhap/", {"username": name, "password": "mat-khau-cua-nam-cu"})
    told["signed in"][name] = client.get("/", follow=True).status_code
entries = Entry.objects.count()
membership.end_membership(member=Member.objects.get(full_name="Lò Văn Minh"), day=day, reason="died")
after = results(moment, ["members.total"])["members.total"].value
told["goes on"] = [entries > 0, Entry.objects.count() > entries, after]
told["frozen"] = Frozen.objects.exists()
print(json.dumps(told))
"""


def put(seat, release):
    """Put the database of a release into an empty seat."""
    sql = gzip.decompress((RELEASES / f"{release}.{connection.vendor}.sql.gz").read_bytes()).decode()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(seat.file)) as file:
            file.executescript(sql)
        return
    with closing(psycopg2.connect(seat.url)) as server, server, server.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("release", ["1.0", "1.1", "1.2"])
def test_a_release_comes_up_to_this_version_with_all_it_holds(elsewhere, release):
    put(elsewhere, release)
    told = json.loads(elsewhere.run(UPGRADE).splitlines()[-1])
    assert told == {
        "wanting": [],
        "ancestry": [[], []],
        "figures": [4, 2],
        "signed in": dict.fromkeys(["clerk", "secretary", "leader", "administrator"], 200),
        "goes on": [True, True, 3],
        "frozen": (release, connection.vendor) in FROZEN,
    }
