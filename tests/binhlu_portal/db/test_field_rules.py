"""No table takes a value that is none of its field, by whatever door: what is tried is made from the models.

A new field is tried without a line here; a new table needs a valid row in `VALID`.
"""

from calendar import monthrange
from copy import copy

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from binhlu_portal.dates.partial_dates import PartialDateField
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import error_message
from binhlu_portal.db.field_rules import FieldRules, conditions, field_rules
from members.models import ChangeReport, DistinctPair, FeeBasis, Member
from organizations.choices import Kept, RoleKind
from organizations.models import Ancestry, Disposal, FormTitle, ImpossiblePair, Regulation, Role, Unit
from reports.form_templates.models import Blank, BlankCell, BlankFile
from reports.narrative.models import ReportOutline, ReportTemplate, ReportText
from reports.reporting_periods.closing.models import Closing, Frozen, FrozenFile
from reports.reporting_periods.models import Confirmation, ReportingPeriod
from tests.factories import make_user
from tests.members import test_triggers as of_members
from tests.organizations import test_triggers as of_organizations
from tests.proofs import APPS, DAY, records, update_in_bulk
from tests.reports import test_triggers as of_reports

VALID = {model: make for model, (make, _) in of_reports.ROWS.items() if make} | {
    Unit: lambda w: w.bare,
    Member: lambda w: w.mai,
    Regulation: lambda w: of_organizations.regulation("other"),
    FormTitle: lambda w: FormTitle.objects.first(),
    ImpossiblePair: lambda w: ImpossiblePair.objects.first(),
    Disposal: lambda w: Disposal(what=Kept.FILES, before=DAY, rows=1, day=DAY),
    Role: lambda w: make_user("vai", (RoleKind.LEADER, w.a)).roles.get(),
    FeeBasis: lambda w: of_members.basis(w.lan),
    ChangeReport: lambda w: of_members.change_report(w.lan, w.a),
    DistinctPair: lambda w: of_members.pair(*of_members.by_key(w.lan, w.hoa)),
    Blank: lambda w: Blank(unit=w.root, name="Biểu 12"),
    BlankFile: of_reports.blank_file,
    BlankCell: of_reports.blank_cell,
    ReportingPeriod: lambda w: of_reports.period(w.root),
    Confirmation: of_reports.confirmed,
    ReportTemplate: of_reports.report_template,
    ReportOutline: of_reports.report_outline,
    ReportText: lambda w: of_reports.text(of_reports.saved(of_reports.period(w.root))),
    Closing: of_reports.closing,
    Frozen: of_reports.frozen,
    FrozenFile: of_reports.frozen_file,
}
"""A valid row of each table, saved or not."""

FREE = {Ancestry: "nobody writes it but the database, which refuses any other hand"}

NO_DAYS = ("2026-02-30", "2026-13-01", "hôm nay")
LOOSE_DAYS = ("2026-1-5", "20260105")
"""Days that PostgreSQL reads and keeps as days, and that SQLite would keep as they are."""


def written_models():
    """Return the models of all tables of records that somebody writes."""
    return [model for model in apps.get_models() if model._meta.app_label in APPS and model not in FREE]


def broken_values(field):
    """Yield what is no value of a field; PostgreSQL itself knows which text is no day and which no number."""
    if not field.null:
        yield None
    if field.choices:
        yield "khong-co" if isinstance(field, models.CharField) else 31
    elif isinstance(field, PartialDateField):
        yield from (*NO_DAYS, *LOOSE_DAYS, "9998", "1899", "2026-00", "2023-02-29", "2026-03-")
    elif isinstance(field, models.DateField):
        is_time = isinstance(field, models.DateTimeField)
        days = ("1899-12-01", "2201-02-01", *NO_DAYS, *(LOOSE_DAYS if connection.vendor == "sqlite" else ()))
        yield from (f"{day} 00:00:00+00:00" if is_time else day for day in days)
        yield from [] if field.default == OPEN or is_time else ["9999-12-31"]
    elif isinstance(field, models.DecimalField):
        yield from (-1, 10**11)
    elif isinstance(field, models.IntegerField) and not field.is_relation:
        yield from (-1, 10**10, "nhiều", *((1, 1899, 2201) if field.name == "year" else ()))
    elif isinstance(field, models.BooleanField):
        yield from (7, "có thể")
    elif isinstance(field, models.CharField | models.TextField):
        yield from ("", "  ") if field.editable and not field.blank else ()
        yield from ["có dấu"] if isinstance(field, models.SlugField) else ()
        yield from ["x"] if any(hasattr(rule, "in_sql") for rule in field.validators) else ()
        yield from ["x" * (field.max_length + 1)] if field.max_length else ()


def tried(row):
    """Yield every broken value of every field of a row."""
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.AutoField | models.ForeignKey | models.BinaryField):
            yield from ((field, value) for value in broken_values(field))


def is_read_as_another(field, value):
    """Whether Django reads a value as one that the field may have: the first of May, however it is written."""
    try:
        return str(field.get_prep_value(value)) != str(value)
    except (ValidationError, ValueError):
        return False


def assert_refused(field, write):
    """Assert that the database refuses what is written, by the sentence of the field or as no value of its type."""
    with pytest.raises((DatabaseError, ValidationError, ValueError)) as caught, transaction.atomic():
        write()
    if isinstance(caught.value, IntegrityError):
        assert f"“{field.verbose_name}”" in error_message(caught.value), error_message(caught.value)


def insert_raw(row, field, value):
    """Write a copy of a row by plain SQL with another value in one column."""
    fields = [each for each in row._meta.concrete_fields if not each.primary_key]
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    values[fields.index(field)] = value
    columns, places = ", ".join(f'"{each.column}"' for each in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({places})", values)


def update_raw(row, field, value):
    """Write another value into one column of a row by plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {row._meta.db_table} SET "{field.column}" = %s WHERE id = %s', [value, row.pk])


def insert_in_bulk(row, field, value):
    """Write a copy of a row past its rules with another value in one field."""
    other = copy(row)
    other.pk = None
    setattr(other, field.attname, value)
    type(row)._base_manager.bulk_create([other])


def update_all(row, field, value):
    """Write another value into one field past its rules."""
    type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})


@pytest.mark.parametrize("model", written_models(), ids=lambda model: model.__name__)
def test_no_door_takes_a_value_that_is_none_of_its_field(model, world):
    row = VALID[model](world)
    if row.pk is None:
        row.save()
    before = records()
    for field, value in tried(row):
        doors = [insert_raw, update_raw]
        doors += [] if is_read_as_another(field, value) else [insert_in_bulk, update_all]
        for write in doors:
            assert_refused(field, lambda write=write, field=field, value=value: write(row, field, value))
    assert records() == before


def test_every_table_of_every_app_is_watched():
    watched = {rule.model for app in APPS for rule in field_rules(app)}
    assert watched == {*written_models(), *FREE}


def test_every_validator_of_a_field_is_known_to_the_database():
    rules = [rule for model in written_models() for field in model._meta.local_fields for rule in field.validators]
    own = [rule for rule in rules if not type(rule).__module__.startswith("django.")]
    assert own
    assert [rule for rule in own if not hasattr(rule, "in_sql")] == []


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("citizen_id", ["012345678901"], ["01234567890", "0123456789012", "01234567890x"]),
        ("card_number", ["12345678", "123456789012"], ["1234567", "123456789", "1234567x"]),
        (
            "profile_number",
            ["012345L", "012345LC", "012345ĐBC"],
            ["01234LC", "0123456L", "012345lc", "012345"],
        ),
    ],
)
def test_numbers_of_the_card_have_one_shape_for_forms_and_database(name, right, wrong, db):
    field = Member._meta.get_field(name)
    assert is_refused(field, [*right, *wrong]) == wrong
    for value in wrong:
        with pytest.raises(ValidationError):
            field.run_validators(value)
    for value in right:
        field.run_validators(value)


def test_every_sentence_names_its_field():
    for app in APPS:
        for rule in field_rules(app):
            for vendor in ("sqlite", "postgresql"):
                for field, _, sentence in rule.refused(vendor):
                    assert f"“{field.verbose_name}”" in sentence


def is_refused(field, values):
    """Return those of `values` that the rules of a field refuse."""
    refuse = " OR ".join(f"({condition})" for condition, _ in conditions(field, connection.vendor))
    found = []
    with connection.cursor() as cursor:
        for value in values:
            cursor.execute(
                f'SELECT CASE WHEN {refuse} THEN 1 ELSE 0 END FROM (SELECT CAST(%s AS text) AS "{field.column}") NEW',
                [value],
            )
            found += [value] if cursor.fetchone() == (1,) else []
    return found


def test_the_days_of_the_calendar_are_taken_and_no_others(db):
    months = [(year, month) for year in (1900, 2000, 2023, 2024) for month in range(14)]
    days = {f"{year}-{month:02}-{day:02}" for year, month in months for day in range(33)}
    known = {f"{year}-{month:02}-{day:02}" for year, month in months if 1 <= month <= 12
             for day in range(1, monthrange(year, month)[1] + 1)}  # fmt: skip
    assert set(is_refused(Member._meta.get_field("born_on"), days)) == days - known
    if connection.vendor == "sqlite":
        assert set(is_refused(Member._meta.get_field("card_issued_on"), days)) == days - known
    assert is_refused(Member._meta.get_field("born_on"), ["1900", "2099", "2026-01", "2026-12", "2099-12-31"]) == []


def test_what_was_written_before_a_rule_stays_and_can_be_changed_in_all_else(world):
    rule = FieldRules(Member)
    with connection.cursor() as cursor:
        for event in ("insert", "update"):
            where = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {rule.name}_{event}{where}")
        update_raw(world.lan, Member._meta.get_field("gender"), "x")
        for statement in rule.sql(connection.vendor):
            cursor.execute(statement)
    update_in_bulk(world.lan, note="khác")
    world.lan.refresh_from_db()
    assert (world.lan.gender, world.lan.note) == ("x", "khác")
    assert_refused(Member._meta.get_field("gender"), lambda: update_in_bulk(world.lan, gender="y"))
