"""One's own second factor: who must have one, how a telephone and a sheet of paper come by it, how it is given up."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from binhlu_portal.accounts.models import RecoveryCode, Session
from organizations.choices import RoleKind
from tests.binhlu_portal.accounts.factories import app_code, make_doubly_safe, wrong_code

KEY = re.compile(r"<code>([A-Z2-7]{32})</code>")
PRINTED = re.compile(r"(?:[A-Z0-9]{4}-){5}[A-Z0-9]{4}")
REQUIRED = {"clerk": True, "leader": True, "administrator": True, "secretary_a": False, "stranger": False}


@pytest.mark.parametrize("person", REQUIRED)
@pytest.mark.parametrize("on_network", [True, False])
def test_who_must_have_a_second_factor_is_led_to_it(client, request, settings, person, on_network):
    settings.SECOND_FACTOR_REQUIRED = on_network
    client.force_login(request.getfixturevalue(person))
    led = [client.get(reverse(name)) for name in ("account", "members", "history", "accounts")]
    asked = {getattr(response, "url", "") == reverse("second-factor") for response in led}
    assert asked == {on_network and REQUIRED[person]}
    assert client.get(reverse("second-factor")).status_code == 200


def test_a_role_that_comes_later_asks_for_it_too(client, settings, secretary_a, commune):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(secretary_a)
    assert client.get(reverse("account")).status_code == 200
    secretary_a.roles.create(unit=commune, kind=RoleKind.LEADER)
    assert client.get(reverse("account")).url == reverse("second-factor")


def set_up(client):
    """Have a telephone read the picture; return the page that follows on its first code."""
    page = client.get(reverse("second-factor")).content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = KEY.search(page)[1]
    return client.post(reverse("second-factor"), {"code": app_code(secret=secret)}).content.decode()


def test_a_telephone_is_set_up_and_codes_are_printed_once(client, settings, clerk):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(clerk)
    printed = PRINTED.findall(set_up(client))
    assert len(set(printed)) == 10
    clerk.refresh_from_db()
    assert clerk.second_factor_at
    page = client.get(reverse("account")).content.decode()
    assert "Đang bật từ" in page
    assert "Còn 10 mã" in page
    assert not PRINTED.search(page)
    assert client.post(reverse("second-factor"), {"code": "1"}).url == reverse("second-factor")


def test_a_wrong_first_code_turns_nothing_on(client, clerk):
    client.force_login(clerk)
    page = client.get(reverse("second-factor")).content.decode()
    again = client.post(reverse("second-factor"), {"code": wrong_code()}).content.decode()
    assert "Mã không đúng" in again
    assert KEY.search(again)[1] == KEY.search(page)[1]
    clerk.refresh_from_db()
    assert not clerk.second_factor_at


@pytest.mark.parametrize(("person", "on_network"), [("clerk", True), ("clerk", False), ("secretary_a", True)])
def test_it_is_given_up_where_it_is_not_asked_for(client, request, settings, person, on_network):
    settings.SECOND_FACTOR_REQUIRED = on_network
    user = request.getfixturevalue(person)
    make_doubly_safe(user)
    client.force_login(user)
    must = on_network and REQUIRED[person]
    assert (reverse("second-factor-off") in client.get(reverse("account")).content.decode()) != must
    client.post(reverse("second-factor-off"))
    user.refresh_from_db()
    assert bool(user.second_factor_at) == must
    assert RecoveryCode.objects.exists() == must


def test_a_new_sheet_of_paper_voids_the_old_one(client, clerk):
    old = make_doubly_safe(clerk)
    client.force_login(clerk)
    printed = PRINTED.findall(client.post(reverse("paper-codes")).content.decode())
    assert len(printed) == RecoveryCode.objects.count() == 10
    assert not set(printed) & set(old)


def test_the_keeper_of_the_server_prints_codes_that_let_a_lone_administrator_in(client, administrator, sign_in):
    make_doubly_safe(administrator)
    said = StringIO()
    call_command("paper_codes", "Administrator", stdout=said)
    code = PRINTED.search(said.getvalue())[0]
    sign_in("administrator")
    assert client.post(reverse("second-step"), {"proof": code}).status_code == 302
    assert Session.objects.get().user == administrator


def test_the_command_names_an_account_that_is_not_there(db):
    with pytest.raises(CommandError, match="Chưa có tài khoản"):
        call_command("paper_codes", "nobody")
