"""A grid in a browser: keys as in Excel, blocks in and out, undo, saving; on a telephone; without scripts."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assessments.models import Meeting
from organizations.models import Unit
from tests.factories import make_members

MONTH = "/sinh-hoat-thang/?thang=02/2026"
UNITS = "/to-chuc/xa/them-nhieu/"


@pytest.fixture
def cells(cell_a, cell_b):
    """Two cells of nine."""
    for cell in (cell_a, cell_b):
        make_members(cell, 9)
    return cell_a, cell_b


def cell(page, row, column):
    return page.get_by_label(f"{row}: {column}", exact=True)


def paste(page, text):
    """Paste into the cell with the focus, as a browser does."""
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        text,
    )


def copied(page):
    """Return what the cells with the focus put on the clipboard."""
    return page.evaluate(
        """() => {
            const data = new DataTransfer();
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("copy", how));
            return data.getData("text/plain");
        }"""
    )


def save(page):
    page.get_by_role("button", name="Lưu cả bảng").click()


def test_keys_lead_from_cell_to_cell_and_a_block_is_pasted_undone_and_saved(sign_in, page, clerk, cells):
    sign_in(page, clerk, MONTH)
    first = cell(page, "Chi bộ a", "Ngày họp")
    first.click()
    for key, row, column in (
        ("ArrowRight", "Chi bộ a", "Loại"),
        ("ArrowDown", "Chi bộ b", "Loại"),
        ("ArrowLeft", "Chi bộ b", "Ngày họp"),
        ("Shift+Enter", "Chi bộ a", "Ngày họp"),
        ("Tab", "Chi bộ a", "Loại"),
        ("Enter", "Chi bộ b", "Loại"),
    ):
        page.keyboard.press(key)
        expect(cell(page, row, column)).to_be_focused()
    page.keyboard.type("chuyên")
    page.keyboard.press("Escape")
    expect(cell(page, "Chi bộ b", "Loại")).to_have_value("Thường kỳ")

    first.click()
    paste(page, "03/02/2026\tThường kỳ\t9\t8\r\n04/02/2026\tChuyên đề\t9\t7\r\n")
    expect(cell(page, "Chi bộ b", "Có mặt")).to_have_value("7")
    page.keyboard.press("Control+z")
    expect(cell(page, "Chi bộ b", "Có mặt")).to_have_value("")
    expect(cell(page, "Chi bộ b", "Loại")).to_have_value("Thường kỳ")
    paste(page, "03/02/2026\tThường kỳ\t9\t8\n04/02/2026\tChuyên đề\t9\t7")

    first.click()
    for key in ("End", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert copied(page) == "03/02/2026\tThường kỳ\n04/02/2026\tChuyên đề"
    save(page)
    expect(page.get_by_text("Đã lưu các buổi sinh hoạt.")).to_be_visible()
    rows = Meeting.objects.order_by("unit__code").values_list("unit__code", "held_on", "kind", "present")
    assert list(rows) == [("a", date(2026, 2, 3), "regular", 8), ("b", date(2026, 2, 4), "thematic", 7)]


def test_what_was_typed_and_what_was_pasted_are_undone_one_after_the_other(sign_in, page, clerk, cells):
    sign_in(page, clerk, MONTH)
    present = cell(page, "Chi bộ a", "Có mặt")
    present.click()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    paste(page, "7\n6")
    page.keyboard.press("Control+z")
    expect(cell(page, "Chi bộ b", "Có mặt")).to_have_value("")
    expect(present).to_have_value("8")
    page.keyboard.press("Control+z")
    expect(present).to_have_value("")


def test_an_error_stands_in_its_cell_and_what_was_pasted_stays(sign_in, page, clerk, commune):
    sign_in(page, clerk, UNITS)
    page.get_by_label("Ngày chung").fill("01/02/2026")
    cell(page, "Dòng 1", "Tên").click()
    paste(page, "Chi bộ Bản 01\tChi bộ cơ sở\tThôn, bản\nChi bộ Bản 02\tChi bộ\tThôn, bản")
    save(page)
    wrong = cell(page, "Dòng 2", "Loại hình")
    expect(page.get_by_role("alert")).to_contain_text("Dòng 1: Loại hình")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(cell(page, "Dòng 2", "Tên")).to_have_value("Chi bộ Bản 02")
    assert not Axe().run(page).response["violations"]
    assert Unit.objects.count() == 1


def test_a_telephone_shows_each_row_as_a_card(sign_in, telephone, secretary_a, cells):
    sign_in(telephone, secretary_a, MONTH)
    assert telephone.evaluate("document.documentElement.scrollWidth") == 360
    cell(telephone, "Chi bộ a", "Ngày họp").fill("03/02/2026")
    cell(telephone, "Chi bộ a", "Có mặt").fill("8")
    assert cell(telephone, "Chi bộ a", "Có mặt").bounding_box()["height"] >= 44
    assert not Axe().run(telephone).response["violations"]
    save(telephone)
    expect(telephone.get_by_text("Đã lưu các buổi sinh hoạt.")).to_be_visible()
    assert Meeting.objects.get().present == 8


def test_without_scripts_a_grid_is_a_form_of_one_page(sign_in, plain, clerk, cells):
    sign_in(plain, clerk, MONTH)
    cell(plain, "Chi bộ a", "Ngày họp").fill("30/02/2026")
    cell(plain, "Chi bộ b", "Ngày họp").fill("04/02/2026")
    cell(plain, "Chi bộ b", "Có mặt").fill("7")
    save(plain)
    expect(plain.get_by_role("alert")).to_contain_text("Chi bộ a: Ngày họp")
    expect(cell(plain, "Chi bộ a", "Ngày họp")).to_have_value("30/02/2026")
    assert not Meeting.objects.exists()
    cell(plain, "Chi bộ a", "Ngày họp").fill("03/02/2026")
    cell(plain, "Chi bộ a", "Có mặt").fill("8")
    save(plain)
    expect(plain.get_by_text("Đã lưu các buổi sinh hoạt.")).to_be_visible()
    assert Meeting.objects.count() == 2
