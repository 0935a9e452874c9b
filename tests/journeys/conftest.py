"""How people come to the portal in the journeys: through the sign-in page, on a desk or with a telephone."""

import pytest

from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.jobs.actions import work_on_next

TELEPHONE = {"width": 360, "height": 740}


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


@pytest.fixture
def worker(tmp_path, monkeypatch):
    """Let the worker of the machine do what waits, in a folder of its own."""
    monkeypatch.setattr(progress, "FOLDER", tmp_path / "importing")
    return work_on_next


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
