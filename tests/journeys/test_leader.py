"""A leader reads: from a chart to the names behind it, and out into a file."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.factories import make_member


@pytest.fixture
def leader_at_desk(sign_in, page, leader, cell_a, cell_b):
    """A leader, signed in; two cells have members."""
    make_member(cell_a, "Đèo Thị Mẫu", gender="female")
    make_member(cell_b, "Vàng A Khác")
    return sign_in(page, leader)


def test_drills_from_a_chart_to_a_name_and_takes_the_list_along(leader_at_desk):
    page = leader_at_desk
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")
    page.locator("a[href^='/so-lieu/members.age.41_45/']:has(svg)").first.click()
    expect(page.get_by_role("cell", name="Đèo Thị Mẫu")).to_be_visible()
    expect(page.get_by_role("cell", name="Vàng A Khác")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_text("Tải danh sách").click()
        page.get_by_role("link", name="Excel").first.click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    values = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Đèo Thị Mẫu" in values
    assert "Vàng A Khác" not in values


def test_is_offered_nothing_to_write(leader_at_desk, cell_a):
    page = leader_at_desk
    for path in ("/dang-vien/", f"/to-chuc/{cell_a.code}/", "/ket-nap/", "/so/sinh-hoat/"):
        page.goto(path)
        assert (
            page.locator("form[method=post]:not([data-sign-out])").count()
            == page.locator("form[action*='bo-loc'], form[action*='chon']").count()
        ), path
        assert page.get_by_role("link", name="Thêm").count() == 0, path
