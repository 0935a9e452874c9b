"""What only a title says of all rows of a list."""

from datetime import date

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from members.choices import Post
from members.models import Badge, Position
from members.roster_import.parser import recognize
from tests.factories import make_member

from .test_registers import DAY, MAI, WHO, brought, sheet

GOES_WITH = "(Kèm theo Quyết định số 15-QĐ/ĐU ngày 05/01/2026 của Ban Thường vụ Đảng ủy)"


@pytest.fixture
def known(cell_a):
    """Somebody whom the lists name."""
    days = {"born_on": PartialDate("1950-05-17"), "joined_on": PartialDate("1980-03-03")}
    return make_member(cell_a, MAI[0], official_on=PartialDate("1981-03-03"), **days)


def listed(title, *more, head, row):
    """Return a list with a title and what stands beneath it."""
    grid = sheet([*WHO, *head], [*MAI, *row], title=title)
    grid.rows[1:1] = [[line] for line in more]
    return grid


def kinds(grid):
    """Return what the columns behind those of names and births mean."""
    [found] = recognize([grid]).mapping.values()
    return list(found.values())[len(WHO) :]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (GOES_WITH, date(2026, 1, 5)),
        ("Ban hành kèm theo Quyết định số: 15-QĐ/ĐU, ngày 05 tháng 01 năm 2026", date(2026, 1, 5)),
        ("(Theo quyết định số 15 - QĐ/ĐU của Ban Thường vụ Đảng ủy ngày 5.1.2026)", date(2026, 1, 5)),
    ],
)
def test_the_decision_with_which_a_list_goes_is_that_on_all_its_posts(clerk, known, line, day):
    brought(clerk, listed("DANH SÁCH CẤP ỦY CHI BỘ", line, head=["Chức vụ"], row=["Chi ủy viên"]))
    post = Position.objects.get()
    assert (post.post, post.decision_number, post.decision_date) == (Post.COMMITTEE_MEMBER, "15-QĐ/ĐU", day)


def test_a_column_of_decisions_comes_before_the_title():
    grid = listed(
        "DANH SÁCH CẤP ỦY", GOES_WITH, head=["Chức vụ", "Số QĐ", "Ngày QĐ"], row=["Bí thư", "9-QĐ/ĐU", "5/1/2026"]
    )
    assert kinds(grid) == ["position.post", "position.decision_number", "position.decision_date"]


@pytest.mark.parametrize(
    ("title", "line", "told"),
    [
        ("DANH SÁCH ĐẢNG VIÊN", GOES_WITH, []),
        ("DANH SÁCH CẤP ỦY", "Căn cứ Quy định số 24-QĐ/TW ngày 30/7/2021", []),
        ("DANH SÁCH CẤP ỦY", "Theo Quyết định số 1-QĐ/ĐU ngày 1/7/2025, theo Quyết định số 2-QĐ/ĐU ngày 2/7/2025", []),
        ("DANH SÁCH KỶ LUẬT", GOES_WITH, ["discipline.decision_number", "discipline.decision_date"]),
    ],
)
def test_only_what_a_title_surely_says_of_what_is_listed_is_taken(title, line, told):
    assert kinds(listed(title, line, head=["Chức vụ"], row=["Chi ủy viên"]))[1:] == told


def test_the_day_of_the_decision_on_ratings_is_theirs():
    grid = listed("XẾP LOẠI ĐẢNG VIÊN NĂM 2025", GOES_WITH, head=["Xếp loại"], row=["HTTNV"])
    assert kinds(grid) == ["rating.level#2025", "rating.decided_on"]


def test_the_round_in_a_title_is_the_day_of_award(clerk, known):
    rows = [*WHO, "Huy hiệu"], [*MAI, "40 năm"], ["Cộng: 1", "", ""]
    brought(clerk, sheet(rows[0], *rows[1:], title="DANH SÁCH TẶNG HUY HIỆU ĐẢNG ĐỢT 03/02/2026"))
    assert (Badge.objects.get().awarded_on, Badge.objects.get().years) == (date(2026, 2, 3), 40)
    assert Badge.objects.get().awarded_on <= DAY
