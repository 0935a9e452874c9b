"""The first day: from an empty portal over one page to the home that leads on; and the sample, looked at and left."""

import pytest
from playwright.sync_api import expect

from binhlu_portal.accounts import start_word
from members.models import Member
from organizations.models import Unit
from tests.look import fits

PASSWORD = "giếng ủng vó quạt"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep the word and the accounts of the sample in a folder of the test."""
    settings.DATA_DIR, settings.DEMO_ACCOUNTS, settings.BACKUPS = tmp_path, tmp_path / "accounts", tmp_path / "backups"


def begin(page):
    """Fill in the page, as somebody does."""
    page.get_by_label("Tên đảng bộ").fill("Đảng bộ xã Mường Mẫu")
    page.get_by_label("Loại").select_option(label="Đảng bộ xã")
    page.get_by_label("Ghi hồ sơ từ ngày").fill("01072025")
    page.get_by_label("Họ và tên").fill("Lò Thị Mẫu")
    page.get_by_label("Tên đăng nhập").fill("lothimau")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Ghi lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ xã Mường Mẫu")
    expect(page.get_by_role("heading", name="Những bước đầu tiên")).to_be_visible()


def test_a_committee_begins_and_home_leads_on(telephone, live_server):
    page = telephone
    page.goto("/dang-vien/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bắt đầu")
    page.get_by_label("Từ khởi đầu").fill("ABCD-EFGH-JKMN")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("Từ khởi đầu không đúng")
    page.get_by_label("Từ khởi đầu").fill(start_word.start_word().lower())
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Tên đảng bộ")).to_be_visible()
    assert fits(page)
    begin(page)
    assert fits(page)
    page.get_by_role("link", name="Tổ chức đảng trực thuộc").click()
    page.get_by_label("Tên", exact=True).fill("Chi bộ bản Mẫu")
    page.get_by_label("Loại tổ chức").select_option(label="Chi bộ trực thuộc")
    page.get_by_label("Loại hình").select_option(label="Bản")
    page.get_by_label("Có hiệu lực từ ngày").fill("01072025")
    page.get_by_role("button").filter(has_text="Xem trước").click()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã tiếp nhận.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("1 tổ chức, trong đó 1 chi bộ.")).to_be_visible()


def test_the_sample_is_looked_at_and_left_behind(plain, live_server):
    page = plain
    page.goto(f"/bat-dau/?tu={start_word.start_word()}")
    page.get_by_role("button", name="Nạp dữ liệu mẫu").click(timeout=120_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dữ liệu mẫu đã sẵn sàng", timeout=120_000)
    page.set_viewport_size({"width": 360, "height": 740})
    assert fits(page)
    password = page.get_by_role("row", name="quantri").get_by_role("cell").first.inner_text()
    page.get_by_role("link", name="Đăng nhập").click()
    page.get_by_label("Tên đăng nhập").fill("quantri")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("link", name="Dữ liệu mẫu").click()
    page.get_by_label("Tôi biết những gì kể trên").check()
    page.get_by_role("button", name="Bỏ dữ liệu mẫu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bắt đầu")
    assert not Member.objects.exists()
    begin(page)
    expect(page.get_by_role("link", name="Dữ liệu mẫu")).to_have_count(0)
    assert Unit.objects.get().code == "dang-bo-xa-muong-mau"
