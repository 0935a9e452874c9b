from datetime import date

import pytest

from assessments.ratings import actions as ratings
from assessments.ratings.progress import progress
from members.membership import actions as membership
from organizations.choices import Kind
from tests.factories import make_member, make_unit, moment_of

AS_OF = date(2026, 3, 1)
DAY = date(2025, 12, 20)


@pytest.fixture
def world(commune, cell_a, cell_b):
    """Cell A with one of each, cell B with one unrated, and a party organization with a cell beneath it."""
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    nested = make_unit("nested", org)
    marks = ("excellent", "good", "fair", "failed", "exempt", "")
    ratings.rate_many(year=2025, marks={make_member(cell_a): mark for mark in marks}, decided_on=DAY)
    make_member(cell_b)
    ratings.rate_many(year=2025, marks={make_member(nested): "good"}, decided_on=DAY)
    ratings.rate_unit(unit=cell_a, year=2025, level="good", decided_on=DAY)
    ratings.rate_unit(unit=cell_b, year=2025, not_rated="new", decided_on=DAY)
    ratings.recognise_four_goods(unit=cell_a, year=2025)
    return commune


def counts(row):
    return (row.code, row.members, row.rated, row.not_rated, row.waiting, row.counts)


def test_each_unit_says_how_far_it_is_and_all_add_up(world):
    rows, total = progress(moment_of(world, AS_OF))
    assert [counts(row) for row in rows] == [
        ("org", 1, 1, 0, 0, [0, 1, 0, 0]),
        ("a", 6, 4, 1, 1, [1, 1, 1, 1]),
        ("b", 1, 0, 0, 1, [0, 0, 0, 0]),
    ]
    assert counts(total) == ("", 8, 5, 1, 2, [1, 2, 1, 1])


def test_each_unit_shows_its_own_rating(world):
    rows, _ = progress(moment_of(world, AS_OF))
    assert [(row.is_cell, row.level, row.four_goods) for row in rows] == [
        (False, "", False),
        (True, "Hoàn thành tốt nhiệm vụ", True),
        (True, "Mới kết nạp hoặc mới thành lập, chưa đủ thời gian", False),
    ]


def test_a_cell_has_its_own_row(world, cell_a):
    rows, total = progress(moment_of(cell_a, AS_OF))
    assert [counts(row) for row in rows] == [("a", 6, 4, 1, 1, [1, 1, 1, 1])]
    assert total.members == 6


def test_members_count_where_they_were_at_the_end_of_the_year(commune, cell_a, cell_b):
    member = make_member(cell_a)
    membership.transfer(member=member, to=cell_b, day=date(2026, 2, 1))
    found = {row.code: row.members for row in progress(moment_of(commune, AS_OF))[0]}
    assert found == {"a": 1, "b": 0}
    found = {row.code: row.members for row in progress(moment_of(commune, AS_OF, year=2026))[0]}
    assert found == {"a": 0, "b": 1}


def test_another_year_has_its_own_ratings(world):
    _, total = progress(moment_of(world, AS_OF, year=2026))
    assert (total.members, total.rated, total.waiting) == (8, 0, 8)


@pytest.mark.parametrize("number", [1, 30])
def test_all_units_are_counted_in_two_statements(commune, django_assert_num_queries, number):
    for index in range(number):
        make_member(make_unit(f"n{index}", commune))
    with django_assert_num_queries(2):
        rows, total = progress(moment_of(commune, AS_OF))
    assert [row.members for row in rows] == [1] * number
    assert total.members == number
