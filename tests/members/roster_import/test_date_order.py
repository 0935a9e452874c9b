"""A column of dates that speaks against the day first is asked about, once, and never guessed."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from members.models import Member
from members.roster_import.reader import read

from .test_registers import bring, sheet

HEAD = ["Họ và tên", "Giới tính", "Dân tộc", "Chi bộ", "Ngày sinh"]
NAMES = ("Lò Văn An", "Lò Văn Bình", "Lò Văn Cam", "Lò Văn Danh")
WAY = {"way": "received_with_unit"}


def listed(*days):
    return sheet(HEAD, *([name, "Nam", "Thái", "Chi bộ a", day] for name, day in zip(NAMES, days, strict=False)))


def births():
    return [str(born) for born in Member.objects.order_by("full_name").values_list("born_on", flat=True)]


ENGLISH = ("05/13/1980", "05/12/1980", "1975")
TURNED = ("13/05/1980", datetime(1980, 12, 5), datetime(1981, 2, 3), "1975")


@pytest.mark.parametrize(
    ("days", "answer", "expected"),
    [
        (ENGLISH, "thang", ["13/05/1980", "12/05/1980", "1975"]),
        (TURNED, "thang", ["13/05/1980", "12/05/1980", "02/03/1981", "1975"]),
        (TURNED, "ngay", ["13/05/1980", "05/12/1980", "03/02/1981", "1975"]),
    ],
)
def test_a_column_with_the_month_first_is_asked_once(clerk, cell_a, days, answer, expected):
    _, outcome = bring(clerk, listed(*days), settings=WAY)
    [question] = [fault for fault in outcome.faults if fault.options]
    assert (question.row, [*question.options]) == (0, ["thang", "ngay"])
    _, outcome = bring(clerk, listed(*days), settings=WAY, answers={question.place: answer})
    assert outcome.faults == []
    assert births() == expected


@pytest.mark.parametrize(
    "days",
    [
        ("05/12/1980", "13/05/1980"),
        ("05/12/1980", "06/11/1980"),
        (datetime(1980, 12, 5), datetime(1981, 2, 13), "13/05/1980"),
        (datetime(1980, 12, 5), "13/05/1980"),
        (datetime(1980, 12, 5), datetime(1981, 2, 3), "13/05/1980", "12/05/1980"),
    ],
)
def test_the_day_comes_first_where_nothing_speaks_against_it(clerk, cell_a, days):
    _, outcome = bring(clerk, listed(*days), settings=WAY)
    assert outcome.faults == []
    assert Member.objects.first().born_on.first_day == date(1980, 12, 5)


def test_a_number_with_a_point_before_three_digits_is_asked(clerk, cell_a):
    head = [*HEAD, "Nhóm đóng đảng phí", "Mức thu nhập", "Từ ngày"]
    rows = [["Lò Văn An", "Nam", "Thái", "Chi bộ a", "1980", "Lương hưu", income, "1/1/2026"] for income in ("5.500",)]
    _, outcome = bring(clerk, sheet(head, *rows), settings=WAY)
    assert [("5500" in fault.message, fault.value) for fault in outcome.faults] == [(True, "5.500")]


UNTOLD = ("05/12/1980", "06/11/1980", "1975")


def column_of(reading, heading="Ngày sinh"):
    return next(column for column in reading.settings["columns"] if column["header"] == heading)


def test_a_column_that_cannot_tell_its_order_says_how_it_is_read_and_may_be_turned(clerk, cell_a):
    reading = read([listed(*UNTOLD)], SenderInput(clerk, WAY | {"day": "2026-03-01"}))
    assert [row.cells["Ngày sinh"][0] for row in reading.preview.rows] == ["05/12/1980", "06/11/1980", "1975"]
    assert reading.preview.hints == {"Ngày sinh": "đọc là ngày/tháng"}
    [topic] = column_of(reading)["turn"]["topics"]
    reading, outcome = bring(clerk, listed(*UNTOLD), settings=WAY, answers={topic: "thang"})
    assert (outcome.faults, births()) == ([], ["12/05/1980", "11/06/1980", "1975"])
    assert reading.preview.hints == {"Ngày sinh": "đọc là tháng/ngày"}


@pytest.mark.parametrize("days", [("05/12/1980", "13/05/1980"), ("05/05/1980", "1975"), ("1980", "06/1975"), ENGLISH])
def test_a_column_that_tells_its_order_is_not_marked(clerk, cell_a, days):
    reading, _ = bring(clerk, listed(*days), settings=WAY)
    assert column_of(reading)["turn"] is None


def test_a_column_that_nobody_sees_is_marked_and_to_be_looked_at(clerk, cell_a):
    grid = replace(listed("13/05/1980"), hidden_columns=frozenset({2, 4, 9}))
    reading, outcome = bring(clerk, grid, settings=WAY)
    assert outcome.faults == []
    assert reading.preview.hints == dict.fromkeys(("Dân tộc", "Ngày sinh"), "cột đang ẩn trong tệp")
    assert [column["header"] for column in reading.settings["columns"] if not column["certain"]] == [
        "Dân tộc",
        "Ngày sinh",
    ]


def test_columns_from_which_nothing_is_taken_are_named(clerk, cell_a):
    grid = listed("13/05/1980")
    rows = [[*row, extra] for row, extra in zip(grid.rows, [None, None, "Khen thưởng", "Giấy khen"], strict=True)]
    reading, _ = bring(clerk, replace(grid, rows=rows), settings=WAY)
    assert [note for note in reading.notes if "“Khen thưởng”" in note]
