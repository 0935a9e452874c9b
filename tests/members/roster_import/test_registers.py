"""Lists that tell of other registers than the card: ratings, exemptions, badges, measures, planning, courses, fees."""

import re
from datetime import date

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, TextField

from assessments.choices import NotRated, Rating
from assessments.models import MemberRating
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.admissions.actions import list_newcomer
from members.choices import (
    CourseLevel,
    DecidingLevel,
    DisciplineMeasure,
    ExemptionKind,
    FeeGround,
    FeeGroup,
    FeeRelief,
    PlanningPost,
    Program,
    Violation,
)
from members.models import (
    Admission,
    Badge,
    Discipline,
    Exemption,
    FeeBasis,
    FeeReduction,
    Liaison,
    Member,
    MemberState,
    Planning,
    Position,
    Suspension,
    Training,
)
from members.models.member_records import PlanningStep
from members.roster_import.admission_lines import NOT_KEPT
from members.roster_import.cells import field_of
from members.roster_import.column_types import COLUMN_TYPES, IGNORED, column_type_of
from members.roster_import.headers import every_heading, find
from members.roster_import.parser import recognize
from members.roster_import.reader import read
from members.roster_import.registers import DECISION, REGISTERS, SHARED
from members.roster_import.resolution import SKIP
from tests.factories import make_member
from tests.ground import layer

from .register_mess import TITLES

DAY = date(2026, 3, 1)


def sheet(head, *rows, title="DANH SÁCH ĐẢNG VIÊN", name="Sheet1"):
    """Return a sheet with a title; `head` may be several rows of headings."""
    return Grid(name, [[title], [], *(head if isinstance(head[0], list) else [head]), *map(list, rows)])


def bring(user, *grids, answers=None, settings=None):
    """Bring lists in for `user` and return (reading, outcome)."""
    said = SenderInput(user, {"day": DAY.isoformat()} | (settings or {}), answers or {})
    reading = read(grids, said)
    return reading, import_rows(reading, user, today=DAY, answers=said.answers)


def brought(user, *grids, **more):
    """Bring lists in that have no fault, twice: the second time nothing is written."""
    _, outcome = bring(user, *grids, **more)
    assert outcome.faults == []
    _, again = bring(user, *grids, **more)
    assert (again.writes, again.faults) == (0, [])
    return outcome


@layer
def mai(cell_a):
    return make_member(
        cell_a,
        "Lò Thị Mai",
        born_on=PartialDate("1950-05-17"),
        joined_on=PartialDate("1980-03-03"),
        official_on=PartialDate("1981-03-03"),
    )


@pytest.fixture
def tin(cell_a):
    return make_member(
        cell_a,
        "Vàng A Tín",
        born_on=PartialDate("1982-01-02"),
        joined_on=PartialDate("2010-03-03"),
        official_on=PartialDate("2011-03-03"),
    )


WHO = ["Họ và tên", "Ngày sinh"]
MAI, TIN = ["Lò Thị Mai", "17/05/1950"], ["Vàng A Tín", "02.01.1982"]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("Xếp loại 2025", 2025),
        ("Kết quả xếp loại năm 2025", 2025),
        ("KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI NĂM 2025", 2025),
        ("ket qua xep loai nam 2025", 2025),
        ("(7) Xếp loại đảng viên\nnăm 2025", 2025),
    ],
)
def test_the_year_of_a_rating_stands_in_its_heading(clerk, mai, heading, year):
    brought(clerk, sheet([*WHO, heading, "Ngày xếp loại"], [*MAI, "HTTNV", date(2025, 12, 20)]))
    rating = MemberRating.objects.get()
    assert (rating.member, rating.year, rating.level) == (mai, year, Rating.GOOD)
    assert rating.decided_on == date(2025, 12, 20)


def test_the_year_may_stand_in_a_title_that_speaks_of_ratings(clerk, mai):
    head = [*WHO, "Mức xếp loại", "Ngày xếp loại"]
    brought(clerk, sheet(head, [*MAI, "HTTNV", "20/12/2025"], title="BẢNG XẾP LOẠI ĐẢNG VIÊN NĂM 2025"))
    assert MemberRating.objects.get().year == 2025


def test_two_sheets_with_the_same_headings_are_of_the_years_in_their_titles(clerk, mai):
    grids = [
        sheet(
            [*WHO, "Xếp loại", "Ngày xếp loại"],
            [*MAI, mark, "20/02/2026"],
            title=f"KẾT QUẢ XẾP LOẠI ĐẢNG VIÊN NĂM {year}",
            name=f"Trang {year}",
        )
        for year, mark in ((2025, "HTXSNV"), (2026, "HTNV"))
    ]
    for grid in grids:
        brought(clerk, grid)
    bring(clerk, *grids)
    assert list(MemberRating.objects.values_list("year", "level")) == [(2025, "excellent"), (2026, "fair")]


def test_a_year_in_another_title_is_not_that_of_the_ratings(clerk, mai):
    list_of_year = sheet([*WHO, "Xếp loại", "Ngày xếp loại"], [*MAI, "HTXS", "20/12/2025"], title="DANH SÁCH NĂM 2026")
    _, outcome = bring(clerk, list_of_year)
    assert "year" not in str(outcome.faults)
    assert not MemberRating.objects.exists()
    assert outcome.faults


@pytest.mark.parametrize("mark", ["x", "X", 1, 1.0, "✓", "HTTNV"])
def test_a_matrix_of_marks_beneath_a_year(clerk, mai, tin, mark):
    head = [
        [*WHO, "Xếp loại năm 2025", None, None, None, "Ngày xếp loại"],
        [None, None, "HTXSNV", "HTTNV", "HTNV", "KHTNV", None],
    ]
    brought(
        clerk,
        sheet(head, [*MAI, "", mark, "", "", "20/12/2025"], [*TIN, "", "", "", 1, "20/12/2025"]),
    )
    assert dict(MemberRating.objects.values_list("member__full_name", "level")) == {
        "Lò Thị Mai": Rating.GOOD,
        "Vàng A Tín": Rating.FAILED,
    }


def test_two_marks_in_one_row_are_refused(clerk, mai):
    head = [*WHO, "HTXSNV", "HTTNV", "Năm xếp loại", "Ngày xếp loại"]
    _, outcome = bring(clerk, sheet(head, [*MAI, "x", "x", 2025, "20/12/2025"]))
    assert len(outcome.faults) == 1
    assert not MemberRating.objects.exists()


def test_years_beneath_one_heading_are_ratings_of_their_own(clerk, mai):
    head = [[*WHO, "Xếp loại đảng viên", None], [None, None, 2025, "Năm 2026"]]
    answers = {"Sheet1!0!3": "cuoi-nam", "Sheet1!0!4": "ngay-2026-03-01"}
    brought(clerk, sheet(head, [*MAI, "HTXSNV", "HTNV"]), answers=answers)
    assert list(MemberRating.objects.values_list("year", "level", "decided_on")) == [
        (2025, "excellent", date(2025, 12, 31)),
        (2026, "fair", DAY),
    ]


def test_the_day_of_ratings_is_asked_once_and_never_guessed(clerk, mai, tin):
    rated = sheet([*WHO, "Xếp loại 2025"], [*MAI, "HTXSNV"], [*TIN, "HTNV"])
    _, outcome = bring(clerk, rated)
    [question] = outcome.faults
    assert set(question.options) == {"cuoi-nam", "ngay-2026-03-01", SKIP}
    assert not MemberRating.objects.exists()
    brought(clerk, rated, answers={question.place: "ngay-2026-03-01"})
    assert set(MemberRating.objects.values_list("decided_on", flat=True)) == {DAY}
    _, outcome = bring(clerk, rated, answers={question.place: "cuoi-nam"})
    assert (outcome.writes, outcome.faults) == (0, [])


def test_the_day_is_asked_once_for_all_columns_of_a_matrix(clerk, mai, tin):
    head = [*WHO, "HTXSNV 2025", "HTTNV 2025"]
    _, outcome = bring(clerk, sheet(head, [*MAI, "", "x"], [*TIN, "x", ""]))
    assert [fault.place for fault in outcome.faults] == ["Sheet1!0!3"]


def test_ratings_are_left_out_when_the_sender_says_so(clerk, mai):
    rated = sheet([*WHO, "Xếp loại 2025", "Dân tộc"], [*MAI, "HTXSNV", "Mông"])
    _, outcome = bring(clerk, rated, answers={"Sheet1!0!3": SKIP})
    mai.refresh_from_db()
    assert (outcome.faults, mai.ethnicity, MemberRating.objects.count()) == ([], "mong", 0)


def test_the_year_is_asked_where_nothing_says_it(clerk, mai):
    rated = sheet([*WHO, "Xếp loại"], [*MAI, "HTXSNV"])
    _, outcome = bring(clerk, rated)
    [question] = outcome.faults
    assert set(question.options) == {"2025-cuoi-nam", "2025-ngay-2026-03-01", "2026-ngay-2026-03-01", SKIP}
    brought(clerk, rated, answers={question.place: "2025-cuoi-nam"})
    assert MemberRating.objects.get().year == 2025


@pytest.mark.parametrize(
    ("head", "cells", "reason"),
    [
        (["Xếp loại 2025"], ["Miễn sinh hoạt"], NotRated.EXEMPT),
        (["Xếp loại 2025"], ["Không XL"], NotRated.OTHER),
        (["Không XL 2025"], ["x"], NotRated.OTHER),
        (["HTXSNV 2025", "Không XL 2025", "Lý do không XL 2025"], ["", "x", "Miễn sinh hoạt"], NotRated.EXEMPT),
        (["Không xếp loại năm 2025 (lý do)"], ["Miễn"], NotRated.EXEMPT),
        (["Xếp loại 2025", "Lý do không xếp loại 2025"], ["Không XL", "Mới kết nạp"], NotRated.NEW),
        (["Xếp loại 2025", "Lý do không xếp loại 2025"], ["KXL", ""], NotRated.OTHER),
    ],
)
def test_who_is_not_rated_has_a_reason(clerk, mai, head, cells, reason):
    brought(clerk, sheet([*WHO, *head, "Ngày xếp loại"], [*MAI, *cells, "20/12/2025"]))
    rating = MemberRating.objects.get()
    assert (rating.level, rating.not_rated) == ("", reason)


@pytest.mark.parametrize("cells", [["HTXSNV", "Mới kết nạp"], ["HTXSNV", "đi vắng"], ["A", ""]])
def test_ratings_that_contradict_themselves_or_say_nothing_known_are_refused(clerk, mai, cells):
    head = [*WHO, "Xếp loại 2025", "Lý do không xếp loại 2025", "Ngày xếp loại"]
    _, outcome = bring(clerk, sheet(head, [*MAI, *cells, "20/12/2025"]))
    assert len(outcome.faults) == 1
    assert not MemberRating.objects.exists()


@pytest.mark.parametrize(
    "heading", ["Xếp loại công chức 2025", "Xếp loại của vợ", "Xếp loại năm trước", "Xếp loại tốt nghiệp"]
)
def test_what_else_is_rated_is_no_rating_of_the_member(heading):
    assert find("", heading) == ("", True)


def test_exemptions(clerk, mai):
    head = [*WHO, "Lý do miễn", "Miễn từ ngày", "Đến ngày", "Số QĐ", "Ngày QĐ"]
    brought(clerk, sheet(head, [*MAI, "Tuổi cao", "1/1/2025", "31.12.2025", "05-NQ/CB", "20-12-2024"]))
    row = Exemption.objects.get()
    assert (row.member, row.kind, row.started_on, row.ended_on) == (
        mai,
        ExemptionKind.AGE_HEALTH,
        date(2025, 1, 1),
        date(2026, 1, 1),
    )
    assert (row.decision_number, row.decision_date) == ("05-NQ/CB", date(2024, 12, 20))


def test_headings_of_many_registers_beneath_one_that_names_it(clerk, mai):
    head = [[*WHO, "Miễn sinh hoạt", None, None], [None, None, "Lý do miễn", "Từ ngày", "Số, ngày quyết định"]]
    brought(clerk, sheet(head, [*MAI, "Sức yếu", "01/02/2025", "Số 05-NQ/CB ngày 20/01/2025"]))
    row = Exemption.objects.get()
    assert (row.started_on, row.decision_number, row.decision_date) == (
        date(2025, 2, 1),
        "05-NQ/CB",
        date(2025, 1, 20),
    )


def test_badges_with_their_decision(clerk, mai):
    head = [*WHO, "Huy hiệu", "Số huy hiệu", "Ngày trao", "Số quyết định", "Ngày quyết định"]
    brought(clerk, sheet(head, [*MAI, "30 năm", "123456", "19/05/2010", "07-QĐ/TU", "01/05/2010"]))
    row = Badge.objects.get()
    assert (row.years, row.number, row.awarded_on) == (30, "123456", date(2010, 5, 19))
    assert (row.decision_number, row.decision_date) == ("07-QĐ/TU", date(2010, 5, 1))


def test_a_column_for_each_badge_holds_its_day_or_a_mark(clerk, mai):
    head = [[*WHO, "Huy hiệu Đảng", None], [None, None, "30 năm", "40 năm"]]
    brought(clerk, sheet(head, [*MAI, "19/05/2010", "19/05/2020"]))
    assert list(Badge.objects.values_list("years", "awarded_on")) == [
        (30, date(2010, 5, 19)),
        (40, date(2020, 5, 19)),
    ]
    _, outcome = bring(clerk, sheet(head, [*MAI, "", "x"]))
    assert outcome.writes == 0


def test_the_day_of_award_is_asked_and_offered_are_the_days_on_which_badges_are_given(clerk, mai):
    grid = sheet([*WHO, "Huy hiệu"], [*MAI, "30 năm"])
    _, outcome = bring(clerk, grid)
    [asked] = outcome.faults
    assert list(asked.options.values())[:3] == ["Đợt 03/02/2026", "Đợt 07/11/2025", "Đợt 02/09/2025"]
    brought(clerk, grid, answers={asked.place: "2025-11-07"})
    assert list(Badge.objects.values_list("years", "awarded_on")) == [(30, date(2025, 11, 7))]


def test_discipline(clerk, mai):
    head = [*WHO, "Hình thức kỷ luật", "Cấp quyết định", "Nội dung vi phạm", "Số QĐ", "Ngày QĐ"]
    brought(clerk, sheet(head, [*MAI, "Khiển trách", "Đảng ủy", "Nội dung khác", "9-QĐ/ĐU", "5/1/2026"]))
    row = Discipline.objects.get()
    assert (row.form, row.level, row.violation) == (
        DisciplineMeasure.REPRIMAND,
        DecidingLevel.COMMITTEE,
        Violation.OTHER,
    )
    assert (row.decided_on, row.decision_date, row.decision_number) == (date(2026, 1, 5), date(2026, 1, 5), "9-QĐ/ĐU")


def test_a_form_alone_is_of_the_measure_of_which_the_title_speaks(clerk, mai):
    head = [*WHO, "Hình thức", "Nội dung vi phạm", "Cấp quyết định", "Số, ngày QĐ"]
    told = [*MAI, "Khiển trách", "Vi phạm chính sách dân số", "Chi bộ", "15-QĐ/UBKT ngày 3/4/2025"]
    brought(clerk, sheet(head, told, title=TITLES["discipline"]))
    assert Discipline.objects.get().form == DisciplineMeasure.REPRIMAND
    assert find("", "Hình thức")[0] == f"{SHARED}.form"


def test_suspension(clerk, mai):
    head = [*WHO, "Cấp quyết định đình chỉ", "Lý do đình chỉ", "Từ ngày", "Số QĐ", "Ngày QĐ"]
    brought(clerk, sheet(head, [*MAI, "Đảng ủy", "Đang bị điều tra", "5/1/2026", "9-QĐ/ĐU", "4/1/2026"]))
    assert (Suspension.objects.get().started_on, Suspension.objects.get().note) == (
        date(2026, 1, 5),
        "Đang bị điều tra",
    )


def test_planning_asks_what_the_list_decides(clerk, mai):
    planned = sheet(
        [*WHO, "Chức danh quy hoạch", "Ngày phê duyệt", "Số QĐ", "Ngày QĐ"],
        [*MAI, "Ủy viên BCH", "05/01/2026", "9-QĐ/ĐU", "04/01/2026"],
        title="DANH SÁCH QUY HOẠCH NHIỆM KỲ 2025 - 2030",
    )
    _, outcome = bring(clerk, planned)
    [question] = outcome.faults
    brought(clerk, planned, answers={question.place: PlanningStep.APPROVED})
    row = Planning.objects.get()
    assert (row.post, row.term, row.approved_on, row.step) == (
        PlanningPost.EXECUTIVE_COMMITTEE,
        "2025-2030",
        date(2026, 1, 5),
        PlanningStep.APPROVED,
    )


def test_training(clerk, mai):
    head = [*WHO, "Tên lớp", "Chương trình", "Cấp mở lớp", "Khai giảng", "Bế giảng"]
    brought(clerk, sheet(head, [*MAI, "Lớp K5", "Sơ cấp LLCT", "Cấp xã", "5/1/2026", "20/1/2026"]))
    row = Training.objects.get()
    assert (row.course, row.program, row.level) == ("Lớp K5", Program.THEORY_ELEMENTARY, CourseLevel.COMMUNE)
    assert (row.began_on, row.finished_on) == (date(2026, 1, 5), date(2026, 1, 20))


def test_a_note_beside_a_mark_tells_why_somebody_is_not_rated_and_no_card(clerk, mai, tin):
    head = [*WHO, "HTXSNV", "HTTNV", "HTNV", "KHTNV", "Không xếp loại", "Ghi chú"]
    rows = [*MAI, "", "", "", "", "x", "Miễn sinh hoạt"], [*TIN, "", "x", "", "", "", "Bí thư chi bộ"]
    rated = sheet(head, *rows, title="KẾT QUẢ XẾP LOẠI ĐẢNG VIÊN NĂM 2025")
    _, outcome = bring(clerk, rated)
    [question] = outcome.faults
    brought(clerk, rated, answers={question.place: "cuoi-nam"})
    told = dict(MemberRating.objects.values_list("member__full_name", "not_rated"))
    assert told == {"Lò Thị Mai": NotRated.EXEMPT, "Vàng A Tín": ""}
    assert not Member.objects.exclude(note="").exists()


def test_of_the_levels_of_many_organs_that_of_the_committee_counts():
    head = [*WHO, "Tự xếp loại", "Chi bộ xếp loại", "Đảng ủy công nhận"]
    title = "KẾT QUẢ XẾP LOẠI ĐẢNG VIÊN NĂM 2025"
    [kinds] = recognize([sheet(head, [*MAI, "HTXSNV", "HTTNV", "HTNV"], title=title)]).mapping.values()
    assert list(kinds.values())[2:] == [IGNORED, IGNORED, "rating.level#2025"]


def _of_decisions():
    """Return the registers of members whose records tell the number of their decision, but those of the card."""
    found = (each for each in REGISTERS.values() if each.about == "member" and not each.with_card)
    return [each.name for each in found if "decision_number" in each.headings and each.name in TITLES]


@pytest.mark.parametrize("name", _of_decisions())
def test_which_post_somebody_has_in_a_list_of_something_else_appoints_nobody(name):
    register = REGISTERS[name]
    own = next(words.split("; ")[0] for words in register.headings.values() if words)
    head = [*WHO, "Chức vụ Đảng", own, "Số QĐ", "Ngày QĐ"]
    row = [*MAI, "Phó Bí thư", "", "9-QĐ/ĐU", "05/01/2026"]
    [kinds] = recognize([sheet(head, row, title=TITLES[name])]).mapping.values()
    assert not [kind for kind in kinds.values() if kind.startswith("position.")]
    assert list(kinds.values())[-2:] == [f"{name}.decision_number", f"{name}.decision_date"]


def test_a_list_of_committees_keeps_its_posts_though_its_title_names_a_register_too(clerk, mai):
    head = [*WHO, "Chức vụ Đảng", "Số QĐ", "Ngày QĐ"]
    title = "DANH SÁCH CẤP ỦY CÁC CHI BỘ ĐÃ QUA BỒI DƯỠNG"
    [kinds] = recognize([sheet(head, [*MAI, "Bí thư", "9-QĐ/ĐU", "05/01/2026"], title=title)]).mapping.values()
    assert list(kinds.values())[2:] == ["position.post", "position.decision_number", "position.decision_date"]


def test_who_decided_on_measures_is_asked_once_for_each_symbol_of_their_numbers(clerk, mai, tin):
    head = [*WHO, "Hình thức kỷ luật", "Số QĐ", "Ngày QĐ", "Nội dung vi phạm"]
    why = "Thiếu trách nhiệm, buông lỏng lãnh đạo"
    rows = [
        [*MAI, "Khiển trách", "9-QĐ/UBKT", "05/01/2026", why],
        [*MAI, "Cảnh cáo", "12-QĐ/UBKT", "06/02/2026", why],
        [*TIN, "Khiển trách", "3-QĐ/CB", "05/02/2026", why],
    ]
    measures = sheet(head, *rows, title="DANH SÁCH ĐẢNG VIÊN BỊ KỶ LUẬT")
    _, outcome = bring(clerk, measures)
    assert [fault.message.partition(": ")[0] for fault in outcome.faults] == ["QĐ/UBKT", "QĐ/CB"]
    levels = (DecidingLevel.INSPECTION, DecidingLevel.CELL)
    answers = {fault.place: level for fault, level in zip(outcome.faults, levels, strict=True)}
    brought(clerk, measures, answers=answers)
    told = Discipline.objects.order_by("decided_on").values_list("decision_number", "level")
    assert dict(told) == {"9-QĐ/UBKT": levels[0], "3-QĐ/CB": levels[1], "12-QĐ/UBKT": levels[0]}


def test_what_a_list_of_courses_does_not_say_is_asked_at_once_for_each_course(clerk, mai, tin):
    head = [*WHO, "Tên lớp", "Từ ngày", "Đến ngày"]
    rows = ([*MAI, "Lớp K5", "5/1/2026", "20/1/2026"], [*TIN, "Lớp K5", "5/1/2026", "20/1/2026"])
    courses = sheet(head, *rows, title="DANH SÁCH ĐẢNG VIÊN HỌC LỚP BỒI DƯỠNG")
    _, outcome = bring(clerk, courses)
    assert len(outcome.faults) == 2
    said = (Program.PARTY_WORK, CourseLevel.COMMUNE)
    brought(clerk, courses, answers={fault.place: each for fault, each in zip(outcome.faults, said, strict=True)})
    assert set(Training.objects.values_list("program", "level", "began_on", "finished_on")) == {
        (*said, date(2026, 1, 5), date(2026, 1, 20))
    }
    assert Training.objects.count() == 2


def test_two_rows_about_somebody_known_tell_two_records(clerk, mai):
    head = [*WHO, "Tên lớp", "Chương trình", "Cấp mở lớp", "Khai giảng"]
    first = [*MAI, "Lớp K5", "Sơ cấp LLCT", "Cấp xã", "5/1/2026"]
    brought(clerk, sheet(head, first, [*MAI, "Lớp K6", "Sơ cấp LLCT", "Cấp xã", "5/2/2026"]))
    assert [row.course for row in Training.objects.order_by("began_on")] == ["Lớp K5", "Lớp K6"]
    _, outcome = bring(clerk, sheet(head, first, first))
    assert ["Xóa một trong hai dòng" in fault.message for fault in outcome.faults] == [True]


def test_two_rows_about_somebody_whose_cards_differ_are_not_taken_for_one(clerk, mai):
    head = [*WHO, "Dân tộc", "Tên lớp", "Chương trình", "Cấp mở lớp", "Khai giảng"]
    rows = ([*MAI, people, f"Lớp {people}", "Sơ cấp LLCT", "Cấp xã", "5/1/2026"] for people in ("Thái", "Mông"))
    _, outcome = bring(clerk, sheet(head, *rows))
    assert ["Xóa một trong hai dòng" in fault.message for fault in outcome.faults] == [True]


def test_the_days_of_a_course_may_share_a_cell(clerk, mai):
    head = [*WHO, "Tên lớp", "Chương trình", "Cấp mở lớp", "Thời gian học"]
    brought(clerk, sheet(head, [*MAI, "Lớp K5", "Sơ cấp LLCT", "Cấp xã", "5/1/2026 - 20/1/2026"]))
    assert Training.objects.get().finished_on == date(2026, 1, 20)


def test_on_what_fees_are_reckoned_and_who_pays_less(clerk, mai):
    head = [*WHO, "Nhóm đóng đảng phí", "Mức thu nhập", "Từ ngày"]
    brought(clerk, sheet(head, [*MAI, "Lương hưu", "5.000.000", "1/1/2026"]))
    assert (FeeBasis.objects.get().group, FeeBasis.objects.get().income) == (FeeGroup.PENSION, 5_000_000)
    head = [*WHO, "Miễn, giảm đảng phí", "Căn cứ miễn, giảm", "Từ ngày", "Số QĐ", "Ngày QĐ"]
    brought(clerk, sheet(head, [*MAI, "Miễn", "Hộ nghèo", "1/1/2026", "9-QĐ/ĐU", "31/12/2025"]))
    assert (FeeReduction.objects.get().kind, FeeReduction.objects.get().ground) == (FeeRelief.EXEMPT, FeeGround.POOR)


def test_several_kinds_in_one_list_are_brought_in_at_once(clerk, mai):
    head = [*WHO, "Dân tộc", "LLCT", "Xếp loại 2025", "Ngày xếp loại", "Lý do miễn", "Từ ngày"]
    brought(clerk, sheet(head, [*MAI, "Mông", "Trung cấp", "HTNV", "20/12/2025", "Tuổi cao", "1/1/2026"]))
    mai.refresh_from_db()
    assert (mai.ethnicity, mai.states.get().theory) == ("mong", "intermediate")
    assert (MemberRating.objects.count(), Exemption.objects.count()) == (1, 1)


def test_somebody_new_brings_the_facts_along(clerk, cell_a):
    head = [*WHO, "Giới tính", "Dân tộc", "Xếp loại 2025", "Ngày xếp loại", "Chi bộ"]
    settings = {"way": "received_with_unit"}
    brought(clerk, sheet(head, [*TIN, "Nam", "Mông", "HTNV", "20/12/2025", "Chi bộ a"]), settings=settings)
    assert MemberRating.objects.get().member.full_name == "Vàng A Tín"


def test_another_day_of_coming_into_the_cell_is_told_and_moves_nothing(clerk, mai):
    came = mai.spells.get().started_on
    listed = sheet([*WHO, "Ngày về chi bộ"], [*MAI, "05/01/2026"])
    reading, outcome = bring(clerk, listed)
    assert (outcome.writes, outcome.faults) == (0, [])
    assert f"hệ thống đang ghi {came:%d/%m/%Y}" in repr(reading.preview)


def test_an_empty_cell_says_nothing(clerk, mai, tin):
    brought(clerk, sheet([*WHO, "Xếp loại 2025", "Ngày xếp loại"], [*MAI, "", "20/12/2025"], [*TIN, "-", ""]))
    assert not MemberRating.objects.exists()


def test_a_register_without_a_column_it_needs_is_passed_over_and_told(clerk, mai):
    reading, outcome = bring(clerk, sheet([*WHO, "Dân tộc", "Lý do miễn", "Kỷ luật"], [*MAI, "Mông", "", "lạ"]))
    assert outcome.faults == []
    assert [note for note in reading.notes if "Miễn" in note and "“Từ ngày”" in note]
    assert [note for note in reading.notes if "Kỷ luật" in note]
    assert not Exemption.objects.exists()


def test_meanings_are_offered_by_register(clerk, mai):
    reading, _ = bring(clerk, sheet([*WHO, "Xếp loại 2025"], [*MAI, "HTNV"]))
    offered = {group: dict(kinds) for group, kinds in reading.settings["fields"]}
    assert {"Đảng viên", "Chức vụ", *(register.called for register in REGISTERS.values())} <= offered.keys()
    assert {"rating.level", "rating.level=good", "rating.level#2025"} <= offered["Xếp loại đảng viên"].keys()
    assert [column["register"] for column in reading.settings["columns"]] == ["", "", "Xếp loại đảng viên"]


def test_a_row_without_what_its_record_needs_is_refused(clerk, mai):
    _, outcome = bring(clerk, sheet([*WHO, "Lý do miễn", "Từ ngày"], [*MAI, "Tuổi cao", ""]))
    assert len(outcome.faults) == 1
    assert not Exemption.objects.exists()


def test_a_cell_writes_what_it_decides_and_is_told_of_the_rest(secretary_a, mai):
    head = [*WHO, "Xếp loại 2025", "Ngày xếp loại", "Huy hiệu", "Ngày trao", "Lý do miễn", "Từ ngày"]
    row = [*MAI, "HTNV", "20/12/2025", "40", "19/05/2020", "Tuổi cao", "1/1/2026"]
    reading, outcome = bring(secretary_a, sheet(head, row))
    assert outcome.faults == []
    assert (MemberRating.objects.count(), Exemption.objects.count(), Badge.objects.count()) == (1, 1, 0)
    assert [note for note in reading.notes if "Huy hiệu Đảng" in note]


def test_a_cell_is_refused_what_committees_decide(secretary_a, mai):
    head = [*WHO, "Lý do miễn", "Từ ngày", "Số QĐ", "Ngày QĐ"]
    _, outcome = bring(secretary_a, sheet(head, [*MAI, "Lý do khác", "1/1/2026", "9-QĐ/ĐU", "31/12/2025"]))
    assert [fault.message for fault in outcome.faults] == [Exemption.outside]


def test_every_heading_of_a_register_means_its_field():
    own = [(heading, kind) for heading, kind in every_heading() if kind.partition(".")[0] in {*REGISTERS, SHARED}]
    assert [(heading, kind, find("", heading)) for heading, kind in own if find("", heading) != (kind, True)] == []


def test_no_two_kinds_bear_one_heading():
    meanings = {}
    for heading, kind in every_heading():
        meanings.setdefault(heading.lower(), set()).add(kind)
    assert {heading: kinds for heading, kinds in meanings.items() if len(kinds) > 1} == {}


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_registers_name_fields_of_their_records(register):
    fields = {*register.tab.columns, "decision"}
    assert {*register.headings, *register.marks} <= fields | {*register.labels}
    assert not register.apart or register.apart in fields
    keys = {name for keys in register.tab.keys for name in keys} - {register.about}
    assert register.with_card or keys <= {*register.headings}


NEWCOMER = ["Giàng A Sơn", "02/02/1995", "Nam", "Mông"]
ADMITTED = [
    *WHO,
    "Giới tính",
    "Dân tộc",
    "Ngày kết nạp",
    "Nơi kết nạp",
    "Người giới thiệu",
    "Số QĐ",
    "Ngày QĐ",
    "Chi bộ",
]
ENTRY = ["19/12/2025", "Chi bộ a", "Lò Thị Mai", "15-QĐ/ĐU", "10/12/2025", "Chi bộ a"]


def test_a_list_of_the_admitted_brings_admission_stay_and_card(clerk, cell_a):
    admitted = sheet(ADMITTED, [*NEWCOMER, *ENTRY], title="DANH SÁCH KẾT NẠP ĐẢNG VIÊN NĂM 2025")
    brought(clerk, admitted)
    row = Admission.objects.get()
    assert (row.unit, row.ceremony_on, row.decision_number) == (cell_a, date(2025, 12, 19), "15-QĐ/ĐU")
    stay = row.member.spells.get()
    assert (stay.started_on, stay.start_reason, stay.decision_date) == (
        date(2025, 12, 19),
        "admitted",
        date(2025, 12, 10),
    )
    assert (row.member.introducers, row.member.joined_at) == ("Lò Thị Mai", "Chi bộ a")
    assert (row.member.joined_on, row.member.decided_on) == (PartialDate("2025-12-19"), PartialDate("2025-12-10"))


def test_a_candidate_of_the_portal_is_admitted_by_a_list(clerk, cell_a):
    candidate = list_newcomer(
        unit=cell_a,
        day=date(2025, 8, 1),
        full_name="Giàng A Sơn",
        born_on=PartialDate("1995-02-02"),
        gender="male",
        ethnicity="mong",
    )
    admitted = sheet(ADMITTED, [*NEWCOMER, *ENTRY], title="DANH SÁCH KẾT NẠP")
    _, outcome = bring(clerk, admitted)
    answers = {fault.place: str(candidate.member.pk) for fault in outcome.faults}
    _, outcome = bring(clerk, admitted, answers=answers)
    assert outcome.faults == []
    candidate.refresh_from_db()
    assert candidate.ceremony_on == date(2025, 12, 19)
    assert candidate.member.spells.get().start_reason == "admitted"


def test_becoming_official_is_written_to_card_and_register(clerk, cell_a):
    brought(
        clerk, sheet(ADMITTED, [*NEWCOMER, *["19/07/2025", *ENTRY[1:4], "10/07/2025", "Chi bộ a"]], title="KẾT NẠP")
    )
    head = [*WHO, "Ngày chính thức", "Số QĐ chính thức", "Ngày QĐ chính thức"]
    later = SenderInput(clerk, {"day": "2026-09-01"})
    official = sheet(head, ["Giàng A Sơn", "02/02/1995", "19/07/2026", "20-QĐ/ĐU", "25/08/2026"])
    outcome = import_rows(read([official], later), clerk, today=date(2026, 9, 1))
    assert outcome.faults == []
    row = Admission.objects.get()
    assert (row.official_on, row.official_decision) == (date(2026, 7, 19), "20-QĐ/ĐU")
    assert row.member.official_on == PartialDate("2026-07-19")


def test_of_who_joined_before_anything_was_recorded_no_admission_is_made(clerk, mai):
    reading, outcome = bring(clerk, sheet([*WHO, "Số QĐ kết nạp"], [*MAI, "7-QĐ/HU"]))
    assert (outcome.faults, outcome.writes) == ([], 0)
    assert NOT_KEPT.format(1) in reading.notes


@pytest.mark.parametrize("more", [["Số QĐ", "Ngày QĐ"], ["Số, ngày quyết định"]])
def test_posts_with_their_day_and_decision(clerk, mai, more):
    cells = ["3-QĐ/ĐU", "01/02/2026"] if len(more) == 2 else ["3-QĐ/ĐU ngày 01/02/2026"]
    brought(clerk, sheet([*WHO, "Chức vụ trong Đảng", "Từ ngày", *more], [*MAI, "Bí thư", "05/02/2026", *cells]))
    post = Position.objects.get()
    assert (post.post, post.started_on, post.decision_number) == ("secretary", date(2026, 2, 5), "3-QĐ/ĐU")
    assert post.decision_date == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("above", "heading", "kind"),
    [
        ("Xếp loại năm 2025", "Đảng viên", "rating.level#2025"),
        ("Xếp loại năm 2025", "HTTNV", "rating.level=good#2025"),
        ("Xếp loại năm 2025", "Công chức", ""),
        ("Đánh giá công chức năm 2025", "Xếp loại", ""),
        ("Khen thưởng", "Số QĐ", ""),
        ("Kỷ luật", "Số QĐ", "discipline.decision_number"),
        ("Huy hiệu Đảng", "40 năm", "badge.years#40"),
        ("Miễn sinh hoạt", "Lý do", "exemption.kind"),
        ("Miễn sinh hoạt", "Từ ngày", "exemption.started_on"),
        ("", "Số quyết định của chồng", ""),
    ],
)
def test_what_stands_above_says_what_a_heading_is_about(above, heading, kind):
    assert find(above, heading)[0] == kind


def test_a_number_that_brings_its_day_along_is_read_as_both(clerk, mai):
    head = [*WHO, "Lý do miễn", "Miễn từ ngày", "Quyết định"]
    brought(clerk, sheet(head, [*MAI, "Sức yếu", "01/02/2025", "Số 05-NQ/CB ngày 20/01/2025"]))
    assert (Exemption.objects.get().decision_number, Exemption.objects.get().decision_date) == (
        "05-NQ/CB",
        date(2025, 1, 20),
    )


def test_a_name_like_that_of_a_unit_with_a_one_in_a_matrix_is_a_person(clerk, cell_a):
    member = make_member(cell_a, "Bàn Văn An")
    head = [["STT", "Họ và tên", "Xếp loại 2025", None, "Ngày xếp loại"], [None, None, "HTXSNV", "HTTNV", None]]
    rated = sheet(head, [1, "Bàn Văn An", "", 1, ""], [2, "Chi bộ b", 20, 1, ""])
    _, outcome = bring(clerk, rated, answers={"Sheet1!0!4": "cuoi-nam", "Sheet1!5!2": str(member.pk)})
    assert outcome.faults == []
    assert MemberRating.objects.get().member == member


def test_the_cell_where_members_live_is_asked_for_its_letter_once(clerk, mai, tin):
    listed = sheet([*WHO, "Chi bộ nơi cư trú"], [*MAI, "Chi bộ Bản 01"], [*TIN, "Chi bộ Bản 02"])
    reading, outcome = bring(clerk, listed)
    [question] = reading.faults
    assert (outcome.writes, question.row) == (0, 0)
    answers = {question.place: "ngay-2026-03-01"}
    _, outcome = bring(clerk, listed, answers=answers)
    assert outcome.faults == []
    assert set(Liaison.objects.values_list("member", "place", "started_on")) == {
        (mai.pk, "Chi bộ Bản 01", DAY),
        (tin.pk, "Chi bộ Bản 02", DAY),
    }
    again, outcome = bring(clerk, listed)
    assert (outcome.writes, again.faults, outcome.faults) == (0, [], [])


def test_a_new_person_has_nothing_that_the_list_has_no_column_for(clerk, cell_a):
    listed = sheet(["Họ và tên", "Giới tính", "Dân tộc", "Chi bộ"], ["Lò Văn An", "Nam", "Thái", "Chi bộ a"])
    _, outcome = bring(clerk, listed, settings={"way": "received"})
    assert outcome.faults == []
    [person] = Member.objects.values()
    said = {"id", "full_name", "gender", "ethnicity", "sort_name", "search_name"}
    assert {name: value for name, value in person.items() if name not in said and value not in (None, "")} == {}


@pytest.mark.parametrize("where", ["Chi bộ nơi công tác", "Nơi công tác", "Đơn vị công tác"])
def test_the_paper_its_day_and_the_cell_where_somebody_works_are_read(where, clerk, mai):
    head = ["TT", "Họ và tên", where, "Chi bộ nơi cư trú", "Số giấy giới thiệu", "Ngày"]
    listed = sheet(head, [1, mai.full_name, "Chi bộ a", "Chi bộ Bản 01", "12-GT", "15/9/2025"])
    brought(clerk, listed)
    row = Liaison.objects.get()
    assert (row.member, row.source, row.started_on) == (mai, "12-GT", date(2025, 9, 15))
    assert not MemberState.objects.exclude(job="").exists()


def test_where_somebody_works_is_no_job(clerk, mai):
    head = [*WHO, "Nơi công tác", "Dân tộc"]
    brought(clerk, sheet(head, [*MAI, "Trạm Y tế", "Thái"]))
    assert not MemberState.objects.exclude(job="").exists()


@pytest.mark.parametrize("number", ["Số QĐ", "Số quyết định miễn", "Quyết định"])
def test_a_day_behind_the_number_of_a_decision_is_that_of_the_decision(number, clerk, mai):
    head = [*WHO, "Lý do miễn", "Miễn từ ngày", number, "Ngày"]
    brought(clerk, sheet(head, [*MAI, "Sức yếu", "01/02/2025", "05-NQ/CB", "20/01/2025"]))
    row = Exemption.objects.get()
    assert (row.decision_number, row.decision_date) == ("05-NQ/CB", date(2025, 1, 20))


@pytest.mark.parametrize("register", [each for each in REGISTERS.values() if each.question], ids=lambda each: each.name)
def test_an_answer_about_a_register_means_the_same_whatever_the_day_of_the_list(register):
    values = [{}, {"year": 2025}, {"year": 2026}, {"started_on": DAY}, {"months": (date(2026, 1, 1),)}]
    for said in values:
        first, later = ({**register.question.options(said, day)} for day in (DAY, DAY.replace(day=20)))
        assert {answer: first[answer] for answer in first.keys() & later.keys()} == {
            answer: later[answer] for answer in first.keys() & later.keys()
        }


MATRICES = [
    (name, field, value)
    for name, register in REGISTERS.items()
    if register.about == "member"
    for field in register.headings
    if field not in register.readers and field != register.apart and field != DECISION
    for value in dict(register.model._meta.get_field(field).flatchoices)
]
"""Every value that a field of a register may have."""


@pytest.mark.parametrize(("name", "field", "value"), MATRICES)
def test_any_choice_may_be_the_heading_of_marks(name, field, value):
    register = REGISTERS[name]
    above = next(heading for heading in register.headings[field].split("; ") if heading)
    heading = str(dict(register.model._meta.get_field(field).flatchoices)[value])
    kind, sure = find(above, heading)
    assert (kind, sure) == (f"{name}.{field}={value}", True)
    read = column_type_of(kind).read
    assert [*read("x", DAY).values()] == [value]
    assert read("không", DAY) == {}
    with pytest.raises(ValueError, match="Đánh dấu x"):
        read("chưa rõ lắm", DAY)


@pytest.mark.parametrize(
    ("above", "heading", "kind"),
    [
        ("Trình độ LLCT", "Trung cấp", "state.theory=intermediate"),
        ("Chức vụ Đảng", "Phó bí thư", "position.post=deputy_secretary"),
        ("Nghề nghiệp", "Nông dân", "state.occupation=farmer"),
        ("Mức xếp loại", "XS", "rating.level=excellent"),
        ("Mức xếp loại", "Tốt", "rating.level=good"),
        ("Mức xếp loại", "HT", "rating.level=fair"),
        ("Mức xếp loại", "Không HT", "rating.level=failed"),
        ("Xếp loại năm 2025", "HT tốt NV", "rating.level=good#2025"),
    ],
)
def test_short_headings_beneath_one_that_has_choices(above, heading, kind):
    assert find(above, heading) == (kind, True)


def test_a_heading_that_is_not_known_beneath_one_that_is_read_is_to_be_looked_at():
    assert find("Mức xếp loại", "Loại khá") == (IGNORED, False)
    assert find("Chức danh quy hoạch", "Chức danh khác") == (IGNORED, False)


def test_each_mark_of_a_planning_matrix_is_a_record(clerk, mai):
    head = [
        [*WHO, "Chức danh quy hoạch", None, "Ngày phê duyệt"],
        [None, None, "BCH", "BTV", None],
    ]
    planned = sheet(head, [*MAI, "x", "X", "12/11/2025"], title="QUY HOẠCH NHIỆM KỲ 2025-2030")
    _, outcome = bring(clerk, planned)
    answers = {fault.place: PlanningStep.APPROVED for fault in outcome.faults}
    brought(clerk, planned, answers=answers)
    assert {(row.post, row.approved_on) for row in Planning.objects.all()} == {
        (PlanningPost.EXECUTIVE_COMMITTEE, date(2025, 11, 12)),
        (PlanningPost.STANDING_COMMITTEE, date(2025, 11, 12)),
    }
    assert not MemberState.objects.exclude(job="").exists()


def _is_text(name):
    """Return whether a kind fills a field of text that nothing but its length bounds."""
    try:
        field = field_of(name)
    except FieldDoesNotExist:
        return False
    return not (field.flatchoices or getattr(field, "read", None)) and isinstance(field, CharField | TextField)


TEXTS = [
    name
    for name, kind in COLUMN_TYPES.items()
    if kind.read and not re.search(r"[@+=]|number|registry_id", name) and _is_text(name)
]
"""Every kind of column that takes text as it stands."""


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("mark", ["x", "X", 1, "1", "✓", "+", "v"])
def test_a_mark_is_no_text(name, mark):
    with pytest.raises(ValueError, match=re.escape(f"“{mark}”")):
        COLUMN_TYPES[name].read(mark, DAY)


def test_a_number_may_be_one():
    assert COLUMN_TYPES["discipline.decision_number"].read(1, DAY) == {"discipline.decision_number": "1"}


def test_the_rate_beneath_a_total_is_nobody(clerk, mai):
    head = [*WHO, "HTXSNV", "HTTNV", "Năm xếp loại", "Ngày xếp loại"]
    totals = [["", "Tổng", 1, 0, "", ""], ["", "Tỷ lệ %", "33,3", "0%", "", ""]]
    reading, _ = bring(clerk, sheet(["TT", *head], [1, *MAI, "x", "", 2025, "20/12/2025"], *totals))
    assert len({line.who for line in reading.lines}) == 1


@pytest.mark.parametrize("name", sorted(TITLES.keys() - {"admission"}))
def test_a_list_from_which_its_register_is_not_read_says_so(clerk, mai, name):
    reading, outcome = bring(clerk, sheet(WHO, MAI, title=TITLES[name]))
    assert (outcome.writes, outcome.faults) == (0, [])
    assert [note for note in reading.unread if REGISTERS[name].called in note]


def test_a_column_that_may_be_a_part_of_the_list_and_is_not_read_is_told(clerk, mai):
    reading, _ = bring(clerk, sheet([*WHO, "Mục lạ", "Ký tên"], [*MAI, "nội dung", "ký"]))
    assert [("“Mục lạ”" in note, "Ký tên" in note) for note in reading.unread] == [(True, False)]
    reading, _ = bring(clerk, sheet(WHO, MAI))
    assert reading.unread == []


@pytest.mark.parametrize(
    ("title", "head", "kinds"),
    [
        ("XẾP LOẠI NĂM 2025", ["Không XL", "Lý do"], ["rating.unrated#2025", "rating.not_rated#2025"]),
        ("DANH SÁCH MIỄN SINH HOẠT", ["Lý do", "Thời gian miễn"], ["exemption.kind", "exemption.period"]),
        (
            "DANH SÁCH BỊ KỶ LUẬT",
            ["Hình thức KL", "Lý do", "Cấp QĐ"],
            ["discipline.form", "discipline.violation", "discipline.level"],
        ),
        ("DANH SÁCH ĐẢNG VIÊN", ["Lý do", "Quê quán"], ["", "hometown"]),
        (
            "DANH SÁCH CẤP ỦY",
            ["Chức danh", "QĐ chuẩn y số", "Ngày QĐ"],
            ["position.post", "position.decision_number", "position.decision_date"],
        ),
        ("DANH SÁCH ĐẢNG VIÊN", ["Chức danh", "Quê quán"], ["state.job", "hometown"]),
        ("XẾP LOẠI NĂM 2025", ["Chi bộ đề nghị", "Cá nhân tự nhận"], ["", ""]),
        ("KẾT NẠP", ["QĐ kết nạp", "Ngày lễ kết nạp"], ["admission.decision_number", "joined_on"]),
        ("TẶNG HUY HIỆU", ["Loại HH", "Số HH", "Ngày trao HH"], ["badge.years", "badge.number", "badge.awarded_on"]),
        ("CĂN CỨ ĐÓNG ĐẢNG PHÍ", ["Đối tượng đóng", "Thu nhập tính đóng"], ["basis.group", "basis.income"]),
    ],
)
def test_short_headings_are_of_what_the_list_speaks_of(title, head, kinds):
    """An empty list is recognised by its headings alone."""
    (found,) = recognize([sheet([*WHO, *head], [*MAI, *[""] * len(head)], title=title)]).sheets
    assert [column.kind for column in found.columns[len(WHO) :]] == kinds


def test_a_period_in_one_cell(clerk, mai):
    head = [*WHO, "Lý do", "Thời gian miễn", "Số QĐ, ngày tháng năm"]
    row = [*MAI, "Đi làm ăn xa", "từ 01/9/2025 đến 01/3/2026", "21-QĐ/ĐU, 25/8/2025"]
    brought(clerk, sheet(head, row, title="DANH SÁCH MIỄN CÔNG TÁC VÀ SINH HOẠT"))
    row = Exemption.objects.get()
    assert (row.kind, row.started_on, row.ended_on) == (ExemptionKind.OTHER, date(2025, 9, 1), date(2026, 3, 2))
    assert (row.decision_number, row.decision_date) == ("21-QĐ/ĐU", date(2025, 8, 25))


@pytest.mark.parametrize(
    "text", ["từ 01/9/2025", "Từ ngày 1/9/2025 đến nay", "01/9/2025", "Không thời hạn, từ 1/9/2025"]
)
def test_a_period_without_an_end(text):
    assert COLUMN_TYPES["exemption.period"].read(text, DAY) == {"exemption.started_on": date(2025, 9, 1)}


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("6 tháng từ 01/9/2025", date(2026, 3, 1)),
        ("1 năm kể từ ngày 01/9/2025", date(2026, 9, 1)),
        ("thời hạn 03 tháng, từ 1/9/2025", date(2025, 12, 1)),
    ],
)
def test_a_period_told_by_how_long_it_lasts(text, ended):
    read = COLUMN_TYPES["exemption.period"].read(text, DAY)
    assert read == {"exemption.started_on": date(2025, 9, 1), "exemption.ended_on": ended}


def test_the_round_of_a_badge_is_its_day():
    [kinds] = recognize([sheet([*WHO, "Loại HH", "Đợt"], [*MAI, "30", "Đợt 7/11/2025"])]).mapping.values()
    assert kinds[3] == "badge.awarded_on"
    assert COLUMN_TYPES["badge.awarded_on"].read("Đợt 7/11/2025", DAY) == {"badge.awarded_on": date(2025, 11, 7)}


def test_the_number_of_a_decision_on_a_post_may_bring_its_day():
    read = COLUMN_TYPES["position.decision_number"].read
    assert read("9-QĐ/ĐU ngày 1/9/2025", DAY) == {
        "position.decision_number": "9-QĐ/ĐU",
        "position.decision_date": date(2025, 9, 1),
    }


def test_years_alone_are_of_what_the_title_speaks_of(clerk, mai):
    """Beneath another title they are nothing, though the headings are the same."""
    head = [*WHO, "2024", 2025]
    rated = sheet(head, [*MAI, "", "KHTNV"], title="KẾT QUẢ XẾP LOẠI ĐẢNG VIÊN", name="A")
    paid = sheet(head, [*MAI, "12", "15"], title="BẢNG THU TIỀN", name="B")
    first, second = recognize([rated, paid]).sheets
    assert [column.kind for column in first.columns[len(WHO) :]] == ["rating.level#2024", "rating.level#2025"]
    assert [column.kind for column in second.columns[len(WHO) :]] == ["", ""]
    _, outcome = bring(clerk, rated)
    brought(clerk, rated, answers={fault.place: "cuoi-nam" for fault in outcome.faults})
    assert set(MemberRating.objects.values_list("year", "level")) == {(2025, "failed")}


def test_the_decision_by_which_somebody_became_official_brings_its_day():
    read = COLUMN_TYPES["admission.official_decision"].read("88-QĐ/ĐU ngày 15/8/2025", DAY)
    assert [*read.values()] == ["88-QĐ/ĐU", date(2025, 8, 15)]


def test_a_number_of_a_decision_may_bring_the_day_that_a_list_of_measures_needs(clerk, mai):
    head = [*WHO, "Hình thức kỷ luật", "Cấp quyết định", "Quyết định", "Nội dung vi phạm"]
    row = [*MAI, "Khiển trách", "Chi bộ", "Số 05-QĐ/CB ngày 20/11/2025", "Thiếu trách nhiệm, buông lỏng lãnh đạo"]
    brought(clerk, sheet(head, row, title="DANH SÁCH ĐẢNG VIÊN BỊ KỶ LUẬT"))
    assert (Discipline.objects.get().decision_number, Discipline.objects.get().decided_on) == (
        "05-QĐ/CB",
        date(2025, 11, 20),
    )
