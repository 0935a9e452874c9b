"""The age of retirement: one value in force, by which fees and reminders go."""

from datetime import date

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from members.choices import Gender
from members.reminders.kinds import REMINDERS
from members.reminders.spans import month_of
from members.retirement import AGES, age_in_words, has_retired
from organizations.in_force import InForce
from organizations.models import Threshold
from tests.factories import make_member, moment_of


@pytest.mark.parametrize(
    ("gender", "year", "age"),
    [
        ("male", 2020, "60 tuổi"),
        ("male", 2021, "60 tuổi 3 tháng"),
        ("male", 2026, "61 tuổi 6 tháng"),
        ("male", 2028, "62 tuổi"),
        ("male", 2040, "62 tuổi"),
        ("female", 2020, "55 tuổi"),
        ("female", 2021, "55 tuổi 4 tháng"),
        ("female", 2026, "57 tuổi"),
        ("female", 2034, "59 tuổi 8 tháng"),
        ("female", 2035, "60 tuổi"),
        ("female", 2040, "60 tuổi"),
    ],
)
def test_the_age_rises_to_its_end(db, gender, year, age):
    assert age_in_words(InForce(date(year, 12, 31)).value(AGES[gender])) == age


def test_an_age_once_reached_stays_reached_though_the_age_rises(db):
    man, woman = PartialDate("1964-10-10"), PartialDate("1969-06-20")
    for gender, born_on, eve, day in (
        (Gender.MALE, man, date(2026, 4, 1), date(2026, 5, 1)),
        (Gender.FEMALE, woman, date(2026, 6, 1), date(2026, 7, 1)),
    ):
        found = [has_retired(gender, born_on, InForce(on)) for on in (eve, day, date(2027, 1, 1), date(2035, 1, 1))]
        assert found == [False, True, True, True]


def test_whoever_reached_the_age_of_the_year_before_is_not_young_again(db):
    assert has_retired(Gender.MALE, PartialDate("1964-09-20"), InForce(date(2026, 2, 1)))


@pytest.mark.parametrize("gender", Gender)
def test_who_is_told_in_a_month_pays_less_from_the_end_of_it_on(cell_a, gender):
    """What the office sets on screen rules both, the fee and the reminder."""
    Threshold.objects.filter(code=AGES[gender]).update(low=40 * 12)
    births = [f"{year}-{month:02}-15" for year in range(1984, 1988) for month in (1, 6, 12)]
    for born_on in births:
        make_member(cell_a, born_on, gender=gender, born_on=born_on)
    asked, told = moment_of(cell_a, date(2026, 3, 1)), {}
    for month in range(1, 13):
        span = month_of(date(2026, month, 1))
        for name in REMINDERS["tuoi-nghi-huu"].rows(asked, span).values_list("member__full_name", flat=True):
            told[name] = span
    assert sorted(told) == [born_on for born_on in births if born_on.startswith("1986")]
    for name, span in told.items():
        days = (span.first, span.last)
        assert [has_retired(gender, PartialDate(name), InForce(day)) for day in days] == [False, True]


def test_nobody_is_told_where_no_age_is_known(cell_a):
    make_member(cell_a, gender=Gender.MALE, born_on="1964-10-30")
    april = month_of(date(2026, 4, 1))
    assert REMINDERS["tuoi-nghi-huu"].rows(moment_of(cell_a, april.first), april).count() == 1
    Threshold.objects.filter(code=AGES[Gender.MALE]).delete()
    assert REMINDERS["tuoi-nghi-huu"].rows(moment_of(cell_a, april.first), april).count() == 0
