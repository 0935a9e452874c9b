"""Paired phone of a request: which telephone it is, by the secret in its cookie, as long as it may still sign in."""

import re
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from binhlu_portal.accounts.models import PairedPhone
from binhlu_portal.accounts.second_factor import codes

from . import pins

COOKIE = "__Host-phone" if settings.HTTPS else "phone"


UNSENT_COOKIE = "offline-waiting"
UNSENT = re.compile(r"([1-9]\d{0,3})((?:\.\d{1,2}/\d{1,2}/\d{4}){1,9})")
"""How `offline.js` tells what was written without network and has not been sent: how much, on which days."""


class Unsent(NamedTuple):
    """What a browser says that it keeps and has not sent: how many, written on which days, as they are read."""

    count: int
    days: str


def unsent_of(request: HttpRequest) -> Unsent | None:
    """Return what the browser has not sent; None for nothing, and for what no browser of ours says."""
    told = UNSENT.fullmatch(request.COOKIES.get(UNSENT_COOKIE, ""))
    return Unsent(int(told[1]), told[2].lstrip(".").replace(".", ", ")) if told else None


def secret_of(request: HttpRequest) -> str:
    """Secret that the browser keeps, "" where it keeps none."""
    return request.COOKIES.get(COOKIE, "")


def phone_of(request: HttpRequest, now: datetime) -> PairedPhone | None:
    """Return the phone that a request comes from, with its account; None where a password is needed.

    It holds for whom a browser may be remembered: an account whose roles reach beyond a cell signs in by password.
    """
    if not (secret := secret_of(request)):
        return None
    known = PairedPhone.objects.filter(digest=pins.digest(secret), expires_at__gt=now, user__is_active=True)
    phone = known.select_related("user").first()
    return phone if phone and codes.may_be_remembered(phone.user) else None


def set_phone_cookie(response: HttpResponse, secret: str) -> None:
    """Have the browser keep the secret, out of reach of scripts and of other hosts."""
    age = int(pins.PAIRED_FOR.total_seconds())
    response.set_cookie(COOKIE, secret, max_age=age, secure=settings.HTTPS, httponly=True, samesite="Lax")
