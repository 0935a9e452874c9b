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
