"""What somebody has typed is never lost, and what is sent twice is written once."""

import pytest

from assessments.models import Meeting
from binhlu_portal.accounts.models import Session

ADD = "/so/sinh-hoat/them/?don_vi=a"


def type_meeting(page, topic="Học tập Nghị quyết 21"):
    page.get_by_label("Ngày họp").fill("03/11/2025")
    page.get_by_label("Loại sinh hoạt").select_option(index=1)
    page.get_by_label("Phải dự").fill("12")
    page.get_by_label("Có mặt").fill("11")
    page.get_by_label("Nội dung").fill(topic)


@pytest.fixture
def typing(sign_in, telephone, secretary_a):
    """The secretary of cell A, in the middle of a form."""
    sign_in(telephone, secretary_a, ADD)
    type_meeting(telephone)
    return telephone


def topic(page):
    return page.get_by_label("Nội dung").input_value()


def send(page):
    page.get_by_role("button", name="Ghi", exact=True).click()


def restored(page):
    return page.get_by_text("Đã khôi phục nội dung đang gõ dở")


def test_text_survives_a_reload_and_can_be_thrown_away(typing):
    typing.reload()
    restored(typing).wait_for()
    assert topic(typing) == "Học tập Nghị quyết 21"
    typing.get_by_role("button", name="Bỏ nội dung này").click()
    assert topic(typing) == ""
    assert typing.evaluate("document.activeElement.form !== undefined")
    typing.reload()
    assert restored(typing).count() == 0


def test_a_lost_connection_keeps_the_page_and_what_was_typed(typing):
    typing.context.set_offline(True)
    send(typing)
    notice = typing.get_by_role("alert").filter(has_text="Chưa gửi được")
    notice.wait_for()
    assert topic(typing) == "Học tập Nghị quyết 21"
    assert Meeting.objects.count() == 0
    typing.context.set_offline(False)
    send(typing)
    typing.get_by_text("Đã ghi.").wait_for()
    assert notice.count() == 0
    assert [meeting.topic for meeting in Meeting.objects.all()] == ["Học tập Nghị quyết 21"]
    typing.goto(ADD)
    assert topic(typing) == ""
    assert restored(typing).count() == 0


def test_without_a_connection_a_link_leaves_the_page_in_place(typing):
    typing.context.set_offline(True)
    typing.get_by_role("link", name="Thôi, không ghi").click()
    typing.get_by_role("alert").filter(has_text="Chưa mở được trang").wait_for()
    assert topic(typing) == "Học tập Nghị quyết 21"


def test_an_answer_that_never_came_and_a_reload_still_make_one_record(typing):
    typing.route(
        "**/them/**",
        lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    send(typing)
    typing.get_by_role("alert").filter(has_text="Chưa gửi được").wait_for()
    assert Meeting.objects.count() == 1
    typing.unroute("**/them/**")
    typing.reload()
    typing.get_by_text("gửi lại cũng chỉ ghi một lần").wait_for()
    send(typing)
    typing.wait_for_url(f"**/so/sinh-hoat/{Meeting.objects.get().pk}/")
    typing.goto(ADD)
    assert restored(typing).count() == 0


def test_a_session_that_ended_leads_back_to_the_text(typing):
    Session.objects.all().delete()
    send(typing)
    typing.get_by_label("Mật khẩu").fill("secretary_a")
    typing.get_by_label("Tên đăng nhập").fill("secretary_a")
    typing.get_by_role("button", name="Đăng nhập").click()
    restored(typing).wait_for()
    assert typing.get_by_text("gửi lại cũng chỉ ghi một lần").count() == 0
    assert topic(typing) == "Học tập Nghị quyết 21"
    send(typing)
    typing.get_by_text("Đã ghi.").wait_for()
    assert Meeting.objects.get().present == 11


def test_a_form_with_errors_keeps_its_draft_and_says_nothing_of_it(typing):
    typing.get_by_label("Ngày họp").fill("31/02/2025")
    send(typing)
    typing.get_by_text("Có lỗi cần sửa").wait_for()
    assert restored(typing).count() == 0
    assert typing.evaluate("document.activeElement.className") == "error-summary"
    typing.reload()
    restored(typing).wait_for()
    assert topic(typing) == "Học tập Nghị quyết 21"


def test_two_presses_make_one_record(typing):
    typing.evaluate(
        "() => { const button = document.querySelector('.record-form .button'); button.click(); button.click(); }"
    )
    typing.get_by_text("Đã ghi.").wait_for()
    assert Meeting.objects.count() == 1


def test_while_a_form_is_on_its_way_its_button_rests(typing):
    held = []
    typing.route("**/them/**", lambda route: held.append(route))
    send(typing)
    typing.locator("button[aria-disabled=true]").wait_for()
    typing.get_by_role("button", name="Ghi", exact=True).click(force=True)
    held[0].abort()
    typing.get_by_role("alert").wait_for()
    typing.wait_for_timeout(200)
    assert len(held) == 1
    assert typing.locator("button[aria-disabled=true]").count() == 0


def test_signing_out_takes_the_drafts_along(typing):
    assert typing.evaluate("Object.keys(localStorage).length") == 1
    typing.get_by_role("button", name="Đăng xuất").click()
    typing.get_by_label("Mật khẩu").wait_for()
    assert typing.evaluate("Object.keys(localStorage).length") == 0


def test_a_draft_is_shown_to_its_author_only(typing, sign_in, secretary_b, commune):
    kept = typing.evaluate("JSON.stringify(localStorage)")
    typing.context.clear_cookies()
    sign_in(typing, secretary_b, ADD)
    assert restored(typing).count() == 0
    assert typing.evaluate("JSON.stringify(localStorage)") == kept


def test_what_nobody_types_is_not_kept(typing):
    [kept] = typing.evaluate("Object.values(localStorage)")
    assert "csrf" not in kept
    assert "Học tập" in kept
