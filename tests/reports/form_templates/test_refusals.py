"""Files that cannot be blanks: each is refused with its own sentence, and nothing of it is kept."""

import csv
import re
from io import StringIO

import pytest

from binhlu_portal.db.actions import Refusal
from binhlu_portal.spreadsheets.sandbox import limits as general
from binhlu_portal.spreadsheets.sandbox.zip_inspect import MISNAMED
from reports.form_templates import actions as form_templates
from reports.form_templates import worker_client
from reports.form_templates.limits import HEAVY, LARGEST, NO_WORKBOOK, TOO_LARGE, WRONG_SHEETS, too_wide
from reports.form_templates.models import Blank
from tests.binhlu_portal.spreadsheets import hostile
from tests.binhlu_portal.spreadsheets.hostile import packed

from .factories import NOW, workbook_of
from .workbooks import by_hand

TOO_MUCH_UNPACKED = (
    "Tệp giải nén ra quá 100 MB nên không đọc. Chép riêng phần có dữ liệu sang một tệp mới rồi tải lên lại."
)
FAR = (
    "Trang “Bảng” có dữ liệu đến hàng 1.048.576, quá 60.000 hàng. "
    "Xóa các ô thừa ở xa, hoặc tách thành nhiều tệp nhỏ hơn rồi tải lên lại."
)


def refusal_of(content):
    """Return the only sentence with which a file is refused."""
    with pytest.raises(Refusal) as refused:
        worker_client.outline(content)
    (sentence,) = refused.value.messages
    return sentence


def filled_cells(rows, columns):
    """Return a sheet all of whose cells are full."""
    return by_hand(("<row>" + "<c><v>1</v></c>" * columns + "</row>") * rows)


def formatted_rows():
    """Return a sheet of a million rows that are only formatted."""
    return by_hand('<row><c s="0"/></row>' * 1_000_000)


def merged_far():
    """Return a sheet with a merged area that reaches farther than its cells."""
    return by_hand(after='<mergeCells><mergeCell ref="A1:B501"/></mergeCells>')


def no_worksheet():
    """Return a workbook whose only sheet leads to no part."""
    return by_hand(**{"xl/_rels/workbook.xml.rels": "<Relationships/>"})


def comma_separated():
    """Return a table as text."""
    text = StringIO()
    csv.writer(text).writerows([["Đơn vị", "Đảng viên"], ["Chi bộ 1", 12]])
    return text.getvalue().encode()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: hostile.old(), NO_WORKBOOK),
        (comma_separated, NO_WORKBOOK),
        (lambda: hostile.word_document()[1], NO_WORKBOOK),
        (lambda: hostile.picture()[1], NO_WORKBOOK),
        (lambda: hostile.binary_workbook()[1], NO_WORKBOOK),
        (lambda: packed(hostile.opened()), NO_WORKBOOK),
        (lambda: by_hand(sheets=(("Ẩn", 'state="hidden"'),)), WRONG_SHEETS),
        (lambda: workbook_of({f"Trang {n}": [] for n in range(21)}), WRONG_SHEETS),
        (lambda: hostile.macro_type()[1], general.MACROS),
        (lambda: hostile.macro_part()[1], general.MACROS),
        (lambda: hostile.linked_part()[1], general.LINKED),
        (lambda: hostile.linked_formula()[1], general.LINKED),
        (lambda: hostile.linked_connection()[1], general.LINKED),
        (lambda: hostile.nested()[1], general.EMBEDDED),
        (lambda: hostile.locked()[1], general.LOCKED),
        (lambda: hostile.locked_part()[1], general.LOCKED),
        (lambda: hostile.high_ratio()[1], TOO_MUCH_UNPACKED),
        (lambda: hostile.overlapping()[1], general.BOMB),
        (lambda: hostile.laughs()[1], general.BOMB),
        (lambda: hostile.foreign_entity()[1], general.BOMB),
        (lambda: hostile.leading_out()[1], MISNAMED),
        (lambda: hostile.truncated()[1], general.BROKEN),
        (lambda: hostile.broken_markup()[1], general.BROKEN),
        (lambda: hostile.missing_sheet()[1], general.BROKEN),
        (no_worksheet, general.BROKEN),
        (formatted_rows, HEAVY),
        (lambda: hostile.far_row()[1], FAR),
        (lambda: filled_cells(501, 1), too_wide("Bảng")),
        (lambda: filled_cells(1, 61), too_wide("Bảng")),
        (lambda: filled_cells(121, 50), too_wide("Bảng")),
        (merged_far, too_wide("Bảng")),
    ],
)
def test_a_file_that_cannot_be_a_blank_is_refused_with_its_own_sentence(make, sentence):
    assert refusal_of(make()) == sentence


@pytest.mark.parametrize("content", [b"", bytes(LARGEST + 1)])
def test_an_empty_or_large_file_is_refused_before_a_process_is_started(content, monkeypatch):
    monkeypatch.setattr(worker_client, "PROGRAM", ["no such program"])
    assert refusal_of(content) == TOO_LARGE


def test_the_largest_table_is_a_blank():
    ((_, cells),) = worker_client.outline(filled_cells(100, 60))
    assert len(cells) == 6_000


@pytest.mark.parametrize("end", ["9", "6"])
def test_a_process_that_is_stopped_is_a_file_that_is_too_heavy(end, monkeypatch):
    program = f"import os, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.kill(os.getpid(), {end})"
    monkeypatch.setattr(worker_client, "PROGRAM", [worker_client.PROGRAM[0], "-c", program])
    assert refusal_of(b"PK") == HEAVY


def test_nothing_is_kept_of_a_file_that_is_refused(commune, clerk):
    content = hostile.macro_part()[1]
    with pytest.raises(Refusal, match=re.escape(general.MACROS)):
        form_templates.keep_blank(
            unit=commune, name="Biểu 12", user=clerk, now=NOW, file_name="a.xlsx", content=content
        )
    assert Blank.objects.count() == 0
