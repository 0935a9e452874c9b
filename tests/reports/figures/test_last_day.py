"""A fact about a member on the day on which the membership ends stands in the cell that was left; after a move, not.

All populations of figures that are dated facts of members are walked, and all registers of such facts: one that is new
and has nothing here that writes it fails, and so does one that asks only who is in a cell on the day itself.
"""

from datetime import date, timedelta

import pytest

from binhlu_portal.records.types import RECORD_TYPES
from members.choices import EndReason, Post
from members.discipline import actions as discipline_actions
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Badge, Discipline, Member, Planning, Suspension, Training
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from reports.figures import drilldown, evaluate
from reports.figures.registry import KNOWN, Figure
from reports.printed_forms.annexes.bieu_6 import bieu_6
from tests.factories import DECIDED, discipline, make_member, moment_of
from tests.ground import layer

DAY = date(2025, 9, 15)
"""On which the membership ends, and something is decided or begun."""

OF_MEMBERS = {
    figure.population.code: figure.population
    for figure in KNOWN.values()
    if isinstance(figure, Figure) and "spells__" in figure.population.line
}


def train(member, day):
    program = {"program": "party_work", "course": "Lớp A", "level": "province"}
    member_records.train(member=member, began_on=day, **program)


def plan(member, day):
    decided = {"approved_on": day, "decision": DECIDED}
    member_records.plan(member=member, post="executive_committee", term="2025-2030", **decided)


def review(member, day):
    plan(member, day)
    decided = {"approved_on": day, "decision": DECIDED}
    member_records.plan(member=member, post="executive_committee", term="2025-2030", step="reviewed", **decided)


def suspend(member, day):
    until = day + timedelta(days=30)
    discipline_actions.suspend(member=member, level="committee", day=day, until=until, decision=DECIDED)


def award(member, day):
    member_records.award_badge(member=member, years=30, awarded_on=day, decision=DECIDED)


def issue_card(member, day):
    Member.objects.filter(pk=member.pk).update(card_issued_on=day)


WRITERS = {
    Training: train,
    Planning: plan,
    "planning_reviews": review,
    Discipline: discipline,
    Suspension: suspend,
    Badge: award,
    Member: issue_card,
}
"""What writes a fact of each model about a member on a day, or one that a population alone counts."""


@layer
def person(cell_a):
    """A member of the cell, in the Party for thirty years, with a post in its committee."""
    member = make_member(cell_a, "Lan", joined_on="1995-01-05", official_on="1996-01-05")
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=date(2025, 7, 1), decision=DECIDED)
    return member


def beneath(population, unit):
    """Return the rows of a population beneath a unit in the month."""
    moment = moment_of(unit, date(2025, 9, 30), since=date(2025, 9, 1))
    return list(drilldown.LISTINGS[population.code].rows(population.beneath(moment), moment))


@pytest.mark.parametrize("code", sorted(OF_MEMBERS))
def test_a_fact_on_the_last_day_stands_in_the_cell_that_was_left(code, commune, cell_a, cell_b, person):
    membership.end_membership(member=person, day=DAY, reason=EndReason.DIED)
    population = OF_MEMBERS[code]
    WRITERS.get(code, WRITERS[population.rows(moment_of(commune, DAY)).model])(person, DAY)
    assert [len(beneath(population, unit)) for unit in (commune, cell_a, cell_b)] == [1, 1, 0]
    for row in beneath(population, cell_a):
        assert row.get("cell", "Chi bộ a") == "Chi bộ a"


@pytest.mark.parametrize("code", sorted(OF_MEMBERS))
def test_a_fact_on_the_day_of_a_move_stands_in_the_new_cell_alone(code, commune, cell_a, cell_b, person):
    membership.transfer(member=person, to=cell_b, day=DAY)
    positions.appoint(unit=cell_b, post=Post.SECRETARY, member=person, day=DAY, decision=DECIDED)
    population = OF_MEMBERS[code]
    WRITERS.get(code, WRITERS[population.rows(moment_of(commune, DAY)).model])(person, DAY)
    assert [len(beneath(population, unit)) for unit in (commune, cell_a, cell_b)] == [1, 0, 1]
    for row in beneath(population, cell_b):
        assert row.get("cell", "Chi bộ b") == "Chi bộ b"


@pytest.mark.parametrize("code", sorted(OF_MEMBERS))
def test_a_fact_on_the_last_day_of_a_cell_stands_in_it(code, commune, cell_a, cell_b, person):
    membership.transfer_out(member=person, day=DAY)
    restructuring.dissolve(cell=cell_a, day=DAY, moves={})
    population = OF_MEMBERS[code]
    WRITERS.get(code, WRITERS[population.rows(moment_of(commune, DAY)).model])(person, DAY)
    assert [len(beneath(population, unit)) for unit in (commune, cell_b)] == [1, 0]


@pytest.mark.parametrize(
    "code",
    sorted(
        kind.code for kind in RECORD_TYPES.values() if kind.model in WRITERS and getattr(kind, "tree_date_field", None)
    ),
)
def test_a_register_lists_a_fact_of_the_last_day_with_its_cell(code, commune, cell_a, cell_b, person):
    membership.transfer_out(member=person, day=DAY)
    kind = RECORD_TYPES[code]
    WRITERS[kind.model](person, DAY)

    def listed(unit):
        moment = moment_of(unit, date(2025, 9, 30), since=date(2025, 9, 1))
        return [row["cell"] for row in kind.listing.rows(kind.model.objects.filter(kind.lies_beneath(moment)), moment)]

    assert [listed(unit) for unit in (commune, cell_a, cell_b)] == [["Chi bộ a"], ["Chi bộ a"], []]


def test_a_course_of_the_last_day_stands_in_the_annex_by_post_and_place(commune, cell_a, person):
    membership.transfer_out(member=person, day=DAY)
    train(person, DAY)
    (sheet,) = bieu_6(moment_of(commune, date(2025, 9, 30), since=date(2025, 9, 1)))
    total = next(row for row in sheet.rows if row.key == "total")
    assert [total.cells[name].value for name in ("c6", "c7", "c14")] == [1, 1, 1]


def test_an_expulsion_and_its_ending_stand_in_one_cell(commune, cell_a, cell_b, person):
    discipline(person, DAY, "expulsion")
    codes = ["discipline.members.expelled", "members.expelled"]
    for unit, number in ((commune, 1), (cell_a, 1), (cell_b, 0)):
        found = evaluate.results(moment_of(unit, date(2025, 9, 30), since=date(2025, 9, 1)), codes)
        assert [found[code].value for code in codes] == [number, number]


@pytest.mark.parametrize("code", sorted(OF_MEMBERS))
def test_a_fact_from_before_the_member_came_is_counted_nowhere(code, commune, cell_a, cell_b):
    before = date(2025, 8, 4)
    member = make_member(cell_a, "Lan", day=DAY, joined_on="1995-01-05", official_on="1996-01-05")
    population = OF_MEMBERS[code]
    WRITERS[population.rows(moment_of(commune, DAY)).model](member, before)
    moments = [moment_of(unit, date(2025, 9, 30), since=date(2025, 7, 1)) for unit in (commune, cell_a, cell_b)]
    assert [population.beneath(moment).count() for moment in moments] == [0, 0, 0]


@pytest.mark.parametrize("code", ["dao-tao", "ky-luat", "quy-hoach"])
def test_a_register_lists_a_fact_from_before_the_member_came_where_the_member_is(code, commune, cell_a, cell_b):
    member = make_member(cell_a, "Lan", day=DAY)
    kind = RECORD_TYPES[code]
    WRITERS[kind.model](member, date(2025, 8, 4))
    found = {}
    for unit in (commune, cell_a, cell_b):
        moment = moment_of(unit, date(2025, 9, 30), since=date(2025, 7, 1))
        rows = kind.model.objects.filter(kind.lies_beneath(moment))
        found[unit] = [row["cell"] for row in kind.listing.rows(rows, moment)]
    assert found == {commune: [None], cell_a: [None], cell_b: []}


def test_what_holds_since_before_the_member_came_counts_from_the_day_of_coming(commune, cell_a):
    member = make_member(cell_a, "Lan", day=DAY)
    member_records.exempt(member=member, kind="age_health", day=date(2020, 1, 6))
    codes = ["members.exempt.age_health"]
    found = [evaluate.results(moment_of(commune, day), codes)[codes[0]].value for day in (DAY - timedelta(1), DAY)]
    assert found == [0, 1]
