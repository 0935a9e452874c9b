"""A secretary reports a death from a telephone, the office asks back and writes it down, the secretary sees it done."""

import pytest
from playwright.sync_api import expect

from members.change_reports.actions import withdraw
from members.change_reports.change_types import CHANGE_TYPES
from members.directory.forms.card import ChangePhoneForm
from members.models import ChangeReport
from members.positions.actions import appoint
from tests.factories import START, make_member, make_members
from tests.look import fits

LAN = "Lò Thị Lan, sinh 17/05/1980"


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    assert fits(page)


def tap(page, role, name):
    """Tap what has this role and name, and count it."""
    page.get_by_role(role, name=name, exact=True).first.click()
    return 1


def way_to(page, name, change):
    """Lead from the home page to the form of a change of somebody; return the taps that it took."""
    page.goto("/")
    taps = tap(page, "link", f"Báo thay đổi của {name}")
    heading(page, "Báo thay đổi")
    return taps + tap(page, "button", change)


def reported(page):
    """Report from the home page that Lan died, in two taps; the day that is known in part is typed."""
    page.goto("/")
    tap(page, "link", f"Báo thay đổi của {LAN}")
    page.get_by_label("Ngày", exact=True).fill("1/2026")
    tap(page, "button", "Gửi: Từ trần")
    expect(page.get_by_text("Chờ Văn phòng").first).to_be_visible()


LEADS_ON = 2
"""Taps to the form of a change: who, on the home page, and what."""


@pytest.mark.parametrize("people", [9, 60])
def test_a_report_takes_two_taps_from_the_home_page(sign_in, telephone, secretary_a, cell_a, people):
    make_members(cell_a, people - 1)
    member = make_member(cell_a, "Lò Thị Lan")
    appoint(unit=cell_a, post="front_head", member=member, day=START)
    page = sign_in(telephone, secretary_a)
    for change in CHANGE_TYPES.values():
        if change.is_told_at_once:
            page.goto("/")
            taps = tap(page, "link", f"Báo thay đổi của {LAN}")
            page.get_by_label("Nếu chuyển đi: đến đâu").fill("Tỉnh ủy Sơn La")
            page.get_by_label("Nói rõ thêm, lý do").fill("Theo đơn")
            assert taps + tap(page, "button", f"Gửi: {change.asked}") == LEADS_ON
            expect(page.get_by_text("Chờ Văn phòng").first).to_be_visible()
            report = ChangeReport.objects.get(kind=change.kind)
            assert report.note == "Theo đơn"
            withdraw(report=report, day=report.reported_on)  # of who left nothing else is told
        elif change.form is not ChangePhoneForm and change.is_about_member:
            assert way_to(page, LAN, change.words) == LEADS_ON
            expect(page.get_by_role("heading", level=1)).not_to_have_text("Báo thay đổi")


def test_a_new_telephone_number_takes_two_taps_from_the_home_page(sign_in, telephone, secretary_a, cell_a):
    member = make_member(cell_a, "Lò Thị Lan")
    page = sign_in(telephone, secretary_a)
    page.goto("/")
    taps = tap(page, "link", f"Báo thay đổi của {LAN}")
    page.get_by_label("Điện thoại").fill("0912345678")
    assert taps + tap(page, "button", "Lưu số điện thoại") == LEADS_ON
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    member.refresh_from_db()
    assert member.phone == "0912345678"


def test_enter_in_a_field_reports_nothing(sign_in, telephone, secretary_a, cell_a):
    make_member(cell_a, "Lò Thị Lan")
    page = sign_in(telephone, secretary_a)
    tap(page, "link", f"Báo thay đổi của {LAN}")
    page.get_by_label("Nói rõ thêm, lý do").fill("Theo đơn")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    heading(page, "Báo thay đổi")
    assert not ChangeReport.objects.exists()


def test_what_a_secretary_reports_goes_round_and_comes_back(
    sign_in, telephone, open_browser, secretary_a, clerk, cell_a
):
    member = make_member(cell_a, "Lò Thị Lan")
    secretary, office = sign_in(telephone, secretary_a), sign_in(open_browser(), clerk)
    reported(secretary)

    office.reload()
    office.get_by_role("link", name="báo thay đổi chờ ghi").click()
    office.get_by_role("link", name="Lò Thị Lan").click()
    office.get_by_role("link", name="Hỏi lại chi bộ").click()
    office.get_by_label("Văn phòng hỏi").fill("Mất ngày nào?")
    office.get_by_role("button", name="Gửi chi bộ").click()
    expect(office.get_by_text("Văn phòng hỏi lại").first).to_be_visible()

    secretary.goto("/")
    expect(secretary.get_by_text("Mất ngày nào?")).to_be_visible()
    assert fits(secretary)
    secretary.get_by_role("link", name="Trả lời", exact=True).click()
    secretary.get_by_label("Ngày từ trần").fill("12012026")
    secretary.get_by_label("Chi bộ trả lời").fill("Ngày 12, gia đình báo.")
    secretary.get_by_role("button", name="Gửi Văn phòng").click()
    expect(secretary.get_by_text("Chờ Văn phòng").first).to_be_visible()

    office.reload()
    office.get_by_role("link", name="Ghi vào hồ sơ").click()
    expect(office.get_by_label("Ngày từ trần, ra khỏi Đảng")).to_have_value("12/01/2026")
    office.get_by_role("button", name="Lưu", exact=True).click()
    expect(office.get_by_role("link", name="Xem những gì đã lưu")).to_be_visible()

    secretary.goto("/")
    expect(secretary.get_by_text("Đã lưu hồ sơ", exact=True)).to_be_visible()
    assert (ChangeReport.objects.get().state, member.spells.get().end_reason) == ("done", "died")


def test_without_scripts_it_is_two_plain_forms(sign_in, plain, secretary_a, cell_a):
    make_member(cell_a, "Lò Thị Lan")
    plain.goto("/")
    plain.get_by_label("Tên đăng nhập").fill(secretary_a.username)
    plain.get_by_label("Mật khẩu").fill(secretary_a.username)
    plain.get_by_role("button", name="Đăng nhập").click()
    reported(plain)
    assert ChangeReport.objects.get().person == "Lò Thị Lan"
