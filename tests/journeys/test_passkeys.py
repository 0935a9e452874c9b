"""A passkey in a real browser: its key is one that Chromium itself keeps, asked by the protocol of its tools."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from binhlu_portal.accounts.models import Passkey, Session
from tests.journeys.test_second_factor import sign_out, start_signing_in
from tests.look import wrong_with

KEY = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
NAME = "Dùng khóa truy cập (vân tay, khuôn mặt, mã PIN của máy)"


class Reader:
    """The finger reader of a browser's machine; `touches` tells whether somebody lays a finger on it."""

    def __init__(self, page):
        self.tools = page.context.new_cdp_session(page)
        self.tools.send("WebAuthn.enable")
        added = self.tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        self.key = {"authenticatorId": added["authenticatorId"]}

    def touches(self, right):
        """Have the right finger touch it from now on, or a wrong one."""
        self.tools.send("WebAuthn.setUserVerified", self.key | {"isUserVerified": right})


@pytest.fixture
def reader(telephone):
    return Reader(telephone)


def add(page, reader, name):
    """Open the page of the account and add a passkey from there."""
    page.goto(reverse("account"))
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.get_by_label("Tên gọi của khóa").fill(name)
    assert wrong_with(page, tools=reader.tools) == []
    page.get_by_role("button", name="Thêm khóa truy cập").click()


def test_a_finger_does_in_place_of_a_code(telephone, reader, sign_in, secretary_a):
    page = sign_in(telephone, secretary_a)
    add(page, reader, "Điện thoại của tôi")
    expect(page.locator(".slip-typed")).to_have_count(10)
    page.get_by_role("link", name="Đã in xong").click()
    expect(page.get_by_role("listitem").filter(has_text="Điện thoại của tôi")).to_be_visible()
    assert wrong_with(page, tools=reader.tools) == []
    sign_out(page)
    start_signing_in(page, secretary_a)
    assert wrong_with(page, tools=reader.tools) == []
    reader.touches(False)
    page.get_by_role("button", name=NAME).click()
    expect(page.get_by_text("Chưa xác nhận được bằng khóa truy cập")).to_be_visible()
    assert not Session.objects.filter(user__isnull=False).exists()
    reader.touches(True)
    page.get_by_role("button", name=NAME).click()
    expect(page.get_by_role("link", name="Ghi buổi sinh hoạt")).to_be_visible()
    assert Passkey.objects.get().used_at


def test_the_same_machine_is_not_added_twice(telephone, reader, sign_in, clerk):
    page = sign_in(telephone, clerk)
    add(page, reader, "Máy văn phòng")
    expect(page.locator(".slip-typed")).to_have_count(10)
    add(page, reader, "Máy văn phòng")
    expect(page.get_by_text("máy này có thể đã thêm rồi")).to_be_visible()
    assert Passkey.objects.count() == 1


def test_a_finger_confirms_before_a_guarded_act(telephone, reader, sign_in, clerk):
    page = sign_in(telephone, clerk)
    add(page, reader, "Máy văn phòng")
    expect(page.locator(".slip-typed")).to_have_count(10)
    for session in Session.objects.all():
        data = session.get_decoded() | {"proof": ["password", "2026-01-01T00:00:00+00:00"]}
        Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(data))
    page.goto(reverse("account"))
    page.get_by_role("button", name="Bỏ khóa truy cập Máy văn phòng").click()
    expect(page.get_by_role("heading", name="Xác nhận lại")).to_be_visible()
    assert wrong_with(page, tools=reader.tools) == []
    page.get_by_role("button", name=NAME).click()
    expect(page.get_by_text("Đã bỏ khóa truy cập “Máy văn phòng”")).to_be_visible()
    assert not Passkey.objects.exists()


def test_without_scripts_a_code_is_asked_for_and_no_button_is_there(plain, telephone, reader, sign_in, clerk):
    add(sign_in(telephone, clerk), reader, "Máy văn phòng")
    expect(telephone.locator(".slip-typed")).to_have_count(10)
    code = telephone.locator(".slip-typed").first.inner_text()
    start_signing_in(plain, clerk)
    expect(plain.get_by_role("button", name=NAME)).to_be_hidden()
    plain.get_by_label("Mã giấy").fill(code)
    plain.get_by_role("button", name="Đăng nhập").click()
    expect(plain.get_by_role("button", name="Đăng xuất").first).to_be_visible()
    plain.goto(reverse("passkey-new"))
    expect(plain.get_by_text("Trình duyệt này không dùng được khóa truy cập")).to_be_visible()
    expect(plain.get_by_role("button", name="Thêm khóa truy cập")).to_be_hidden()
