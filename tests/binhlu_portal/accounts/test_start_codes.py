"""Start codes: typed once in place of a password, for a few days, and nothing opens before there is a password."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts import start_codes
from binhlu_portal.accounts.models import Session
from binhlu_portal.audit.models import Entry
from tests.ground import layer

GOOD = "nồi niêu xoong chảo"


@layer
def code(clerk):
    """A start code of the clerk."""
    return start_codes.give(clerk, timezone.now())


def test_codes_are_read_from_paper_without_mistakes():
    codes = {start_codes.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch("([A-Z0-9]{4}-){2}[A-Z0-9]{4}", code) for code in codes)
    assert not set("01258ILOSZ") & set("".join(codes)) - {"8"}
    assert len(start_codes.ALPHABET) ** 12 > 2**56


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_opens_the_choice_of_a_password_and_nothing_else(client, sign_in, code, typed):
    assert sign_in("clerk", typed(code)).status_code == 302
    for name in ("home", "report", "account", "accounts"):
        assert client.get(reverse(name)).url == reverse("choose-password"), name
    assert client.post(reverse("sign-out-elsewhere")).url == reverse("choose-password")
    assert client.get(reverse("choose-password")).status_code == 200


def test_a_chosen_password_uses_the_code_up(client, clerk, sign_in, code):
    sign_in("clerk", code)
    response = client.post(reverse("choose-password"), {"new_password1": GOOD, "new_password2": GOOD})
    assert response.url == reverse("home")
    assert client.get(reverse("report")).status_code == 200
    client.post(reverse("sign-out"))
    assert sign_in("clerk", code).status_code == 200
    assert sign_in("clerk", GOOD).status_code == 302


@pytest.mark.parametrize("typed", [str, str.lower])
def test_the_code_itself_cannot_stay_the_password(client, clerk, sign_in, code, typed):
    sign_in("clerk", code)
    response = client.post(reverse("choose-password"), {"new_password1": typed(code), "new_password2": typed(code)})
    assert "phải khác mật khẩu hoặc mã khởi đầu" in response.content.decode()
    clerk.refresh_from_db()
    assert clerk.must_choose_password


def test_who_has_a_password_chooses_none_without_the_present_one(client, clerk):
    client.force_login(clerk)
    response = client.post(reverse("choose-password"), {"new_password1": GOOD, "new_password2": GOOD})
    assert response.url == reverse("account")
    clerk.refresh_from_db()
    assert clerk.check_password("clerk")


def test_an_old_code_is_refused_and_said_to_be_old(clerk, sign_in, code):
    type(clerk).objects.update(start_code_expires_at=timezone.now() - timedelta(minutes=1))
    assert "Mã khởi đầu đã hết hạn" in sign_in("clerk", code).content.decode()
    assert "hết hạn" not in sign_in("clerk", "sai").content.decode()
    assert not Session.objects.exists()


def test_a_new_code_voids_the_password_the_older_code_and_all_sessions(client, clerk, sign_in, code):
    sign_in("clerk", code)
    newer = start_codes.give(clerk, timezone.now())
    assert not Session.objects.exists()
    assert client.get(reverse("choose-password")).url.startswith(reverse("sign-in"))
    assert sign_in("clerk", code).status_code == 200
    assert sign_in("clerk", "clerk").status_code == 200
    assert sign_in("clerk", newer).status_code == 302


def test_only_the_hash_is_kept(clerk, code):
    clerk.refresh_from_db()
    plain = start_codes.normalize(code)
    kept = str(list(type(clerk).objects.values())) + str(list(Entry.objects.values()))
    assert code not in kept
    assert plain not in kept
    assert clerk.password not in str(list(Entry.objects.values()))
