"""What the records give on every day: the days on which counts can change are all known."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from members.models import Member, Spell
from organizations.models import Unit
from reports.figures import evaluate, registry
from reports.reconciliation.days import CountHistory, as_of, compared, span
from tests.examples import examples
from tests.factories import START, admit, make_member, make_root, make_unit, moment_of
from tests.reports.worlds import DAYS, build

COUNTED = [code for code, figure in registry.FIGURES.items() if not isinstance(figure, registry.TargetFigure)]
LAST = DAYS[-1]


def value_on(history, figure, unit, day):
    """Return what the history says of `day`."""
    first, last = span(figure, replace(history.moment, unit=unit), LAST)
    return next(
        (value, base) for start, end, value, base in history.runs(figure, unit, first, last) if start <= day <= end
    )


@pytest.mark.django_db
@settings(max_examples=examples(1), phases=[Phase.generate])  # a smaller seed is no simpler world
@given(seed=st.integers(0, 1_000_000))
def test_the_history_of_random_worlds_says_of_any_day_what_is_counted_then(seed):
    random = Random(seed)
    with transaction.atomic():
        tree = build(random)
        units = [Unit.objects.get(pk=tree[code].pk) for code in ("xa-1", random.choice(sorted(tree)))]
        moment = moment_of(units[0], LAST, since=DAYS[4], year=2025)
        history = CountHistory(moment, set(COUNTED), units, START, LAST)
        for day in random.sample([START + timedelta(days=days) for days in range((LAST - START).days + 1)], 10):
            results = evaluate.results_of_units(as_of(moment, day), COUNTED, [unit.pk for unit in units])
            for unit in units:
                for code, result in results[unit.pk].items():
                    first, last = span(result.figure, replace(moment, unit=unit), LAST)
                    if first <= day <= last:
                        found = value_on(history, result.figure, unit, day)
                        assert found == (result.value, result.base), (code, unit.code, day)
        transaction.set_rollback(True)


def test_a_birthday_a_new_year_and_the_since_day_are_days_of_change(commune, cell_a):
    make_member(cell_a, born_on="1990-02-10", day=START)
    admit(cell_a, date(2025, 8, 1))
    admit(cell_a, date(2025, 9, 1))
    moment = moment_of(commune, LAST, since=date(2025, 8, 15))
    figures = [registry.FIGURES[code] for code in ("members.age.31_35", "admissions.year", "admissions.total")]
    history = CountHistory(moment, {figure.code for figure in figures}, [commune], START, LAST)

    def changes(figure, first):
        return [(start, value) for start, _, value, _ in history.runs(figure, commune, first, LAST)]

    age, year, total = figures
    assert (date(2026, 2, 10), 0) in changes(age, START)
    assert (date(2026, 1, 1), 0) in changes(year, START)
    assert changes(total, date(2025, 8, 15))[0] == (date(2025, 8, 15), 0)


def test_only_days_that_a_count_compares_are_asked(commune, cell_a):
    make_member(cell_a, day=date(2025, 8, 3), card_issued_on=date(2025, 9, 9))
    history = CountHistory(moment_of(commune, LAST), {"members.total"}, [commune], START, LAST)
    assert sorted(history.steps[commune.pk, "members.total"]) == [START, date(2025, 8, 3), date(2026, 1, 1)]


def test_columns_held_against_another_column_are_no_days_of_change(commune):
    moment = moment_of(commune, LAST)
    query = registry.FIGURES["training.turns.total"].population.rows(moment).query
    assert {column.name for column in compared(query)} == {"began_on"}


def test_a_long_history_is_counted_in_few_statements(commune, cell_a, django_assert_num_queries):
    moment = moment_of(commune, LAST)
    with django_assert_num_queries(2):
        CountHistory(moment, {"members.total", "members.female"}, [commune, cell_a], START, LAST)
    for days in range(150):
        make_member(cell_a, day=START + timedelta(days=days))
    with django_assert_num_queries(2):
        history = CountHistory(moment, {"members.total", "members.female"}, [commune, cell_a], START, LAST)
    assert value_on(history, registry.FIGURES["members.total"], cell_a, LAST) == (150, None)


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("members.total", date(2025, 7, 1)),
        ("admissions.total", date(2025, 9, 1)),
        ("members.increase", date(2025, 9, 1)),
    ],
)
def test_what_counts_a_period_is_asked_from_its_since_day(commune, code, first):
    moment = moment_of(commune, LAST, since=date(2025, 9, 1))
    assert span(registry.FIGURES[code], moment, LAST) == (first, LAST)


def test_a_figure_is_asked_of_the_life_of_its_unit(db):
    root = make_root("tinh")
    unit = make_unit("ngan", root, day=date(2025, 8, 1))
    unit.ended_on = date(2025, 12, 1)
    assert span(registry.FIGURES["members.total"], moment_of(unit, date(2025, 9, 1)), LAST) == (
        date(2025, 8, 1),
        date(2025, 11, 30),
    )


def test_the_days_of_foreign_records_only_say_when_to_count(cell_a, cell_b, secretary_a):
    make_member(cell_b, day=date(2025, 10, 10))
    assert Spell.objects.count() == 1 and Member.objects.count() == 1
    moment = moment_of(cell_a, LAST, user=secretary_a)
    history = CountHistory(moment, {"members.total"}, [cell_a], START, LAST)
    assert set(history.steps[cell_a.pk, "members.total"].values()) == {0}
