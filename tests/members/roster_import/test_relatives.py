"""Columns about relatives: their data bear the headings of the member's, and are never taken for the member's."""

import pytest

from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.roster_import.parser import recognize

HEAD = ["TT", "Họ và tên", "Ngày sinh", "Dân tộc"]
ROW = [1, "Lò Văn An", "17/05/1970", "Thái"]


def read_of(*headings):
    """Return {heading: kind} of the columns that are read behind those of the member."""
    cells = {"CCCD": "012172000999", "Ngày": "03/02/2001", "Năm sinh": 1972, "Dân tộc": "Mông"}
    row = [next((cell for word, cell in cells.items() if word in heading), "Sa Pa") for heading in headings]
    (sheet,) = recognize([Grid("Sheet1", [[*HEAD, *headings], [*ROW, *row]])]).sheets
    return {column.heading: column.kind for column in sheet.columns[len(HEAD) :] if column.kind}


@pytest.mark.parametrize(
    "named", ["Họ tên vợ (chồng)", "Họ và tên cha", "Vợ/chồng", "Ho ten chong", "Tên con", "Chủ hộ"]
)
def test_what_stands_right_of_a_relatives_name_is_not_the_members(named):
    assert read_of(named, "Năm sinh", "Dân tộc", "Nghề nghiệp", "Quê quán", "Số CCCD", "Nơi ở hiện nay") == {}


def test_a_heading_that_only_a_member_has_names_the_member_again():
    found = read_of("Họ tên vợ", "Nghề nghiệp", "Ngày vào Đảng", "Quê quán")
    assert found == {"Ngày vào Đảng": "joined_on", "Quê quán": "hometown"}


def test_a_relative_in_the_party_does_not_become_the_member():
    found = read_of("Ngày vào Đảng", "Họ tên vợ", "Ngày vào Đảng", "Quê quán")
    assert found == {"Ngày vào Đảng": "joined_on"}


def test_a_remark_is_about_the_row_wherever_it_stands():
    assert read_of("Họ tên vợ", "Nghề nghiệp", "Ghi chú") == {"Ghi chú": "note"}


def test_a_heading_over_the_relatives_columns_ends_with_them():
    upper = [*HEAD, "Vợ (chồng)", None, "Quê quán"]
    lower = [None] * len(HEAD) + ["Họ tên", "Nghề nghiệp", None]
    (sheet,) = recognize([Grid("Sheet1", [upper, lower, [*ROW, "Lò Thị Vợ", "Giáo viên", "Sa Pa"]])]).sheets
    assert [column.kind for column in sheet.columns[len(HEAD) :]] == ["", "", "hometown"]


def test_what_is_left_out_as_a_relatives_is_to_be_looked_at():
    (sheet,) = recognize([Grid("Sheet1", [[*HEAD, "Họ tên vợ", "Quê quán"], [*ROW, "Lò Thị Vợ", "Sa Pa"]])]).sheets
    assert (sheet.columns[-1].kind, sheet.columns[-1].sure) == ("", False)
