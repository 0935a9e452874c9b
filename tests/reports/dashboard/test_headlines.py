"""Headlines: what each block of the dashboard comes to, in a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from reports.dashboard import headlines
from reports.figures.registry import FIGURES, REGISTERS
from reports.figures.result import Result


def result(code, value, base, *silent):
    return Result(FIGURES[code], value, base, silent=silent)


@pytest.mark.parametrize(
    ("opening", "closing", "came", "left", "sentence"),
    [
        (755, 861, 171, 65, "Đảng viên tăng 106: 171 người vào, 65 người ra"),
        (1_000, 990, 0, 10, "Đảng viên giảm 10: 0 người vào, 10 người ra"),
        (30, 30, 2, 2, "Đảng viên không đổi: 2 người vào, 2 người ra"),
        (0, 0, 0, 0, "Trong kỳ chưa ghi tăng, giảm đảng viên"),
    ],
)
def test_the_ledger_says_what_it_comes_to(opening, closing, came, left, sentence):
    assert headlines.flows(opening, closing, came, left) == sentence


@pytest.mark.parametrize(
    ("day", "done", "wanted", "sentence"),
    [
        (date(2026, 6, 30), 12, 25, "Kết nạp 12 trên 25 chỉ tiêu năm 2026: kịp so với thời gian"),
        (date(2026, 7, 15), 12, 25, "Kết nạp 12 trên 25 chỉ tiêu năm 2026: chậm so với thời gian"),
        (date(2026, 7, 1), 25, 25, "Kết nạp 25 trên 25 chỉ tiêu năm 2026: đã đủ"),
        (date(2026, 7, 1), 0, 1, "Năm 2026 chưa ghi ai được kết nạp, chỉ tiêu 1"),
        (date(2026, 12, 1), 0, 1, "Năm 2026 chưa ghi ai được kết nạp, chỉ tiêu 1: chậm so với thời gian"),
        (date(2026, 9, 1), 1, 2, "Kết nạp 1 trên 2 chỉ tiêu năm 2026: kịp so với thời gian"),
        (date(2026, 12, 1), 1, 2, "Kết nạp 1 trên 2 chỉ tiêu năm 2026: chậm so với thời gian"),
        (date(2026, 5, 1), 3, 0, "Năm 2026 đã kết nạp 3, chưa ghi chỉ tiêu"),
        (date(2026, 5, 1), 0, 0, "Năm 2026 chưa ghi ai được kết nạp, chưa ghi chỉ tiêu"),
    ],
)
def test_admissions_are_held_against_the_time_of_the_year_in_whole_people(day, done, wanted, sentence):
    assert headlines.admissions(day, done, wanted) == sentence


def test_ratings_tell_whom_they_are_known_of():
    units, members = "ratings.units.good_or_better", "ratings.members.good_or_better"
    assert headlines.ratings(2025, [result(units, 0, 0), result(members, 0, 0)]) == "Năm 2025 chưa ghi kết quả xếp loại"
    said = headlines.ratings(2025, [result(units, 0, 0), result(members, 2, 3)])
    assert said == "Năm 2025: 66,7\N{NO-BREAK SPACE}% đảng viên hoàn thành tốt trở lên"


def goal(value, base, low=70):
    figure = FIGURES["targets.village_heads_members"]
    percent = Decimal(100 * value) / base if base else None
    actual = Result(FIGURES["posts.villages.head_members"], value, base, percent)
    return Result(figure, None, low=low and Decimal(low), actual=(actual,))


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        ([goal(1, 2), goal(9, 10), goal(0, 0), None], "1 trên 3 mục tiêu về chức danh chưa đạt, 1 chưa đủ số liệu"),
        ([goal(9, 10), goal(9, 10)], "Mục tiêu về chức danh đều đạt"),
        ([goal(0, 0)], "Chức danh: chưa đủ số liệu để chấm"),
        ([goal(1, 2, low=None), None], "Chức danh ở đơn vị"),
    ],
)
def test_targets_on_posts_are_counted(goals, sentence):
    assert headlines.posts(goals) == sentence


def test_meetings_tell_how_many_cells_have_not_written_all_months():
    village, agency = "meetings.attendance.village", "meetings.attendance.agency"
    gap = Result(REGISTERS["unrecorded.meetings.village"], 12)
    known = {village: result(village, 96, 100, gap), agency: result(agency, 0, 0)}
    assert headlines.life(known) == "Dự sinh hoạt 96,0\N{NO-BREAK SPACE}% ở bản; 12 chi bộ chưa ghi đủ các tháng"
    nothing = {village: result(village, 0, 0, gap), agency: result(agency, 0, 0)}
    assert headlines.life(nothing) == "Trong kỳ chưa ghi buổi sinh hoạt nào"
