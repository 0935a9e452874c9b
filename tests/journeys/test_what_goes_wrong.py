"""Where something has gone wrong, or is about to be written, a page is as open to everybody as any other."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_member
from tests.look import wrong_with


@pytest.fixture
def desk(sign_in, page, clerk, cell_a, cell_b):
    """The clerk, signed in."""
    make_member(cell_a, "Đèo Thị Mẫu")
    return sign_in(page, clerk)


def send(page, name="Lưu"):
    page.get_by_role("button", name=name, exact=True).first.click()


def errors_of_a_form(page):
    page.goto("/so/sinh-hoat/them/?don_vi=a")
    page.get_by_label("Phải dự").fill("")
    send(page)
    expect(page.get_by_text("Có lỗi cần sửa")).to_be_visible()


def a_restored_draft(page):
    page.goto("/so/sinh-hoat/them/?don_vi=a")
    page.get_by_label("Phải dự").fill("9")
    page.reload()
    expect(page.get_by_text("Đã khôi phục nội dung đang gõ dở")).to_be_visible()


def a_lost_connection(page):
    a_restored_draft(page)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    page.context.set_offline(False)


def an_effect_to_consent_to(page):
    page.goto("/to-chuc/b/sap-nhap/")
    page.get_by_label("Chi bộ a").check()
    page.locator("[name=day]").fill("01/11/2025")
    send(page, "Xem trước")
    expect(page.get_by_text("Chưa lưu.")).to_be_visible()


def a_day_that_is_none(page):
    page.goto("/dang-vien/?ngay=31/02/2026")
    expect(page.get_by_text("Có lỗi cần sửa")).to_be_visible()


def an_empty_list(page):
    page.goto("/dang-vien/?tim=khong+co+ai")
    expect(page.get_by_text("Không có người nào.")).to_be_visible()


def an_unknown_page(page):
    page.goto("/so/khong-co/")
    expect(page.get_by_text("Không tìm thấy trang này")).to_be_visible()


@pytest.mark.parametrize(
    "come_to",
    [
        errors_of_a_form,
        a_restored_draft,
        a_lost_connection,
        an_effect_to_consent_to,
        a_day_that_is_none,
        an_empty_list,
        an_unknown_page,
    ],
)
def test_everybody_can_use_it(desk, come_to):
    come_to(desk)
    assert wrong_with(desk) == []
