"""Signing in as people do, through the page."""

import pytest
from django.urls import reverse


@pytest.fixture
def sign_in(client):
    """Return a function that sends the sign-in form; the response tells how it ended."""

    def send(username, password=None, *, next="", browser=client, **headers):
        data = {"username": username, "password": password or username, "next": next}
        return browser.post(reverse("sign-in"), data, **headers)

    return send
