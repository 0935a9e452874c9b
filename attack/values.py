"""Values that nobody means: in every parameter and every field of every form, as the office and as a cell."""

from random import Random
from urllib.parse import urlencode, urlsplit

from tests.hostile_requests import Forms, asks, sends

from .addresses import places

PEOPLE = ("clerk", "secretary_a")
TURNS = 1


def attack(run):
    """Send what forms and links ask for, with other values."""
    requests = [(person, *each) for person in PEOPLE for each in _requests(run, person)]
    Random(3).shuffle(requests)
    browsers = {person: run.browser(person) for person in PEOPLE}
    for person, method, address, sent in run.within(requests):
        given = (f"{urlsplit(address).path}?{urlencode(sent)}", None) if method == "get" else (address, sent)
        answer = run.ask(browsers[person], method.upper(), *given, markers=run.world.forbidden(person))
        led = urlsplit(answer.header("Location"))
        run.expect(led.netloc in ("", "portal.example") and led.scheme in ("", "https"), answer, "leads elsewhere")


def _requests(run, person):
    """Return the requests of one person, learned from the pages that he or she opens."""
    pages = forms_of(run, person)
    return [*asks(pages, TURNS), *sends(pages, TURNS)]


def forms_of(run, person):
    """Return the pages that somebody opens, one of each kind: [(address, forms)]."""
    if person not in run.pages:
        browser, found = run.browser(person), []
        for place in {(place.name, place.path.split("/")[1:4][-1]): place for place in _forms(run)}.values():
            answer = run.ask(browser, "GET", place.path)
            if answer.status == 200 and answer.header("Content-Type").startswith("text/html"):
                found.append((place.path, Forms(answer.body.decode())))
        run.pages[person] = found
    return run.pages[person]


def _forms(run):
    """Return the addresses that may hold forms: of lists and figures one."""
    once = ("figure", "check", "reminder", "annex")
    found = places(run.world.rows["a"])
    return {
        place.name if place.name in once else place.path: place for place in found if "file" not in place.name
    }.values()
