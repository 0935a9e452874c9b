"""What is said of a fault: what stands in its cell, where it stands, and its place among the others."""

import pytest

from binhlu_portal.spreadsheets.importer.result_json import cell_of
from binhlu_portal.spreadsheets.importer.rows import Fault, ParsedFile
from binhlu_portal.spreadsheets.sandbox.client import Grid


@pytest.fixture
def reading():
    sheets = [Grid("Tổ chức đảng", [["Chi bộ"]]), Grid("Đảng viên", [["Họ và tên", "Ngày sinh"], ["Lan", 1990]])]
    return ParsedFile((), 0, [grid.name for grid in sheets], grids=sheets)


def fault(row, column, value="", sheet="Đảng viên"):
    return Fault(sheet, row, column, value, "Mẫu.")


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (fault(2, 1), "Lan"),
        (fault(2, 2), "1990"),
        (fault(2, 1, "Mai"), "Mai"),
        (fault(2, 0), ""),
        (fault(0, 1), ""),
        (fault(2, 3), ""),
        (fault(3, 1), ""),
        (fault(1, 1, sheet="Xếp loại"), ""),
    ],
)
def test_a_fault_shows_what_the_reader_noted_or_else_what_stands_in_its_cell(reading, found, shown):
    assert reading.shown(found) == shown


def test_faults_come_in_the_order_of_the_file_and_those_of_no_sheet_first(reading):
    ordered = [
        fault(0, 0, sheet=""),
        fault(9, 9, sheet="Tổ chức đảng"),
        fault(1, 2),
        fault(2, 0),
        fault(2, 1),
    ]
    assert sorted({*ordered}, key=reading.order) == ordered


@pytest.mark.parametrize(("row", "column", "words"), [(12, 4, "D12"), (12, 0, "dòng 12"), (0, 0, ""), (0, 4, "")])
def test_a_place_is_said_as_a_spreadsheet_says_it(row, column, words):
    assert cell_of({"row": row, "column": column}) == words
