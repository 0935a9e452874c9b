"""One's own passkeys: added, named, seen and given up; the last one stays with who must have a second factor."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts.models import Passkey, RecoveryCode, Session
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.accounts.second_factor.passkeys.ceremonies import LASTS, MAKING
from binhlu_portal.audit.models import Access, AccessKind
from tests.binhlu_portal.accounts.factories import app_code, make_doubly_safe

from .authenticator import ATTESTED, PRESENT, VERIFIED, Authenticator
from .conftest import asked

ASKS = "Trong 10 phút sau đó không hỏi nữa"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def time_passes():
    """Let every sign-in be older than it may be."""
    Session.objects.update(started_at=timezone.now() - FRESH - timedelta(seconds=1))


def test_the_first_one_turns_the_second_factor_on_and_codes_are_printed(clerk, register, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    key = register(clerk)
    clerk.refresh_from_db()
    assert clerk.second_factor_at
    assert len(key.told.context["codes"]) == RecoveryCode.objects.count() == 10
    noted = Access.objects.get(user=clerk, kind=AccessKind.GUARDED)
    assert noted.what == "Xác minh hai bước: Thêm khóa truy cập “Máy văn phòng” của mình"


def test_one_more_leaves_the_codes_on_paper_as_they_are(clerk, register):
    printed = make_doubly_safe(clerk)
    clerk.refresh_from_db()
    assert register(clerk).told.url == reverse("account")
    assert RecoveryCode.objects.count() == len(printed)
    clerk.refresh_from_db()
    assert clerk.has_telephone


def test_all_are_seen_with_their_days(clerk, register, second_step, here):
    key = register(clerk, name="Điện thoại của tôi")
    register(clerk, name="Khóa USB <b>")
    second_step(clerk, key)
    browser = here()
    browser.force_login(clerk)
    page = browser.get(reverse("account")).content.decode()
    assert "Điện thoại của tôi" in page
    assert "Khóa USB &lt;b&gt;" in page
    assert page.count("Chưa dùng lần nào") == 1
    used = timezone.localtime(Passkey.objects.get(name="Điện thoại của tôi").used_at)
    assert f"{used:%H:%M %d/%m/%Y}" in page


def test_keys_know_the_account_by_one_random_handle(clerk, leader, register):
    first, second, other = register(clerk), register(clerk, name="Hai"), register(leader)
    assert first.handle == second.handle != other.handle
    assert len(first.handle) == 86  # 64 bytes
    assert "clerk" not in first.handle


def test_a_key_that_is_there_is_named_so_that_it_is_not_made_again(clerk, register, here):
    register(clerk)
    browser = here()
    browser.force_login(clerk)
    options = json.loads(asked(browser.get(reverse("passkey-new"))))
    assert [each["id"] for each in options["excludeCredentials"]] == [Passkey.objects.get().credential_id]
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"]["userVerification"] == "required"


@pytest.mark.parametrize("person", ["clerk", "leader"])
def test_no_key_is_taken_twice(request, clerk, leader, register, person):
    key = register(clerk)
    assert "đã được thêm rồi" in register(request.getfixturevalue(person), key).told.content.decode()
    assert Passkey.objects.get().user == clerk


WRONG = {
    "of another page": {"origin": "http://elsewhere.example"},
    "within a foreign page": {"crossOrigin": True},
    "for another host": {"host": "elsewhere.example"},
    "to another challenge": {"challenge": "A" * 43},
    "of a proof": {"type": "webauthn.get"},
    "without a finger": {"flags": PRESENT},
    "with nobody there": {"flags": VERIFIED},
    "with half a key": {"flags": PRESENT | VERIFIED | ATTESTED | 0x80},
}


@pytest.mark.parametrize("answered", WRONG.values(), ids=WRONG)
def test_an_answer_that_is_not_meant_adds_nothing(clerk, register, answered):
    assert "Chưa nhận được khóa" in register(clerk, **answered).told.content.decode()
    clerk.refresh_from_db()
    assert not clerk.second_factor_at
    assert not Passkey.objects.exists()


@pytest.mark.parametrize("sent", ["", "{}", "x" * 9_000, "[" * 5_000])
def test_what_is_no_answer_adds_nothing(clerk, here, sent):
    browser = here()
    browser.force_login(clerk)
    browser.get(reverse("passkey-new"))
    assert browser.post(reverse("passkey-new"), {"name": "Máy", "credential": sent}).status_code == 200
    assert not Passkey.objects.exists()


def test_a_key_without_a_name_is_not_added(clerk, register):
    assert "Chưa ghi tên gọi" in register(clerk, name=" ").told.content.decode()
    assert not Passkey.objects.exists()


@pytest.mark.parametrize("late", [True, False])
def test_a_challenge_is_good_once_and_for_five_minutes(clerk, here, late):
    browser = here()
    browser.force_login(clerk)
    sent = {"name": "Máy", "credential": Authenticator().make(asked(browser.get(reverse("passkey-new"))))}
    session = browser.session
    if late:
        session[MAKING][1] = (timezone.now() - LASTS - timedelta(seconds=1)).isoformat()
    else:
        del session[MAKING]
    session.save()
    assert "Đã quá 5 phút" in browser.post(reverse("passkey-new"), sent).content.decode()
    assert not Passkey.objects.exists()


def test_nobody_has_more_than_ten(clerk, register):
    for number in range(10):
        register(clerk, name=f"Khóa {number}")
    assert "nhiều nhất 10" in register(clerk).told.content.decode()
    assert Passkey.objects.count() == 10


@pytest.mark.parametrize(("address", "works"), [("localhost", True), ("127.0.0.1", False), ("testserver", False)])
def test_where_browsers_take_none_the_page_says_where_they_do(clerk, address, works):
    browser = Client(SERVER_NAME=address)
    browser.force_login(clerk)
    page = browser.get(reverse("passkey-new"))
    assert bool(asked(page)) == works
    assert ("http://localhost:80/tai-khoan/khoa-truy-cap/moi/" in page.content.decode()) != works
    assert browser.post(reverse("passkey-new"), {"name": "Máy", "credential": "{}"}).status_code == 200


def test_a_number_is_no_name_under_https_either(clerk, settings):
    settings.ALLOWED_HOSTS = ["10.0.0.7"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    browser = Client(headers={"Host": "10.0.0.7", "X-Forwarded-Proto": "https"})
    browser.force_login(clerk)
    assert not asked(browser.get(reverse("passkey-new")))


def test_adding_asks_for_a_fresh_sign_in(clerk, here):
    browser = here()
    browser.force_login(clerk)
    time_passes()
    page = browser.get(reverse("passkey-new"))
    assert ASKS in page.content.decode()
    assert not asked(page)


def remove(browser, name="Máy văn phòng"):
    """Send the button that gives a key up; return the page."""
    return browser.post(reverse("passkey-remove", args=[Passkey.objects.get(name=name).pk]), follow=True)


@pytest.fixture
def own(clerk, register, here):
    """A browser of the clerk, who has registered a passkey."""
    browser = here()
    register(clerk, browser=browser)
    return browser


def test_giving_one_up_asks_for_a_fresh_sign_in(own):
    time_passes()
    assert ASKS in remove(own).content.decode()
    assert Passkey.objects.exists()


@pytest.mark.parametrize("on_network", [True, False])
def test_the_last_one_goes_where_no_second_factor_is_asked_for(clerk, own, settings, on_network):
    settings.SECOND_FACTOR_REQUIRED = on_network
    page = remove(own).content.decode()
    assert ("phải có xác minh hai bước" in page) == on_network
    clerk.refresh_from_db()
    assert bool(clerk.second_factor_at) == Passkey.objects.exists() == RecoveryCode.objects.exists() == on_network


@pytest.mark.parametrize("left", ["telephone", "passkey"])
def test_one_goes_where_another_factor_is_left(clerk, own, register, settings, left):
    settings.SECOND_FACTOR_REQUIRED = True
    if left == "telephone":
        make_doubly_safe(clerk)
    else:
        register(clerk, name="Khóa USB", browser=own)
    assert "Đã bỏ khóa truy cập" in remove(own).content.decode()
    clerk.refresh_from_db()
    assert clerk.second_factor_at
    assert not Passkey.objects.filter(name="Máy văn phòng").exists()


def test_nobody_gives_up_the_key_of_another(own, leader, here):
    browser = here()
    browser.force_login(leader)
    assert remove(browser).status_code == 404
    assert Passkey.objects.exists()


@pytest.mark.parametrize("has_key", [True, False])
def test_the_telephone_goes_where_a_key_is_left(clerk, register, here, settings, has_key):
    settings.SECOND_FACTOR_REQUIRED = True
    make_doubly_safe(clerk)
    browser = here()
    browser.force_login(clerk)
    if has_key:
        register(clerk, browser=browser)
    assert ("Bỏ điện thoại" in browser.get(reverse("account")).content.decode()) == has_key
    page = browser.post(reverse("telephone-remove"), follow=True).content.decode()
    assert ("cách xác minh duy nhất" in page) != has_key
    clerk.refresh_from_db()
    assert clerk.second_factor_at
    assert clerk.has_telephone != has_key


def test_turning_all_off_takes_the_keys_along(clerk, own):
    own.post(reverse("second-factor-off"))
    clerk.refresh_from_db()
    assert not clerk.second_factor_at
    assert not Passkey.objects.exists()


def test_a_telephone_may_come_beside_a_key(clerk, own):
    page = own.get(reverse("second-factor")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    own.post(reverse("second-factor"), {"code": app_code(secret=secret)})
    clerk.refresh_from_db()
    assert clerk.has_telephone
    assert Passkey.objects.exists()


def test_a_key_proves_who_sits_there_before_a_guarded_act(clerk, register, here):
    browser = here()
    key = register(clerk, browser=browser)
    time_passes()
    session = browser.session
    session.pop("proof", None)
    session.save()
    page = browser.post(reverse("paper-codes"))
    assert ASKS in page.content.decode()
    sent = dict(HIDDEN.findall(page.content.decode()))
    wrong = browser.post(reverse("paper-codes"), sent | {"proof_passkey": key.prove(asked(page), flags=PRESENT)})
    assert ASKS in wrong.content.decode()
    done = browser.post(reverse("paper-codes"), sent | {"proof_passkey": key.prove(asked(wrong))})
    assert len(done.context["codes"]) == 10
    assert browser.session["proof"][0] == "passkey"


def test_where_paper_is_asked_for_no_key_is_enough(administrator, register, here):
    browser = here()
    register(administrator, browser=browser)
    sent = {"role": administrator.roles.get().pk, "proof_needed": "paper", "proof_passkey": "{}"}
    page = browser.post(reverse("account"), sent)
    assert not asked(page)
    assert "Chưa ghi mã giấy" in page.content.decode()
