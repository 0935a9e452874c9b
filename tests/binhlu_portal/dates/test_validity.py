from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.validity import OPEN, covers, covers_eve
from organizations.models import Threshold
from tests.factories import START

END = START + timedelta(days=10)
ONE = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.fixture
def limited(db):
    """A period of ten days and one without an end after it."""
    for started_on, ended_on in ((START, END), (END, OPEN)):
        Threshold.objects.create(code="x", low=1, source="Mẫu", started_on=started_on, ended_on=ended_on)


def limits():
    return Threshold.objects.filter(code="x")


def starts(rows):
    return [row.started_on for row in rows.order_by("started_on")]


@pytest.mark.parametrize(
    ("day", "expected"), [(START - ONE, []), (START, [START]), (END - ONE, [START]), (END, [END]), (OPEN - ONE, [END])]
)
def test_a_period_holds_from_its_first_day_until_the_day_before_its_end(limited, day, expected):
    assert starts(limits().on(day)) == expected
    assert starts(limits().filter(covers(day))) == expected


@pytest.mark.parametrize(("day", "expected"), [(START, []), (START + ONE, [START]), (END, [START]), (END + ONE, [END])])
def test_the_eve_of_a_day_is_the_day_before(limited, day, expected):
    assert starts(limits().filter(covers_eve(day))) == expected


@pytest.mark.parametrize(
    ("started_on", "ended_on", "expected"),
    [
        (START - ONE, START, []),
        (START - ONE, START + ONE, [START]),
        (END - ONE, END, [START]),
        (END - ONE, END + ONE, [START, END]),
        (END, OPEN, [END]),
    ],
)
def test_periods_that_only_touch_do_not_overlap(limited, started_on, ended_on, expected):
    assert starts(limits().overlapping(started_on, ended_on)) == expected


def test_a_period_without_an_end_is_open():
    assert Threshold(started_on=START).is_open
    assert not Threshold(started_on=START, ended_on=END).is_open


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2025, 3, 31), 12, date(2026, 3, 31)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 12, 31), 2, date(2025, 3, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_first_after_a_short_month(day, months, expected):
    assert months_later(day, months) == expected


@given(DAYS, st.integers(0, 36))
def test_months_later_never_falls_short(day, months):
    later = months_later(day, months)
    assert later.day in (day.day, 1)
    passed = (later.year - day.year) * 12 + later.month - day.month
    assert passed == months + (later.day != day.day)
