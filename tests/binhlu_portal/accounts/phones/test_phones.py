"""Paired phones: who may pair one, how it signs in, what guessing and copying bring, and what ends it."""

import gzip
import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts.actions import choose_password
from binhlu_portal.accounts.models import PairedPhone, Session
from binhlu_portal.accounts.phones import actions, pins
from binhlu_portal.accounts.phones.queries import COOKIE
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.accounts.second_factor import actions as second_factor
from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.chores import CHORES
from organizations.account_management import actions as accounts
from organizations.choices import RoleKind
from organizations.models import Role
from tests.binhlu_portal.accounts.factories import app_code, make_doubly_safe

PIN, WRONG = "482917", "482918"
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36"}
LIGHT = 4_000
"""Bytes, compressed, of the page of the PIN and all that it loads to be used."""


def pair(user, pin=PIN):
    """Pair a phone with an account and return its browser, signed out."""
    user.proof = "password"
    secret = actions.pair(user=user, pin=pin, browser="Chrome trên điện thoại Android", now=timezone.now())
    user.proof = ""
    browser = Client()
    browser.cookies = SimpleCookie({COOKIE: secret})
    return browser


def send(browser, pin=PIN, **data):
    """Send a PIN."""
    return browser.post(reverse("phone-sign-in"), {"pin": pin, **data})


def signed_in():
    """Return who is signed in."""
    return [session.user for session in Session.objects.filter(user__isnull=False)]


def asks_password(browser):
    """Tell whether the page to sign in asks for the name and the password."""
    return 'name="username"' in browser.get(reverse("sign-in")).content.decode()


@pytest.fixture
def phone(secretary_a):
    """The browser of a phone that is paired with the secretary of cell A, signed out."""
    return pair(secretary_a)


def test_a_secretary_pairs_the_phone_and_signs_in_by_the_pin(client, secretary_a, sign_in):
    sign_in("secretary_a", **PHONE)
    offer = client.get(reverse("account"), **PHONE).content.decode()
    assert "Lần sau chỉ cần ghi 6 chữ số" in offer
    assert "Không có điện thoại nào đang được nhớ" in offer
    response = client.post(reverse("phone-pair"), {"pin": PIN, "again": PIN}, **PHONE)
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 24 * 3600)
    kept = PairedPhone.objects.get()
    assert (kept.user, kept.expires_at - kept.paired_at) == (secretary_a, timedelta(days=30))
    assert cookie.value not in str(PairedPhone.objects.values_list())
    own = client.get(reverse("account")).content.decode()
    assert "<strong>Máy này:</strong> Chrome trên điện thoại Android, nhớ từ" in own
    assert "chưa dùng mã PIN lần nào" in own
    assert ("Giữ tháng này để dùng khi mất mạng" in own, "/nho-dien-thoai/" in own) == (True, False)
    client.post(reverse("sign-out"))
    assert 'name="pin"' in client.get(reverse("sign-in")).content.decode()
    assert send(client, next="/dang-vien/").url == "/dang-vien/"
    assert signed_in() == [secretary_a]
    kept.refresh_from_db()
    assert kept.used_at
    own = client.get(reverse("account"), **PHONE).content.decode()
    assert "dùng gần nhất" in own
    assert "Lần sau chỉ cần ghi" not in own
    noted = Access.objects.filter(kind=AccessKind.PHONE).values_list("user", "what")
    assert list(noted) == [(secretary_a.pk, "Nhớ điện thoại: Chrome trên điện thoại Android")]
    assert not Entry.objects.filter(table="accounts_pairedphone").exists()


@pytest.mark.parametrize("person", ["clerk", "leader", "administrator", "stranger"])
def test_others_pair_no_phone(client, request, cell_a, person):
    user = request.getfixturevalue(person)
    client.force_login(user)
    assert client.get(reverse("phone-pair")).status_code == 404
    assert client.post(reverse("phone-pair"), {"pin": PIN, "again": PIN}).status_code == 404
    assert "nho-dien-thoai" not in client.get(reverse("account")).content.decode()
    with pytest.raises(Exception, match="Chỉ nhớ điện thoại của bí thư"):
        pair(user)


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        ("", "", "Chưa ghi mã PIN"),
        ("12345", "12345", "6 chữ số"),
        ("４８２９１７", "４８２９１７", "6 chữ số"),
        ("48291a", "48291a", "6 chữ số"),
        ("150387", "150387", "dễ đoán"),
        (PIN, WRONG, "không giống nhau"),
    ],
)
def test_what_is_no_good_pin_pairs_nothing(client, secretary_a, pin, again, said):
    client.force_login(secretary_a)
    response = client.post(reverse("phone-pair"), {"pin": pin, "again": again})
    assert said in response.content.decode()
    assert not PairedPhone.objects.exists()


def test_the_page_of_the_pin_is_small_and_tells_nobody_whose_phone_it_is(phone, secretary_a):
    response = phone.get(reverse("sign-in"), {"next": "/dang-vien/"})
    text = response.content.decode()
    loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*(?:href|src)="/static/([^"]+)"', text)
    assert sorted(loaded) == ["favicon.svg", "pin.css"]
    files = [(settings.BASE_DIR / "static" / name).read_bytes() for name in loaded]
    assert sum(len(gzip.compress(each)) for each in (response.content, *files)) < LIGHT
    assert 'inputmode="numeric"' in text
    assert 'value="/dang-vien/"' in text
    for told in (secretary_a.username, secretary_a.full_name, secretary_a.browser_key, "Chi bộ"):
        assert told not in text
    assert set(phone.cookies) == {COOKIE, settings.CSRF_COOKIE_NAME}
    assert asks_password(phone) is False
    assert 'name="username"' in phone.get(reverse("sign-in"), {"mat_khau": 1}).content.decode()


def test_a_pin_is_no_fresh_proof(phone, secretary_a):
    send(phone)
    assert phone.get(reverse("account")).status_code == 200
    for guarded in ("phone-pair", "second-factor"):
        assert "Xác nhận lại" in phone.get(reverse(guarded)).content.decode()
    answer = phone.post(reverse("phone-pair"), {"pin": WRONG, "again": WRONG})
    assert "Xác nhận lại" in answer.content.decode()
    assert PairedPhone.objects.count() == 1
    sent = {"pin": WRONG, "again": WRONG, "proof": "secretary_a", "proof_needed": ""}
    assert phone.post(reverse("phone-pair"), sent).status_code == 302
    assert PairedPhone.objects.count() == 1  # in place of what this browser was paired with


def test_after_five_wrong_pins_only_the_password_opens(phone, secretary_a, sign_in):
    for left in (4, 3, 2, 1):
        assert f"Còn {left} lần" in send(phone, WRONG).content.decode()
    copy = Client()
    copy.cookies = SimpleCookie({COOKIE: phone.cookies[COOKIE].value})
    led = send(copy, WRONG).url  # a copied cookie has no guesses of its own
    assert "vi_sao=quen" in led
    assert "Điện thoại này không còn được nhớ" in copy.get(led).content.decode()
    assert send(phone).url.startswith(reverse("sign-in"))
    assert signed_in() == []
    assert not PairedPhone.objects.exists()
    noted = Access.objects.get(kind=AccessKind.GUARDED)
    assert noted.what == "Điện thoại được nhớ: sai mã PIN 5 lần, đã quên Chrome trên điện thoại Android"
    assert sign_in("secretary_a", browser=phone).status_code == 302


def test_a_right_pin_begins_the_count_anew_and_what_is_no_pin_does_not_count(phone):
    for typed in ["", "12", "abcdef", "x" * 9999] * 2:
        assert send(phone, typed).status_code == 200
    for _ in range(4):
        send(phone, WRONG)
    assert send(phone).status_code == 302
    assert PairedPhone.objects.get().failures == 0


def test_wrong_pins_lock_nobody_out_and_failures_of_others_lock_no_phone(phone, secretary_a, sign_in):
    for number in range(20):
        sign_in("secretary_a", "khong dung", REMOTE_ADDR=f"10.0.0.{number}", browser=Client())
    assert "Đã sai quá nhiều lần" in sign_in("secretary_a", browser=Client()).content.decode()
    assert send(phone).status_code == 302


def new_password(user):
    choose_password(user=user, password="bốn từ không liên quan")


def start_code(user):
    accounts.give_start_code(user=user, now=timezone.now())


def closed(user):
    accounts.close(user=user, keeper=None)


def closed_and_reopened(user):
    accounts.close(user=user, keeper=None)
    accounts.reopen(user=user)


def another_role(user):
    accounts.give_role(user=user, unit=user.roles.get().unit, kind=RoleKind.LEADER, keeper=None)


def another_role_for_a_while(user):
    another_role(user)
    accounts.take_role(role=user.roles.get(kind=RoleKind.LEADER), keeper=None)


def one_role_less(user):
    role = Role.objects.create(user=user, unit=user.roles.get().unit, kind=RoleKind.LEADER)
    accounts.take_role(role=role, keeper=None)


def another_second_factor(user):
    make_doubly_safe(user)


def thirty_days(user):
    user.paired_phones.update(expires_at=timezone.now())


def forgotten(user):
    actions.forget(phone=user.paired_phones.get(), by=accounts_keeper(user))


def accounts_keeper(user):
    return type(user).objects.create_user("keeper", full_name="Người quản trị")


ENDS = [
    new_password,
    start_code,
    closed,
    closed_and_reopened,
    another_role,
    another_role_for_a_while,
    one_role_less,
    another_second_factor,
    thirty_days,
    forgotten,
]


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_a_pairing(phone, secretary_a, end):
    end(secretary_a)
    assert asks_password(phone)
    assert send(phone).url.startswith(reverse("sign-in"))
    assert signed_in() == []


def test_the_cookie_alone_or_the_pin_alone_opens_nothing(phone, secretary_a, secretary_b):
    assert send(Client()).url.startswith(reverse("sign-in"))
    for value in ("", "x", phone.cookies[COOKIE].value[:-1], PairedPhone.objects.get().digest, "x" * 4000):
        browser = Client()
        browser.cookies = SimpleCookie({COOKIE: value})
        assert send(browser).url.startswith(reverse("sign-in"))
    other = pair(secretary_b, "739164")
    assert "không đúng" in send(other, PIN).content.decode()
    assert signed_in() == []
    send(other, "739164")
    assert signed_in() == [secretary_b]


def test_nobody_is_led_elsewhere(phone):
    assert send(phone, next="https://example.org/").url == reverse("home")


def test_whoever_has_a_second_factor_gives_it_after_the_pin(secretary_a):
    make_doubly_safe(secretary_a)
    phone = pair(secretary_a)
    assert "Xác minh bước hai" in send(phone).content.decode()
    assert signed_in() == []
    assert phone.post(reverse("second-step"), {"proof": app_code(1)}).status_code == 302
    assert signed_in() == [secretary_a]
    second_factor.forget_devices(user=proven(secretary_a))


def proven(user):
    user.proof = "password"
    return user


def test_a_lost_phone_is_forgotten_by_its_owner_and_all_it_has_opened_ends(client, phone, secretary_a, secretary_b):
    send(phone)
    client.force_login(secretary_b)
    kept = PairedPhone.objects.get()
    assert client.post(reverse("phone-forget", args=[kept.pk])).status_code == 404
    client.force_login(secretary_a)
    client.get(reverse("account"))
    session = client.session
    session["proof"] = ["password", (timezone.now() - FRESH * 2).isoformat()]
    session.save()
    assert "Xác nhận lại" in client.post(reverse("phone-forget", args=[kept.pk])).content.decode()
    client.post(reverse("phone-forget", args=[kept.pk]), {"proof": "secretary_a", "proof_needed": ""})
    assert not PairedPhone.objects.exists()
    assert client.get(reverse("account")).status_code == 200
    assert phone.get(reverse("account")).url.startswith(reverse("sign-in"))
    assert asks_password(phone)
    assert signed_in().count(secretary_a) == 1


def test_an_administrator_has_a_phone_forgotten(client, phone, secretary_a, secretary_b, administrator):
    pair(secretary_b)
    send(phone)
    client.force_login(administrator)
    address = reverse("account-page", args=[secretary_a.pk])
    assert "Chrome trên điện thoại Android" in client.get(address).content.decode()
    foreign = secretary_b.paired_phones.get().pk
    for key in (foreign, "x", ""):
        assert client.post(address, {"work": "forget_phone", "phone": key}).status_code == 404
    client.post(address, {"work": "forget_phone", "phone": secretary_a.paired_phones.get().pk})
    assert [each.user for each in PairedPhone.objects.all()] == [secretary_b]
    assert phone.get(reverse("account")).url.startswith(reverse("sign-in"))
    assert asks_password(phone)
    told = Access.objects.filter(user=administrator, kind=AccessKind.PHONE).values_list("what", flat=True)
    assert list(told) == [f"Quên điện thoại: Chrome trên điện thoại Android của {secretary_a}"]


def test_a_phone_whose_time_is_over_is_deleted_by_the_worker(secretary_a):
    pair(secretary_a)
    pair(secretary_a)
    today = timezone.localdate()
    PairedPhone.objects.filter(pk=secretary_a.paired_phones.first().pk).update(
        expires_at=timezone.now() - timedelta(days=2)
    )
    CHORES["phones"](today=today)
    assert secretary_a.paired_phones.count() == 1


def test_a_fourth_phone_takes_the_place_of_the_oldest(secretary_a):
    first, *others = [pair(secretary_a) for _ in range(4)]
    assert [asks_password(each) for each in (first, *others)] == [True, False, False, False]
    assert pins.MOST_FAILURES == 5
