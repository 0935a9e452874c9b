"""The table of ancestry says on every day what walking from parent to parent says, whatever wrote the tree."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from binhlu_portal.dates.validity import OPEN, covers
from organizations.ancestry import difference
from organizations.choices import EventKind, Kind, Sector
from organizations.models import Ancestry, Unit, UnitPeriod
from organizations.units import actions as units
from tests.examples import examples
from tests.factories import START, make_root, make_unit
from tests.proofs import insert_by_sql, undone

ONE = timedelta(days=1)
TABLE = UnitPeriod._meta.db_table
DURING = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(15))


def days_that_matter():
    """Return the days on which anything in the tree begins or ends, and those before."""
    days = {day for period in UnitPeriod.objects.all() for day in (period.started_on, period.ended_on)}
    days |= {day for line in Ancestry.objects.all() for day in (line.started_on, line.ended_on)}
    return sorted({day - ONE for day in days} | days - {OPEN})


def walked(day, lives, periods):
    """Return {(ancestor, unit): (branch, depth)} of `day`, found by walking from each unit to its parents."""
    parents = {p.unit_id: p.parent_id for p in periods if p.started_on <= day < p.ended_on}
    found = {}
    for unit in (unit for unit, started_on, ended_on in lives if started_on <= day < ended_on):
        ancestor, branch, depth = unit, None, 0
        while ancestor is not None:
            found[ancestor, unit] = (branch, depth)
            ancestor, branch, depth = parents.get(ancestor), ancestor, depth + 1
    return found


def check_every_day():
    """Compare the table with the walk on every day that matters."""
    lives = list(Unit.objects.values_list("pk", "started_on", "ended_on"))
    periods, lines = list(UnitPeriod.objects.all()), list(Ancestry.objects.all())
    assert all(line.started_on < line.ended_on for line in lines), "a line of no day"
    assert difference() == ([], []), "derived anew it is another"
    for day in days_that_matter():
        on_day = [line for line in lines if line.started_on <= day < line.ended_on]
        table = {(line.ancestor_id, line.unit_id): (line.branch_id, line.depth) for line in on_day}
        assert len(table) == len(on_day), f"two lines for a pair on {day}"
        assert table == walked(day, lives, periods), f"{day}"


# --- The tree as verbs write it ---

NUMBERS = st.integers(0, 6)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["establish", "rename", "move", "split_off", "close"]), NUMBERS, NUMBERS, st.integers(0, 3)
    ),
    max_size=14,
)
KINDS = [Kind.SUBORDINATE_CELL, Kind.PARTY_ORGANIZATION, Kind.DEPARTMENTAL, Kind.GRASSROOTS_CELL]


def step(name, unit, other, number, day):
    """Do what the step says to `unit`; `other` is a second unit."""
    fresh = {"code": f"u{number}", "name": f"Chi bộ {number}"}
    match name:
        case "establish":
            kind = KINDS[number % len(KINDS)]
            units.establish(**fresh, kind=kind, sector=Sector.VILLAGE, parent=other, day=day)
        case "rename":
            units.rename(unit=unit, name=f"Tên {number}", day=day)
        case "move":
            units.move(unit=unit, parent=other, day=day)
        case "split_off":
            units.split_off(unit=unit, **fresh, day=day)
        case "close":
            units.close(unit=unit, day=day, kind=EventKind.DISSOLVED)


@given(STEPS)
@DURING
def test_verbs_in_any_order_keep_the_table(db, steps):
    with undone():
        root, day = make_root(), START
        org = make_unit("org", root, kind=Kind.PARTY_ORGANIZATION)
        make_unit("bp", org, kind=Kind.DEPARTMENTAL)
        for number, (name, first, second, later) in enumerate(steps):
            day += later * ONE
            everything = list(Unit.objects.order_by("pk"))
            unit, other = everything[first % len(everything)], everything[second % len(everything)]
            with suppress(ValidationError):
                step(name, unit, other, number, day)
        check_every_day()


# --- The tree as anything else may write it ---

SIZE, LAST = 5, 8
UNITS = st.integers(0, SIZE - 1)
DAYS = st.integers(0, LAST)
WRITES = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), UNITS, st.none() | UNITS, DAYS, DAYS),
        st.tuples(st.just("update"), DAYS, st.none() | UNITS, DAYS, DAYS),
        st.tuples(st.just("delete"), DAYS),
        st.tuples(st.just("live"), UNITS, DAYS, DAYS),
    ),
    max_size=16,
)


def span(first, last):
    """Return the dates of a period; one that reaches the last day stays open."""
    first, last = sorted((first, last))
    return {"started_on": START + first * ONE, "ended_on": OPEN if last == LAST else START + (last + 1) * ONE}


def write(everything, name, *words):
    """Write a period, or the life of a unit, past every verb."""
    rows = list(UnitPeriod.objects.order_by("pk"))
    if name == "insert":
        unit, parent, first, last = words
        UnitPeriod.objects.bulk_create([period(everything[unit], parent_of(everything, parent), **span(first, last))])
    elif name == "live":
        unit, first, last = words
        Unit.objects.filter(pk=everything[unit].pk).update(**span(first, last))
    elif rows and name == "update":
        row, parent, first, last = words
        values = {"parent": parent_of(everything, parent), "kind": kind_beneath(parent)} | span(first, last)
        UnitPeriod.objects.filter(pk=rows[row % len(rows)].pk).update(**values)
    elif rows:
        UnitPeriod.objects.filter(pk=rows[words[0] % len(rows)].pk).delete()


def parent_of(everything, number):
    """Return the unit with that number."""
    return None if number is None else everything[number]


def kind_beneath(parent):
    """Return a kind that the database takes there."""
    return Kind.COMMUNE if parent is None else Kind.SUBORDINATE_CELL


def period(unit, parent, **days):
    """Return an unsaved period."""
    return UnitPeriod(unit=unit, parent=parent, name="Mẫu", kind=kind_beneath(parent), sector=Sector.OTHER, **days)


@pytest.fixture
def any_kinds(db):
    """Take away the rule of what may stand beneath what: trees that no committee has are derived rightly too."""
    with connection.cursor() as cursor:
        for name in ("unitperiod_suits_insert", "unitperiod_suits_update", "unitperiod_suits_longer_update"):
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if connection.vendor == "postgresql" else ""))


@given(WRITES)
@example([("insert", 1, 0, 0, LAST), ("insert", 0, None, 0, LAST)])  # a parent's period written after its child's
@example([("insert", 0, None, 0, LAST), ("insert", 1, 0, 0, LAST), ("delete", 0)])  # a root without a period
@DURING
def test_raw_writes_in_any_order_keep_the_table(any_kinds, writes):
    with undone():
        everything = [Unit.objects.create(code=f"u{number}", started_on=START) for number in range(SIZE)]
        for words in writes:
            with suppress(IntegrityError), transaction.atomic():
                write(everything, *words)
        check_every_day()


def test_a_unit_that_is_deleted_leaves_no_line(db):
    root, unit = make_root(), Unit.objects.create(code="a", started_on=START)
    UnitPeriod.objects.bulk_create([period(unit, root, started_on=START)])
    unit.periods.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organizations_unit WHERE id = %s", [unit.pk])
    assert not Ancestry.objects.filter(unit=unit.pk).exists()
    check_every_day()


def test_many_rows_written_by_one_statement_keep_the_table(any_kinds):
    everything = [Unit.objects.create(code=f"u{number}", started_on=START) for number in range(4)]
    parents = [None, *everything]
    UnitPeriod.objects.bulk_create(
        [period(unit, parent, started_on=START) for unit, parent in zip(everything, parents, strict=False)]
    )
    check_every_day()
    UnitPeriod.objects.update(ended_on=START + 9 * ONE)
    check_every_day()
    UnitPeriod.objects.filter(unit__in=everything[1:3]).delete()
    check_every_day()
    UnitPeriod.objects.all().delete()
    check_every_day()


@pytest.fixture
def chain(db):
    """Four units, one beneath the other."""
    root = make_root()
    org = make_unit("org", root, kind=Kind.PARTY_ORGANIZATION)
    part = make_unit("part", org, kind=Kind.DEPARTMENTAL)
    return [root, org, part, make_unit("cell", part)]


def lines(unit, day):
    """Return (ancestor, branch, depth) of a unit on a day, from the unit upwards."""
    found = unit.lines.filter(covers(day)).order_by("depth")
    return list(found.values_list("ancestor__code", "branch__code", "depth"))


def test_the_branch_is_the_unit_beneath_the_ancestor_on_the_way_down(chain):
    expected = [("cell", None, 0), ("part", "cell", 1), ("org", "part", 2), ("xa", "org", 3)]
    assert lines(chain[3], START) == expected


def test_a_unit_that_moves_takes_along_what_is_beneath_it_from_that_day(chain):
    other = make_unit("other", chain[0], kind=Kind.PARTY_ORGANIZATION)
    day = START + 30 * ONE
    units.move(unit=chain[2], parent=other, day=day)
    assert [code for code, _, _ in lines(chain[3], day - ONE)] == ["cell", "part", "org", "xa"]
    assert [code for code, _, _ in lines(chain[3], day)] == ["cell", "part", "other", "xa"]


def test_a_unit_has_no_lines_outside_its_life(chain):
    day = START + 30 * ONE
    units.close(unit=chain[3], day=day, kind=EventKind.DISSOLVED)
    assert lines(chain[3], START - ONE) == lines(chain[3], day) == []
    assert len(lines(chain[3], day - ONE)) == 4


# --- Nobody writes the tree by hand ---


def forge(world):
    """Put a cell of the commune beneath another."""
    row = Ancestry(ancestor=world.a, branch=world.b, unit=world.b, depth=1, started_on=START)
    insert_by_sql(row)


BY_HAND = {
    "forged": forge,
    "forged in bulk": lambda w: Ancestry.objects.bulk_create(
        [Ancestry(ancestor=w.a, branch=w.b, unit=w.b, depth=1, started_on=START)]
    ),
    "moved": lambda w: Ancestry.objects.filter(unit=w.b, depth=1).update(ancestor=w.org),
    "deleted": lambda w: Ancestry.objects.filter(unit=w.b).delete(),
}


@pytest.mark.parametrize("way", BY_HAND)
def test_no_row_of_the_tree_is_written_by_hand(way, world):
    before = list(Ancestry.objects.order_by("pk").values_list())
    with pytest.raises(IntegrityError, match="Cây tổ chức do cơ sở dữ liệu tự lập"), transaction.atomic():
        BY_HAND[way](world)
    assert list(Ancestry.objects.order_by("pk").values_list()) == before


def test_after_a_refused_change_of_the_tree_nobody_writes_it_either(world):
    with pytest.raises(IntegrityError, match="no_cycle"), transaction.atomic():
        UnitPeriod.objects.bulk_create([period(world.bare, world.bare, started_on=START)])
    with pytest.raises(IntegrityError, match="Cây tổ chức do cơ sở dữ liệu tự lập"), transaction.atomic():
        forge(world)
