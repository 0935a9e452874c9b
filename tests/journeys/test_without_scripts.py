"""All of it works in a browser that runs no scripts."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from assessments.models import Meeting, MemberRating
from members.models import Member, Spell
from tests.factories import make_member, make_members


@pytest.fixture
def desk(sign_in, plain, clerk, cell_a, cell_b):
    """The clerk in a browser without scripts."""
    return sign_in(plain, clerk)


def send(page, name="Lưu"):
    page.get_by_role("button", name=name, exact=True).first.click()


def test_a_meeting_is_written_with_an_error_on_the_way(desk, cell_a):
    make_members(cell_a, 9)
    desk.goto("/so/sinh-hoat/them/?don_vi=a")
    desk.get_by_label("Ngày họp").fill("31/02/2025")
    desk.get_by_label("Loại sinh hoạt").select_option(index=1)
    desk.get_by_label("Phải dự").fill("9")
    desk.get_by_label("Có mặt").fill("8")
    send(desk)
    desk.get_by_role("alert").get_by_role("link").first.click()
    desk.get_by_label("Ngày họp").fill("03/11/2025")
    send(desk)
    expect(desk.get_by_text("Đã lưu.")).to_be_visible()
    assert Meeting.objects.get().present == 8


def test_a_member_is_corrected_and_transferred(desk, cell_a, cell_b):
    member = make_member(cell_a, "Đèo Thị Mẫu")
    desk.goto(f"/dang-vien/{member.pk}/")
    desk.get_by_role("link", name="Sửa thông tin cá nhân").click()
    desk.get_by_label("Điện thoại").fill("0912 345 678")
    send(desk)
    expect(desk.get_by_text("Đã lưu.")).to_be_visible()
    desk.get_by_role("link", name="Chuyển sang chi bộ khác").click()
    desk.get_by_label("Chuyển đến chi bộ").select_option(label="Chi bộ b")
    desk.get_by_label("Ngày chuyển").fill("01/10/2025")
    send(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Đèo Thị Mẫu")
    assert Member.objects.get(pk=member.pk).phone == "0912345678"
    assert Spell.objects.filter(member=member, unit=cell_b, started_on=date(2025, 10, 1)).exists()


def test_a_cell_is_rated(desk, cell_a):
    member = make_member(cell_a, "Đèo Thị Mẫu")
    desk.goto(f"/xep-loai/{cell_a.code}/?nam=2025")
    send(desk, "Tất cả hoàn thành tốt, rồi sửa ngoại lệ")
    expect(desk.locator(f"[name=mark-{member.pk}][value=good]")).to_be_checked()
    assert MemberRating.objects.count() == 0
    desk.get_by_label("Ngày quyết định xếp loại").fill("20/12/2025")
    send(desk, "Lưu kết quả")
    expect(desk.get_by_text("Đã lưu kết quả xếp loại.")).to_be_visible()
    assert MemberRating.objects.get().level == "good"
    assert MemberRating.objects.get().member == member


def test_a_cell_is_renamed_after_a_look_at_the_effect(desk, cell_a):
    desk.goto(f"/to-chuc/{cell_a.code}/doi-ten/")
    desk.get_by_label("Tên").first.fill("Chi bộ Bản Mẫu")
    desk.locator("[name=day]").fill("01/11/2025")
    send(desk, "Xem trước")
    expect(desk.get_by_text("Chưa lưu.")).to_be_visible()
    send(desk, "Sửa lại")
    expect(desk.get_by_label("Tên").first).to_have_value("Chi bộ Bản Mẫu")
    send(desk, "Xem trước")
    send(desk, "Lưu")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Chi bộ Bản Mẫu")


def test_a_list_is_searched(desk, cell_a):
    make_member(cell_a, "Đặng Thị Hoà")
    make_member(cell_a, "Lò Văn Khác")
    desk.goto("/dang-vien/")
    desk.get_by_label("Tên, số thẻ").fill("dang thi hoa")
    send(desk, "Lọc")
    expect(desk).to_have_url(re.compile("tim=dang.+hoa"))
    expect(desk.get_by_text("Đặng Thị Hoà").first).to_be_visible()
    expect(desk.get_by_text("Lò Văn Khác")).to_have_count(0)
