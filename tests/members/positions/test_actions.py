"""A post is vacant only where somebody says so, and no longer once it is held."""

from datetime import date

import pytest

from members.choices import Post
from members.models import Vacancy
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from tests.factories import START, make_member
from tests.proofs import refused

DAY, LATER = date(2026, 1, 15), date(2026, 2, 1)


@pytest.fixture
def secretary(cell_a):
    return positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=START)


def vacancies(unit):
    return list(unit.vacancies.values_list("post", "started_on", "ended_on"))


def test_who_is_relieved_leaves_the_post_vacant_until_somebody_is_appointed(cell_a, secretary):
    positions.relieve(position=secretary, day=DAY)
    assert [post for post, *_ in vacancies(cell_a)] == [Post.SECRETARY]
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=LATER)
    assert vacancies(cell_a) == [(Post.SECRETARY, DAY, LATER)]


def test_a_post_handed_over_on_one_day_was_never_vacant(cell_a, secretary):
    positions.relieve(position=secretary, day=DAY)
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=DAY)
    assert vacancies(cell_a) == []


def test_a_post_that_several_hold_is_not_vacant_when_one_leaves(cell_a):
    member = positions.appoint(unit=cell_a, post=Post.COMMITTEE_MEMBER, member=make_member(cell_a), day=START)
    positions.relieve(position=member, day=DAY)
    assert not Vacancy.objects.exists()


def test_a_post_that_is_held_is_not_declared_vacant(cell_a, secretary):
    with refused("đang do"):
        positions.declare_vacant(unit=cell_a, post=Post.SECRETARY, day=DAY)


def test_a_unit_that_ends_has_no_vacant_post_any_more(cell_a, cell_b):
    positions.declare_vacant(unit=cell_a, post=Post.VILLAGE_HEAD, day=START)
    positions.declare_vacant(unit=cell_a, post=Post.FRONT_HEAD, day=LATER)
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    assert vacancies(cell_a) == [(Post.VILLAGE_HEAD, START, DAY)]
