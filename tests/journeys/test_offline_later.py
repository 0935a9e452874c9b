"""What a phone wrote without network, once there is one again: taken, or back with the form that puts it right."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Absence, Meeting
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.records.forms.base import CorrectForm
from members.change_reports.change_types import CHANGE_TYPES
from members.choices import EndReason, Post
from members.models.change_report import LEAVING
from members.positions.actions import appoint
from reports.reporting_periods.actions import open_period
from reports.reporting_periods.models import Confirmation
from tests.factories import leave_party, make_member, make_members
from tests.journeys.conftest import PIN, WRONG, type_pin
from tests.journeys.test_offline import keep, say_why, take_anew, without_network, write_meeting
from tests.look import wrong_with


def test_a_meeting_of_another_day_comes_back_with_the_names_of_that_day(phone, cell_a):
    today = timezone.localdate()
    dead = make_member(cell_a, "Vàng A Chu")
    leave_party(dead, today, EndReason.DIED)
    take_anew(phone)
    without_network(phone)
    type_pin(phone, PIN)
    phone.get_by_text("Ghi buổi sinh hoạt", exact=True).click()
    form = phone.locator("details[open]")
    form.get_by_label("Ngày họp").fill(f"{today - timedelta(days=1):%d/%m/%Y}")
    form.get_by_role("checkbox", name="Lò Thị Lan").tap()
    say_why(form)
    keep(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_text("thêm Vàng A Chu")).to_be_visible()
    without_network(phone)  # it comes back with the item, not with the network
    type_pin(phone, PIN)
    phone.get_by_role("button", name="Sửa lại").tap()
    again = phone.locator("#correction")
    expect(again.get_by_role("checkbox", name="Vàng A Chu")).to_be_checked()
    expect(again.get_by_role("checkbox", name="Lò Thị Lan")).not_to_be_checked()
    again.get_by_role("button", name="Giữ để gửi").tap()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Đã gửi hết và lấy số liệu mới.")).to_be_visible()
    assert (Meeting.objects.get().present, Absence.objects.get().reason) == (4, "ill")


OF_THE_ELDER = ("tuổi cao", "Thôi giữ chức vụ", "Huy hiệu Đảng")
"""What is written of the elder, who is the first of the list; all else is of the next one."""


LEAVERS = [f"Báo: {change.words}" for change in CHANGE_TYPES.values() if change.kind in LEAVING]


def fill_in(form, title):
    """Fill in whatever a form asks for, as somebody would who knows all of it."""
    for whom in form.locator("[name=dang_vien]").all():
        leaver = LEAVERS.index(title) if title in LEAVERS else -1  # of who left nothing else is told
        whom.select_option(index=1 if any(words in title for words in OF_THE_ELDER) else 3 + leaver)
    for field in form.locator("select:not([name=dang_vien])").all():
        if field.is_visible() and len(field.locator("option").all()) > 1:
            field.select_option(index=1)
    for field in form.locator("input:not([type=hidden]):not([type=checkbox])").all():
        if field.is_visible() and field.get_attribute("name") in {"day", "started_on"}:
            field.fill(f"{timezone.localdate():%d/%m/%Y}")
        elif field.is_visible() and field.get_attribute("required") is not None and not field.input_value():
            field.fill("Giàng A Sử" if field.get_attribute("name") == "newcomer" else "0912345678")
    for field in form.get_by_role("group").get_by_role("checkbox").all()[:1]:
        field.check()


def test_every_form_that_is_kept_can_be_written_and_is_taken(phone, cell_a):
    elder = make_member(cell_a, "Lò Văn An", joined_on=PartialDate("1990-01-05"))
    appoint(unit=cell_a, member=elder, post=Post.SECRETARY, day=cell_a.started_on)
    make_members(cell_a, len(LEAVERS))
    take_anew(phone)
    without_network(phone)
    type_pin(phone, PIN)
    expect(phone.get_by_text("Báo: Từ trần", exact=True)).to_be_visible()
    titles = phone.locator("#month summary").all_inner_texts()
    kept = {reverse("change-report-new", args=[code]) for code, change in CHANGE_TYPES.items() if change.kind}
    actions = {form.get_attribute("action") for form in phone.locator("#month form").all()}
    assert kept <= {action.split("?")[0] for action in actions}
    own = {action for action in actions if action.split("?")[0] not in kept}
    written = [change.form for change in CHANGE_TYPES.values() if not change.kind]
    fields = [len(form.model_fields) if issubclass(form, CorrectForm) else 1 for form in written]
    assert len(own) == 2 + sum(fields)
    for title in titles:
        phone.get_by_text(title, exact=True).first.click()
        fill_in(phone.locator("details[open] form"), title)
        keep(phone)
        expect(phone.get_by_text(f"Đã giữ trên điện thoại: {title.removeprefix('Ghi ')}", exact=False)).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Đã gửi hết và lấy số liệu mới.")).to_be_visible()
    expect(phone.get_by_text("Đã gửi", exact=True)).to_have_count(len(titles))


def test_figures_are_confirmed_later_and_read_anew_where_they_have_changed(phone, commune, cell_a):
    today = timezone.localdate()
    asked = {"as_of": today, "since": today - timedelta(days=30), "year": today.year - 1, "due_on": today}
    open_period(unit=commune, today=today, **asked)
    take_anew(phone)
    without_network(phone)
    type_pin(phone, PIN)
    confirm(phone)
    make_member(cell_a, "Vàng A Chu")
    phone.context.set_offline(False)
    expect(phone.get_by_text("Số liệu vừa thay đổi")).to_be_visible()
    assert wrong_with(phone) == []
    assert not Confirmation.objects.exists()
    phone.get_by_role("button", name="Sửa lại").tap()
    expect(phone.locator("details[open] td").first).to_have_text("5")
    phone.get_by_role("button", name="Xác nhận số liệu đúng").tap()
    expect(phone.get_by_text("Đã gửi hết và lấy số liệu mới.")).to_be_visible()
    assert Confirmation.objects.get().values["members.total"] == 5
    expect(phone.locator("#queue > li")).to_have_count(1)


def confirm(page):
    page.get_by_text("Xác nhận số liệu", exact=True).last.click()
    page.get_by_role("button", name="Xác nhận số liệu đúng").tap()


def test_what_is_being_typed_stays_when_the_network_comes_back(phone):
    without_network(phone)
    type_pin(phone, PIN)
    write_meeting(phone)
    phone.get_by_text("Số điện thoại mới", exact=True).click()
    phone.locator("details[open] [name=phone]").fill("0987654321")
    phone.context.set_offline(False)
    expect(phone.get_by_text("Đã gửi hết và lấy số liệu mới.")).to_be_visible()
    expect(phone.locator("details[open] [name=phone]")).to_have_value("0987654321")


def test_what_is_no_more_true_is_told_no_more(phone):
    without_network(phone)
    type_pin(phone, WRONG)
    expect(phone.get_by_text("Còn 4 lần")).to_be_visible()
    type_pin(phone, PIN)
    expect(phone.get_by_text("Chưa có mạng.")).to_be_visible()
    phone.get_by_text("Báo: Từ trần", exact=True).click()
    keep(phone)
    expect(phone.get_by_text("Chưa ghi mục này: Đảng viên.")).to_be_visible()
    phone.context.set_offline(False)
    take_anew(phone)
    expect(phone.get_by_role("status")).to_have_text("Đã gửi hết và lấy số liệu mới.")


def test_whatever_comes_back_can_be_dropped_and_asks_before(phone):
    without_network(phone)
    type_pin(phone, PIN)
    write_meeting(phone)
    phone.once("dialog", lambda dialog: dialog.dismiss())
    phone.get_by_role("button", name="Bỏ, không gửi").tap()
    expect(phone.get_by_text("Chờ gửi", exact=True)).to_be_visible()
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="Bỏ, không gửi").tap()
    expect(phone.get_by_text("Không có gì chờ gửi.")).to_be_visible()
