"""A phone of 360 pixels without network: the month opened by the PIN, written on, sent later; what a finder reads."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Absence, Meeting
from binhlu_portal.accounts.models import PairedPhone, Session
from members.models import ChangeReport
from tests.journeys.conftest import PIN, WRONG, type_pin
from tests.look import fits, wrong_with

READ = """async () => {
  const all = (store) => new Promise((done) => {
    const rows = [], asked = store.openCursor();
    asked.onsuccess = () => {
      if (!asked.result) return done(rows);
      rows.push([asked.result.key, asked.result.value]);
      asked.result.continue();
    };
  });
  const database = await new Promise((done) => {
    const asked = indexedDB.open("offline", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("offline");
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await all(database.transaction("offline").objectStore("offline"));
  database.close();
  const files = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      files.push(request.url, await (await caches.match(request)).text());
    }
  }
  const extractable = rows.filter(([, value]) => value instanceof CryptoKey).map(([, value]) => value.extractable);
  const bytes = new Uint8Array((rows.find(([name]) => name === "box") || [0, { data: [] }])[1].data);
  const text = new TextDecoder("latin1").decode(bytes) + new TextDecoder().decode(bytes);
  return { names: rows.map(([name]) => name).sort(), extractable, box: bytes.length,
           text: text + JSON.stringify(rows) + JSON.stringify({ ...localStorage }) + files.join() };
}"""
"""What somebody reads who has the phone, its developer tools and no PIN."""


LOST = "1 việc chưa gửi, ghi ngày"

FINDS = ("Lò Thị", "Thị Lan", "Người Mẫu", "012345678901", "0912345678")
"""Words and numbers of the cell and its people."""

CODES = ("utf-8", "utf-16-le", "utf-16-be")
"""How browsers write text into files."""


def without_network(page):
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="Khi mất mạng")).to_be_visible()


def take_anew(page):
    page.get_by_role("button", name="Gửi và lấy số liệu mới").click()
    expect(page.get_by_text("Đã gửi hết và lấy số liệu mới.")).to_be_visible()


def keep(page):
    page.locator("details[open]").get_by_role("button", name="Giữ để gửi").tap()


def say_why(form, why="Ốm đau"):
    form.get_by_label("Lý do vắng: Lò Thị Lan", exact=True).select_option(label=why)


def write_meeting(page, says_why=True):
    page.get_by_text("Ghi buổi sinh hoạt", exact=True).click()
    form = page.locator("details[open]")
    form.get_by_role("checkbox", name="Lò Thị Lan").tap()
    keep(page)
    expect(page.get_by_text("Chưa ghi mục này: Lý do vắng: Lò Thị Lan.")).to_be_visible()
    say_why(form, "Ốm đau" if says_why else "Lý do khác")
    keep(page)
    expect(page.get_by_text("Chờ gửi", exact=True)).to_be_visible()


def test_a_month_without_network_is_written_and_sent_later(phone):
    without_network(phone)
    assert "Lò Thị Lan" not in phone.content()
    type_pin(phone, PIN)
    expect(phone.get_by_text("chưa ghi buổi thường kỳ").first).to_be_visible()
    assert wrong_with(phone) == []
    write_meeting(phone, says_why=False)
    phone.get_by_text("Báo: Từ trần", exact=True).click()
    phone.locator("details[open]").get_by_label("Đảng viên").select_option(label="Lò Thị Lan")
    phone.locator("details[open]").get_by_label("Ngày từ trần").fill(f"{timezone.localdate():%d/%m/%Y}")
    keep(phone)
    expect(phone.get_by_text("Báo: Từ trần: Lò Thị Lan", exact=True)).to_be_visible()
    assert fits(phone)
    assert wrong_with(phone) == []
    assert not Meeting.objects.exists()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Còn 1 việc chưa gửi được")).to_be_visible()
    expect(phone.get_by_text("Lò Thị Lan: ghi rõ lý do.")).to_be_visible()
    phone.get_by_role("button", name="Sửa lại").tap()
    again = phone.locator("#correction")
    expect(again.get_by_role("checkbox", name="Lò Thị Lan")).not_to_be_checked()
    assert wrong_with(phone) == []
    say_why(again)
    again.get_by_role("button", name="Giữ để gửi").tap()
    expect(phone.get_by_text("Đã gửi hết và lấy số liệu mới.")).to_be_visible()
    expect(phone.get_by_text("Đã gửi", exact=True)).to_have_count(2)
    assert wrong_with(phone) == []
    assert (Meeting.objects.get().present, Absence.objects.get().reason) == (3, "ill")
    assert ChangeReport.objects.get().member.full_name == "Lò Thị Lan"
    expect(phone.get_by_text("có mặt 3/4")).to_be_visible()


def test_what_is_sure_to_be_refused_is_said_at_once(phone):
    without_network(phone)
    type_pin(phone, PIN)
    phone.get_by_text("Ghi buổi sinh hoạt", exact=True).click()
    form = phone.locator("details[open]")
    for typed in ("35/12/2026", "12/14/2026", "31022026"):
        form.locator("[name=held_on]").fill(typed)
        form.get_by_role("button", name="Giữ để gửi").tap()
        expect(phone.get_by_text(f"“{typed}” không phải ngày")).to_be_visible()
    phone.get_by_text("Ghi buổi sinh hoạt", exact=True).click()
    phone.get_by_text("Báo không phát sinh", exact=True).click()
    keep(phone)
    expect(phone.get_by_text("Chưa ghi mục này: Sổ không phát sinh")).to_be_visible()
    expect(phone.get_by_text("Chờ gửi", exact=True)).to_have_count(0)


def test_who_finds_the_phone_reads_nothing_and_guesses_five_times(phone):
    without_network(phone)
    type_pin(phone, PIN)
    write_meeting(phone)
    phone.reload()
    kept = phone.evaluate(READ)
    assert kept["names"] == ["box", "device", "failures", "salt", "until"]
    assert (kept["extractable"], kept["box"] > 1000) == ([False], True)
    for word in (*FINDS, "ốm", "/sinh-hoat-thang/"):
        assert word not in kept["text"], word
    for left in (4, 3, 2, 1):
        type_pin(phone, WRONG)
        expect(phone.get_by_text(f"Còn {left} lần")).to_be_visible()
        phone.reload()  # what was tried stays tried
    type_pin(phone, WRONG)
    expect(phone.get_by_text("đã xóa những gì điện thoại này giữ")).to_be_visible()
    expect(phone.get_by_text(LOST)).to_be_visible()
    assert phone.evaluate(READ)["names"] == []


def test_the_files_of_the_browser_hold_no_word_of_the_cell_in_clear(phone, tmp_path):
    without_network(phone)
    type_pin(phone, PIN)
    write_meeting(phone)
    phone.context.close()
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path for path, content in files.items() if "device".encode("utf-16-be") in content}
    assert any("IndexedDB" in path.parts for path in kept)  # these are the files of the box
    found = {
        (path.name, word)
        for path, content in files.items()
        for word in FINDS
        for code in CODES
        if word.encode(code) in content
    }
    assert found == set()


@pytest.fixture
def unsent(phone):
    """The phone with one meeting that was not sent, on its way back to the network."""
    without_network(phone)
    type_pin(phone, PIN)
    write_meeting(phone)
    return phone


def test_a_phone_that_is_forgotten_keeps_nothing_and_tells_what_is_lost(unsent):
    PairedPhone.objects.all().delete()
    Session.objects.all().delete()
    unsent.context.set_offline(False)
    expect(unsent.get_by_text("Đã xóa những gì điện thoại này giữ.")).to_be_visible()
    expect(unsent.get_by_role("alert")).to_contain_text(f"{LOST} {timezone.localdate():%d/%m/%Y}")
    assert wrong_with(unsent) == []
    assert unsent.evaluate(READ)["names"] == []


def test_who_has_the_own_phone_forgotten_on_it_is_told_before_and_after(unsent):
    unsent.goto("about:blank")
    unsent.context.set_offline(False)
    unsent.goto(reverse("account"))
    expect(unsent.get_by_role("link", name="1 việc ghi lúc mất mạng chưa gửi xong")).to_be_visible()
    unsent.get_by_text("Quên điện thoại này", exact=True).click()
    unsent.get_by_role("button", name="Quên và đăng xuất").click()
    expect(unsent.get_by_text("Đã quên điện thoại đó")).to_be_visible()
    unsent.goto(reverse("offline"))
    type_pin(unsent, PIN)
    expect(unsent.get_by_text(LOST)).to_be_visible()
    expect(unsent.get_by_role("link", name="Nhớ điện thoại này")).to_be_visible()
    assert unsent.evaluate(READ)["names"] == []


def test_who_comes_back_to_a_phone_that_is_forgotten_is_told_before_signing_in(unsent, secretary_a, sign_in):
    unsent.goto("about:blank")
    PairedPhone.objects.all().delete()
    Session.objects.all().delete()
    unsent.context.set_offline(False)
    unsent.goto("/")
    expect(unsent.get_by_text(LOST)).to_be_visible()
    assert wrong_with(unsent) == []
    sign_in(unsent, secretary_a)
    expect(unsent.get_by_role("link", name="ghi lúc mất mạng chưa gửi xong")).to_have_count(0)
    unsent.goto(reverse("offline"))
    expect(unsent.get_by_role("link", name="Nhớ điện thoại này")).to_be_visible()
    assert wrong_with(unsent) == []


def test_after_thirty_days_all_is_gone_and_what_was_lost_is_told(unsent):
    unsent.evaluate("writeKept('until', Date.now() - 1)")
    unsent.reload()
    expect(unsent.get_by_text(LOST)).to_be_visible()
    assert unsent.evaluate(READ)["names"] == []
    expect(unsent.get_by_text("Chưa có mạng: có mạng rồi mở lại trang này")).to_be_visible()


def test_home_tells_what_waits_and_leads_to_it(unsent):
    unsent.goto("about:blank")
    unsent.context.set_offline(False)
    unsent.goto("/")
    unsent.get_by_role("link", name="1 việc ghi lúc mất mạng chưa gửi xong").click()
    type_pin(unsent, PIN)
    expect(unsent.get_by_text("Đã gửi hết và lấy số liệu mới.")).to_be_visible()
    unsent.goto("/")
    expect(unsent.get_by_role("link", name="Dùng khi mất mạng")).to_be_visible()
    expect(unsent.get_by_role("link", name="ghi lúc mất mạng chưa gửi xong")).to_have_count(0)


def test_who_signs_out_is_told_what_was_not_sent(phone):
    without_network(phone)
    type_pin(phone, PIN)
    write_meeting(phone)
    phone.reload()
    phone.context.set_offline(False)
    phone.goto("/")
    asked = []
    phone.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    phone.get_by_role("button", name="Mục chính").click()
    phone.locator("[data-sign-out] button").click()
    assert "chưa gửi; đăng xuất thì mất" in asked[0]
    phone.reload()
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="Mục chính").click()
    phone.locator("[data-sign-out] button").click()
    expect(phone.get_by_label("Mã PIN của điện thoại này")).to_be_visible()
    assert phone.evaluate(READ)["names"] == []
    assert not Meeting.objects.exists()
