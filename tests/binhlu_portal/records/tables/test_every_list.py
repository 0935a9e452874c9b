import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from django.urls import get_resolver, resolve, reverse
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.types import RECORD_TYPES
from binhlu_portal.spreadsheets.data_workbook.resources import tab_titled
from binhlu_portal.text.vietnamese import day, number
from members.reminders.kinds import REMINDERS
from reports.figures.drilldown import LISTINGS
from reports.figures.registry import FIGURES, KNOWN, ChangeFigure, Figure
from tests.binhlu_portal.sheets.paper import clipped
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
    "units-file": [()],
    "admissions-file": [()],
}
"""Every list that can be had as a file: the name of its address, and the arguments; of figures one of each kind."""

WORKBOOKS = LISTS | {
    "record-file": [],
    "units-file": [],
    "admissions-file": [],
    "check-file": [(code,) for code in {check.among.code: code for code, check in CHECKS.items()}.values()],
}
"""Lists whose workbook is looked into: of checks one of each population; those of records go out and come back."""

BOARDS = {
    "units": lambda page: sum(not row.ended for row in page.context["rows"]),
    "admissions": lambda page: sum(count for _, count, _ in page.context["columns"]),
}
"""Pages of lists that are no tables of the list kit: of how many records they tell."""

NOT_TAKEN_ALONG = {
    "report": "figures, each of a list",
    "comparison": "figures, each of a list",
    "reconciliation": "figures, each of a list",
    "change": "leads to forms",
    "checks": "counts, each of a list",
    "reminders": "counts, each of a list",
    "dashboard": "figures, each of a list",
    "monthly-fees": "has its workbook",
    "monthly-fees-file": "a workbook",
    "workbook-filled": "a workbook",
    "annexes": "a catalogue of forms",
    "search": "leads to lists",
    "home": "leads to lists",
    "periods-progress": "leads to units",
}
"""Pages about a moment that show tables and are no lists."""

NO_LISTS = {
    "ratings-file",
    "report-file",
    "comparison-file",
    "frozen-figure-file",
    "period-report-file",
    "reconciliation-file",
}
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
    return rows_in(response.getvalue())


def rows_in(content):
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
    paper = ask(name, *args, "ky").getvalue()
    heading, printed = printed_table(rows_in(paper))
    assert clipped(load_workbook(BytesIO(paper)).active) == []
    assert (heading[0][0], printed) == ("ĐẢNG BỘ TỈNH LAI CHÂU", rows)
    assert count == number(len(rows) - 1)
    noted = Access.objects.filter(kind=AccessKind.EXPORTED).values_list("user__username", "rows")
    assert list(noted) == [("walker", len(rows) - 1)] * 3


def pages_of_moments():
    """Yield the name of every page about a moment that its address alone asks for."""
    for name, ways in get_resolver().reverse_dict.lists():
        view = resolve(reverse(name)).func if isinstance(name, str) and not ways[0][0][0][1] else None
        if view and issubclass(getattr(view, "view_class", object), MomentView):
            yield name


@pytest.mark.parametrize("name", sorted(set(pages_of_moments()) - NOT_TAKEN_ALONG.keys()))
def test_every_list_can_be_taken_along_printed_and_put_right_in_excel(ask, name):
    text = ask(name).content.decode()
    assert [words for words in ("Tải danh sách", "Để in", "Sửa trong Excel") if words not in text] == []


@pytest.mark.parametrize("name", BOARDS)
def test_files_of_a_board_hold_whom_it_shows(ask, name):
    shown = BOARDS[name](ask(name))
    _, rows = table(rows_of(ask(f"{name}-file", "csv")))
    assert len(rows) - 1 == shown > 0
    response = ask(f"{name}-file", "sua")
    book = CalamineWorkbook.from_object(BytesIO(response.getvalue()))
    assert book.get_sheet_by_index(1).height - 1 == shown


@pytest.mark.parametrize(("name", "asked"), [("units", {"tim": "na"}), ("admissions", {"buoc": "du-bi"})])
def test_a_board_that_is_narrowed_has_narrowed_files(ask, name, asked):
    everything, narrowed = (table(rows_of(ask(f"{name}-file", "csv", **more)))[1] for more in ({}, asked))
    assert 1 < len(narrowed) < len(everything)
    assert len(narrowed) - 1 == BOARDS[name](ask(name, **asked))


every_table = pytest.mark.parametrize(
    ("name", "args"),
    [(name, args) for name, found in LISTS.items() for args in found if name.removesuffix("-file") not in BOARDS],
    ids=str,
)


@every_table
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
