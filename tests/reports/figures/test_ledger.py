"""The ledger closes at every unit between any two days, and says what plain loops over stays and periods say."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from itertools import combinations

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.choices import EndReason, StartReason
from members.membership import actions as membership
from members.models import Member, Spell
from members.restructuring import actions as restructuring
from organizations.choices import CELLS, EventKind, Kind, RoleKind
from organizations.models import Unit, UnitPeriod
from organizations.units import actions as units
from reports.figures import definitions  # noqa: F401  the total must be in the registry
from reports.figures.ledger import WITH_UNIT, Ledger, arrivals, departures, make_ledger
from tests.examples import examples
from tests.factories import (
    START,
    admit,
    leave_party,
    make_member,
    make_person,
    make_root,
    make_unit,
    make_user,
    moment_of,
)
from tests.ground import layer
from tests.proofs import again, undone

ONE = timedelta(days=1)
DAY = START + 30 * ONE
LAST = START + 60 * ONE


# --- The ledger once more, by walking ---


class Loops:
    """All stays and periods, read once, and who is beneath a unit on a day by walking from the cell upwards."""

    def __init__(self):
        self.spells, self.periods = list(Spell.objects.all()), list(UnitPeriod.objects.all())
        rows = self.spells + self.periods
        self.days = sorted({day for row in rows for day in (row.started_on, row.ended_on)})

    def is_beneath(self, unit_id, ancestor_id, day):
        while unit_id is not None and unit_id != ancestor_id:
            above = [p.parent_id for p in self.periods if p.unit_id == unit_id and p.started_on <= day < p.ended_on]
            unit_id = above[0] if above else None
        return unit_id == ancestor_id

    def present(self, unit, day):
        """Return {member: the stay by which he is beneath `unit` on `day`}."""
        there = [spell for spell in self.spells if spell.started_on <= day < spell.ended_on]
        return {spell.member_id: spell for spell in there if self.is_beneath(spell.unit_id, unit.pk, day)}

    def ledger(self, unit, since, as_of):
        came, left = Counter(), Counter()
        for day in (day for day in self.days if since < day <= as_of):
            before, after = self.present(unit, day - ONE), self.present(unit, day)
            for member in after.keys() - before.keys():
                came[after[member].start_reason if after[member].started_on == day else WITH_UNIT] += 1
            for member in before.keys() - after.keys():
                left[before[member].end_reason if before[member].ended_on == day else WITH_UNIT] += 1
        return Ledger(len(self.present(unit, since)), dict(came), dict(left), len(self.present(unit, as_of)))


def check(unit, since, as_of, loops=None):
    """Compare the ledger with the loops, and its sums with each other."""
    moment = moment_of(unit, as_of, since=since)
    found = make_ledger(moment)
    assert found.opening + sum(found.increases.values()) - sum(found.decreases.values()) == found.closing
    assert found == (loops or Loops()).ledger(unit, since, as_of), f"{unit} {since} {as_of}"
    assert arrivals(moment).count() == sum(found.increases.values())
    assert departures(moment).count() == sum(found.decreases.values())
    return found


# --- Anything that can happen to people and cells, in any order ---

NUMBERS = st.integers(0, 30)
VERBS = (
    *("establish", "receive", "rename", "move", "move", "merge", "split", "dissolve"),
    *("transfer", "transfer", "transfer_in", "transfer_out", "admit", "end", "return"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), NUMBERS, NUMBERS, NUMBERS, st.integers(0, 4)), min_size=6, max_size=16
)


def build():
    """Build a province with two communes, a party organization and four cells with five members."""
    province = make_root("tinh", kind=Kind.PROVINCE)
    here, there = (make_root(code, parent=province) for code in ("xa-1", "xa-2"))
    org = make_unit("org", here, kind=Kind.PARTY_ORGANIZATION)
    cells = [make_unit(code, parent) for code, parent in (("a", here), ("b", here), ("c", org), ("d", there))]
    for cell in (cells[0], cells[0], cells[1], cells[2], cells[3]):
        make_member(cell)


def pick(rows, number):
    return rows[number % len(rows)]


def step(name, first, second, third, day):
    """Do what the step says to a cell, a member and another unit chosen by number."""
    periods = list(UnitPeriod.objects.on(day).select_related("unit").order_by("unit"))
    cells = [period.unit for period in periods if period.kind in CELLS]
    unit, other = pick(periods, first).unit, pick([p.unit for p in periods if p.kind not in CELLS], second)
    cell, to, member = pick(cells, first), pick(cells, second), pick(list(Member.objects.order_by("pk")), third)
    there = Member.objects.filter(spells__in=Spell.objects.on(day).filter(unit=cell)).order_by("pk")
    words = {"code": f"u{Unit.objects.count()}", "name": "Chi bộ mới"}
    match name:
        case "establish":
            make_unit(words["code"], other, day=day)
        case "receive":
            received = make_unit(words["code"], other, day=day, received=True)
            membership.receive(member=again(make_person()), unit=received, day=day)
        case "rename":
            units.rename(unit=unit, name=f"Tên {third}", day=day)
        case "move":
            units.move(unit=pick([unit, cell], third), parent=other, day=day)
        case "merge":
            restructuring.merge(cells=[cell], into=to, day=day)
        case "split":
            restructuring.split(cell=cell, members=list(there)[: third % 3], day=day, **words)
        case "dissolve":
            restructuring.dissolve(cell=cell, moves=dict.fromkeys(there, to), day=day)
        case "transfer":
            membership.transfer(member=member, to=to, day=day)
        case "transfer_in":
            make_member(to, day=day)
        case "transfer_out":
            membership.transfer_out(member=member, day=day, far=bool(third % 2))
        case "admit":
            admit(to, day, person=again(make_person()))
        case "end":
            leave_party(member, day, pick(sorted(membership.ENDINGS), third))
        case "return":
            membership.transfer_in(member=member, unit=to, day=day)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(8))
@given(STEPS)
def test_the_ledger_of_every_unit_closes_between_any_two_days(db, steps):
    with undone():
        build()
        day = START + ONE
        marks = {START}
        for name, first, second, third, later in steps:
            day += later * ONE
            with suppress(ValidationError):
                step(name, first, second, third, day)
                marks.add(day)
        loops = Loops()
        marks = sorted(marks | {day + ONE})
        for since, as_of in {*combinations(marks[:: max(1, len(marks) // 2)], 2), (marks[0], marks[-1])}:
            for unit in Unit.objects.on(as_of):
                check(unit, since, as_of, loops)


# --- What the words mean ---


@layer
def lan(cell_a):
    """A member of A since the first day."""
    return make_member(cell_a, "Lan")


def test_nothing_happened_is_a_ledger_too(commune, lan):
    assert check(commune, START, LAST) == Ledger(1, {}, {}, 1)


def test_the_since_day_is_the_opening_and_the_as_of_day_is_counted(commune, lan, cell_a):
    make_member(cell_a, day=DAY)
    assert check(commune, DAY, LAST) == Ledger(2, {}, {}, 2)
    assert check(commune, DAY - ONE, DAY) == Ledger(1, {StartReason.TRANSFERRED_IN: 1}, {}, 2)
    membership.transfer_out(member=lan, day=LAST)
    assert check(commune, DAY, LAST) == Ledger(2, {}, {EndReason.TRANSFERRED_OUT: 1}, 1)
    assert check(commune, DAY, LAST - ONE) == Ledger(2, {}, {}, 2)


def test_a_move_within_is_seen_by_the_cells_and_not_above(commune, cell_a, cell_b, lan):
    membership.transfer(member=lan, to=cell_b, day=DAY)
    assert check(commune, START, LAST) == Ledger(1, {}, {}, 1)
    assert check(cell_a, START, LAST) == Ledger(1, {}, {EndReason.MOVED_WITHIN: 1}, 0)
    assert check(cell_b, START, LAST) == Ledger(0, {StartReason.MOVED_WITHIN: 1}, {}, 1)


def test_a_cell_that_moves_takes_its_members_along(commune, cell_a, lan):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    units.move(unit=cell_a, parent=org, day=DAY)
    assert check(commune, START, LAST) == Ledger(1, {}, {}, 1)
    assert check(org, START, LAST) == Ledger(0, {WITH_UNIT: 1}, {}, 1)
    units.move(unit=cell_a, parent=commune, day=DAY + 9 * ONE)
    assert check(org, START, LAST) == Ledger(0, {WITH_UNIT: 1}, {WITH_UNIT: 1}, 0)


def test_who_comes_on_the_day_the_cell_joins_comes_by_his_own_reason(commune, cell_a, lan):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    units.move(unit=cell_a, parent=org, day=DAY)
    make_member(cell_a, day=DAY)
    assert check(org, START, LAST).increases == {WITH_UNIT: 1, StartReason.TRANSFERRED_IN: 1}


def test_a_merger_is_no_loss_above(commune, cell_a, cell_b, lan):
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    assert check(commune, START, LAST) == Ledger(1, {}, {}, 1)
    assert check(cell_a, START, DAY - ONE) == Ledger(1, {}, {}, 1)
    assert check(cell_b, START, LAST) == Ledger(0, {StartReason.MOVED_WITHIN: 1}, {}, 1)


def test_who_leaves_and_comes_back_is_counted_both_times(commune, cell_a, cell_b, lan):
    membership.transfer_out(member=lan, day=DAY)
    membership.transfer_in(member=lan, unit=cell_b, day=DAY + ONE, far=True)
    found = check(commune, START, LAST)
    assert found == Ledger(1, {StartReason.TRANSFERRED_IN_FAR: 1}, {EndReason.TRANSFERRED_OUT: 1}, 1)


def test_a_rename_moves_nobody(commune, cell_a, lan):
    for unit in (commune, cell_a):
        units.rename(unit=unit, name="Tên mới", day=DAY)
        assert check(unit, START, LAST) == Ledger(1, {}, {}, 1)


def test_a_unit_younger_than_the_since_day_opens_with_nobody(commune):
    young = make_unit("young", commune, day=DAY)
    make_member(young, day=DAY)
    assert check(young, START, LAST) == Ledger(0, {StartReason.TRANSFERRED_IN: 1}, {}, 1)


def test_the_most_frequent_reason_comes_first(commune, cell_a):
    make_member(cell_a, day=DAY)
    for _ in range(2):
        membership.transfer_in(member=again(make_person()), unit=cell_a, day=DAY, far=True)
    admit(cell_a, DAY, person=again(make_person()))
    reasons = [StartReason.TRANSFERRED_IN_FAR, StartReason.ADMITTED, StartReason.TRANSFERRED_IN]
    assert list(check(commune, START, LAST).increases) == reasons


def test_the_rows_say_who_when_and_why(commune, cell_a, lan):
    membership.end_membership(member=lan, day=DAY, reason=EndReason.DIED)
    (row,) = departures(moment_of(commune, LAST, since=START))
    assert (row.member, row.day, row.reason) == (lan, DAY, EndReason.DIED)


def test_a_reader_sees_the_ledger_of_the_own_unit_only(commune, cell_a, cell_b, lan):
    make_member(cell_b, day=DAY)
    secretary = make_user("sa", (RoleKind.CELL_SECRETARY, cell_a))
    moment = moment_of(commune, LAST, since=START, user=secretary)
    assert make_ledger(moment) == Ledger(1, {}, {}, 1)


def test_a_closed_unit_has_a_ledger_until_its_last_day(cell_b, commune):
    units.close(unit=cell_b, day=DAY, kind=EventKind.DISSOLVED)
    assert check(again(cell_b), START, DAY - ONE) == Ledger(0, {}, {}, 0)
