"""Two people with the same record: the second is told, sees both versions, and decides."""

import pytest
from playwright.sync_api import expect

from members.models import Member
from tests.factories import make_member


@pytest.fixture
def both(sign_in, open_browser, clerk, secretary_a, cell_a):
    """The secretary of cell A and the clerk, both with the form about the same member open; and the member."""
    member = make_member(cell_a, "Đèo Thị Mẫu", residence="Bản 01")
    address = f"/dang-vien/{member.pk}/sua-ca-nhan/"
    return sign_in(open_browser(), secretary_a, address), sign_in(open_browser(), clerk, address), member


def write(page, residence):
    page.get_by_label("Nơi thường trú").fill(residence)
    page.get_by_role("button", name="Lưu", exact=True).click()


def saved(member):
    return Member.objects.get(pk=member.pk).residence


def test_nothing_is_overwritten_before_the_second_has_seen_it(both):
    first, second, member = both
    write(first, "Bản 02")
    expect(first.get_by_role("heading", level=1)).to_have_text("Đèo Thị Mẫu")
    write(second, "Bản 03")
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Có người khác vừa sửa hồ sơ này")
    for version in ("Bản 01", "Bản 02", "Bản 03"):
        expect(told.get_by_role("cell", name=version)).to_be_visible()
    assert saved(member) == "Bản 02"
    second.get_by_role("button", name="Lưu nội dung của tôi").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Đèo Thị Mẫu")
    assert saved(member) == "Bản 03"


def test_a_restored_draft_does_not_hide_what_another_wrote_meanwhile(both):
    first, second, member = both
    second.get_by_label("Nơi thường trú").fill("Bản 03")
    write(first, "Bản 02")
    expect(first.get_by_role("heading", level=1)).to_have_text("Đèo Thị Mẫu")
    second.reload()
    expect(second.get_by_label("Nơi thường trú")).to_have_value("Bản 03")
    second.get_by_role("button", name="Lưu", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("Có người khác vừa sửa hồ sơ này")
    assert saved(member) == "Bản 02"


def test_different_fields_of_one_record_meet_without_loss(both):
    first, second, member = both
    write(first, "Bản 02")
    expect(first.get_by_role("heading", level=1)).to_have_text("Đèo Thị Mẫu")
    second.get_by_label("Điện thoại").fill("0912 345 678")
    second.get_by_role("button", name="Lưu", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("Có người khác vừa sửa hồ sơ này")
    assert Member.objects.get(pk=member.pk).phone == ""
