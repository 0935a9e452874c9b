"""What is guarded asks again who sits there, whatever way it is asked for, and is told to those who answer for it."""

import re
import uuid
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts.models import Attempt, AttemptOutcome, RecoveryCode, Session, User
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.audit import export_limits
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.guarded_acts import GuardedAct
from binhlu_portal.audit.models import Access, AccessKind, Entry
from members.models import Member
from organizations.choices import RoleKind
from organizations.models import Role
from reports.reporting_periods import actions as reporting_periods
from tests.binhlu_portal.accounts.factories import app_code, make_doubly_safe
from tests.factories import START, make_members, make_root, make_user
from tests.test_architecture import MODULES

EXPORT = "export"
ASKS = "Trong 10 phút sau đó không hỏi nữa"
SECTION = re.compile(r'<section[^>]*"viec-quan-trong".*?</section>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class Request:
    """Something guarded as its doer asks for it: who, where, what is sent (None for a page), and whether it is done."""

    def __init__(self, doer, address, sent, is_done):
        self.doer, self.address, self.sent, self.is_done = doer, address, sent, is_done

    def send(self, client):
        """Ask for it."""
        return client.get(self.address) if self.sent is None else client.post(self.address, self.sent)


def giving_a_role(world):
    sent = {"full_name": "Lò Thị Mẫu", "username": "moi", "kind": "secretariat", "unit": "xa"}
    return Request("administrator", reverse("account-new"), sent, lambda: Role.objects.filter(user__username="moi"))


def of_the_clerk(work, is_done):
    """Return a request about the account of the clerk."""

    def request(world):
        address = reverse("account-page", args=[world("clerk").pk])
        make_doubly_safe(world("clerk"))
        return Request("administrator", address, {"work": work}, is_done)

    return request


def printing_codes(world):
    return Request("administrator", reverse("paper-codes"), {}, RecoveryCode.objects.exists)


def reopening(world):
    day = date(2026, 1, 31)
    days = {"as_of": day, "since": START, "year": 2025, "due_on": day, "today": day}
    period = reporting_periods.open_period(unit=world("commune"), **days)
    reporting_periods.close_period(period=period, today=day)
    sent = {"token": uuid.uuid4(), "reason": "sót một người"}

    def is_done():
        period.refresh_from_db()
        return period.is_open

    return Request("clerk", reverse("period-reopen", args=[period.pk]), sent, is_done)


def taking_back(world):
    with acting(world("clerk"), "Nhập") as act:
        make_members(world("cell_a"), 10)
    assert Entry.objects.filter(act=act).count() >= 20
    sent = {"token": uuid.uuid4(), "xac_nhan": "1"}
    return Request("clerk", reverse("act-revert", args=[act]), sent, lambda: not Member.objects.exists())


def exporting(world):
    make_members(world("cell_a"), 3)
    exported = Access.objects.filter(kind=AccessKind.EXPORTED)
    return Request("clerk", reverse("members-file", args=["csv"]), None, exported.exists)


REQUESTS = {
    GuardedAct.ROLE: giving_a_role,
    GuardedAct.START_CODE: of_the_clerk(
        "give_start_code", lambda: User.objects.filter(username="clerk", start_code_expires_at__isnull=False).exists()
    ),
    GuardedAct.SECOND_FACTOR: of_the_clerk(
        "remove_second_factor", lambda: User.objects.filter(username="clerk", second_factor_at=None).exists()
    ),
    GuardedAct.PAPER_CODES: printing_codes,
    GuardedAct.REOPEN: reopening,
    GuardedAct.REVERT: taking_back,
    EXPORT: exporting,
}


@pytest.fixture(autouse=True)
def three_are_everybody(monkeypatch):
    """Let a file of three be one of everybody."""
    monkeypatch.setattr(export_limits, "EVERYBODY", 3)


@pytest.fixture
def asked(request, client, administrator, clerk, cell_a):
    """Return a function: a request of its doer, who has signed in a while ago."""

    def asked(act):
        found = REQUESTS[act](request.getfixturevalue)
        client.force_login(request.getfixturevalue(found.doer))
        time_passes()
        return found

    return asked


def time_passes():
    """Let every sign-in be older than it may be."""
    Session.objects.update(started_at=timezone.now() - FRESH - timedelta(seconds=1))


def answer(client, request, page, proof):
    """Send the page that asks, filled in."""
    sent = {}
    for name, value in HIDDEN.findall(page.content.decode()):
        sent.setdefault(name, []).append(unescape(value))
    return client.post(request.address, sent | {"proof": proof})


def test_everything_guarded_is_walked():
    assert set(REQUESTS) == {*GuardedAct, EXPORT}


@pytest.mark.parametrize("act", GuardedAct)
def test_actions_ask_and_not_pages_only(act):
    asking = {module for module, source in MODULES.items() if f"guard(keeper, GuardedAct.{act.name}" in source}
    asking |= {module for module, source in MODULES.items() if f"guard(user, GuardedAct.{act.name}" in source}
    assert asking
    assert {module.split(".")[-1] for module in asking} <= {"actions", "revert"}


@pytest.mark.parametrize("act", REQUESTS)
def test_a_sign_in_of_a_while_ago_is_asked_again_and_what_was_sent_is_kept(client, asked, act):
    request = asked(act)
    page = request.send(client)
    assert ASKS in page.content.decode()
    again = answer(client, request, page, "sai")
    assert ASKS in again.content.decode()
    assert not request.is_done()
    assert Attempt.objects.get().outcome == AttemptOutcome.FAILED
    done = answer(client, request, again, request.doer)
    if request.sent is None:
        assert done.url == request.address
        client.get(done.url).getvalue()
    assert request.is_done()


@pytest.mark.parametrize("act", REQUESTS)
def test_a_fresh_sign_in_is_not_asked(client, asked, act):
    request = asked(act)
    Session.objects.update(started_at=timezone.now())
    response = request.send(client)
    assert response.getvalue() is not None
    assert request.is_done()


def test_a_proof_holds_ten_minutes(client, asked, monkeypatch):
    request = asked(EXPORT)
    answer(client, request, request.send(client), "clerk")
    assert request.send(client).headers["Content-Type"].startswith("text/csv")
    later = timezone.now() + FRESH + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert ASKS in request.send(client).content.decode()


def test_who_has_a_second_factor_is_asked_for_a_code(client, asked, clerk):
    make_doubly_safe(clerk)
    request = asked(EXPORT)
    page = request.send(client)
    assert "Mã xác minh" in page.content.decode()
    assert ASKS in answer(client, request, page, "clerk").content.decode()
    assert answer(client, request, page, app_code()).url == request.address


def test_wrong_proofs_lock(client, asked):
    request = asked(EXPORT)
    page = request.send(client)
    for _ in range(5):
        answer(client, request, page, "sai")
    assert "Đã sai quá nhiều lần" in answer(client, request, page, "clerk").content.decode()
    assert not request.is_done()


def test_small_files_are_not_guarded(client, clerk, cell_a):
    make_members(cell_a, 2)
    client.force_login(clerk)
    time_passes()
    assert client.get(reverse("members-file", args=["csv"])).headers["Content-Type"].startswith("text/csv")


def test_a_secret_is_shown_after_a_fresh_sign_in_only(client, clerk):
    client.force_login(clerk)
    time_passes()
    page = client.get(reverse("second-factor")).content.decode()
    assert ASKS in page
    assert "data:image" not in page


def told(person, page):
    """Return what somebody's home page says of guarded acts."""
    client = Client()
    client.force_login(person)
    found = SECTION.search(client.get(reverse(page)).content.decode())
    return found[0] if found else ""


@pytest.mark.parametrize("act", REQUESTS)
def test_others_who_answer_for_it_are_told_on_their_home_page(
    client, asked, administrator, leader, clerk, act, commune
):
    request = asked(act)
    Session.objects.update(started_at=timezone.now())
    request.send(client).getvalue()
    doer = administrator if request.doer == "administrator" else clerk
    assert (str(doer) in told(administrator, "accounts")) == (doer != administrator)
    assert (str(doer) in told(leader, "dashboard")) == (doer == administrator)  # nobody else would be told
    second = make_user("second", (RoleKind.ADMINISTRATOR, commune))
    assert str(doer) in told(second, "accounts")
    assert not told(leader, "dashboard")


def test_nobody_elsewhere_is_told(client, asked, administrator, leader):
    asked(GuardedAct.ROLE)
    Session.objects.update(started_at=timezone.now())
    client.post(reverse("paper-codes"))
    elsewhere = make_root("khac")
    assert not told(make_user("there", (RoleKind.ADMINISTRATOR, elsewhere)), "accounts")
    assert not told(make_user("leads", (RoleKind.LEADER, elsewhere)), "dashboard")
    assert told(leader, "dashboard")


def test_what_is_old_is_told_no_more(client, asked, administrator, leader, monkeypatch):
    asked(GuardedAct.PAPER_CODES)
    Session.objects.update(started_at=timezone.now())
    client.post(reverse("paper-codes"))
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not told(leader, "dashboard")
