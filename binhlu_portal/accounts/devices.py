"""Device cookies: a browser in which an account has signed in before is known, and not slowed by failures of others.

The cookie is signed by Django and says which accounts have signed in, each by the digest of its name; it opens nothing
and spares nobody the password (OWASP, Slow Down Online Guessing Attacks with Device Cookies).
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

KNOWN_FOR = timedelta(days=365)

MOST_ACCOUNTS = 8
"""How many accounts a shared computer is known to, the last ones."""


def known_device(request: HttpRequest, account: str) -> str:
    """Return the number of the device, if the account with the digest `account` has signed in on it; else ""."""
    number, accounts = _read(request)
    return number if account in accounts else ""


def remember_device(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Remember in the browser that the account with the digest `account` has signed in."""
    number, accounts = _read(request)
    accounts = [account, *(each for each in accounts if each != account)][:MOST_ACCOUNTS]
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        " ".join([number or get_random_string(32), *accounts]),
        salt=__name__,
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request):
    """Return the number of the device and the digests of the accounts that know it; "" and none for a new one."""
    said = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=__name__, max_age=KNOWN_FOR)
    number, *accounts = said.split(" ")
    return number, accounts
