"""The pictures of the user guide that show somebody writing: two people at one record, a file with mistakes, and so on.

    .venv/bin/python docs/pictures_of_acts.py http://127.0.0.1:8000 [NAME …]

They write into the records: serve a database of your own with the sample, with a worker beside it, and throw it away.
It needs what `pictures.py` needs, and LibreOffice and pdftoppm for the workbook in print.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from pictures import ADMINISTRATOR, ASKED, CELL, COLOURS, DESK, IMAGES, OFFICE, TELEPHONE, accounts, keep, sign_in
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

ROWS_OF_CELLS = 9, 62
THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def send(page, button="Lưu"):
    """Press a button of the form and wait for the next page."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=button, exact=True).last.click()
    page.wait_for_load_state("networkidle")


def two_people(enter):
    """Let two people change one field of one record."""
    address = "/dang-vien/1/sua-ca-nhan/"
    first, second = enter(OFFICE), enter(OFFICE)
    first.goto(address)
    second.goto(address)
    for page, village in ((first, "Bản 03"), (second, "Bản 05")):
        page.get_by_label("Nơi thường trú").fill(village)
        send(page)
    second.evaluate("scrollTo(0, 0)")
    keep(second, "hai-ban", height=680)


def file_with_mistakes(enter):
    """Send back the data of a cell with mistakes; a worker checks it."""
    page = enter(CELL)
    page.goto("/nhap-excel/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Tệp có dữ liệu").click()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "du-lieu-chi-bo.xlsx"
        started.value.save_as(path)
        book = openpyxl.load_workbook(path)
        sheet = book["Đảng viên"]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row, name, value in (
            (2, "Ngày sinh", "31/02/1980"),
            (3, "Dân tộc", "Người Kinh"),
            (4, "Họ và tên", None),
            (5, "Số định danh cá nhân", "1234"),
            (6, "Điện thoại", "0912 345 678"),
            (7, "Nơi thường trú", "Bản 05"),
        ):
            sheet.cell(row, columns[name]).value = value
        book.save(path)
        page.locator("input[type=file]").set_input_files(path)
        send(page, "Kiểm tra tệp")
        page.get_by_text("Lỗi cần sửa").first.wait_for(timeout=60_000)
    keep(page, "nhap-excel", height=1480)


def merger(enter):
    """Look over what a merger of two cells would write."""
    page = enter(OFFICE)
    page.goto("/to-chuc/ban-02/sap-nhap/")
    page.get_by_label("Chi bộ Bản 01 (").check()
    for name, value in (("day", "20/03/2026"), ("decision_number", "45-QĐ/ĐU"), ("decision_date", "18/03/2026")):
        page.fill(f"[name={name}]", value)
    send(page, "Xem trước")
    page.evaluate("scrollTo(0, 0)")
    keep(page, "sap-nhap", height=760)


def period(enter):
    """Open a reporting period and let some units confirm it."""
    page = enter(OFFICE)
    page.goto("/ky-bao-cao/mo/")
    page.select_option("[name=unit]", index=1)
    in_a_week = page.evaluate("new Date(Date.now() + 7 * 864e5).toLocaleDateString('en-GB')")
    for name, value in (("as_of", "01/03/2026"), ("since", "01/07/2025"), ("year", "2025"), ("due_on", in_a_week)):
        page.fill(f"[name={name}]", value)
    for label in ("Biểu 1B", "Biểu 5B", "Biểu 6", "Biểu 9"):
        page.get_by_label(label, exact=True).check()
    send(page)
    board = page.url.partition("?")[0]
    for code in ("cong-an", "quan-su", "ban-01", "ban-02"):
        page.goto(f"{board}{code}/")
        send(page, "Xác nhận số liệu đúng")
    page.goto(f"{board}cong-an/nhan/")
    send(page, "Nhận số liệu")
    page.goto(board)
    keep(page, "ky-bao-cao", height=640)


def sheet_of_superior(path):
    """Write the blank form of a superior committee."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 12"
    for place, text in (
        ("A1", "TỈNH ỦY LAI CHÂU"),
        ("A2", "BAN TỔ CHỨC"),
        ("D1", "Biểu số 12-BTC"),
        ("A4", "THỐNG KÊ ĐẢNG VIÊN THEO CHI BỘ"),
        ("A7", "STT"),
        ("B7", "Tổ chức đảng"),
        ("C7", "Đảng viên"),
        ("C8", "Tổng số"),
        ("D8", "Nữ"),
        ("E8", "Dự bị"),
        ("F7", "Tỷ lệ nữ"),
        ("G7", "Ghi chú"),
    ):
        sheet[place] = text
        sheet[place].font, sheet[place].alignment = Font(bold=True), Alignment("center", "center", wrap_text=True)
    for area in ("A1:C1", "A2:C2", "D1:G1", "A4:G4", "A5:G5", "A7:A8", "B7:B8", "C7:E7", "F7:F8", "G7:G8"):
        sheet.merge_cells(area)
    for row in range(7, ROWS_OF_CELLS[1] + 1):
        for column in range(1, 8):
            sheet.cell(row, column).border = FRAME
    for row in range(ROWS_OF_CELLS[0], ROWS_OF_CELLS[1] + 1):
        sheet.cell(row, 6).value = f'=IF(C{row}="","",D{row}/C{row})'
        sheet.cell(row, 6).number_format = "0.0%"
    sheet.column_dimensions["B"].width = 60
    book.save(path)


def superiors_form(enter):
    """Bind the cells of a form that a superior committee has sent."""
    page = enter(OFFICE)
    page.goto("/mau-bieu/them/")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bieu-12.xlsx"
        sheet_of_superior(path)
        page.select_option("[name=unit]", index=1)
        page.fill("[name=name]", "Biểu 12-BTC, thống kê đảng viên theo chi bộ")
        page.locator("input[type=file]").set_input_files(path)
        send(page, "Kiểm tra và thêm mẫu")
    blank = page.url.partition("?")[0]
    for place, text in (
        ("A5", "(Số liệu đến ngày {{ den_ngay }})"),
        ("A9", "{{ stt }}"),
        ("B9", "{{ don_vi }}"),
        ("C9", "{{ members.total }}"),
        ("D9", "{{ members.female }}"),
        ("E9", "{{ members.probationary }}"),
    ):
        page.goto(f"{blank}o/1/{place}/")
        page.fill("[name=text]", text)
        if place != "A5":
            page.fill("[name=last_row]", str(ROWS_OF_CELLS[1]))
        send(page)
    page.goto(f"{blank}?{ASKED}&gan=1")
    keep(page, "mau-cap-tren", height=1000)


def slip(enter):
    """Open an account; its slip is shown once."""
    page = enter(ADMINISTRATOR)
    page.goto("/quan-tri/tai-khoan/moi/")
    page.get_by_label("Họ và tên").fill("Lò Thị Mẫu")
    page.get_by_label("Tên đăng nhập").fill("lothimau")
    page.select_option("[name=kind]", label="Bí thư chi bộ")
    page.select_option("[name=unit]", value="ban-02")
    send(page, "Mở tài khoản và hiện phiếu")
    shown = page.locator("dd", has_text=page.url.partition("quan-tri")[0])
    shown.evaluate("(element) => { element.textContent = 'https://he-thong.binhlu.example/'; }")
    keep(page, "phieu", height=880)


def annex_in_print(enter):
    """Print the workbook of an annex."""
    page = enter(OFFICE)
    answer = page.request.get(f"/bieu/1B.xlsx?{ASKED}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bieu.xlsx"
        path.write_bytes(answer.body())
        office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, path], check=True, stdout=subprocess.DEVNULL)
        pages = ["pdftoppm", "-r", "110", "-png", "-f", "1", "-l", "1", path.with_suffix(".pdf"), f"{folder}/page"]
        subprocess.run(pages, check=True)
        printed = Image.open(next(Path(folder).glob("page*.png"))).convert("RGB")
    left, top, right, bottom = ImageChops.difference(printed, Image.new("RGB", printed.size, "white")).getbbox()
    cut = printed.crop((left - 20, top - 20, right + 20, bottom + 20))
    cut.quantize(COLOURS).save(IMAGES / "bieu-1b-excel.png", optimize=True)


def without_network(enter):
    """Keep the month on a remembered phone and open it when there is no network."""
    page, pin = enter(CELL, TELEPHONE), "482918"
    page.goto("/tai-khoan/nho-dien-thoai/")
    page.get_by_label("Mã PIN mới").fill(pin)
    page.get_by_label("Ghi lại mã PIN").fill(pin)
    page.get_by_role("button", name="Nhớ điện thoại này").click()
    page.goto("/khi-mat-mang/")
    for button in ("Giữ tháng này trên điện thoại", "Mở"):
        page.get_by_label("Mã PIN của điện thoại này").fill(pin)
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_text("Lưu trên điện thoại lúc").wait_for()
        page.evaluate("navigator.serviceWorker.ready")
        if button != "Mở":
            page.context.set_offline(True)
            page.goto("/")
    keep(page, "khi-mat-mang")


PICTURES = {
    "hai-ban": two_people,
    "nhap-excel": file_with_mistakes,
    "sap-nhap": merger,
    "ky-bao-cao": period,
    "mau-cap-tren": superiors_form,
    "phieu": slip,
    "khi-mat-mang": without_network,
    "bieu-1b-excel": annex_in_print,
}


def take(browser, base_url, names):
    """Take the pictures of these names, or all."""
    known = accounts()

    def enter(who, size=DESK):
        page = browser.new_context(base_url=base_url, viewport=size).new_page()
        sign_in(page, who, known[who])
        return page

    for name in names or PICTURES:
        PICTURES[name](enter)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take(chromium, sys.argv[1], sys.argv[2:])
