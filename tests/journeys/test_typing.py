"""What somebody has typed is never lost, and what is sent twice is written once."""

import pytest
from playwright.sync_api import expect

from assessments.models import Meeting
from binhlu_portal.accounts.models import Session
from members.models import Member
from tests.factories import make_members
from tests.journeys.test_second_factor import sign_out

ADD = "/so/sinh-hoat/them/?don_vi=a"


def type_meeting(page, topic="Học tập Nghị quyết 21"):
    page.get_by_label("Ngày họp").fill("03/11/2025")
    page.get_by_label("Loại sinh hoạt").select_option(index=1)
    page.get_by_label("Phải dự").fill("12")
    page.get_by_label("Có mặt").fill("11")
    page.get_by_label("Nội dung").fill(topic)


@pytest.fixture
def typing(sign_in, telephone, secretary_a, cell_a):
    """The secretary of cell A, in the middle of a form."""
    make_members(cell_a, 12)
    sign_in(telephone, secretary_a, ADD)
    type_meeting(telephone)
    return telephone


def expect_topic(page, text):
    expect(page.get_by_label("Nội dung")).to_have_value(text)


def send(page):
    page.get_by_role("button", name="Lưu", exact=True).click()


def restored(page):
    return page.get_by_text("Đã khôi phục nội dung đang gõ dở")


def expect_nothing_restored(page):
    """Look after the scripts have: they do so one turn after the page is there."""
    page.evaluate("new Promise((done) => setTimeout(done))")
    expect(restored(page)).to_have_count(0)


def test_text_survives_a_reload_and_can_be_thrown_away(typing):
    typing.reload()
    expect(restored(typing)).to_be_visible()
    expect_topic(typing, "Học tập Nghị quyết 21")
    typing.get_by_role("button", name="Bỏ nội dung này").click()
    expect_topic(typing, "")
    assert typing.evaluate("document.activeElement.form !== undefined")
    typing.reload()
    expect_nothing_restored(typing)


def test_a_lost_connection_keeps_the_page_and_what_was_typed(typing):
    typing.context.set_offline(True)
    send(typing)
    notice = typing.get_by_role("alert").filter(has_text="Chưa gửi được")
    expect(notice).to_be_visible()
    expect_topic(typing, "Học tập Nghị quyết 21")
    assert Meeting.objects.count() == 0
    typing.context.set_offline(False)
    send(typing)
    expect(typing.get_by_text("Đã lưu.")).to_be_visible()
    expect(notice).to_have_count(0)
    assert [meeting.topic for meeting in Meeting.objects.all()] == ["Học tập Nghị quyết 21"]
    typing.goto(ADD)
    expect_topic(typing, "")
    expect_nothing_restored(typing)


def test_without_a_connection_a_link_leaves_the_page_in_place(typing):
    typing.context.set_offline(True)
    typing.get_by_role("link", name="Hủy").click()
    expect(typing.get_by_role("alert").filter(has_text="Chưa mở được trang")).to_be_visible()
    expect_topic(typing, "Học tập Nghị quyết 21")


def test_an_answer_that_never_came_and_a_reload_still_make_one_record(typing):
    typing.route(
        "**/them/**",
        lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    send(typing)
    expect(typing.get_by_role("alert").filter(has_text="Chưa gửi được")).to_be_visible()
    assert Meeting.objects.count() == 1
    typing.unroute("**/them/**")
    typing.reload()
    expect(typing.get_by_text("gửi lại cũng chỉ lưu một lần")).to_be_visible()
    send(typing)
    typing.wait_for_url(f"**/so/sinh-hoat/{Meeting.objects.get().pk}/")
    typing.goto(ADD)
    expect_nothing_restored(typing)


def test_a_session_that_ended_leads_back_to_the_text(typing):
    Session.objects.all().delete()
    send(typing)
    typing.get_by_label("Mật khẩu").fill("secretary_a")
    typing.get_by_label("Tên đăng nhập").fill("secretary_a")
    typing.get_by_role("button", name="Đăng nhập").click()
    expect(restored(typing)).to_be_visible()
    expect(typing.get_by_text("gửi lại cũng chỉ lưu một lần")).to_have_count(0)
    expect_topic(typing, "Học tập Nghị quyết 21")
    send(typing)
    expect(typing.get_by_text("Đã lưu.")).to_be_visible()
    assert Meeting.objects.get().present == 11


def test_a_form_with_errors_keeps_its_draft_and_says_nothing_of_it(typing):
    typing.get_by_label("Ngày họp").fill("31/02/2025")
    send(typing)
    expect(typing.locator(".error-summary")).to_be_focused()
    expect_nothing_restored(typing)
    typing.reload()
    expect(restored(typing)).to_be_visible()
    expect_topic(typing, "Học tập Nghị quyết 21")


def test_two_presses_make_one_record(typing):
    typing.evaluate(
        "() => { const button = document.querySelector('.record-form .button'); button.click(); button.click(); }"
    )
    expect(typing.get_by_text("Đã lưu.")).to_be_visible()
    assert Meeting.objects.count() == 1


def test_while_a_form_is_on_its_way_its_button_rests(typing):
    held = []
    typing.route("**/them/**", lambda route: held.append(route))
    with typing.expect_request("**/them/**"):
        send(typing)
    resting = typing.locator("button[aria-disabled=true]")
    expect(resting).to_be_visible()
    typing.get_by_role("button", name="Lưu", exact=True).click(force=True)
    held[0].abort()
    expect(typing.get_by_role("alert")).to_be_visible()
    expect(resting).to_have_count(0)
    with typing.expect_request("**/them/**"):
        send(typing)
    expect(resting).to_be_visible()  # by then the request has come to the route too
    assert len(held) == 2


def test_signing_out_takes_the_drafts_along(typing):
    assert typing.evaluate("Object.keys(localStorage).length") == 1
    sign_out(typing)
    expect(typing.get_by_label("Mật khẩu")).to_be_visible()
    assert typing.evaluate("Object.keys(localStorage).length") == 0


def test_signing_out_takes_the_drafts_of_everybody_along(typing):
    typing.evaluate("localStorage.setItem('draft|another|/', '{}')")
    sign_out(typing)
    expect(typing.get_by_label("Mật khẩu")).to_be_visible()
    assert typing.evaluate("Object.keys(localStorage).length") == 0


def test_another_account_finds_no_draft_of_the_one_before(typing, sign_in, secretary_b, commune):
    typing.context.clear_cookies()
    sign_in(typing, secretary_b, ADD)
    expect_nothing_restored(typing)
    assert typing.evaluate("Object.keys(localStorage).length") == 0


def test_a_draft_names_its_account_by_a_digest(typing, secretary_a):
    [key] = typing.evaluate("Object.keys(localStorage)")
    assert key.split("|")[1] == secretary_a.browser_key
    assert len(secretary_a.browser_key) == 32


def test_no_number_of_a_person_is_kept(typing):
    person = Member.objects.first()
    typing.goto(f"/dang-vien/{person.pk}/sua-ca-nhan/")
    typing.get_by_label("Điện thoại").fill("0912000111")
    typing.get_by_label("Số định danh cá nhân").fill("012345678901")
    kept = typing.evaluate("JSON.stringify({...localStorage})")
    assert "0912000111" in kept
    assert "012345678901" not in kept


def test_what_nobody_types_is_not_kept(typing):
    [kept] = typing.evaluate("Object.values(localStorage)")
    assert "csrf" not in kept
    assert "Học tập" in kept
