"""The portal in Chromium 69: pages have their looks, fit a telephone and lose nothing that is typed."""

import json
import os
import subprocess
import sys

import pytest
from django.urls import reverse

from assessments.models import Meeting
from tests.factories import make_members
from tests.test_oldest_browser import DISPENSABLE, KNOWN, SHEETS, declarations_in

pytestmark = pytest.mark.browser

SETTINGS = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}  # root has no sandbox
SETTINGS |= {"QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu"}
PAGES = ("/", "/dang-vien/", "/to-chuc/a/", "/tong-quan/", "/bieu/1B/", "/so/sinh-hoat/", "/xep-loai/", "/tai-khoan/")
FORM = "/so/sinh-hoat/them/?don_vi=a"
VALUES = {
    "min(": DISPENSABLE["min()"],
    "anywhere": "a long word is broken where it must be",
    "Canvas": DISPENSABLE["forced-colors"],
    "GrayText": DISPENSABLE["forced-colors"],
    "LinkText": DISPENSABLE["forced-colors"],
    "ButtonText": DISPENSABLE["forced-colors"],
}
"""Values that it does not know, and what a page is without them."""


class OldBrowser:
    """A process with Chromium 69."""

    def __init__(self, address):
        command = [sys.executable, "-m", "tests.journeys.chromium_69"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        self.address, self.process = address, subprocess.Popen(command, env=os.environ | SETTINGS, **pipes)

    def tell(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def go(self, path):
        assert self.tell(go=self.address + path)

    def run(self, script):
        return self.tell(run=script)

    def until(self, script):
        assert self.tell(until=script), script

    def type(self, name, text):
        field = f"document.querySelector('main [name={name}]')"
        self.run(f"{field}.value = {json.dumps(text)}; {field}.dispatchEvent(new Event('input', {{bubbles: true}}))")

    def close(self):
        self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def signed_in(request, live_server, cell_a):
    """Return a function: Chromium 69, in which somebody has signed in; the cell has members."""
    make_members(cell_a, 12)

    def signed_in(user):
        old = OldBrowser(live_server.url)
        request.addfinalizer(old.close)
        old.go("/")
        old.type("username", user.username)
        old.type("password", user.username)
        old.run("document.querySelector('main form button').click()")
        old.until("document.querySelector('[data-sign-out]') && document.readyState === 'complete'")
        return old

    return signed_in


@pytest.fixture
def old(signed_in, clerk):
    """Chromium 69, in which the clerk has signed in."""
    return signed_in(clerk)


def test_pages_have_their_looks_and_fit_a_telephone(old):
    assert "Chrome/69." in old.run("navigator.userAgent")
    width = "document.documentElement.scrollWidth"
    for path in PAGES:
        old.go(path)
        assert old.run("getComputedStyle(document.body).fontFamily").startswith("system-ui"), path
        assert old.run("getComputedStyle(document.querySelector('.menu')).display") == "flex", path
        assert old.run(width) <= 360, path
        assert old.run(f"document.documentElement.style.fontSize = '200%', {width}") <= 360, path
    assert old.tell(said=True) == []


def test_what_is_typed_is_there_again_and_a_link_changes_the_page_in_place(old):
    old.go(FORM)
    old.type("topic", "Học tập Nghị quyết 21")
    old.go(FORM)
    old.until("document.querySelector('main .notice.draft')")
    assert old.run("document.querySelector('[name=topic]').value") == "Học tập Nghị quyết 21"
    old.run("window.same = true; document.querySelector('.menu a[href=\"/dang-vien/\"]').click()")
    old.until("location.pathname === '/dang-vien/' && document.querySelector('#ket-qua')")
    assert old.run("window.same")
    assert old.tell(said=True) == []


def test_a_reason_is_asked_of_those_alone_who_are_not_ticked(old):
    old.go("/sinh-hoat-thang/a/")
    asked = "[...document.querySelectorAll('.absent')].filter((each) => each.offsetHeight).length"
    assert old.run(asked) == 0
    assert old.run(f"document.querySelector('.attendance label').click(), {asked}") == 1
    assert old.tell(said=True) == []


def test_the_lists_of_what_it_knows_are_its_own(old):
    names = "(() => { const all = []; for (const name in document.body.style) all.push(name); return all; })()"
    own = {"".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name) for name in old.run(names)}
    assert KNOWN["properties"] <= own
    asked = {pair for sheet in SHEETS for pair in declarations_in(sheet.read_text()) if pair[0] not in DISPENSABLE}
    supports = f"{json.dumps(sorted(asked))}.filter((pair) => !CSS.supports(...pair)).map((pair) => pair.join(': '))"
    assert [each for each in old.run(supports) if not any(name in each for name in VALUES)] == []


def test_a_phone_keeps_the_month_and_sends_what_was_written(signed_in, secretary_a):
    old = signed_in(secretary_a)
    old.go(reverse("phone-pair"))
    old.type("pin", "482917")
    old.type("again", "482917")
    old.run("document.querySelector('main form button').click()")
    old.until("location.pathname === '/tai-khoan/' && document.readyState === 'complete'")
    for shown in ("document.querySelector('#month form')", "document.querySelector('#month details')"):
        old.go(reverse("offline"))
        old.until("!document.getElementById('pin-form').hidden")
        old.run("document.getElementById('pin').value = '482917'")
        old.run("document.querySelector('#pin-form button:not([hidden])').click()")
        old.until(f"!document.getElementById('open').hidden && {shown}")
    old.run("document.querySelector('#month form button').click()")
    old.until("[...document.querySelectorAll('#queue .tag')].some((tag) => tag.textContent === 'Đã gửi')")
    assert Meeting.objects.get().present == 12
    assert old.run("navigator.serviceWorker.controller.scriptURL").endswith(reverse("service-worker"))
    assert old.tell(said=True) == []
