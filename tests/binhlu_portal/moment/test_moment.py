from datetime import date

import pytest

from binhlu_portal.moment.moment import FIRST_RATING_YEAR, Moment
from organizations.models import Unit
from tests.factories import START

TODAY = date(2026, 3, 31)
UNIT = Unit(code="xa", started_on=START)
CLOSED = Unit(code="cu", started_on=START, ended_on=date(2026, 1, 1))


def moment(unit=UNIT, **asked):
    return Moment.of(unit, None, today=TODAY, **asked)


def test_without_words_it_is_today_since_new_year_with_the_ratings_of_last_year():
    found = moment()
    assert (found.as_of, found.since, found.year) == (TODAY, date(2026, 1, 1), 2025)


def test_the_defaults_follow_the_as_of_day_and_not_today():
    found = moment(as_of=date(2025, 12, 31))
    assert (found.since, found.year) == (date(2025, 1, 1), 2024)


def test_what_is_asked_for_is_kept():
    found = moment(as_of=date(2026, 2, 1), since=START, year=2026)
    assert (found.unit, found.as_of, found.since, found.year) == (UNIT, date(2026, 2, 1), START, 2026)


def test_a_period_of_one_day_can_be_asked_for():
    assert moment(since=TODAY).since == TODAY


@pytest.mark.parametrize(
    ("since", "as_of", "expected"),
    [
        (date(2025, 7, 1), date(2026, 3, 1), (date(2024, 7, 1), date(2025, 3, 1))),
        (date(2024, 1, 1), date(2024, 2, 29), (date(2023, 1, 1), date(2023, 2, 28))),
        (date(2024, 2, 29), date(2024, 12, 31), (date(2023, 2, 28), date(2023, 12, 31))),
    ],
)
def test_a_year_earlier_asks_for_the_same_period_and_its_own_ratings(since, as_of, expected):
    asked = moment(Unit(code="xa", started_on=date(2020, 1, 1)), since=since, as_of=as_of)
    earlier = asked.a_year_earlier()
    assert (earlier.since, earlier.as_of, earlier.year) == (*expected, asked.year - 1)


def test_a_year_earlier_is_not_asked_about_where_the_unit_did_not_stand():
    young, old = (Unit(code="xa", started_on=date(2025, 3, day)) for day in (2, 1))
    asked = {"as_of": date(2026, 3, 1), "since": date(2026, 1, 1)}
    assert moment(young, **asked).a_year_earlier() is None
    assert moment(old, **asked).a_year_earlier().as_of == date(2025, 3, 1)


@pytest.mark.parametrize("day", [START, date(2025, 12, 31)])
def test_a_closed_unit_can_be_asked_about_the_days_of_its_life(day):
    assert moment(CLOSED, as_of=day).as_of == day


def test_a_unit_that_has_ended_can_be_asked_about_and_says_that_it_stands_no_more():
    found = moment(CLOSED, as_of=date(2026, 1, 1))
    assert not found.stands
    assert "(từ 01/07/2025 đến trước 01/01/2026)" in found.not_there
    assert moment(CLOSED, as_of=date(2025, 12, 31)).stands


@pytest.mark.parametrize(
    ("unit", "asked", "words"),
    [
        (UNIT, {"since": date(2026, 4, 1)}, "Từ ngày 01/04/2026 phải không muộn hơn ngày số liệu 31/03/2026"),
        (UNIT, {"year": FIRST_RATING_YEAR - 1}, "Năm xếp loại phải từ 1990"),
        (UNIT, {"year": 2027}, "đến năm của ngày số liệu (2026)"),
        (UNIT, {"as_of": date(2025, 6, 30)}, "“xa” không tồn tại ngày 30/06/2025 (từ 01/07/2025)"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(unit, asked, words):
    with pytest.raises(ValueError) as refused:
        moment(unit, **asked)
    assert words in str(refused.value)


def test_the_first_rating_year_can_be_asked_for():
    assert moment(year=FIRST_RATING_YEAR).year == FIRST_RATING_YEAR
