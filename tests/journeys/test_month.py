"""The month of a cell from a telephone of 360 pixels: the meeting by names, what did not happen, the confirmation."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.choices import OF_CELLS
from assessments.models import Absence, Meeting, NilReturn
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.models import Confirmation
from tests.factories import make_member, make_members
from tests.look import fits

MOST_TAPS = 18
"""So many taps a whole month takes at most, with one absence and seven registers to state."""


class Thumb:
    """A thumb on a telephone, which counts its taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, role, name, **how):
        """Tap what has this role and name."""
        self.page.get_by_role(role, name=name, **how).first.tap()
        self.taps += 1

    def choose(self, label, value):
        """Open a list and choose from it: two taps."""
        self.page.get_by_label(label, exact=True).select_option(label=value)
        self.taps += 2


@pytest.fixture
def thumb(sign_in, telephone, secretary_a, commune, cell_a):
    """The secretary of A at the front door, with a period open since today."""
    make_member(cell_a, "Lò Thị Lan")
    make_members(cell_a, 3)
    today = timezone.localdate()
    asked = {"as_of": today, "since": today, "year": today.year, "due_on": today, "today": today}
    reporting_periods.open_period(unit=commune, **asked)
    return Thumb(sign_in(telephone, secretary_a))


def done(page):
    """Return how many steps are done."""
    return page.locator(".month li.done").count()


def test_a_whole_month_takes_few_taps(thumb):
    page = thumb.page
    assert (done(page), fits(page)) == (0, True)
    thumb.tap("link", "Ghi buổi sinh hoạt")
    thumb.tap("checkbox", "Lò Thị Lan")
    thumb.tap("button", "Lưu", exact=True)
    summary = page.get_by_role("alert").filter(has_text="Có lỗi cần sửa")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Lò Thị Lan: chọn lý do vắng.")
    thumb.choose("Lý do vắng: Lò Thị Lan", "Ốm đau")
    assert fits(page)
    thumb.tap("button", "Lưu", exact=True)
    expect(page.get_by_text("có mặt 3/4")).to_be_visible()
    assert done(page) == 1
    thumb.tap("link", "Báo không phát sinh")
    thumb.tap("button", "Báo không phát sinh")
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    page.goto("/")
    assert done(page) == 2
    thumb.tap("link", "Xem và xác nhận")
    assert fits(page)
    thumb.tap("button", "Xác nhận số liệu đúng")
    expect(page.get_by_text("Đã xác nhận số liệu.")).to_be_visible()
    page.goto("/")
    assert done(page) == 3
    assert thumb.taps <= MOST_TAPS
    meeting = Meeting.objects.get()
    assert (meeting.expected, meeting.present, Absence.objects.get().reason) == (4, 3, "ill")
    assert NilReturn.objects.count() == len(OF_CELLS)
    assert Confirmation.objects.get().values["members.total"] == 4


def test_a_list_comes_before_its_filters(thumb):
    page = thumb.page
    page.goto("/dang-vien/")
    expect(page.locator("#id_gioi_tinh")).to_be_hidden()
    assert page.get_by_role("link", name="Lò Thị Lan").bounding_box()["y"] < 740
    thumb.tap("button", "Lọc, chọn cột")
    page.get_by_role("searchbox", name="Tên, số thẻ").fill("lan")
    thumb.tap("button", "Xem danh sách")
    expect(page.locator("#id_gioi_tinh")).to_be_hidden()
    expect(page.get_by_text("1–1 trên 1")).to_be_visible()
    thumb.tap("button", "Mục chính")
    expect(page.get_by_role("link", name="Biểu", exact=True)).to_have_count(0)


def test_one_field_is_put_right_alone(thumb):
    page = thumb.page
    thumb.tap("link", "Lò Thị Lan")
    thumb.tap("link", "Bổ sung số định danh")
    expect(page.locator("form.record-form input:visible")).to_have_count(2)  # the number, and why
    assert fits(page)
