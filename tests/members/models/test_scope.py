"""Scope of people: who is asked for is looked up one by one, so a cell's list does not cost what the nation has."""

import re

import pytest

from members.models import Member, Training

LIST_OF_PEOPLE = re.compile(r'IN \(SELECT \w+\."member_id"')


@pytest.mark.parametrize("model", [Member, Training])
def test_no_list_of_all_people_in_sight_is_made_to_find_a_few(model, clerk):
    statement = str(model.objects.visible_to(clerk).query)
    assert "EXISTS" in statement
    assert not LIST_OF_PEOPLE.search(statement)
