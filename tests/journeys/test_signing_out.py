"""After signing out the way back shows nothing, whatever the browser keeps of pages it has left."""

import shutil

import pytest
from playwright.sync_api import expect

from binhlu_portal import security
from tests.conftest import BROWSERS
from tests.factories import make_member

WINDOWED = next(filter(None, map(shutil.which, BROWSERS[1:])), None)
"""The browser without windows, the first of the list, keeps no pages."""

pytestmark = pytest.mark.skipif(WINDOWED is None, reason="no Chromium that keeps pages on this machine")

KEPT_PAGES = "--disable-back-forward-cache"
"""What Playwright tells every browser: here the cache of pages left behind is on, as with anybody's browser."""

REMEMBER = "addEventListener('pageshow', (event) => { window.cameFromCache = event.persisted; })"


@pytest.fixture
def page(browser_type, browser_type_launch_args, base_url, cell_a, secretary_a):
    """A page of a browser that keeps pages it has left."""
    make_member(cell_a, "Đèo Thị Mẫu")
    options = browser_type_launch_args | {"executable_path": WINDOWED, "ignore_default_args": [KEPT_PAGES]}
    browser = browser_type.launch(**options)
    page = browser.new_page(base_url=base_url)
    page.add_init_script(REMEMBER)
    yield page
    browser.close()


def open_list(page):
    """Open the list of people, in a document of its own."""
    page.goto("/dang-vien/")
    expect(page.get_by_text("Đèo Thị Mẫu")).to_be_visible()


def go_back(page):
    page.evaluate("history.back()")  # waiting for a page to load would be in vain: it is there already


def test_the_way_back_shows_nothing(page, sign_in, secretary_a):
    sign_in(page, secretary_a)
    open_list(page)
    page.get_by_role("button", name="Đăng xuất").click()
    for _ in range(2):
        expect(page.get_by_label("Mật khẩu")).to_be_visible()
        assert "Đèo Thị Mẫu" not in page.content()
        go_back(page)
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    assert "Đèo Thị Mẫu" not in page.content()


def test_this_browser_would_show_a_page_that_may_be_kept(page, sign_in, secretary_a, monkeypatch):
    monkeypatch.setattr(security, "UNCACHED", "private")
    sign_in(page, secretary_a)
    open_list(page)
    page.goto("/static/portal.css")
    go_back(page)
    page.wait_for_function("window.cameFromCache")
    expect(page.get_by_text("Đèo Thị Mẫu")).to_be_visible()
