"""How people come to the portal in the journeys: through the sign-in page, on a desk or with a telephone."""

import pytest
from django.db.backends.signals import connection_created
from django.urls import reverse
from playwright.sync_api import expect

from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.jobs.actions import work_on_next
from tests.factories import make_member, make_members
from tests.look import wrong_with

TELEPHONE = {"width": 360, "height": 740}
PIN, WRONG = "482917", "482918"


@pytest.fixture
def sign_in():
    """Sign somebody in, in the page of a browser, on the way to `path`; passwords of tests are user names."""

    def sign_in(page, user, path="/"):
        page.goto(path)
        page.get_by_label("Tên đăng nhập").fill(user.username)
        page.get_by_label("Mật khẩu").fill(user.username)
        page.get_by_role("button", name="Đăng nhập").click()
        page.locator("[data-sign-out]").wait_for(state="attached")
        page.wait_for_load_state()  # its scripts have run
        return page

    return sign_in


@pytest.fixture
def telephone(browser, base_url):
    """A page of a browser on a small screen."""
    context = browser.new_context(viewport=TELEPHONE, base_url=base_url, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser, base_url):
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def pages_without_locks():
    """Let pages read without locks.

    The database of tests lies in memory, where whoever reads a table keeps others from writing into it: a page that is
    still being answered would keep the test, or the worker, from doing so.
    """
    connection_created.connect(_read_without_locks)
    yield
    connection_created.disconnect(_read_without_locks)


@pytest.fixture
def worker(tmp_path, monkeypatch):
    """Let the worker of the machine do what waits, in a folder of its own."""
    monkeypatch.setattr(progress, "FOLDER", tmp_path / "importing")
    return work_on_next


def _read_without_locks(connection, **kwargs):
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA read_uncommitted = 1")


@pytest.fixture
def open_browser(browser, base_url):
    """Open one more browser, for one more person; all are closed in the end."""
    contexts = []

    def open_browser():
        contexts.append(browser.new_context(base_url=base_url))
        return contexts[-1].new_page()

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def telephone_in_files(browser_type, browser_type_launch_args, base_url, tmp_path):
    """A telephone whose browser keeps in files what it keeps: whoever opens the system copies them."""
    screen = {"viewport": TELEPHONE, "has_touch": True, "base_url": base_url}
    context = browser_type.launch_persistent_context(tmp_path, **browser_type_launch_args, **screen)
    yield context.pages[0]
    context.close()


@pytest.fixture
def phone(telephone_in_files, sign_in, secretary_a, cell_a):
    """The remembered phone of the secretary of A, which keeps the month; the cell has people."""
    telephone = telephone_in_files
    make_member(cell_a, "Lò Thị Lan", citizen_id="012345678901", phone="0912345678")
    make_members(cell_a, 3)
    sign_in(telephone, secretary_a, reverse("phone-pair"))
    telephone.get_by_label("Mã PIN mới").fill(PIN)
    telephone.get_by_label("Ghi lại mã PIN").fill(PIN)
    telephone.get_by_role("button", name="Nhớ điện thoại này").click()
    telephone.goto("/")
    telephone.get_by_role("link", name="Dùng khi mất mạng").click()
    expect(telephone.get_by_role("button", name="Giữ tháng này trên điện thoại")).to_be_visible()
    assert wrong_with(telephone) == []
    type_pin(telephone, WRONG, "Giữ tháng này trên điện thoại")
    expect(telephone.get_by_role("status")).to_contain_text("Còn 4 lần")
    type_pin(telephone, PIN, "Giữ tháng này trên điện thoại")
    expect(telephone.get_by_text("Lưu trên điện thoại lúc")).to_be_visible()
    telephone.evaluate("navigator.serviceWorker.ready")
    return telephone


def type_pin(page, pin, button="Mở"):
    page.get_by_label("Mã PIN của điện thoại này").fill(pin)
    page.get_by_role("button", name=button, exact=True).click()
