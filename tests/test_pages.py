"""The pages as people meet them: in a browser, on a telephone, without scripts, over a thin line."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import admit, make_member, make_unit
from tests.look import wrong_with

ASKED = "?don_vi=xa&ngay=01/03/2026&tu=01/07/2025&nam=2025"
PAGES = {
    "the dashboard": f"/tong-quan/{ASKED}",
    "units compared": f"/tong-quan/theo-don-vi/{ASKED}",
    "the report": f"/bao-cao/{ASKED}",
    "a list": f"/so-lieu/members.total/{ASKED}",
    "a list of changes": f"/so-lieu/members.increase/{ASKED}",
    "a figure by unit": f"/so-lieu/members.total/{ASKED}&chia=1",
    "an empty list": f"/so-lieu/members.expelled/{ASKED}",
    "a target": f"/so-lieu/targets.admissions/{ASKED}",
    "the annexes": f"/bieu/{ASKED}",
    "an annex": f"/bieu/1B/{ASKED}",
    "the tree": f"/to-chuc/{ASKED}",
    "no unit found": f"/to-chuc/{ASKED}&tim=khong-co",
    "a unit": "/to-chuc/a/?ngay=01/03/2026",
    "a committee": "/to-chuc/xa/?ngay=01/03/2026",
    "a wizard": "/to-chuc/a/giai-the/",
    "a wizard with a choice of many": "/to-chuc/a/sap-nhap/",
    "the members": f"/dang-vien/{ASKED}",
    "the members, filters and columns": f"/dang-vien/{ASKED}&hoc_van=primary&tinh_trang=died&cot=thuong-tru&cot=tuoi",
    "the members to choose from": f"/dang-vien/{ASKED}&cho=dao-tao",
    "a new member": "/dang-vien/them/?don_vi=a",
    "records written twice": "/dang-vien/trung/",
    "the board of admissions": f"/ket-nap/{ASKED}",
    "one stage of admissions": f"/ket-nap/{ASKED}&buoc=du-bi",
    "the form of a candidate": "/ket-nap/them/",
    "the targets of admissions": "/ket-nap/chi-tieu/?don_vi=xa",
    "the ratings": f"/xep-loai/{ASKED}",
    "the sheet of a cell": "/xep-loai/a/?nam=2025",
    "an empty sheet": "/xep-loai/a/?nam=2024",
    "the sheet of the units": "/xep-loai/to-chuc/?don_vi=xa&nam=2025",
    "the home page": "/",
    "the history": "/lich-su/",
    "an empty history": "/lich-su/?den=01/01/2020",
    "the log of access": "/lich-su/truy-cap/",
    "the reporting periods": "/ky-bao-cao/",
    "a new reporting period": "/ky-bao-cao/mo/",
    "a wrong day": f"/bao-cao/{ASKED}".replace("01/03/2026", "31/02/2026"),
    "an unknown page": "/so-lieu/never/",
}
LONG = "Chi bộ Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở"
LOADED = {".css", ".js", ".svg"}
HEAVIEST = 60_000  # bytes, compressed, with an empty cache


@pytest.fixture
def records(commune, cell_a, cell_b):
    """Two cells with members and names that are hard on a narrow screen."""
    make_member(cell_a, "Đèo Thị Mẫu")
    make_member(cell_b, "Nguyễn Hoàng Công Tằng Tôn Nữ Thị Mẫu")
    admit(cell_a, cell_a.started_on.replace(month=9), "Vàng A Mới")
    school = make_unit("truong", commune)
    school.periods.update(name=LONG)
    make_member(school)


@pytest.fixture
def enter(clerk, records):
    """Sign the clerk in, in the page of a browser."""

    def enter(page):
        page.goto("/bao-cao/")
        page.locator("[name=username]").fill("clerk")
        page.get_by_label("Mật khẩu").fill("clerk")
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.locator("[data-sign-out]")).to_be_attached()
        return page

    return enter


@pytest.fixture
def plain_page(browser, base_url):
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    yield context.new_page()
    context.close()


def test_from_signing_in_to_the_names_behind_a_number_without_scripts(enter, plain_page):
    page = enter(plain_page)
    page.locator("a[href^='/so-lieu/members.total/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng số đảng viên")
    expect(page.get_by_role("cell", name="Đèo Thị Mẫu")).to_be_visible()
    page.get_by_text("Đổi", exact=True).click()
    page.get_by_label("Tổ chức đảng").select_option("b")
    page.get_by_role("button", name="Xem").click()
    expect(page).to_have_url(re.compile("don_vi=b"))
    expect(page.get_by_role("cell", name="Nguyễn Hoàng")).to_be_visible()
    expect(page.get_by_role("cell", name="Đèo Thị Mẫu")).to_have_count(0)
    page.get_by_role("link", name="Họ và tên").click()
    expect(page.get_by_role("columnheader", name="Họ và tên")).to_have_attribute("aria-sort", "ascending")


def test_pages_fit_a_telephone_and_say_what_they_are(enter, page):
    foreign = []
    page.on("request", lambda request: foreign.append(request.url))
    enter(page)
    for name, path in PAGES.items():
        page.goto(path)
        assert wrong_with(page) == [], name
        assert page.locator("h1").count() == 1, name
        assert page.locator("html").get_attribute("lang") == "vi", name
        assert page.title().endswith("Cổng dữ liệu Đảng bộ xa"), name
        assert page.locator("a.skip-link").first.get_attribute("href") == "#noi-dung", name
        assert page.locator("main#noi-dung").count() == 1, name
        ids = page.eval_on_selector_all("[id]", "found => found.map(element => element.id)")
        assert len(ids) == len(set(ids)), name
    assert {url.split("/")[2] for url in foreign} == {page.url.split("/")[2]}


ROWS_IN_SIGHT = """() => [...document.querySelectorAll("tbody tr")]
  .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"""


def test_a_list_shows_twelve_rows_on_a_small_desk_and_fills_a_wide_one(enter, page, cell_a):
    for index in range(20):
        make_member(cell_a, f"Lò Văn {'ABCDEGHIKL'[index % 10]}")
    page.set_viewport_size({"width": 1366, "height": 768})
    enter(page).goto("/dang-vien/?don_vi=a")
    assert page.evaluate(ROWS_IN_SIGHT) >= 12
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert page.locator("table.data").evaluate("table => table.getBoundingClientRect().width") > 1800


def test_one_line_says_which_unit_and_day_and_opens_to_change_them(enter, page):
    enter(page).goto(PAGES["the members"])
    line = page.locator(".moment > summary")
    expect(line).to_contain_text("Đảng bộ xa")
    expect(line).to_contain_text("đến ngày 01/03/2026")
    expect(page.get_by_label("Đến ngày")).to_be_hidden()
    line.press("Enter")
    page.get_by_label("Đến ngày").fill("02/03/2026")
    page.get_by_role("button", name="Xem").click()
    expect(line).to_contain_text("đến ngày 02/03/2026")


def test_the_keyboard_reaches_the_first_field_of_a_form_at_once(enter, page):
    enter(page).goto("/dang-vien/them/?don_vi=a")
    page.get_by_role("link", name="Đến ô nhập đầu tiên").press("Enter")
    expect(page.get_by_label("Chi bộ", exact=True)).to_be_focused()


def test_errors_take_the_focus_and_lead_to_their_field(enter, page):
    enter(page).goto(PAGES["a wrong day"])
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("[name=ngay]")).to_be_focused()


@pytest.mark.parametrize(
    "path",
    [
        PAGES["the dashboard"],
        PAGES["units compared"],
        PAGES["the report"],
        PAGES["a list"] + "&dong=100",
        PAGES["an annex"],
        PAGES["the tree"],
        PAGES["a committee"],
    ],
)
def test_a_first_page_is_light(client, clerk, commune, records, path):
    for index in range(54):
        make_member(make_unit(f"n{index}", commune), "Nguyễn Hoàng Thị Mẫu")
    client.force_login(clerk)
    files = [path.read_bytes() for path in Path(settings.BASE_DIR / "static").rglob("*.*") if path.suffix in LOADED]
    assert sum(len(gzip.compress(content)) for content in [client.get(path).content, *files]) <= HEAVIEST


def test_signing_in_leads_back_to_the_page_asked_for(client, clerk):
    wanted = reverse("annexes")
    asked = client.get(wanted)
    response = client.post(reverse("sign-in"), {"username": "clerk", "password": "clerk", "next": wanted})
    assert asked.url.endswith(f"?next={wanted}")
    assert response.url == wanted
