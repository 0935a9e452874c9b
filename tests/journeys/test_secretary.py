"""A cell secretary keeps the own unit from a telephone, over a line that comes and goes."""

import pytest
from playwright.sync_api import expect

from assessments.models import Meeting
from binhlu_portal.accounts.models import Session
from members.models import Member
from tests.factories import make_member, make_members
from tests.look import fits


@pytest.fixture
def member(cell_a):
    """Somebody of cell A."""
    return make_member(cell_a, "Đèo Thị Mẫu")


@pytest.fixture
def secretary(sign_in, telephone, secretary_a, member):
    """The secretary of cell A, at the front door."""
    return sign_in(telephone, secretary_a)


def open_member(page, name):
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_updates_a_member_although_the_connection_is_cut_and_the_session_ends(secretary, secretary_a, member):
    open_member(secretary, "Đèo Thị Mẫu")
    assert fits(secretary)
    secretary.get_by_role("link", name="Sửa thông tin cá nhân").click()
    secretary.get_by_label("Điện thoại").fill("0912 345 678")
    secretary.get_by_label("Nơi thường trú").fill("Bản Mẫu, xã Bình Lư")
    secretary.context.set_offline(True)
    secretary.get_by_role("button", name="Lưu", exact=True).click()
    expect(secretary.get_by_role("alert")).to_contain_text("Chưa gửi được")
    assert fits(secretary)
    secretary.context.set_offline(False)
    Session.objects.all().delete()
    secretary.get_by_role("button", name="Lưu", exact=True).click()
    secretary.get_by_label("Tên đăng nhập").fill(secretary_a.username)
    secretary.get_by_label("Mật khẩu").fill(secretary_a.username)
    secretary.get_by_role("button", name="Đăng nhập").click()
    expect(secretary.get_by_text("Đã khôi phục nội dung đang gõ dở")).to_be_visible()
    expect(secretary.get_by_label("Nơi thường trú")).to_have_value("Bản Mẫu, xã Bình Lư")
    assert Member.objects.get(pk=member.pk).phone == ""
    secretary.get_by_role("button", name="Lưu", exact=True).click()
    expect(secretary.get_by_role("heading", level=1)).to_have_text("Đèo Thị Mẫu")
    saved = Member.objects.get(pk=member.pk)
    assert (saved.phone, saved.residence) == ("0912345678", "Bản Mẫu, xã Bình Lư")


def test_writes_down_a_meeting_with_two_taps_on_the_button(secretary, cell_a):
    make_members(cell_a, 9)
    secretary.goto(f"/so/sinh-hoat/them/?don_vi={cell_a.code}")
    secretary.get_by_label("Ngày họp").fill("03112025")
    secretary.get_by_label("Loại sinh hoạt").select_option(index=1)
    secretary.get_by_label("Phải dự").fill("10")
    secretary.get_by_label("Có mặt").fill("8")
    assert fits(secretary)
    secretary.get_by_role("button", name="Lưu", exact=True).dblclick()
    expect(secretary.get_by_text("Đã lưu.")).to_be_visible()
    assert Meeting.objects.count() == 1


def test_never_meets_another_unit(secretary, cell_b):
    foreign = make_member(cell_b, "Vàng A Khác")
    for path in (f"/dang-vien/{foreign.pk}/", f"/to-chuc/{cell_b.code}/", f"/xep-loai/{cell_b.code}/"):
        secretary.goto(path)
        expect(secretary.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang này")
    secretary.goto("/dang-vien/")
    expect(secretary.get_by_text("Đèo Thị Mẫu").first).to_be_visible()
    expect(secretary.get_by_text("Vàng A Khác")).to_have_count(0)
