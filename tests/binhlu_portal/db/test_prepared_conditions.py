"""Prepared conditions: compiled once for each kind of question, bound to what is asked and to the rows asked of."""

from datetime import date

import pytest
from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, Q, Value

from binhlu_portal.db.prepared_conditions import prepared, prepared_keys
from binhlu_portal.db.statements import Parameter, PreparedStatement
from organizations.models import Unit, UnitPeriod
from tests.factories import make_unit

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def made():
    """With what the condition was put together, each time that it was."""
    return []


@pytest.fixture
def stood(made):
    """The condition: a unit stands on a day, and its code comes after the one asked, or before it."""

    @prepared(type, lambda kind: Parameter(lambda asked: asked), unit=BigIntegerField(), day=DateField())
    def stood(code, way):
        made.append(way)
        standing = UnitPeriod.objects.filter(unit=OuterRef("unit"), started_on__lte=OuterRef("day"))
        named = Unit.objects.filter(**{f"code__{way}": code}).values("pk")
        return Q(Exists(standing)) & Q(unit__in=named)

    return stood


@pytest.fixture(autouse=True)
def units(commune):
    """Units beneath a commune, from April, May and June on."""
    return [make_unit(code, commune, day=date(2026, month, 1)) for month, code in enumerate("abc", start=4)]


def codes(queryset):
    return set(queryset.filter(code__in="abc").values_list("code", flat=True))


def test_it_is_put_together_once_a_kind_and_bound_to_each_question(stood, made):
    units = Unit.objects.all()
    assert codes(units.filter(stood("a", "gt", unit=F("pk"), day=Value(MAY)))) == {"b"}
    assert codes(units.filter(stood("b", "gt", unit=F("pk"), day=Value(JUNE)))) == {"c"}
    assert codes(units.filter(stood("c", "lt", unit=F("pk"), day=Value(MAY)))) == {"a", "b"}
    assert made == ["gt", "lt"]


def test_it_stands_beside_other_conditions_and_may_be_denied(stood):
    after_a = stood("a", "gt", unit=F("pk"), day=F("started_on"))
    assert codes(Unit.objects.filter(~after_a)) == {"a"}
    assert codes(Unit.objects.filter(after_a, started_on__gt=MAY)) == {"c"}
    assert codes(Unit.objects.filter(Q(code="a") | after_a)) == {"a", "b", "c"}


def test_its_tables_hide_nothing_of_the_row_however_deep_it_stands(stood):
    """Django calls the tables of each subquery U0, V0 …, here those of the row and those of the condition."""
    periods = UnitPeriod.objects.filter(stood("a", "gt", unit=F("unit"), day=Value(MAY)), unit=OuterRef("pk"))
    above = UnitPeriod.objects.filter(Exists(Unit.objects.filter(Exists(periods), pk=OuterRef("unit"))))
    assert codes(Unit.objects.filter(Exists(periods))) == {"b"}
    assert codes(Unit.objects.filter(pk__in=above.values("unit"))) == {"b"}


def test_it_asks_about_rows_of_other_tables_along_a_path(stood):
    periods = UnitPeriod.objects.filter(stood("b", "lt", unit=F("unit__pk"), day=F("unit__started_on")))
    assert set(periods.values_list("unit__code", flat=True)) == {"a"}


def test_one_may_be_a_part_of_another_and_of_a_prepared_statement(stood):
    @prepared(type, lambda kind: Parameter(lambda asked: asked), unit=BigIntegerField())
    def lasts(code):
        periods = UnitPeriod.objects.filter(stood(code, "gt", unit=F("unit"), day=F("started_on")))
        return Q(Exists(periods.filter(unit=OuterRef("unit"))))

    assert codes(Unit.objects.filter(lasts("a", unit=F("pk")))) == {"b", "c"}
    statement = PreparedStatement(
        Unit.objects.filter(lasts(Parameter(lambda asked: asked), unit=F("pk"))).values_list("code")
    )
    assert {code for (code,) in statement.rows("b")} == {"c", "xa"}
    assert {code for (code,) in statement.rows("c")} == {"xa"}


@pytest.mark.parametrize(("denied", "found"), [(False, set()), (True, {"a", "b", "c"})])
def test_what_no_row_or_every_row_meets_needs_no_text(denied, found):
    @prepared(type, lambda kind: kind, unit=BigIntegerField())
    def nobody(asked):
        return ~Q(unit__in=[]) if denied else Q(unit__in=[])

    assert codes(Unit.objects.filter(nobody("a", unit=F("pk")))) == found
    assert codes(Unit.objects.filter(Q(nobody("a", unit=F("pk"))) | Q(code="a"))) == found | {"a"}


def test_a_condition_that_looks_at_what_is_asked_is_an_error(stood):
    @prepared(type, lambda kind: Parameter(lambda asked: asked), unit=BigIntegerField())
    def looks(code):
        return Q(unit=1) if code > "b" else Q(unit=2)

    with pytest.raises(TypeError):
        looks("a", unit=F("pk"))


@pytest.fixture
def after(made):
    """Keys of units whose code comes after the one asked; none at all of a nameless one."""

    @prepared_keys(bool, lambda is_named: is_named and Parameter(lambda asked: asked))
    def after(code):
        made.append(code)
        return (Unit.objects.filter(code__gt=code) if code else Unit.objects.none()).values("pk")

    return after


def test_keys_are_put_together_once_a_kind_and_bound_to_each_question(after, made):
    assert codes(Unit.objects.filter(pk__in=after("a"))) == {"b", "c"}
    assert codes(Unit.objects.filter(pk__in=after("b"))) == {"c"}
    assert codes(Unit.objects.filter(pk__in=after(""))) == set()
    assert codes(Unit.objects.exclude(pk__in=after(""))) == {"a", "b", "c"}
    assert len(made) == 2


def test_keys_stand_behind_links_beside_others_and_however_deep(after):
    periods = UnitPeriod.objects.filter(unit__in=after("a"))
    assert set(periods.values_list("unit__code", flat=True)) == {"b", "c", "xa"}
    assert codes(Unit.objects.filter(Q(code="a") | Q(pk__in=periods.values("unit")))) == {"a", "b", "c"}
    within = Unit.objects.filter(pk__in=after("b"), pk=OuterRef("unit"))
    assert set(UnitPeriod.objects.filter(~Exists(within)).values_list("unit__code", flat=True)) == {"a", "b"}


def test_keys_may_be_a_part_of_a_prepared_statement(after):
    statement = PreparedStatement(
        Unit.objects.filter(pk__in=after(Parameter(lambda asked: asked)), code__in="abc").values_list("code")
    )
    assert {code for (code,) in statement.rows("a")} == {"b", "c"}
    assert {code for (code,) in statement.rows("b")} == {"c"}
