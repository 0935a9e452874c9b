"""Days of meetings without their month or year, beneath a title that says it."""

import pytest

from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.roster_import.table_parts import tables_in


def days(title, heading, *cells):
    """Return the cells of a column as they are read beneath a title, and as they were sent."""
    head = ["TT", "Chi bộ", heading, "Có mặt", "Phải dự"]
    rows = [[number, f"Chi bộ Bản {number}", cell, 10, 12] for number, cell in enumerate(cells, 1)]
    table = tables_in([Grid("Sheet1", [[title], head, *rows])])[0]
    return [row[2] for row in table.rows[2:]], [row[2] for row in table.sent[2:]]


@pytest.mark.parametrize("title", ["SINH HOẠT CHI BỘ THÁNG 7 NĂM 2026", "Sinh hoạt chi bộ tháng 07/2026"])
def test_days_are_of_the_month_of_the_title(title):
    cells = ["3/7", 5, "Ngày 4", "03.07", "ngày 6 tháng 7"]
    read, sent = days(title, "Ngày họp", *cells)
    assert [tuple(map(int, day.split("/"))) for day in read] == [(day, 7, 2026) for day in (3, 5, 4, 3, 6)]
    assert sent == cells


def test_a_year_completes_days_with_a_month():
    assert days("SINH HOẠT CHI BỘ NĂM 2026", "Ngày sinh hoạt", "3/7", "5")[0] == ["3/7/2026", "5"]


@pytest.mark.parametrize(
    ("title", "heading", "cell"),
    [
        ("SINH HOẠT CHI BỘ THÁNG 7 NĂM 2026", "Ngày họp", "4/8"),  # of another month
        ("SINH HOẠT CHI BỘ THÁNG 7 NĂM 2026", "Ngày họp", "4/7/2025"),
        ("Sinh hoạt chi bộ tháng 7/2026 và tháng 8/2026", "Ngày họp", "4"),
        ("SINH HOẠT CHI BỘ", "Ngày họp", "3/7"),
        ("KẾT NẠP THÁNG 7 NĂM 2026", "Ngày vào Đảng", "3/7"),  # nobody says that all of them are of that month
    ],
)
def test_what_no_title_completes_stays_as_it_is(title, heading, cell):
    assert days(title, heading, cell)[0] == [cell]
