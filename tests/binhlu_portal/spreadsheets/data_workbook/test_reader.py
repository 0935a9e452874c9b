from datetime import datetime

import pytest

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.spreadsheets.data_workbook import reader
from binhlu_portal.spreadsheets.data_workbook.reader import ERRORS, HELP, HIDDEN, LISTS, UNKNOWN_COLUMN, UNKNOWN_SHEET
from binhlu_portal.spreadsheets.data_workbook.resources import MARK, TABS
from binhlu_portal.spreadsheets.importer.rows import FORMULA
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.models import Member, Spell

PEOPLE = TABS[Member].title


def people(*rows, heading=(MARK, "Họ và tên", "Giới tính"), **more):
    """Return a sheet of people."""
    return Grid(PEOPLE, [list(heading), *(list(row) for row in rows)], **more)


def faults(reading):
    """Return what is wrong with the sheets and the lines of a reading."""
    return [(fault.sheet, fault.row, fault.column, fault.message) for fault in reading.faults] + [
        (fault.sheet, fault.row, fault.column, fault.message) for line in reading.lines for fault in line.faults
    ]


@pytest.mark.parametrize(
    ("grids", "known"),
    [
        ([people()], True),
        ([Grid("Trang khác", [["x"]]), people()], True),
        ([Grid("Trang khác", [[MARK, "Họ và tên"]])], False),
        ([people(heading=("Họ và tên", "Giới tính"))], False),
        ([Grid(PEOPLE, [])], False),
        ([], False),
    ],
)
def test_a_data_workbook_is_known_by_a_sheet_with_marks(grids, known):
    assert reader.recognizes(grids) == known


def test_a_row_becomes_the_values_of_a_record():
    (line,) = reader.read([people(("12-abcdef", " Lò  Văn An ", "nam"))]).lines
    assert (line.tab, line.sheet, line.row, line.mark) == (TABS[Member], PEOPLE, 2, "12-abcdef")
    assert line.values == {"full_name": "Lò Văn An", "gender": "male"}
    assert line.faults == []


def test_a_row_tells_whose_it_is_by_name_and_birth_or_by_its_link_without_the_mark():
    heading = (MARK, "Họ và tên", "Ngày sinh")
    stays = Grid(TABS[Spell].title, [[MARK, "Chi bộ", "Đảng viên"], ["", "Chi bộ a [a]", "Lò Thị Lan [12-abcdef]"]])
    lines = reader.read([people(("", "Lò Thị Lan", datetime(1980, 5, 17)), heading=heading), stays]).lines
    assert [line.who for line in lines] == ["Lò Thị Lan, 17/05/1980", "Lò Thị Lan"]


def test_columns_are_known_by_their_headings_wherever_they_stand():
    heading = ("GIOI TINH", ERRORS, MARK.lower(), "họ  và tên")
    reading = reader.read([people(("Nữ", "cũ", "M1", "Lò Thị Lan"), heading=heading)])
    (line,) = reading.lines
    assert (line.mark, line.values) == ("M1", {"full_name": "Lò Thị Lan", "gender": "female"})
    assert line.columns == {"gender": 1, "full_name": 4, MARK: 3}
    assert reading.faults == []


def test_only_what_has_a_column_is_spoken_of_and_an_empty_cell_is_the_default():
    (line,) = reader.read([people(("M1", None, "Kinh", ""), heading=(MARK, "Họ và tên", "Dân tộc", "Tôn giáo"))]).lines
    assert line.values == {"full_name": "", "ethnicity": "kinh", "religion": ""}


def test_empty_rows_are_none_and_rows_keep_their_numbers():
    reading = reader.read([people((None, None, None), ("M1", "Lan", "Nữ"), ("", "", ""), ("M2", "An", "Nam"))])
    assert [(line.row, line.mark) for line in reading.lines] == [(3, "M1"), (5, "M2")]
    assert len(list(reading.lines)) == 2  # it may be gone through more than once


def test_a_short_row_lacks_its_last_cells():
    (line,) = reader.read([Grid(PEOPLE, [[MARK, "Họ và tên", "Quê quán"], ["M1", "Lan"]])]).lines
    assert line.values == {"full_name": "Lan", "hometown": ""}


def test_what_cannot_be_read_is_said_of_its_cell_with_what_stands_there():
    (line,) = reader.read([people(("M1", "Lan", "khác"))]).lines
    (fault,) = line.faults
    assert (fault.sheet, fault.row, fault.column, fault.value) == (PEOPLE, 2, 3, "khác")
    assert "Nam; Nữ" in fault.message


def test_a_formula_is_no_value():
    (line,) = reader.read([people(("M1", "Lan", "Nữ"), formulas=frozenset({(1, 1)}))]).lines
    assert [(fault.column, fault.message) for fault in line.faults] == [(2, FORMULA)]


def test_unknown_sheets_and_columns_are_told_and_nothing_else_is_lost():
    grids = [
        Grid(HELP, [["x"]]),
        Grid(LISTS, [["x"]]),
        Grid("Ghi chú riêng", [["x"]]),
        Grid("Trang trống", []),
        people(("M1", "Lan", "Nữ", 3), heading=(MARK, "Họ và tên", "Giới tính", "Chiều cao")),
    ]
    reading = reader.read(grids)
    assert faults(reading) == [("Ghi chú riêng", 0, 0, UNKNOWN_SHEET), (PEOPLE, 1, 4, UNKNOWN_COLUMN)]
    assert len(list(reading.lines)) == 1


def test_the_hidden_sheet_says_when_the_file_was_written():
    assert reader.read([Grid(HIDDEN, [["7-abcdef"]]), people()]).stamp == "7-abcdef"
    assert reader.read([people()]).stamp == ""
    assert reader.read([Grid(HIDDEN, []), people()]).stamp == ""


def test_sheets_are_read_in_the_order_in_which_records_need_each_other():
    grids = [Grid(tab.title, [[MARK], ["M1"]]) for tab in reversed(TABS.values())]
    assert [line.tab for line in reader.read(grids).lines] == list(TABS.values())


def test_lines_are_counted_beforehand():
    assert reader.read([people(("M1", "Lan", "Nữ"), ("M2", "An", "Nam"))]).count == 2


@pytest.mark.parametrize("tab", TABS.values(), ids=lambda tab: tab.model._meta.label)
def test_a_column_that_is_not_there_says_nothing_and_the_others_what_they_hold(tab):
    titles = {name: column.column_name for name, column in tab.columns.items()}
    for absent in titles:
        heading = [MARK, *(title for name, title in titles.items() if name != absent)]
        (line,) = reader.read([Grid(tab.title, [heading, ["12-abcdef", *[None] * (len(heading) - 1)]])]).lines
        assert line.values.keys() == titles.keys() - {absent}
        assert line.values == {name: column.default for name, column in tab.columns.items() if name != absent}


MEANT = {
    "certainty": "how surely the portal knows a regulation: the least of all",
    "Threshold.unit": "the measure of a value, which its sheet says beside it",
    "Planning.step": "a row of planning is an approval unless it says otherwise, as the form proposes it",
}
"""Defaults that say more than that nothing is known, or that something has not ended."""


def test_an_empty_cell_states_nothing_of_anybody():
    told = {
        (field.name if field.name == "certainty" else f"{tab.model.__name__}.{field.name}")
        for tab in TABS.values()
        for field in tab.fields
        if tab.columns[field.name].default not in (None, "", False, OPEN)
    }
    assert told == MEANT.keys()
