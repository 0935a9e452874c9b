"""Signing in with a passkey: the right key, here, once, just now; all else opens nothing and counts as failed."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.webauthn import AuthenticationResponse, RegistrationResponse
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.accounts.models import Attempt, AttemptOutcome, Passkey, Session
from binhlu_portal.accounts.second_factor.passkeys import actions
from binhlu_portal.accounts.second_factor.passkeys.ceremonies import (
    LASTS,
    PROVING,
    PasskeyAnswer,
    PasskeyQuestion,
    Refused,
    parse,
)
from binhlu_portal.audit.models import Access, AccessKind, Entry
from tests.binhlu_portal.accounts.factories import app_code, make_doubly_safe

from .authenticator import ATTESTED, PRESENT, VERIFIED, Authenticator
from .conftest import asked

PEOPLE = ["clerk", "leader", "administrator", "secretary_a"]
BUTTON = "Dùng khóa truy cập (vân tay, khuôn mặt, mã PIN của máy)"


def signed_in():
    """Return who is signed in."""
    return [session.user.username for session in Session.objects.filter(user__isnull=False)]


@pytest.fixture
def key(clerk, register):
    """The passkey of the clerk, whose session of registering is over."""
    key = register(clerk)
    Session.objects.all().delete()
    clerk.refresh_from_db()
    return key


@pytest.mark.parametrize("person", PEOPLE)
def test_a_passkey_opens_after_the_password_and_leads_on(request, here, register, sign_in, person):
    user, browser = request.getfixturevalue(person), here()
    key = register(user)
    Session.objects.all().delete()
    page = sign_in(person, next="/dang-vien/", browser=browser)
    assert BUTTON in page.content.decode()
    assert signed_in() == []
    answer = key.prove(asked(page))
    assert browser.post(reverse("second-step"), {"proof_passkey": answer}).url == "/dang-vien/"
    assert signed_in() == [person]
    assert Attempt.objects.get().outcome == AttemptOutcome.SUCCEEDED
    assert Passkey.objects.get().used_at


@pytest.mark.parametrize("algorithm", [-7, -8, -257])
def test_keys_of_usual_kinds_are_taken(clerk, register, second_step, algorithm):
    key = register(clerk, Authenticator(algorithm))
    assert second_step(clerk, key).status_code == 302


def test_a_key_of_another_kind_is_not(clerk, register):
    assert "Chưa nhận được khóa" in register(clerk, Authenticator(-35)).told.content.decode()
    assert not Passkey.objects.exists()


def test_what_is_asked_names_the_keys_and_wants_a_finger_or_a_number(clerk, key, here, sign_in):
    options = json.loads(asked(sign_in("clerk", browser=here())))
    assert [each["id"] for each in options["allowCredentials"]] == [Passkey.objects.get().credential_id]
    assert (options["rpId"], options["userVerification"], options["timeout"]) == ("localhost", "required", 300_000)
    assert len(options["challenge"]) >= 43  # 32 random bytes


def test_no_key_is_named_before_the_password_was_right(clerk, key, here, sign_in):
    wrong = sign_in("clerk", "sai", browser=here()).content.decode()
    nobody = sign_in("nobody", "sai", browser=here()).content.decode()
    assert BUTTON not in wrong + nobody
    assert "data-passkey-options" not in wrong + nobody
    assert here().post(reverse("second-step"), {"proof_passkey": "{}"}).url == reverse("sign-in")


WRONG = {
    "of another page": {"origin": "http://elsewhere.example"},
    "of another port": {"origin": "http://localhost:8001"},
    "under HTTPS where there is none": {"origin": "https://localhost"},
    "within a foreign page": {"crossOrigin": True},
    "for another host": {"host": "elsewhere.example"},
    "to another challenge": {"challenge": "A" * 43},
    "of a new key": {"type": "webauthn.create"},
    "without a finger": {"flags": PRESENT},
    "with nobody there": {"flags": VERIFIED},
    "for another account": {"handle": "A" * 86},
    "with half a key": {"flags": PRESENT | VERIFIED | ATTESTED},
}


@pytest.mark.parametrize("answered", WRONG.values(), ids=WRONG)
def test_an_answer_that_is_not_meant_opens_nothing_and_counts(clerk, key, second_step, answered):
    page = second_step(clerk, key, **answered).content.decode()
    assert "Không nhận được khóa truy cập này" in page
    assert signed_in() == []
    assert Attempt.objects.get().outcome == AttemptOutcome.FAILED
    assert not Passkey.objects.get().used_at


def test_a_key_of_the_same_name_that_signs_otherwise_opens_nothing(clerk, key, second_step):
    key.private = Authenticator().private
    assert second_step(clerk, key).status_code == 200
    assert signed_in() == []


def test_the_key_of_another_person_opens_nothing(clerk, key, leader, register, second_step):
    register(leader)
    Session.objects.all().delete()
    assert second_step(leader, key).status_code == 200
    assert signed_in() == []


def test_an_answer_is_taken_once(clerk, key, here, sign_in):
    browser = here()
    answer = {"proof_passkey": key.prove(asked(sign_in("clerk", browser=browser)))}
    assert browser.post(reverse("second-step"), answer).status_code == 302
    assert PROVING not in browser.session
    browser.post(reverse("sign-out"))
    sign_in("clerk", browser=browser)
    assert "Không nhận được khóa" in browser.post(reverse("second-step"), answer).content.decode()
    assert signed_in() == []


def test_a_challenge_is_taken_once(clerk, key, here, sign_in):
    browser = here()
    options = asked(sign_in("clerk", browser=browser))
    session = browser.session
    browser.post(reverse("second-step"), {"proof_passkey": key.prove(options, flags=PRESENT)})
    assert PROVING in session
    assert browser.session[PROVING][0] != json.loads(options)["challenge"]
    again = browser.post(reverse("second-step"), {"proof_passkey": key.prove(options)})
    assert "Không nhận được khóa" in again.content.decode()
    assert signed_in() == []


def test_what_comes_late_opens_nothing_and_counts_for_nothing(clerk, key, here, sign_in, monkeypatch):
    browser = here()
    page = sign_in("clerk", browser=browser)
    session = browser.session
    challenge, _ = session[PROVING]
    session[PROVING] = [challenge, (timezone.now() - LASTS - timedelta(seconds=1)).isoformat()]
    session.save()
    again = browser.post(reverse("second-step"), {"proof_passkey": key.prove(asked(page))})
    assert "Đã quá 5 phút" in again.content.decode()
    assert not Attempt.objects.exists()
    answer = {"proof_passkey": key.prove(asked(again))}
    assert browser.post(reverse("second-step"), answer).status_code == 302


def test_of_two_that_bring_one_answer_one_is_let_in(clerk, key):
    passkey, now = Passkey.objects.get(), timezone.now()
    for count in (0, 7):
        answer = PasskeyAnswer(passkey, count, f"challenge {count}")
        assert [actions.use(answer, now), actions.use(answer, now)] == [True, False]
    assert not Access.objects.filter(what__contains="sao chép").exists()


@pytest.mark.parametrize("count", [0, 4, 5])
def test_a_key_that_counts_back_is_refused_and_written_down(clerk, key, second_step, count):
    key.count = 4
    second_step(clerk, key)
    Session.objects.all().delete()
    key.count = count - 1
    assert second_step(clerk, key).status_code == 200
    assert signed_in() == []
    noted = Access.objects.get(user=clerk, kind=AccessKind.GUARDED, what__contains="sao chép")
    assert "“Máy văn phòng”" in noted.what
    assert Passkey.objects.get().sign_count == 5


def test_a_key_that_never_counts_is_taken_again_and_again(clerk, register, second_step):
    key = register(clerk, Authenticator(step=0))
    assert [second_step(clerk, key).status_code for _ in range(2)] == [302, 302]


def test_a_key_that_was_removed_opens_nothing(clerk, key, register, here, second_step):
    register(clerk, name="Khóa còn lại")
    browser = here()
    browser.force_login(clerk)
    browser.post(reverse("passkey-remove", args=[Passkey.objects.get(name="Máy văn phòng").pk]))
    Session.objects.all().delete()
    assert second_step(clerk, key).status_code == 200
    assert signed_in() == []


def test_a_removed_key_is_refused_between_question_and_answer(clerk, key, here, sign_in):
    make_doubly_safe(clerk)
    browser = here()
    answer = key.prove(asked(sign_in("clerk", browser=browser)))
    Passkey.objects.all().delete()
    browser.post(reverse("second-step"), {"proof_passkey": answer})
    assert signed_in() == []


def test_wrong_keys_lock_like_wrong_passwords(clerk, key, second_step, here, sign_in):
    browser = here()
    page = sign_in("clerk", browser=browser)
    for _ in range(5):
        page = browser.post(reverse("second-step"), {"proof_passkey": key.prove(asked(page), flags=PRESENT)})
    page = browser.post(reverse("second-step"), {"proof_passkey": key.prove(asked(page))})
    assert "Đã sai quá nhiều lần" in page.content.decode()
    assert signed_in() == []


def test_a_code_does_as_well_beside_a_key(clerk, key, here, sign_in):
    make_doubly_safe(clerk)
    browser = here()
    assert BUTTON in sign_in("clerk", browser=browser).content.decode()
    assert browser.post(reverse("second-step"), {"proof": app_code()}).status_code == 302


def test_paper_opens_where_the_key_is_not_at_hand(clerk, register, here, sign_in):
    browser = here()
    key = register(clerk)
    code = key.told.context["codes"][0]
    page = sign_in("clerk", browser=browser).content.decode()
    assert "Mã giấy" in page
    assert "điện thoại" not in page
    assert browser.post(reverse("second-step"), {"proof": code}).status_code == 302


def test_without_a_telephone_no_code_of_one_is_taken(clerk, key, here, sign_in):
    for code in (app_code(), "000000", ""):
        browser = here()
        sign_in("clerk", browser=browser)
        assert browser.post(reverse("second-step"), {"proof": code}).status_code == 200
    assert signed_in() == []


@pytest.mark.parametrize(("address", "offered"), [("localhost", True), ("127.0.0.1", False), ("testserver", False)])
def test_it_is_offered_where_browsers_take_it(clerk, key, sign_in, address, offered):
    assert (BUTTON in sign_in("clerk", browser=Client(SERVER_NAME=address)).content.decode()) == offered


def test_a_key_of_one_name_of_the_portal_is_none_of_another(clerk, key, sign_in, settings):
    settings.ALLOWED_HOSTS = ["localhost", "portal.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = Client(headers={"Host": "portal.example", "X-Forwarded-Proto": "https"})
    assert BUTTON not in sign_in("clerk", browser=secure).content.decode()


def test_behind_https_a_key_is_bound_to_the_name_of_the_portal(clerk, register, second_step, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = {"host": "portal.example", "origin": "https://portal.example"}
    browser = Client(headers={"Host": "portal.example", "X-Forwarded-Proto": "https"})
    key = register(clerk, browser=browser, **secure)
    browser.post(reverse("sign-out"))
    assert Passkey.objects.get().host == "portal.example"
    assert second_step(clerk, key, browser=browser, **secure).status_code == 302


def test_a_browser_is_remembered_after_a_key_too(secretary_a, register, here, sign_in):
    browser = here()
    key = register(secretary_a)
    answer = key.prove(asked(sign_in("secretary_a", browser=browser)))
    browser.post(reverse("second-step"), {"proof_passkey": answer, "remembered": "on"})
    browser.post(reverse("sign-out"))
    assert sign_in("secretary_a", browser=browser).status_code == 302


def test_no_key_is_in_the_history(clerk, key, second_step):
    second_step(clerk, key)
    passkey = Passkey.objects.get()
    noted = str([(entry.before, entry.after) for entry in Entry.objects.all()])
    assert not [part for part in (passkey.credential_id, passkey.public_key, passkey.handle) if part in noted]


TREES = st.recursive(
    st.none() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(st.text(), each)
)
PARTS = ["clientDataJSON", "authenticatorData", "signature"]
BROKEN = ["A", "e30", "W10", "bnVsbA", 10**12, None, [], {}, "\0", "e" * 4000, "%%%", "gQ" * 500, "n" * 4000, "ÿ"]


@given(st.text() | TREES.map(json.dumps) | st.just("[" * 8_000))
def test_whatever_is_no_answer_is_refused(text):
    for kind in (AuthenticationResponse, RegistrationResponse):
        with pytest.raises(Refused):
            parse(kind, text)


def outcome(question, answer):
    """Return what a question makes of an answer, or the exception by which it refuses."""
    try:
        return question.judge(json.dumps(answer))
    except Refused as error:
        return type(error)


@pytest.mark.parametrize("part", PARTS)
def test_an_answer_with_a_broken_part_is_refused(clerk, key, rf, part):
    request = rf.get("/", SERVER_NAME="localhost")
    request.session = {}
    question = PasskeyQuestion(request, clerk, timezone.now())
    for value in BROKEN:
        answer = json.loads(key.prove(question.options()))
        answer["response"][part] = value
        assert outcome(question, answer) is Refused
    whole = json.loads(key.prove(question.options()))
    assert outcome(question, whole).passkey == Passkey.objects.get()
