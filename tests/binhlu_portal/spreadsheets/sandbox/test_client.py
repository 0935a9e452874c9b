import codecs
import csv
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from struct import pack

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from binhlu_portal.sandbox import processes
from binhlu_portal.spreadsheets.sandbox.client import Grid, Unreadable, read
from tests.binhlu_portal.spreadsheets.hostile import CELL, DATA, SHEET, excel, opened, packed, sheet
from tests.examples import examples

HEADING = [None, "Họ và tên", "Ngày sinh", "Số thẻ", "Tỷ lệ"]
FIRST = [None, "Lò Thị Mẫu", date(1990, 3, 21), 12, 24]
SECOND = [None, "Nguyễn Văn Ví Dụ", "5/1990", 1.5, None]


def written(fill):
    """Return the content of an .xlsx workbook that `fill` fills."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        fill(workbook)
    return file.getvalue()


def made_as_usual(workbook):
    main = workbook.add_worksheet("Danh sách")
    main.write_row(1, 1, HEADING[1:])
    main.write_row(2, 1, FIRST[1:2])
    main.write_datetime(2, 2, FIRST[2], workbook.add_format({"num_format": "dd/mm/yyyy"}))
    main.write(2, 3, 12)
    main.write_formula(2, 4, "=D3*2", None, 24)
    main.write_row(3, 1, SECOND[1:4])
    workbook.add_worksheet("Trống")
    hidden = workbook.add_worksheet("_binhlu")
    hidden.write(0, 0, "đóng dấu")
    hidden.very_hidden()


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_every_kind_of_workbook_gives_the_same_sheets_hidden_ones_too(ending):
    content = written(made_as_usual) if ending == "xlsx" else (DATA / f"danh-sach.{ending}").read_bytes()
    assert read(content, f"danh-sach.{ending}") == [
        Grid("Danh sách", [[None] * 5, HEADING, FIRST, SECOND], frozenset({(2, 4)})),
        Grid("Trống", []),
        Grid("_binhlu", [["đóng dấu"]], hidden=True),
    ]


def test_a_disk_without_room_for_the_answer_is_not_the_fault_of_the_file(monkeypatch):
    monkeypatch.setattr(processes, "TemporaryFile", lambda: open("/dev/full", "w+b"))  # noqa: SIM115 - its user closes it
    with pytest.raises(OSError, match="No space left"):
        read((DATA / "danh-sach.ods").read_bytes(), "danh-sach.ods")


def test_a_longer_workbook_of_old_excel():
    (grid,) = read((DATA / "danh-sach-dai.xls").read_bytes(), "danh-sach-dai.xls")
    assert (len(grid.rows), grid.rows[123]) == (300, ["Người 124", 123, "x", None])
    assert grid.formulas == {(298, 3), (299, 3)}


def test_the_content_says_what_a_file_is():
    content = written(made_as_usual)
    assert read(content, "danh-sach.csv") == read(content, "danh-sach") == read(content, "danh-sach.xlsx")


def test_a_workbook_of_another_writer():
    workbook = openpyxl.Workbook()
    workbook.active.append(["Họ tên", date(2026, 3, 21), "=1+1"])
    workbook.active["B3"].hyperlink = "mailto:a@a.example"
    file = BytesIO()
    workbook.save(file)
    (grid,) = read(file.getvalue(), "a.xlsx")
    assert grid.rows[0] == ["Họ tên", datetime(2026, 3, 21), None] or grid.rows[0][:2] == ["Họ tên", date(2026, 3, 21)]
    assert grid.formulas == {(0, 2)}


def test_values_keep_their_kinds():
    def fill(workbook):
        page = workbook.add_worksheet("A")
        page.write_row(0, 0, ["a\nb ", 1, 1.5, True, "ho\u0300a"])
        for column, (value, shown) in enumerate(
            [
                (date(1950, 12, 31), "dd/mm/yyyy"),
                (datetime(2026, 3, 21, 7, 5), "dd/mm/yyyy hh:mm"),
                (time(7, 5), "hh:mm"),
                (timedelta(hours=36, minutes=5), "[h]:mm"),
            ],
            5,
        ):
            page.write_datetime(0, column, value, workbook.add_format({"num_format": shown}))

    (grid,) = read(written(fill), "a.xlsx")
    expected = [
        "a\nb ",
        1,
        1.5,
        True,
        "ho\u0300a",
        date(1950, 12, 31),
        datetime(2026, 3, 21, 7, 5),
        time(7, 5),
        "36:05:00",
    ]
    assert grid.rows == [expected]
    assert list(map(type, grid.rows[0])) == [str, float, float, bool, str, date, datetime, time, str]


def test_cells_that_compute_are_told():
    rows = (
        '<row><c><f>1+1</f><v>2</v></c><c><v>3</v></c><c r="AB1"><f t="shared" si="0"/><v>1</v></c></row>'
        '<row r="4"><c r="B4"><f t="array" ref="B4:B5">A1:A2</f><v>1</v></c></row><row><c r="B5"><v>2</v></c></row>'
        '<row><c t="e"><v>#N/A</v></c></row>'
    )
    (grid,) = read(packed(excel(rows)), "a.xlsx")
    assert grid.formulas == {(0, 0), (0, 27), (3, 1), (4, 1), (5, 0)}
    assert grid.rows[0][:3] == [2, 3, None]
    assert len(grid.rows) == 5  # an error is no value


def test_an_error_in_old_excel_is_told():
    """A cell with a text is turned into one with an error."""
    content = bytearray((DATA / "danh-sach-dai.xls").read_bytes())
    at = content.index(pack("<HH", 0xFD, 10))
    content[at : at + 2], content[at + 10 : at + 14] = pack("<H", 0x205), b"\x2a\x01\0\0"
    assert read(bytes(content), "a.xls")[0].formulas == {(0, 0), (298, 3), (299, 3)}


def test_rows_and_cells_need_not_say_where_they_stand():
    rows = (
        '<row r="2"><c r="B2"><v>1</v></c><c><f>1</f><v>2</v></c></row>'
        '<row><c><v>3</v></c><c/><c r="D9"><f>1</f><v>4</v></c></row><row/><row><c><f>1</f><v>5</v></c></row>'
    )
    (grid,) = read(packed(excel(rows)), "a.xlsx")
    found = {(row, column) for row, values in enumerate(grid.rows) for column, value in enumerate(values) if value}
    assert grid.formulas == {(1, 2), (8, 3), (4, 0)}
    assert found == {(1, 1), (2, 0)} | grid.formulas


def test_repeated_cells_that_compute_are_told():
    cell = CELL.replace(
        "<table:table-cell", '<table:table-cell table:formula="of:=1" table:number-columns-repeated="2"'
    )
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{cell}</table:table-row>'
    )
    (grid,) = read(packed(opened(rows)), "a.ods")
    assert grid.rows == [*[[None] * 3] * 3, *[[None, "x", "x"]] * 2]
    assert grid.formulas == {(3, 1), (3, 2), (4, 1), (4, 2)}


@pytest.mark.parametrize(
    "text", ["Table1[Họ tên]", 'IF(A1="[a]b!","x","y")', "'a|b'!A1", "Trang_1!A1", "RECALL(A1)", "{1,2;3,4}"]
)
def test_an_ordinary_formula_fetches_nothing(text):
    rows = f'<row><c r="A1"><f>{text}</f><v>1</v></c></row>'
    assert read(packed(excel(rows)), "a.xlsx")[0].formulas == {(0, 0)}


def test_a_sheet_with_a_million_formatted_rows_of_nothing():
    rows = (f'<row r="{n}" s="1" customFormat="1" ht="15"/>'.encode() for n in range(2, 1_048_577))
    start, end = sheet('<row r="1"><c r="A1"><v>7</v></c></row>|').encode().split(b"|")
    assert read(packed(excel() | {SHEET: (start, *rows, end)}), "a.xlsx") == [Grid("Bảng", [[7]])]


def test_a_sheet_with_a_million_formatted_rows_of_nothing_in_libreoffice():
    rows = (
        f"<table:table-row>{CELL}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:style-name="a" table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read(packed(opened(rows)), "a.ods") == [Grid("Bảng", [["x"]])]


def test_empty_rows_and_columns_at_the_end_are_cut():
    rows = '<row><c><v>1</v></c><c s="1"/><c t="str"><v></v></c></row><row><c t="str"><v></v></c></row>'
    assert read(packed(excel(rows)), "a.xlsx") == [Grid("Bảng", [[1]])]
    assert read(b"a;b;;\n;;;\n1;;;\n;;\n\n", "a.csv") == [Grid("CSV", [["a", "b"], [None, None], ["1", None]])]


def test_a_list_of_a_province_is_read():
    row = b"<row>" + b"<c><v>1234567</v></c>" * 20 + b"</row>"
    start, end = sheet("|").encode().split(b"|")
    (grid,) = read(packed(excel() | {SHEET: (start, *[row] * 34_000, end)}), "a.xlsx")
    assert (len(grid.rows), {*map(len, grid.rows)}) == (34_000, {20})


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16", b""), ("utf-16-be", codecs.BOM_UTF16_BE), ("cp1258", b"")],
)
def test_text_in_every_encoding_of_an_office(encoding, mark):
    words = ["Đơn vị", "Ho\u0323 tên", "Phu\u031b"] if encoding != "cp1258" else ["Đơn v\u0323", "ê"]
    content = mark + ";".join(words).encode(encoding)
    assert read(content, "a.csv") == [Grid("CSV", [words])]


def test_text_of_an_old_font_is_left_to_whoever_knows_the_fonts():
    words = ["Hä vµ tªn", "NguyÔn V¨n Hïng", "M\u00adêng Kh\u00ad¬ng"]
    assert read(";".join(words).encode("latin-1"), "a.csv") == [Grid("CSV", [words])]


def test_every_byte_means_something():
    assert read(b"a;\x8d\xe9", "a.csv") == [Grid("CSV", [["a", "\x8dé"]])]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_the_one_by_which_rows_agree(separator):
    rows = [["DANH SÁCH, THÁNG 3, NĂM 2026"], ["TT", "Họ tên", "Quê"], ["1", "A", "Bản 1, xã B"], ["2", "B", "x; y, z"]]
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    (grid,) = read(text.getvalue().encode(), "a.csv")
    assert grid.rows == [rows[0] + [None] * 2, *rows[1:]]


def test_values_of_a_text_file_stay_text():
    assert read(b"01;=1+1;21/03/1990;<b>\n", "a.csv") == [Grid("CSV", [["01", "=1+1", "21/03/1990", "<b>"]])]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=8)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.integers(-(10**6), 10**6).map(lambda number: number / 8),
    st.dates(date(1900, 3, 1), date(9999, 12, 30)),
)


def squared(rows):
    """Return rows as they are to be read: equally long, nothing empty at the end."""
    rows = [[None if value == "" and isinstance(value, str) else value for value in row] for row in rows]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    width = max((at for row in rows for at, value in enumerate(row, 1) if value is not None), default=0)
    return [[*row, *[None] * width][:width] for row in rows]


@settings(max_examples=examples(12))
@given(st.lists(st.lists(VALUES, max_size=5), max_size=5))
def test_what_is_written_to_a_workbook_is_read(rows):
    def fill(workbook):
        page = workbook.add_worksheet("A")
        shown = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for place, value in (
            ((row, column), value) for row, values in enumerate(rows) for column, value in enumerate(values)
        ):
            if isinstance(value, str):
                page.write_string(*place, value)
            elif isinstance(value, date):
                page.write_datetime(*place, value, shown)
            elif value is not None:
                page.write(*place, value)

    assert read(written(fill), "a.xlsx") == [Grid("A", squared(rows))]


@settings(max_examples=examples(12))
@given(st.lists(st.lists(TEXTS | st.sampled_from(['"', "a\nb", ";"]), min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_written_to_a_text_file_is_read(rows):
    text = StringIO()
    csv.writer(text, delimiter=";").writerows([["TT", "Họ tên", "Quê"], *rows])
    (grid,) = read(text.getvalue().encode("utf-8-sig"), "a.csv")
    assert grid.rows == squared([["TT", "Họ tên", "Quê"], *rows])


# --- What a file shows ---


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("mmm-yy", "05/1975"),
        ("mm/yyyy", "05/1975"),
        ("m/yy;@", "05/1975"),
        ("[$-42A]mmmm yyyy", "05/1975"),
        ('"tháng "m"/"yyyy', "05/1975"),
        ("yyyy", "1975"),
        ('"năm" yyyy', "1975"),
        ("dd/mm/yyyy", date(1975, 5, 1)),
        ("d-mmm", date(1975, 5, 1)),
        ("[$-42A]dd mmmm yyyy", date(1975, 5, 1)),
    ],
)
def test_a_day_is_known_as_far_as_its_cell_shows_it(shown, value):
    def fill(workbook):
        workbook.add_worksheet("Bảng").write_datetime(
            1, 2, date(1975, 5, 1), workbook.add_format({"num_format": shown})
        )

    assert read(written(fill), "bang.xlsx")[0].rows[1] == [None, None, value]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_workbooks_tell_as_well_how_much_of_a_day_a_cell_shows(ending):
    (grid,) = read((DATA / f"thang-nam.{ending}").read_bytes(), f"thang-nam.{ending}")
    whole = date(1975, 5, 1)
    assert [row[:2] for row in grid.rows[1:]] == [
        [shown, shown] for shown in ("05/1975", "05/1975", "1975", "1975", whole, whole)
    ]


def test_a_cell_without_a_style_shows_what_its_column_does():
    styles = (
        '<office:automatic-styles xmlns:number="number" xmlns:style="style"><number:date-style style:name="N1">'
        '<number:month/><number:year/></number:date-style><style:style style:name="ce1" style:data-style-name="N1"/>'
        "</office:automatic-styles>"
    )
    parts = opened(
        '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="ce1"/><table:table-row '
        'table:number-rows-repeated="2"><table:table-cell office:value-type="date" office:date-value="1975-05-01"/>'
        "</table:table-row>"
    )
    parts["content.xml"] = parts["content.xml"].replace("<office:body>", f"{styles}<office:body>")
    assert read(packed(parts), "bang.ods")[0].rows == [["05/1975"], ["05/1975"]]


def test_what_is_hidden_is_told():
    def fill(workbook):
        main = workbook.add_worksheet("Bảng")
        for row in range(4):
            main.write(row, 0, "x")
        main.set_row(1, None, None, {"hidden": True})
        main.set_row(3, 0)
        for name, hide in (("Ẩn", "hide"), ("Ẩn kỹ", "very_hidden")):
            other = workbook.add_worksheet(name)
            other.write(0, 0, "y")
            getattr(other, hide)()

    found = read(written(fill), "bang.xlsx")
    assert [(grid.name, grid.hidden, grid.hidden_rows) for grid in found] == [
        ("Bảng", False, frozenset({1, 3})),
        ("Ẩn", True, frozenset()),
        ("Ẩn kỹ", True, frozenset()),
    ]


def test_what_is_struck_out_is_told():
    def fill(workbook):
        struck, bold = workbook.add_format({"font_strikeout": True}), workbook.add_format({"bold": True})
        sheet = workbook.add_worksheet()
        for at, style in enumerate((None, struck, bold, struck)):
            sheet.write(at, 1, "x", style)
        sheet.write_blank(5, 1, None, struck)

    [found] = read(written(fill), "bang.xlsx")
    assert found.struck == frozenset({(1, 1), (3, 1)})


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_what_is_struck_out_is_told_of_workbooks_of_other_kinds(ending):
    """Fonts between the plain and the struck one, a style that takes its line from another, a day and a number."""
    [found] = read((DATA / f"gach-ngang.{ending}").read_bytes(), f"gach-ngang.{ending}")
    assert [row[:2] for row in found.rows[:2]] == [["x", "x"], ["x", "x"]]
    assert found.struck == frozenset({(0, 1), (2, 1), (3, 1), (4, 0)})


def test_a_row_without_height_is_hidden():
    rows = "".join(f'<row r="{row}"{low}><c r="A{row}"><v>1</v></c></row>' for row, low in ((1, ""), (2, ' ht="0"')))
    assert read(packed(excel(rows)), "bang.xlsx")[0].hidden_rows == frozenset({1})


def test_a_workbook_in_another_folder_is_one_that_excel_opens():
    parts = {name.replace("xl/", "book/"): part.replace("xl/", "book/") for name, part in excel("").items()}
    with pytest.raises(Unreadable, match="Mở tệp bằng Excel"):
        read(packed(parts), "bang.xlsx")


def test_hidden_rows_of_libreoffice_are_told():
    rows = "".join(
        f'<table:table-row table:visibility="{seen}">{CELL}</table:table-row>' for seen in ("visible", "filter")
    )
    assert read(packed(opened(rows)), "bang.ods")[0].hidden_rows == frozenset({1})


def test_hidden_columns_are_told():
    def fill(workbook):
        sheet = workbook.add_worksheet("Bảng")
        for column in range(5):
            sheet.write(0, column, "x")
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(3, 3, 10, None, {"level": 1, "hidden": True})
        sheet.set_column(4, 4, 0)

    assert read(written(fill), "bang.xlsx")[0].hidden_columns == frozenset({1, 3, 4})


def test_hidden_columns_of_libreoffice_are_told():
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="{}"/>'
    row = f"<table:table-row>{CELL * 3}</table:table-row>"
    for seen in ("collapse", "filter"):
        assert read(packed(opened(columns.format(seen) + row)), "bang.ods")[0].hidden_columns == frozenset({2})


@pytest.mark.parametrize("name", ["xl/workbook2.xml", "xl/book.xml"])
@pytest.mark.parametrize("target", ["{}", "/{}"])
def test_the_workbook_is_the_part_that_the_file_names(name, target):
    parts = excel('<row r="1"><c r="A1" t="inlineStr"><is><t>Lò Thị Mẫu</t></is></c></row>')
    for old in ("[Content_Types].xml", "_rels/.rels"):
        parts[old] = parts[old].replace('Target="xl/workbook.xml"', f'Target="{target.format(name)}"')
        parts[old] = parts[old].replace('PartName="/xl/workbook.xml"', f'PartName="/{name}"')
    parts[name] = parts.pop("xl/workbook.xml")
    parts[f"xl/_rels/{name[3:]}.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    assert read(packed(parts), "bang.xlsx") == [Grid("Bảng", [["Lò Thị Mẫu"]])]


@pytest.mark.parametrize("separator", ";,\t")
@pytest.mark.parametrize("notes", ["", "ghi chú"])
def test_commas_within_addresses_part_nothing(separator, notes):
    address = "Bản A, xã B, huyện C, tỉnh D"
    lines = [["STT", "Họ và tên", "Ngày sinh", "Quê quán"]]
    lines += [[str(row), "Lò Văn An", "12/05/1980", address, *([notes] if row % 2 else [])] for row in range(6)]
    file = StringIO()
    csv.writer(file, delimiter=separator).writerows([["ĐẢNG BỘ XÃ BÌNH LƯ, TỈNH LAI CHÂU"], *lines])
    assert [row[:4] for row in read(file.getvalue().encode(), "a.csv")[0].rows[1:]] == [row[:4] for row in lines]


@pytest.mark.parametrize(
    ("separator", "head"),
    [
        (";", ["STT", "Ngày, tháng, năm sinh", "Quê quán (xã, huyện, tỉnh)", "Chức vụ, nơi công tác"]),
        (",", ["STT", "Họ tên; bí danh", "Nơi ở; tạm trú; hộ khẩu"]),
        ("|", ["STT", "Ngày, tháng; năm sinh", "Quê quán"]),
    ],
)
def test_other_separators_within_headings_part_nothing(separator, head):
    lines = [head] + [[str(row), *["Bản A, xã B, huyện C"] * (len(head) - 1)] for row in range(1, 6)]
    file = StringIO()
    csv.writer(file, delimiter=separator).writerows(lines)
    assert read(file.getvalue().encode(), "a.csv")[0].rows == lines


def test_what_is_quoted_before_a_spreadsheet_is_its_text():
    assert read(b'STT;="12/05/1980";="012";=1+1\n', "a.csv")[0].rows == [["STT", "12/05/1980", "012", "=1+1"]]
