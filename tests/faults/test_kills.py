"""A portal killed at a moment that chance chooses: every record is whole, every rule in place, the tree sound."""

import json
from random import Random

import pytest
from django.db import connection

from tests.examples import examples
from tests.faults.seats import seat_of_tests
from tests.proofs import make_world

SOUND = """
from django.db import connection
from binhlu_portal.db.rules_in_place import wanting
from members.models import Member
from organizations.ancestry import difference
told = {
    "wanting": wanting(),
    "ancestry": difference(),
    "without stay": Member.objects.filter(full_name__startswith="Lò Văn ", spells=None).count(),
    "many": Member.objects.count() > 6,
}
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        told["file"] = cursor.execute("PRAGMA integrity_check").fetchone()[0]
print(json.dumps(told))
"""


@pytest.mark.parametrize("chance", range(examples(2)))
def test_a_portal_that_is_killed_leaves_whole_records(transactional_db, tmp_path, chance):
    make_world()
    here = seat_of_tests(tmp_path / "here")
    connection.close()
    here.killed_while_it_writes(Random(chance).randint(1, 20))
    told = json.loads(here.run(SOUND))
    assert told.pop("file", "ok") == "ok"
    assert told == {"wanting": [], "ancestry": [[], []], "without stay": 0, "many": True}
