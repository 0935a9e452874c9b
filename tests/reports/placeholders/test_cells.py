"""Placeholders of cells: what is known, what is told about the rest."""

import pytest

from reports.figures.registry import KNOWN
from reports.placeholders.cells import CELLS
from reports.printed_forms.catalogue import FORMS


def test_every_figure_and_every_annex_can_be_bound():
    assert {code for code, _ in CELLS.of_figures.values()} == set(KNOWN)
    assert all(CELLS.part_of(f"bieu.{code}").code == code for code in FORMS)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("members.total", "{{ members.total }}"),
        (" members.total ", "{{ members.total }}"),
        ("bieu.5B.trang2.cot4", "{{ bieu.5B.trang2.cot4 }}"),
        ("{{members.total}}", "{{members.total}}"),
        ("Tổng cộng", "Tổng cộng"),
        ("members.nothing", "members.nothing"),
    ],
)
def test_a_code_alone_gets_its_brackets(typed, kept):
    assert CELLS.with_braces(typed) == kept


def test_parts_of_annexes_are_known_by_their_codes():
    assert CELLS.part_of("bieu.10-BTCTW") == ("10-BTCTW", 1, None)
    assert CELLS.part_of("bieu.5B.trang2.cot4") == ("5B", 2, 4)
    assert CELLS.part_of("bieu.99") is None
    assert CELLS.part_of("members.total") is None


def test_unknown_place_holders_are_told_with_what_was_meant():
    assert CELLS.errors_in("{{ members.totl }} và {{ members.female }}", None, None) == [
        "Không có chỗ điền {{ members.totl }}: có lẽ là {{ members.total }}."
    ]
    assert CELLS.errors_in("Có {{ members.total }}, {{ don_vi }}", None, None) == []


@pytest.mark.parametrize(("text", "in_rows"), [("Xem {{ bieu.1B }}", False), ("{{ bieu.1B }}", True)])
def test_a_whole_sheet_stands_alone_and_once(text, in_rows):
    [sentence] = CELLS.errors_in(text, None, None, in_rows=in_rows)
    assert "gắn riêng vào ô đầu của bảng, không lặp theo đơn vị" in sentence
    assert CELLS.errors_in("{{ bieu.1B }}", None, None) == []
