"""With scripts the portal is quick and stays what it is: addresses, the way back, titles, focus."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from assessments.choices import MeetingKind
from assessments.meetings.actions import hold_meeting
from tests.factories import make_member

LIST = "/so/sinh-hoat/?tu=01/07/2025"


@pytest.fixture
def desk(sign_in, page, clerk, cell_a, cell_b):
    """The clerk at a desk, before a list of meetings."""
    make_member(cell_a, "Đèo Thị Mẫu")
    kinds = list(MeetingKind)
    hold_meeting(unit=cell_a, day=date(2025, 11, 3), kind=kinds[0], expected=1, present=1, topic="Thường kỳ tháng 11")
    hold_meeting(unit=cell_b, day=date(2025, 11, 4), kind=kinds[1], expected=0, present=0, topic="Nghị quyết 21")
    return sign_in(page, clerk, LIST)


def come_to_the_annexes(page):
    """Follow the link to another page, until its scripts have changed all that they change."""
    page.get_by_role("link", name="Biểu", exact=True).click()
    expect(page).to_have_url(re.compile("/bieu/"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Biểu phụ lục, biểu thống kê")
    expect(heading).to_be_focused()


def test_a_link_changes_the_page_its_title_its_address_and_the_focus(desk):
    desk.evaluate("window.sameDocument = true")
    come_to_the_annexes(desk)
    expect(desk).to_have_title(re.compile("^Biểu phụ lục"))
    assert desk.evaluate("window.sameDocument")


def test_the_way_back_leads_to_what_is_true_now(desk, cell_a):
    come_to_the_annexes(desk)
    hold_meeting(unit=cell_a, day=date(2025, 11, 5), kind=next(iter(MeetingKind)), expected=1, present=1, topic="Mới")
    desk.go_back()
    desk.wait_for_url(f"**{LIST}")
    expect(desk.get_by_role("cell", name="Mới")).to_be_visible()
    desk.go_forward()
    desk.wait_for_url("**/bieu/*")
    expect(desk).to_have_title(re.compile("^Biểu phụ lục"))


def test_nothing_of_a_page_stays_in_the_browser(desk):
    come_to_the_annexes(desk)
    assert "Nghị quyết 21" not in desk.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")


def test_a_list_follows_what_is_chosen_and_keeps_it_in_the_address(desk):
    desk.evaluate("window.sameDocument = true")
    choice = desk.locator("#loc [name=kind]")
    label = choice.locator("option").nth(1).inner_text()
    choice.select_option(label)
    expect(desk.get_by_text(f"Đang lọc theo Loại sinh hoạt: {label}")).to_be_visible()
    expect(desk).to_have_url(re.compile("kind="))
    expect(desk).to_have_url(re.compile("tu="))
    expect(desk.locator("#ket-qua")).to_have_count(1)
    for way in desk.locator("#viec-danh-sach .wizards a").all():
        expect(way).to_have_attribute("href", re.compile("kind="))
    assert desk.evaluate("window.sameDocument")
    desk.reload()
    expect(choice.locator("option:checked")).to_have_text(label)


def test_a_file_is_saved_and_not_shown(desk):
    with desk.expect_download() as download:
        desk.get_by_text("Tải danh sách").click()
        desk.get_by_role("link", name="Để làm việc").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sinh hoạt chi bộ")


def test_an_unknown_page_is_shown_as_one(desk):
    desk.evaluate(
        "document.querySelector('main').innerHTML = '<a href=\"/so/khong-co/\">Đi</a>'; htmx.process(document.body)"
    )
    desk.get_by_role("link", name="Đi").click()
    expect(desk.get_by_role("heading", name="Không tìm thấy trang này")).to_be_visible()


def test_the_skip_link_leads_past_the_navigation(desk):
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip-link"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "noi-dung"
    assert desk.get_by_role("heading", level=1).is_visible()


def test_errors_of_a_form_are_one_step_in_the_way_back(desk):
    desk.get_by_role("link", name="Ghi buổi sinh hoạt").click()
    desk.wait_for_url("**/them/*")
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.get_by_text("Có lỗi cần sửa")).to_be_visible()
    expect(desk).to_have_title(re.compile("^Lỗi: "))
    desk.go_back()
    desk.wait_for_url(f"**{LIST}")
    expect(desk.get_by_role("cell", name="Thường kỳ tháng 11")).to_be_visible()


def test_forbidden_things_happen_on_no_page(desk):
    said = []
    desk.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    desk.on("pageerror", lambda error: said.append(str(error)))
    desk.reload()
    come_to_the_annexes(desk)
    assert said == []
