"""Every page of the portal, found along the links as its readers find it: sound, light, quick and open to everybody.

Each of the people walks once; what a browser is shown of a page is what the portal answered on that walk. It is shown
of each kind of page whatever has an element of another shape than what it was shown before. What pages read is learned
on the walk of the secretariat: no value of a parameter or a field makes an error, hidden ones too; where others may not
go, they try.
"""

import gzip
from collections import defaultdict
from functools import cache
from itertools import chain

import pytest
from django.conf import settings
from django.db.models import Model
from django.forms import BaseForm
from django.urls import get_resolver

from binhlu_portal.accounts import start_word
from binhlu_portal.audit import export_limits
from binhlu_portal.security import UNCACHED
from tests.examples import examples
from tests.hostile_requests import Forms, asks, send, sends
from tests.look import AXE_SCRIPT, wrong_with
from tests.proofs import undone
from tests.visit_server import VisitServer
from tests.walk import PEOPLE, enter, make_busy, shown, starts_of, walk
from tests.words import badly_worded

MOST_STATEMENTS = 11  # the last one is for the regulations in force, which a page cites
MORE_STATEMENTS = {"period-close": 15, "dashboard": 13, "import": 12, "members-merge": 27, "member": 12} | {
    "home": 16,
    "confirm": 17,
    "period": 14,
    "changes-since-confirmed": 12,
}
"""Whoever closes a period is told what its report cannot say: the page asks what the report asks, and then its own.
Leaders are told on the dashboard what others did that is guarded. Of a file that was written its page asks whether it
was taken back in the history. Before two records are made one each register is read, whatever is in it. What changed
since a unit confirmed is asked of the history where it is told: of the people and the units that the changes name.
The page of a person leads to what a cell has reported of it and nobody has written yet."""

OF_ONE_PAGE = {"pin.css", "offline.js", "offline-store.js", "offline-worker.js"}
"""What two small pages load and no others, which have limits of their own: the sign-in of a paired phone, and the page
without network."""

HEAVIEST = 60_000  # bytes, compressed, with an empty cache

FOR_SCRIPTS = {"offline-pack", "service-worker"}
"""What the page without network asks for, and the browser itself."""

SUGGESTIONS = {"unit-suggestions", "member-suggestions"}
"""Parts of pages, for which a search box asks while somebody types."""


@cache
def loaded():
    """Return what everything weighs that a page loads."""
    files = chain.from_iterable((settings.BASE_DIR / "static").rglob(f"*.{kind}") for kind in ("css", "js", "svg"))
    return sum(len(gzip.compress(path.read_bytes())) for path in files if path.name not in OF_ONE_PAGE)


def weight(body):
    """Return what a page and everything it loads weigh on the wire."""
    return len(gzip.compress(body)) + loaded()


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


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_can_use_every_page(walked, is_new, good_looks, show, page, person):
    faults = {}
    for visit in walked(person):
        if visit.page and is_new(visit) and (found := show(visit) + wrong_with(page, *good_looks(visit))):
            faults[visit.path] = found
    assert faults == {}
