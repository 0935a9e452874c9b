"""The pictures of the user guide, taken anew from the sample: `manage.py serve` in one shell, this in another.

    .venv/bin/python docs/pictures.py http://127.0.0.1:8000 [NAME …]

It needs a Chromium, Pillow (`pip install pillow`, no dependency of the portal) and the accounts of the sample, which
`make setup` makes in a new checkout.
Nothing is written into the records; the pictures of somebody writing are taken by `pictures_of_acts.py`.
"""

import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
ACCOUNTS = ROOT / "var" / "demo-accounts"
DESK, TELEPHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
COLOURS = 32
ASKED = "don_vi=binh-lu&ngay=01/03/2026&tu=01/07/2025&nam=2025"
OFFICE, CELL, LEADER, ADMINISTRATOR = "vanphong", "bithu", "lanhdao", "quantri"

PICTURES = {
    "trang-chinh": (OFFICE, "/", DESK),
    "bi-thu": (CELL, "/", TELEPHONE),
    "buoi-sinh-hoat": (CELL, "/so/sinh-hoat/them/", TELEPHONE),
    "ho-so": (OFFICE, "/dang-vien/1/", DESK),
    "bao-thay-doi": (CELL, "/bao-thay-doi/", TELEPHONE),
    "tong-quan": (LEADER, f"/tong-quan/?{ASKED}", DESK),
    "so-don-vi": (LEADER, f"/tong-quan/theo-don-vi/?{ASKED}", DESK),
    "tai-khoan": (ADMINISTRATOR, "/quan-tri/tai-khoan/", DESK),
    "dang-vien": (OFFICE, f"/dang-vien/?{ASKED}", DESK),
    "to-chuc": (OFFICE, f"/to-chuc/?{ASKED}", DESK),
    "ket-nap": (OFFICE, "/ket-nap/?don_vi=binh-lu", DESK),
    "xep-loai": (OFFICE, "/xep-loai/cong-an/?nam=2025", DESK),
    "so": (OFFICE, f"/so/mien-sinh-hoat/?{ASKED}", DESK),
    "khong-phat-sinh": (OFFICE, "/so/khong-phat-sinh/them/?don_vi=binh-lu", DESK),
    "quy-dinh": (OFFICE, f"/so/chi-tieu-dinh-muc/?{ASKED}", DESK),
    "lich-su": (OFFICE, "/lich-su/", DESK),
    "report": (OFFICE, f"/bao-cao/?{ASKED}", DESK),
    "danh-sach": (OFFICE, f"/so-lieu/members.total/?{ASKED}", DESK),
    "chia-theo-don-vi": (OFFICE, f"/so-lieu/members.female/?{ASKED}&chia=1", DESK),
    "bieu-1b": (OFFICE, f"/bieu/1B/?{ASKED}", DESK),
    "bieu-9c": (OFFICE, f"/bieu/9C-BTCTW/?{ASKED}", DESK),
}
"""What each picture shows: who is signed in, the address, the size of the window."""


def sign_in(page, name, password):
    """Sign somebody in."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator("[data-sign-out]").wait_for(state="attached")


def accounts():
    """Return the passwords of the demo accounts by their names."""
    return dict(re.findall(r"^(\S+)\s+(\S+)", ACCOUNTS.read_text(), re.MULTILINE))


def keep(page, name, height=None):
    """Keep what the window shows, or a window of that height, in few colours."""
    if height:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def take(browser, base_url, names):
    """Take the pictures of these names, every one where there are none."""
    known = accounts()
    if "dang-nhap" in names or not names:
        desk = browser.new_page(base_url=base_url, viewport=DESK)
        desk.goto("/dang-nhap/")
        keep(desk, "dang-nhap")
    pages = {}
    for name, (who, address, size) in PICTURES.items():
        if names and name not in names:
            continue
        if (who, size["width"]) not in pages:
            page = pages[who, size["width"]] = browser.new_context(base_url=base_url, viewport=size).new_page()
            sign_in(page, who, known[who])
        page = pages[who, size["width"]]
        answer = page.goto(address)
        if answer.status != 200:
            raise SystemExit(f"{name}: {address} answers {answer.status}")
        keep(page, name)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take(chromium, sys.argv[1], sys.argv[2:])
