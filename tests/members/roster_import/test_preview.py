"""The preview of a list: every value as it will be written, with what stood in the file where reading changed it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.importer.result_json import to_json
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.roster_import.admission_lines import NO_PLACE
from members.roster_import.cells import field_of
from members.roster_import.doubts import MAN_NAMED_THI
from members.roster_import.parser import lines, recognize
from members.roster_import.post_lines import NO_DECISION
from members.roster_import.preview import preview_of
from members.roster_import.reader import read
from members.roster_import.resolution import SKIP
from members.roster_import.table_parts import tables_in
from tests.examples import examples
from tests.factories import make_member

from .mess import TCVN3, messy
from .test_mess import messes, people

DAY = date(2026, 3, 1)
HEAD = ["TT", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "Dân tộc", "Số thẻ", "LLCT", "Xếp loại 2025", "Ngày xếp loại"]
MAI = [
    "1",
    "Lò Thị Mai",
    "17/05/1980",
    "",
    "x",
    "Thái",
    "12345678",
    "Trung cấp",
    "Hoàn thành tốt nhiệm vụ",
    "20/12/2025",
]


def previewed(user, *rows, head=HEAD, answers=None, hidden=()):
    """Check a list of the cell and return (labels, rows of the preview) as they are kept."""
    said = SenderInput(user, {"day": DAY.isoformat(), "way": "received_with_unit"}, answers or {})
    grid = Grid("Danh sách", [["DANH SÁCH ĐẢNG VIÊN – Chi bộ a"], [], head, *rows])
    with transaction.atomic():
        reading = read([replace(grid, hidden_rows=frozenset(hidden))], said)
        kept = to_json(import_rows(reading, user, today=DAY, answers=said.answers), reading)["read"]
        transaction.set_rollback(True)
    return kept["columns"], kept["rows"]


def row(**changes):
    """Return the row of Mai with other values, by the headings."""
    return [changes.get(heading, value) for heading, value in zip(HEAD, MAI, strict=True)]


def cells(user, *rows, **said):
    """Return {label: cell} of the only row of a preview, the name among them."""
    labels, [[*_, name, found, _]] = previewed(user, *rows, **said)
    return {label: cell for label, cell in zip(labels, found, strict=True) if cell} | {"Họ và tên": name}


def test_every_value_that_was_read_is_shown_as_it_will_be_written(clerk, cell_a):
    assert cells(clerk, MAI) == {
        "Họ và tên": ["Lò Thị Mai"],
        "Ngày sinh": ["17/05/1980"],
        "Giới tính": ["Nữ"],
        "Dân tộc": ["Thái"],
        "Số thẻ đảng viên": ["12345678"],
        "Lý luận chính trị": ["Trung cấp"],
        "Mức xếp loại – 2025": ["Hoàn thành tốt nhiệm vụ"],
        "Ngày xếp loại": ["20/12/2025"],
        "Chi bộ": ["Chi bộ a"],
        "Vào chi bộ từ ngày": ["01/07/2025"],
        "Vào chi bộ bằng cách": ["Tiếp nhận cùng tổ chức đảng"],
    }


@pytest.mark.parametrize(
    ("heading", "sent", "label", "cell"),
    [
        ("Số thẻ", 1234567, "Số thẻ đảng viên", ["01234567", "1234567"]),
        ("Số thẻ", "0123 4567", "Số thẻ đảng viên", ["01234567"]),
        ("Ngày sinh", "17/5/80", "Ngày sinh", ["17/05/1980", "17/5/80"]),
        ("Ngày sinh", "17.5.1980", "Ngày sinh", ["17/05/1980"]),
        ("Ngày sinh", "1980-05-17", "Ngày sinh", ["17/05/1980"]),
        ("Ngày sinh", date(1980, 5, 17), "Ngày sinh", ["17/05/1980"]),
        ("Ngày sinh", 29358, "Ngày sinh", ["17/05/1980", "29358"]),
        ("Họ và tên", "LÒ THỊ MAI", "Họ và tên", ["Lò Thị Mai", "LÒ THỊ MAI"]),
        ("Họ và tên", "Lò  Thị Mai ", "Họ và tên", ["Lò Thị Mai"]),
        ("Họ và tên", "bà Lò Thị Mai - BT", "Họ và tên", ["Lò Thị Mai", "bà Lò Thị Mai - BT"]),
        ("Họ và tên", "Đ/c Lò Thị Mai (A)", "Họ và tên", ["Lò Thị Mai", "Đ/c Lò Thị Mai (A)"]),
        ("LLCT", "TC", "Lý luận chính trị", ["Trung cấp", "TC"]),
        ("LLCT", "trung cấp", "Lý luận chính trị", ["Trung cấp"]),
        ("Dân tộc", "", "Dân tộc", None),
    ],
)
def test_what_reading_has_changed_is_marked_and_nothing_else(clerk, cell_a, heading, sent, label, cell):
    assert cells(clerk, row(**{heading: sent})).get(label) == cell


def test_letters_of_an_old_font_stand_beside_those_of_today(clerk, cell_a):
    others = [row(**{"Họ và tên": f"Vàng Thị Xuân {sign}".translate(TCVN3), "Số thẻ": ""}) for sign in "ABCDEGHI"]
    _, found = previewed(clerk, row(**{"Họ và tên": "Lò Thị Mai".translate(TCVN3)}), *others)
    assert ["Lò Thị Mai", "Lò Thị Mai".translate(TCVN3)] in [line[4] for line in found]


@pytest.mark.parametrize(
    ("stands", "becomes"), [({"ethnicity": "thai", "card_number": "12345678"}, "Không đổi"), ({}, "Thay đổi")]
)
def test_a_row_tells_what_becomes_of_the_person(clerk, cell_a, stands, becomes):
    member = make_member(cell_a, "Lò Thị Mai", gender="female", **stands)
    _, found = previewed(clerk, row(LLCT="", **{"Xếp loại 2025": "", "Ngày xếp loại": ""}))
    assert [(line[2], line[-1]) for line in found] == [(becomes, ["members_member", member.pk])]


def test_a_new_register_record_of_somebody_known_is_a_change(clerk, cell_a):
    make_member(cell_a, "Lò Thị Mai", gender="female", ethnicity="thai", card_number="12345678")
    _, [line] = previewed(clerk, row(LLCT=""))
    assert line[2] == "Thay đổi"


def test_rows_to_look_at_stand_first_with_what_is_odd(clerk, cell_a):
    good = row()
    odd = row(**{"Họ và tên": "Lò Thị Tư", "Nam": "x", "Nữ": "", "Số thẻ": ""})
    wrong = row(**{"Họ và tên": "Lò Thị Sáu", "Ngày sinh": "32/13/1990", "Số thẻ": ""})
    unseen = row(**{"Họ và tên": "Lò Thị Bảy", "Số thẻ": ""})
    _, found = previewed(clerk, good, odd, wrong, unseen, hidden=[6])
    assert [(line[1], line[2], line[3]) for line in found] == [
        (5, "Chưa lưu được", [MAN_NAMED_THI]),
        (7, "Bỏ qua", ["Ở trang hoặc hàng đang ẩn"]),
        (6, "Chưa lưu được", []),
        (4, "Thêm mới", []),
    ]
    _, found = previewed(clerk, good, odd, answers={"Danh sách!5!2": SKIP})
    assert [line[2] for line in found] == ["Bỏ qua", "Thêm mới"]


def test_what_was_read_and_has_no_place_is_told_in_its_row(clerk, cell_a):
    make_member(cell_a, "Lò Thị Mai", gender="female", card_number="12345678")
    head = [*HEAD, "Chức vụ Đảng", "Số QĐ kết nạp"]
    _, [line] = previewed(clerk, [*MAI, "Bí thư", "7-QĐ/HU"], head=head)
    assert line[3] == [NO_PLACE, NO_DECISION]


def test_two_people_side_by_side_are_two_rows(clerk, cell_a):
    head = ["Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"]
    left, right = ["Lò Thị Mai", "17/05/1980", "Nữ", "Thái"], ["Vàng A Tín", "01/01/1990", "Nam", "Mông"]
    _, found = previewed(clerk, [*left, *right], head=[*head, *head])
    assert [(line[2], line[4]) for line in found] == [("Thêm mới", [left[0]]), ("Thêm mới", [right[0]])]


@settings(max_examples=examples(25), report_multiple_bugs=False)
@given(people(), messes)
def test_every_value_of_any_list_is_in_its_preview(known, mess):
    grids = messy(known, mess)
    found = lines(tables_in(grids), recognize(grids).mapping, day=DAY)
    preview = preview_of(found, [], {})
    assert [shown.name[0] for shown in preview.rows] == [line.values["full_name"] for line in found]
    for line, shown in zip(found, preview.rows, strict=True):
        labels = {str(field_of(name).verbose_name).capitalize() for name in line.values.keys() - {"full_name"}}
        assert labels <= {label.capitalize() for label in shown.cells}
        assert set(shown.cells) <= set(preview.columns)
