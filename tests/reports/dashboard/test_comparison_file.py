"""The comparison of units as a file: what the page says to print, its parts to work with."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from assessments.meetings.actions import hold_meeting
from members.positions import actions as positions
from organizations.models import Threshold
from tests.factories import START, make_member

ASKED = {"don_vi": "xa", "ngay": "01/09/2026"}


@pytest.fixture
def villages(commune, cell_a, cell_b):
    """Two villages: one writes down its meetings, the other does not and misses its post."""
    make_member(cell_b)
    positions.appoint(unit=cell_a, post="village_head", day=START, member=make_member(cell_a))
    positions.appoint(unit=cell_b, post="village_head", day=START, holder_name="Người ngoài Đảng")
    for month in range(1, 9):
        hold_meeting(unit=cell_a, day=date(2026, month, 3), kind="regular", expected=1, present=1)
    Threshold.objects.create(code="targets.village_heads_members", low=90, started_on=START, source="Nghị quyết mẫu")


def rows_of(client, form, **asked):
    """Return the rows of the file in a form, as they are kept in it."""
    response = client.get(reverse("comparison-file", args=[form]), ASKED | asked)
    assert response.status_code == 200
    content = response.getvalue()
    if form == "csv":
        return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.rows]


def test_parts_of_cells_are_columns_to_work_with(client, leader, villages):
    client.force_login(leader)
    rows = rows_of(client, "xlsx")
    start = next(at for at, row in enumerate(rows) if row[0] == "Đơn vị")
    whole, bad, good = [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]
    assert [each["Đơn vị"] for each in (whole, bad, good)] == ["Đảng bộ xa", "Chi bộ b", "Chi bộ a"]
    assert (good["Dự sinh hoạt (%)"], good["Dự sinh hoạt: số lượng trên tổng số"]) == (100, "8/8")
    assert (bad["Dự sinh hoạt (%)"], bad["Trưởng bản là đảng viên"], bad["Đảng viên"]) == ("Chưa ghi", "Chưa", 1)
    assert whole["Trưởng bản là đảng viên: so với mục tiêu"] == "mục tiêu từ 90\N{NO-BREAK SPACE}%: chưa đạt"
    assert "Kết nạp năm nay" not in whole, "what is asked of nobody is no column"
    assert good["Đảng viên: cùng kỳ năm trước"] == 1


def test_to_print_a_cell_says_what_the_page_says_and_the_whole_has_no_number(client, leader, villages):
    client.force_login(leader)
    rows = rows_of(client, "ky")
    start = next(at for at, row in enumerate(rows) if row[0] == "TT")
    told = [row for row in rows[start + 2 :] if row[1] in ("Đảng bộ xa", "Chi bộ a", "Chi bộ b")]
    assert [row[:2] for row in told] == [[None, "Đảng bộ xa"], ["1", "Chi bộ b"], ["2", "Chi bộ a"]]
    assert any("100,0\N{NO-BREAK SPACE}%\n8/8" in str(value) for value in told[2])


def test_a_file_keeps_the_order_of_the_page(client, leader, villages):
    client.force_login(leader)
    page = client.get(f"{reverse('comparison')}?don_vi=xa&ngay=01/09/2026&xep=-truong-ban").content.decode()
    assert "/tong-quan/theo-don-vi/xuat.xlsx?don_vi=xa&amp;ngay=01/09/2026&amp;xep=-truong-ban" in page
    names = [row[0] for row in rows_of(client, "csv", xep="-truong-ban") if row[0].startswith("Chi bộ")]
    assert names == ["Chi bộ a", "Chi bộ b"]
