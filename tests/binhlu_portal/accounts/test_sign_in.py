"""Signing in: who gets in, who has to wait and for how long, what is noted."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts import lockout, start_codes
from binhlu_portal.accounts.devices import MOST_ACCOUNTS
from binhlu_portal.accounts.forms import WHOM_TO_ASK
from binhlu_portal.accounts.models import Attempt, AttemptOutcome, Session
from binhlu_portal.audit.models import Entry
from tests.factories import make_user

HERE, ELSEWHERE = "127.0.0.1", "10.0.0.9"
PROXY = {"HTTP_X_FORWARDED_FOR": f"1.2.3.4, {ELSEWHERE}"}
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"
LOCKED = "Đã sai quá nhiều lần"


def failures(count, username="clerk", address=HERE, ago=timedelta(0)):
    """Note failures that happened some time ago."""
    for _ in range(count):
        lockout.record_attempt(AttemptOutcome.FAILED, username, address, timezone.now() - ago)


def text(response):
    return response.content.decode()


def test_a_user_name_is_found_however_its_letters_are_written(clerk, sign_in):
    sign_in(" Clerk", "clerk")
    assert Session.objects.get().user == clerk


def test_one_user_name_is_one_account(clerk):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("CLERK")


@pytest.mark.parametrize("username", ["clerk", "nobody", "closed", "unstarted"])
def test_a_wrong_name_looks_like_a_wrong_password(clerk, sign_in, username, django_assert_num_queries):
    make_user("closed", is_active=False)
    unstarted = make_user("unstarted")
    unstarted.set_unusable_password()
    unstarted.save()
    with django_assert_num_queries(
        6
    ):  # has anybody begun, limits, account, account for the note, note, name of the portal
        response = sign_in(username, "closed" if username == "closed" else "sai")
    assert WRONG in text(response)
    assert Attempt.objects.get().outcome == AttemptOutcome.FAILED


def test_an_unknown_name_takes_as_long_as_a_wrong_password(clerk, sign_in, monkeypatch):
    hashed = []
    make = type(clerk).set_password
    monkeypatch.setattr(type(clerk), "set_password", lambda user, raw: hashed.append(raw) or make(user, raw))
    sign_in("nobody", "sai")
    assert hashed == ["sai"]


def test_every_refusal_hashes_as_often(clerk, sign_in, monkeypatch):
    make_user("closed", is_active=False)
    unstarted, waiting = make_user("unstarted"), make_user("waiting")
    unstarted.set_unusable_password()
    unstarted.save()
    start_codes.give(waiting, timezone.now())
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    spent = {}
    for name in ("nobody", "clerk", "closed", "unstarted", "waiting"):
        hashed.clear()
        sign_in(name, "sai")
        spent[name] = len(hashed)
    assert spent == dict.fromkeys(spent, 1)


@pytest.mark.parametrize("username", ["clerk", "nobody"])
def test_a_name_is_locked_at_one_address_after_five_failures(clerk, sign_in, username):
    for _ in range(4):
        sign_in(username, "sai")
    assert WRONG in text(sign_in(username, "sai"))
    response = text(sign_in(username, "clerk"))
    assert LOCKED in response
    assert "sau 15 phút nữa" in response
    assert WHOM_TO_ASK in response
    assert Attempt.objects.count() == 5  # who has to wait is not counted further


def test_a_name_is_the_same_however_its_letters_are_written(clerk, sign_in):
    failures(3, username="CLERK")
    failures(2, username=" Clerk ")
    assert LOCKED in text(sign_in("clerk"))


def test_others_and_other_addresses_are_not_locked_with_it(clerk, leader, sign_in, settings):
    failures(5)
    sign_in("leader")
    settings.BEHIND_PROXY = True
    sign_in("clerk", browser=Client(), **PROXY)
    assert {session.user: session.address for session in Session.objects.all()} == {leader: HERE, clerk: ELSEWHERE}


def test_a_name_is_locked_everywhere_after_many_failures(clerk, sign_in):
    for number in range(5):
        failures(4, address=f"10.0.0.{number}")
    assert LOCKED in text(sign_in("clerk"))


def test_an_address_that_fails_a_lot_is_slowed_and_never_shut(clerk, leader, sign_in):
    for number in range(10):
        failures(3, username=f"name{number}")
    response = sign_in("clerk")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) <= 2
    assert "sau 2 giây nữa" in text(response)
    assert lockout.locked_until("clerk", HERE, timezone.now() + timedelta(seconds=3)) is None


def test_the_wait_at_an_address_grows_with_every_failure_to_a_minute(clerk):
    now, waits = timezone.now(), []
    for number in range(lockout.SLOWED_AFTER + 12):
        lockout.record_attempt(AttemptOutcome.FAILED, f"name{number}", HERE, now)
        until = lockout.locked_until("clerk", HERE, now)
        waits += [(until - now).total_seconds()] if until else []
    assert waits[:4] == [2, 4, 8, 16]
    assert waits == sorted(waits)
    assert waits[-1] == lockout.LONGEST_WAIT.total_seconds() == 60


def test_an_account_known_from_an_address_is_not_slowed_by_others_there(clerk, leader, sign_in):
    sign_in("clerk")
    for number in range(40):
        failures(1, username=f"name{number}")
    assert sign_in("clerk", browser=Client()).status_code == 302
    assert sign_in("leader", browser=Client()).status_code == 429


@pytest.mark.parametrize("tries", [5, 30])
def test_nobody_locks_out_a_device_that_signed_in_before(clerk, sign_in, client, tries):
    sign_in("clerk")
    client.post(reverse("sign-out"))
    for number in range(tries):
        failures(1, address=f"10.0.0.{number}")
        failures(1)
    assert sign_in("clerk", browser=Client()).status_code == 429
    assert sign_in("clerk").status_code == 302


def test_a_known_device_is_locked_by_its_own_failures(clerk, sign_in, client):
    sign_in("clerk")
    client.post(reverse("sign-out"))
    for _ in range(5):
        assert sign_in("clerk", "sai").status_code == 200
    assert sign_in("clerk").status_code == 429
    assert sign_in("clerk", browser=Client()).status_code == 302  # its failures lock nobody else


def test_a_device_is_known_to_the_accounts_that_signed_in_on_it_alone(clerk, leader, sign_in, client):
    sign_in("clerk")
    client.post(reverse("sign-out"))
    failures(5, username="leader")
    assert sign_in("leader").status_code == 429
    assert sign_in("clerk").status_code == 302
    client.post(reverse("sign-out"))
    failures(5)
    assert sign_in("clerk").status_code == 302


@pytest.mark.parametrize("said", ["", "x", "abc clerk", "a:b:c"])
def test_a_device_says_nothing_that_the_portal_has_not_signed(clerk, sign_in, client, settings, said):
    client.cookies[settings.DEVICE_COOKIE_NAME] = f"{said} {lockout.digest('clerk')}"
    failures(5)
    assert sign_in("clerk").status_code == 429


def test_a_shared_computer_knows_its_last_accounts(sign_in, client, db):
    for number in range(MOST_ACCOUNTS + 1):
        make_user(f"user{number}")
        sign_in(f"user{number}")
        client.post(reverse("sign-out"))
    failures(5, username="user0")
    failures(5, username="user1")
    assert sign_in("user0").status_code == 429
    assert sign_in("user1").status_code == 302


@pytest.mark.parametrize("typed", ["CLERKI", " clerki ", "cler\u212ai", "\uff43lerki", "clerk\u0131", "CLERKI\n"])
def test_an_account_is_one_however_its_name_is_typed(sign_in, typed, db):
    clerk = make_user("clerki")
    assert lockout.digest(typed) == lockout.digest("clerki")
    failures(5, username="clerki")
    assert sign_in(typed, "clerki").status_code == 429
    lockout.record_attempt(AttemptOutcome.UNLOCKED, "clerki", "", timezone.now(), clerk)
    sign_in(typed, "clerki")
    assert Session.objects.get().user == clerk


def test_time_unlocks(clerk, sign_in):
    failures(4, ago=timedelta(minutes=14))
    failures(1, ago=timedelta(minutes=2))
    assert "sau 1 phút nữa" in text(sign_in("clerk"))


def test_failures_of_a_quarter_of_an_hour_ago_are_forgotten(clerk, sign_in):
    failures(30, ago=timedelta(minutes=15))
    sign_in("clerk")
    assert Session.objects.get().user == clerk


def test_a_success_clears_the_failures_of_its_own_address_only(clerk):
    now = timezone.now()
    failures(4)
    failures(4, address=ELSEWHERE)
    lockout.record_attempt(AttemptOutcome.SUCCEEDED, "clerk", HERE, timezone.now(), clerk)
    failures(1)
    failures(1, address=ELSEWHERE)
    assert lockout.locked_until("clerk", HERE, now) is None
    assert lockout.locked_until("clerk", ELSEWHERE, now) is not None


def test_unlocking_clears_the_failures_of_the_name(clerk):
    now = timezone.now()
    for number in range(5):
        failures(5, address=f"10.0.0.{number}")
    assert lockout.is_locked(clerk, now)
    lockout.record_attempt(AttemptOutcome.UNLOCKED, "clerk", "", timezone.now(), clerk)
    assert not lockout.is_locked(clerk, now)
    assert lockout.locked_until("clerk", "10.0.0.1", now) is None


def test_a_claimed_address_counts_only_behind_a_proxy(clerk, sign_in, settings):
    sign_in("clerk", "sai", **PROXY)
    settings.BEHIND_PROXY = True
    sign_in("clerk", "sai", **PROXY)
    assert [attempt.address for attempt in Attempt.objects.order_by("pk")] == [HERE, ELSEWHERE]


def test_what_cannot_be_an_address_is_none(clerk, sign_in, settings):
    settings.BEHIND_PROXY = True
    sign_in("clerk", "sai", HTTP_X_FORWARDED_FOR="<script>")
    assert Attempt.objects.get().address == ""


def test_what_is_typed_is_not_readable_in_the_log(clerk, sign_in):
    sign_in("mật khẩu gõ nhầm ô", "mật khẩu gõ nhầm ô")
    sign_in("clerk")
    assert "khẩu" not in str(list(Attempt.objects.values()))
    assert [attempt.user for attempt in Attempt.objects.order_by("pk")] == [None, clerk]
    assert "clerk" not in str(list(Attempt.objects.values("name")))


@pytest.mark.parametrize("change", [lambda rows: rows.update(address=""), lambda rows: rows.delete()])
def test_the_log_cannot_be_changed(db, change):
    failures(1)
    with pytest.raises(IntegrityError, match="Nhật ký đăng nhập"), transaction.atomic():
        change(Attempt.objects.all())


def test_signing_in_leaves_nothing_in_the_history(clerk, sign_in):
    before = Entry.objects.count()
    sign_in("clerk")
    assert Entry.objects.count() == before


def test_who_is_signed_in_is_led_on_from_the_sign_in_page(client, clerk):
    client.force_login(clerk)
    assert client.get(reverse("sign-in")).url == reverse("home")
