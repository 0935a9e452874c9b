from datetime import date
from decimal import Decimal

import pytest

from assessments.choices import MeetingKind
from assessments.meetings import actions as meetings
from members.choices import CourseLevel, EndReason, Program
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.positions import actions as positions
from organizations.choices import Kind
from organizations.models import Threshold
from organizations.units import actions as units
from reports.figures import drilldown, evaluate, registry
from reports.figures import queries as figure_queries
from reports.figures.definitions.facts import LOCAL
from reports.figures.result import Result
from tests.factories import DECIDED, START, admit, make_member, make_unit, moment_of

AS_OF = date(2026, 3, 1)


@pytest.fixture
def moment(commune):
    return moment_of(commune, AS_OF, since=START, year=2025)


def values(lines):
    return {line.label: line.value.value for line in lines}


def test_every_figure_stands_in_a_section_of_the_report_or_in_an_annex():
    homeless = {figure.section for figure in registry.FIGURES.values()} - {*figure_queries.SECTIONS, LOCAL}
    assert all(section.startswith("Biểu ") for section in homeless)


def test_figures_come_in_the_order_of_the_report(moment):
    order = [
        list(figure_queries.SECTIONS).index(result.figure.section) for result in figure_queries.figures(moment).values()
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("code", "when"),
    [
        ("members.total", "01/03/2026"),
        ("units.total", "01/03/2026"),
        ("ratings.members.rated", "năm 2025, danh sách ngày 31/12/2025"),
        ("units.four_goods", "năm 2025, danh sách ngày 31/12/2025"),
        ("admissions.total", "01/07/2025 – 01/03/2026"),
        ("members.struck_off", "01/07/2025 – 01/03/2026"),
        ("members.increase", "01/07/2025 – 01/03/2026"),
        ("admissions.year", "01/01/2026 – 01/03/2026"),
        ("admissions.target", "01/01/2026 – 01/03/2026"),
        ("targets.admissions", "01/03/2026"),
    ],
)
def test_a_figure_says_of_what_time_it_speaks(moment, code, when):
    assert registry.FIGURES[code].time(moment) == when


def target(low, high=None, *reached):
    actual = tuple(Result(None, 1, 1, Decimal(percent)) for percent in reached)
    levels = [None if level is None else Decimal(level) for level in (low, high)]
    return Result(registry.FIGURES["targets.admissions"], None, low=levels[0], high=levels[1], actual=actual)


def test_a_target_says_what_it_asks_for_and_whether_it_is_reached():
    assert target("90.00").asked == "từ 90\N{NO-BREAK SPACE}%"
    assert target("3.00", "4.50").asked == "3–4,5\N{NO-BREAK SPACE}%"
    assert target(None).asked == "chưa đặt mức"
    assert target("90", None, "90.0", "99").verdict == "Đạt"
    assert target("90", None, "89.9", "99").verdict == "Chưa đạt"
    assert target(None, None, "99").verdict == "Chưa đủ số liệu"


def test_a_target_is_told_by_the_level_in_force(moment, cell_a):
    make_member(cell_a)
    Threshold.objects.create(code="targets.admissions", low=3, high=4, started_on=START, source="Nghị quyết mẫu")
    result = evaluate.results(moment, ["targets.admissions"])["targets.admissions"]
    assert (result.asked, result.verdict) == ("3–4\N{NO-BREAK SPACE}%", "Chưa đạt")


def test_the_ledger_closes_between_its_two_totals(moment, cell_a, cell_b):
    make_member(cell_a)
    leaves = make_member(cell_a)
    moves = make_member(cell_a)
    admit(cell_b, date(2025, 9, 1))
    for day in (2, 3):
        make_member(cell_b, day=date(2025, 9, day))
    membership.end_membership(member=leaves, day=date(2026, 1, 1), reason=EndReason.DIED)
    membership.transfer(member=moves, to=cell_b, day=date(2026, 1, 1))
    lines = figure_queries.ledger_lines(moment, figure_queries.figures(moment))
    assert [(line.label, line.value) for line in lines] == [
        ("Đảng viên ngày 01/07/2025", 3),
        ("Tăng", 3),
        ("Chuyển đến trong tỉnh", 2),
        ("Kết nạp", 1),
        ("Giảm", 1),
        ("Từ trần", 1),
        ("Đảng viên ngày 01/03/2026", 5),
    ]
    assert all(line.href for line in lines)


def test_every_change_is_one_of_the_ledger():
    changes = [figure for figure in registry.FIGURES.values() if isinstance(figure, registry.ChangeFigure)]
    assert {change.stock for change in changes} == {"members.total"}


def test_the_parts_of_a_figure_lie_beneath_it_and_add_up(moment, commune, cell_a, cell_b):
    hospital = make_unit("z", commune, kind=Kind.PARTY_ORGANIZATION)
    ward = make_unit("z1", hospital)
    for cell in (cell_a, cell_a, cell_b, ward):
        make_member(cell)
    split = figure_queries.by_unit(moment, registry.FIGURES["members.total"])
    assert values(split["lines"]) == {"Chi bộ a": 2, "Chi bộ b": 1, "Chi bộ z": 1}
    assert split["total"] == 4
    assert all("trong=" in line.href for line in split["lines"])


def test_units_that_are_no_more_keep_their_part(moment, cell_a, cell_b):
    member = make_member(cell_a)
    meetings.hold_meeting(unit=cell_a, day=date(2025, 9, 3), kind=MeetingKind.REGULAR, expected=1, present=1)
    membership.transfer(member=member, to=cell_b, day=date(2025, 10, 1))
    units.close(unit=cell_a, day=date(2026, 1, 1), kind="dissolved")
    split = figure_queries.by_unit(moment, registry.FIGURES["meetings.attendance.village"])
    assert values(split["lines"]) == {"Chi bộ a": 1}


def test_what_the_unit_holds_itself_is_a_part_of_its_own(moment, cell_a):
    make_member(cell_a)
    split = figure_queries.by_unit(moment_of(cell_a, AS_OF), registry.FIGURES["members.total"])
    assert values(split["lines"]) == {"Của chính tổ chức đảng này": 1}
    assert "rieng=1" in split["lines"][0].href


def test_the_parts_of_a_change_lead_to_the_ledger_of_each_unit(moment, cell_a, cell_b):
    admit(cell_a, date(2025, 9, 1))
    split = figure_queries.by_unit(moment, registry.FIGURES["members.increase"])
    assert values(split["lines"]) == {"Chi bộ a": 1}
    assert "don_vi=a&" in split["lines"][0].href


def test_a_narrowed_list_counts_a_person_in_each_unit_where_something_happened(moment, cell_a, cell_b):
    member = make_member(cell_a)
    for cell, day in ((cell_a, date(2025, 9, 1)), (cell_b, date(2025, 11, 1))):
        if cell == cell_b:
            membership.transfer(member=member, to=cell_b, day=date(2025, 10, 1))
        positions.appoint(unit=cell, post="committee_member", day=day, member=member, decision=DECIDED)
        member_records.train(
            member=member, program=Program.PARTY_WORK, course="Lớp mẫu", level=CourseLevel.COMMUNE, began_on=day
        )
    figure = registry.FIGURES["training.committee_members"]
    assert drilldown.rows(moment, figure).count() == 1
    for cell in (cell_a, cell_b):
        assert drilldown.rows(moment, figure, [cell.pk]).count() == 1


def test_many_units_are_counted_rather_than_named():
    class Named:
        def __init__(self, name):
            self.name = name

    assert figure_queries.in_words([]) == "Không có tổ chức đảng nào"
    assert figure_queries.in_words([Named("A"), Named("B")]) == "A, B"
    assert figure_queries.in_words([Named(name) for name in "ABCDEF"]) == "A, B, C, D và 2 tổ chức đảng khác"
