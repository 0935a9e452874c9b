"""Signing in with a second factor: in two steps; a code opens once, wrong ones count, a browser may be remembered."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts import entrance
from binhlu_portal.accounts.models import Attempt, AttemptOutcome, RecoveryCode, RememberedDevice, Session
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Access, AccessKind, Entry
from organizations.account_management import actions as accounts
from organizations.choices import RoleKind
from tests.binhlu_portal.accounts.factories import SECRET, app_code, make_doubly_safe, wrong_code

PEOPLE = ["clerk", "leader", "administrator", "secretary_a"]
PRINTED = re.compile(r"(?:[A-Z0-9]{4}-){5}[A-Z0-9]{4}")


@pytest.fixture
def second_step(client, sign_in):
    """Return a function that signs in with a password, then sends a code."""

    def send(user, code, *, browser=client, **data):
        sign_in(user.username, browser=browser)
        return browser.post(reverse("second-step"), {"proof": code, **data})

    return send


def signed_in():
    """Return who is signed in."""
    return [session.user for session in Session.objects.filter(user__isnull=False)]


@pytest.mark.parametrize("person", PEOPLE)
def test_a_password_alone_opens_nothing(client, request, sign_in, person):
    user = request.getfixturevalue(person)
    make_doubly_safe(user)
    page = sign_in(person).content.decode()
    assert "Xác minh bước hai" in page
    assert signed_in() == []
    assert not Attempt.objects.exists()
    for address in ("home", "account", "second-factor"):
        led = client.get(reverse(address)).url
        assert led.startswith(reverse("sign-in"))
        assert "vi_sao" not in led  # no session has ended


@pytest.mark.parametrize("person", PEOPLE)
def test_the_code_of_the_telephone_opens_and_leads_on(request, sign_in, client, person):
    user = request.getfixturevalue(person)
    make_doubly_safe(user)
    sign_in(person, next="/dang-vien/")
    response = client.post(reverse("second-step"), {"proof": f" {app_code()[:3]} {app_code()[3:]} "})
    assert response.url == "/dang-vien/"
    assert signed_in() == [user]
    assert Attempt.objects.get().outcome == AttemptOutcome.SUCCEEDED


def test_a_code_opens_once(clerk, second_step):
    make_doubly_safe(clerk)
    code = app_code()
    second_step(clerk, code)
    assert "không đúng, hoặc mã đã dùng rồi" in second_step(clerk, code, browser=Client()).content.decode()
    assert "không đúng" in second_step(clerk, app_code(-1), browser=Client()).content.decode()
    assert second_step(clerk, app_code(1), browser=Client()).status_code == 302
    assert len(signed_in()) == 2


def test_a_code_on_paper_opens_once_and_is_told(clerk, second_step):
    code, other, *_ = make_doubly_safe(clerk)
    assert second_step(clerk, code.lower().replace("-", " ")).status_code == 302
    assert second_step(clerk, code, browser=Client()).status_code == 200
    assert second_step(clerk, other, browser=Client()).status_code == 302
    used = Access.objects.filter(user=clerk, kind=AccessKind.GUARDED, what__contains="dùng một mã")
    assert len(used) == 2


@pytest.mark.parametrize("typed", ["", "clerk", "000000000", "１２３４５６", "x" * 300, "-1", -5, 5], ids=repr)
def test_what_is_no_code_opens_nothing(clerk, second_step, typed):
    make_doubly_safe(clerk)
    code = app_code(typed) if isinstance(typed, int) else typed
    assert second_step(clerk, code).status_code == 200
    assert signed_in() == []


def test_wrong_codes_lock_like_wrong_passwords(clerk, sign_in, second_step, client):
    make_doubly_safe(clerk)
    for _ in range(5):
        second_step(clerk, wrong_code())
    assert {attempt.outcome for attempt in Attempt.objects.all()} == {AttemptOutcome.FAILED}
    assert "Đã sai quá nhiều lần" in client.post(reverse("second-step"), {"proof": app_code()}).content.decode()
    assert "Đã sai quá nhiều lần" in sign_in("clerk").content.decode()
    assert signed_in() == []


def test_the_second_step_waits_five_minutes(clerk, sign_in, client, monkeypatch):
    make_doubly_safe(clerk)
    sign_in("clerk")
    code, later = app_code(), timezone.now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.post(reverse("second-step"), {"proof": code}).url == reverse("sign-in")


@pytest.mark.parametrize("closed", [True, False])
def test_nobody_reaches_the_second_step_past_the_first(clerk, sign_in, client, closed):
    make_doubly_safe(clerk)
    if closed:
        sign_in("clerk")
        clerk.is_active = False
        clerk.save()
    assert client.post(reverse("second-step"), {"proof": app_code()}).url == reverse("sign-in")
    assert signed_in() == []


@pytest.mark.parametrize("person", PEOPLE)
def test_a_browser_is_remembered_for_secretaries_of_cells_only(client, request, second_step, sign_in, person):
    user = request.getfixturevalue(person)
    make_doubly_safe(user)
    offered = "trong 30 ngày" in sign_in(person).content.decode()
    second_step(user, app_code(), remembered="on")
    client.post(reverse("sign-out"))
    asked_again = sign_in(person).status_code == 200
    assert (offered, asked_again) == ((True, False) if person == "secretary_a" else (False, True))


def leave(client, user):
    """Sign out, so that the next sign-in tells whether a code is asked for."""
    client.post(reverse("sign-out"))


def remembered(client, user, second_step):
    """Have a browser remembered."""
    make_doubly_safe(user)
    second_step(user, app_code(), remembered="on")
    assert RememberedDevice.objects.get().user == user


def forget(client, user):
    client.post(reverse("forget-devices"))
    leave(client, user)


def time_passes(client, user):
    leave(client, user)
    RememberedDevice.objects.update(expires_at=timezone.now())


def another_role(client, user):
    leave(client, user)
    accounts.give_role(user=user, unit=user.roles.get().unit, kind=RoleKind.LEADER, keeper=None)


def start_code(client, user):
    leave(client, user)
    code = accounts.give_start_code(user=user, now=timezone.now())
    user.set_password("secretary_a")
    user.start_code_expires_at = None
    user.save()
    assert code


def another_browser(client, user):
    leave(client, user)
    client.cookies.clear()


@pytest.mark.parametrize("end", [forget, time_passes, another_role, start_code, another_browser])
def test_a_browser_is_asked_again_once(client, secretary_a, second_step, sign_in, end):
    remembered(client, secretary_a, second_step)
    end(client, secretary_a)
    assert "Xác minh bước hai" in sign_in("secretary_a").content.decode()


def test_forgetting_browsers_asks_for_a_fresh_sign_in(client, secretary_a, second_step):
    remembered(client, secretary_a, second_step)
    session = client.session
    session["proof"] = ["app", (timezone.now() - FRESH - timedelta(seconds=1)).isoformat()]
    session.save()
    assert "Xác nhận lại" in client.post(reverse("forget-devices")).content.decode()
    assert RememberedDevice.objects.exists()


def test_a_cookie_of_another_account_is_worth_nothing(client, secretary_a, secretary_b, second_step, sign_in):
    remembered(client, secretary_a, second_step)
    leave(client, secretary_a)
    make_doubly_safe(secretary_b)
    assert sign_in("secretary_b").status_code == 200


def test_the_cookie_is_for_no_script_and_lasts_thirty_days(client, secretary_a, second_step):
    remembered(client, secretary_a, second_step)
    cookie = client.cookies[entrance.REMEMBERED_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 24 * 3600)
    assert cookie.value not in str(RememberedDevice.objects.values_list())


def test_no_secret_is_in_the_history_and_no_code_is_kept_as_it_is(clerk):
    with acting(clerk, "Bật"):
        printed = make_doubly_safe(clerk)
    noted = str([(entry.before, entry.after) for entry in Entry.objects.all()])
    kept = str(list(RecoveryCode.objects.values_list()))
    assert "second_factor_at" in noted
    assert not [secret for secret in (SECRET, "totp", *printed) if secret in noted]
    assert not [code for code in printed if code in kept or code.replace("-", "") in kept]
    assert len(printed) == RecoveryCode.objects.count() == 10
