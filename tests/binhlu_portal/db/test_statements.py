"""Prepared statements: compiled once, bound to each question; what looks at a value instead is an error."""

from datetime import date, timedelta

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import F, Value
from django.db.models.functions import Upper

from binhlu_portal.db import statements
from binhlu_portal.db.statements import (
    ListParameter,
    Parameter,
    PreparedRecords,
    PreparedStatement,
    RowParameter,
    lapse,
    of_parameters,
    read,
)
from organizations.models import Unit
from tests.factories import make_unit
from tests.ground import layer

day = Parameter(lambda asked: asked)
later = Unit.objects.filter(started_on__gt=day)


@layer
def units(commune):
    return [make_unit(code, commune, day=date(2026, month, 1)) for month, code in enumerate("abc", start=1)]


def codes(statement, asked):
    return {code for (code,) in statement.rows(asked)}


def test_one_statement_answers_many_questions(units, django_assert_num_queries):
    statement = PreparedStatement(later.values_list("code"))
    with django_assert_num_queries(3):
        assert codes(statement, date(2026, 1, 1)) == {"b", "c"}
        assert codes(statement, date(2026, 2, 1)) == {"c"}
        assert codes(statement, date(2026, 3, 1)) == set()


def test_values_come_as_their_fields_read_them(units):
    ((found, length),) = PreparedStatement(
        later.annotate(length=lapse(timedelta(2))).values_list("started_on", "length")
    ).rows(date(2026, 2, 1))
    assert (found, length) == (date(2026, 3, 1), timedelta(2))


def test_what_is_made_of_a_parameter_is_read_with_it(units):
    month_before = of_parameters(lambda day, months: day.replace(month=day.month - months))(day, 1)
    assert codes(
        PreparedStatement(Unit.objects.filter(started_on__gt=month_before).values_list("code")), date(2026, 2, 1)
    ) == {
        "b",
        "c",
    }
    assert read(-(day - 1) * 2 // 3 + 5, 4) == 3
    assert read(5, None) == 5


def test_a_length_of_time_is_added_to_a_day_in_a_column(units):
    passed = Unit.objects.filter(pk__in=[unit.pk for unit in units], ended_on__gt=F("started_on") + lapse(day))
    assert codes(PreparedStatement(passed.values_list("code")), timedelta(30)) == {"a", "b", "c"}


def test_a_list_has_as_many_places_as_values(units):
    ids = [unit.pk for unit in units]
    some = Unit.objects.filter(lines__ancestor__in=ListParameter(lambda asked: asked, 2))
    assert codes(PreparedStatement(some.values_list("code")), ids[:2]) == {"a", "b"}
    assert codes(PreparedStatement(some.values_list("code")), ids[1:]) == {"b", "c"}


def test_where_no_row_can_be_nothing_is_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        nowhere = Unit.objects.filter(pk__in=ListParameter(lambda asked: asked, 0))
        assert not list(PreparedStatement(nowhere.values_list("code")).rows([]))


def test_parameters_form_no_groups(units):
    grouped = Unit.objects.order_by().annotate(none=F("pk") - F("pk")).filter(started_on__gt=day)
    assert len(list(PreparedStatement(grouped.values_list("none").distinct()).rows(date(2026, 1, 1)))) == 1
    assert day.get_group_by_cols() == []


@pytest.mark.parametrize(
    "look",
    [
        lambda value: value < date(2026, 1, 1),
        lambda value: date(2026, 1, 1) <= value,
        lambda value: value.year,
        lambda value: f"{value:%Y}",
        lambda value: min(value, date(2026, 1, 1)),
        lambda value: int(value),
        lambda value: Value(value, Unit._meta.get_field("started_on")).as_sql(None, connections["default"]),
    ],
)
def test_a_condition_that_looks_at_a_value_is_an_error(look):
    with pytest.raises((TypeError, AttributeError)):
        look(RowParameter(lambda asked: asked))


def test_a_statement_is_asked_through_the_connection_of_who_asks(units, monkeypatch):
    statement, other = PreparedStatement(later.values_list("code")), connections.create_connection(DEFAULT_DB_ALIAS)
    monkeypatch.setattr(statements, "connections", {DEFAULT_DB_ALIAS: other})
    monkeypatch.setattr(other, "cursor", lambda: pytest.fail("asked"))
    with pytest.raises(pytest.fail.Exception, match="asked"):
        statement.rows(date(2026, 2, 1))


def test_records_come_with_what_is_annotated_and_ask_once(units, django_assert_num_queries):
    beneath = Unit.objects.annotate(big=Upper("code")).filter(pk=Parameter(lambda asked: asked))
    records = PreparedRecords(beneath)
    with django_assert_num_queries(2):
        found, nobody = records.first(units[1].pk), records.first(-1)
    assert (found, found.big, found.started_on, found._state.adding) == (units[1], "B", date(2026, 2, 1), False)
    assert nobody is None
