"""How long a session lives, what a page pays for it, and how it ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts.models import Session
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.accounts.sessions import LONGEST, Ending, key_digest

WANTED = "/tai-khoan/?tu=01/07/2025"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def session(client, clerk, sign_in):
    """The row of the session of the clerk, who has just signed in."""
    sign_in("clerk", HTTP_USER_AGENT=CHROME)
    return Session.objects.get()


def moved(**fields):
    """Let time pass: set what the only session has kept of it."""
    Session.objects.update(**fields)


def test_the_table_holds_no_key_that_opens_a_session(client, session):
    cookie = client.cookies["session"].value
    assert not any(cookie in str(value) for value in Session.objects.values_list().get())
    assert client.get(WANTED).status_code == 200
    client.cookies["session"] = session.pk
    assert client.get(WANTED).status_code == 302


def test_signing_out_takes_the_row_away(client, session):
    client.post(reverse("sign-out"))
    assert not Session.objects.exists()


def test_a_page_writes_nothing_for_the_session(client, session, django_assert_num_queries):
    kept = Session.objects.values().get()
    with django_assert_num_queries(4):  # session and account, twice; no update, no savepoint
        client.get(reverse("choose-password"))
        client.get(reverse("sign-out"))
    assert Session.objects.values().get() == kept


def test_the_end_moves_once_a_minute(client, session):
    before = session.expire_date - timedelta(seconds=50)
    moved(expire_date=before)
    client.get(WANTED)
    assert Session.objects.get().expire_date == before
    moved(expire_date=before - timedelta(seconds=20), seen_at=before)
    client.get(WANTED)
    kept = Session.objects.get()
    assert kept.expire_date > before
    assert kept.started_at == session.started_at
    assert abs(kept.expire_date - kept.seen_at - timedelta(minutes=30)) < timedelta(seconds=5)
    assert (kept.user_id, kept.browser) == (session.user_id, session.browser)


def test_half_an_hour_without_a_page_ends_it(client, session):
    moved(expire_date=timezone.now() - timedelta(seconds=1))
    response = client.get(WANTED)
    assert response.url == f"{reverse('sign-in')}?next=/tai-khoan/%3Ftu%3D01/07/2025&vi_sao={Ending.IDLE}"
    assert Ending.IDLE.label in client.get(response.url).content.decode()
    assert "30 phút" in Ending.IDLE.label


def test_half_a_day_ends_it_however_busy(client, session):
    now = timezone.now()
    moved(started_at=now - LONGEST + timedelta(minutes=10), expire_date=now + timedelta(minutes=5))
    client.get(WANTED)
    kept = Session.objects.get()
    assert kept.expire_date == kept.started_at + LONGEST
    moved(started_at=now - LONGEST, expire_date=now)
    response = client.get(WANTED)
    assert response.url.endswith(f"vi_sao={Ending.LONG}")
    assert "12 giờ" in client.get(response.url).content.decode()


def test_near_its_last_minute_it_is_not_saved_again_and_again(client, session, django_assert_num_queries):
    started = timezone.now() - LONGEST + timedelta(minutes=10)
    moved(started_at=started, expire_date=started + LONGEST)
    with django_assert_num_queries(2):
        assert client.get(reverse("choose-password")).url == reverse("account")
    assert Session.objects.get().expire_date == started + LONGEST


def test_who_has_proven_the_password_anew_has_the_full_time(client, session):
    moved(started_at=timezone.now() - LONGEST + timedelta(minutes=1))
    new = "nồi niêu xoong chảo"
    client.post(reverse("account"), {"old_password": "clerk", "new_password1": new, "new_password2": new})
    assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=29)


def test_signing_in_again_leads_back_to_the_page(client, session, sign_in):
    moved(expire_date=timezone.now() - timedelta(seconds=1))
    client.get(WANTED)
    assert sign_in("clerk", next=WANTED).url == WANTED


def test_a_form_sent_too_late_leads_back_to_its_page(client, session):
    moved(expire_date=timezone.now() - timedelta(seconds=1))
    response = client.post(reverse("sign-out-elsewhere"), HTTP_REFERER=f"http://testserver{WANTED}")
    assert response.url.startswith(f"{reverse('sign-in')}?next=/tai-khoan/%3Ftu")


@pytest.mark.parametrize("referer", [None, "https://elsewhere.example/tai-khoan/", "javascript:alert(1)"])
def test_a_form_from_nowhere_leads_home(client, session, referer):
    moved(expire_date=timezone.now() - timedelta(seconds=1))
    response = client.post(reverse("sign-out-elsewhere"), **({"HTTP_REFERER": referer} if referer else {}))
    assert response.url.startswith(f"{reverse('sign-in')}?next=/&")


def test_who_never_was_signed_in_is_told_no_reason(client, db):
    assert "vi_sao" not in client.get(WANTED).url
    assert "Phiên làm việc" not in client.get(f"{reverse('sign-in')}?vi_sao=khac").content.decode()


def test_signing_out_elsewhere_ends_the_other_sessions_at_once(client, session, sign_in):
    other = Client()
    sign_in("clerk", browser=other)
    client.post(reverse("sign-out-elsewhere"))
    assert client.get(WANTED).status_code == 200
    response = other.get(WANTED)
    assert response.url.endswith(f"vi_sao={Ending.ENDED}")


def test_one_of_the_other_sessions_is_ended_and_never_this_one(client, session, sign_in):
    others = [Client(), Client()]
    for each in others:
        sign_in("clerk", browser=each)
    for there in (key_digest(others[0].session.session_key), session.pk):
        client.post(reverse("sign-out-elsewhere"), {"there": there})
    assert [each.get(WANTED).status_code for each in (client, *others)] == [200, 302, 200]


def test_nobody_ends_the_session_of_another(client, session, leader, sign_in):
    other = Client()
    sign_in("leader", browser=other)
    client.post(reverse("sign-out-elsewhere"), {"there": key_digest(other.session.session_key)})
    assert other.get(WANTED).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"there": "x"}])
def test_ending_sessions_asks_for_a_fresh_sign_in(client, session, sign_in, sent):
    sign_in("clerk", browser=Client())
    Session.objects.update(started_at=timezone.now() - FRESH - timedelta(seconds=1))
    proofless = client.session
    proofless.pop("proof")
    proofless.save()
    assert "Xác nhận lại" in client.post(reverse("sign-out-elsewhere"), sent).content.decode()
    assert Session.objects.count() == 2


def test_another_password_ends_the_other_sessions_at_once(client, session, sign_in):
    other = Client()
    sign_in("clerk", browser=other)
    new = "nồi niêu xoong chảo"
    data = {"old_password": "clerk", "new_password1": new, "new_password2": new}
    assert client.post(reverse("account"), data).url == reverse("account")
    assert Session.objects.get().browser == session.browser
    assert client.get(WANTED).status_code == 200
    assert other.get(WANTED).status_code == 302


def test_the_page_lists_the_sessions_of_the_account(client, session, leader, sign_in):
    sign_in("leader", browser=Client())
    page = client.get(reverse("account")).content.decode()
    assert page.count("Nơi này") == 1
    assert "Chrome trên điện thoại Android" in page
    assert page.count("127.0.0.1") == 1


@pytest.mark.parametrize("sessions", [1, 30])
def test_the_page_asks_alike_for_one_and_many_sessions(client, session, sign_in, sessions, django_assert_num_queries):
    for _ in range(sessions - 1):
        sign_in("clerk", browser=Client())
    with django_assert_num_queries(6):  # session, account, rights, roles, phones, sessions
        page = client.get(reverse("account"))
    assert len(page.context["sessions"]) == sessions


def test_long_ended_sessions_are_swept_away(client, session, leader, sign_in):
    moved(expire_date=timezone.now() - timedelta(days=2))
    sign_in("leader", browser=Client())
    assert Session.objects.get().user == leader
