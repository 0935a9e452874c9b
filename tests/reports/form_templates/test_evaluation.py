"""What a blank says: the figures of the registry, of the right unit, at the right time, each leading to its list."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhlu_portal.db.actions import Refusal
from binhlu_portal.moment.moment import Moment
from organizations.scope import SYSTEM
from reports.form_templates import evaluation
from reports.printed_forms.catalogue import FORMS
from tests.factories import make_member, make_unit
from tests.ground import layer

from .factories import TABLE, bind, cells_of, keep

TODAY = date(2026, 3, 1)


def moment_of(unit, user=SYSTEM, **asked):
    return Moment.of(unit, user, today=TODAY, **asked)


def filled(blank, moment):
    """Return the cells of the workbook that goes out."""
    return cells_of(evaluation.build(blank, moment)[1])


def said(blank, moment):
    return evaluation.say(blank.cells.all(), blank.file.grids, moment)["Biểu"]


@layer
def people(cell_a, cell_b):
    make_member(cell_a, "Lan", gender="female")
    make_member(cell_a, "Hoa", gender="female")
    make_member(cell_b, "Nam", gender="male")


def test_a_cell_speaks_of_the_committee_or_of_the_unit_it_names(commune, cell_b, clerk, people):
    blank = keep(commune, clerk)
    bind(blank, (2, 3), "members.total")
    bind(blank, (3, 3), "members.total", of=cell_b)
    found = filled(blank, moment_of(commune))
    assert (found["C2"], found["C3"]) == (3, 1)
    assert found["C5"] == "=SUM(C2:C4)"


def test_typed_place_holders_are_filled_and_what_is_bound_on_screen_goes_before(commune, clerk, people):
    typed = {"Biểu": [["{{ members.total }}", "{{members.female}}", "Có {{ members.total }} đảng viên, {{ cap_uy }}."]]}
    blank = keep(commune, clerk, typed)
    bind(blank, (1, 2), "members.male")
    assert filled(blank, moment_of(commune)) == {"A1": 3, "B1": 1, "C1": "Có 03 đảng viên, Đảng ủy xa."}


def test_rows_of_units_follow_each_other_by_their_codes_and_rows_left_over_stay_empty(commune, clerk, people):
    blank = keep(commune, clerk)
    for column, text in enumerate(("stt", "don_vi", "members.total"), 1):
        bind(blank, (2, column), text, last_row=4)
    found = filled(blank, moment_of(commune))
    assert [found.get(f"{letter}{row}") for row in (2, 3, 4) for letter in "ABC"] == [
        *(1, "Chi bộ a", 2),
        *(2, "Chi bộ b", 1),
        *(None, None, None),
    ]


def test_more_units_than_rows_are_refused_with_what_to_do(commune, clerk, people):
    blank = keep(commune, clerk)
    bind(blank, (2, 3), "members.total", last_row=3)
    make_unit("c", commune)
    with pytest.raises(Refusal) as refused:
        evaluation.build(blank, moment_of(commune))
    assert refused.value.messages == [
        "Ô Biểu!C2: mẫu có 2 hàng cho các đơn vị, nhưng ngày này có 3 đơn vị. "
        "Chèn thêm hàng vào mẫu rồi thay tệp, hoặc sửa hàng cuối của ô đã gắn."
    ]


def test_rows_of_units_write_over_nothing(commune, clerk, people):
    blank = keep(commune, clerk, {"Biểu": [["Đảng viên"], [None], ["Ghi chú"], [None]]})
    bind(blank, (2, 1), "members.total", last_row=4)
    with pytest.raises(Refusal, match="Ô Biểu!A3 của mẫu đã có chữ “Ghi chú”"):
        evaluation.build(blank, moment_of(commune))


def test_the_year_before_is_that_of_the_figures_and_empty_where_the_unit_was_not_there(commune, cell_a, clerk, people):
    late = make_unit("muon", commune, day=date(2026, 2, 1))
    make_member(late, day=date(2026, 2, 1))
    blank = keep(commune, clerk)
    bind(blank, (2, 3), "members.total", earlier=True)
    bind(blank, (3, 3), "members.total", of=late, earlier=True)
    bind(blank, (4, 3), "members.total", of=late)
    found = filled(blank, moment_of(commune, as_of=date(2026, 9, 1)))
    assert (found["C2"], "C3" in found, found["C4"]) == (3, False, 1)


def test_a_committee_of_this_year_has_nothing_to_say_of_the_last(clerk, commune, people):
    blank = keep(commune, clerk)
    bind(blank, (2, 3), "members.total", earlier=True)
    assert "C2" not in filled(blank, moment_of(commune))


def test_a_whole_sheet_stands_where_its_first_number_is_bound(commune, clerk, people):
    moment = moment_of(commune)
    sheet = FORMS["1B"](moment)[0]
    numbers = [leaf for leaf in sheet.leaves if leaf.kind in ("number", "percent")]
    rows = [[None] * (len(numbers) + 2) for _ in range(len(sheet.rows) + 3)]
    blank = keep(commune, clerk, {"Biểu": [["", *rows[0]], *rows, ["Hết", *["x"] * (len(numbers) + 2)]]})
    bind(blank, (3, 3), "bieu.1B")
    found = said(blank, moment)
    for down, row in enumerate(sheet.rows):
        for right, leaf in enumerate(numbers):
            cell = row.cell(leaf.key)
            assert (found[3 + down, 3 + right].value, found[3 + down, 3 + right].link) == (cell.value, cell.link)
    assert len(found) == len(sheet.rows) * len(numbers)


def test_one_column_of_a_second_sheet_can_be_asked_for(commune, clerk, people):
    moment = moment_of(commune)
    sheet = FORMS["5B"](moment)[1]
    blank = keep(commune, clerk, {"Biểu": [*[[None, "x"]] * (len(sheet.rows) + 1)]})
    bind(blank, (1, 1), "{{ bieu.5B.trang2.cot4 }}")
    key = sheet.leaves[3].key
    assert [found.value for found in said(blank, moment).values()] == [row.cell(key).value for row in sheet.rows]


@pytest.mark.parametrize("text", ["bieu.1B.trang2", "bieu.1B.cot90"])
def test_a_sheet_or_column_that_is_not_there_is_refused(commune, clerk, text):
    blank = keep(commune, clerk)
    bind(blank, (2, 1), text)
    with pytest.raises(Refusal, match="Biểu 1B không có trang hoặc cột này"):
        evaluation.build(blank, moment_of(commune))


def test_a_sheet_writes_over_nothing_and_not_beyond_the_form(commune, clerk, people):
    blank = keep(commune, clerk)
    bind(blank, (2, 1), "bieu.1B")
    with pytest.raises(Refusal, match="Ô Biểu!D2 của mẫu nằm ngoài bảng hoặc trong ô gộp"):
        evaluation.build(blank, moment_of(commune))


def test_a_percentage_is_a_fraction_where_the_cell_prints_percent(commune, clerk, people):
    def change(book):
        book["Biểu"]["A2"].number_format = "0.0%"

    blank = keep(commune, clerk, change=change)
    bind(blank, (2, 1), "members.female.ty_le")
    bind(blank, (3, 1), "members.female.ty_le")
    found = filled(blank, moment_of(commune))
    assert (found["A2"], found["A3"]) == (0.667, 66.7)
    assert said(blank, moment_of(commune))[2, 1].text == "66,7\N{NO-BREAK SPACE}%"


def test_a_figure_leads_to_the_list_that_it_counts(commune, cell_a, clerk, people, client):
    blank = keep(commune, clerk)
    bind(blank, (2, 3), "members.female", of=cell_a)
    client.force_login(clerk)
    found = said(blank, moment_of(commune, clerk))[2, 3]
    page = client.get(found.link).content.decode()
    assert found.value == 2
    assert "Lan" in page and "Hoa" in page and "Nam</a>" not in page


def test_cells_that_compute_stand_in_the_way_of_no_table_and_stay(commune, clerk, people):
    moment = moment_of(commune)
    height = len(FORMS["5B"](moment)[0].rows)
    blank = keep(commune, clerk, {"Biểu": [[None, "x"], ["=1+1", "x"], *[[None, "x"]] * height]})
    bind(blank, (1, 1), "bieu.5B.cot3")
    assert filled(blank, moment)["A2"] == "=1+1"


def test_letters_that_no_workbook_can_hold_are_left_out(commune, clerk, people):
    blank = keep(commune, clerk)
    bind(blank, (2, 1), "Có\x07 {{ members.total }}")
    assert filled(blank, moment_of(commune))["A2"] == "Có 03"


def test_a_form_in_words_is_text(commune, clerk, people):
    blank = keep(commune, clerk)
    bind(blank, (2, 1), "members.female.tren")
    bind(blank, (3, 1), "targets.admissions")
    found = filled(blank, moment_of(commune))
    assert found["A2"] == "02/03"
    assert isinstance(found["A3"], str)


def test_many_cells_ask_no_more_than_one(commune, clerk, people):
    blank = keep(commune, clerk, {"Biểu": [["x"] * 3] * 33})
    grids = blank.file.grids

    def statements():
        with CaptureQueriesContext(connection) as asked:
            evaluation.say(blank.cells.all(), grids, moment_of(commune))
        return len(asked)

    bind(blank, (1, 1), "members.total")
    assert statements() == 3
    for row in range(2, 32):
        bind(blank, (row, 1), ("members.female", "units.total")[row % 2])
    assert statements() == 3


def test_the_same_records_give_the_same_bytes(commune, clerk, people):
    blank = keep(commune, clerk, TABLE)
    bind(blank, (2, 3), "members.total")
    moment = moment_of(commune)
    name, content = evaluation.build(blank, moment)
    assert name == f"mau-{blank.pk}-xa-2026-03-01.xlsx"
    assert evaluation.build(blank, moment) == (name, content)
