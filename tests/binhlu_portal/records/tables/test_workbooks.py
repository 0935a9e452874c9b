"""Lists as the portal's own workbook: what is put right in it comes back by the import."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.records.types import RECORD_TYPES
from binhlu_portal.spreadsheets.data_workbook.reader import HELP, HIDDEN, LISTS
from binhlu_portal.spreadsheets.data_workbook.resources import MARK, TABS
from binhlu_portal.spreadsheets.jobs.actions import confirm, receive_file, work_on_next
from binhlu_portal.spreadsheets.models import Batch
from members.models import Member
from organizations.rights import Right
from tests.binhlu_portal.spreadsheets.books import Book, mark_of
from tests.binhlu_portal.spreadsheets.files import changed
from tests.factories import make_member
from tests.record_types import CORRECTIONS, RECORDS, record_of

ASKED = {"ngay": "01/03/2026", "tu": "01/01/2025", "nam": "2025"}
WRITERS = {Right.EDIT: {"clerk", "secretary_a"}, Right.DECIDE: {"clerk"}}


@pytest.fixture
def load(client, request):
    """Return a function that signs someone of the cast in and gets a workbook, or whatever is answered."""

    def load(person, name="members-file", *args, **asked):
        client.force_login(request.getfixturevalue(person))
        answer = client.get(reverse(name, args=[*args, "sua"]), ASKED | asked)
        return answer.status_code, answer.getvalue()

    return load


def marks_in(content):
    """Return the names of the sheets of a workbook, and the marks of the rows of its one sheet of records."""
    book = CalamineWorkbook.from_object(BytesIO(content))
    heading, *rows = book.get_sheet_by_name(book.sheet_names[1]).to_python()
    assert heading[0] == MARK
    return book.sheet_names, [row[0] for row in rows]


def test_a_list_narrowed_is_the_sheet_of_its_people_and_is_noted(load, clerk, cell_a):
    woman, _ = make_member(cell_a, "Lò Thị An", gender="female"), make_member(cell_a, "Lò Văn Ân", gender="male")
    content = load("clerk", gioi_tinh="female")[1]
    assert marks_in(content) == ([HELP, "Đảng viên", LISTS, HIDDEN], [mark_of(woman)])
    noted = Access.objects.filter(kind=AccessKind.EXPORTED).values_list("user", "what", "rows")
    assert list(noted) == [(clerk.pk, "Đảng viên", 1)]


def test_a_cell_put_right_is_saved_by_the_import_as_one_entry(load, clerk, cell_a):
    lan, _ = make_member(cell_a, "Lan"), make_member(cell_a, "Cúc")
    content = changed(load("clerk", tim="lan")[1], ("Đảng viên", 2, "Quê quán", "Xã Bình Lư"))
    before = Entry.objects.count()
    batch = receive_file(user=clerk, name="sua.xlsx", content=content)
    work_on_next()
    batch = Batch.objects.get(pk=batch.pk)
    assert batch.result["faults"] == []
    confirm(batch=batch, digest=batch.digest)
    work_on_next()
    assert Member.objects.get(pk=lan.pk).hometown == "Xã Bình Lư"
    entries = Entry.objects.exclude(table="spreadsheets_batch")[: Entry.objects.count() - before]
    assert [entry.row for entry in entries if entry.table == "members_member"] == [lan.pk]


@pytest.mark.parametrize("code", [code for code in RECORDS if RECORD_TYPES[code].model in TABS])
def test_the_records_of_every_register_go_out_and_come_back_put_right(load, client, clerk, cell_a, code):
    model, right = RECORD_TYPES[code].model, TABS[RECORD_TYPES[code].model].right
    record = record_of(code, cell_a, make_member(cell_a, joined_on="1990-01-05", decided_on="1990-01-02"))
    for person in ("secretary_a", "leader", "clerk"):
        status, content = load(person, "record-file", code, don_vi="a")
        page = client.get(reverse("records", args=[code]), ASKED | {"don_vi": "a"})
        may = person in WRITERS[right]
        assert (status, "sua" in page.context["files"]) == (200 if may else 404, may), person
    book = Book.read(content)
    row = book.of_record(record)
    for name, value in CORRECTIONS.get(code, {}).items():
        row[name] = TABS[model].columns[name].widget.render(value)
    before = Entry.objects.count()
    outcome = book.bring(clerk)
    assert not outcome.faults
    assert Entry.objects.count() - before == (1 if code in CORRECTIONS else 0)


def test_who_takes_no_files_along_gets_none(load, cell_a):
    for person, status in (("administrator", 403), ("stranger", 403), ("secretary_b", 404)):
        assert load(person, don_vi="a")[0] == status


@pytest.mark.parametrize("number", [1, 30])
def test_a_workbook_asks_as_much_for_many_as_for_few(load, cell_a, number, django_assert_max_num_queries):
    for _ in range(number):
        make_member(cell_a)
    load("clerk")
    with django_assert_max_num_queries(25):
        assert len(marks_in(load("clerk")[1])[1]) == number
