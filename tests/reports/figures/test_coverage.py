"""Coverage: of how many the registers say something, without whom a share would be another."""

from datetime import date

from assessments.meetings.actions import hold_meeting
from members.positions import actions as positions
from reports.figures import evaluate, registry
from reports.figures.coverage import coverage, registers_to_ask
from tests.factories import make_member, make_unit, moment_of

SINCE, AS_OF = date(2025, 7, 1), date(2025, 10, 20)
ATTENDANCE = "meetings.attendance.village"


def covered(unit, code, since=SINCE, as_of=AS_OF):
    """Return what is said of the coverage of a figure."""
    asked = moment_of(unit, as_of, since=since)
    found = coverage(registry.KNOWN[code], evaluate.results(asked, [code, *registers_to_ask([code])]))
    return found and found.said


def meet(cell, *days):
    for day in days:
        hold_meeting(unit=cell, day=day, kind="regular", expected=0, present=0)


def test_a_register_knows_how_many_it_asks(commune, cell_a, cell_b):
    make_member(cell_a)
    positions.appoint(unit=cell_a, post="village_head", day=SINCE, holder_name="Người ngoài Đảng")
    assert covered(commune, "posts.villages.head_members") == "ghi 1/2 bản"
    assert covered(commune, "targets.village_heads_members") == "ghi 1/2 bản"
    assert covered(commune, "members.exempt.other") == "báo đủ 0/2 chi bộ"
    assert covered(commune, "members.theory.elementary") == "ghi 0/1 đảng viên"


def test_a_count_of_the_records_and_one_that_asks_nobody_have_none(commune):
    assert covered(commune, "members.female") is None
    assert covered(commune, ATTENDANCE) is None


def test_attendance_covers_the_cells_with_a_meeting_in_every_whole_month(commune, cell_a):
    meet(cell_a, date(2025, 8, 3), date(2025, 8, 20))
    assert covered(commune, ATTENDANCE) == "ghi 0/1 chi bộ"
    meet(cell_a, date(2025, 9, 3))
    assert covered(commune, ATTENDANCE) == "ghi 1/1 chi bộ", "neither its first month nor the one that goes on is asked"
    assert covered(commune, ATTENDANCE, as_of=date(2025, 10, 31)) == "ghi 0/1 chi bộ"
    assert covered(commune, ATTENDANCE, as_of=date(2025, 10, 30)) == "ghi 1/1 chi bộ"
    assert covered(commune, ATTENDANCE, since=date(2025, 10, 2)) == "ghi 0/1 chi bộ", "no meeting at all"


def test_a_younger_cell_is_asked_from_the_month_after_its_first(commune, cell_a):
    meet(cell_a, date(2025, 8, 3), date(2025, 9, 3))
    young = make_unit("moi", commune, day=date(2025, 8, 15))
    meet(young, date(2025, 9, 5))
    assert covered(commune, ATTENDANCE) == "ghi 2/2 chi bộ"
    assert covered(commune, ATTENDANCE, as_of=date(2025, 10, 31)) == "ghi 0/2 chi bộ"


def test_the_least_of_several_registers_is_told(commune, cell_a, cell_b):
    make_member(cell_a)
    assert covered(commune, "admissions.twelve_months") == "báo đủ 0/2 chi bộ"
