"""A cell secretary records what the cell decides, of its own members, and nothing that other levels decide."""

from datetime import date

import pytest
from django.urls import reverse

from members.choices import CELL_MEASURES, DecidingLevel, DisciplineMeasure
from members.member_records import actions as member_records
from members.models import Discipline, Exemption
from tests.binhlu_portal.spreadsheets.books import Book, mark_of, wrong
from tests.factories import DECIDED, START, discipline, make_member
from tests.ground import layer
from tests.members.discipline.test_expulsion import send
from tests.proofs import again

DAY = date(2026, 1, 15)
TYPED = {"violation": "other", "decided_on": "15/01/2026", "decision_number": "05-QĐ/CB"}
CELLS = {"violation": "Nội dung khác", "decided_on": "15/01/2026", "decision_number": "05-QĐ/CB"}
CELLS |= {"decision_date": "15/01/2026"}
ALL = [(form, level) for form in DisciplineMeasure for level in DecidingLevel]


@layer
def lan(cell_a):
    """A member of A."""
    return again(make_member(cell_a, "Lan"))


@pytest.fixture
def secretary(client, secretary_a):
    """The client of the secretary of A."""
    client.force_login(secretary_a)
    return client


def address(member):
    """Return where a measure against somebody is recorded."""
    return f"{reverse('record-add', args=['ky-luat'])}?dang_vien={member.pk}"


@pytest.mark.parametrize(("form", "level"), ALL)
def test_a_secretary_records_what_the_own_cell_decides_and_nothing_else(secretary, secretary_a, lan, form, level):
    errors = send(secretary, address(lan), form=form, level=level, **TYPED)
    if form in CELL_MEASURES and level == DecidingLevel.CELL:
        assert (errors, lan.disciplines.count()) == ({}, 1)
        return
    assert {sentence for several in errors.values() for sentence in several} == {Discipline.outside}
    book = Book.of(secretary_a)
    book.add(Discipline, member=mark_of(lan), form=form.label, level=level.label, **CELLS)
    faults = {message for _, _, message in wrong(book.bring(secretary_a))}
    assert Discipline.outside in faults or "Chi bộ chỉ quyết định khiển trách, cảnh cáo" in " ".join(faults)
    assert not Discipline.objects.exists()


def test_a_workbook_of_a_secretary_brings_what_the_own_cell_decides(secretary_a, lan):
    book = Book.of(secretary_a)
    book.add(Discipline, member=mark_of(lan), form="Cảnh cáo", level="Chi bộ", **CELLS)
    assert wrong(book.bring(secretary_a)) == []
    book = Book.of(secretary_a)
    book.of_record(lan.disciplines.get())["level"] = "Cấp trên"
    assert [message for *_, message in wrong(book.bring(secretary_a))] == [Discipline.outside]


def test_a_measure_of_another_level_is_read_and_not_changed_by_the_secretary(secretary, lan):
    row = discipline(lan, DAY, level=DecidingLevel.COMMITTEE)
    assert secretary.get(reverse("record", args=["ky-luat", row.pk])).status_code == 200
    for name in (
        reverse("record-form", args=["ky-luat", row.pk, "sua"]),
        reverse("record-remove", args=["ky-luat", row.pk]),
    ):
        assert secretary.get(name).status_code == 404
    own = discipline(lan, START)
    errors = send(secretary, reverse("record-form", args=["ky-luat", own.pk, "sua"]), level="committee")
    assert errors == {"level": [Discipline.outside]}


def test_the_secretary_of_another_cell_finds_nothing(client, secretary_b, lan):
    client.force_login(secretary_b)
    assert client.get(address(lan)).status_code == 404
    row = discipline(lan, DAY)
    assert client.get(reverse("record-form", args=["ky-luat", row.pk, "sua"])).status_code == 404


def test_a_cell_exempts_for_age_and_health_only(secretary, lan):
    where = f"{reverse('record-add', args=['mien-sinh-hoat'])}?dang_vien={lan.pk}"
    errors = send(
        secretary, where, kind="other", started_on="15/01/2026", decision_number="1", decision_date="15/01/2026"
    )
    assert errors == {"kind": [Exemption.outside]}
    row = member_records.exempt(member=lan, kind="other", day=START, until=DAY, decision=DECIDED)
    assert secretary.get(reverse("record-form", args=["mien-sinh-hoat", row.pk, "sua"])).status_code == 404
    assert send(secretary, where, kind="age_health", started_on="15/01/2026") == {}
