"""A secretary brings the own cell in by a workbook; of a workbook of the whole commune no more than that is written."""

import pytest
from playwright.sync_api import expect

from binhlu_portal.spreadsheets.importer.importer import FOREIGN
from members.models import Member
from tests.binhlu_portal.spreadsheets.files import PEOPLE, changed
from tests.factories import make_member

NAME, BORN = "Họ và tên", "Ngày sinh"


@pytest.fixture
def people(cell_a, cell_b):
    """A member of each cell."""
    return make_member(cell_a, "Đèo Thị Mẫu"), make_member(cell_b, "Vàng A Khác")


def filled(page):
    """Return the workbook with the records of the reader, as the portal sends it."""
    page.goto("/nhap-excel/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tệp có dữ liệu").click()
    return download.value.path().read_bytes()


def send(page, folder, content):
    """Send a workbook to be checked."""
    (folder / "sua.xlsx").write_bytes(content)
    page.goto("/nhap-excel/")
    page.get_by_label("Chọn tệp").set_input_files(folder / "sua.xlsx")
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("sua.xlsx")


def names():
    return [*Member.objects.order_by("pk").values_list("full_name", flat=True)]


def test_a_secretary_mends_confirms_reads_and_offers_revert(
    sign_in, page, secretary_a, people, cell_a, worker, tmp_path
):
    make_member(cell_a, "Lò Văn Tốt")
    sign_in(page, secretary_a)
    content = filled(page)
    send(page, tmp_path, changed(content, (PEOPLE, 2, NAME, "Đèo Thị Mới"), (PEOPLE, 3, BORN, "31/02/1980")))
    worker()
    expect(page.get_by_text("Tệp có 1 lỗi, chưa lưu gì.")).to_be_visible()
    page.get_by_label(f"{PEOPLE}, F3").fill("28/02/1980")
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect(page.get_by_text("Đã nhận: hệ thống đang kiểm tra lại tệp.")).to_be_visible()
    worker()
    expect(page.get_by_text("Tệp không có lỗi.")).to_be_visible()
    page.get_by_role("button", name="Lưu vào hệ thống").click()
    expect(page.get_by_text("Đã xác nhận: hệ thống đang lưu.")).to_be_visible()
    worker()
    written = page.get_by_role("region", name="Hồ sơ thay đổi, cũ và mới")
    expect(page.get_by_text("Đã lưu 2 hồ sơ")).to_be_visible()
    expect(written).to_contain_text("Họ và tên: Đèo Thị Mẫu → Đèo Thị Mới")
    expect(written).to_contain_text("Ngày sinh: 17/05/1980 → 28/02/1980")
    assert names() == ["Đèo Thị Mới", "Vàng A Khác", "Lò Văn Tốt"]
    page.get_by_role("link", name="Hoàn tác cả tệp").click()
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã hoàn tác cả tệp.")).to_be_visible()
    assert names() == ["Đèo Thị Mẫu", "Vàng A Khác", "Lò Văn Tốt"]


def test_a_secretary_with_the_workbook_of_the_clerk_writes_the_own_cell_only(
    sign_in, open_browser, clerk, secretary_a, people, worker, tmp_path
):
    content = filled(sign_in(open_browser(), clerk))
    page = sign_in(open_browser(), secretary_a)
    send(page, tmp_path, changed(content, (PEOPLE, 2, NAME, "Đèo Thị Mới"), (PEOPLE, 3, NAME, "Vàng A Mới")))
    worker()
    expect(page.get_by_role("row", name=f"{PEOPLE}, dòng 3").filter(has_text=FOREIGN)).to_be_visible()
    page.get_by_label("Chỉ lưu các dòng đúng").check()
    page.get_by_role("button", name="Lưu vào hệ thống").click()
    expect(page.get_by_text("Đã xác nhận: hệ thống đang lưu.")).to_be_visible()
    worker()
    expect(page.get_by_text("Đã lưu 1 hồ sơ")).to_be_visible()
    assert names() == ["Đèo Thị Mới", "Vàng A Khác"]
