"""Months added to days and taken from them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.dates.arithmetic import months_earlier, months_later

ONE = timedelta(days=1)


@given(st.dates(date(1950, 1, 1), date(2098, 12, 31)), st.integers(1, 1200))
def test_the_last_day_from_which_months_are_full_is_the_last(day, months):
    last = months_earlier(day, months)
    assert months_later(last, months) <= day < months_later(last + ONE, months)
