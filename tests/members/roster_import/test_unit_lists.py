"""Lists whose rows are units: their yearly ratings, and what is no such list."""

from datetime import date

import pytest

from assessments.choices import Rating
from assessments.models import MemberRating, UnitRating
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from members.models import Position
from members.restructuring.actions import merge
from members.roster_import.column_types import UNIT
from members.roster_import.reader import read
from members.roster_import.resolution import SKIP
from members.roster_import.table_parts import tables_in
from members.roster_import.unit_lists import KNOWN_BEFORE, rows
from tests.factories import make_member, make_unit

from .test_registers import DAY, bring, brought, sheet

HEAD = ["STT", "Tên chi bộ", "Xếp loại năm 2025", "Ngày xếp loại"]
TITLE = "KẾT QUẢ XẾP LOẠI TỔ CHỨC ĐẢNG"


def test_ratings_of_units_by_their_levels(clerk, cell_a, cell_b):
    brought(
        clerk,
        sheet(HEAD, [1, "Chi bộ a", "HTXSNV", "20/12/2025"], [2, "CHI BỘ B", "Hoàn thành tốt", "20/12/2025"]),
    )
    assert dict(UnitRating.objects.values_list("unit__code", "level")) == {"a": Rating.EXCELLENT, "b": Rating.GOOD}
    assert set(UnitRating.objects.values_list("year", "decided_on")) == {(2025, date(2025, 12, 20))}
    assert not MemberRating.objects.exists()


def test_a_matrix_of_units_asks_for_the_day_once(clerk, cell_a, cell_b):
    head = [["TT", "Tổ chức đảng", "Mức xếp loại", None], [None, None, "HTXSNV", "HTTNV"]]
    rated = sheet(head, [1, "Chi bộ a", "x", ""], [2, "Chi bộ b", "", "x"], title=f"{TITLE} NĂM 2025")
    _, outcome = bring(clerk, rated)
    [question] = outcome.faults
    brought(clerk, rated, answers={question.place: "cuoi-nam"})
    assert dict(UnitRating.objects.values_list("unit__code", "level")) == {"a": Rating.EXCELLENT, "b": Rating.GOOD}


def test_a_committee_is_rated_too(clerk, commune, cell_a):
    made = make_unit("cong-an", commune, kind="party_organization")
    name = made.periods.get().name
    brought(clerk, sheet(HEAD, [1, name, "HTXSNV", "20/12/2025"]))
    assert UnitRating.objects.get().unit == made


def test_a_unit_that_is_not_known_is_asked(clerk, cell_a, cell_b, commune):
    gone = make_unit("c", commune)
    merge(cells=[gone], into=cell_b, day=date(2026, 1, 15))
    rated = sheet(HEAD, [1, "Chi bộ c", "HTXSNV", "20/12/2025"], [2, "Chi bộ a", "HTNV", "20/12/2025"])
    _, outcome = bring(clerk, rated)
    [question] = outcome.faults
    assert next(iter(question.options)) == str(cell_b.pk)
    _, outcome = bring(clerk, rated, answers={question.place: SKIP})
    assert [rating.unit for rating in UnitRating.objects.all()] == [cell_a]
    _, outcome = bring(clerk, rated, answers={question.place: str(cell_b.pk)})
    assert UnitRating.objects.get(unit=cell_b).level == Rating.EXCELLENT


def test_a_number_in_a_matrix_of_units_is_refused(clerk, cell_a, cell_b):
    head = ["TT", "Tên chi bộ", "HTXSNV 2025", "HTTNV 2025", "Ngày xếp loại"]
    day = "20/12/2025"
    rows = [[1, "Chi bộ a", 1, "", day], [2, "Chi bộ b", "", "x", day], [3, "Chi bộ c", "x", "", day]]
    _, outcome = bring(clerk, sheet(head, *rows), answers={"don-vi:c": SKIP})
    assert [fault.row for fault in outcome.faults] == [4]
    assert [rating.unit for rating in UnitRating.objects.all()] == [cell_b]


def test_a_summary_of_counts_is_no_list(clerk, cell_a, cell_b):
    summary = sheet(
        ["TT", "Tên chi bộ", "Tổng số", "HTXSNV", "HTTNV", "HTNV"],
        [1, "Chi bộ a", 20, 1, 15, 4],
        [2, "Chi bộ b", 12, 2, 9, 1],
        [None, "Tổng cộng", 32, 3, 24, 5],
        title=f"{TITLE} NĂM 2025",
    )
    with pytest.raises(Unreadable, match="“Tên chi bộ”, “Tổng số”, “HTXSNV”"):
        read([summary], SenderInput(clerk, {"day": DAY.isoformat()}))


def test_counts_of_members_beside_the_rating_of_a_unit_are_not_its_own(clerk, cell_a, cell_b):
    head = ["TT", "Tên chi bộ", "Xếp loại chi bộ", "Tổng số ĐV", "HTXSNV", "Không XL", "Ngày xếp loại"]
    rows = [[1, "Chi bộ a", "HTTNV", 6, 1, 1, "20/12/2025"], [2, "Chi bộ b", "HTNV", 5, 0, 2, "20/12/2025"]]
    _, outcome = bring(clerk, sheet(head, *rows, title="KẾT QUẢ XẾP LOẠI TỔ CHỨC ĐẢNG NĂM 2025"))
    assert outcome.faults == []
    assert {(row.unit, row.year, row.level, row.not_rated) for row in UnitRating.objects.all()} == {
        (cell_a, 2025, "good", ""),
        (cell_b, 2025, "fair", ""),
    }


def test_the_rating_of_a_unit_is_none_of_its_members(clerk, cell_a):
    make_member(cell_a, "Lò Thị Mai")
    listed = sheet(["Họ và tên", "Chi bộ", "Dân tộc", "Xếp loại chi bộ"], ["Lò Thị Mai", "Chi bộ a", "Thái", "HTTNV"])
    reading, _ = bring(clerk, listed)
    assert [note for note in reading.unread if "danh sách này ghi từng người" in note]


def test_people_and_units_in_one_file_are_brought_in_together(clerk, cell_a):
    make_member(cell_a, "Lò Thị Mai")
    people = sheet(["Họ và tên", "Chi bộ", "Dân tộc"], ["Lò Thị Mai", "Chi bộ a", "Thái"], name="Người")
    units = sheet(HEAD, [1, "Chi bộ a", "HTXSNV", "20/12/2025"], name="Chi bộ")
    _, outcome = bring(clerk, people, units)
    assert UnitRating.objects.get().unit == cell_a
    assert [fault for fault in outcome.faults if fault.sheet == "Chi bộ"] == []


def test_a_cell_does_not_rate_itself(secretary_a, cell_a):
    reading, outcome = bring(secretary_a, sheet(HEAD, [1, "Chi bộ a", "HTXSNV", "20/12/2025"]))
    assert (outcome.writes, outcome.faults) == (0, [])
    assert any("Xếp loại tổ chức đảng" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("Đảng bộ cơ sở", "party_organization"),
        ("Các chi bộ cơ sở trực thuộc Đảng ủy xã", "grassroots_cell"),
        ("CÁC CHI BỘ TRỰC THUỘC ĐẢNG ỦY XÃ", "subordinate_cell"),
        ("Đảng bộ xa", None),
        ("Khối bản", None),
    ],
)
def test_a_group_that_names_a_kind_is_no_unit_and_says_what_its_units_are(clerk, commune, group, kind):
    head = ["STT", "Tên tổ chức đảng", "Ngày thành lập"]
    grid = sheet(head, ["I", "Đảng bộ bộ phận"], ["II", group], [1, "Chi bộ Bản Xa", "01/07/2025"])
    table = tables_in([grid])[0]
    found = list(rows(table, {0: "number", 1: UNIT, 2: "founding.started_on"}, DAY))
    assert [(line.unit, line.values.get("founding.kind")) for line in found if line.unit != group] == [
        ("Chi bộ Bản Xa", kind)
    ]
    assert (group in [line.unit for line in found]) is (group == "Đảng bộ xa")


@pytest.mark.parametrize("name", ["Công an xã", "Công ty Chè", "Cộng đồng bản Mới", "Tổng công ty Chè"])
def test_units_whose_names_begin_as_totals_do_are_read(name):
    found = list(rows(founding(["1", name, "01/07/2025"], ["", "Cộng", "2"], ["", "Tổng số", "2"]), FOUNDED, DAY))
    assert [line.unit for line in found] == [name]


def test_a_group_of_cells_and_numbers_of_columns_are_no_units():
    table = founding(["(1)", "(2)", "(3)"], ["I", "Chi bộ thôn, bản", ""], ["1", "Chi bộ Bản Xa", "01/07/2025"])
    assert [line.unit for line in rows(table, FOUNDED, DAY)] == ["Chi bộ Bản Xa"]


def test_the_day_of_a_decision_in_a_list_of_ratings_is_theirs(clerk, cell_a):
    head = ["STT", "Tên chi bộ", "Xếp loại năm 2025", "Số QĐ", "Ngày QĐ"]
    brought(clerk, sheet(head, [1, "Chi bộ a", "HTTNV", "87-QĐ/ĐU", "15/12/2025"], title=TITLE))
    assert UnitRating.objects.get().decided_on == date(2025, 12, 15)


def test_units_with_their_secretaries_are_asked_once_and_who_is_not_known_is_told(clerk, cell_a, commune):
    make_member(cell_a, "Lò Thị Mai")
    head = ["STT", "Tên chi bộ", "Loại hình", "Bí thư", "Số QĐ", "Ngày QĐ"]
    grid = sheet(
        head,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "Chi bộ a", "Bản", "Lò Thị Mai", "1-QĐ/ĐU", "01/07/2025"],
        [2, "Chi bộ Bản Xa", "Bản", "Vàng A Mới", "2-QĐ/ĐU", "01/07/2025"],
    )
    reading, outcome = bring(clerk, grid)
    [asked] = [fault for fault in outcome.faults if fault.options]
    assert asked.value == "Chi bộ Bản Xa"
    assert any("1 chức vụ của người chưa có trên hệ thống" in note for note in reading.notes)
    _, outcome = bring(clerk, grid, answers={asked.place: asked.proposed or next(iter(asked.options))})
    assert outcome.faults == []
    assert [(row.member.full_name, row.unit) for row in Position.objects.all()] == [("Lò Thị Mai", cell_a)]


def test_by_which_decision_a_known_unit_was_founded_is_said_to_be_written_elsewhere(clerk, cell_a):
    listed = sheet(["TT", "Tên chi bộ", "Số QĐ thành lập", "Ngày QĐ thành lập"], [1, "Chi bộ a", "9-QĐ/ĐU", "5/1/2026"])
    reading, outcome = bring(clerk, listed)
    assert (outcome.writes, outcome.faults) == (0, [])
    assert KNOWN_BEFORE in repr(reading.preview)


FOUNDED = {0: "number", 1: UNIT, 2: "founding.started_on"}


def founding(*lines):
    """Return the table of a list that founds units."""
    return tables_in([sheet(["STT", "Tên tổ chức đảng", "Ngày thành lập"], *lines)])[0]
