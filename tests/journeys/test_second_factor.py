"""A telephone beside the password, and a password asked for again in the middle of work."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from binhlu_portal.accounts.models import Session, User
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.audit import export_limits
from tests.binhlu_portal.accounts.factories import app_code
from tests.factories import make_members
from tests.look import wrong_with


def start_signing_in(page, user):
    """Send name and password."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(user.username)
    page.get_by_role("button", name="Đăng nhập").click()


def sign_out(page):
    menu = page.get_by_role("button", name="Mục chính")
    if menu.is_visible():  # on a telephone the account stands in the menu
        menu.click()
    page.locator("[data-sign-out] button").click()
    page.get_by_label("Mật khẩu").wait_for()


@pytest.fixture
def after_a_while(page, sign_in):
    """Return a function: somebody's page, signed in longer ago than the portal lets pass for fresh."""

    def after_a_while(user, path):
        sign_in(page, user)
        for session in Session.objects.all():
            at = timezone.now() - FRESH - timedelta(minutes=1)
            data = session.get_decoded() | {"proof": ["password", at.isoformat()]}
            Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(data))
        page.goto(path)
        return page

    return after_a_while


def test_a_secretary_turns_it_on_with_a_telephone_and_has_it_remembered(telephone, sign_in, secretary_a):
    page = sign_in(telephone, secretary_a)
    page.get_by_role("button", name="Mục chính").click()
    page.get_by_role("link", name=secretary_a.full_name).click()
    page.get_by_role("link", name="Bật xác minh hai bước").click()
    secret = page.locator("main code").inner_text()
    assert wrong_with(page) == []
    page.get_by_label("Mã đang hiện trên điện thoại").fill(app_code(secret=secret))
    page.get_by_role("button", name="Bật xác minh hai bước").click()
    expect(page.locator(".slip-typed")).to_have_count(10)
    assert wrong_with(page) == []
    page.get_by_role("link", name="Đã in xong").click()
    expect(page.get_by_text("Đang bật từ")).to_be_visible()
    sign_out(page)
    start_signing_in(page, secretary_a)
    page.get_by_label("Mã xác minh").fill(app_code(1, secret))
    assert wrong_with(page) == []
    page.get_by_label("Không hỏi mã ở trình duyệt này").check()
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("link", name="Ghi buổi sinh hoạt")).to_be_visible()
    sign_out(page)
    start_signing_in(page, secretary_a)
    expect(page.get_by_role("link", name="Ghi buổi sinh hoạt")).to_be_visible()


def test_what_was_typed_is_kept_while_a_password_is_asked_for_again(after_a_while, administrator, commune):
    page = after_a_while(administrator, "/quan-tri/tai-khoan/moi/")
    page.get_by_label("Họ và tên").fill("Lò Thị Mẫu")
    page.get_by_label("Tên đăng nhập").fill("lothimau")
    page.get_by_label("Vai trò").select_option("secretariat")
    page.get_by_label("Tổ chức đảng").select_option("xa")
    page.get_by_role("button", name="Mở tài khoản và hiện phiếu").click()
    page.get_by_label("Mật khẩu").fill("sai")
    assert wrong_with(page) == []
    page.get_by_role("button", name="Xác nhận và làm tiếp").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Mật khẩu").fill(administrator.username)
    page.get_by_role("button", name="Xác nhận và làm tiếp").click()
    expect(page.get_by_role("heading", name="Phiếu mở tài khoản", exact=True)).to_be_visible()
    assert User.objects.get(username="lothimau").full_name == "Lò Thị Mẫu"


def test_a_file_of_everybody_comes_after_the_password(after_a_while, clerk, cell_a, monkeypatch):
    monkeypatch.setattr(export_limits, "EVERYBODY", 3)
    make_members(cell_a, 3)
    page = after_a_while(clerk, "/dang-vien/")
    page.get_by_text("Tải danh sách").click()
    page.get_by_role("link", name="CSV").first.click()
    page.get_by_label("Mật khẩu").fill(clerk.username)
    with page.expect_download() as file:
        page.get_by_role("button", name="Xác nhận và làm tiếp").click()
    assert file.value.suggested_filename.endswith(".csv")
