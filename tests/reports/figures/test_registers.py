"""Registers of figures: for whom each says nothing, and what results say of it."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from binhlu_portal.data_checks.findings import find
from binhlu_portal.data_checks.rules import CHECKS
from organizations.models import Unit
from reports.figures import evaluate, registry
from reports.figures.populations import RECORDS
from reports.narrative.content import report
from reports.narrative.outline.queries import built_in
from reports.placeholders.report import REPORT
from reports.placeholders.syntax import names_in, read
from tests.examples import examples
from tests.factories import admit, make_member, make_person, make_unit, moment_of
from tests.reports.naive import World
from tests.reports.naive_registers import NAIVE_REGISTERS
from tests.reports.worlds import build, days_to_ask

CODES = list(registry.REGISTERS)


def check_moment(world, moment):
    """Compare the number of every register with its list and its naive count, and with what results say of it."""
    counted = evaluate.counts(moment, CODES, [moment.unit.pk])[moment.unit.pk]
    for code, register in registry.REGISTERS.items():
        naive = NAIVE_REGISTERS[code.removeprefix("unrecorded.")](world, moment)
        assert counted.get(code, 0) == naive, (code, moment)
        assert len(evaluate.rows(moment, register)) == naive, (code, moment)
    for code, result in evaluate.results(moment).items():
        silent = {register.figure.code: register.value for register in result.silent}
        assert all(silent.values()), code
        for register in registry.registers_of(result.figure):
            is_asked = not registry.REGISTERS[register].asked_of_nought or result.value in (0, None)
            if not isinstance(result.figure, registry.TargetFigure):
                assert silent.get(register, 0) == (counted.get(register, 0) if is_asked else 0), (code, register)


def test_every_register_has_a_naive_count():
    assert {f"unrecorded.{code}" for code in NAIVE_REGISTERS} == set(CODES)


def test_every_register_is_closed_by_a_check_that_exists():
    assert {register.check for register in registry.REGISTERS.values()} <= CHECKS.keys()


def test_a_register_without_a_check_is_refused_when_the_portal_starts(monkeypatch):
    code, register = next(iter(registry.REGISTERS.items()))
    monkeypatch.setitem(registry.REGISTERS, code, replace(register, check=""))
    with pytest.raises(ValueError, match=code):
        registry.check()


LOUD = {"unrecorded.card_issued_on", "unrecorded.free_of_fee", "unrecorded.no_handbook_reason", "unrecorded.admission"}
LOUD |= {code for code in CODES if code.startswith(("unrecorded.official_", "unrecorded.planned_"))}
"""Registers that say something of a commune of which nothing is written: without a card there is no day of it, and of
nobody in a post, or approved for one, nothing is unknown …
"""


def test_what_a_silent_register_does_not_say_is_found_by_its_check(commune):
    bare_commune(commune)
    moment = moment_of(commune, date(2026, 3, 15), since=date(2025, 7, 1), year=2025)
    counted = evaluate.counts(moment, CODES, [commune.pk])[commune.pk]
    found = {one.check.code for one in find(moment)}
    silent = {code for code in CODES if counted.get(code)}
    assert {code for code in silent if registry.REGISTERS[code].check not in found} == set()
    assert {code for code in set(CODES) - silent if code not in LOUD} == set()


def test_the_report_marks_every_place_about_which_a_register_is_silent(commune):
    bare_commune(commune)
    moment = moment_of(commune, date(2026, 3, 15), since=date(2025, 7, 1), year=2025)
    outline = built_in("nq21")
    asked = REPORT.codes_in([read(name) for text in outline.texts for name in names_in(text)])
    rested_on = {register for code in asked for register in registry.registers_of(registry.FIGURES[code])}
    results = evaluate.results(moment, [*asked])
    silent = {
        register.figure.code
        for result in results.values()
        for register in result.silent
        if register.figure.code in rested_on and not register.figure.asked_of_nought
    }
    said = report(moment, outline)
    marked = {gap.code for part in (*said.blanks.values(), *said.parts) for gap in part.gaps}
    assert silent - marked == set()
    assert {f"unrecorded.{code}" for code in ("overseen", "liaison", "handbook", "superior.request")} <= marked


def bare_commune(commune):
    """Let a commune have a village cell, a school and a party organization, and people of whom nothing is written."""
    above = make_unit("db", commune, kind="party_organization")
    cells = [make_unit("a", commune), make_unit("t", commune, sector="school"), make_unit("c", above, sector="school")]
    unknown = {"born_on": None, "religion": "", "official_on": None}
    for cell in cells:
        make_member(cell, joined_on="1990-01-05" if cell.code != "c" else None, **unknown)
    admit(cells[0], date(2026, 2, 3), person=make_person(**unknown))
    make_member(cells[0], joined_on="2026-02-03", **unknown)


def test_a_figure_that_says_on_which_register_it_rests_rests_on_known_ones():
    for figure in registry.KNOWN.values():
        if isinstance(figure, registry.Figure):
            assert figure.rests_on or figure.population.rests_on, figure.code
    assert RECORDS not in registry.REGISTERS


@pytest.mark.django_db
@settings(max_examples=examples(2), phases=[Phase.generate])  # a smaller seed is no simpler world
@given(seed=st.integers(0, 1_000_000))
def test_registers_of_random_worlds_equal_their_lists_and_naive_counts(seed):
    random = Random(seed)
    with transaction.atomic():
        tree = build(random)
        world = World()
        for since, as_of in random.sample(days_to_ask(), 2):
            for code in random.sample(sorted(tree), 3):
                unit = Unit.objects.get(pk=tree[code].pk)
                if unit.started_on <= as_of < unit.ended_on:
                    check_moment(world, moment_of(unit, as_of, since=since, year=2025))
        transaction.set_rollback(True)


def test_a_change_rests_on_nothing_that_its_stock_does_not_rest_on(commune):
    moment = moment_of(commune, date(2026, 3, 1))
    assert evaluate.results(moment, ["members.increase"])["members.increase"].silent == ()
