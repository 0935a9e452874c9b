"""Every page of the portal, found along the links as its readers find it: sound, light and quick."""

import gzip
from functools import cache
from itertools import chain

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.proofs import undone
from tests.walk import PEOPLE, enter, make_busy, shown, starts_of, walk

MOST_STATEMENTS = 10
HEAVIEST = 60_000  # bytes, compressed, with an empty cache


@cache
def loaded():
    """Return what everything weighs that a page loads."""
    files = chain.from_iterable((settings.BASE_DIR / "static").rglob(f"*.{kind}") for kind in ("css", "js", "svg"))
    return sum(len(gzip.compress(path.read_bytes())) for path in files)


def weight(body):
    """Return what a page and everything it loads weigh on the wire."""
    return len(gzip.compress(body)) + loaded()


def faults_of(visit, answers=(200, 302)):
    """Return what is wrong with a page before a browser has seen it."""
    if visit.response.status_code not in answers:
        return [f"answers {visit.response.status_code}"]
    if visit.page is None:
        return []
    found = list(visit.page.faults)
    if len(visit.statements) > MOST_STATEMENTS:
        found.append(f"{len(visit.statements)} statements")
    if weight(visit.body) > HEAVIEST:
        found.append(f"{weight(visit.body)} bytes")
    return found


def walked(person):
    """Let one of the people walk; return of each address met its name, the path and what is wrong there."""
    answers = (200, 302, 403) if person == "nobody" else (200, 302)
    with undone():
        visits = walk(enter(person), starts_of(person))
        return [(visit.kind[0], visit.path, faults_of(visit, answers)) for visit in visits]


@pytest.fixture(scope="module")
def walks(sample, django_db_blocker):
    """What each of the people meets in the sample in the middle of a reporting period."""
    with django_db_blocker.unblock(), undone():
        make_busy()
        return {person: walked(person) for person in PEOPLE}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_sound_light_and_quick(walks, person):
    assert {path: faults for _, path, faults in walks[person] if faults} == {}


def test_a_link_leads_to_every_page(walks):
    found = {name for met in walks.values() for name, *_ in met}
    assert set(shown(get_resolver().url_patterns)) - found == set()
