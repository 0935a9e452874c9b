"""How many rows of a list are seen at once on a desk: each row is one line, and little stands above."""

from django.core.management import call_command
from django.urls import reverse

from binhlu_portal.records.types import RECORD_TYPES
from organizations.choices import RoleKind
from organizations.models import Unit
from tests.factories import make_user

FEWEST = 12
ASKED = "?don_vi=binh-lu&ngay=01/03/2026"

LISTS = [("members", ()), ("units", ()), ("ratings", ()), *(("records", (code,)) for code in RECORD_TYPES)]
"""Every list of records, and those of units."""

SEEN = """() => {
  const rows = [...document.querySelectorAll("main .data tbody tr")];
  return [rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length, rows.length];
}"""


def test_a_screen_of_a_desk_shows_twelve_rows_of_every_list(page):
    call_command("loaddata", "thresholds", "binh-lu", verbosity=0)
    make_user("office", (RoleKind.SECRETARIAT, Unit.objects.get(code="binh-lu")))
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(reverse("members"))
    page.locator("[name=username]").fill("office")
    page.get_by_label("Mật khẩu").fill("office")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", name="Đảng viên").first.wait_for()
    seen = {}
    for name, args in LISTS:
        page.goto(reverse(name, args=args) + ASKED)
        seen[name, *args] = page.evaluate(SEEN)
    assert {which: found for which, found in seen.items() if found[0] < min(FEWEST, found[1])} == {}
