from datetime import date, timedelta

from members.admissions import actions as admissions
from members.admissions.targets import target_rows
from members.restructuring import actions as restructuring
from organizations.choices import EventKind, Kind
from organizations.models import Unit
from organizations.units import actions as units
from tests.factories import START, admit, make_unit, moment_of

AS_OF = date(2026, 10, 15)


def rows(unit, day=AS_OF):
    """Return the rows of `unit` and their total as (code, target, done)."""
    found, total = target_rows(moment_of(unit, day))
    return [(row.code, row.target, row.done) for row in found], (total.target, total.done)


def test_targets_and_admissions_stand_beside_each_other_and_add_up(commune, cell_a, cell_b):
    admissions.set_targets(year=2026, targets={cell_a: 3})
    for day in (date(2026, 1, 1), AS_OF):
        admit(cell_a, day)
    admit(cell_b, date(2026, 5, 1))
    assert rows(commune) == ([("a", 3, 2), ("b", None, 1)], (3, 3))


def test_other_years_and_later_days_do_not_count(commune, cell_a):
    admissions.set_targets(year=2025, targets={cell_a: 3})
    admit(cell_a, date(2025, 12, 31))
    admit(cell_a, AS_OF + timedelta(days=1))
    assert rows(commune) == ([("a", None, 0)], (None, 0))


def test_a_party_organization_counts_what_lies_beneath_it(commune):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    nested = make_unit("nested", org)
    admissions.set_targets(year=2026, targets={org: 2, nested: 1})
    admit(nested, date(2026, 5, 1))
    assert rows(commune) == ([("org", 3, 1)], (3, 1))
    assert rows(org) == ([("nested", 1, 1), ("org", 2, 0)], (3, 1))


def test_a_cell_has_its_own_row(cell_a):
    assert rows(cell_a) == ([("a", None, 0)], (None, 0))
    admissions.set_targets(year=2026, targets={cell_a: 1})
    assert rows(cell_a) == ([("a", 1, 0)], (1, 0))


def test_a_cell_that_ended_keeps_its_admissions_and_loses_its_target(commune, cell_a, cell_b):
    admissions.set_targets(year=2026, targets={cell_a: 1, cell_b: 1})
    admit(cell_a, date(2026, 2, 1))
    restructuring.merge(cells=[cell_a], into=cell_b, day=date(2026, 6, 1))
    assert rows(commune) == ([("a", None, 1), ("b", 1, 0)], (1, 1))


def test_a_cell_that_ended_without_admissions_is_left_out(commune, cell_a):
    admissions.set_targets(year=2026, targets={cell_a: 1})
    units.close(unit=cell_a, day=date(2026, 6, 1), kind=EventKind.DISSOLVED)
    make_unit("c", commune, day=START)
    assert rows(commune) == ([("c", None, 0)], (None, 0))
    assert rows(Unit.objects.get(code="xa"), date(2026, 5, 31)) == ([("a", 1, 0), ("c", None, 0)], (1, 0))


def test_what_is_missing_is_never_less_than_nothing(commune, cell_a, cell_b):
    admissions.set_targets(year=2026, targets={cell_a: 1, cell_b: 3})
    for _ in range(2):
        admit(cell_a, date(2026, 5, 1))
    found, total = target_rows(moment_of(commune, AS_OF))
    assert [(row.missing, row.is_bare) for row in (*found, total)] == [(0, False), (3, False), (2, False)]
    make_unit("c", commune)
    assert target_rows(moment_of(commune, AS_OF))[0][-1].is_bare
