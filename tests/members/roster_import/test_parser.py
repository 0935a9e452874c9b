"""Lists of offices, recognised and read line by line: each trap on its own."""

import unicodedata
from datetime import date, datetime

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.importer.rows import FORMULA
from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.text.legacy_fonts import TCVN3_LETTERS, TCVN3_SIGNS
from members.choices import Gender, Post, Theory
from members.roster_import.parser import NAMELESS, TWICE, lines, recognize
from members.roster_import.table_parts import tables_in

DAY = date(2026, 3, 1)
HEAD = ["STT", "Họ và tên", "Giới tính", "Ngày sinh"]
AN = [1, "Lò Văn An", "Nam", 1956]
BA = [2, "Giàng Thị Ba", "Nữ", datetime(1980, 5, 17)]


def grid(*rows, name="Sheet1", formulas=()):
    """Return a sheet of rows."""
    return Grid(name, [list(row) for row in rows], frozenset(formulas))


def read(*grids, mapping=None):
    """Return the lines of sheets, with the columns recognised unless told."""
    grids = [each if isinstance(each, Grid) else grid(*each) for each in grids]
    return lines(tables_in(grids), mapping or recognize(grids).mapping, day=DAY)


def values(*grids, mapping=None):
    """Return the values of all lines, which have no faults."""
    found = read(*grids, mapping=mapping)
    assert [line.faults for line in found if line.faults] == []
    return [line.values for line in found]


def kinds(*rows):
    """Return the kinds of the columns of one sheet, as they are recognised."""
    return [column.kind for column in recognize([grid(*rows)]).sheets[0].columns]


# --- Lines ---


def test_a_line_says_where_it_stands_and_where_each_value():
    (line,) = read([["Chi bộ Bản 01"], HEAD, AN])
    assert (line.sheet, line.row, line.unit) == ("Sheet1", 3, "Chi bộ Bản 01")
    assert line.values == {"full_name": "Lò Văn An", "gender": "male", "born_on": PartialDate("1956")}
    assert line.columns == {"full_name": 1, "gender": 2, "born_on": 3}


def test_a_fault_tells_the_field_the_cell_and_what_to_do():
    (line,) = read([HEAD, [1, "Lò Văn An", "nam giới", "31/02/1956"]])
    assert line.values == {"full_name": "Lò Văn An"}
    assert line.faults[0] == ("gender", 2, "nam giới", "Ghi “Nam” hoặc “Nữ”.")
    assert line.faults[1][:3] == ("born_on", 3, "31/02/1956")


def test_an_empty_cell_says_nothing():
    assert values([HEAD, [1, "Lò Văn An", None, "-"], BA])[0] == {"full_name": "Lò Văn An"}


def test_a_row_without_a_name_is_told():
    (line,) = read([HEAD, [1, None, "Nam", 1956]])
    assert line.faults == [("full_name", 1, "", NAMELESS)]


def test_a_formula_in_a_used_column_is_a_fault():
    first, second = read(grid(HEAD, AN, BA, formulas={(1, 0), (1, 3), (2, 1)}))
    assert first.faults == [("born_on", 3, "1956", FORMULA)]
    assert second.faults == [("full_name", 1, "Giàng Thị Ba", FORMULA)]
    assert "born_on" not in first.values


def test_birth_split_into_columns_for_men_and_women():
    head = [["STT", "Họ và tên", "Ngày sinh", None], [None, None, "Nam", "Nữ"]]
    found = values([*head, [1, "Lò Văn An", "3/5/56", None], [2, "Giàng Thị Ba", None, 1980]])
    assert found[0] == {"full_name": "Lò Văn An", "gender": Gender.MALE, "born_on": PartialDate("1956-05-03")}
    assert found[1] == {"full_name": "Giàng Thị Ba", "gender": Gender.FEMALE, "born_on": PartialDate("1980")}


def test_somebody_born_in_both_columns_is_a_fault():
    head = [["STT", "Họ và tên", "Ngày sinh", None], [None, None, "Nam", "Nữ"]]
    (line,) = read([*head, [1, "Lò Văn An", 1956, 1956]])
    assert [(name, message) for name, _, _, message in line.faults] == [("gender", TWICE)]


def test_in_a_list_that_marks_women_only_the_others_are_men():
    found = values([["STT", "Họ và tên", "Nữ"], [1, "Lò Văn An", None], [2, "Giàng Thị Ba", "x"]])
    assert [each["gender"] for each in found] == [Gender.MALE, Gender.FEMALE]


def test_names_in_two_columns_beneath_one_heading():
    head = ["STT", "Họ và tên", None, "Năm sinh"]
    found = values([head, [1, "NGUYỄN VĂN", "AN", 1956], [2, "Giàng Thị", "Ba", 1960]])
    assert [each["full_name"] for each in found] == ["Nguyễn Văn An", "Giàng Thị Ba"]


def test_a_place_in_two_columns_is_put_together():
    head = [["STT", "Họ và tên", "Quê quán", None], [None, None, "Xã", "Tỉnh"]]
    assert values([*head, [1, "Lò Văn An", "Xã Mẫu", "Lai Châu"]])[0]["hometown"] == "Xã Mẫu, Lai Châu"


def test_a_speciality_said_twice_is_said_once():
    head = ["STT", "Họ và tên", "Trình độ chuyên môn", "Chuyên ngành"]
    found = values([head, [1, "Lò Văn An", "ĐH Luật", "Luật"], [2, "Giàng Thị Ba", "ĐH Y", "Răng"]])
    assert [each["state.speciality"] for each in found] == ["Luật", "Y, Răng"]


def test_text_that_grows_too_long_by_putting_together_is_a_fault():
    head = [["STT", "Họ và tên", "Quê quán", None], [None, None, "Xã", "Tỉnh"]]
    (line,) = read([*head, [1, "Lò Văn An", "a" * 150, "b" * 150]])
    assert line.faults[0][3] == "Dài 302 ký tự; ghi nhiều nhất 200 ký tự."


def test_arrivals_posts_and_levels_bear_the_name_of_their_kind():
    head = ["Họ và tên", "Chức vụ Đảng", "LLCT", "Ngày chuyển đến", "Chuyển đến từ"]
    assert values([head, ["Lò Văn An", "BT", "CC", "01/07/2025", "Chi bộ Bản 02"]])[0] == {
        "full_name": "Lò Văn An",
        "position.post": Post.SECRETARY,
        "state.theory": Theory.ADVANCED,
        "spell.started_on": date(2025, 7, 1),
        "spell.came_from": "Chi bộ Bản 02",
    }


# --- Units ---


def test_a_sheet_for_each_cell():
    found = read(grid(HEAD, AN, name="Chi bộ Bản 01"), grid(HEAD, BA, name="Bản 02"), grid(name="Sheet3"))
    assert [(line.sheet, line.unit) for line in found] == [("Chi bộ Bản 01", "Chi bộ Bản 01"), ("Bản 02", "Bản 02")]


def test_a_column_of_units_comes_before_groups_and_titles():
    found = read([["CHI BỘ BẢN 09"], [*HEAD, "Chi bộ"], ["I. Chi bộ Bản 08"], [*AN, "Chi bộ Bản 01"], [*BA, None]])
    assert [line.unit for line in found] == ["Chi bộ Bản 01", "Chi bộ Bản 01"]


def test_an_empty_cell_in_a_column_that_is_filled_each_time_names_no_unit():
    rows = [[*AN, "Bản 01"], [*BA, "Bản 01"], [3, "Lò Thị Chín", "Nữ", 1960, None]]
    assert [line.unit for line in read([[*HEAD, "Chi bộ"], *rows])] == ["Bản 01", "Bản 01", None]
    assert read([["CHI BỘ BẢN 09"], [*HEAD, "Chi bộ"], *rows])[2].unit == "CHI BỘ BẢN 09"


# --- Old fonts and decomposed text ---


def test_a_list_in_an_old_font_with_its_headings():
    old = str.maketrans(TCVN3_LETTERS, TCVN3_SIGNS)
    rows = [
        ["Chi bộ Bản Mường"],
        ["STT", "Họ và tên", "Dân tộc"],
        [1, "Lường Thị Thu", "Mường"],
        [2, "Lò Văn Tú", "Thái"],
    ]
    found = read([[value.translate(old) if isinstance(value, str) else value for value in row] for row in rows])
    assert [(line.unit, line.values["full_name"], line.values["ethnicity"]) for line in found] == [
        ("Chi bộ Bản Mường", "Lường Thị Thu", "muong"),
        ("Chi bộ Bản Mường", "Lò Văn Tú", "thai"),
    ]


def test_decomposed_text_is_composed_before_it_is_read():
    unknown = unicodedata.normalize("NFD", "Không rõ")
    assert values([HEAD, [1, "Lo\u0300 Văn An", "Nam", unknown]]) == [{"full_name": "Lò Văn An", "gender": "male"}]


def test_one_column_in_an_old_font_among_others():
    old = str.maketrans(TCVN3_LETTERS, TCVN3_SIGNS)
    rows = [[1, "Lường Thị Thu".translate(old), "Nữ", 1956], [2, "Lò Văn Hùng".translate(old), "Nam", 1957]]
    assert [each["full_name"] for each in values([HEAD, *rows])] == ["Lường Thị Thu", "Lò Văn Hùng"]


# --- Which column is what ---


def test_most_cells_decide_between_work_and_its_kind():
    head = ["Họ và tên", "Nghề nghiệp", "Chức vụ"]
    farmers = [["Lò Văn An", "Làm ruộng", "Bí thư"], ["Lò Văn Ba", "Nông dân", "Phó bí thư"]]
    officers = [["Lò Văn An", "Kế toán trưởng", "Chủ tịch UBND"], ["Lò Văn Ba", "Lái xe", "Phó Chủ tịch HĐND"]]
    assert kinds(head, *farmers) == ["full_name", "state.occupation", "position.post"]
    assert kinds(head, *officers) == ["full_name", "state.job", "state.job"]


def test_two_dates_beneath_one_heading_are_seen():
    head = ["Họ và tên", "Ngày vào Đảng"]
    assert kinds(head, ["Lò Văn An", "05/01/2010\n05/01/2011"])[1] == "joined_on+official_on"
    assert kinds(head, ["Lò Văn An", "05/01/2010"])[1] == "joined_on"


def test_cells_tell_what_a_heading_does_not():
    head = ["Họ và tên", "A", "B", "C", "D", "E"]
    row = ["Lò Văn An", "Nam", "Thái", "012056001234", "12034567", "0912345678"]
    assert kinds(head, row) == ["full_name", "gender", "ethnicity", "citizen_id", "card_number", "phone"]


def test_a_list_without_headings():
    rows = [[1, "Lò Văn An", "03/05/1956", "Thái", "1/2/1980"], [2, "Giàng A Ba", 1960, "Mông", "1/3/1985"]]
    assert kinds(*rows) == ["", "full_name", "born_on", "ethnicity", "joined_on"]
    assert [line.row for line in read(rows)] == [1, 2]


def test_a_kind_that_two_columns_claim_goes_to_the_surer_one():
    head = ["Họ và tên", "Ngày tháng vào Đảng", "Ngày vào Đảng"]
    assert kinds(head, ["Lò Văn An", "1/1/1980", "1/2/1980"]) == ["full_name", "", "joined_on"]


def test_a_column_shows_its_heading_examples_and_what_else_it_may_be():
    head = [["STT", "Họ và tên", "Năm sinh", None], [None, None, "Nam", "Nữ"]]
    column = recognize([grid(*head, ["(1)", "(2)", "(3)", "(4)"], [1, "Lò Văn An", 1956, None])]).sheets[0].columns[2]
    assert (column.index, column.heading, column.kind, column.sure) == (2, "Năm sinh – Nam", "male", True)
    assert column.samples == ("1956",)
    assert "born_on" in column.alternatives


def test_the_users_mapping_overrides_and_may_come_from_json():
    rows = [HEAD, AN, BA]
    (shape,) = recognize([grid(*rows)]).mapping
    assert values(rows, mapping={shape: {"1": "full_name", "2": "", "3": "born_on"}})[0] == {
        "full_name": "Lò Văn An",
        "born_on": PartialDate("1956"),
    }
    assert values(rows, mapping={shape: {1: "alias", 2: "full_name"}})[0] == {"alias": "Lò Văn An", "full_name": "Nam"}


def test_a_mapping_that_knows_no_kind_or_no_name_breaks_nothing():
    rows = [HEAD, AN]
    (shape,) = recognize([grid(*rows)]).mapping
    (line,) = read(rows, mapping={shape: {1: "surname", 2: "gender", 3: "number+note", 9: "note"}})
    assert line.values == {"gender": "male"}
    assert line.faults == [("full_name", 0, "", NAMELESS)]


def test_sheets_of_one_shape_share_a_mapping_and_others_have_their_own():
    other = grid(["Họ và tên", "Dân tộc"], ["Lò Văn An", "Thái"])
    roster = recognize([grid(HEAD, AN), grid(["x"], [value.upper() for value in HEAD], BA), other])
    assert [sheet.people for sheet in roster.sheets] == [1, 1, 1]
    assert roster.sheets[0].shape == roster.sheets[1].shape != roster.sheets[2].shape
    assert len(roster.mapping) == len(roster.shapes) == 2


@pytest.mark.parametrize(
    "rows",
    [[], [["Họ và tên"], ["Lò Văn An"]], [["STT", "Nội dung"], [1, "Khác"]], [["Mã", "Tên"], ["a", "b"]], [[None]]],
)
def test_what_is_no_list_of_people_is_not_taken_for_one(rows):
    assert recognize([grid(*rows)]).sheets == []
    assert lines(tables_in([grid(*rows)]), {}, day=DAY) == []


# --- Columns that share a meaning ---

FACTS = {"full_name": "Lò Văn An", "gender": "male"}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["Tên", "Họ đệm"], ["An", "Lò Văn"]),
        (["Họ đệm", "Tên"], ["Lò Văn", "An"]),
        (["Họ", "Tên đệm", "Tên"], ["Lò", "Văn", "An"]),
        (["Tên", "Họ", "Chữ đệm"], ["An", "Lò", "Văn"]),
        (["Họ và tên", None], ["Lò Văn", "An"]),
        (["Họ và đệm", None], ["Lò Văn", "An"]),
        (["Họ và tên", "Tên"], ["Lò Văn", "An"]),
        (["Họ và tên", "Tên"], ["Lò Văn An", "An"]),
        (["Tên", "Họ và tên"], ["An", "Lò Văn An"]),
        (["Họ và tên khai sinh"], ["Lò Văn An"]),
        (["Họ và tên", "Họ tên cha", "Họ tên mẹ"], ["Lò Văn An", "Lò Văn Bố", "Lò Thị Mẹ"]),
        (["Họ và tên", "Họ tên người giúp đỡ"], ["Lò Văn An", "Lò Văn Bố"]),
        (["Họ và tên", "Họ tên đảng viên"], ["Lò Văn An", "Lò Văn Khác"]),
        (["(1) Tên", "(2) Họ đệm"], ["An", "Lò Văn"]),
    ],
)
def test_a_name_is_read_once_whatever_its_columns(head, row):
    assert values([["Giới tính", *head], ["Nam", *row]]) == [FACTS]


def test_the_name_of_birth_beside_the_name_in_use_is_its_own():
    head = ["Họ và tên", "Họ và tên khai sinh", "Giới tính"]
    assert values([head, ["Lò Văn An", "Lò Văn Ân", "Nam"]]) == [FACTS | {"birth_name": "Lò Văn Ân"}]


BORN = [
    ([["Ngày sinh", None, None], ["Ngày", "Tháng", "Năm"]], ["21", 3, 1956.0]),
    ([["Ngày sinh", "Tháng sinh", "Năm sinh"]], [21, 3, 1956]),
    ([["Năm sinh", "Tháng sinh", "Ngày sinh"]], [1956, 3, 21]),
    ([["Ngày, tháng sinh", "Năm sinh"]], ["21/3", 1956]),
    ([["Ngày sinh (ngày)", "Ngày sinh (tháng)", "Ngày sinh (năm)"]], [21, 3, 1956]),
    ([["Ngay sinh", None, None], ["Ngay", "Thang", "Nam"]], [21, 3, 1956]),
]


@pytest.mark.parametrize(("head", "row"), BORN)
def test_the_parts_of_one_date_are_put_together(head, row):
    rows = [["Họ và tên", *head[0]], *([None, *more] for more in head[1:])]
    assert values([*rows, ["Lò Văn An", *row]]) == [{"full_name": "Lò Văn An", "born_on": PartialDate("1956-03-21")}]


@pytest.mark.parametrize(
    ("row", "iso"),
    [(["", 3, 1956], "1956-03"), (["", "", 1956], "1956"), ([12, "", 1956], "1956"), (["", "", ""], None)],
)
def test_a_missing_part_makes_no_other_date(row, iso):
    head = ["Họ và tên", "Giới tính", "Ngày sinh", "Tháng sinh", "Năm sinh"]
    (_, line) = values([head, ["Lò Văn Ba", "Nam", 1, 2, 1950], ["Lò Văn An", "Nam", *row]])
    assert line == FACTS | ({"born_on": PartialDate(iso)} if iso else {})


def test_two_columns_of_years_are_no_parts():
    head = ["Họ và tên", "Giới tính", "Năm sinh", "Ngày sinh"]
    assert values([head, ["Lò Văn An", "Nam", 1956, 1957]]) == [FACTS | {"born_on": PartialDate("1956")}]


@pytest.mark.parametrize("heading", ["Năm", "Nam", "Năm nhận", "NAM"])
def test_a_column_of_years_makes_nobody_a_man_and_is_no_birth(heading):
    for head in (["Họ và tên", "Dân tộc", "Danh hiệu", heading], ["Ho va ten", "Dan toc", "Khen thuong", heading]):
        assert values([head, ["Lò Thị Hai", "Thái", "30 năm", 2005]]) == [
            {"full_name": "Lò Thị Hai", "ethnicity": "thai"}
        ]


@pytest.mark.parametrize(
    ("head", "row", "residence"),
    [
        (["Nơi thường trú (cũ)", "Nơi thường trú (mới)"], ["Xã A", "Xã B"], "Xã B"),
        (["Nơi thường trú", "Nơi thường trú (mới)"], ["Xã A", "Xã B"], "Xã B"),
        (["Nơi thường trú mới", "Nơi thường trú trước sáp nhập"], ["Xã B", "Xã A"], "Xã B"),
        (["Hộ khẩu thường trú", "Nơi ở hiện nay"], ["Xã B", "Xã A"], "Xã B"),
        (["Nơi thường trú", "Nơi cư trú của vợ"], ["Xã B", "Xã A"], "Xã B"),
        (["Nơi ở (xã)", "Nơi ở (tỉnh)"], ["Xã B", "Lai Châu"], "Xã B, Lai Châu"),
    ],
)
def test_of_two_places_one_is_read_and_parts_are_joined(head, row, residence):
    assert values([["Họ và tên", "Giới tính", *head], ["Lò Văn An", "Nam", *row]]) == [FACTS | {"residence": residence}]


def test_a_known_heading_is_not_given_another_meaning_by_its_cells():
    head = ["Họ và tên", "Giới tính", "Số thẻ BHYT", "Họ tên vợ", "SĐT của con", "Ngày hết hạn"]
    assert values([head, ["Lò Văn An", "Nam", "012056001234", "Lò Thị Ba", "0912345678", "01/01/2030"]]) == [FACTS]


# --- Two lists side by side ---


def test_people_side_by_side_are_two_people():
    head = ["STT", "Họ và tên", "Giới tính", "Năm sinh"]
    found = read(
        [[*head, None, *head], [*AN, None, 2, "Giàng Thị Ba", "Nữ", 1980], [None] * 5 + [3, "Lò Văn Sơn", "Nam", 1970]]
    )
    assert [(line.row, line.values["full_name"], line.values["gender"]) for line in found] == [
        (2, "Lò Văn An", "male"),
        (2, "Giàng Thị Ba", "female"),
        (3, "Lò Văn Sơn", "male"),
    ]
    assert [line.columns["full_name"] for line in found] == [1, 6, 6]


@pytest.mark.parametrize(("woman", "people"), [("N÷", "M«ng"), ("Nöõ", "Moâng")])
def test_a_word_out_of_a_list_may_stand_in_an_old_font_among_others(woman, people):
    rows = [["Lò Văn An", "Nam", "Thái"], ["Giàng Thị Ba", woman, people]]
    assert [(line["gender"], line["ethnicity"]) for line in values([["Họ và tên", "Giới tính", "Dân tộc"], *rows])] == [
        ("male", "thai"),
        ("female", "mong"),
    ]


@pytest.mark.parametrize("second", [["Họ tên", "NS", "Giới"], ["Họ và tên", "Giới tính", "Năm sinh"]])
def test_people_side_by_side_may_stand_beneath_other_words(second):
    own = {"NS": 1981, "Năm sinh": 1981, "Giới": "Nữ", "Giới tính": "Nữ"}
    row = [own.get(heading, "Lò Thị Ba") for heading in second]
    found = read([["Họ và tên", "Năm sinh", "Giới tính", *second], ["Lò Văn An", 1980, "Nam", *row]])
    assert [line.values["full_name"] for line in found] == ["Lò Văn An", "Lò Thị Ba"]
    assert [str(line.values["born_on"]) for line in found] == ["1980", "1981"]


@pytest.mark.parametrize(
    "more",
    [["Người hướng dẫn - Họ và tên", "Năm sinh"], ["Họ và tên", "Năm sinh", "Quan hệ"], ["Họ tên (bí danh)", "NS"]],
)
def test_a_name_beside_the_first_ones_is_no_second_list(more):
    head = ["Họ và tên", "Giới tính", "Năm sinh", *more]
    [line] = values([head, ["Lò Văn An", "Nam", 1980, "Lò Thị Ba", 1981, "Vợ"][: len(head)]])
    assert (line["full_name"], str(line["born_on"])) == ("Lò Văn An", "1980")


@pytest.mark.parametrize("none", [0, "0", "không"])
def test_a_column_of_women_may_say_of_men_that_they_are_none(none):
    found = values([["Họ và tên", "Nữ", "Năm sinh"], ["Lò Văn An", none, 1980], ["Lò Thị Ba", 1, 1981]])
    assert [line["gender"] for line in found] == ["male", "female"]


@pytest.mark.parametrize("given", ["Tên gọi", "Tên riêng"])
def test_a_family_name_alone_is_no_name_where_given_names_stand_somewhere(given):
    [line] = values([["Họ và tên lót", "Giới tính", given], ["Lò Văn Thử", "Nam", "Một"]])
    assert line["full_name"] == "Lò Văn Thử Một"


@pytest.mark.parametrize(
    "numbers", [["A", "B", 1, 2], ["(a)", "(b)", "(c)", "(d)"], [1, 2, 3, 4], ["[1]", "[2]", "[3]", "[4]"]]
)
def test_a_row_that_numbers_the_columns_is_nobody_and_no_unit(numbers):
    rows = [["STT", "Họ và tên", "Giới tính", "Năm sinh"], numbers, [1, "Lò Văn An", "Nam", 1980]]
    assert [(line.values["full_name"], line.unit) for line in read(rows)] == [("Lò Văn An", None)]


def test_a_column_of_old_identity_cards_stands_beside_the_numbers_of_today():
    head = ["Họ và tên", "Số CCCD", "Số CMND"]
    [line] = values([head, ["Lò Văn An", "012080000001", "045123456"]])
    assert (line["citizen_id"], line["old_identity_number"]) == ("012080000001", "045123456")


def test_a_row_of_sums_of_columns_is_nobody():
    head = ["#", "Họ & tên", "GT", "Năm sinh"]
    [line] = values([head, ["(1)", "(2)", "(3) = (1)+(2)", "(4)"], [1, "Lò Văn An", "Nam", 1980]])
    assert (line["full_name"], line["gender"]) == ("Lò Văn An", "male")


def test_lists_side_by_side_keep_their_units_and_share_one_that_stands_over_both():
    head = ["Họ và tên", "Giới tính"]
    rows = [[*head, *head], ["Lò Văn An", "Nam", "Lò Thị Ba", "Nữ"]]
    apart = read([["Chi bộ Bản 01", None, "Chi bộ Bản 02"], *rows])
    assert [line.unit for line in apart] == ["Chi bộ Bản 01", "Chi bộ Bản 02"]
    assert [line.unit for line in read([["Chi bộ: Bản 01"], *rows])] == ["Chi bộ: Bản 01"] * 2


@pytest.mark.parametrize(
    ("heading", "value", "told"),
    [
        ("Ngày sinh", "17/05/1950", {"born_on"}),
        ("Dân tộc", "Thái", {"ethnicity"}),
        ("Tôn giáo", "", set()),
        ("Tôn giáo", "Không", {"religion"}),
        ("Số định danh cá nhân", "012050000001", {"citizen_id"}),
        ("Ngày vào Đảng", "03/03/1980", {"joined_on"}),
        ("Quê quán (theo mô hình 2 cấp) - Tỉnh *", "Lai Châu", {"hometown"}),
    ],
)
def test_no_field_has_a_value_that_no_column_of_it_says(heading, value, told):
    [line] = values([["Họ và tên", "Giới tính", heading], ["Lò Văn An", "Nam", value]])
    assert {*line} == {"full_name", "gender"} | told


# --- Lists beneath each other, and what stands around them ---

FIRST = [["STT", "Họ và tên", "Ngày sinh"], [1, "Lò Văn An", "12/05/1980"], [2, "Vàng A Páo", "03/11/1975"]]
OTHER = ["STT", "Họ và tên", "Quê quán", "Ngày sinh"]
NEXT = [1, "Nguyễn Thị Mai", "Xã Bình Lư", "25/12/1990"]


def told(*rows, name="Sheet1"):
    """Return (name, birth, place, unit) of the people in rows of one sheet."""
    width = max(map(len, rows))
    squared = [Grid(name, [[*row, *[None] * (width - len(row))] for row in rows])]
    found = [(line.values, line.unit) for line in read(*squared)]
    return [(said["full_name"], str(said.get("born_on", "")), said.get("hometown"), unit) for said, unit in found]


@pytest.mark.parametrize("between", [[], [[]], [["DANH SÁCH THỨ HAI"], []]])
@pytest.mark.parametrize("turned", [False, True])
def test_a_list_beneath_another_is_read_under_its_own_headings(between, turned):
    lists = [[OTHER, NEXT], FIRST] if turned else [FIRST, [OTHER, NEXT]]
    found = told(["DANH SÁCH"], *lists[0], *between, *lists[1])
    assert sorted(found) == [
        ("Lò Văn An", "12/05/1980", None, None),
        ("Nguyễn Thị Mai", "25/12/1990", "Xã Bình Lư", None),
        ("Vàng A Páo", "03/11/1975", None, None),
    ]


def test_a_list_beneath_another_belongs_to_the_cell_of_its_title():
    head, an, pao = FIRST
    found = told(["DANH SÁCH CHI BỘ BẢN 01"], head, an, [], ["DANH SÁCH CHI BỘ BẢN 02"], head, pao)
    assert [unit for *_, unit in found] == ["CHI BỘ BẢN 01", "CHI BỘ BẢN 02"]
    found = told(["CHI BỘ BẢN 01"], head, an, [None, "T/M CHI BỘ"], ["CHI BỘ BẢN 02"], OTHER, NEXT)
    assert [unit for *_, unit in found] == ["CHI BỘ BẢN 01", "CHI BỘ BẢN 02"]


@pytest.mark.parametrize("sign", ["nt", "-nt-", "Như trên", '"', "//", "n.t", "''"])
def test_a_sign_of_repetition_says_what_stands_above(sign):
    head, an, pao = FIRST
    found = told([*head, "Quê quán"], [*an, "Xã Bình Lư"], [*pao, sign], [3, "Lò Văn Ba", "1970", sign])
    assert [place for _, _, place, _ in found] == ["Xã Bình Lư"] * 3


def test_a_sign_of_repetition_with_nothing_above_is_a_fault():
    head, an, pao = FIRST
    rows = [[*head, "Quê quán"], [*an, None], [*pao, "-nt-"]]
    [_, line] = read(rows)
    assert [(name, value) for name, _, value, _ in line.faults] == [("hometown", "-nt-")]


@pytest.mark.parametrize(
    "signs", ["THỦ TRƯỞNG ĐƠN VỊ", "Cán bộ tổng hợp", "CHỦ TỊCH UBND XÃ", "T/M BAN THƯỜNG VỤ", "TM. UBND"]
)
def test_whoever_signs_is_nobody_of_the_list(signs):
    assert len(told(*FIRST, [None, signs], [], [None, "Lò Văn Ký"])) == 2


def test_a_name_without_a_number_beneath_a_numbered_list_is_asked_about():
    *_, line = read([*FIRST, [None, "Lò Văn Ký", None]])
    assert [name for name, *_ in line.doubts] == ["full_name"]


def test_groups_of_men_and_women_are_no_headings_and_no_units():
    head, an, pao = FIRST
    assert [unit for *_, unit in told(head, ["I", "Nam"], an, ["II", "Nữ"], pao)] == [None, None]


@pytest.mark.parametrize(
    ("group", "unit"),
    [(["I", "Cấp ủy"], None), (["B", "Chính thức"], None), (["II.", "Chi bộ Bản 02 (12 đ/c)"], "Chi bộ Bản 02")],
    ids=str,
)
def test_the_name_of_a_group_may_stand_in_the_column_of_something_else(group, unit):
    numbers = ["Số CCCD", "012000000001", "012000000002"]
    head, an, pao = ([first, number, *rest] for (first, *rest), number in zip(FIRST, numbers, strict=True))
    assert [line.unit for line in read([head, an, group, pao])] == [None, unit]


def test_who_signs_beneath_a_column_of_given_names_does_not_hide_it():
    head = ["STT", "Ngày sinh", "Họ và tên", None]
    an, ba = [1, "1956", "Lò Văn", "An"], [2, "1975", "Giàng A", "Ba"]
    signed = [[None, "NGƯỜI LẬP BIỂU", None, "T/M CHI BỘ"], [None, None, None, "BÍ THƯ"]]
    names = [[None, "Lò Thị Ký", None, "Vàng Văn Ký"]] * 2
    assert [line.values["full_name"] for line in read([head, an, ba, *signed, *names])] == ["Lò Văn An", "Giàng A Ba"]
