"""The time of a reminder: months, days of award."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.reminders.spans import AWARD_DAYS, award_of, first_day_of, month_of

ONE = timedelta(days=1)
DAY = date(2026, 11, 24)
days = st.dates(date(1950, 1, 1), date(2098, 12, 31))


@pytest.mark.parametrize(
    ("day", "first", "last", "words"),
    [
        (DAY, date(2026, 11, 1), date(2026, 11, 30), "tháng 11/2026"),
        (date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29), "tháng 02/2024"),
        (date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "tháng 12/2026"),
    ],
)
def test_a_month_is_all_its_days(day, first, last, words):
    span = month_of(day)
    assert (span.first, span.last, span.words, span.month) == (first, last, words, f"{first:%Y-%m}")


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2025, 11, 8), date(2026, 2, 3)),
        (date(2026, 2, 3), date(2025, 11, 8), date(2026, 2, 3)),
        (date(2026, 2, 4), date(2026, 2, 4), date(2026, 5, 19)),
        (date(2026, 6, 1), date(2026, 5, 20), date(2026, 9, 2)),
        (date(2026, 11, 1), date(2026, 9, 3), date(2026, 11, 7)),
        (date(2026, 11, 8), date(2026, 11, 8), date(2027, 2, 3)),
    ],
)
def test_a_day_of_award_ends_the_time_since_the_one_before(day, first, last):
    span = award_of(day)
    assert (span.first, span.last, span.words) == (first, last, f"đợt {last:%d/%m/%Y}")


@given(days, st.sampled_from([month_of, award_of]))
def test_spans_follow_each_other_without_a_gap_and_their_month_finds_them_again(day, span_of):
    span = span_of(day)
    assert span_of(span.last + ONE).first == span.last + ONE
    assert span_of(span.first - ONE).last == span.first - ONE
    assert span_of(first_day_of(span.month, DAY)) == span
    if span_of is award_of:
        assert span.first <= day <= span.last
        assert (span.last.month, span.last.day) in AWARD_DAYS


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "2026-12-01", "1800-01", "2100-01", "nay"])
def test_what_is_no_month_is_that_of_the_day(month):
    assert first_day_of(month, DAY) == date(2026, 11, 1)


@pytest.mark.parametrize("month", ["2026-02", "02/2026", "2/2026", " 2-2026 "])
def test_a_month_is_read_as_people_write_it(month):
    assert first_day_of(month, DAY) == date(2026, 2, 1)
