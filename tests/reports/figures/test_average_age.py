"""The average age of members and of those admitted, beside plain loops."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest

from reports.figures.average_age import OF_ADMITTED, OF_MEMBERS, average_ages
from tests.factories import START, admit, make_member, make_person, moment_of
from tests.reports.naive import World
from tests.reports.worlds import build

DAY = date(2026, 3, 1)


def naive(born, days):
    """Return the mean of completed years of those whose birth is known."""
    ages = [
        day.year - first.year - ((day.month, day.day) < (first.month, first.day))
        for first, day in ((row and row.first_day, day) for row, day in zip(born, days, strict=True))
        if first
    ]
    return (Decimal(sum(ages)) / len(ages)).quantize(Decimal("0.1"), ROUND_HALF_UP) if ages else None


def test_years_are_completed_ones_and_an_unknown_birth_is_left_out(commune, cell_a):
    for born_on in ("1980-03-01", "1980-03-02", "1990", None):
        make_member(cell_a, born_on=born_on)
    moment = moment_of(commune, DAY, since=START)
    assert average_ages(OF_MEMBERS, [moment]) == [Decimal("42.3")]
    assert average_ages(OF_ADMITTED, [moment]) == [None]


def test_those_admitted_are_as_old_as_on_the_day_of_the_ceremony(commune, cell_a):
    for day in (date(2025, 9, 1), date(2025, 9, 2)):
        admit(cell_a, day, person=make_person(born_on="2000-09-02"))
    assert average_ages(OF_ADMITTED, [moment_of(commune, DAY, since=START)]) == [Decimal("24.5")]


def test_several_moments_are_one_statement(commune, cell_a, django_assert_num_queries):
    make_member(cell_a, born_on="1980-03-01")
    later = date(2027, 3, 1)
    moments = [moment_of(commune, day, since=START) for day in (DAY, date(2025, 7, 1), later)]
    with django_assert_num_queries(1):
        assert average_ages(OF_MEMBERS, moments) == [46, 45, 47]


@pytest.mark.parametrize("seed", range(3))
def test_averages_of_random_worlds_are_those_of_plain_loops(db, seed):
    tree = build(Random(seed))
    world = World()
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.started_on <= DAY < unit.ended_on:
            moment = moment_of(unit, DAY, since=START)
            here = [person for person in world.members.values() if (cell := world.cell(person.pk, DAY))
                    and world.is_beneath(cell, unit.pk, DAY)]  # fmt: skip
            assert average_ages(OF_MEMBERS, [moment]) == [naive([row.born_on for row in here], [DAY] * len(here))]
