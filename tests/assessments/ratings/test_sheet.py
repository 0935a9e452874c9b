from datetime import date

import pytest

from assessments.ratings import actions as ratings
from assessments.ratings import sheet
from members.choices import ExemptionKind
from members.discipline.actions import suspend
from members.member_records import actions as member_records
from members.membership import actions as membership
from organizations.choices import EventKind, Kind, Norm
from organizations.in_force import InForce
from organizations.models import Threshold
from organizations.scope import SYSTEM
from organizations.units import actions as units
from tests.factories import DECIDED, START, admit, make_member, make_unit
from tests.proofs import again

TODAY = date(2026, 3, 1)
DAY = date(2025, 12, 20)


def members(unit, year=2025, user=SYSTEM, today=TODAY):
    return sheet.member_sheet(unit, year, user, today)


def names(sheet):
    return [row.name for row in sheet.rows]


# --- Whom a sheet is about ---


def test_those_of_the_end_of_the_year_are_rated_and_sorted_by_given_name(cell_a, cell_b):
    make_member(cell_a, "Vàng Văn An", day=date(2025, 12, 31))
    make_member(cell_a, "An Thị Vui")
    make_member(cell_a, "Mới Đến", day=date(2026, 1, 1))
    make_member(cell_b, "Ở Chi Bộ Khác")
    assert names(members(cell_a)) == ["Vàng Văn An", "An Thị Vui"]


def test_those_who_left_within_the_year_stand_apart(cell_a, cell_b):
    moved, gone, later = (make_member(cell_a, name) for name in ("Chuyển", "Đi", "Sau"))
    membership.transfer(member=moved, to=cell_b, day=date(2025, 10, 1))
    membership.transfer_out(member=gone, day=date(2025, 12, 31))
    membership.transfer_out(member=later, day=date(2026, 1, 1))
    sheet = members(cell_a)
    assert names(sheet) == ["Sau"]
    assert [stay.member.full_name for stay in sheet.apart] == ["Chuyển", "Đi"]
    assert names(members(cell_b)) == ["Chuyển"]


def test_who_came_back_is_rated_once(cell_a, cell_b):
    member = make_member(cell_a, "Lan")
    membership.transfer(member=member, to=cell_b, day=date(2025, 9, 1))
    membership.transfer(member=member, to=cell_a, day=date(2025, 11, 1))
    sheet = members(cell_a)
    assert (names(sheet), sheet.apart) == (["Lan"], [])


def test_while_the_year_lasts_those_of_today_are_rated(cell_a):
    make_member(cell_a, "Lan")
    make_member(cell_a, "Mai", day=date(2025, 12, 2))
    sheet = members(cell_a, today=date(2025, 12, 1))
    assert (names(sheet), sheet.day) == (["Lan"], date(2025, 12, 1))


def test_a_row_shows_what_stands_in_that_year_only(cell_a):
    lan = make_member(cell_a, "Lan")
    ratings.rate(member=lan, year=2025, level="good", decided_on=DAY)
    ratings.rate(member=lan, year=2026, level="fair", decided_on=date(2026, 12, 1))
    row = members(cell_a).rows[0]
    assert (row.mark, row.decided_on, row.key) == ("good", DAY, f"mark-{lan.pk}")


def test_a_reader_writes_the_members_kept_now(cell_a, cell_b, secretary_a, secretary_b, leader, clerk):
    make_member(cell_a, "Lan")
    moved = make_member(cell_a, "Minh")
    membership.transfer(member=moved, to=cell_b, day=date(2026, 2, 1))
    assert {row.name for row in members(cell_a, user=clerk).writable} == {"Lan", "Minh"}
    assert {row.name for row in members(cell_a, user=secretary_a).writable} == {"Lan"}
    assert names(members(cell_a, user=leader)) == names(members(cell_a, user=secretary_a)) == ["Lan", "Minh"]
    assert members(cell_a, user=leader).writable == []
    assert names(members(cell_a, user=secretary_b)) == []


# --- What is proposed ---


def proposed(sheet):
    return {row.name: row.proposed for row in sheet.rows}


def test_who_is_exempt_at_the_end_of_the_year_is_proposed_not_to_be_rated(cell_a):
    for name, day, until in [
        ("Miễn", date(2025, 9, 1), date.max),
        ("Miễn đến hết năm", date(2025, 9, 1), date(2026, 1, 1)),
        ("Hết miễn", date(2025, 9, 1), date(2025, 12, 31)),
        ("Miễn năm sau", date(2026, 1, 1), date.max),
    ]:
        member_records.exempt(member=make_member(cell_a, name), kind=ExemptionKind.AGE_HEALTH, day=day, until=until)
    assert proposed(members(cell_a)) == {
        "Miễn": "exempt",
        "Miễn đến hết năm": "exempt",
        "Hết miễn": "",
        "Miễn năm sau": "",
    }


def test_who_is_suspended_at_the_end_of_the_year_is_proposed_as_such_even_if_new(cell_a):
    new = again(admit(cell_a, date(2025, 9, 1), "Mới").member)
    back = again(make_member(cell_a, "Sinh hoạt lại"))
    for member, until in ((new, date(2026, 1, 1)), (back, date(2025, 12, 31))):
        suspend(member=member, level="committee", day=date(2025, 11, 1), until=until, decision=DECIDED)
    assert proposed(members(cell_a)) == {"Mới": "suspended", "Sinh hoạt lại": ""}


def test_who_was_admitted_less_than_six_months_before_the_end_is_proposed_not_to_be_rated(cell_a, commune):
    admit(cell_a, date(2025, 7, 1), "Mới")
    admit(cell_a, date(2025, 12, 31), "Rất mới")
    assert proposed(members(cell_a)) == {"Mới": "new", "Rất mới": "new"}
    assert proposed(members(cell_a, 2026, today=date(2026, 12, 31))) == {"Mới": "", "Rất mới": ""}


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2025, 6, 30), False), (date(2025, 7, 1), True), (date(2026, 1, 1), True), (None, False)]
)
def test_six_months_are_counted_to_the_last_day_of_the_year(day, expected, db):
    assert sheet.is_new(day, 2025, InForce(TODAY)) is expected


def test_who_is_too_new_to_be_rated_is_said_by_what_is_in_force(cell_a, commune):
    Threshold.objects.filter(code=Norm.RATED_FROM).update(low=3)
    admit(cell_a, date(2025, 9, 30), "Đủ ba tháng")
    admit(cell_a, date(2025, 10, 1), "Mới")
    assert proposed(members(cell_a)) == {"Đủ ba tháng": "", "Mới": "new"}


# --- Units ---


def unit_rows(unit, user=SYSTEM, year=2025):
    return sheet.unit_sheet(unit, year, user, TODAY)


def test_units_directly_beneath_are_rated_in_the_order_of_the_tree(commune, cell_a):
    org = make_unit("z", commune, kind=Kind.PARTY_ORGANIZATION)
    make_unit("nested", org)
    gone = make_unit("gone", commune)
    units.close(unit=gone, day=date(2025, 12, 1), kind=EventKind.DISSOLVED)
    make_unit("young", commune, day=date(2026, 1, 1))
    assert [row.subject.code for row in unit_rows(commune).rows] == ["z", "a"]
    assert [row.subject.code for row in unit_rows(org).rows] == ["nested"]


def test_a_unit_founded_less_than_six_months_before_the_end_is_proposed_not_to_be_rated(commune, cell_a):
    make_unit("received", commune, received=True)
    make_unit("late", commune, day=date(2025, 12, 1), received=True)
    assert proposed(unit_rows(commune)) == {"Chi bộ a": "new", "Chi bộ received": "", "Chi bộ late": ""}


def test_a_unit_shows_its_rating_and_four_goods(commune, cell_a):
    ratings.rate_unit(unit=cell_a, year=2025, level="excellent", decided_on=DAY)
    ratings.recognise_four_goods(unit=cell_a, year=2025)
    sheet = unit_rows(commune)
    assert sheet.saved == {f"mark-{cell_a.pk}": "excellent", f"goods-{cell_a.pk}": "1"}
    assert (sheet.decided_on, unit_rows(commune, year=2026).saved) == (DAY, {})


def test_units_are_written_by_those_who_decide(commune, cell_a, clerk, leader):
    assert [row.name for row in unit_rows(commune, clerk).writable] == ["Chi bộ a"]
    assert unit_rows(commune, leader).writable == []


# --- Numbers ---


def test_the_levels_are_counted_with_what_is_typed(cell_a, cell_b, secretary_a):
    lan, minh = make_member(cell_a, "Lan"), make_member(cell_a, "Minh")
    ratings.rate_many(year=2025, marks={lan: "good", minh: "excellent"}, decided_on=DAY)
    membership.transfer(member=minh, to=cell_b, day=date(2026, 2, 1))
    sheet = members(cell_a, user=secretary_a)
    assert sheet.numbers(sheet.saved) == {"excellent": 1, "good": 1, "fair": 0, "failed": 0}
    assert sheet.numbers({f"mark-{lan.pk}": "fair"}) == {"excellent": 1, "good": 0, "fair": 1, "failed": 0}
    assert sheet.numbers({}) == {"excellent": 1, "good": 0, "fair": 0, "failed": 0}


@pytest.mark.parametrize("number", [1, 30])
def test_a_sheet_is_one_statement_and_one_for_what_is_in_force(
    commune, cell_a, clerk, django_assert_max_num_queries, number
):
    for index in range(number):
        make_member(cell_a)
        make_unit(f"n{index}", commune, day=START)
    with django_assert_max_num_queries(2):
        assert len(members(cell_a, user=clerk).writable) == number
    with django_assert_max_num_queries(2):
        assert len(unit_rows(commune, clerk).writable) == number + 1
