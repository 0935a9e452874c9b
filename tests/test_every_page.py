"""Every page of the portal, found along the links as its readers find it: sound, light, quick and open to everybody.

Each of the people walks once; what a browser is shown of a page is what the portal answered on that walk. It is shown
of each kind of page whatever has an element of another shape than what it was shown before. What pages read is learned
on the walk of the secretariat: no value of a parameter or a field makes an error, hidden ones too; where others may not
go, they try.
"""

import gzip
import re
from collections import defaultdict
from functools import cache
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db.models import Model
from django.forms import BaseForm
from django.urls import get_resolver, resolve
from openpyxl import load_workbook

from binhlu_portal.accounts import start_word
from binhlu_portal.audit import export_limits
from binhlu_portal.security import UNCACHED
from tests.examples import examples
from tests.hostile_requests import Forms, asks, send, sends
from tests.look import AXE_SCRIPT, TELEPHONE, wrong_with
from tests.proofs import undone
from tests.visit_server import VisitServer
from tests.walk import PEOPLE, enter, inside, make_busy, shown, starts_of, walk
from tests.words import badly_worded

MOST_STATEMENTS = 11  # the last one is for the regulations in force, which a page cites
MORE_STATEMENTS = {"period-close": 18, "dashboard": 19, "import": 12, "members-merge": 27, "member": 12} | {
    "home": 16,
    "unit": 14,
    "confirm": 17,
    "period": 14,
    "changes-since-confirmed": 12,
}
"""Whoever closes a period is told what its report cannot say: the page asks what the report asks, and then its own.
Leaders are told on the dashboard what others did that is guarded, and how it was in the same period last year. Of a
file that was written its page asks whether it was taken back in the history. Before two records are made one each
register is read, whatever is in it. What changed since a unit confirmed is asked of the history where it is told,
and wherever confirmations are counted: of the people and the units that the changes name. The page of a person leads
to what a cell has reported of it and nobody has written yet. Of more units than a list offers the unit and the
highest one are asked for by themselves, before a page reads the tree."""

HEAVIEST, FIRST = 60_000, 20_000  # bytes, compressed, with an empty cache: of any page, of that to sign in on
LOADED = re.compile(r'(?:src|rel="(?:icon|stylesheet)" href)="/static/([^"?]+)"')

FIRST_ROW = """() => {
  const row = document.querySelector("#ket-qua tbody tr, #ket-qua .empty");
  return Math.round(row.getBoundingClientRect().top);
}"""
LOWEST = 320  # pixels from the top, of the 740 of a telephone

FOR_SCRIPTS = {"offline-pack", "service-worker"}
"""What the page without network asks for, and the browser itself."""

SUGGESTIONS = {"unit-suggestions", "member-suggestions"}
"""Parts of pages, for which a search box asks while somebody types."""


@cache
def weight_of_file(name):
    """Return what a static file weighs on the wire."""
    return len(gzip.compress((settings.BASE_DIR / "static" / name).read_bytes()))


def weight(body):
    """Return what a page and everything it loads weigh on the wire."""
    return len(gzip.compress(body)) + sum(map(weight_of_file, {*LOADED.findall(body.decode())}))


def faults_of(visit, answers=(200, 302)):
    """Return what is wrong with a page before a browser has seen it."""
    if visit.response.status_code not in answers:
        return [f"answers {visit.response.status_code}"]
    if visit.response.headers.get("Cache-Control") != UNCACHED:
        return ["may be kept by a browser"]
    if visit.page is None:
        return []
    found = list(visit.page.faults)
    if len(visit.statements) > MORE_STATEMENTS.get(visit.kind[0], MOST_STATEMENTS):
        found.append(f"{len(visit.statements)} statements")
    if weight(visit.body) > HEAVIEST:
        found.append(f"{weight(visit.body)} bytes")
    return found


@pytest.fixture(scope="module")
def walked(sample):
    """Return a function: what one of the people meets in the sample in the middle of a reporting period."""

    @cache
    def walked(person):
        with undone():
            return list(walk(enter(person), starts_of(person)))

    with undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(export_limits, "MOST", 1000)  # whoever walks takes every file there is
        patch.setattr(export_limits, "MOST_LARGE", 1000)
        make_busy()
        yield walked


@pytest.fixture(scope="module")
def is_new():
    """Return a function: whether a page holds what no page of its kind held that was asked about before."""
    known = defaultdict(set)

    def is_new(visit):
        before = len(known[visit.kind])
        known[visit.kind] |= visit.page.shapes
        return len(known[visit.kind]) > before

    return is_new


@pytest.fixture(scope="module")
def good_looks():
    """Return a function: the looks of text that were found good on the pages shown so far, by day and in the dark.

    In the dark one page of each template is looked at: all have their colours from the same few tokens.
    """
    by_day, in_the_dark, templates = set(), set(), set()

    def good_looks(visit):
        drawn_by = {template.name for template in visit.response.templates}
        fresh = drawn_by - templates
        templates.update(drawn_by)
        return by_day, in_the_dark if fresh else None

    return good_looks


@pytest.fixture(scope="module")
def server():
    """What answers a browser in the place of the portal."""
    with VisitServer() as server:
        yield server


@pytest.fixture
def page(browser, server):
    """A page of a browser that no portal stands behind."""
    context = browser.new_context(base_url=server.url)
    context.add_init_script(AXE_SCRIPT)
    yield context.new_page()
    context.close()


@pytest.fixture
def show(page, server):
    """Return a function: show what came back on a walk in a browser, and tell what the browser complains of."""
    complaints = []

    def show(visit):
        complaints.clear()
        server.visit = visit
        page.goto(visit.path)
        return [said for said in complaints if f"status of {visit.response.status_code}" not in said]

    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"asks in vain for {request.url}"))
    return show


def test_the_page_to_sign_in_on_is_there_soon_on_a_slow_line(walked):
    [page] = [visit for visit in walked("not signed in") if visit.kind[0] == "sign-in"]
    assert {*LOADED.findall(page.body.decode())} == {"favicon.svg", "portal.css", "portal.js"}
    assert weight(page.body) < FIRST


def test_a_page_loads_the_scripts_of_what_it_holds_and_no_others(walked):
    pages = [visit.body.decode() for person in PEOPLE for visit in walked(person) if visit.page]
    assert [("data-grid" in page, "data-passkey=" in page) for page in pages] == [
        ("/static/grid.js" in page, "/static/passkeys.js" in page) for page in pages
    ]
    assert any("data-grid" in page for page in pages)
    assert all("/static/drafts.js" in page for page in pages if "data-draft" in page)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_sound_light_and_quick(walked, person):
    answers = (200, 302, 403) if person == "nobody" else (200, 302)
    assert {visit.path: faults for visit in walked(person) if (faults := faults_of(visit, answers))} == {}


def test_a_link_leads_to_every_page(walked):
    found = {visit.kind[0] for person in PEOPLE for visit in walked(person)}
    not_linked = {start_word.PAGE, *SUGGESTIONS, *FOR_SCRIPTS}  # the first is open before anybody is there
    assert set(shown(get_resolver().url_patterns)) - found == not_linked


def kinds(form):
    """Yield a class of forms and all that are made of it."""
    yield form
    for each in form.__subclasses__():
        yield from kinds(each)


def records_in(value):
    """Return the records in what a field holds."""
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple | set) else [value]
    return [each for each in within if isinstance(each, Model)]


def test_no_field_keeps_of_one_reader_what_another_would_be_offered(walked):
    assert all(walked(person) for person in PEOPLE)
    fields = [(form, *each) for form in kinds(BaseForm) for each in getattr(form, "base_fields", {}).items()]
    kept = {
        f"{form.__name__}.{name}" for form, name, field in fields for each in vars(field).values() if records_in(each)
    }
    assert kept == set()


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_says_what_offices_say(walked, person):
    pages = [visit for visit in walked(person) if visit.page]
    assert {visit.path: faults for visit in pages if (faults := badly_worded(visit.body.decode()))} == {}


@pytest.mark.parametrize("person", ["secretariat", "cell secretary"])
@pytest.mark.parametrize("requests", [asks, sends])
def test_no_parameter_and_no_field_makes_an_error(walked, requests, person):
    pages = [(visit.path, Forms(visit.body.decode())) for visit in walked("secretariat") if visit.page]
    with undone():
        client, asked = enter(person), pages if person == "secretariat" else pages[::3]
        assert [told for each in requests(asked, examples(1)) if (told := send(client, *each))] == []


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = {9: 170, 8: 240}
"""How many digits A4 and A3 (as Excel numbers papers) hold across in type of eight points."""
OF_OTHERS = {"blank-file", "blank-original", "import-returned"}
"""Workbooks that others have made: they leave laid out as they came."""


def files_behind(visits):
    """Return one address of each kind of file that the pages of a walk offer."""
    found = {}
    for visit in visits:
        for path in inside(visit.path, visit.page.links) if visit.page else ():
            match = resolve(urlsplit(path).path)
            if match.kwargs.get("form") in ("xlsx", "sua", "in", "ky") or path.split("?")[0].endswith(".xlsx"):
                found.setdefault((match.url_name, match.kwargs.get("form")), path)
    return found


def test_every_workbook_is_laid_out_for_paper(walked):
    files, wrong = files_behind(walked("secretariat")), []
    with undone():
        client = enter("secretariat")
        for kind, path in files.items():
            response = client.get(path)
            if kind[0] in OF_OTHERS or response.headers["Content-Type"] != WORKBOOK:
                continue
            for sheet in load_workbook(BytesIO(response.getvalue())).worksheets:
                if sheet.sheet_state == "visible":
                    setup = sheet.page_setup
                    fits = sheet.sheet_properties.pageSetUpPr.fitToPage and setup.fitToHeight == 0
                    across = setup.orientation == "landscape" or width_of(sheet) < 120
                    readable = width_of(sheet) / int(setup.fitToWidth or 1) <= WIDEST[int(setup.paperSize)]
                    if not (fits and across and readable and sheet.print_title_rows):
                        wrong.append((kind, sheet.title))
    assert len(files) > 10
    assert wrong == []


def width_of(sheet):
    """Return how many digits the columns of a worksheet are wide."""
    return sum(column.width * (column.max - column.min + 1) for column in sheet.column_dimensions.values())


def test_lists_begin_high_on_the_telephone_of_a_secretary(walked, show, page):
    page.set_viewport_size(TELEPHONE)
    starts = {}
    for visit in walked("cell secretary"):
        if visit.page and "records/tables/list.html" in {template.name for template in visit.response.templates}:
            show(visit)
            starts[visit.path] = page.evaluate(FIRST_ROW)
    assert len(starts) > 20
    assert {path: start for path, start in starts.items() if start > LOWEST} == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_can_use_every_page(walked, is_new, good_looks, show, page, person):
    faults = {}
    for visit in walked(person):
        if visit.page and is_new(visit) and (found := show(visit) + wrong_with(page, *good_looks(visit))):
            faults[visit.path] = found
    assert faults == {}
