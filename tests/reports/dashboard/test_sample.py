"""The leaders' page of the sample: every number is its list."""

import re
from datetime import date

import pytest
from django.urls import reverse

from organizations.choices import RoleKind
from organizations.models import Unit
from reports.figures import evaluate, registry
from tests.factories import START, make_user, moment_of

AS_OF = date(2026, 3, 1)
NUMBER = re.compile(r'<a (?:class="base" )?href="(/so-lieu/[^"]+)">(\d[\d.]*)</a>')


@pytest.fixture
def sample_page(sample, client):
    """The page of the sample's commune, and a client that may open what it leads to."""
    client.force_login(make_user("lanh-dao", (RoleKind.LEADER, Unit.objects.get(code="binh-lu"))))
    address = f"{reverse('dashboard')}?don_vi=binh-lu&ngay=01/03/2026&tu=01/07/2025"
    return client.get(address).content.decode()


def test_every_number_is_what_the_list_behind_it_amounts_to(client, sample_page):
    numbers = {(href.replace("&amp;", "&"), text) for href, text in NUMBER.findall(sample_page)}
    assert len(numbers) > 70
    for href, text in numbers:
        page = client.get(href).content.decode()
        assert re.search(r'<dd class="big">([^<]*)</dd>', page)[1] == text, href


def test_no_number_stands_without_its_list(sample_page):
    cells = re.findall(r"<td>(.*?)</td>", sample_page, re.DOTALL)
    assert len(cells) > 70
    assert [cell for cell in cells if re.fullmatch(r"\s*[\d.]+\s*", cell)] == []


def test_every_number_of_the_page_is_that_of_the_registry(sample, sample_page):
    commune = Unit.objects.get(code="binh-lu")
    results = evaluate.results(moment_of(commune, AS_OF, since=START), list(registry.FIGURES))
    shown = {
        code: int(text.replace(".", ""))
        for code, text in re.findall(
            r'href="/so-lieu/([a-z0-9_.]+)/\?don_vi=binh-lu&amp;ngay=01/03/2026&amp;tu=01/07/2025">(\d[\d.]*)<',
            sample_page,
        )
    }
    assert len(shown) > 50
    assert shown == {code: results[code].value for code in shown}


def test_the_bar_leads_where_its_number_leads(sample_page):
    bars = re.findall(r'<a href="([^"]+)" tabindex="-1" aria-hidden="true">', sample_page)
    assert len(bars) > 40
    assert set(bars) <= {href for href, _ in NUMBER.findall(sample_page)}
