"""Nil returns: what is stated, for whom it speaks, and when it covers a while."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from assessments.choices import OF_CELLS
from assessments.models import NilReturn
from assessments.nil_returns.actions import state_nil
from assessments.nil_returns.forms import NilReturnForm
from assessments.nil_returns.queries import stated
from binhlu_portal.dates.validity import OPEN
from members.change_reports.actions import report_change
from organizations.models import UnitPeriod
from tests.factories import START, make_member, make_unit
from tests.proofs import refused

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
LAST = date(2026, 2, 28)


def state(unit, first, after, registers=("discipline",)):
    return state_nil(unit=unit, registers=registers, started_on=first, ended_on=after, stated_by="Bí thư")


def covered(unit, first=JANUARY, last=LAST):
    """Whether it is stated of the unit that the register of discipline says all of the days."""
    return UnitPeriod.objects.on(last).filter(stated("discipline", first, last), unit=unit).exists()


def test_a_statement_speaks_for_the_days_it_names(cell_a):
    state(cell_a, JANUARY, MARCH)
    assert covered(cell_a)
    assert covered(cell_a, FEBRUARY, FEBRUARY)
    assert not covered(cell_a, START)
    assert not covered(cell_a, JANUARY, MARCH)


def test_statements_that_follow_one_another_speak_together_and_a_gap_is_none(cell_a, cell_b):
    for cell, second in ((cell_a, FEBRUARY), (cell_b, date(2026, 2, 2))):
        state(cell, JANUARY, FEBRUARY)
        state(cell, second, MARCH)
    assert covered(cell_a)
    assert not covered(cell_b)


def test_a_committee_speaks_for_all_beneath_it_and_a_cell_for_itself_alone(commune, cell_a, cell_b):
    state(cell_a, JANUARY, MARCH)
    assert not covered(cell_b)
    assert not covered(commune)
    state(commune, JANUARY, MARCH)
    assert covered(cell_b)


def test_a_younger_unit_is_asked_from_its_first_day_on(commune):
    young = make_unit("moi", commune, day=FEBRUARY)
    state(young, FEBRUARY, MARCH)
    assert covered(young)


def test_another_register_says_nothing_of_this_one(cell_a):
    state(cell_a, JANUARY, MARCH, ["admissions"])
    assert not covered(cell_a)


def test_what_has_been_stated_is_not_written_twice(cell_a):
    state(cell_a, JANUARY, MARCH)
    written = state(cell_a, FEBRUARY, LAST, ["discipline", "admissions"])
    assert [row.register for row in written] == ["admissions"]
    with refused("Đã báo không phát sinh"):
        state(cell_a, JANUARY, FEBRUARY)
    assert NilReturn.objects.count() == 2


def test_what_has_not_come_yet_cannot_be_stated(cell_a):
    with refused("Ghi ngày cuối"):
        state(cell_a, JANUARY, OPEN)


@pytest.mark.parametrize(("user", "offers"), [("secretary_a", False), ("clerk", True)])
def test_a_cell_is_asked_about_its_own_registers_and_the_office_about_all(client, request, cell_a, user, offers):
    client.force_login(request.getfixturevalue(user))
    page = client.get("/so/khong-phat-sinh/them/", {"don_vi": "a"}).content.decode()
    assert "Kết nạp đảng viên" in page
    assert ("Quy hoạch cán bộ" in page) == offers


@pytest.mark.parametrize(("user", "ticked"), [("secretary_a", len(OF_CELLS)), ("clerk", 0)])
def test_a_cell_states_a_while_by_one_press_and_an_office_chooses(client, request, cell_a, user, ticked):
    client.force_login(request.getfixturevalue(user))
    address = "/so/khong-phat-sinh/them/?don_vi=a&tu=01/01/2026&den=31/01/2026"
    form = client.get(address).context["form"]
    assert len(form["registers"].value() or ()) == ticked
    assert form["stated_by"].is_hidden == bool(ticked)
    if ticked:
        client.post(address, {field.html_name: field.value() or "" for field in form})
    assert NilReturn.objects.count() == ticked


def test_a_register_to_which_a_report_is_to_come_is_not_stated_to_be_complete(cell_a, secretary_a):
    report_change(kind="resigned", member=make_member(cell_a, "Lò Văn An"), reported_on=LAST)
    address = {"unit": "a", "tu": "01/02/2026", "den": "28/02/2026"}
    form = NilReturnForm(user=secretary_a, today=LAST, initial=address)
    assert form.initial["registers"] == [one.value for one in OF_CELLS if one != "departures"]
    given = {"unit": "a", "registers": ["discipline", "departures"], "started_on": "01/02/2026", "until": "28/02/2026"}
    data = QueryDict(urlencode(given | {"stated_by": "Bí thư", "token": form["token"].value()}, doseq=True))
    sent = NilReturnForm(data, user=secretary_a, today=LAST)
    assert "Ra khỏi Đảng (xóa tên, khai trừ, xin ra): còn báo" in sent.errors["registers"][0]
