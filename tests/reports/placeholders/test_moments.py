"""Figures of another day, period, year or unit than that of the text that asks for them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.membership import actions as membership
from organizations.choices import RoleKind
from organizations.scope import SYSTEM
from reports.narrative.outline.queries import built_in
from reports.placeholders.cells import AskedCell, CellValues
from reports.placeholders.moments import LABELS, unknown_units
from reports.placeholders.report import REPORT, ReportValues
from reports.placeholders.syntax import names_in, read
from reports.printed_forms.layout import link
from tests.factories import START, make_member, make_root, make_unit, make_user, moment_of

DAY = date(2026, 3, 1)


@pytest.fixture
def text_of(commune, cell_a, cell_b, clerk):
    """A function: the values of a report of the commune for its clerk, which has looked up the placeholders given."""

    def values(*names, user=clerk):
        found = ReportValues.at(moment_of(commune, DAY, since=START, year=2025, user=user))
        found.look_up(names)
        return found

    return values


def test_what_filters_leave_open_is_that_of_the_text(text_of, cell_a):
    make_member(cell_a, day=date(2025, 9, 1))
    names = ['members.total | ngay:"31/8/2025"', "members.total | nam:2024", 'members.total | ngay:"30/6/2025"']
    values = text_of(*names)
    assert [values.piece(name).text for name in names] == ["0", "01", "–"]
    first, second = (values.elsewhere[read(name).filters].moment for name in names[:2])
    assert (first.unit, first.since, first.year) == (values.moment.unit, START, 2025)
    assert (second.as_of, second.since, second.year) == (DAY, START, 2024)


def test_a_unit_outside_the_reach_of_the_reader_or_of_the_report_is_unknown(text_of, commune, cell_a, secretary_a):
    foreign = make_unit("ngoai", make_root("khac"))
    make_member(foreign)
    makes_all = make_user("tinh", (RoleKind.SECRETARIAT, commune), (RoleKind.SECRETARIAT, foreign))
    name = 'members.total | don_vi:"ngoai"'
    for user in (SYSTEM, makes_all):
        assert unknown_units([read(name)], commune, user)[0].startswith("Không có đơn vị “ngoai”")
        piece = text_of(name, user=user).piece(name)
        assert (piece.text, piece.value, piece.query) == ("–", None, "")
    assert unknown_units([read('members.total | don_vi:"b"')], commune, secretary_a)
    assert unknown_units([read('members.total | don_vi:"b"')], commune, makes_all) == []
    moment = moment_of(cell_a, DAY, since=START, year=2025, user=secretary_a)
    asked = AskedCell(1, 1, '{{ members.total | don_vi:"b" }}', cell_a.pk)
    assert CellValues(moment, [asked]).cell(asked).value is None


def test_a_unit_that_did_not_exist_then_is_not_counted(text_of, commune):
    make_unit("moi", commune, day=date(2026, 1, 1))
    name = 'members.total | don_vi:"moi" | ngay:"31/12/2025"'
    assert text_of(name).piece(name).text == "–"


def test_what_a_text_asks_is_refused_with_what_to_write(commune, cell_a, clerk):
    assert REPORT.errors_in('{{ members.total | don_vi:"a" | ngay:"01/8/2025" }}', commune, clerk) == []
    [sentence] = REPORT.errors_in('{{ members.total | don_vi:"aa" }}', commune, clerk)
    assert sentence.startswith("Không có đơn vị “aa”: ghi mã")


def statements(values, names):
    with CaptureQueriesContext(connection) as told:
        values.look_up(names)
    return len(told)


def test_many_questions_cost_as_many_statements_as_one_of_the_same_time(text_of):
    values = text_of()
    assert statements(values, ["members.total", "members.female.tren"]) == 0
    one = statements(values, ['members.total | don_vi:"a" | ngay:"01/8/2025"'])
    values = text_of()
    many = [(code, unit) for code in ("members.female", "members.total", "admissions.total") for unit in "ab"]
    assert statements(values, [f'{code} | don_vi:"{unit}" | ngay:"01/8/2025"' for code, unit in many]) == one
    assert statements(values, ['members.total | ngay:"01/9/2025"']) == one - 1


def test_a_cell_of_a_row_asks_for_another_day_of_its_own_unit(commune, cell_a, cell_b):
    lan = make_member(cell_a, day=date(2025, 9, 1))
    membership.transfer(member=lan, to=cell_b, day=date(2025, 10, 1))
    moment = moment_of(commune, DAY, since=START, year=2025, user=SYSTEM)
    text = '{{ members.total | ngay:"15/9/2025" }}'
    cells = [AskedCell(row, 1, text, unit.pk) for row, unit in enumerate((cell_a, cell_b))]
    values = CellValues(moment, cells)
    assert [values.cell(each).value for each in cells] == [1, 0]
    then = moment_of(cell_a, date(2025, 9, 15), since=START, year=2025, user=SYSTEM)
    assert values.cell(cells[0]).link == link(then, "members.total")
    said = AskedCell(3, 1, f"Có {text} đảng viên", cell_a.pk)
    assert CellValues(moment, [said]).cell(said).value == "Có 01 đảng viên"


@pytest.mark.parametrize("name", LABELS)
def test_the_example_of_a_filter_can_be_read(name):
    assert REPORT.errors_of(read(f'members.total | {name}:"{LABELS[name][1]}"')) == []


@pytest.mark.parametrize(
    ("since", "as_of", "named"),
    [
        (date(2025, 7, 1), date(2026, 3, 1), ("01/7/2025", "01/3/2026", "31/3/2026", "31/7/2025")),
        (date(2026, 7, 1), date(2027, 2, 15), ("01/7/2026", "15/02/2027", "28/02/2027", "31/7/2025")),
    ],
)
def test_a_named_day_is_that_of_each_report(commune, since, as_of, named):
    values = ReportValues.at(moment_of(commune, as_of, since=since, year=2025))
    words = ("tu_ngay", "den_ngay", "cuoi_thang", "cuoi_thang_lap")
    assert tuple(values.piece(word).text for word in words) == named


def test_the_outline_of_the_portal_names_days_and_writes_none_itself():
    days = [name for text in built_in("nq21").texts for name in names_in(text) if "ngay:" in name]
    assert days
    assert not [name for name in days if re.search("[0-9]", name.partition("ngay:")[2])]
