"""Keys of many records, asked for within a reach."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhlu_portal.spreadsheets.importer import lookups
from members.models import Member
from tests.factories import make_member


@pytest.fixture
def people(cell_a, cell_b):
    return [make_member(cell).pk for cell in (cell_a, cell_b, cell_a, cell_b)]


@pytest.mark.parametrize("near", [50, 0])
def test_only_keys_that_were_asked_for_and_are_within_reach_are_found(people, secretary_a, near, monkeypatch):
    monkeypatch.setattr(lookups, "NEAR", near)
    first, foreign, third, _ = people
    reach = Member.objects.editable_by(secretary_a)
    with CaptureQueriesContext(connection) as asked:
        assert lookups.existing_keys(reach, {third, foreign, third + 1_000_000}) == {third}
        assert lookups.existing_keys(reach, {first, third}) == {first, third}
    assert ("BETWEEN" in asked[1]["sql"]) is (near > 0)


def test_keys_between_two_that_were_asked_for_are_left_out(people, clerk):
    first, _, third, _ = people
    assert lookups.existing_keys(Member.objects.editable_by(clerk), {first, third}) == {first, third}


def test_keys_are_asked_for_in_parts(people, clerk, monkeypatch):
    monkeypatch.setattr(lookups, "AT_ONCE", 2)
    with CaptureQueriesContext(connection) as asked:
        assert lookups.existing_keys(Member.objects.editable_by(clerk), set(people)) == set(people)
    assert len(asked) == 2


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize("name", ["member", "started_on"])
def test_a_key_without_its_first_or_its_last_part_finds_nothing(name, nothing):
    values = {"member": 7, "kind": "", "started_on": "2026-03-01"}
    assert lookups.key_of((*values,), values) == (7, "", "2026-03-01")
    assert lookups.key_of((*values,), values | {name: nothing}) is None
    assert lookups.key_of((*values,), {key: value for key, value in values.items() if key != name}) is None
