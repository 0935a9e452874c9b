"""Outages: who reads is asked a second time, who writes is told to come back, and other errors stay errors."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.urls import reverse

from binhlu_portal.audit.access_log import NOTED
from binhlu_portal.audit.context import acting
from binhlu_portal.db import outages
from binhlu_portal.db.actions import Refusal, action
from binhlu_portal.db.outages import BUSY, DatabaseOutage, is_busy, is_lost, refused_while_busy
from tests.factories import make_member

LOCKED = OperationalError("database is locked")


@pytest.fixture
def lost(monkeypatch):
    """Let the connection be lost, once."""
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    monkeypatch.setattr(connection, "close", lambda: None)


class FailingPage:
    """A page that meets `errors`, one each time it is asked, and is there afterwards."""

    def __init__(self, *errors):
        self.errors = [*errors]

    def __call__(self, request):
        if self.errors:
            raise self.errors.pop(0)
        return HttpResponse("here")


def asked(rf, monkeypatch, method, page):
    """Ask for a page through the middleware as Django does."""
    request = rf.generic(method, "/")
    request.resolver_match = type("Match", (), {"func": staticmethod(page), "args": (), "kwargs": {}})
    try:
        return page(request)
    except Exception as error:
        return DatabaseOutage(page).process_exception(request, error)


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_a_page_that_reads_is_asked_a_second_time(db, rf, monkeypatch, lost, error):
    assert asked(rf, monkeypatch, "GET", FailingPage(error)).content == b"here"


def test_what_was_sent_is_not_sent_again(db, rf, monkeypatch, lost):
    assert asked(rf, monkeypatch, "POST", FailingPage(OperationalError("server closed the connection"))) is None


def test_a_sound_connection_is_no_outage(db, rf, monkeypatch):
    assert asked(rf, monkeypatch, "GET", FailingPage(OperationalError("no such column"))) is None
    assert not is_lost(ValueError())


@pytest.mark.parametrize(("error", "status"), [(LOCKED, 503), (ValueError("an error of the portal"), 500)])
def test_an_outage_says_when_to_come_back(client, clerk, cell_a, monkeypatch, error, status):
    client.force_login(clerk)
    client.raise_request_exception = False
    monkeypatch.setattr("members.unit_pages.views.UnitTreeView.get", lambda self, request: FailingPage(error)(request))
    answer = client.get(reverse("units"))
    assert answer.status_code == status
    assert ("chờ một phút" in answer.text) == (status == 503)
    assert answer.headers.get("Retry-After") == ("30" if status == 503 else None)


def test_whoever_writes_is_refused_while_another_writes(db, clerk, monkeypatch):
    @action
    def write():
        raise LOCKED

    with pytest.raises(Refusal, match="chờ một phút"):
        write()
    with pytest.raises(Refusal, match="chờ một phút"), acting(clerk):
        raise LOCKED
    with pytest.raises(OperationalError, match="no such column"), refused_while_busy():
        raise OperationalError("no such column")
    assert BUSY.endswith(".")


def test_only_sqlite_kept_by_another_is_busy():
    assert is_busy(LOCKED)
    assert not is_busy(OperationalError("no such column"))
    assert not is_busy(ValueError("database is locked"))


def test_pages_wait_as_long_as_people_do(monkeypatch):
    options = {"timeout": 20}
    monkeypatch.setattr(outages.connections, "settings", {"default": {"OPTIONS": options}})
    outages.be_brief()
    assert options == {"timeout": outages.PATIENCE}
    options.clear()
    outages.be_brief()
    assert options == {}


def test_other_errors_of_the_log_are_not_hushed_up(client, clerk, cell_a):
    def fail(run, sql, *rest):
        if sql == NOTED[connection.vendor]:
            raise OperationalError("no such column")
        return run(sql, *rest)

    page = reverse("member", args=[make_member(cell_a, "Lan").pk])
    client.force_login(clerk)
    with connection.execute_wrapper(fail), pytest.raises(OperationalError):
        client.get(page)
