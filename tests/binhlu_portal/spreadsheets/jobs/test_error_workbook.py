"""The file that goes back: as it was sent, with every fault where it stands; put right, it comes in."""

import csv
import sys
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook

from binhlu_portal.sandbox.processes import run_sandboxed
from binhlu_portal.sandbox.reach import PYTHON
from binhlu_portal.spreadsheets.data_workbook.reader import ERRORS
from binhlu_portal.spreadsheets.jobs import error_workbook
from binhlu_portal.spreadsheets.models import BatchState
from tests.binhlu_portal.spreadsheets.books import written
from tests.binhlu_portal.spreadsheets.files import PEOPLE, changed, checked, newcomer, saved
from tests.factories import make_member
from tests.ground import layer

BORN, NAME = "Ngày sinh", "Họ và tên"


@pytest.fixture(params=["in place", "anew"])
def way(request, monkeypatch):
    """Both ways of marking a workbook."""
    if request.param == "anew":
        monkeypatch.setattr(error_workbook, "LARGEST_IN_PLACE", 0)
    return request.param


@layer
def lan(cell_a):
    """A member of cell A."""
    return make_member(cell_a, "Lan")


def sent_back(batch):
    """Return the bytes of the file that goes back."""
    file = BytesIO()
    error_workbook.write(file, batch)
    return file.getvalue()


def opened(batch):
    """Return the file that goes back, opened."""
    return load_workbook(BytesIO(sent_back(batch)))


def cell_of(sheet, row, heading):
    """Return the cell beneath a heading."""
    return sheet.cell(row, [cell.value for cell in sheet[1]].index(heading) + 1)


def test_faulty_cells_are_coloured_and_told_and_a_last_column_tells_all_of_a_row(clerk, lan, way):
    wrong = [(PEOPLE, 2, BORN, "32/13/1990"), (PEOPLE, 2, "Giới tính", "xx")]
    batch = checked(clerk, changed(written(clerk), *wrong))
    sheet = opened(batch)[PEOPLE]
    told = {fault["column"]: fault["message"] for fault in batch.result["faults"]}
    for heading in (BORN, "Giới tính"):
        cell = cell_of(sheet, 2, heading)
        assert cell.fill.fgColor.rgb == error_workbook.COLOUR
        assert cell.comment.text == told[cell.column]
    assert sheet.cell(1, sheet.max_column).value == ERRORS
    assert sheet.cell(2, sheet.max_column).value.split("\n") == [told[column] for column in sorted(told)]
    assert cell_of(sheet, 2, NAME).comment is None
    assert cell_of(sheet, 2, NAME).fill.fgColor.rgb != error_workbook.COLOUR


@pytest.mark.parametrize("end", ["import os; os.abort()", "while True: pass", "exit(3)"])
def test_whatever_happens_to_the_process_that_marks_the_faults_go_back(clerk, lan, monkeypatch, end):
    monkeypatch.setattr(error_workbook, "MARKER", [sys.executable, "-c", end])
    monkeypatch.setattr(error_workbook, "SECONDS", 1)
    sheet = opened(checked(clerk, changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))))[PEOPLE]
    assert cell_of(sheet, 2, BORN).fill.fgColor.rgb == error_workbook.COLOUR


def test_the_workbook_is_opened_where_nothing_else_can_be_read(clerk, lan, monkeypatch):
    orders = []

    def noted(command, content, seconds, reach):
        orders.append((command[-2], reach.readable == PYTHON.readable, reach.programs, len(reach.writable)))
        return run_sandboxed(command, content, seconds, reach)

    monkeypatch.setattr(error_workbook, "run_sandboxed", noted)
    opened(checked(clerk, changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))))
    assert orders == [("binhlu_portal.spreadsheets.jobs.marks_worker", True, (), 1)]


def test_all_other_cells_and_sheets_stay(clerk, lan, way):
    content = changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))
    sent, back = load_workbook(BytesIO(content)), opened(checked(clerk, content))
    assert back.sheetnames == sent.sheetnames
    for sheet in sent:
        for row in sheet.iter_rows():
            for cell in row:
                assert back[sheet.title][cell.coordinate].value == cell.value
        added = back[sheet.title].max_column - sheet.max_column
        assert added == (sheet.title == PEOPLE)
    assert back["_binhlu"].sheet_state == "hidden"


def test_in_place_the_workbook_looks_as_before(clerk, lan):
    content = changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))
    sent, back = (book[PEOPLE] for book in (load_workbook(BytesIO(content)), opened(checked(clerk, content))))
    assert back.freeze_panes == sent.freeze_panes
    assert back.column_dimensions["B"].width == sent.column_dimensions["B"].width
    assert len(back.data_validations.dataValidation) == len(sent.data_validations.dataValidation) > 0
    assert back["B1"].font.b is sent["B1"].font.b is True


def test_put_right_it_comes_in(clerk, lan, way):
    back = sent_back(checked(clerk, changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))))
    batch = checked(clerk, changed(back, (PEOPLE, 2, BORN, "17/05/1980")))
    assert (batch.state, batch.result["faults"]) == (BatchState.CHECKED, [])
    assert batch.result["writes"] == 0


def test_sent_again_with_another_fault_only_that_one_is_marked(clerk, lan, way, cell_a):
    make_member(cell_a, "Hoa")
    back = sent_back(checked(clerk, changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))))
    again = changed(back, (PEOPLE, 2, BORN, "17/05/1980"), (PEOPLE, 3, BORN, "1/1/1"))
    sheet = opened(checked(clerk, again, "ds-loi.xlsx"))[PEOPLE]
    assert [cell.value for cell in sheet[1]].count(ERRORS) == 1
    assert cell_of(sheet, 3, BORN).fill.fgColor.rgb == error_workbook.COLOUR
    assert cell_of(sheet, 2, BORN).comment is None
    assert not cell_of(sheet, 2, ERRORS).value
    assert cell_of(sheet, 3, ERRORS).value


def test_a_sheet_put_right_goes_back_without_its_column(clerk, lan, way):
    back = sent_back(checked(clerk, changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))))
    fixed = changed(back, (PEOPLE, 2, BORN, "17/05/1980"), ("Quá trình sinh hoạt", 2, "Từ ngày", "x"))
    book = opened(checked(clerk, fixed))
    assert ERRORS in [cell.value for cell in book["Quá trình sinh hoạt"][1]]
    assert ERRORS not in [cell.value for cell in book[PEOPLE][1]]


def test_marks_of_the_time_before_vanish(clerk, lan):
    content = changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"), (PEOPLE, 2, "Giới tính", "xx"))
    back = sent_back(checked(clerk, content))
    sheet = opened(checked(clerk, changed(back, (PEOPLE, 2, BORN, "17/05/1980"))))[PEOPLE]
    assert cell_of(sheet, 2, BORN).fill.fgColor.rgb != error_workbook.COLOUR
    assert cell_of(sheet, 2, "Giới tính").fill.fgColor.rgb == error_workbook.COLOUR


def test_no_formula_comes_back_and_no_text_becomes_one(clerk, lan, way):
    content = changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"), (PEOPLE, 2, NAME, '=HYPERLINK("x")'))
    batch = checked(clerk, content)
    batch.mends = {f"{PEOPLE}!2!8": "=1+1"}
    back = opened(batch)
    assert back[PEOPLE]["H2"].value == "=1+1"
    assert [
        cell.coordinate for sheet in back for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


def test_values_put_right_on_screen_stand_in_the_file(clerk, lan, way):
    batch = checked(clerk, changed(written(clerk), *newcomer(3, born="32/13/1990")))
    batch.mends = {f"{PEOPLE}!3!2": "Nguyễn Thị Sửa"}
    assert opened(batch)[PEOPLE]["B3"].value == "Nguyễn Thị Sửa"


def test_what_is_wrong_with_a_sheet_or_a_heading_stands_beneath_the_headings(clerk, lan, way):
    book = load_workbook(BytesIO(written(clerk)))
    book.create_sheet("Riêng")["A1"] = "x"
    book[PEOPLE].cell(1, book[PEOPLE].max_column + 1).value = "Cột lạ"
    back = opened(checked(clerk, saved(book)))
    assert "không nhận ra trang tính này" in back["Riêng"]["B2"].value
    assert "Cột AL: " in cell_of(back[PEOPLE], 2, ERRORS).value
    assert cell_of(back[PEOPLE], 1, "Cột lạ").fill.fgColor.rgb == error_workbook.COLOUR


def test_comments_of_the_sender_stay(clerk, lan):
    from openpyxl.comments import Comment

    book = load_workbook(BytesIO(changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))))
    cell_of(book[PEOPLE], 2, BORN).comment = Comment("Hỏi lại", "Lan")
    assert cell_of(opened(checked(clerk, saved(book)))[PEOPLE], 2, BORN).comment.text == "Hỏi lại"


def test_merged_cells_are_no_hindrance(clerk, lan):
    book = load_workbook(BytesIO(changed(written(clerk), (PEOPLE, 2, BORN, "32/13/1990"))))
    sheet = book[PEOPLE]
    sheet.merge_cells(start_row=2, end_row=2, start_column=sheet.max_column, end_column=sheet.max_column + 3)
    batch = checked(clerk, saved(book))
    assert cell_of(opened(batch)[PEOPLE], 2, ERRORS).value
    assert checked(clerk, sent_back(batch)).result["faults"][0]["message"] == batch.result["faults"][0]["message"]


def roster(rows, title="DANH SÁCH ĐẢNG VIÊN CHI BỘ A"):
    """Return a list of an office, as rows."""
    return [[title], [], ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"], *rows]


def as_xlsx(rows):
    """Return rows as a workbook."""
    book = Workbook()
    book.active.title = "DS"
    for row in rows:
        book.active.append(row)
    return saved(book)


def as_csv(rows):
    """Return rows as a csv file."""
    file = StringIO()
    csv.writer(file, delimiter=";").writerows(rows)
    return file.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(("make", "name"), [(as_xlsx, "ds.xlsx"), (as_csv, "ds.csv")])
def test_a_list_of_an_office_goes_back_with_its_faults_beside_its_own_headings(clerk, cell_a, make, name):
    batch = checked(clerk, make(roster([[1, "Lò Văn Mẫu", "32/13/1990", "Nam", "Thái"]])), name)
    assert batch.result["faults"], batch.message
    back = load_workbook(BytesIO(sent_back(batch)))
    sheet = back.worksheets[0]
    assert (sheet["F3"].value, bool(sheet["F4"].value)) == (ERRORS, True)
    assert sheet["C4"].fill.fgColor.rgb == error_workbook.COLOUR
    sheet["C4"].value = "17/05/1990"
    fixed = checked(clerk, saved(back), error_workbook.name_of(batch))
    assert 3 not in {fault["column"] for fault in fixed.result["faults"]}
    assert [column["header"] for column in fixed.result["settings"]["columns"]] == roster([])[2]
    assert fixed.result["settings"]["columns"][0]["sheet"] == batch.result["settings"]["columns"][0]["sheet"]


@pytest.mark.parametrize(
    ("name", "back"),
    [("ds.xls", "ds-loi.xlsx"), ("ds", "ds-loi.xlsx"), ("ds-loi.xlsx", "ds-loi.xlsx"), ("a.b.csv", "a.b-loi.xlsx")],
)
def test_the_file_that_goes_back_is_called_after_the_one_that_came(name, back):
    assert error_workbook.name_of(type("Batch", (), {"name": name})) == back


def test_names_of_sheets_are_made_to_fit():
    taken = set()
    assert [error_workbook.title_of(name, taken) for name in ("a/b", "A_B", "x" * 40, "")] == [
        "a_b",
        "A_B (2)",
        "x" * 31,
        "Trang",
    ]
