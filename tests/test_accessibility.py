"""Every page of the portal, open to everybody: for screen readers, from the keyboard, on a telephone."""

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.look import wrong_with
from tests.walk import PEOPLE, enter, make_busy, starts_of, walk


@pytest.fixture
def arrive(context, base_url):
    """Bring somebody to the portal in a browser, signed in as in `client`; what the browser complains of is kept."""

    def arrive(client):
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if session := client.cookies.get(settings.SESSION_COOKIE_NAME):
            context.add_cookies([{"name": session.key, "value": session.value, "url": base_url}])
        return page

    return arrive


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_can_use_every_page(live_server, arrive, person):
    call_command("loaddata", "thresholds", "binh-lu", verbosity=0)
    make_busy()
    client, faults = enter(person), {}
    page = arrive(client)
    for visit in walk(client, starts_of(person)):
        if visit.page:
            page.complaints.clear()
            answer = page.goto(visit.path)
            complaints = [said for said in page.complaints if f"status of {answer.status}" not in said]
            if found := wrong_with(page) + complaints:
                faults[visit.path] = found
    assert faults == {}
