from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from binhlu_portal.audit.models import Entry
from binhlu_portal.records.forms.submit import submit
from organizations.choices import EventKind, Kind, Sector
from organizations.models import Unit, UnitEvent, UnitPeriod
from organizations.units.grid import LINES, NewUnitsForm
from tests.factories import make_unit
from tests.grids import cell_named, send, told, typed_into

TODAY = date(2026, 3, 1)
ONE, TWO = "Dòng 1", "Dòng 2"


def grid(user, unit, data=None):
    return NewUnitsForm(data, user=user, today=TODAY, instance=unit)


def line(row, **cells):
    return {(row, column): text for column, text in cells.items()}


def new(row, name, **cells):
    return line(row, name=name, kind="Chi bộ cơ sở", sector=Sector.OTHER.label, **cells)


def founded():
    events = UnitEvent.objects.filter(unit__code__startswith="chi-bo-").order_by("pk")
    return [(event.unit.code, event.kind, event.day, event.decision_number) for event in events]


def test_rows_take_day_and_decision_from_above_unless_they_give_their_own(clerk, commune):
    rows = new(ONE, "Chi bộ Bản 01") | new(
        TWO, "Chi bộ Bản 02", number="2-QĐ/ĐU", signed="1/2/2026", **{"from": "2/2/26"}
    )
    head = {"day": "01/02/2026", "decision_number": "1-QĐ/ĐU", "decision_date": "31/01/2026", "way": "establish"}
    send(grid(clerk, commune, typed_into(grid(clerk, commune), rows, **head)))
    assert founded() == [
        ("chi-bo-ban-01", EventKind.ESTABLISHED, date(2026, 2, 1), "1-QĐ/ĐU"),
        ("chi-bo-ban-02", EventKind.ESTABLISHED, date(2026, 2, 2), "2-QĐ/ĐU"),
    ]
    assert UnitPeriod.objects.get(unit__code="chi-bo-ban-01").kind == Kind.GRASSROOTS_CELL
    assert len({entry.act for entry in Entry.objects.filter(user=clerk)}) == 1


def test_units_are_received_too_and_two_of_one_name_have_two_codes(clerk, commune):
    rows = new(ONE, "Chi bộ Bản 01") | new(TWO, "Chi bộ Bản 01")
    send(grid(clerk, commune, typed_into(grid(clerk, commune), rows, way="receive", day="01/02/2026")))
    assert [(code, kind) for code, kind, *_ in founded()] == [
        ("chi-bo-ban-01", EventKind.RECEIVED),
        ("chi-bo-ban-01-2", EventKind.RECEIVED),
    ]


def test_what_is_wrong_is_said_in_the_cells_and_nothing_is_written(clerk, commune):
    rows = new(ONE, "Chi bộ Bản 01") | line(TWO, name="Chi bộ Bản 02", kind="Đảng bộ tỉnh", sector="Nông trường")
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), rows))
    assert told(sent).keys() == {(ONE, "from"), (TWO, "from"), (TWO, "kind"), (TWO, "sector")}
    assert sent[cell_named(sent, TWO, "name")].value() == "Chi bộ Bản 02"
    assert founded() == []


def test_what_the_verb_refuses_is_said_in_its_row(clerk, commune):
    rows = new(ONE, "Chi bộ Bản 01") | new(TWO, "Chi bộ Bản 02", **{"from": "1/1/2020"})
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), rows, day="01/02/2026"))
    assert sent.is_valid(), told(sent)
    with pytest.raises(ValidationError) as refused:
        submit(sent, lambda written: "/")
    assert refused.value.message_dict.keys() == {cell_named(sent, TWO, "name")}
    assert founded() == []


def test_empty_rows_are_nothing(clerk, commune):
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), {}, day="01/02/2026"))
    assert "Chưa có gì thay đổi" in told(sent)["__all__"]


def test_the_page_of_a_unit_leads_there_and_only_those_who_decide_open_it(client, clerk, secretary_a, leader, commune):
    address = reverse("units-add", args=["xa"])
    for person, status in ((clerk, 200), (secretary_a, 404), (leader, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
    client.force_login(clerk)
    assert address in client.get(reverse("unit", args=["xa"])).content.decode()
    assert client.get(reverse("units-add", args=["a"])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(client, clerk, commune, django_assert_num_queries, number):
    for index in range(number):
        make_unit(f"n{index}", commune)
    client.force_login(clerk)
    with django_assert_num_queries(6):
        page = client.get(reverse("units-add", args=["xa"]))
    assert len(page.context["form"].rows) == LINES
    assert Unit.objects.count() == number + 1
