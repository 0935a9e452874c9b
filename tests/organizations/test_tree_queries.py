from datetime import date, timedelta

import pytest

from organizations.choices import Kind, RoleKind
from organizations.models import Document, Unit, UnitPeriod
from organizations.rights import Right
from organizations.scope import SYSTEM
from organizations.tree_queries import (
    committee_of,
    lies_beneath,
    may_read_anything,
    subtree,
    tree_of_day,
    unit_lies_beneath,
)
from organizations.units import actions as units
from tests.factories import START, make_root, make_unit, make_user, moment_of

MOVED = date(2026, 1, 1)
EVE = MOVED - timedelta(days=1)


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


@pytest.fixture
def moved(tree):
    """The same tree, in which the first cell of the organization is one of the commune itself from a day on."""
    units.move(unit=Unit.objects.get(code="o1"), parent=Unit.objects.get(code="xa"), day=MOVED)
    return tree


def test_a_reader_is_given_the_tree_of_the_day_beneath_the_own_role(moved):
    reader = make_user("reader", (RoleKind.LEADER, Unit.objects.get(code="org")))

    def drawn(day):
        return [(place.unit.code, place.depth) for place in tree_of_day(reader, day)]

    assert drawn(START - timedelta(days=1)) == []
    assert drawn(EVE) == [("org", 0), ("o1", 1), ("o2", 1)]
    assert drawn(MOVED) == [("org", 0), ("o2", 1)]
    assert tree_of_day(reader, EVE, Right.EDIT) == []


@pytest.mark.parametrize(("day", "above"), [(EVE, ["tinh", "xa", "org", "o1"]), (MOVED, ["tinh", "xa", "o1"])])
def test_a_unit_lies_beneath_another_by_the_tree_of_a_day(moved, day, above):
    first = UnitPeriod.objects.filter(unit__code="o1", started_on=START)
    assert [code for code, unit in moved.items() if first.filter(lies_beneath(unit, day)).exists()] == above


@pytest.mark.parametrize(
    ("by", "as_of", "found"),
    [("issued_on", EVE, ["01"]), ("issued_on", MOVED, ["01"]), (None, EVE, ["01", "02"]), (None, MOVED, [])],
)
def test_a_row_lies_beneath_a_unit_by_its_own_day_or_by_that_of_the_moment(moved, by, as_of, found):
    for number, day in (("01", EVE), ("02", MOVED)):
        Document.objects.create(unit_id=moved["o1"], number=number, kind="Nghị quyết", issued_on=day, subject="Mẫu")
    beneath = unit_lies_beneath(by)(moment_of(Unit.objects.get(code="org"), as_of))
    assert [row.number for row in Document.objects.filter(beneath).order_by("number")] == found


def test_a_keeper_of_accounts_and_a_person_without_a_role_read_nothing(clerk, administrator, stranger):
    assert [may_read_anything(user) for user in (clerk, administrator, stranger)] == [True, False, False]
