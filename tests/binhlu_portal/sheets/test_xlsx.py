import datetime
import io
import re
import time
import zipfile
from decimal import ROUND_HALF_UP, Decimal

import pytest
from openpyxl import load_workbook

from binhlu_portal.sheets import xlsx
from binhlu_portal.sheets.sheet import (
    FormHeading,
    Heading,
    Share,
    Sheet,
    SheetCell,
    SheetColumn,
    SheetRow,
    Signature,
    SumOfColumns,
    SumOfRows,
    group,
)
from tests.binhlu_portal.sheets.paper import clipped

COLUMNS = (
    SheetColumn("name", "Loại hình", kind="text", width=30),
    group(
        "Tổ chức đảng",
        SheetColumn("sum", "Tổng số"),
        group("Chia ra", SheetColumn("a", "Đảng bộ"), SheetColumn("b", "Chi bộ")),
    ),
    SheetColumn("rest", "Chưa thực hiện"),
    SheetColumn("p", "Tỷ lệ %", kind="percent", places=2),
    SheetColumn("note", "Ghi chú", kind="text", width=10),
)
HEADING = Heading("Đảng bộ tỉnh Lai Châu", "Đảng ủy xã Bình Lư", "Số 12-BC/ĐU", "Bình Lư, ngày 20 tháng 3 năm 2026")


def line(key, a, b, sums=None, **others):
    """Return a row whose values come from Python's own arithmetic, beside the formulas that must give the same."""
    of_rows = SumOfRows(sums) if sums else None
    known = [value for value in (a, b) if value is not None]
    whole = sum(known) if known else None
    percent = a and (Decimal(a) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    cells = {
        "name": f"Dòng {key}",
        "a": SheetCell(a, of_rows),
        "b": SheetCell(b, of_rows),
        "sum": SheetCell(whole, SumOfColumns(("a", "b"))),
        "rest": SheetCell(known and whole - (a or 0) if known else None, SumOfColumns(("sum",), minus=("a",))),
        "p": SheetCell(percent, Share("a", "sum")),
    }
    return SheetRow(key, {**cells, **others}, emphasis=bool(sums))


def sheet(*rows, **others):
    return Sheet(**{"code": "Biểu 1B", "title": "THỐNG KÊ", "columns": COLUMNS, "rows": rows, **others})


FILLED = sheet(
    line("A", 3, 13, sums=("1", "2", "3")),
    line("1", 1, 5),
    line("2", 2, 8),
    line("3", None, None),
    line("B", 1, 1, sums=("4", "5")),
    line("4", 1, None),
    line("5", None, 1),
    line("T", 4, 14, sums=("A", "B")),
)


def written(*sheets):
    """Return the bytes of the workbook of `sheets`."""
    file = io.BytesIO()
    xlsx.write(sheets, file)
    return file.getvalue()


def page(*sheets, **options):
    """Return the first worksheet of the workbook of `sheets`, as read back."""
    return load_workbook(io.BytesIO(written(*sheets)), **options).worksheets[0]


def body(worksheet):
    """Return the rows of cells below the numbers of the columns, by the name of the row."""
    rows = list(worksheet.iter_rows())
    numbers = next(place for place, row in enumerate(rows) if row[0].value == "(1)")
    return {row[0].value: row for row in rows[numbers + 1 :] if row[0].value}


def calculated(worksheet, formula):
    """Work out the three shapes of formula, as a spreadsheet does: an empty cell counts as nought."""

    def value(name):
        found = worksheet[name].value
        return calculated(worksheet, found) if str(found).startswith("=") else Decimal(found or 0)

    if share := re.fullmatch(r'=IF\((\w+)=0,"",ROUND\((\w+)\*100/\1,(\d)\)\)', formula):
        whole, part, places = share.groups()
        return (value(part) * 100 / value(whole)).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
    first, rest = re.fullmatch(r"=(SUM\(\w+:\w+\)|\w+)((?:[+-]\w+)*)", formula).groups()
    cells = worksheet[first[4:-1]] if first.startswith("SUM") else [[worksheet[first]]]
    total = sum(value(cell.coordinate) for row in cells for cell in row)
    return total + sum(value(name) * int(f"{sign}1") for sign, name in re.findall(r"([+-])(\w+)", rest))


def test_totals_are_formulas():
    rows = body(page(FILLED))
    top = rows["Dòng A"][0].row
    assert [cell.value for cell in rows["Dòng A"]][1:6] == [
        f"=SUM(C{top}:D{top})",
        f"=SUM(C{top + 1}:C{top + 3})",
        f"=SUM(D{top + 1}:D{top + 3})",
        f"=B{top}-C{top}",
        f'=IF(B{top}=0,"",ROUND(C{top}*100/B{top},2))',
    ]
    assert rows["Dòng T"][2].value == f"=C{top}+C{top + 4}"


def test_formulas_agree_with_the_values():
    worksheet, rows = page(FILLED), body(page(FILLED))
    checked = 0
    for row in FILLED.rows:
        for cell, leaf in zip(rows[f"Dòng {row.key}"], FILLED.leaves, strict=True):
            if cell.data_type == "f":
                assert calculated(worksheet, cell.value) == row.cell(leaf.key).value
                checked += 1
    assert checked == 26  # every formula whose cell is not empty


def test_a_program_that_calculates_nothing_still_shows_the_totals():
    row = body(page(FILLED, data_only=True))["Dòng T"]
    assert [cell.value for cell in row] == ["Dòng T", 18, 4, 14, 14, 22.22, None]


def test_a_cell_without_record_basis_stays_truly_empty_and_nought_stays_nought():
    rows = body(page(sheet(line("1", None, None), line("2", 0, 3, p=None))))
    assert [cell.value for cell in rows["Dòng 1"]][1:] == [None] * 6
    assert rows["Dòng 2"][2].value == 0


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "- Trong đó:", "@SUM(A1)", "\t=1+1", "\r=1+1", "#N/A", "007"])
def test_text_is_never_a_formula_an_error_or_a_number(text):
    cell = body(page(sheet(SheetRow("1", {"name": "Dòng 1", "note": text}), title=text)))["Dòng 1"][6]
    assert cell.value.strip("\r\n\t") == text.strip("\r\n\t")
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) == (text[0] in "=+-@\t\r")


def test_characters_that_a_workbook_cannot_hold_are_left_out():
    assert body(page(sheet(SheetRow("1", {"name": "Chi\x00 bộ\x0b bản\uffff"}))))["Chi bộ bản"]


def test_numbers_keep_thousands_and_decimals_in_their_format():
    row = body(page(FILLED))["Dòng T"]
    assert [row[place].number_format for place in (1, 5)] == ["#,##0_)", "0.00_)"]
    one_place = sheet(
        SheetRow("1", {"name": "Dòng 1"}), columns=(COLUMNS[0], SheetColumn("p", "%", kind="percent", places=1))
    )
    assert body(page(one_place))["Dòng 1"][1].number_format == "0.0_)"
    of_its_own = sheet(SheetRow("1", {"name": "Dòng 1", "a": SheetCell(Decimal("45.6"), places=1)}))
    assert body(page(of_its_own))["Dòng 1"][2].number_format == "#,##0.0_)"


def test_the_header_tree_is_merged_and_repeated_on_every_page():
    worksheet = page(FILLED)
    top = next(cell.row for cell in worksheet["A"] if cell.value == "Loại hình")
    bottom = top + 2
    assert {str(merged) for merged in worksheet.merged_cells.ranges if top <= merged.min_row <= bottom} == {
        f"A{top}:A{bottom}",
        f"B{top}:D{top}",
        f"B{top + 1}:B{bottom}",
        f"C{top + 1}:D{top + 1}",
        f"E{top}:E{bottom}",
        f"F{top}:F{bottom}",
        f"G{top}:G{bottom}",
    }
    assert [cell.value for cell in worksheet[bottom + 1]] == [f"({number})" for number in range(1, 8)]
    assert worksheet.print_title_rows == f"${top}:${bottom + 1}"
    assert worksheet.freeze_panes == f"A{bottom + 2}"


def test_every_cell_of_the_table_is_framed_in_times_new_roman():
    for cell in body(page(FILLED))["Dòng T"]:
        sides = cell.border.left, cell.border.right, cell.border.top, cell.border.bottom
        assert {side.style for side in sides} == {"thin"}
        assert (cell.font.name, cell.font.bold) == ("Times New Roman", True)


def test_the_page_lies_across_and_fits_the_width_of_a4():
    worksheet = page(sheet(line("1", 1, 5), notes=("Ghi chú cuối trang",)))
    assert (worksheet.page_setup.orientation, worksheet.page_setup.paperSize) == ("landscape", 9)
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
    assert worksheet.print_area == f"'Biểu 1B'!$A$1:$G${worksheet.max_row + 1}"


def test_an_upright_sheet_is_printed_on_upright_paper():
    upright, across = page(sheet(line("1", 1, 5), upright=True)), page(sheet(line("1", 1, 5)))
    assert (upright.page_setup.orientation, upright.page_setup.fitToWidth) == ("portrait", 1)
    assert upright.column_dimensions["A"].width < across.column_dimensions["A"].width


def test_a_balance_of_rows_is_a_formula():
    rows = [SheetRow(key, {"a": value}) for key, value in (("1", 5), ("2", 4), ("3", 2))]
    balance = sheet(*rows, SheetRow("end", {"a": SheetCell(7, SumOfRows(("1", "2"), minus=("3",)))}))
    (formula,) = [cell.value for row in page(balance).iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert re.fullmatch(r"=SUM\(C\d+:C\d+\)-C\d+", formula)


def test_pages_are_numbered_from_the_second_on():
    worksheet = page(FILLED)
    assert worksheet.HeaderFooter.differentFirst
    assert (worksheet.firstHeader.center.text, worksheet.oddHeader.center.text) == (None, "&P")


def test_the_blocks_of_a_party_document_stand_around_the_table():
    signed = sheet(
        line("1", 1, 5),
        heading=HEADING,
        signature=Signature("T/M Ban Thường vụ", "Phó Bí thư", "Nguyễn Văn Một"),
        left_signature="Người lập biểu",
        recipients=("Lưu VPĐU",),
    )
    texts = [[cell.value for cell in row if cell.value] for row in page(signed).iter_rows()]
    texts = [row for row in texts if row]
    assert texts[:4] == [
        ["ĐẢNG BỘ TỈNH LAI CHÂU", "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["ĐẢNG ỦY XÃ BÌNH LƯ"],
        ["*"],
        ["Số 12-BC/ĐU", "Bình Lư, ngày 20 tháng 3 năm 2026"],
    ]
    assert texts[-5:] == [
        ["NGƯỜI LẬP BIỂU", "T/M BAN THƯỜNG VỤ"],
        ["PHÓ BÍ THƯ"],
        ["Nguyễn Văn Một"],
        ["Nơi nhận:"],
        ["- Lưu VPĐU"],
    ]


def test_a_form_of_statistics_names_itself_at_the_right_and_its_day_at_the_foot():
    form = sheet(
        line("1", 1, 5),
        heading=FormHeading("Đảng ủy xã Bình Lư", "Ban Xây dựng Đảng", "Biểu số 1-BTCTW", "Người"),
        signature=Signature("Ban Xây dựng Đảng", "Trưởng ban", place_and_day="Bình Lư, ngày … tháng … năm …"),
    )
    texts = [[cell.value for cell in row if cell.value] for row in page(form).iter_rows()]
    texts = [row for row in texts if row]
    assert texts[:3] == [
        ["ĐẢNG ỦY XÃ BÌNH LƯ", "Biểu số 1-BTCTW"],
        ["BAN XÂY DỰNG ĐẢNG", "Đơn vị tính: Người"],
        ["THỐNG KÊ"],
    ]
    assert texts[-3:] == [["Bình Lư, ngày … tháng … năm …"], ["BAN XÂY DỰNG ĐẢNG"], ["TRƯỞNG BAN"]]


def test_who_receives_the_table_stands_beside_a_lone_signature():
    signed = sheet(line("1", 1, 5), signature=Signature("T/M Đảng ủy", "Bí thư"), recipients=("Lưu VPĐU",))
    rows = [[cell.value for cell in row if cell.value] for row in page(signed).iter_rows()]
    assert ["Nơi nhận:", "T/M ĐẢNG ỦY"] in rows
    assert ["- Lưu VPĐU", "BÍ THƯ"] in rows


def test_a_row_is_as_high_as_its_longest_text():
    long, short = "Đơn vị sự nghiệp công lập " * 12, "Chi bộ"
    worksheet = page(sheet(SheetRow("1", {"name": long}), SheetRow("2", {"name": short})))
    rows = body(worksheet)
    heights = [worksheet.row_dimensions[rows[name][0].row].height for name in (long, short)]
    assert heights[0] > 3 * heights[1] > 0


@pytest.mark.parametrize(
    "text",
    ["75-QĐ/ĐU (mẫu)", "CHI BỘ BẢN NÀ HOA", "mmmm wwww mmmm wwww", "Chức danh quy hoạch", "123456789012345678901234"],
)
def test_a_row_is_as_high_as_its_narrowest_column_needs(text):
    columns = tuple(SheetColumn(f"c{at}", "Cột", kind="text", width=13) for at in range(9))
    narrow = sheet(SheetRow("1", {"c0": "Chi bộ", "c8": text}), columns=columns)
    assert clipped(page(narrow)) == []


def test_each_sheet_has_a_worksheet_with_a_name_that_excel_accepts():
    sheets = [sheet(tab="5B: phần [I]"), sheet(tab="5B: phần [I]"), sheet(tab="dài " * 20), sheet()]
    names = load_workbook(io.BytesIO(written(*sheets))).sheetnames
    assert names[:2] == ["5B- phần -I-", "5B- phần -I-1"]
    assert (len(names[2]), names[3]) == (31, "Biểu 1B")


def test_the_same_sheets_give_the_same_bytes_at_any_time(monkeypatch):
    first = written(FILLED)
    later = time.localtime(time.time() + 100_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert written(FILLED) == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_names_its_title_but_neither_person_nor_time():
    properties = load_workbook(io.BytesIO(written(FILLED))).properties
    assert (properties.title, properties.creator or "", properties.lastModifiedBy) == ("THỐNG KÊ", "", None)
    assert properties.created == properties.modified == datetime.datetime(1980, 1, 1)
