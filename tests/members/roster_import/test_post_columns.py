"""Lists whose rows are cells and whose columns name who holds which post."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.choices import Post
from members.models import Member, Position
from members.roster_import.parser import lines, recognize
from members.roster_import.reader import read
from tests.examples import examples
from tests.factories import START, make_member

TODAY = date(2026, 12, 1)
HEADINGS = {
    Post.SECRETARY: ("Bí thư", "BÍ THƯ CHI BỘ", "Họ tên Bí thư", "Đ/c Bí thư", "Bí thư\n(họ và tên)", "BT"),
    Post.DEPUTY_SECRETARY: ("Phó Bí thư", "PBT", "Phó bí thư chi bộ", "Họ và tên phó bí thư"),
    Post.COMMITTEE_MEMBER: ("Chi ủy viên", "Ủy viên", "CUV", "Họ tên chi ủy viên"),
}
NAMES = ("Lò Thị Mai", "Vàng A Tín", "Giàng Seo Páo", "Bàn Văn An", "Nguyễn Thị Hòa", "Trường Văn Dừng", "Tẩn Láo Tả")
BETWEEN = ("\n", ", ", "; ", " và ", "\n- ", " - ", "\n2. ")
NOBODY = ("", None, "-", "Khuyết", "chưa có", "…")


def bring(user, *rows, title="DANH SÁCH CẤP ỦY CÁC CHI BỘ"):
    """Bring a list in; return (outcome, what was told)."""
    parsed = read([Grid("Sheet1", [[title], *rows])], SenderInput(user, received_on=TODAY))
    return import_rows(parsed, user, today=TODAY), parsed.notes


def held():
    """Return {(unit, post): names} of all posts."""
    found = {}
    for row in Position.objects.order_by("member__pk"):
        found.setdefault((row.unit.code, row.post), []).append(row.member.full_name)
    return found


def people(*rows):
    """Return (row, unit, name, post, phone) of everybody who is read in a list."""
    roster = recognize([Grid("Sheet1", [["DANH SÁCH CẤP ỦY"], *map(list, rows)])])
    found = lines(roster.tables, roster.mapping, day=TODAY)
    assert [line.faults for line in found if line.faults] == []
    told = ("full_name", "position.post", "phone")
    return sorted((line.row, line.unit, *(line.values.get(name) or "" for name in told)) for line in found)


@st.composite
def committees(draw):
    """Return {cell: {post: names}} of a few cells."""
    counts = st.fixed_dictionaries({post: st.integers(0, 1 if post == Post.SECRETARY else 3) for post in HEADINGS})
    return {f"Chi bộ Bản {number}": draw(counts) for number in range(1, draw(st.integers(2, 4)) + 1)}


@settings(max_examples=examples(60))
@given(committees(), st.integers(0, 10_000))
def test_who_is_named_under_a_post_holds_it(known, seed):
    random, truth = Random(seed), []
    posts = random.sample([*HEADINGS], random.randint(1, 3))
    rows = []
    for at, (cell, counts) in enumerate(known.items(), 4):
        named = {post: random.sample(NAMES, counts[post]) for post in posts}
        truth += [(at, cell, name, post, "") for post in posts for name in named[post]]
        cells = [random.choice(BETWEEN).join(named[post]) or random.choice(NOBODY) for post in posts]
        rows.append([at - 3, cell, *cells])
    if any(row[2:] and any(cell not in NOBODY for cell in row[2:]) for row in rows):
        assert people([], ["TT", "Chi bộ", *(random.choice(HEADINGS[post]) for post in posts)], *rows) == sorted(truth)


def test_what_stands_behind_each_name_is_of_its_bearer_and_a_decision_of_all():
    found = people(
        ["TT", "Tên chi bộ", "Bí thư", "", "Phó Bí thư", ""],
        ["", "", "Họ và tên", "Điện thoại", "Họ và tên", "Điện thoại"],
        [1, "Chi bộ Bản 1", "Lò Thị Mai", "0912345678", "Vàng A Tín", "0912345679"],
        [2, "Chi bộ Bản 2", "Bàn Văn An", "0912345670", "", ""],
    )
    assert found == [
        (4, "Chi bộ Bản 1", "Lò Thị Mai", Post.SECRETARY, "0912345678"),
        (4, "Chi bộ Bản 1", "Vàng A Tín", Post.DEPUTY_SECRETARY, "0912345679"),
        (5, "Chi bộ Bản 2", "Bàn Văn An", Post.SECRETARY, "0912345670"),
    ]


def test_a_number_of_the_cell_is_nobodys():
    heads = ["TT", "Chi bộ", "Bí thư", "Phó Bí thư", "Điện thoại"]
    found = people(heads, [1, "Chi bộ Bản 1", "Lò Thị Mai", "Vàng A Tín", "0912345678"])
    assert [phone for *_, phone in found] == ["", ""]


@pytest.mark.parametrize("cell", ["x", "1", "X"])
def test_marks_beneath_posts_are_no_names(cell):
    assert people(["TT", "Chi bộ", "Bí thư", "Phó Bí thư"], [1, "Chi bộ Bản 1", cell, ""]) == []


def test_posts_beside_names_of_people_are_theirs():
    heads = ["TT", "Họ và tên", "Chi bộ", "Bí thư", "Ngày sinh"]
    assert [name for _, _, name, *_ in people(heads, [1, "Lò Thị Mai", "Chi bộ Bản 1", "x", "1980"])] == ["Lò Thị Mai"]


def test_the_committee_of_a_cell_is_written_with_its_decision(clerk, cell_a):
    for name in NAMES[:3]:
        make_member(cell_a, name)
    outcome, notes = bring(
        clerk,
        ["TT", "Chi bộ", "Bí thư", "Chi ủy viên", "Số QĐ", "Ngày QĐ", "Sở trường"],
        [1, "Chi bộ a", "Lò Thị Mai", "Vàng A Tín\nGiàng Seo Páo", "5-QĐ/ĐU", "01/07/2025", "văn nghệ"],
        title=f"DANH SÁCH CẤP ỦY tính đến {START:%d/%m/%Y}",
    )
    assert outcome.faults == []
    assert held() == {
        ("a", Post.SECRETARY): ["Lò Thị Mai"],
        ("a", Post.COMMITTEE_MEMBER): ["Vàng A Tín", "Giàng Seo Páo"],
    }
    assert {*Position.objects.values_list("decision_number", flat=True)} == {"5-QĐ/ĐU"}
    assert notes[0] == "Trang “Sheet1”: 3 người."
    assert Member.objects.count() == 3


def test_what_stands_behind_a_name_is_nobody_and_what_is_in_brackets_is_told(clerk, cell_a):
    for name in NAMES[:2]:
        make_member(cell_a, name)
    told = f"{NAMES[1]} (từ 01/10/2025, thay đ/c Lò Văn Ún)"
    outcome, _ = bring(
        clerk,
        ["TT", "Chi bộ", "Bí thư", "Phó Bí thư", "Số QĐ", "Ngày QĐ"],
        [1, "Chi bộ a", f"{NAMES[0]} - Đảng viên", told, "5-QĐ/ĐU", "01/07/2025"],
        title=f"DANH SÁCH CẤP ỦY tính đến {START:%d/%m/%Y}",
    )
    assert [(fault.value, "Ghi họ và tên" in fault.message) for fault in outcome.faults] == [(told, True)]


def test_what_stands_there_of_the_cell_is_read_as_a_list_of_cells(clerk, cell_a):
    make_member(cell_a, NAMES[0])
    outcome, notes = bring(clerk, ["Chi bộ", "Bí thư", "Xếp loại 2025"], ["Chi bộ a", NAMES[0], "HTTNV"])
    assert notes[:2] == ["Trang “Sheet1”: 1 người.", "Trang “Sheet1”: 1 tổ chức đảng."]
    assert ["ngày xếp loại" in fault.message for fault in outcome.faults] == [True]


def test_columns_that_tell_of_nobody_are_named(clerk, cell_a):
    make_member(cell_a, NAMES[0])
    heads = ["TT", "Chi bộ", "Bí thư", "Sở trường", "Ghi chú"]
    _, notes = bring(clerk, heads, [1, "Chi bộ a", NAMES[0], "văn nghệ", "mới bầu"])
    assert "Trang “Sheet1”: chưa nhập cột “Sở trường”, “Ghi chú” vì chưa đủ để đọc thành danh sách." in notes
