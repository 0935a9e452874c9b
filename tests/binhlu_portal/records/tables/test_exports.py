import csv
import tracemalloc
from datetime import date
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from assessments.choices import MeetingKind
from assessments.meetings import actions as meetings
from binhlu_portal.records.tables import exports
from tests.factories import make_member

ASKED = "don_vi=xa&ngay=01/03/2026&tu=01/07/2025&nam=2025"
DANGEROUS = ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "#N/A"]


@pytest.fixture
def load(client, clerk):
    """Return the response to a file that the clerk loads."""
    client.force_login(clerk)
    responses = []

    def load(path, more=""):
        responses.append(client.get(f"{path}?{ASKED}{more}"))
        return responses[-1]

    yield load
    for response in responses:
        response.close()


def csv_rows(response):
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:]), delimiter=";"))


def sheet(response):
    return load_workbook(BytesIO(response.getvalue())).active


def workbook(labels, rows):
    file = BytesIO()
    exports.write_xlsx(file, ["Đầu"], labels, rows)
    return load_workbook(file).active


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_says_what_it_is_and_holds_every_row(load, cell_a, form):
    for index in range(30):
        make_member(cell_a, f"Lò Văn {index:02}")
    response = load(f"/so-lieu/members.total/xuat.{form}")
    rows = csv_rows(response) if form == "csv" else [list(row) for row in sheet(response).values]
    assert [row[0] for row in rows[:4]] == [
        "Tổng số đảng viên",
        "Đảng bộ xa",
        "Số liệu đến ngày 01/03/2026, tính từ ngày 01/07/2025; xếp loại năm 2025",
        "Số dòng: 30",
    ]
    assert rows[4][:3] == ["Họ và tên", "Ngày sinh", "Giới tính"]
    assert len(rows) == 5 + 30


def test_a_narrowed_list_is_exported_narrowed_and_says_so(load, cell_a, cell_b):
    make_member(cell_a)
    make_member(cell_b)
    rows = csv_rows(load("/so-lieu/members.total/xuat.csv", "&trong=b"))
    assert ["Trong: Chi bộ b"] in rows
    assert ["Số dòng: 1"] in rows


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_is_called_after_what_it_holds(load, cell_a, form):
    disposition = load(f"/so-lieu/members.total/xuat.{form}").headers["Content-Disposition"]
    assert unquote(disposition).endswith(f"''Tổng số đảng viên – Đảng bộ xa – 01-03-2026.{form}")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Đảng viên 18/30", "Chi bộ: A"), "Đảng viên 18-30 – Chi bộ- A"),
        (("Tỷ lệ " * 40, "Chi bộ a", date(2026, 3, 1)), "Tỷ lệ " * 18 + "Tỷ – 01-03-2026"),
        (("Danh sách\r\nX: y", "a"), "Danh sách-X- y – a"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(parts, name):
    assert exports.file_name(*parts) == name


def test_the_columns_of_a_list_to_work_with_can_be_filtered():
    assert workbook(["Tên", "Số"], [["Lò Văn Mẫu", 1], ["Lò Thị Mẫu", 2]]).auto_filter.ref == "A2:B4"
    assert workbook(["Tên"], []).auto_filter.ref == "A2"


@pytest.mark.parametrize(
    ("columns", "paper", "across", "names"),
    [
        (3, ("portrait", exports.A4), None, None),
        (12, ("landscape", exports.A4), None, None),
        (15, ("landscape", exports.A3), None, None),
        (40, ("landscape", exports.A3), 3, "$A:$A"),
    ],
)
def test_a_list_to_work_with_prints_readably_with_its_headings_and_names(columns, paper, across, names):
    sheet = workbook(["Chỉ tiêu được giao"] * columns, [["mười ký tự"] * columns])
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize) == paper
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToWidth, setup.fitToHeight) == (True, across, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$2:$2", names)
    assert sheet.print_options.gridLines


def test_a_name_with_marks_is_sent_as_browsers_read_it():
    disposition = exports.csv_response("số liệu.csv", [], [], []).headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''s%E1%BB%91")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_a_workbook(text):
    cell = workbook(["Tên"], [[text]])["A3"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_a_csv(text):
    value = csv_rows(exports.csv_response("a.csv", ["Đầu"], [text], [[text]]))
    assert value[1] == value[2]
    assert value[1][0] in ([text] if text == "#N/A" else [f"'{text}", f"'{text[0]}'{text[1:]}"])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("＝1+1", "'＝1+1"),
        ("＋84", "'＋84"),
        (" =1", " '=1"),
        ("a;=1", "a;'=1"),
        ("a, =1", "a, '=1"),
        ("a\t＝1", "a\t'＝1"),
        ("a\n=1", "a\n'=1"),
        ('a"=1', "a\"'=1"),
        ("a|@1", "a|'@1"),
        ("Lò Văn A - Bản 1, tổ 2; 2020-2025", "Lò Văn A - Bản 1, tổ 2; 2020-2025"),
    ],
)
def test_what_another_program_may_take_for_a_formula_is_marked_where_it_begins(text, written):
    assert csv_rows(exports.csv_response("a.csv", [text], ["Tên"], [[text]]))[0] == [written]
    assert exports.safe(text) == written


def test_every_cell_of_a_csv_stands_in_quotes():
    lines = exports.csv_response("a.csv", ["Đầu"], ["Tên", "Số"], [["a", 1], [None, 2.5]]).getvalue().decode()
    assert lines.split("\r\n") == ['\ufeff"Đầu"', '"Tên";"Số"', '"a";"1"', '"";"2.5"', ""]


def test_a_member_with_a_dangerous_name_is_exported_as_text(load, cell_a):
    make_member(cell_a, "=HYPERLINK(1)")
    assert csv_rows(load("/so-lieu/members.total/xuat.csv"))[5][0] == "'=HYPERLINK(1)"
    assert sheet(load("/so-lieu/members.total/xuat.xlsx"))["A6"].data_type == "s"


def test_what_no_workbook_may_hold_is_left_out():
    assert workbook(["Tên"], [["a\x00b\x0bc"]])["A3"].value == "abc"


def test_days_and_numbers_are_written_as_such_and_partial_dates_as_text(load, cell_a):
    make_member(cell_a, "Lò Văn An", born_on="1980-05-17")
    make_member(cell_a, "Lò Văn Ân", born_on="1980-05")
    meetings.hold_meeting(unit=cell_a, day=date(2025, 9, 3), kind=MeetingKind.REGULAR, expected=2, present=1)
    people = sheet(load("/so-lieu/members.total/xuat.xlsx"))
    assert people["B6"].is_date
    assert people["B6"].value.date() == date(1980, 5, 17)
    assert people["B6"].number_format == "DD/MM/YYYY"
    assert people["B7"].value == "05/1980"
    held = sheet(load("/so-lieu/meetings.attendance.village/xuat.xlsx"))
    assert [cell.value for cell in held[6]][1:] == ["Chi bộ a", 2, 1]
    assert csv_rows(load("/so-lieu/members.total/xuat.csv"))[5][1] == "17/05/1980"


def test_headings_stand_out_and_columns_are_wide_enough():
    made = workbook(["Tên", "Số"], [["Lò Văn Mẫu Có Tên Dài", 1]])
    assert made["A2"].font.bold
    assert not made["A3"].font.bold
    assert made.column_dimensions["A"].width >= 21
    assert made.freeze_panes == "A3"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_are_read_by_one_query_however_many_there_are(load, cell_a, form):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            load(f"/so-lieu/members.total/xuat.{form}").getvalue()
        return len(seen)

    make_member(cell_a)
    few = queries()
    for _ in range(20):
        make_member(cell_a)
    assert queries() == few


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_long_list_takes_no_more_memory_than_a_short_one(db, form):
    def peak(count):
        rows = ([f"Lò Văn {index}", index, date(2026, 3, 1)] for index in range(count))
        tracemalloc.start()
        response = exports.response(form, "a", ["Đầu"], ["Tên", "Số", "Ngày"], rows, None)
        for _ in response:
            pass
        response.close()
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1_000)
    assert peak(20_000) < peak(1_000) + 500_000


def test_rows_pass_through_one_by_one():
    taken = []

    def rows():
        for index in range(1000):
            taken.append(index)
            yield [index]

    stream = iter(exports.csv_response("a.csv", ["Đầu"], ["Số"], rows()))
    for _ in range(5):
        next(stream)
    assert len(taken) < 10


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_figures_of_the_report_are_one_table(load, cell_a, form):
    make_member(cell_a, gender="female")
    response = load(f"/bao-cao/so-lieu.{form}")
    rows = csv_rows(response) if form == "csv" else [list(row) for row in sheet(response).values]
    found = {row[1]: row for row in rows[4:]}
    assert found["members.female"][:5] == ["III.2.1", "members.female", "Đảng viên nữ"] + (
        ["1", "1"] if form == "csv" else [1, 1]
    )
    assert float(found["members.female"][5]) == 100
    assert "chưa đặt mức" in found["targets.admissions"]


def test_an_annex_is_a_workbook(load, cell_a):
    response = load("/bieu/1B.xlsx")
    assert unquote(response.headers["Content-Disposition"]).endswith("''Biểu 1B – Đảng bộ xa – 01-03-2026.xlsx")
    assert "1B" in sheet(response).title
