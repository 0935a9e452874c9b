"""The leaders' page of the sample in a browser: on a telephone and on paper."""

import re
from datetime import date

from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from organizations.choices import RoleKind
from organizations.models import Unit
from reports.reporting_periods.actions import open_period
from tests.factories import make_user
from tests.look import fits

BROKEN = """[...document.querySelectorAll(".board .lines tr, .board p")]
  .filter((each) => getComputedStyle(each).breakInside !== "avoid").map((each) => each.innerText)"""
"""Lines that may be cut in two where a column of the paper ends."""

DAY, SINCE = date(2026, 3, 1), date(2025, 7, 1)


def test_the_sample_fits_a_telephone_and_one_page_of_paper(page):
    call_command("loaddata", "thresholds", "binh-lu", verbosity=0)
    commune = Unit.objects.get(code="binh-lu")
    make_user("leader", (RoleKind.LEADER, commune))
    open_period(unit=commune, as_of=DAY, since=SINCE, year=2025, due_on=DAY, today=DAY)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{reverse('dashboard')}?don_vi=binh-lu&ngay=01/03/2026&tu=01/07/2025")
    page.locator("[name=username]").fill("leader")
    page.get_by_label("Mật khẩu").fill("leader")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Vấn đề cần quan tâm")).to_be_visible()
    expect(page.get_by_text("0 trên 54 đơn vị đã xác nhận")).to_be_visible()
    assert fits(page)
    assert pages_of(page) == 1
    page.goto(f"{reverse('dashboard')}?don_vi=binh-lu&ngay=01/09/2026&tu=01/01/2026")
    expect(page.get_by_text("cùng kỳ").first).to_be_visible()
    assert pages_of(page) == 1
    page.emulate_media(media="print")
    assert page.evaluate(BROKEN) == []
    page.emulate_media(media="screen")
    page.goto(f"{reverse('comparison')}?don_vi=binh-lu&ngay=01/03/2026&tu=01/07/2025")
    assert pages_of(page) <= 4


def pages_of(page):
    """Return how many sheets of paper a page takes."""
    return len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
