"""Trends: what a number was at the ends of the months before, by the records and the tree of each day."""

from dataclasses import replace
from datetime import date

import pytest

from members.membership import actions as membership
from organizations.units import actions as units
from reports.dashboard.trends import MONTHS, days_before, trends
from reports.figures import evaluate
from tests.factories import START, make_member, moment_of

AS_OF = date(2026, 3, 10)
TOTAL = "members.total"


def asked(unit, as_of=AS_OF):
    return moment_of(unit, as_of, since=START, year=2025)


def test_a_line_begins_where_the_unit_does_and_ends_on_the_day_asked(commune):
    days = days_before(asked(commune))
    assert days[:2] == (START, date(2025, 7, 31))
    assert days[-3:] == (date(2026, 1, 31), date(2026, 2, 28), AS_OF)


def test_the_end_of_a_month_is_no_day_twice(commune):
    days = days_before(asked(commune, date(2026, 2, 28)))
    assert days[-2:] == (date(2026, 1, 31), date(2026, 2, 28))


def test_each_point_is_the_figure_of_its_day(commune, cell_a):
    make_member(cell_a)
    late = make_member(cell_a, day=date(2025, 10, 5))
    membership.transfer_out(member=late, day=date(2026, 1, 20), went_to="Phường khác")
    trend = trends(asked(commune), [TOTAL])[0][TOTAL]
    assert trend.values == (1, 1, 1, 1, 2, 2, 2, 1, 1, 1)
    assert (trend.days[0], trend.since, trend.last) == (START, "01/07/2025", 1)
    assert replace(trend, days=trend.days[1:]).since == "07/2025"
    each = [evaluate.results(replace(asked(commune), as_of=day), [TOTAL])[TOTAL].value for day in trend.days]
    assert list(trend.values) == each


def test_a_line_goes_back_two_years_and_no_further_than_the_records(commune, cell_a):
    assert len(days_before(asked(commune, date(2028, 2, 29)))) == MONTHS + 1 == 25
    make_member(cell_a, day=date(2025, 12, 1), gender="male")
    make_member(cell_a, day=date(2026, 2, 1), gender="female")
    found = trends(asked(commune), [TOTAL, "members.female", "units.total"])[0]
    assert (found[TOTAL].days[0], found[TOTAL].values) == (date(2025, 12, 31), (1, 1, 2, 2))
    assert found["members.female"].values == (0, 0, 1, 1), "nobody of those who are known is no gap in the records"
    assert found["units.total"].days[0] == START


def test_a_reader_is_told_of_no_more_than_may_be_opened(commune, cell_a, cell_b, secretary_a):
    make_member(cell_a)
    make_member(cell_b)
    moment = replace(asked(cell_a), user=secretary_a)
    assert set(trends(moment, [TOTAL])[0][TOTAL].values) == {1}
    assert trends(replace(asked(cell_b), user=secretary_a), [TOTAL])[0] == {}


@pytest.mark.parametrize("number", [1, 30])
def test_all_days_and_figures_are_one_statement(commune, cell_a, number, django_assert_num_queries):
    for _ in range(number):
        make_member(cell_a)
    with django_assert_num_queries(1):
        found, before = trends(asked(commune), [TOTAL, "members.female", "units.total"])
    assert (found[TOTAL].last, before[TOTAL]) == (number, number)


def test_one_day_is_no_line_and_a_unit_that_has_ended_has_none(commune, cell_a):
    assert trends(asked(commune, START), [TOTAL]) == ({}, {TOTAL: 0})
    units.close(unit=cell_a, day=date(2025, 12, 1), kind="dissolved")
    cell_a.refresh_from_db()
    assert trends(asked(cell_a), [TOTAL])[0] == {}
