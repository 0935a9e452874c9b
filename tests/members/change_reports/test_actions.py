from datetime import date, timedelta

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from members.change_reports import actions as change_reports
from members.duplicates.actions import merge
from members.models import ChangeReport
from members.models.change_report import OF_WHO_STAYS
from tests.factories import leave_party, make_member
from tests.ground import layer
from tests.proofs import refused

DAY = date(2026, 1, 15)
TOLD = {"kind": "died", "reported_on": DAY}


@layer
def lan(cell_a):
    """A member of cell A."""
    return make_member(cell_a, "Lò Thị Lan")


@pytest.fixture
def report(lan):
    """A report that she died."""
    return change_reports.report_change(member=lan, **TOLD)


def test_a_report_is_of_the_cell_in_which_the_member_is(report, cell_a):
    assert (report.unit, report.state, report.person) == (cell_a, "waiting", "Lò Thị Lan")


def test_nothing_is_reported_twice_until_it_is_closed(report, lan):
    with refused("15/01/2026", "Chờ Văn phòng", "Từ trần: Lò Thị Lan"):
        change_reports.report_change(member=lan, **TOLD)
    change_reports.ask_back(report=report, question="Ngày nào?")
    with refused("Văn phòng hỏi lại"):
        change_reports.report_change(member=lan, **TOLD)
    assert change_reports.report_change(member=lan, **TOLD | {"kind": "entry", "note": "Sai năm"}).pk
    change_reports.decline(report=report, why="Còn sống.", day=DAY)
    assert change_reports.report_change(member=lan, **TOLD).pk


@pytest.mark.parametrize("kind", sorted(OF_WHO_STAYS - {"died"}))
def test_of_whom_a_report_says_that_they_left_nothing_is_told_that_this_rules_out(report, lan, kind):
    with refused("Từ trần: Lò Thị Lan", "rút lại, rồi báo việc này"):
        change_reports.report_change(member=lan, kind=kind, reported_on=DAY, place="Chi bộ b", note="x")
    change_reports.withdraw(report=report, day=DAY)
    assert ChangeReport.objects.open_one(kind, lan, None, "") is None


def test_a_newcomer_is_known_by_the_name_in_the_unit(cell_a, cell_b):
    told = {"kind": "newcomer", "reported_on": DAY}
    change_reports.report_change(unit=cell_a, newcomer="Vàng A Mới", **told)
    with refused("Người mới chuyển đến: Vàng A Mới"):
        change_reports.report_change(unit=cell_a, newcomer="VÀNG A MỚI", **told)
    assert change_reports.report_change(unit=cell_b, newcomer="Vàng A Mới", **told).unit == cell_b


def test_nobody_is_reported_who_is_in_no_cell(lan):
    leave_party(lan, DAY, "died")
    with refused("không sinh hoạt"):
        change_reports.report_change(member=lan, **TOLD)


def test_only_what_is_asked_for_may_lie_ahead(lan):
    ahead = PartialDate.of(DAY + timedelta(days=1))
    with refused("sau ngày báo"):
        change_reports.report_change(member=lan, day=ahead, **TOLD)
    asked = {"kind": "exemption", "reported_on": DAY, "note": "Đi học", "day": ahead}
    assert change_reports.report_change(member=lan, **asked).known_day == ahead.first_day


def test_a_day_known_in_part_stays_so(lan):
    report = change_reports.report_change(member=lan, day=PartialDate("2026-01"), **TOLD)
    assert (str(report.day), report.known_day) == ("01/2026", None)


def test_what_is_closed_goes_on_no_more(report):
    change_reports.withdraw(report=report, day=DAY)
    with refused("đã xong ngày 15/01/2026", "Chi bộ rút"):
        change_reports.close(report=report, day=DAY)
    with refused("đã xong"):
        change_reports.ask_back(report=report, question="Ngày nào?")


def test_two_records_made_one_have_one_report(report, lan, cell_b):
    twin = make_member(cell_b, "Lò Thị Lan", day=DAY)
    change_reports.report_change(member=twin, **TOLD)
    twin.spells.all().delete()
    merge(keep=lan, other=twin)
    assert ChangeReport.objects.get() == report
