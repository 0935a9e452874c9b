"""A browser at an address at which passkeys work, and the key that its person has registered."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from .authenticator import HOST, Authenticator

OPTIONS = re.compile(r'data-passkey-options="([^"]*)"')


def asked(response):
    """Return what a page asks the browser, as JSON; "" where it asks nothing."""
    found = OPTIONS.search(response.content.decode())
    return unescape(found[1]) if found else ""


@pytest.fixture
def here():
    """Return a function: one more browser at the portal's own machine."""
    return lambda: Client(SERVER_NAME=HOST)


@pytest.fixture
def register(here):
    """Return a function that registers a passkey of `user`, signed in with a password a moment ago."""

    def register(user, key=None, *, name="Máy văn phòng", browser=None, **answered):
        browser = browser or here()
        browser.force_login(user)
        page = browser.get(reverse("passkey-new"))
        key = key or Authenticator()
        sent = {"name": name, "credential": key.make(asked(page), **answered)}
        key.told = browser.post(reverse("passkey-new"), sent)
        return key

    return register


@pytest.fixture
def second_step(here, sign_in):
    """Return a function that types the password of `user`, then proves with `key`; how it ends is returned."""

    def second_step(user, key, *, browser=None, **answered):
        browser = browser or here()
        options = asked(sign_in(user.username, browser=browser))
        return browser.post(reverse("second-step"), {"proof_passkey": key.prove(options, **answered)})

    return second_step
