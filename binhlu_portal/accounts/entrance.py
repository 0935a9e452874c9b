"""Entrance: how a session begins once somebody has proved who they are, in one step or in two.

Until the second step nobody is signed in: the browser's session only says whose password was right, for five minutes.
A success is noted after both, so that a right password does not clear what was failed with codes.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from . import lockout, proofs, request_info
from .devices import known_device, remember_device
from .models import AttemptOutcome, Session, User
from .phones.queries import phone_of
from .second_factor import codes

KEPT_SESSIONS = timedelta(days=1)
"""How long an ended session is kept, so that a browser that comes back can be told why."""

PENDING, PENDING_FOR = "second_step", timedelta(minutes=5)
REMEMBERED_COOKIE = "__Host-second-step" if settings.HTTPS else "second-step"


def enter(request: HttpRequest, user: User, proof: str, now: datetime, lead_to: str) -> HttpResponse:
    """Open a session of `user` that knows its browser, sweep away those long ended, and lead to an address.

    `proof` is "" where the PIN of a phone opened, which is no proof of those that guarded acts ask for.
    """
    address, account = request_info.address(request), lockout.digest(user.username)
    device = known_device(request, account)
    lockout.record_attempt(AttemptOutcome.SUCCEEDED, user.username, address, now, user, device)
    Session.objects.filter(expire_date__lt=now - KEPT_SESSIONS).delete()
    login(request, user)
    request.session.update({"browser": request_info.browser(request), "address": address})
    proofs.remember(request.session, proof, now)
    if proof and not user.must_choose_password:
        offer_pairing(request, user, now)
    response = redirect(lead_to)
    remember_device(request, response, account)
    return response


def offer_pairing(request: HttpRequest, user: User, now: datetime) -> None:
    """Tell a secretary who has typed the password on a phone how the next time takes six digits."""
    if request_info.is_phone(request) and codes.may_be_remembered(user) and phone_of(request, now) is None:
        words = 'Lần sau chỉ cần ghi 6 chữ số trên điện thoại này: <a href="{}">Nhớ điện thoại này</a>.'
        messages.info(request, format_html(words, reverse("phone-pair")))


def asks_second_step(request: HttpRequest, user: User, now: datetime) -> bool:
    """Whether signing in takes a second step of `user` in this browser."""
    if not user.second_factor_at:
        return False
    token = request.COOKIES.get(REMEMBERED_COOKIE, "")
    known = user.remembered_devices.filter(digest=codes.digest(token), expires_at__gt=now)
    return not (token and codes.may_be_remembered(user) and known.exists())


def wait_for_second_step(request: HttpRequest, user: User, lead_to: str, now: datetime) -> None:
    """Keep whose password was right, and where the sign-in is to lead."""
    request.session[PENDING] = [user.pk, lead_to, now.isoformat()]


def waiting(request: HttpRequest, now: datetime) -> tuple[User, str] | None:
    """Return who waits for the second step, and where it leads; None where nobody does any more."""
    key, lead_to, at = request.session.get(PENDING, (None, "", now.isoformat()))
    user = User.objects.filter(pk=key, is_active=True).first()
    return (user, lead_to) if user and now - datetime.fromisoformat(at) <= PENDING_FOR else None


def set_remembered_cookie(response, token: str) -> None:
    """Have the browser keep what it is remembered by."""
    age = int(codes.REMEMBERED.total_seconds())
    response.set_cookie(REMEMBERED_COOKIE, token, max_age=age, secure=settings.HTTPS, httponly=True, samesite="Lax")
