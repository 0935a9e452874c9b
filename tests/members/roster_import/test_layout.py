"""Where the table of a sheet stands, and which of its rows are people."""

import pytest

from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.roster_import.layout import find_table, unit_of_file, unit_of_sheet

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Dân tộc"]
KINDS = {0: "number", 1: "full_name", 2: "born_on", 3: "ethnicity"}
AN = [1, "Lò Văn An", "1956", "Thái"]
BA = [2, "Giàng A Ba", "05/1975", "Mông"]


def table(*rows, name="Sheet1"):
    """Return the table found in rows, each as long as the longest."""
    return find_table(Grid(name, [list(row) for row in rows]))


def people(*rows, kinds=KINDS, head=(HEAD,), name="Sheet1"):
    """Return (number of the row beneath the headings, unit) of the people in `rows`."""
    found = table(*head, *rows, name=name)
    return [(at - len(head) + 1, unit) for at, unit, _ in found.people(kinds)]


# --- Headings ---


def test_titles_stand_above_the_headings():
    found = table(["ĐẢNG BỘ XÃ BÌNH LƯ", None, "ĐẢNG CỘNG SẢN VIỆT NAM"], [], ["DANH SÁCH ĐẢNG VIÊN"], [], HEAD, AN)
    assert (found.top, found.start) == (4, 5)


def test_headings_merged_over_two_rows():
    found = table(
        ["TT", "Họ và tên", "Năm sinh", None, "Trình độ", None, "Ghi chú"],
        [None, None, "Nam", "Nữ", "Học vấn", "LLCT", None],
        [1, "Lò Văn An", 1956, None, "12/12", "TC", None],
    )
    assert found.start == 2
    assert found.headings == [
        ("", "TT"),
        ("", "Họ và tên"),
        ("Năm sinh", "Nam"),
        ("Năm sinh", "Nữ"),
        ("Trình độ", "Học vấn"),
        ("Trình độ", "LLCT"),
        ("", "Ghi chú"),
    ]


def test_headings_merged_over_three_rows():
    found = table(
        ["TT", "Họ và tên", "Ngày, tháng, năm", None, None],
        [None, None, "Sinh", None, "Vào Đảng"],
        [None, None, "Nam", "Nữ", None],
        [1, "Lò Văn An", 1956, None, "1/2/1980"],
    )
    assert found.start == 3
    assert found.headings[2:] == [
        ("Ngày, tháng, năm Sinh", "Nam"),
        ("Ngày, tháng, năm Sinh", "Nữ"),
        ("Ngày, tháng, năm", "Vào Đảng"),
    ]


def test_parts_of_a_place_are_headings_though_no_field_is_called_so():
    found = table(["TT", "Họ và tên", "Quê quán", None], [None, None, "Xã", "Tỉnh"], [1, "Lò Văn An", "A", "B"])
    assert found.headings[2:] == [("Quê quán", "Xã"), ("Quê quán", "Tỉnh")]


@pytest.mark.parametrize(
    "row", [AN, [1, "Lò Văn An", None, "Thái"], [None, "Lò Văn An", "năm kia", "Thái"], ["I. Chi bộ Bản Hừ"]]
)
def test_people_and_groups_are_no_second_row_of_headings(row):
    assert table(HEAD, row, BA).start == 1


def test_a_sheet_without_headings_begins_at_once():
    found = table(AN, BA)
    assert (found.top, found.start) == (None, 0)


# --- People and what is none ---


def test_everybody_with_a_name_or_something_personal_is_a_person():
    rows = [AN, [], BA, [3, "Lò Thị Mỏ", None, None], [None, "Vàng Thị Sử", None, None], [5, None, "1960", None]]
    assert people(*rows) == [(1, None), (3, None), (4, None), (5, None), (6, None)]


@pytest.mark.parametrize(
    "row",
    [
        ["I", "Chi bộ Bản 01", None, None],
        ["I. Chi bộ Bản 01", None, None, None],
        [None, "I. Chi bộ Bản 01", None, None],
        ["Chi bộ Bản 01: 25 đảng viên", None, None, None],
        [1, "Chi bộ Bản 01 (25 đ/c)", None, None],
        ["I", "Chi bộ Bản 01", "25 đ/c", None],
        ["A.", "Chi bộ Bản 01", 25, None],
    ],
)
def test_a_row_that_names_a_cell_groups_those_beneath(row):
    assert people(AN, row, BA) == [(1, None), (3, "Chi bộ Bản 01")]


@pytest.mark.parametrize("row", [["II", "Trường Tiểu học số 1"], ["Bản Hừ"], [None, "Bản Hừ 2"], ["1. Trạm Y tế"]])
def test_a_group_may_name_its_unit_without_the_word(row):
    (_, first), (_, second) = people(AN, row, BA)
    assert first is None
    assert second in ("Trường Tiểu học số 1", "Bản Hừ", "Bản Hừ 2", "Trạm Y tế")


@pytest.mark.parametrize("row", [["A", "Đảng viên chính thức"], ["II. Đảng viên dự bị: 3"], [None, "ĐẢNG VIÊN DỰ BỊ"]])
def test_groups_of_people_are_no_units(row):
    assert people(["I. Chi bộ Bản 01"], AN, row, BA) == [(2, "Chi bộ Bản 01"), (4, "Chi bộ Bản 01")]


@pytest.mark.parametrize(
    "row", [["I", "Cấp ủy"], ["II. Ban chi ủy"], ["Tổ đảng số 1"], ["III", "Được miễn sinh hoạt"], ["A", "Nữ: 3 đ/c"]]
)
def test_posts_and_groups_within_a_cell_are_no_units(row):
    assert people(["I. Chi bộ Bản 01"], AN, row, BA) == [(2, "Chi bộ Bản 01"), (4, "Chi bộ Bản 01")]


@pytest.mark.parametrize("row", [["III", "Cán bộ hưu trí"], ["B", "Văn phòng"], ["II. Nông dân"]])
def test_beneath_a_title_that_names_its_cell_a_group_is_one_of_people_unless_it_is_called_a_unit(row):
    rows = [["CHI BỘ BẢN 01"], HEAD, AN, row, BA, ["IV", "Chi bộ Bản 02"], [3, "Lò Thị Mỏ", "1990", "Thái"]]
    found = table(*rows)
    assert [unit for _, unit, _ in found.people(KINDS)] == ["CHI BỘ BẢN 01", "CHI BỘ BẢN 01", "Chi bộ Bản 02"]
    assert people(AN, row, BA)[1][1]  # nothing else says where they are: it is asked


@pytest.mark.parametrize(
    "row",
    [
        ["Tổng cộng: 2 đảng viên"],
        [None, "Tổng số", 2, None],
        ["Cộng", None, None, "02"],
        [None, "Cộng: 02 đ/c"],
        ["Danh sách này có 02 đảng viên"],
        [None, "Trong đó: nữ 1"],
    ],
)
def test_totals_are_nobody(row):
    assert people(AN, row, ["II", "Chi bộ Bản 02"], BA) == [(1, None), (4, "Chi bộ Bản 02")]


@pytest.mark.parametrize("name", ["Tống Văn Cộng", "Công Văn Ba", "Tống Sử"])
def test_names_that_begin_like_totals_are_people(name):
    assert people([1, name, "1956", None], [2, name, "1/2/1956", "Kinh"]) == [(1, None), (2, None)]


def test_headings_repeated_on_each_page_are_nobody():
    head = [["STT", "Họ và tên", "Năm sinh", None], [None, None, "Nam", "Nữ"]]
    kinds = {0: "number", 1: "full_name", 2: "male", 3: "female"}
    first, second = [1, "Lò Văn An", 1956, None], [2, "Lò Thị Ba", None, 1960]
    assert people(first, *head, second, head=head, kinds=kinds) == [(1, None), (4, None)]


@pytest.mark.parametrize("row", [["(1)", "(2)", "(3)", "(4)"], [1, 2, 3, 4], ["1", "2", "3", "4"]])
def test_the_numbers_of_the_columns_are_nobody(row):
    assert people(row, AN) == [(2, None)]


def test_rows_with_nothing_but_a_number_are_nobody():
    assert people(AN, [2, None, None, None], ["3", " ", "-", None]) == [(1, None)]


@pytest.mark.parametrize(
    "signed",
    [
        [[None, None, "T/M CHI BỘ"], [None, None, "BÍ THƯ"], [], [None, "Vàng Văn Ký", None]],
        [["Bình Lư, ngày 05 tháng 01 năm 2026"], [None, "NGƯỜI LẬP BIỂU"], [], [None, "Vàng Văn Ký"]],
        [[None, "Người lập danh sách", "Xác nhận của Đảng ủy"], [None, "(Ký, ghi rõ họ tên)"], [None, "Vàng Văn Ký"]],
        [[None, "BÍ THƯ CHI BỘ", None], [None, "Vàng Văn Ký", None]],
    ],
)
def test_who_signs_beneath_is_not_in_the_list(signed):
    assert people(AN, BA, *signed) == [(1, None), (2, None)]


def test_someone_after_a_total_is_still_a_person():
    assert people(AN, ["Tổng cộng: 1"], BA) == [(1, None), (3, None)]


def test_a_secretary_is_no_signature():
    kinds = {0: "number", 1: "full_name", 2: "position.post"}
    head = (["STT", "Họ và tên", "Chức vụ"],)
    assert people([1, "Lò Văn An", "Bí thư"], [2, "Lò Thị Ba", "Phó bí thư"], kinds=kinds, head=head) == [
        (1, None),
        (2, None),
    ]


# --- The unit of a sheet ---


@pytest.mark.parametrize(
    ("titles", "unit"),
    [
        (["ĐẢNG BỘ XÃ BÌNH LƯ", "CHI BỘ BẢN 01"], "CHI BỘ BẢN 01"),
        (["DANH SÁCH ĐẢNG VIÊN CHI BỘ BẢN 01 NĂM 2025"], "CHI BỘ BẢN 01"),
        (["ĐẢNG BỘ XÃ BÌNH LƯ\nCHI BỘ BẢN 01\n*"], "CHI BỘ BẢN 01"),
        (["Danh sách của chi bộ Bản 01 (tính đến 31/12/2025)", "Chi bộ Bản 02"], "Chi bộ Bản 02"),
        (["DANH SACH DANG VIEN CHI BO BAN 01"], "CHI BO BAN 01"),
        (["DANH SÁCH ĐẢNG VIÊN CÁC CHI BỘ TRỰC THUỘC ĐẢNG ỦY"], None),
        (["DANH SÁCH CHI BỘ TRỰC THUỘC ĐẢNG ỦY XÃ"], None),
        (["DANH SÁCH ĐẢNG VIÊN"], None),
    ],
)
def test_titles_name_the_unit(titles, unit):
    assert table(*([title] for title in titles), HEAD, AN).unit == unit


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Chi bộ Bản 01", "Chi bộ Bản 01"),
        ("Bản 01", "Bản 01"),
        ("CB Trạm Y tế", "CB Trạm Y tế"),
        ("Sheet1", None),
        ("DSĐV", None),
    ],
)
def test_the_name_of_a_sheet_names_the_unit(name, unit):
    assert people(AN, name=name) == [(1, unit)]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Danh sách chi bộ Bản 01.xlsx", "chi bộ Bản 01"),
        ("DS_Chi_bo_Ban_01 (2).xls", "Chi bo Ban 01"),
        ("danh-sach-chi-bo-ban-01.csv", "chi bo ban 01"),
        ("Chi bộ: Bản 01 năm 2026.xlsx", "Chi bộ: Bản 01"),
        ("danh sách các chi bộ.xlsx", None),
        ("ds.xlsx", None),
    ],
)
def test_the_name_of_a_file_may_name_its_unit(name, unit):
    assert unit_of_file(name) == unit


@pytest.mark.parametrize("name", ["Nà Cà", "Thèn Pá", "Hua Bó 2"])
def test_a_sheet_may_be_named_after_its_unit(name):
    assert unit_of_sheet(name) == name


@pytest.mark.parametrize("name", ["Sheet1", "Trang tính1", "DS đảng viên", "2025", "Năm nay", "Tổng hợp", "Dự bị", "A"])
def test_other_names_of_sheets_name_no_unit(name):
    assert unit_of_sheet(name) is None


# --- Names that begin as totals and units do ---

SURNAMES = ("Tòng", "Tống", "Tông", "Trương", "Bàn", "Thôi", "Trám", "Khổng", "Quàng", "Cà")


@pytest.mark.parametrize("surname", SURNAMES)
@pytest.mark.parametrize("numbered", [True, False])
def test_nobody_is_lost_whose_name_begins_as_those_of_totals_and_units_do(surname, numbered):
    """A row may hold no more than the name."""
    listed = ["Lò Văn Pản", f"{surname} Văn Hặc", "Quàng Thị Xôm", "Lò Thị Ính"]
    rows = [[name, said] for name, said in zip(listed, ["0912000101", None, "0912000104", "0912000102"], strict=True)]
    head, kinds = ["Họ và tên", "Điện thoại"], {0: "full_name", 1: "phone"}
    if numbered:
        rows = [[at, *row] for at, row in enumerate(rows, 1)]
        head, kinds = ["STT", *head], {0: "number", 1: "full_name", 2: "phone"}
    assert [row for row, _ in people(*rows, kinds=kinds, head=(head,))] == [1, 2, 3, 4]


@pytest.mark.parametrize("words", ["Tổng cộng: 3", "Tổng số", "CỘNG", "Cộng: 3 đ/c", "TONG CONG", "Tỷ lệ"])
def test_what_totals_a_list_is_nobody(words):
    rows = [1, "Lò Văn Pản", "1956", "Thái"], [None, words, 3, None]
    assert [row for row, _ in people(*rows)] == [1]
