"""What was decided for a year stays: whatever happens later, no figure of a rating year changes."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.choices import NotRated, Rating
from assessments.ratings import actions as ratings
from binhlu_portal.moment.moment import Moment
from members.choices import EndReason
from members.membership import actions as membership
from organizations.models import Unit
from organizations.scope import SYSTEM
from organizations.units import actions as units
from reports.figures import drilldown, evaluate, registry
from reports.figures.rating_list import RATED_COLLECTIVES, RATED_MEMBERS, RATED_NESTED, RATED_UNITS, rating_day
from tests.examples import examples
from tests.factories import make_member, make_unit
from tests.proofs import undone

END_OF_YEAR, LATER = date(2025, 12, 31), date(2026, 10, 1)
DECIDED = [
    code
    for code, figure in registry.KNOWN.items()
    if isinstance(figure, registry.Figure)
    and figure.population in (RATED_COLLECTIVES, RATED_MEMBERS, RATED_NESTED, RATED_UNITS)
]
LEVELS = (Rating.EXCELLENT, Rating.GOOD, Rating.FAIR)


@pytest.fixture
def rated(cell_a, cell_b):
    """Two rated cells with rated members, one of them not rated for a reason."""
    for cell in (cell_a, cell_b):
        ratings.rate_unit(unit=cell, year=2025, decided_on=END_OF_YEAR, level=Rating.GOOD)
        ratings.recognise_four_goods(unit=cell, year=2025)
        for level in LEVELS:
            member = make_member(cell)
            ratings.rate(member=member, year=2025, decided_on=END_OF_YEAR, level=level)
    exempt = make_member(cell_a)
    ratings.rate(member=exempt, year=2025, decided_on=END_OF_YEAR, not_rated=NotRated.EXEMPT)
    make_member(cell_b)
    return cell_a, cell_b


def of_year(unit, as_of):
    """Return the values of all decided figures of 2025, and the numbers of rows their lists have."""
    moment = Moment.of(unit, SYSTEM, today=as_of, as_of=as_of, year=2025)
    values = {code: result.value for code, result in evaluate.results(moment, DECIDED).items()}
    assert {code: drilldown.rows(moment, registry.KNOWN[code]).count() for code in DECIDED} == values
    return values


def test_every_figure_of_ratings_counts_the_list_of_its_year():
    named = {code for code in registry.KNOWN if code.startswith("ratings.") or code == "units.four_goods"}
    assert named == {code for code in DECIDED if code not in registry.REGISTERS}


def test_the_reference_day_is_the_end_of_the_year_or_the_day_asked_for(commune):
    assert rating_day(Moment.of(commune, SYSTEM, today=LATER, year=2025)) == END_OF_YEAR
    assert rating_day(Moment.of(commune, SYSTEM, today=date(2025, 9, 1), year=2025)) == date(2025, 9, 1)


def test_rated_and_not_rated_are_the_list(commune, rated):
    values = of_year(commune, END_OF_YEAR)
    assert values["ratings.members.listed"] == 8
    assert values["ratings.members.rated"] + values["ratings.members.not_rated"] == 8
    assert (values["ratings.units.listed"], values["ratings.units.rated"], values["units.four_goods"]) == (2, 2, 2)


def test_a_unit_dissolved_later_keeps_its_rating_of_the_year(commune, rated):
    cell, other = rated
    before = of_year(commune, END_OF_YEAR)
    for spell in cell.spells.on(END_OF_YEAR):
        membership.transfer(member=spell.member, to=other, day=date(2026, 9, 30))
    units.close(unit=cell, day=date(2026, 9, 30), kind="dissolved")
    assert of_year(commune, LATER) == before


LATER_MOVES = ("transfer", "die", "newcomer", "found", "rename")


@settings(max_examples=examples(5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.sampled_from(LATER_MOVES), st.integers(0, 200)), max_size=6))
def test_no_sequence_of_later_movements_changes_a_figure_of_the_year(commune, rated, moves):
    cell, other = rated
    before = of_year(commune, END_OF_YEAR)
    with undone():
        for number, (move, day) in enumerate(sorted(moves, key=lambda each: each[1])):
            on = date.fromordinal(date(2026, 1, 2).toordinal() + day)
            happen(move, number, on, commune, cell, other)
        for unit, day in ((commune, date(2026, 1, 1)), (commune, LATER)):
            assert of_year(unit, day) == before


def happen(move, number, on, commune, cell, other):
    """Let one thing happen after the year is over; what cannot happen any more does not."""
    here = cell.spells.on(on).select_related("member").order_by("pk").first()
    if move == "transfer" and here:
        membership.transfer(member=here.member, to=other, day=on)
    elif move == "die" and here:
        membership.end_membership(member=here.member, day=on, reason=EndReason.DIED)
    elif move == "newcomer":
        make_member(other, day=on)
    elif move == "found":
        make_unit(f"new-{number}", commune, day=on)
    elif move == "rename":
        name = f"Tên mới {number}"
        units.rename(unit=Unit.objects.get(pk=cell.pk), name=name, day=on)
