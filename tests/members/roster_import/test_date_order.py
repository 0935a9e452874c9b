"""A column of dates that speaks against the day first is asked about, once, and never guessed."""

from datetime import date, datetime

import pytest

from members.models import Member

from .test_registers import bring, sheet

HEAD = ["Họ và tên", "Giới tính", "Dân tộc", "Chi bộ", "Ngày sinh"]
NAMES = ("Lò Văn An", "Lò Văn Bình", "Lò Văn Cam", "Lò Văn Danh")
WAY = {"way": "received_with_unit"}


def listed(*days):
    return sheet(HEAD, *([name, "Nam", "Thái", "Chi bộ a", day] for name, day in zip(NAMES, days, strict=False)))


def births():
    return [str(born) for born in Member.objects.order_by("full_name").values_list("born_on", flat=True)]


ENGLISH = ("05/13/1980", "05/12/1980", "1975")
TURNED = ("13/05/1980", datetime(1980, 12, 5), datetime(1981, 2, 3), "1975")


@pytest.mark.parametrize(
    ("days", "answer", "expected"),
    [
        (ENGLISH, "thang", ["13/05/1980", "12/05/1980", "1975"]),
        (TURNED, "thang", ["13/05/1980", "12/05/1980", "02/03/1981", "1975"]),
        (TURNED, "ngay", ["13/05/1980", "05/12/1980", "03/02/1981", "1975"]),
    ],
)
def test_a_column_with_the_month_first_is_asked_once(clerk, cell_a, days, answer, expected):
    _, outcome = bring(clerk, listed(*days), settings=WAY)
    [question] = [fault for fault in outcome.faults if fault.options]
    assert (question.row, [*question.options]) == (0, ["thang", "ngay"])
    _, outcome = bring(clerk, listed(*days), settings=WAY, answers={question.place: answer})
    assert outcome.faults == []
    assert births() == expected


@pytest.mark.parametrize(
    "days",
    [
        ("05/12/1980", "13/05/1980"),
        ("05/12/1980", "06/11/1980"),
        (datetime(1980, 12, 5), datetime(1981, 2, 13), "13/05/1980"),
        (datetime(1980, 12, 5), "13/05/1980"),
        (datetime(1980, 12, 5), datetime(1981, 2, 3), "13/05/1980", "12/05/1980"),
    ],
)
def test_the_day_comes_first_where_nothing_speaks_against_it(clerk, cell_a, days):
    _, outcome = bring(clerk, listed(*days), settings=WAY)
    assert outcome.faults == []
    assert Member.objects.first().born_on.first_day == date(1980, 12, 5)


def test_a_number_with_a_point_before_three_digits_is_asked(clerk, cell_a):
    head = [*HEAD, "Nhóm đóng đảng phí", "Mức thu nhập", "Từ ngày"]
    rows = [["Lò Văn An", "Nam", "Thái", "Chi bộ a", "1980", "Lương hưu", income, "1/1/2026"] for income in ("5.500",)]
    _, outcome = bring(clerk, sheet(head, *rows), settings=WAY)
    assert [("5500" in fault.message, fault.value) for fault in outcome.faults] == [(True, "5.500")]
