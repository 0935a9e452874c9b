from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from binhlu_portal.spreadsheets.data_workbook import writer
from binhlu_portal.spreadsheets.data_workbook.reader import HELP, HIDDEN, LISTS
from binhlu_portal.spreadsheets.data_workbook.resources import MARK, TABS
from binhlu_portal.spreadsheets.data_workbook.writer import ROOM, tabs_of
from organizations.models import FormTitle, ImpossiblePair, Regulation, Threshold
from organizations.rights import Right
from organizations.scope import SYSTEM
from tests.binhlu_portal.spreadsheets.books import mark_of, written
from tests.factories import make_member

DANGEROUS = ["=1+1", "+84", "-1", "@SUM(A1)", "{=1}", "#N/A", "http://a.vn", "0123", "1e5"]
EVERYDAY = {tab.title for tab in TABS.values() if tab.right == Right.EDIT}


def book(user=SYSTEM, unit=None, **how):
    """Return the workbook as a spreadsheet opens it."""
    return load_workbook(BytesIO(written(user, unit, **how)))


def column(sheet, heading):
    """Return the cells beneath a heading."""
    place = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [row[place - 1] for row in sheet.iter_rows(2)]


def drop_downs(sheet):
    """Return {heading: (range, where its list stands, whether anything else may be typed)}."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        heading = sheet.cell(1, range_boundaries(str(rule.sqref))[0]).value
        found[heading] = str(rule.sqref), rule.formula1, rule.errorStyle == "warning"
    return found


def offered(made, source):
    """Return what a drop-down offers."""
    area = source.replace("$", "").split("!")[1]
    return [row[0].value for row in made[LISTS][area]]


def test_every_sheet_has_its_columns_in_order_with_the_mark_first(clerk):
    made = book(clerk, filled=False)
    assert made.sheetnames == [HELP, *(tab.title for tab in TABS.values()), LISTS, HIDDEN]
    for tab in TABS.values():
        headings = [cell.value for cell in made[tab.title][1]]
        assert headings == [MARK, *(found.column_name for found in tab.columns.values())]
        assert made[tab.title].freeze_panes == "C2"


def test_the_help_explains_every_column_of_every_sheet(clerk):
    rows = [[cell.value for cell in row] for row in book(clerk, filled=False)[HELP].iter_rows()]
    told = [tuple(row[:2]) for row in rows if row[3]]
    wanted = [(tab.title, found.column_name) for tab in TABS.values() for found in tab.columns.values()]
    assert told[1:] == wanted
    needed = {tuple(row[:2]) for row in rows if row[2] == "x"}
    assert {("Đảng viên", "Họ và tên"), ("Quá trình sinh hoạt", "Từ ngày")} <= needed
    assert ("Đảng viên", "Ghi chú") not in needed


def test_days_are_days_partial_dates_are_as_known_and_numbers_with_zeros_are_text(clerk, cell_a):
    make_member(cell_a, "Lò Văn An", born_on="1980-05-17", citizen_id="001180000017")
    make_member(cell_a, "Lò Văn Ân", born_on="1980-05")
    people = book(clerk)["Đảng viên"]
    born = column(people, "Ngày sinh")
    assert born[0].is_date
    assert born[0].number_format == "dd/mm/yyyy"
    assert born[0].value.date() == date(1980, 5, 17)
    assert (born[1].value, born[1].data_type) == ("05/1980", "s")
    number = column(people, "Số định danh cá nhân")[0]
    assert (number.value, number.data_type, number.number_format) == ("001180000017", "s", "@")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_a_link_or_a_number(clerk, cell_a, text):
    member = make_member(cell_a, text, hometown=text)
    made = book(clerk)
    for heading, value in (("Họ và tên", text), ("Quê quán", text)):
        cell = column(made["Đảng viên"], heading)[0]
        assert (cell.value, cell.data_type, cell.hyperlink) == (value, "s", None)
    link = column(made["Quá trình sinh hoạt"], "Đảng viên")[0]
    assert (link.value, link.data_type) == (f"{text} [{mark_of(member)}]", "s")
    assert offered(made, drop_downs(made["Quá trình sinh hoạt"])["Đảng viên"][1]) == [link.value]


def test_cells_offer_their_list_below_the_records_too(clerk, cell_a):
    make_member(cell_a)
    made = book(clerk)
    area, source, free = drop_downs(made["Đảng viên"])["Giới tính"]
    assert offered(made, source) == ["Nam", "Nữ"]
    assert area.endswith(str(1 + 1 + ROOM))
    assert not free
    area, source, free = drop_downs(made["Quá trình sinh hoạt"])["Chi bộ"]
    assert offered(made, source) == ["Đảng bộ xa [xa]", "Chi bộ a [a]"]
    assert free


def test_every_list_of_codes_is_offered(clerk):
    made = book(clerk, filled=False)
    for tab in TABS.values():
        rules = drop_downs(made[tab.title])
        for found in tab.columns.values():
            if labels := getattr(found.widget, "labels", ()):
                assert offered(made, rules[found.column_name][1]) == list(labels), found.column_name


def test_too_long_a_list_is_not_offered(clerk, cell_a, monkeypatch):
    monkeypatch.setattr(writer, "LONGEST_LIST", 2)
    for _ in range(3):
        make_member(cell_a)
    rules = drop_downs(book(clerk)["Quá trình sinh hoạt"])
    assert "Đảng viên" not in rules
    assert "Chi bộ" in rules


def test_what_people_do_not_need_to_see_is_hidden(clerk):
    made = book(clerk)
    assert {sheet.title for sheet in made if sheet.sheet_state != "visible"} == {LISTS, HIDDEN}


def test_a_secretary_gets_the_everyday_sheets_of_the_own_unit(secretary_a, cell_a, cell_b):
    lan, binh = make_member(cell_a, "Lò Thị Lan"), make_member(cell_b, "Vàng A Bình")
    content = written(secretary_a)
    made = load_workbook(BytesIO(content))
    assert {*made.sheetnames} == EVERYDAY | {HELP, LISTS, HIDDEN}
    assert [cell.value for cell in column(made["Đảng viên"], "Họ và tên")] == ["Lò Thị Lan"]
    texts = {cell.value for sheet in made for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert not any(word in text for text in texts for word in (binh.full_name, mark_of(binh), "[b]"))
    assert any(mark_of(lan) in text for text in texts)


@pytest.mark.parametrize("person", ["leader", "administrator", "stranger"])
def test_who_edits_nothing_gets_no_sheet_of_records(request, commune, person):
    assert tabs_of(request.getfixturevalue(person)) == []


def test_the_workbook_of_a_unit_holds_what_lies_beneath_it(clerk, cell_a, cell_b):
    make_member(cell_a, "Lò Thị Lan")
    make_member(cell_b, "Vàng A Bình")
    made = book(clerk, cell_b)
    assert [cell.value for cell in column(made["Đảng viên"], "Họ và tên")] == ["Vàng A Bình"]
    assert [cell.value for cell in column(made["Tổ chức đảng"], "Mã")] == ["b"]


def test_an_empty_workbook_holds_nobody(clerk, cell_a):
    make_member(cell_a, "Lò Thị Lan")
    made = book(clerk, filled=False)
    assert all(made[tab.title].max_row == 1 for tab in TABS.values())


def test_the_number_of_records_is_told(clerk, cell_a):
    make_member(cell_a)
    records = sum(tab.model._base_manager.count() for tab in TABS.values())
    in_force = sum(model.objects.count() for model in (Regulation, Threshold, FormTitle, ImpossiblePair))
    assert writer.write(BytesIO(), user=clerk) == records == 2 + 2 + 2 + 1 + 1 + in_force


@pytest.mark.parametrize("rows", [1, 30])
def test_the_statements_of_an_export_do_not_grow_with_its_rows(clerk, cell_a, rows):
    for _ in range(rows):
        make_member(cell_a)
    with CaptureQueriesContext(connection) as seen:
        written(clerk)
    assert len(seen) == 50
