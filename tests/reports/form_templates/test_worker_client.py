"""Blanks looked at and filled: what a page is told of them, what is written, and that nothing else changes."""

import re
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from reports.form_templates import grid, worker_client
from reports.form_templates.xlsx_patch import fill
from reports.form_templates.xlsx_worker import look_through
from tests.binhlu_portal.spreadsheets.hostile import HEAD, MAIN, SHEET
from tests.examples import examples

from .factories import workbook_of
from .workbooks import (
    AFTER_DATA,
    PARTS_BESIDE,
    WORKBOOK,
    by_hand,
    by_xlsxwriter,
    parts_of,
    read_by_calamine,
    read_by_openpyxl,
)

FORMULAS = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>77</v></c>'
    '<c r="C1" t="str"><f t="shared" ref="C1:C2" si="0">A1&amp;"x"</f><v>77</v></c></row>'
    '<row r="2"><c r="B2"><f t="array" ref="B2">SUM(A1:A1*2)</f><v>77</v></c>'
    '<c r="C2" t="str"><f t="shared" si="0"/><v>77</v></c></row>'
)


def outline(content):
    """Return the outline of a workbook that was looked through."""
    return grid.outline(content, look_through(content))


def cells_seen(content, sheet=0):
    """Return {(row, column): cell} of a sheet of the outline."""
    return {cell[:2]: cell for cell in outline(content)[sheet][1]}


def changed(rows, change):
    """Return a workbook with one sheet of `rows` after `change`(sheet)."""
    return workbook_of({"Biểu": rows}, lambda book: change(book.active))


def test_a_merged_cell_says_how_far_it_reaches_and_hides_what_it_covers():
    def merge(sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")

    seen = cells_seen(changed([["Biểu số 12"], ["STT", "Đơn vị", "Đảng viên"]], merge))
    assert {place: (cell.text, cell.across, cell.down) for place, cell in seen.items()} == {
        (1, 1): ("Biểu số 12", 3, 1),
        (2, 1): ("STT", 1, 2),
        (2, 2): ("Đơn vị", 1, 1),
        (2, 3): ("Đảng viên", 1, 1),
        (3, 2): ("", 1, 1),
        (3, 3): ("", 1, 1),
    }


def test_numbers_and_dates_are_shown_as_text():
    seen = cells_seen(workbook_of({"Biểu": [[12, 0.5, date(2026, 3, 1), "a & <b>"]]}))
    assert [cell.text for cell in seen.values()] == ["12", "0.5", "01/03/2026", "a & <b>"]


@pytest.mark.parametrize(
    ("change", "marks"),
    [
        (lambda cell: setattr(cell, "font", Font(bold=True)), "b"),
        (lambda cell: setattr(cell, "font", Font(italic=True)), "i"),
        (lambda cell: setattr(cell, "alignment", Alignment(horizontal="center")), "c"),
        (lambda cell: setattr(cell, "alignment", Alignment(horizontal="right")), "r"),
        (lambda cell: setattr(cell, "border", Border(top=Side("thin"))), "l"),
        (lambda cell: setattr(cell, "number_format", "0.0%"), "%"),
        (lambda cell: setattr(cell, "value", "=1+1"), "="),
        (lambda cell: None, ""),
    ],
)
def test_a_cell_is_marked_by_how_it_is_set(change, marks):
    cell = cells_seen(changed([[1]], lambda sheet: change(sheet["A1"])))[1, 1]
    assert cell.marks == marks
    assert cell.computes == (marks == "=")


def test_formulas_of_all_kinds_compute():
    seen = cells_seen(by_hand(FORMULAS))
    assert [place for place, cell in seen.items() if cell.computes] == [(1, 2), (1, 3), (2, 2), (2, 3)]
    assert {cell.text for cell in seen.values() if cell.computes} == {""}


def test_sheets_that_are_hidden_or_hold_a_chart_are_left_out():
    def write(book):
        for name in ("Biểu", "Ẩn", "Ẩn kỹ", "Phụ lục"):
            book.add_worksheet(name).write("A1", 1)
        book.get_worksheet_by_name("Ẩn").hide()
        book.get_worksheet_by_name("Ẩn kỹ").very_hidden()
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Biểu!$A$1"})
        book.add_chartsheet("Biểu đồ").set_chart(chart)

    content = by_xlsxwriter(write)
    assert [name for name, _ in outline(content)] == ["Biểu", "Phụ lục"]
    assert read_by_openpyxl(fill(content, {"Phụ lục": {"A1": 5}}))["Phụ lục"] == {(1, 1): 5}


def test_far_cells_that_are_only_formatted_do_not_count_but_framed_ones_do():
    def colour(sheet):
        sheet["Z400"].font = Font(bold=True)
        sheet["B3"].border = Border(left=Side("thin"))

    assert max(cells_seen(changed([[1]], colour))) == (3, 2)


@pytest.mark.parametrize("name", ["Biểu 1B", "Đảng viên & tổ chức", "Quý I '25", 'Biểu "mới"', "Đ<5>"])
def test_a_sheet_is_found_by_its_name(name):
    content = workbook_of({"Khác": [[1]], name: [[1]]})
    assert outline(content)[1][0] == name
    assert read_by_openpyxl(fill(content, {name: {"A1": 2}})) == {"Khác": {(1, 1): 1}, name: {(1, 1): 2}}


@pytest.mark.parametrize(
    "value", [7, 0.25, -3, 1e20, "đảng viên", "a & <b> > c", "=1+1", "  hai đầu ", "hai\ndòng", "123", "'"]
)
def test_a_value_is_written_as_it_is(value):
    filled = fill(workbook_of({"Biểu": [["cũ"]]}), {"Biểu": {"A1": value}})
    cell = load_workbook(BytesIO(filled))["Biểu"]["A1"]
    assert (cell.value, read_by_calamine(filled)["Biểu"][1, 1]) == (value, value)
    assert cell.data_type == ("s" if isinstance(value, str) else "n") or value == "=1+1"
    assert b"<f>" not in parts_of(filled)[SHEET]


def test_none_clears_a_cell_and_leaves_its_form():
    content = changed([["cũ"]], lambda sheet: setattr(sheet["A1"], "font", Font(bold=True)))
    cell = load_workbook(BytesIO(fill(content, {"Biểu": {"A1": None}})))["Biểu"]["A1"]
    assert (cell.value, cell.font.bold) == (None, True)


def test_rows_and_cells_that_were_not_there_stand_in_their_order():
    content = by_hand('<row r="3"><c r="C3"><v>1</v></c></row><row r="5" spans="1:1"><c r="A5"><v>2</v></c></row>')
    filled = fill(content, {"Bảng": {"AA3": 1, "B4": 1, "A3": 1, "D3": 1, "A1": 1, "B9": 1, "Z5": 1}})
    text = parts_of(filled)[SHEET].decode()
    assert re.findall(r'<row r="(\d+)"', text) == ["1", "3", "4", "5", "9"]
    assert re.findall(r'<c r="(\w+)"', text) == ["A1", "A3", "C3", "D3", "AA3", "B4", "A5", "Z5", "B9"]
    assert "spans" not in text


PLACES = st.tuples(st.integers(1, 40), st.integers(1, 40))
TEXTS = st.text("aĂđ &<>\"'=-0", min_size=1, max_size=8)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9).map(lambda number: round(number, 3))


@settings(max_examples=examples(25))
@given(st.dictionaries(PLACES, NUMBERS, max_size=12), st.dictionaries(PLACES, NUMBERS | TEXTS | st.none(), max_size=12))
def test_whatever_is_put_is_read_back_and_the_rest_is_as_before(before, put):
    rows = {}
    for (row, column), number in sorted(before.items()):
        rows.setdefault(row, []).append(f'<c r="{get_column_letter(column)}{row}"><v>{number}</v></c>')
    content = by_hand("".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows.items()))
    values = {f"{get_column_letter(column)}{row}": value for (row, column), value in put.items()}
    filled = fill(content, {"Bảng": values})
    expected = {place: value for place, value in (before | put).items() if value is not None}
    assert read_by_openpyxl(filled)["Bảng"] == expected
    assert read_by_calamine(filled)["Bảng"] == expected


def test_formulas_stay_and_what_they_showed_goes():
    filled = fill(by_hand(FORMULAS), {"Bảng": {"A1": 5, "B1": 9, "C2": "x", "B2": None}})
    text = parts_of(filled)[SHEET].decode()
    assert re.findall("<f.*?(?:/>|</f>)", text) == re.findall("<f.*?(?:/>|</f>)", FORMULAS)
    assert re.findall("<v>(.*?)</v>", text) == ["5"]
    assert 't="str"' not in text


@pytest.mark.parametrize(
    ("beside", "order"),
    [
        ("", ["sheets", "calcPr"]),
        ("<definedNames/><pivotCaches/>", ["sheets", "definedNames", "calcPr", "pivotCaches"]),
        ('<functionGroups/><oleSize ref="A1"/>', ["sheets", "functionGroups", "calcPr", "oleSize"]),
        ('<calcPr calcId="191029"/><extLst/>', ["sheets", "calcPr", "extLst"]),
    ],
)
def test_whoever_opens_the_workbook_computes_it_anew(beside, order):
    root = etree.fromstring(parts_of(fill(by_hand(beside=beside), {}))[WORKBOOK])
    assert [etree.QName(element).localname for element in root] == order
    assert root.find(f"{{{MAIN}}}calcPr").get("fullCalcOnLoad") == "1"


def test_all_else_of_the_file_stays_byte_for_byte():
    names = '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">A1</definedName></definedNames>'
    content = by_hand('<row r="1"><c r="A1"/></row>', after=AFTER_DATA, beside=names, **PARTS_BESIDE)
    before, after = parts_of(content), parts_of(fill(content, {"Bảng": {"A1": 1}}))
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {SHEET, WORKBOOK}
    assert AFTER_DATA in after[SHEET].decode()
    assert names in after[WORKBOOK].decode()


def test_the_same_values_give_the_same_bytes():
    content = by_hand(FORMULAS)
    assert worker_client.fill(content, {"Bảng": {"A1": 1}}) == fill(content, {"Bảng": {"A1": 1}})


def test_rows_and_cells_need_not_say_where_they_stand():
    content = by_hand('<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row>')
    filled = fill(content, {"Bảng": {"B1": 20, "D4": 40, "A2": 5}})
    assert read_by_openpyxl(filled)["Bảng"] == {(1, 1): 1, (1, 2): 20, (2, 1): 5, (4, 3): 3, (4, 4): 40}


def test_remarks_between_rows_and_cells_do_no_harm():
    content = by_hand('<!-- a --><row r="1"><!-- b --><c r="A1"><v>1</v></c><?c?></row>')
    assert read_by_openpyxl(fill(content, {"Bảng": {"B1": 2}}))["Bảng"] == {(1, 1): 1, (1, 2): 2}


def test_a_workbook_of_libreoffice_is_filled():
    root = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1" customFormat="false"><x:c r="A1" s="0" t="s"/>'
    rest = '<x:c r="B1" s="0"><x:f aca="false">A1</x:f><x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    filled = fill(by_hand(**{SHEET: HEAD + root + rest}), {"Bảng": {"A1": 4, "A2": "chữ"}})
    assert read_by_openpyxl(filled)["Bảng"] == {(1, 1): 4, (1, 2): "=A1", (2, 1): "chữ"}


def test_a_workbook_of_xlsxwriter_is_filled():
    def write(book):
        sheet = book.add_worksheet("Biểu")
        sheet.write_row("A1", ["Tên", 5])
        sheet.write_formula("C1", "=B1*2", None, 10)
        sheet.insert_textbox("E1", "Mẫu 12")

    content = by_xlsxwriter(write)
    filled = fill(content, {"Biểu": {"B1": 6, "A3": "Tổng"}})
    assert read_by_openpyxl(filled)["Biểu"] == {(1, 1): "Tên", (1, 2): 6, (1, 3): "=B1*2", (3, 1): "Tổng"}
    assert parts_of(filled)["xl/drawings/drawing1.xml"] == parts_of(content)["xl/drawings/drawing1.xml"]


def test_only_the_sheet_that_is_named_is_changed():
    content = by_hand('<row r="1"><c r="A1"><v>1</v></c></row>', sheets=(("Một", ""), ("Hai", "")))
    assert read_by_openpyxl(fill(content, {"Hai": {"A1": 2}})) == {"Một": {(1, 1): 1}, "Hai": {(1, 1): 2}}


@pytest.mark.parametrize("target", ["worksheets/other.xml", "/xl/worksheets/sheet1.xml"])
def test_a_sheet_is_found_wherever_it_lies(target):
    content = by_hand('<row r="1"><c r="A1"><v>1</v></c></row>', target=target)
    assert read_by_openpyxl(fill(content, {"Bảng": {"A1": 2}}))["Bảng"] == {(1, 1): 2}


def test_the_process_tells_the_outline_as_it_is():
    content = workbook_of({"Biểu": [["Đảng viên", 1]]})
    assert worker_client.outline(content) == [["Biểu", [[1, 1, "Đảng viên", 1, 1, ""], [1, 2, "1", 1, 1, ""]]]]


def test_cells_over_which_a_formula_spreads_compute_too():
    spread = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>2</v></c></row>'
    )
    cells = cells_seen(by_hand(spread))
    assert [cells[place].computes for place in ((1, 1), (2, 1), (1, 2), (2, 2))] == [True, True, False, False]
    assert cells[2, 1].text == ""
