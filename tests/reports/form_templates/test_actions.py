"""Keeping blanks and binding their cells: what is refused, what replaces what, what the history tells."""

import pytest
from django.core.exceptions import ValidationError

from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import Refusal
from reports.form_templates import actions as form_templates
from reports.form_templates.models import Blank, BlankCell, BlankFile
from tests.ground import layer

from .factories import NOW, TABLE, bind, keep, workbook_of


@layer
def blank(commune, clerk):
    return keep(commune, clerk)


def replace(blank, user, sheets):
    content = workbook_of(sheets)
    return form_templates.replace_file(blank=blank, user=user, now=NOW, file_name="mới.xlsx", content=content)


def test_a_blank_with_unknown_place_holders_is_not_kept_and_all_are_told(commune, clerk):
    with pytest.raises(Refusal) as refused:
        keep(commune, clerk, {"Biểu": [["{{ members.totl }}", "{{ members.totl }}"], ["{{ la }} {{ members.total }}"]]})
    assert [sentence.split(":")[0] for sentence in refused.value.messages] == [
        "Không có chỗ điền {{ members.totl }}",
        "Không có chỗ điền {{ la }}",
    ]
    assert not Blank.objects.exists()


def test_two_blanks_in_use_cannot_have_one_name(blank, commune, clerk):
    with pytest.raises(ValidationError, match="Cấp ủy đã có mẫu tên này"):
        keep(commune, clerk)
    blank.is_used = False
    blank.save()
    assert keep(commune, clerk).pk != blank.pk


def test_binding_a_cell_again_replaces_what_it_said(blank):
    bind(blank, (2, 3), "members.total")
    bind(blank, (2, 3), "members.female", earlier=True)
    assert [(cell.place, cell.in_words) for cell in BlankCell.objects.all()] == [
        ("C2", "{{ members.female }}, cùng kỳ năm trước")
    ]
    assert Entry.objects.filter(table="reports_blankcell").count() == 2


@pytest.mark.parametrize(
    ("place", "sheet", "told"),
    [
        ((9, 1), "Biểu", "Tệp mẫu không có ô Biểu!A9"),
        ((1, 9), "Biểu", "Tệp mẫu không có ô Biểu!I1"),
        ((1, 1), "Khác", "Tệp mẫu không có ô Khác!A1"),
        ((5, 3), "Biểu", "Ô Biểu!C5 có công thức của cấp trên"),
    ],
)
def test_a_cell_that_is_not_there_or_computes_is_refused(blank, place, sheet, told):
    with pytest.raises(Refusal, match=told):
        bind(blank, place, "members.total", sheet)
    assert not BlankCell.objects.exists()


def test_a_cell_within_a_merged_one_is_refused(commune, clerk):
    blank = keep(commune, clerk, change=lambda book: book["Biểu"].merge_cells("A2:A3"))
    bind(blank, (2, 1), "members.total")
    with pytest.raises(Refusal, match="Tệp mẫu không có ô Biểu!A3"):
        bind(blank, (3, 1), "members.total")


def test_what_is_unknown_or_cannot_be_in_rows_is_refused_at_its_field(blank):
    with pytest.raises(Refusal) as refused:
        bind(blank, (2, 3), "{{ members.totl }}")
    assert [*refused.value.message_dict] == ["text"]
    with pytest.raises(Refusal, match="không lặp theo đơn vị"):
        bind(blank, (2, 3), "bieu.1B", last_row=4)


@pytest.mark.parametrize(
    ("first", "second"),
    [(((2, 3), 4), ((3, 3), None)), (((3, 3), None), ((2, 3), 4)), (((2, 3), 3), ((3, 3), 4))],
)
def test_bindings_do_not_overlap(blank, first, second):
    (place, last), (other, until) = first, second
    bind(blank, place, "members.total", last_row=last)
    with pytest.raises(Refusal, match="chồng lên ô đã gắn Biểu!C"):
        bind(blank, other, "members.female", last_row=until)
    bind(blank, (other[0], 2), "members.female", last_row=until)


@pytest.mark.parametrize("more", [{"last_row": 2}, {"last_row": 1}])
def test_rows_of_units_go_down(blank, more):
    with pytest.raises(ValidationError, match="hàng cuối phải ở dưới ô này"):
        bind(blank, (2, 3), "members.total", **more)


def test_rows_of_units_name_no_unit(blank, cell_a):
    with pytest.raises(ValidationError, match="và không chọn đơn vị"):
        bind(blank, (2, 3), "members.total", last_row=4, of=cell_a)


def test_another_file_keeps_what_is_bound_and_the_old_file_stays(blank, clerk):
    bind(blank, (2, 3), "members.total")
    replace(blank, clerk, {"Biểu": [*TABLE["Biểu"], ["", "", "{{ members.female }}"]]})
    assert blank.file.name == "mới.xlsx"
    assert blank.cells.count() == 1
    assert BlankFile.objects.count() == 2


def test_a_file_without_a_bound_cell_is_refused(blank, clerk):
    bind(blank, (4, 3), "members.total")
    with pytest.raises(Refusal, match="Tệp mẫu không có ô Biểu!C4"):
        replace(blank, clerk, {"Biểu": [["x"]]})
    assert BlankFile.objects.count() == 1
