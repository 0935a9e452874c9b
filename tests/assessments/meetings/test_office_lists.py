"""Cell meetings in lists of offices: by months, a row a cell, or a row a meeting."""

from datetime import date

import pytest

from assessments.choices import MeetingKind
from assessments.meetings.office_lists import A_DAY, HOW_MANY, read_attended
from assessments.models import Meeting
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from members.roster_import.headers import find
from members.roster_import.reader import read
from tests.factories import make_member
from tests.members.roster_import.test_registers import DAY, bring, brought, sheet

TITLE = "THEO DÕI SINH HOẠT CHI BỘ NĂM 2026"


@pytest.fixture
def cells(cell_a, cell_b):
    """Two cells of five members each."""
    for cell in (cell_a, cell_b):
        for _ in range(5):
            make_member(cell)
    return cell_a, cell_b


def held():
    """Return every meeting as (cell, day, kind, expected, present)."""
    fields = "unit__code", "held_on", "kind", "expected", "present"
    return list(Meeting.objects.order_by("held_on", "unit__code").values_list(*fields))


def test_a_row_a_meeting(clerk, cells):
    head = [
        "TT",
        "Tên chi bộ",
        "Ngày họp",
        "Loại sinh hoạt",
        "Số phải dự",
        "Có mặt",
        "Vắng",
        "Khách dự",
        "Nội dung họp",
    ]
    brought(
        clerk,
        sheet(
            head,
            [1, "Chi bộ a", "03/01/2026", "Thường kỳ", 5, 4, 1, 2, "Nghị quyết tháng 1"],
            [2, "Chi bộ a", "20/01/2026", "Chuyên đề", 5, 5, 0, "", ""],
            [3, "Chi bộ b", "05/02/2026", "Định kỳ", 4, "", 1, "", ""],
        ),
    )
    assert held() == [
        ("a", date(2026, 1, 3), MeetingKind.REGULAR, 5, 4),
        ("a", date(2026, 1, 20), MeetingKind.THEMATIC, 5, 5),
        ("b", date(2026, 2, 5), MeetingKind.REGULAR, 4, 3),
    ]
    first = Meeting.objects.get(held_on=date(2026, 1, 3))
    assert (first.guests, first.topic) == (2, "Nghị quyết tháng 1")


def answered(reading, words):
    """Return the answer that says `words` to each question about a whole list."""
    return {
        fault.place: next(answer for answer, said in fault.options.items() if words in said) for fault in reading.faults
    }


def test_cells_that_cannot_be_read_do_not_make_a_list_of_meetings_unreadable(clerk, cells):
    rows = [[1, "Chi bộ a", 5, 4, "3/5", *[""] * 10], [2, "Chi bộ b", 4, "x", date(2026, 7, 6), *[""] * 10]]
    reading, _ = bring(clerk, of_months(*rows))
    wrong = [fault.message for fault in reading.faults if not fault.options]
    assert sorted(wrong) == sorted([HOW_MANY, A_DAY])
    assert len([fault for fault in reading.faults if fault.options]) == 2


@pytest.mark.parametrize("words", ["K", "Ko SH", "không họp", "Không sinh hoạt", "chưa họp", "Hoãn", "không"])
def test_a_month_without_a_meeting_says_nothing(words):
    assert read_attended(words, DAY) == {}


def test_the_days_of_all_months_may_be_answered_at_once(clerk, cells):
    rows = [[1, "Chi bộ a", 5, 4, "3/5", *[""] * 10]]
    reading, _ = bring(clerk, of_months(*rows))
    january, february = reading.faults
    assert january.same == february.same
    [answer] = [answer for answer, said in january.options.items() if said == "Thường kỳ, ngày 03/01/2026"]
    brought(clerk, of_months(*rows), answers={january.place: answer, february.place: answer})
    assert [row[1] for row in held()] == [date(2026, 1, 3), date(2026, 2, 3)]


def of_months(*rows, title=TITLE, head=("TT", "Tên chi bộ", "Phải dự", *(f"Tháng {month}" for month in range(1, 13)))):
    return sheet([*head], *rows, title=title)


def test_a_column_a_month_is_asked_for_day_and_kind(clerk, cells):
    rows = [[1, "Chi bộ a", 5, 4, "3/5", *[""] * 10], [2, "Chi bộ b", 4, 4, "", *[""] * 10]]
    reading, outcome = bring(clerk, of_months(*rows))
    assert (outcome.writes, len(reading.faults)) == (0, 2)
    assert [next(iter(fault.options.values())) for fault in reading.faults] == [
        "Thường kỳ, ngày 01/01/2026",
        "Thường kỳ, ngày 01/02/2026",
    ]
    answers = answered(reading, "Thường kỳ, ngày 03/")
    brought(clerk, of_months(*rows), answers=answers)
    assert held() == [
        ("a", date(2026, 1, 3), MeetingKind.REGULAR, 5, 4),
        ("b", date(2026, 1, 3), MeetingKind.REGULAR, 4, 4),
        ("a", date(2026, 2, 3), MeetingKind.REGULAR, 5, 3),
    ]


BLOCKS = [
    ["TT", "Chi bộ", "Tháng 1", None, None, None, "Tháng 2", None, None, None],
    [None, None, *["Tổng số", "Có mặt", "Vắng", "Chuyên đề"] * 2],
]


def test_a_block_a_month_tells_of_the_thematic_ones(clerk, cells):
    listed = sheet(BLOCKS, [1, "Chi bộ a", 5, 4, 1, "", 5, 5, 0, "Học và làm theo Bác"], title=TITLE)
    reading, _ = bring(clerk, listed)
    brought(clerk, listed, answers=answered(reading, "Thường kỳ, ngày 05/"))
    assert held() == [
        ("a", date(2026, 1, 5), MeetingKind.REGULAR, 5, 4),
        ("a", date(2026, 2, 5), MeetingKind.THEMATIC, 5, 5),
    ]
    assert Meeting.objects.get(kind=MeetingKind.THEMATIC).topic == "Học và làm theo Bác"


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((5, 4, 3), "cộng lại không bằng"),
        ((5, 6, ""), "lớn hơn số phải dự"),
        ((9, 8, 1), "lớn hơn số đảng viên của chi bộ"),
        (("", 4, ""), "Ghi hai trong ba số"),
    ],
)
def test_numbers_that_cannot_be_are_refused(clerk, cells, numbers, told):
    listed = sheet(BLOCKS, [1, "Chi bộ a", *numbers, "", 5, 5, 0, ""], title=TITLE)
    reading, _ = bring(clerk, listed)
    _, outcome = bring(clerk, listed, answers=answered(reading, "Thường kỳ, ngày 05/"))
    assert any(told in fault.message for fault in outcome.faults), outcome.faults


@pytest.mark.parametrize("value", ["90%", "x", date(2026, 10, 8), "8/10/2026", "nghỉ", -1, 4.5])
def test_what_counts_nobody_is_no_attendance(value):
    with pytest.raises(ValueError, match="Ghi số có mặt trên số phải dự"):
        read_attended(value, DAY)


def test_a_month_to_come_is_refused(clerk, cells):
    _, outcome = bring(clerk, of_months([1, "Chi bộ a", 5, "", "", "", "", 4, *[""] * 7]))
    assert ["ở sau ngày của danh sách" in fault.message for fault in outcome.faults] == [True]
    assert held() == []


def test_without_a_year_both_years_are_offered(clerk, cells):
    reading, _ = bring(clerk, of_months([1, "Chi bộ a", 5, "", 4, *[""] * 10], title="THEO DÕI SINH HOẠT CHI BỘ"))
    [question] = reading.faults
    said = [*question.options.values()]
    assert {"Thường kỳ, ngày 28/02/2026", "Chuyên đề, ngày 28/02/2025"} < {*said}


def test_a_month_in_the_title_is_that_of_every_row(clerk, cells):
    head = ["TT", "Chi bộ", "Số đảng viên", "Có mặt"]
    listed = sheet(head, [1, "Chi bộ a", 5, 4], [2, "Chi bộ b", 5, 5], title="SINH HOẠT CHI BỘ THÁNG 02 NĂM 2026")
    reading, _ = bring(clerk, listed)
    brought(clerk, listed, answers=answered(reading, "Chuyên đề, ngày 10/02/2026"))
    assert {day for _, day, *_ in held()} == {date(2026, 2, 10)}


def test_months_of_other_lists_are_no_meetings(clerk, cells):
    paid = of_months(
        [1, "Chi bộ a", "", 4, *[""] * 11],
        title="ĐẢNG PHÍ NĂM 2026",
        head=("TT", "Chi bộ", "Số thu", *(f"T{month}" for month in range(1, 13))),
    )
    with pytest.raises(Unreadable, match="chưa đủ để đọc"):
        read([paid], SenderInput(clerk, {"day": DAY.isoformat()}))


def test_the_day_of_a_month_may_stand_beside_who_was_there():
    assert find("Tháng 7/2026", "Ngày") == ("meeting.held_on#Tháng 7/2026", True)
    assert find("Tháng 7/2026", "Có mặt") == ("meeting.present#Tháng 7/2026", True)


def test_a_cell_lists_its_own_meetings(secretary_a, cells):
    head = ["Tên chi bộ", "Ngày họp", "Loại sinh hoạt", "Phải dự", "Có mặt"]
    brought(secretary_a, sheet(head, ["Chi bộ a", "03/01/2026", "TK", 5, 5]))
    _, outcome = bring(secretary_a, sheet(head, ["Chi bộ b", "03/01/2026", "TK", 5, 5]))
    assert outcome.writes == 0
    assert [unit for unit, *_ in held()] == ["a"]
