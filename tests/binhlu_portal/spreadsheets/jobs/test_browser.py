"""A file on its way through a browser, with scripts and without: sent, put right, written, taken back."""

import pytest
from playwright.sync_api import expect

from binhlu_portal.spreadsheets.jobs.actions import work_on_next
from members.models import Member
from organizations.choices import RoleKind
from tests.binhlu_portal.spreadsheets.books import written
from tests.binhlu_portal.spreadsheets.files import PEOPLE, changed
from tests.factories import make_member, make_root, make_unit, make_user


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_goes_its_way(browser, live_server, client, transactional_db, tmp_path, scripts):
    commune = make_root()
    clerk = make_user("clerk", (RoleKind.SECRETARIAT, commune))
    make_member(make_unit("a", commune), "Lan")
    wrong = [(PEOPLE, 2, "Ngày sinh", "32/13/1990"), (PEOPLE, 2, "Họ và tên", "Mai")]
    (tmp_path / "ds.xlsx").write_bytes(changed(written(clerk), *wrong))
    client.force_login(clerk)
    context = browser.new_context(java_script_enabled=scripts, base_url=live_server.url)
    session = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
    context.add_cookies([session])
    page = context.new_page()

    page.goto("/nhap-excel/")
    page.get_by_label("Chọn tệp").set_input_files(tmp_path / "ds.xlsx")
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_role("heading", name="ds.xlsx")).to_be_visible()
    work_on_next()
    expect(page.get_by_text("Tệp có 1 lỗi")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tệp đã đánh dấu lỗi").click()
    assert download.value.suggested_filename == "ds-loi.xlsx"
    page.get_by_label("Đảng viên, F2").fill("17/05/1980")
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect(page.get_by_text("Chờ kiểm tra")).to_be_visible()
    work_on_next()
    expect(page.get_by_text("Tệp không có lỗi")).to_be_visible()
    page.get_by_role("button", name="Lưu vào hệ thống").click()
    expect(page.get_by_text("Đã xác nhận, chờ lưu")).to_be_visible()
    work_on_next()
    expect(page.get_by_text("Đã lưu 1 hồ sơ")).to_be_visible()
    assert Member.objects.get().full_name == "Mai"
    page.get_by_role("link", name="Hoàn tác cả tệp").click()
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã hoàn tác cả tệp")).to_be_visible()
    assert Member.objects.get().full_name == "Lan"
    context.close()
