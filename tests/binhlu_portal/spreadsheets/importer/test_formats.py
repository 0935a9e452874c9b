"""What is done to the sheets of a file before anybody reads them."""

import pytest

from binhlu_portal.spreadsheets.importer.formats import LOOKED_AT, mended, without_faults
from binhlu_portal.spreadsheets.sandbox.client import Grid


def people(*, formulas=()):
    return Grid("Đảng viên", [["Họ và tên", "Ngày sinh"], ["Lan", None], ["Minh", "1990"]], frozenset(formulas))


def test_what_was_put_right_stands_in_its_cell_and_nowhere_else():
    assert mended(people(), {"Đảng viên!3!2": "1991", "Tổ chức đảng!2!1": "Chi bộ"}).rows == [
        ["Họ và tên", "Ngày sinh"],
        ["Lan", None],
        ["Minh", "1991"],
    ]


def test_what_was_put_right_beyond_the_end_of_a_row_makes_the_row_longer():
    assert mended(people(), {"Đảng viên!2!4": "Kinh"}).rows[1] == ["Lan", None, None, "Kinh"]


@pytest.mark.parametrize("row", [0, 4])
def test_what_was_put_right_outside_the_rows_changes_nothing(row):
    assert mended(people(), {f"Đảng viên!{row}!1": "Mai"}) == people()


def test_the_name_of_a_sheet_may_have_an_exclamation_mark():
    assert mended(Grid("Khẩn!", [["Lan"]]), {"Khẩn!!1!1": "Mai"}).rows == [["Mai"]]


def test_a_formula_that_was_put_right_is_none_any_more():
    grid = people(formulas=[(1, 1), (2, 1)])
    assert mended(grid, {"Đảng viên!2!2": "1985"}).formulas == {(2, 1)}


@pytest.mark.parametrize("heading", ["Lỗi", " lỗi ", "LỖI"])
def test_the_last_column_is_left_out_when_it_tells_faults(heading):
    grid = Grid("Đảng viên", [[], ["Họ và tên", heading], ["Lan", "Chọn Nam hoặc Nữ"]])
    assert without_faults(grid).rows == [[], ["Họ và tên"], ["Lan"]]


@pytest.mark.parametrize("heading", [["Lỗi", "Họ và tên"], ["Họ và tên", "Lỗi vi phạm"], ["Họ và tên", None]])
def test_any_other_column_is_kept(heading):
    grid = Grid("Đảng viên", [heading, ["Lan", "Mai"]])
    assert without_faults(grid) == grid


@pytest.mark.parametrize(("above", "kept"), [(LOOKED_AT - 1, 1), (LOOKED_AT, 2)])
def test_a_heading_is_sought_in_the_first_rows_only(above, kept):
    grid = Grid("Đảng viên", [["Lan", "Mai"]] * above + [["Họ và tên", "Lỗi"]])
    assert {len(row) for row in without_faults(grid).rows} == {kept}
