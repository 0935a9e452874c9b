"""Every page of the portal, found along the links as its readers find it: sound, light and quick."""

import gzip
from itertools import chain

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import get_resolver

from tests.walk import PEOPLE, enter, make_busy, shown, starts_of, walk

MOST_STATEMENTS = 10
HEAVIEST = 60_000  # bytes, compressed, with an empty cache


def weight(body):
    """Return what a page and everything it loads weigh on the wire."""
    files = chain.from_iterable((settings.BASE_DIR / "static").rglob(f"*.{kind}") for kind in ("css", "js", "svg"))
    return sum(len(gzip.compress(content)) for content in [body, *(path.read_bytes() for path in files)])


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


@pytest.fixture
def busy(sample):
    """The sample in the middle of a reporting period; taken back after the test."""
    with transaction.atomic():
        make_busy()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_sound_light_and_quick(busy, person):
    answers = (200, 302, 403) if person == "nobody" else (200, 302)
    visits = walk(enter(person), starts_of(person))
    faults = {visit.path: faults for visit in visits if (faults := faults_of(visit, answers))}
    assert faults == {}


def test_a_link_leads_to_every_page(busy):
    found = set()
    for person in PEOPLE:
        with transaction.atomic():
            found |= {visit.kind[0] for visit in walk(enter(person), starts_of(person))}
            transaction.set_rollback(True)
    assert set(shown(get_resolver().url_patterns)) - found == set()
