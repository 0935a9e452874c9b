"""Somebody of the secretariat does a day's work: transfers, admits, rates, merges."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessments.models import MemberRating
from members.models import Admission, Spell
from organizations.models import Unit
from reports.form_templates.worker_client import MIME
from tests.factories import make_member
from tests.reports.form_templates.factories import TABLE, cells_of, workbook_of


@pytest.fixture
def desk(sign_in, page, clerk, cell_a, cell_b):
    """The clerk, signed in; two cells have members."""
    return sign_in(page, clerk)


def confirm(page):
    """Read what is going to be written, and consent."""
    expect(page.get_by_text("Chưa lưu.")).to_be_visible()
    page.get_by_role("button", name="Lưu").click()


def test_transfers_a_member_to_another_cell(desk, cell_a, cell_b):
    member = make_member(cell_a, "Đèo Thị Mẫu")
    desk.get_by_role("link", name="Đảng viên", exact=True).click()
    desk.get_by_label("Tên, số thẻ").fill("deo thi")
    expect(desk).to_have_url(re.compile("deo"))
    desk.get_by_role("link", name="Đèo Thị Mẫu").click()
    desk.get_by_role("link", name="Chuyển sang chi bộ khác").click()
    desk.get_by_label("Chuyển đến chi bộ").select_option(label="Chi bộ b")
    desk.get_by_label("Ngày chuyển").fill("01/10/2025")
    desk.get_by_label("Số quyết định").fill("12-QĐ/ĐU")
    desk.get_by_label("Ngày quyết định").fill("25/09/2025")
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Đèo Thị Mẫu")
    expect(desk.get_by_text("Chi bộ b").first).to_be_visible()
    spells = Spell.objects.filter(member=member).order_by("started_on")
    assert [(spell.unit, spell.started_on) for spell in spells] == [
        (cell_a, cell_a.started_on),
        (cell_b, date(2025, 10, 1)),
    ]


def test_takes_somebody_from_candidate_to_admitted(desk, cell_a):
    desk.get_by_role("link", name="Kết nạp", exact=True).click()
    desk.get_by_role("link", name="Thêm quần chúng ưu tú").click()
    desk.get_by_label("Chi bộ giới thiệu").select_option(label="Chi bộ a")
    desk.get_by_label("Ngày đưa vào danh sách theo dõi").fill("01/08/2025")
    desk.get_by_label("Họ và tên").fill("Vàng A Mới")
    desk.get_by_label("Giới tính").select_option(label="Nam")
    desk.get_by_role("textbox", name="Ngày sinh").fill("02/09/2000")
    desk.get_by_label("Dân tộc").select_option(label="Mông")
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.get_by_text("Vàng A Mới").first).to_be_visible()
    candidate = Admission.objects.get()
    desk.get_by_role("link", name=re.compile("^Đã học lớp.*Vàng A Mới")).click()
    desk.get_by_label("Ngày học xong lớp").fill("20/08/2025")
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Kết nạp đảng viên")
    desk.get_by_role("link", name=re.compile("^Kết nạp.*Vàng A Mới")).click()
    desk.get_by_label("Ngày lễ kết nạp").fill("03/09/2025")
    desk.get_by_label("Ngày ký quyết định kết nạp").fill("01/09/2025")
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Kết nạp đảng viên")
    on_probation = desk.get_by_role("region", name="Đảng viên dự bị")
    expect(on_probation.get_by_role("link", name="Vàng A Mới", exact=True)).to_be_visible()
    admitted = Admission.objects.get(pk=candidate.pk)
    assert (admitted.ceremony_on, admitted.unit) == (date(2025, 9, 3), cell_a)
    assert Spell.objects.get(member=admitted.member).started_on == date(2025, 9, 3)


def test_rates_a_cell_all_good_and_then_the_exception(desk, cell_a):
    people = [make_member(cell_a, name) for name in ("Đèo Thị Mẫu", "Lò Văn Tốt", "Vàng A Giỏi")]
    desk.goto(f"/xep-loai/{cell_a.code}/?nam=2025")
    desk.get_by_role("button", name="Tất cả hoàn thành tốt, rồi sửa ngoại lệ").click()
    best = desk.locator(f"[name=mark-{people[2].pk}][value=excellent]")
    expect(desk.locator(f"[name=mark-{people[2].pk}][value=good]")).to_be_checked()
    best.check()
    desk.get_by_label("Ngày quyết định xếp loại").fill("20/12/2025")
    desk.get_by_role("button", name="Lưu kết quả").first.click()
    expect(desk.get_by_text("Đã lưu kết quả xếp loại.")).to_be_visible()
    levels = dict(MemberRating.objects.filter(year=2025).values_list("member", "level"))
    assert levels == {people[0].pk: "good", people[1].pk: "good", people[2].pk: "excellent"}


def test_merges_two_cells_after_seeing_what_that_does(desk, cell_a, cell_b):
    make_member(cell_a, "Đèo Thị Mẫu")
    moved = make_member(cell_b, "Vàng A Khác")
    desk.get_by_role("link", name="Tổ chức đảng", exact=True).click()
    desk.get_by_role("link", name="Chi bộ a", exact=True).click()
    desk.get_by_text("Thay đổi tổ chức này").click()
    desk.get_by_role("link", name="Sáp nhập chi bộ khác vào đây").click()
    desk.get_by_label("Chi bộ b").check()
    desk.locator("[name=day]").fill("01/11/2025")
    desk.get_by_label("Số quyết định").fill("40-QĐ/ĐU")
    desk.get_by_label("Ngày quyết định").fill("25/10/2025")
    desk.get_by_role("button", name="Xem trước").click()
    expect(desk.get_by_text("Vàng A Khác").first).to_be_visible()
    assert Spell.objects.filter(member=moved).count() == 1
    confirm(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Chi bộ a")
    assert Unit.objects.get(pk=cell_b.pk).ended_on == date(2025, 11, 1)
    assert Spell.objects.filter(member=moved, unit=cell_a, started_on=date(2025, 11, 1)).exists()


def test_finds_somebody_without_marks_while_typing(desk, cell_a):
    make_member(cell_a, "Đặng Thị Hoà")
    make_member(cell_a, "Lò Văn Khác")
    desk.goto("/dang-vien/")
    desk.get_by_label("Tên, số thẻ").press_sequentially("dang thi hoa", delay=20)
    expect(desk.get_by_role("cell", name="Lò Văn Khác")).to_have_count(0)
    expect(desk.get_by_text("Đặng Thị Hoà").first).to_be_visible()
    expect(desk).to_have_url(re.compile("tim=dang.+hoa"))


def test_fills_the_workbook_of_the_superior_committee(desk, cell_a, cell_b):
    for cell, name in ((cell_a, "Lan"), (cell_a, "Hoa"), (cell_b, "Nam")):
        make_member(cell, name)
    desk.get_by_role("link", name="Biểu", exact=True).click()
    desk.get_by_role("link", name="Thêm mẫu của cấp trên").click()
    desk.get_by_label("Tên mẫu").fill("Biểu 12")
    file = {"name": "biểu 12.xlsx", "mimeType": MIME, "buffer": workbook_of(TABLE)}
    desk.get_by_label("Tệp mẫu").set_input_files(file)
    desk.get_by_role("button", name="Kiểm tra và thêm mẫu").click()
    for place, text in (("B2", "don_vi"), ("C2", "members.total")):
        desk.get_by_role("link", name=place, exact=True).click()
        desk.get_by_label("Nội dung của ô").fill(text)
        desk.get_by_label("Mỗi hàng một đơn vị").fill("4")
        desk.get_by_role("button", name="Lưu", exact=True).click()
        expect(desk.get_by_text("Đã gắn ô.")).to_be_visible()
    desk.get_by_role("link", name="Xong, xem biểu").click()
    expect(desk.get_by_role("row", name="3 Chi bộ b")).to_contain_text("1")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Tệp đã điền").click()
    cells = cells_of(Path(download.value.path()).read_bytes())
    assert [cells[place] for place in ("B2", "C2", "B3", "C3")] == ["Chi bộ a", 2, "Chi bộ b", 1]
    desk.get_by_role("row", name="2 Chi bộ a").get_by_role("link", name="2").click()
    expect(desk.get_by_role("cell", name="Lan")).to_be_visible()
