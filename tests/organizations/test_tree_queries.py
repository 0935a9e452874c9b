import pytest

from organizations.choices import Kind
from organizations.scope import SYSTEM
from organizations.tree_queries import committee_of, subtree, tree_of_day
from tests.factories import START, make_root, make_unit


@pytest.fixture
def tree(db):
    """A province with two communes; the first has a party organization with two cells, and a cell of its own."""
    province = make_root("tinh", kind=Kind.PROVINCE)
    xa, huong = (make_root(code, parent=province) for code in ("xa", "huong"))
    org = make_unit("org", xa, kind=Kind.PARTY_ORGANIZATION)
    units = [province, xa, huong, org, *(make_unit(code, org) for code in ("o1", "o2")), make_unit("ban", xa)]
    make_unit("khac", huong)
    return {unit.code: unit.pk for unit in units}


def codes(places):
    return [place.unit.code for place in places]


def test_a_branch_is_a_unit_and_all_beneath_it_in_tree_order(tree):
    day = tree_of_day(SYSTEM, START)
    assert codes(subtree(day, tree["xa"])) == ["xa", "org", "o1", "o2", "ban"]
    assert codes(subtree(day, tree["org"])) == ["org", "o1", "o2"]
    assert codes(subtree(day, tree["ban"])) == ["ban"]
    assert codes(subtree(day, tree["tinh"])) == codes(day)


def test_a_unit_that_is_not_there_has_no_branch(tree):
    assert subtree(tree_of_day(SYSTEM, START), 0) == []


@pytest.mark.parametrize("unit", ["xa", "org", "o2", "ban"])
def test_the_committee_of_a_unit_is_its_commune(tree, unit):
    assert codes(committee_of(tree_of_day(SYSTEM, START), tree[unit])) == ["xa", "org", "o1", "o2", "ban"]


def test_what_stands_above_a_reader_is_left_out(tree):
    own = [place for place in tree_of_day(SYSTEM, START) if place.unit_id in (tree["org"], tree["o1"])]
    assert codes(committee_of(own, tree["o1"])) == ["org", "o1"]
    assert committee_of(own, 0) == []
