"""From an empty portal and a folder of the office's lists to a closed period with its report and annexes.

Every click, choice and typed field is counted, and everything written is held against the office as it is: what is not
certain was asked. A usual run has a small office, `make test-all` (the long profile) a whole commune.
"""

from collections import Counter
from time import monotonic

import pytest
from playwright.sync_api import expect

from assessments.models import MemberRating
from binhlu_portal.accounts import start_word
from binhlu_portal.dates.validity import covers
from binhlu_portal.spreadsheets.models import Batch, BatchState
from members.models import Admission, Member, MemberState, Position, Spell
from organizations.models import UnitPeriod
from tests.examples import examples
from tests.journeys.office import HIDDEN, LAST_DAY, OfficeFiles

PASSWORD = "giếng ủng vó quạt"
CELLS, PEOPLE = (54, 900) if examples(1) > 1 else (4, 20)
MOST_CLICKS = 60
ANSWERS = ("Bỏ qua những người này", "Ngày 31/12/2025", "Tiếp nhận cùng tổ chức đảng")
"""What is answered, by how the words of the answer begin, where nothing is proposed."""

FACTS = ("gender", "ethnicity", "born_on", "joined_on", "official_on", "citizen_id", "card_number")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep what a beginning keeps in a folder of the test."""
    settings.DATA_DIR, settings.DEMO_ACCOUNTS, settings.BACKUPS = tmp_path, tmp_path / "accounts", tmp_path / "backups"


class Hand:
    """Somebody at a page who does what people do, each act counted."""

    def __init__(self, page):
        self.page, self.done, self.begun = page, Counter(), monotonic()
        page.on("framenavigated", lambda frame: self.done.update(["pages"]))

    def click(self, what):
        """Click, or tick."""
        self.done["clicks"] += 1
        what.click()

    def choose(self, what, **choice):
        """Choose in a list."""
        self.done["choices"] += 1
        what.select_option(**choice)

    def type(self, label, text):
        """Type into a field."""
        self.done["fields typed"] += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def press(self, name, exact=False):
        """Press a button."""
        self.click(self.page.get_by_role("button", name=name, exact=exact))

    def follow(self, name):
        """Follow a link of the page."""
        self.click(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def take(self, link):
        """Take a file along and return its bytes."""
        with self.page.expect_download() as download:
            self.click(link)
        return download.value.path().read_bytes()


def begins(hand):
    hand.page.goto(f"/bat-dau/?tu={start_word.start_word()}")
    hand.type("Tên đảng bộ", "Đảng bộ xã Mường Mẫu")
    hand.choose(hand.page.get_by_label("Loại"), label="Đảng bộ xã")
    hand.type("Ghi hồ sơ từ ngày", "01072025")
    hand.type("Họ và tên", "Lò Thị Mẫu")
    hand.type("Tên đăng nhập", "lothimau")
    hand.type("Mật khẩu", PASSWORD)
    hand.type("Ghi lại mật khẩu", PASSWORD)
    hand.press("Bắt đầu")
    expect(hand.page.get_by_role("heading", name="Những bước đầu tiên")).to_be_visible()


def works(hand, worker, told):
    """Let the worker do what waits once the page has `told` of it, and nobody ask for a page meanwhile."""
    expect(hand.page.get_by_text(told).first).to_be_visible()
    address, pages = hand.page.url, hand.done["pages"]
    hand.page.goto("about:blank")
    while worker():
        pass
    hand.page.goto(address)
    hand.done["pages"] = pages  # it comes by itself


def drops(hand, office, worker, folder):
    for name, content in office.files.items():
        (folder / name).write_bytes(content)
    hand.follow("Danh sách đảng viên")
    hand.page.get_by_label("Chọn tệp").set_input_files(sorted(folder.iterdir()))
    hand.done["clicks"] += 1
    hand.press("Kiểm tra tệp")
    works(hand, worker, "Đã nhận tệp. Hệ thống đang kiểm tra")


def answers(hand, worker):
    """Answer what is asked of which nothing is proposed, and have the files checked."""
    rows = hand.page.locator("table.faults tbody tr")
    hand.done["questions"] += rows.count()
    for row in rows.all():
        if row.locator("select").count():
            if not row.locator("select").input_value():  # two names that may be one: they are two
                new = row.locator("option[value^='moi:']").first.get_attribute("value")
                hand.choose(row.locator("select"), value=new)
        elif not row.locator("input:checked").count():
            label = next((each for each in row.locator("label").all() if each.inner_text().startswith(ANSWERS)), None)
            assert label, row.inner_text()
            hand.click(label)
    hand.press("Kiểm tra lại")
    works(hand, worker, "Đã nhận: hệ thống đang kiểm tra lại")


def saves(hand, worker):
    """Answer and save until every file is saved."""
    page = hand.page
    for _ in range(5):
        if page.get_by_role("heading", name="Câu hỏi chung của các tệp").count():
            answers(hand, worker)
        save = page.locator("button[name=ghi]")
        if not save.count():
            break
        hand.click(save)
        works(hand, worker, "Đã xác nhận: hệ thống đang lưu")
    left = Batch.objects.exclude(state=BatchState.WRITTEN)
    assert [(batch.name, fault["who"], fault["message"]) for batch in left for fault in batch.result["faults"]] == []
    assert not page.locator("button[name=ghi]").count()


def reports(hand):
    """Open the first period, close it and return (report, annexes)."""
    page = hand.page
    page.goto("/")
    hand.follow("Kỳ báo cáo đầu tiên")
    hand.type("Đến ngày", f"{LAST_DAY:%d/%m/%Y}")
    hand.type("Từ ngày", "01/07/2025")
    hand.press("Lưu", exact=True)
    hand.follow("Khóa kỳ")
    hand.click(page.get_by_label("Đã xem những chỗ chưa ghi"))
    hand.type("Ý kiến về những chỗ đó", "Bổ sung trong kỳ sau.")
    hand.press("Khóa kỳ báo cáo", exact=True)
    expect(page.get_by_text("Đã khóa kỳ báo cáo")).to_be_visible(timeout=180_000)
    links = page.locator("ol.timeline a[href*='/tep/'], ol.timeline a[hx-boost=false]")
    return [hand.take(link) for link in links.all()]


def wrong_facts(office):
    """Return (facts that are otherwise than the office is, facts that are not there)."""
    wrong, missing = [], []
    members = {member.full_name: member for member in Member.objects.all()}
    spells = dict(Spell.objects.filter(covers(LAST_DAY)).values_list("member", "unit"))
    cells = {place.name.lower(): place for place in UnitPeriod.objects.all()}
    states = {state.member_id: state for state in MemberState.objects.filter(covers(LAST_DAY))}
    ratings = dict(MemberRating.objects.filter(year=2025).values_list("member", "level"))
    posts = dict(Position.objects.values_list("member", "post"))
    admitted = dict(Admission.objects.values_list("member", "ceremony_on"))
    people = office.people
    wrong += [("nobody of the office", name) for name in members.keys() - {person["full_name"] for _, person in people}]
    wrong += [("units", len(cells))] if len(cells) != len(office.cells) + 1 else []
    for cell, person in people:
        member = members.get(person["full_name"])
        if member is None:
            missing.append((person["full_name"], "card"))
            continue
        place = cells.get(cell.name.lower())
        found = {name: getattr(member, name) for name in FACTS} | {
            "cell": spells.get(member.pk),
            "sector": place and place.sector,
            "rating": ratings.get(member.pk),
            "post": posts.get(member.pk),
            "admitted": admitted.get(member.pk),
            "state.theory": member.pk in states and states[member.pk].theory,
            "state.education": member.pk in states and states[member.pk].education,
        }
        meant = {name: said for name, said in person.items() if name in found}
        meant |= {"cell": place and place.unit_id, "sector": cell.sector}
        for name, said in meant.items():
            if found[name] != said:
                (wrong if found[name] else missing).append((person["full_name"], name, said, found[name]))
        wrong += [
            (person["full_name"], name, found[name])
            for name in ("post", "admitted", "rating")
            if name not in meant and found[name]
        ]
    return wrong, missing


def test_a_folder_of_lists_becomes_a_signed_report(page, live_server, worker, tmp_path):
    office, hand, folder = OfficeFiles(2025, CELLS, PEOPLE), Hand(page), tmp_path / "danh sách"
    folder.mkdir()
    begins(hand)
    drops(hand, office, worker, folder)
    saves(hand, worker)
    wrong, missing = wrong_facts(office)
    report, *annexes = reports(hand)
    done = dict(hand.done) | {"minutes": round((monotonic() - hand.begun) / 60, 1), "files": len(office.files)}
    print(f"\n{done}, people {len(office.people)}, wrong {len(wrong)}, missing {len(missing)}")
    assert wrong == []
    assert missing == []
    assert not Member.objects.filter(full_name__icontains=HIDDEN).exists()
    assert report[:2] == b"PK"
    assert len(annexes) >= 4
    assert hand.done["clicks"] + hand.done["choices"] <= MOST_CLICKS
