import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from django.urls import get_resolver, reverse
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.records.types import RECORD_TYPES
from binhlu_portal.spreadsheets.data_workbook.resources import tab_titled
from binhlu_portal.text.vietnamese import day, number
from members.reminders.kinds import REMINDERS
from reports.figures.drilldown import LISTINGS
from reports.figures.registry import FIGURES, KNOWN, ChangeFigure, Figure
from tests.proofs import undone
from tests.walk import enter

ASKED = {"ngay": "01/03/2026", "tu": "01/07/2025", "nam": "2025"}

FIGURE_OF = {figure.population.code: code for code, figure in KNOWN.items() if isinstance(figure, Figure)}
CHANGES = [code for code, figure in FIGURES.items() if isinstance(figure, ChangeFigure)]

LISTS = {
    "members-file": [()],
    "record-file": [(code,) for code in RECORD_TYPES],
    "check-file": [(code,) for code in CHECKS],
    "reminder-file": [(kind,) for kind in REMINDERS],
    "figure-file": [(code,) for code in (*FIGURE_OF.values(), *CHANGES)],
}
"""Every list that can be had as a file: the name of its address, and the arguments; of figures one of each kind."""

WORKBOOKS = LISTS | {
    "record-file": [],
    "check-file": [(code,) for code in {check.among.code: code for code, check in CHECKS.items()}.values()],
}
"""Lists whose workbook is looked into: of checks one of each population; those of records go out and come back."""

NO_LISTS = {"report-file", "comparison-file", "frozen-figure-file", "period-report-file", "reconciliation-file"}
"""Tables of figures, rows kept as they were and documents, which nothing narrows."""

every_list = pytest.mark.parametrize(
    ("name", "args"), [(name, args) for name, found in LISTS.items() for args in found], ids=str
)


@pytest.fixture(scope="module")
def walker(sample):
    """The secretariat of the sample, signed in; what it has brought is taken back after the tests of this module."""
    with undone():
        yield enter("secretariat")


@pytest.fixture
def ask(walker):
    """Return what the secretariat gets from an address about the sample; what is noted is taken back."""
    with undone():
        yield lambda name, *args, **asked: walker.get(reverse(name, args=args), ASKED | asked)


def rows_of(response):
    """Return the rows of a file as they are read by people."""
    assert response.status_code == 200
    content = response.getvalue()
    if content.startswith(b"PK"):
        return [[as_read(cell.value) for cell in row] for row in load_workbook(BytesIO(content)).active.rows]
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def as_read(value):
    if isinstance(value, datetime | date):
        return day(value)
    return "" if value is None else str(value)


def table(rows):
    """Return the table of a file without the lines above it: its rows are as wide as its heading."""
    start = next(index for index, row in enumerate(rows) if row and row[0].startswith("Số dòng: ")) + 1
    count = rows[start - 1][0].removeprefix("Số dòng: ")
    return count, [[cell.removeprefix("'") for cell in row] for row in rows[start:]]


def test_no_list_with_a_file_is_forgotten():
    named = [(name, ways) for name, ways in get_resolver().reverse_dict.lists() if isinstance(name, str)]
    files = {name for name, ways in named if any("form" in names for way in ways for _, names in way[0])}
    assert files - NO_LISTS == set(LISTS)


def test_every_population_has_a_figure_whose_list_is_walked():
    assert set(LISTINGS) <= set(FIGURE_OF)


def printed_table(rows):
    """Return the table of a list to print without ordinal numbers, the row that numbers the columns, and sums."""
    start = next(at for at, row in enumerate(rows) if row[0] == "TT")
    told = [row[1:] for row in rows[start + 2 :] if row[0].isdecimal()]
    return [row for row in rows if row[0].startswith("ĐẢNG BỘ")], [rows[start][1:], *told]


@every_list
def test_all_files_of_a_list_say_the_same_and_are_noted(ask, name, args):
    count, rows = table(rows_of(ask(name, *args, "csv")))
    assert table(rows_of(ask(name, *args, "xlsx"))) == (count, rows)
    heading, printed = printed_table(rows_of(ask(name, *args, "ky")))
    assert (heading[0][0], printed) == ("ĐẢNG BỘ TỈNH LAI CHÂU", rows)
    assert count == number(len(rows) - 1)
    noted = Access.objects.filter(kind=AccessKind.EXPORTED).values_list("user__username", "rows")
    assert list(noted) == [("walker", len(rows) - 1)] * 3


@every_list
def test_a_file_holds_what_its_page_shows(ask, name, args):
    page = ask(name.removesuffix("-file").replace("record", "records"), *args)
    _, rows = table(rows_of(ask(name, *args, "csv")))
    shown = page.context["table"]
    assert shown.paginator.count == len(rows) - 1
    assert [column.header for column in shown.columns] == rows[0]
    offered = page.context.get("columns") or ()
    for column, _ in offered[-1:]:
        chosen = table(rows_of(ask(name, *args, "xlsx", cot=column.name)))[1]
        assert chosen[0] == [rows[0][0], column.label]


@pytest.mark.parametrize(
    ("name", "args"), [(name, args) for name, found in WORKBOOKS.items() for args in found], ids=str
)
def test_the_workbook_of_a_list_holds_what_its_rows_are_about(ask, name, args):
    page = ask(name.removesuffix("-file").replace("record", "records"), *args)
    rows = page.context["table"].data.data
    response = ask(name, *args, "sua")
    book = CalamineWorkbook.from_object(BytesIO(response.getvalue()))
    title = book.sheet_names[1]
    about = {row.get("member__pk") if title == "Đảng viên" and "member__pk" in row else row["pk"] for row in rows}
    known = tab_titled(title).model.objects.editable_by(page.wsgi_request.user, tab_titled(title).right)
    assert book.get_sheet_by_name(title).height - 1 == known.filter(pk__in=about).count()
    assert "sua" in page.context["files"]
