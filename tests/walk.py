"""A walk through the portal as a person takes it: from the front door along the links, to one page of every kind."""

from collections import deque
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, URLPattern, resolve
from django.utils import timezone
from openpyxl import Workbook

from binhlu_portal.audit.context import acting
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import correct
from binhlu_portal.spreadsheets.data_workbook.row_ids import RowIds
from binhlu_portal.spreadsheets.jobs import actions as jobs
from members.change_reports.actions import ask_back, report_change
from members.duplicates.actions import state_distinct
from members.models import Member, Spell
from organizations.choices import RoleKind
from organizations.models import Unit
from reports.form_templates.models import Blank
from reports.narrative.actions import use_template
from reports.narrative.document import own_template
from reports.narrative.outline.actions import use_outline
from reports.narrative.outline.builtin import text_of
from reports.narrative.outline.queries import built_in
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.models import ReportingPeriod
from tests.binhlu_portal.spreadsheets.folders import lists as folders
from tests.binhlu_portal.spreadsheets.folders.lists import DOUBTFUL, a_list
from tests.factories import make_user
from tests.reports.form_templates.factories import bind, keep

PEOPLE = {
    "secretariat": ((RoleKind.SECRETARIAT, "binh-lu"),),
    "cell secretary": ((RoleKind.CELL_SECRETARY, "ban-01"),),
    "leader": ((RoleKind.LEADER, "binh-lu"),),
    "administrator": ((RoleKind.ADMINISTRATOR, "binh-lu"),),
    "nobody": (),
    "newcomer": ((RoleKind.CELL_SECRETARY, "ban-01"),),
    "not signed in": None,
}
"""Who walks through the sample, with what roles at units of which codes; a newcomer has but a start code."""

FRONT_DOOR = "/"
SAMPLE_DAY = date(2026, 3, 1)
DIFFERENT = ("register", "action", "about", "kind")
"""Arguments of an address that make another kind of page; all others only name another record."""

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SET")


def enter(person):
    """Return the client of one of the people."""
    client = Client()
    if PEOPLE[person] is not None:
        user = make_user("walker", *((kind, Unit.objects.get(code=code)) for kind, code in PEOPLE[person]))
        user.start_code_expires_at = timezone.now() if person == "newcomer" else None
        user.save()
        client.force_login(user)
        if person == "secretariat":
            bring_file(user)
            bring_folder(user)
    return client


def workbook(alias, *rows):
    """Return a workbook of the portal that calls somebody else, with more `rows`."""
    member, book = Spell.objects.filter(unit__code="ban-01").first().member, Workbook()
    book.active.title = "Đảng viên"
    book.active.append(["Mã dòng", "Họ và tên", "Bí danh", "Ngày sinh"])
    mark = RowIds.of_database().mark("members_member", member.pk)
    book.active.append([mark, member.full_name, alias, str(member.born_on)])
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def bring_file(user):
    """Let somebody bring in a file of which one row was written, and another is wrong."""
    content = workbook("Mẫu", ["", "Người Mẫu", "", "32/13/1990"])
    batch = jobs.receive_file(user=user, name="mau.xlsx", content=content)
    jobs.work_on_next()
    batch.refresh_from_db()
    jobs.confirm(batch=batch, digest=batch.digest, partly=True)
    jobs.work_on_next()


def bring_folder(user):
    """Let somebody bring in a folder: one file was written, one asks, and in one a heading is not sure."""
    cell = Unit.objects.get(code="ban-01").periods.latest("started_on").name
    asks, unsure = a_list("Lò Thị Mẫu", cell="CB Bản Lạ"), a_list("Lò Mẫu", cell=cell, head=DOUBTFUL, more=["x"])
    folder = folders.received(user, workbook("Tên khác"), asks, unsure)
    folders.worked()
    first = folder.batches.earliest("pk")
    jobs.confirm(batch=first, digest=first.digest)
    folders.worked()


def make_busy():
    """Add to the sample what only work brings about: a closed period, an open one, and a unit that has confirmed."""
    commune, cell, now = Unit.objects.get(code="binh-lu"), Unit.objects.get(code="ban-01"), timezone.localtime()
    writer = make_user("writer", (RoleKind.SECRETARIAT, commune))
    days = {"as_of": SAMPLE_DAY, "since": cell.started_on, "year": 2025, "due_on": now.date(), "today": now.date()}
    with acting(writer, "Khóa kỳ trước"):
        before = days | {"as_of": date(2025, 12, 31), "year": 2024, "forms": ("1B",)}
        reporting_periods.close_period(period=reporting_periods.open_period(unit=commune, **before), today=now.date())
    with acting(writer, "Mở kỳ báo cáo"):
        period = reporting_periods.open_period(unit=commune, **days)
    with acting(writer, "Xác nhận"):
        for unit in (cell, Unit.objects.get(code="ban-02")):  # the first changes afterwards, the other stays as it was
            reporting_periods.confirm(period=period, unit=unit, user=writer, now=now)
    use_template(period=period, user=writer, now=now, name="mau.docx", content=own_template(built_in("nq21")))
    use_outline(period=period, user=writer, now=now, text=text_of("nq21"))
    with acting(writer, "Ghi là hai người"):
        first, second = Member.objects.order_by("pk")[:2]
        state_distinct(first=first, second=second, day=now.date())
    with acting(writer, "Báo thay đổi"):
        told, asked, *_ = Spell.objects.filter(unit=cell, ended_on=OPEN).order_by("pk")
        report_change(kind="died", member=told.member, reported_on=now.date(), day=PartialDate.of(SAMPLE_DAY))
        report = report_change(kind="entry", member=asked.member, reported_on=now.date(), note="Sai năm vào Đảng")
        ask_back(report=report, question="Năm nào, theo giấy tờ nào?")
    with acting(writer, "Thêm mẫu của cấp trên"):
        bind(keep(commune, writer), (2, 3), "members.total")
        correct(row=keep(commune, writer, name="Biểu cũ"), is_used=False)


def starts_of(person):
    """Return where somebody's walk begins: at the front door, where only a chosen selection leads, and at what is rare.

    Of each kind of page links lead to one: of periods to the newest, of units asked to the first.
    """
    if person != "secretariat":
        return [FRONT_DOOR]
    stays = Spell.objects.filter(unit__code="ban-01", ended_on=OPEN).order_by("pk")
    somebody = stays.values_list("member", flat=True)[2]  # of the first two something is reported
    closed, running = ReportingPeriod.objects.order_by("pk").values_list("pk", flat=True)
    opened = [f"/ky-bao-cao/{running}/{page}" for page in ("", "bo/", "ban-01/", "ban-02/", "bao-cao/")]
    used, old = Blank.objects.order_by("pk").values_list("pk", flat=True)
    blanks = [f"/mau-bieu/{used}/?gan=1", f"/mau-bieu/{used}/o/1/C2/", f"/mau-bieu/{old}/"]
    reports = [f"/bao-thay-doi/chuyen-di/?dang_vien={somebody}"]
    rare = ["/ky-bao-cao/mo/", f"/ky-bao-cao/{closed}/", *opened, *blanks, "/ket-nap/chinh-thuc/", "/tim/?q=lo"]
    rare.append("/chuc-vu/quyet-dinh/")  # of posts that lack a decision the sample has none
    return [FRONT_DOOR, f"/dang-vien/sua-chung/dan-toc/?dang_vien={somebody}", *reports, *rare]


PRESSED = {"hidden", "checkbox", "radio", "submit", "button", "file"}
"""The types of what is no field to type in: Enter there does not send the form."""


class Page(HTMLParser):
    """What a page says of itself: its links, its title, what screen readers need, and the shapes it is made of."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.headings, self.faults, self.shapes = [], [], 0, [], set()
        self.lang = None
        self._open_tables = []
        self._typed_in, self._buttons = False, []
        self.feed(html)
        if self.headings != 1:
            self.faults.append(f"{self.headings} main headings")
        if self.lang != "vi":
            self.faults.append("the language is not named")
        if len(self.ids) != len(set(self.ids)):
            self.faults.append(f"ids twice: {sorted({each for each in self.ids if self.ids.count(each) > 1})}")

    def handle_starttag(self, tag, attrs):
        """Note what matters of a tag; its shape is everything but what differs from row to row."""
        attrs = dict(attrs)
        self.shapes.add((tag, attrs.get("class"), attrs.get("type"), *sorted(attrs)))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "html":
            self.lang = attrs.get("lang")
        elif tag == "h1":
            self.headings += 1
        elif tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        elif tag == "form":
            self._typed_in, self._buttons = False, []
        elif tag == "input" and attrs.get("type", "text") not in PRESSED:
            self._typed_in = True
        elif tag == "button" and attrs.get("type", "submit") == "submit":
            self._buttons.append(attrs.get("name"))
        elif tag == "table":
            self._open_tables.append(False)
        elif tag == "caption":
            self._open_tables[-1] = True
        elif tag == "th" and "scope" not in attrs:
            self.faults.append("a heading of a table without scope")

    def handle_endtag(self, tag):
        """Note tables that nothing names, and forms in which Enter presses the first button of a choice."""
        first = self._buttons[0] if self._buttons else None
        if tag == "form" and self._typed_in and first and self._buttons.count(first) > 1:
            self.faults.append(f"Enter in a field chooses the first “{first}” of several")
        if tag == "table" and not self._open_tables.pop():
            self.faults.append("a table without caption")


@dataclass
class Visit:
    """One address of a walk: its kind, where it is, what came back and what it took; `page` unless it was a file."""

    kind: tuple
    path: str
    response: object
    body: bytes
    statements: list
    page: Page | None


def kind_of(path):
    """Return what kind of page an address names: its name, and the arguments that make another kind."""
    found = resolve(urlsplit(path).path)
    return found.url_name, *(f"{name}={found.kwargs[name]}" for name in DIFFERENT if name in found.kwargs)


def visit(client, path):
    """Open an address."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        body = response.getvalue()
    statements = [query["sql"] for query in captured if not query["sql"].startswith(CONTROL)]
    is_page = response.status_code != 302 and response["Content-Type"].startswith("text/html")
    return Visit(kind_of(path), path, response, body, statements, Page(body.decode()) if is_page else None)


def walk(client, starts):
    """Yield visits of the starts and of one page of every kind that links lead to, in the order they are found."""
    waiting, known, first = deque(starts), set(), {*starts}
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if kind in known and path not in first:
            continue
        first.discard(path)
        known.add(kind)
        found = visit(client, path)
        yield found
        if found.response.status_code == 302:
            waiting.appendleft(urljoin(path, found.response.url))
        elif found.page:
            waiting.extend(inside(path, found.page.links))


def inside(path, links):
    """Return the addresses within the portal that the links of a page lead to."""
    for link in links:
        address = urljoin(f"http://portal{path}", link)
        parts = urlsplit(address)
        if parts.netloc == "portal" and not link.startswith("#"):
            try:
                resolve(parts.path)
            except Resolver404:
                raise AssertionError(f"{path} links to {link}, which is no address of the portal") from None
            yield parts._replace(scheme="", netloc="", fragment="").geturl()


def shown(patterns):
    """Return the names of all addresses at which something is shown; the others only take what is sent."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            yield from shown(pattern.url_patterns)
        elif "get" in pattern.callback.view_class.http_method_names and hasattr(pattern.callback.view_class, "get"):
            yield pattern.name
