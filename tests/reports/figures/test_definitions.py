"""Every figure of the registry: value = rows of its list = a naive count, and the split adds up to the whole."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessments.models import Meeting
from organizations.choices import RoleKind
from organizations.models import Unit
from organizations.scope import SYSTEM
from organizations.units import actions as units
from reports.figures import evaluate, registry
from reports.figures.drilldown import LISTINGS
from reports.figures.populations import the_period
from reports.figures.result import percentage
from tests.examples import examples
from tests.factories import START, make_member, make_members, make_unit, make_user, moment_of
from tests.reports import naive
from tests.reports.naive import World
from tests.reports.naive_annexes import NAIVE_ANNEXES
from tests.reports.worlds import build, days_to_ask

NAIVE = naive.NAIVE | NAIVE_ANNEXES
COUNTED = [figure for figure in registry.FIGURES.values() if isinstance(figure, registry.Figure)]


def listed(figure, moment):
    """Return what the list behind a figure adds up to."""
    rows = list(evaluate.rows(moment, figure))
    if figure.measure in ("", registry.PEOPLE):
        return len(rows)
    return sum(getattr(row, figure.measure) for row in rows)


def check_moment(world, moment):
    """Compare every figure of a moment with its list, its naive count and its split."""
    results = evaluate.results(moment)
    for code, count in NAIVE.items():
        assert results[code].value == count(world, moment), (code, moment)
    for figure in COUNTED:
        assert listed(figure, moment) == results[figure.code].value, (figure.code, moment)
    parts = evaluate.results_by_unit(moment, list(results))
    for code, result in results.items():
        figure = registry.FIGURES[code]
        if isinstance(figure, registry.TargetFigure) or getattr(figure, "measure", "") == registry.PEOPLE:
            continue  # a person may be counted in two parts: the cell left and the cell joined
        assert sum(part[code].value for part in parts.values()) == result.value, (code, moment)


def test_every_figure_has_a_naive_count_or_is_a_target():
    targets = {code for code, figure in registry.FIGURES.items() if isinstance(figure, registry.TargetFigure)}
    assert set(NAIVE) == set(registry.FIGURES) - targets


def test_every_population_has_a_listing():
    counted = (figure for figure in registry.KNOWN.values() if isinstance(figure, registry.Figure))
    assert set(LISTINGS) == {figure.population.code for figure in counted}


def test_what_asks_for_the_since_day_tells_of_a_period(commune):
    moment = moment_of(commune, date(2026, 3, 1), since=date(2025, 7, 1))
    moments = (moment, replace(moment, since=date(2025, 8, 1)))
    for figure in registry.KNOWN.values():
        if type(figure) is registry.Figure:
            statements = {str(evaluate.count_query(each, [figure], [commune.pk]).query) for each in moments}
            assert (len(statements) == 2) == (the_period in (figure.when, figure.population.when)), figure.code


@pytest.mark.django_db
@settings(max_examples=examples(2), phases=[Phase.generate])  # a smaller seed is no simpler world
@given(seed=st.integers(0, 1_000_000))
def test_figures_of_random_worlds_equal_their_lists_and_naive_counts(seed):
    random = Random(seed)
    with transaction.atomic():
        tree = build(random)
        world = World()
        for since, as_of in random.sample(days_to_ask(), 2):
            for code in random.sample(sorted(tree), 3):
                unit = Unit.objects.get(pk=tree[code].pk)
                if unit.started_on <= as_of:
                    check_moment(world, moment_of(unit, as_of, since=since, year=2025))
        transaction.set_rollback(True)


def test_all_figures_need_three_statements_however_many_units(commune, django_assert_num_queries):
    cells = [make_unit("c-1", commune)]
    day = date(2026, 3, 1)
    with django_assert_num_queries(3):
        evaluate.results(moment_of(commune, day))
    cells += [make_unit(f"c-{index}", commune) for index in range(2, 31)]
    for cell in cells:
        make_member(cell)
    with django_assert_num_queries(3):
        assert evaluate.results(moment_of(commune, day))["members.total"].value == 30
    with django_assert_num_queries(3):
        found = evaluate.results_of_units(moment_of(commune, day), [*registry.FIGURES], [cell.pk for cell in cells])
    assert {result["members.total"].value for result in found.values()} == {1}
    with django_assert_num_queries(3):
        assert len(evaluate.results_by_unit(moment_of(commune, day), [*registry.FIGURES])) == 30


def test_a_reader_counts_only_what_lies_beneath_the_own_unit(commune, cell_a, cell_b, secretary_a, clerk):
    make_member(cell_a)
    make_member(cell_b)
    moment = moment_of(commune, date(2026, 3, 1))
    counted = {
        user: evaluate.results(replace(moment, user=user), ["members.total"])["members.total"].value
        for user in (SYSTEM, clerk, secretary_a)
    }
    assert counted == {SYSTEM: 2, clerk: 2, secretary_a: 1}


def test_no_figure_opens_rows_of_a_foreign_unit(cell_a, cell_b, secretary_a):
    make_member(cell_b)
    moment = replace(moment_of(cell_b, date(2026, 3, 1)), user=secretary_a)
    results = evaluate.results(moment)
    assert {result.value for result in results.values()} <= {0, None}
    assert all(not evaluate.rows(moment, figure).exists() for figure in COUNTED)


def test_a_cell_that_moved_away_still_counts_in_last_years_figure(commune, cell_a, clerk):
    other = make_unit("khac", commune, kind="party_organization", sector="public_service")
    reader = make_user("reader", (RoleKind.LEADER, other))
    nested = make_unit("trong", other, sector="public_service")
    make_member(nested)
    units.move(unit=nested, parent=commune, day=date(2025, 10, 1))
    before = moment_of(other, date(2025, 9, 30), user=reader)
    after = moment_of(other, date(2025, 10, 1), user=reader)
    assert evaluate.results(before, ["members.total"])["members.total"].value == 1
    assert evaluate.results(after, ["members.total"])["members.total"].value == 0


@pytest.mark.parametrize(
    ("part", "whole", "places", "percent"),
    [
        (37, 861, 1, "4.3"),
        (30, 861, 1, "3.5"),
        (25, 35, 2, "71.43"),
        (9, 21, 1, "42.9"),
        (1, 8, 1, "12.5"),
        (1, 800, 1, "0.1"),
        (0, 5, 1, "0.0"),
    ],
)
def test_percentages_round_half_up(part, whole, places, percent):
    assert percentage(part, whole, places) == Decimal(percent)


def test_exact_halves_round_up():
    assert percentage(1, 2000, 1) == Decimal("0.1")
    assert percentage(5, 16, 1) == Decimal("31.3")


@pytest.mark.parametrize("whole", [0, None])
def test_nothing_over_nothing_has_no_percentage(whole):
    assert percentage(3, whole, 1) is None


def test_the_registry_refuses_a_code_used_twice():
    with pytest.raises(ValueError, match="defined twice"):
        registry.add(registry.FIGURES["members.total"])


def test_the_registry_refuses_an_unknown_base(monkeypatch):
    wrong = replace(registry.FIGURES["members.female"], of="members.nobody")
    monkeypatch.setitem(registry.FIGURES, "members.female", wrong)
    with pytest.raises(ValueError, match=r"members\.nobody"):
        registry.check()


def test_one_statement_counts_every_population(commune):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        evaluate.counts(moment_of(commune, date(2026, 3, 1)), ["units.total", "members.total", "planning.total"], [1])
    assert len(queries) == 1


def test_sums_pass_the_size_of_the_column_they_add_up(cell_a):
    make_members(cell_a, 150)
    numbers = {"kind": "regular", "expected": 150, "present": 150}
    days = [START + timedelta(days=number) for number in range(240)]
    Meeting.objects.bulk_create(Meeting(unit=cell_a, held_on=day, **numbers) for day in days)
    result = evaluate.results(moment_of(cell_a, days[-1], since=START), ["meetings.attendance.village"])
    assert result["meetings.attendance.village"].value == 36_000
