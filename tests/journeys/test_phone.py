"""A secretary has the phone remembered, signs in by six digits and by a finger, and forgets it from another machine."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from binhlu_portal.accounts.models import PairedPhone, Session
from tests.journeys.test_passkeys import NAME, Reader, add
from tests.look import wrong_with

PIN = "482917"


@pytest.fixture
def paired(telephone, sign_in):
    """Return a function that pairs the telephone with somebody and signs out on it."""

    def paired(user, tools=None):
        telephone.goto(reverse("account"))
        telephone.get_by_role("link", name="Nhớ điện thoại này").click()
        assert wrong_with(telephone, tools=tools) == []
        telephone.get_by_label("Mã PIN mới").fill(PIN)
        telephone.get_by_label("Ghi lại mã PIN").fill(PIN)
        telephone.get_by_role("button", name="Nhớ điện thoại này").click()
        expect(telephone.get_by_text("lần sau đăng nhập chỉ ghi mã PIN")).to_be_visible()
        telephone.get_by_role("button", name="Mục chính").click()
        telephone.locator("[data-sign-out] button").click()
        expect(telephone.get_by_label("Mã PIN của điện thoại này")).to_be_focused()
        return telephone

    return paired


def open_by_pin(telephone, pin):
    telephone.get_by_label("Mã PIN của điện thoại này").fill(pin)
    telephone.get_by_role("button", name="Đăng nhập").click()


def test_a_phone_is_remembered_opens_by_a_pin_and_is_forgotten_elsewhere(page, telephone, sign_in, paired, secretary_a):
    sign_in(telephone, secretary_a)
    paired(secretary_a)
    sheets = telephone.evaluate("[...document.styleSheets].map((sheet) => sheet.href.split('/').at(-1))")
    assert sheets == ["pin.css"]
    assert wrong_with(telephone) == []
    assert "secretary_a" not in telephone.content()
    open_by_pin(telephone, "482918")
    expect(telephone.get_by_role("alert")).to_contain_text("Còn 4 lần")
    assert wrong_with(telephone) == []
    open_by_pin(telephone, PIN)
    expect(telephone.get_by_role("link", name="Ghi buổi sinh hoạt")).to_be_visible()
    Session.objects.all().delete()
    telephone.get_by_role("link", name="Ghi buổi sinh hoạt").click()  # htmx puts the page into the one that is there
    expect(telephone.get_by_label("Mã PIN của điện thoại này")).to_be_visible()
    assert wrong_with(telephone) == []
    open_by_pin(telephone, PIN)
    expect(telephone.locator("[data-sign-out]")).to_be_attached()
    sign_in(page, secretary_a)
    page.goto(reverse("account"))
    page.get_by_text("Quên điện thoại này", exact=True).click()
    expect(page.get_by_text("chưa gửi bị xóa, không lấy lại được")).to_be_visible()
    assert wrong_with(page) == []
    assert PairedPhone.objects.exists()  # it asks first
    page.get_by_role("button", name="Quên và đăng xuất").click()
    expect(page.get_by_text("Đã quên điện thoại đó")).to_be_visible()
    assert not PairedPhone.objects.exists()
    telephone.goto("/")
    expect(telephone.get_by_label("Tên đăng nhập")).to_be_visible()


def test_a_finger_does_in_place_of_the_pin(telephone, sign_in, paired, secretary_a):
    reader = Reader(sign_in(telephone, secretary_a))
    add(telephone, reader, "Điện thoại của tôi")
    telephone.get_by_role("link", name="Đã in xong").click()
    paired(secretary_a, reader.tools)
    assert wrong_with(telephone, tools=reader.tools) == []
    reader.touches(True)
    telephone.get_by_role("button", name=NAME).click()
    expect(telephone.get_by_role("link", name="Ghi buổi sinh hoạt")).to_be_visible()
