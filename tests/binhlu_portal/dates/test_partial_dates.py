import datetime
import json

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.models import Q
from django.forms import modelform_factory
from django.test.utils import isolate_apps
from hypothesis import assume, example, given
from hypothesis import strategies as st

from binhlu_portal.dates import partial_dates
from binhlu_portal.dates.partial_dates import (
    PartialDate,
    PartialDateField,
    PartialDateFormField,
    born_by,
    completed_years,
)

DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
PARTIAL_DATES = st.builds(
    lambda date, length: PartialDate(date.isoformat()[:length]), DATES, st.sampled_from([4, 7, 10])
)
LEAP_DAY = datetime.date(2024, 2, 29)

with isolate_apps("binhlu_portal"):

    class Person(models.Model):
        """A model with a partial date, on no database."""

        born_on = PartialDateField("ngày sinh", null=True, blank=True)
        joined_on = PartialDateField("ngày vào Đảng", help_text="Theo thẻ đảng viên.")

        class Meta:
            app_label = "binhlu_portal"

        def __str__(self):
            return str(self.born_on)


PersonForm = modelform_factory(Person, fields=["born_on", "joined_on"])


def compared_with(lookup, value):
    """Return what the database is given to compare `born_on` with."""
    return Person.objects.filter(**{f"born_on__{lookup}": value}).query.where.children[0].rhs


def database(engine):
    """Return a connection that is never opened, to ask for its SQL."""
    return engine({"NAME": "unused", "OPTIONS": {}, "TIME_ZONE": None})


def holds(stored, lookup, value):
    """Tell whether text comparison, as both databases do it, lets the stored partial date through."""
    given = compared_with(lookup, value)
    return {"lt": stored.iso < given, "lte": stored.iso <= given, "gt": stored.iso > given, "gte": stored.iso >= given}[
        lookup
    ]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("21/3/1956", "1956-03-21"),
        ("21-03-1956", "1956-03-21"),
        ("21.3.1956", "1956-03-21"),
        (" 21 / 03 /\N{NO-BREAK SPACE}1956 ", "1956-03-21"),
        ("01/03/2026", "2026-03-01"),
        ("3/1956", "1956-03"),
        ("12-1946", "1946-12"),
        ("1956", "1956"),
        ("1956-03-21", "1956-03-21"),
        ("1956-3", "1956-03"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_reads_what_people_type(typed, iso):
    assert PartialDate.parse(typed).iso == iso


@pytest.mark.parametrize("typed", ["", "hôm qua", "21/3/56", "21/3", "3/1956/21", "021/3/1956", "+1/3/1956"])
def test_says_what_to_type_instead(typed):
    with pytest.raises(ValueError, match=r"^Ghi ngày dạng"):
        PartialDate.parse(typed)


def test_no_day_is_looked_for_in_a_whole_page(monkeypatch):
    monkeypatch.setattr(partial_dates, "clean", None)
    with pytest.raises(ValueError, match=r"^Ghi ngày dạng"):
        PartialDate.parse("1/" * 126)


def test_spaces_around_a_day_are_nothing():
    assert PartialDate.parse(f"{' ' * 300}3/1956{' ' * 300}").iso == "1956-03"


@pytest.mark.parametrize("typed", ["31/2/1956", "29/02/2023", "00/00/1956", "13/1956", "1956-02-30"])
def test_refuses_days_the_calendar_does_not_have(typed):
    with pytest.raises(ValueError, match="Không có ngày"):
        PartialDate.parse(typed)


@pytest.mark.parametrize("typed", ["1899", "31/12/1899", "2100", "1/1/2100"])
def test_refuses_years_that_must_be_slips(typed):
    with pytest.raises(ValueError, match="Năm phải từ 1900 đến 2099"):
        PartialDate.parse(typed)


@pytest.mark.parametrize("typed", ["1900", "31/12/2099"])
def test_takes_the_outermost_years(typed):
    assert str(PartialDate.parse(typed)) == typed


@pytest.mark.parametrize(
    ("iso", "shown", "precision", "parts"),
    [
        ("1956-03-21", "21/03/1956", "day", (1956, 3, 21)),
        ("1956-03", "03/1956", "month", (1956, 3, None)),
        ("1956", "1956", "year", (1956, None, None)),
    ],
)
def test_shows_no_more_than_is_known(iso, shown, precision, parts):
    date = PartialDate(iso)
    assert (str(date), date.precision, (date.year, date.month, date.day)) == (shown, precision, parts)


@given(PARTIAL_DATES)
def test_reads_back_what_it_shows(date):
    assert PartialDate.parse(str(date)) == PartialDate.parse(date.iso) == date


@given(DATES)
def test_holds_any_day(date):
    assert PartialDate.of(date).first_day == date


def test_a_moment_counts_as_its_day():
    assert PartialDate.of(datetime.datetime(1956, 3, 21, 12, 30)).iso == "1956-03-21"


def test_is_a_value():
    assert {PartialDate("1956"), PartialDate("1956")} == {PartialDate("1956")}
    assert sorted([PartialDate("1956-03-21"), PartialDate("1956-03"), PartialDate("1956")])[0].iso == "1956"
    with pytest.raises(AttributeError):
        PartialDate("1956").iso = "1957"


@given(PARTIAL_DATES, PARTIAL_DATES)
def test_order_never_contradicts_the_calendar(one, other):
    if one.first_day < other.first_day:
        assert one < other


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1956-03-21", "2026-03-20", 69),
        ("1956-03-21", "2026-03-21", 70),
        ("1956-03", "2026-03-01", 70),
        ("1956", "2026-01-01", 70),
        ("2004-02-29", "2026-02-28", 21),
        ("2004-02-29", "2026-03-01", 22),
        ("2004-02-29", "2024-02-29", 20),
    ],
)
def test_age_is_in_completed_years(born, on, years):
    assert completed_years(PartialDate(born), datetime.date.fromisoformat(on)) == years


@given(PARTIAL_DATES, DATES, st.integers(0, 110))
@example(PartialDate("1996-02-29"), datetime.date(2014, 2, 28), 18)
@example(PartialDate("1996-02-29"), datetime.date(2014, 3, 1), 18)
@example(PartialDate("1997-02-28"), LEAP_DAY, 27)
@example(PartialDate("1997-03-01"), LEAP_DAY, 27)
def test_the_bound_of_births_is_that_of_ages(born, on, years):
    assert (born.iso <= born_by(on, years)) == (completed_years(born, on) >= years)


@given(DATES, st.integers(0, 110))
@example(LEAP_DAY, 27)
def test_the_bound_of_births_is_the_last_such_day(on, years):
    bound = PartialDate(born_by(on, years)).first_day
    assert completed_years(PartialDate.of(bound + datetime.timedelta(days=1)), on) < years


@given(PARTIAL_DATES, DATES, st.sampled_from(["lt", "lte", "gt", "gte"]))
@example(PartialDate("1956-03"), datetime.date(1956, 3, 1), "gte")
@example(PartialDate("1956"), datetime.date(1956, 1, 1), "lt")
@example(PartialDate("1956"), datetime.date(1956, 1, 1), "gt")
def test_lookups_compare_first_days(stored, date, lookup):
    day = stored.first_day
    meant = {"lt": day < date, "lte": day <= date, "gt": day > date, "gte": day >= date}[lookup]
    assert holds(stored, lookup, date) == meant


@given(PARTIAL_DATES, DATES, DATES)
@example(PartialDate("2025-07"), datetime.date(2025, 7, 1), datetime.date(2025, 7, 1))
def test_a_range_compares_first_days(stored, first, last):
    assume(first <= last)
    low, high = compared_with("range", (first, last))
    assert (low <= stored.iso <= high) == (first <= stored.first_day <= last)


@pytest.mark.parametrize("value", [datetime.date(1956, 3, 21), PartialDate("1956-03-21"), "1956-03-21", "21/3/1956"])
def test_lookups_take_every_form_of_a_day(value):
    assert compared_with("lte", value) == compared_with("exact", value) == "1956-03-21"


def test_lookups_take_a_bound_before_all_people():
    assert compared_with("lte", born_by(datetime.date(1950, 6, 1), 61)) == "1889-06-01"


def test_lookups_compare_columns_too():
    query = str(Person.objects.filter(Q(born_on__lt=models.F("joined_on"))).query)
    assert '"born_on" < ("binhlu_portal_person"."joined_on")' in query


def test_lookups_refuse_what_is_no_date():
    with pytest.raises(ValidationError, match="Ghi ngày dạng"):
        compared_with("lte", "hôm qua")


def test_the_column_compares_by_byte_on_postgresql():
    column, _ = database(PostgreSQL).schema_editor().column_sql(Person, Person._meta.get_field("born_on"))
    assert column == 'varchar(10) COLLATE "C" NULL'


def test_the_column_on_sqlite_needs_no_collation():
    column, _ = database(SQLite).schema_editor().column_sql(Person, Person._meta.get_field("born_on"))
    assert column == "varchar(10) NULL"


def test_a_stored_value_comes_back_as_a_partial_date():
    field = Person._meta.get_field("born_on")
    assert [field.from_db_value(stored, None, None) for stored in ("1956-03", None)] == [PartialDate("1956-03"), None]


def test_the_unknown_is_stored_as_null():
    field = Person._meta.get_field("born_on")
    assert [field.get_prep_value(value) for value in (None, "")] == [None, None]


def test_a_migration_can_rebuild_the_field():
    _, path, args, kwargs = Person._meta.get_field("born_on").deconstruct()
    assert path == "binhlu_portal.dates.partial_dates.PartialDateField"
    assert kwargs == {"verbose_name": "ngày sinh", "null": True, "blank": True}
    assert PartialDateField(*args, **kwargs).max_length == 10


def test_the_length_of_the_field_is_no_limit_on_its_value():
    person = Person(born_on="21/3/1956", joined_on=datetime.date(1980, 5, 19))
    person.clean_fields()
    assert (person.born_on, person.joined_on) == (PartialDate("1956-03-21"), PartialDate("1980-05-19"))


def test_a_model_says_what_to_type():
    with pytest.raises(ValidationError) as refusal:
        Person(born_on="31/2/1956", joined_on="").clean_fields()
    assert set(refusal.value.message_dict) == {"born_on", "joined_on"}


@pytest.mark.parametrize("born_on", [PartialDate("1956-03"), None])
def test_fixtures_carry_the_iso_text(born_on):
    text = serializers.serialize("json", [Person(pk=1, born_on=born_on, joined_on=PartialDate("1980"))])
    fields = json.loads(text)[0]["fields"]
    assert fields == {"born_on": born_on.iso if born_on else None, "joined_on": "1980"}
    read = [Person._meta.get_field(name).to_python(value) for name, value in fields.items()]
    assert read == [born_on, PartialDate("1980")]


def test_a_fixture_of_typed_text_carries_iso_too():
    assert Person._meta.get_field("born_on").value_to_string(Person(born_on="3/1956")) == "1956-03"


def test_a_form_reads_what_people_type():
    form = PersonForm({"born_on": "", "joined_on": "19 / 5 / 1980"})
    assert form.is_valid()
    assert form.cleaned_data == {"born_on": None, "joined_on": PartialDate("1980-05-19")}


def test_a_form_explains_at_the_field():
    form = PersonForm({"born_on": "31/2/1956", "joined_on": ""})
    assert "Không có ngày 31/02/1956 trên lịch." in form.errors["born_on"][0]
    assert "joined_on" in form.errors


def test_a_form_shows_a_date_as_people_write_it_and_sees_no_change_in_it():
    person = Person(born_on=PartialDate("1956-03"), joined_on=PartialDate("1980-05-19"))
    form = PersonForm({"born_on": "3/1956", "joined_on": "19/05/1980"}, instance=person)
    assert 'value="03/1956"' in str(PersonForm(instance=person)["born_on"])
    assert form.changed_data == []


def test_a_form_says_that_less_than_a_day_will_do():
    assert "chỉ biết năm thì ghi 1956" in PartialDateFormField().help_text
    assert "chỉ biết năm thì ghi 1956" in PersonForm().fields["born_on"].help_text
    assert PersonForm().fields["joined_on"].help_text == "Theo thẻ đảng viên."
