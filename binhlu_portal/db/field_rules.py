"""Field rules: triggers made from the models, that refuse what is no value of its field, whatever wrote the row.

A code that is not in the list, nothing where something must be written, a number or a year out of all bounds, text that
is no day of the calendar: forms refuse these, and so must the database refuse them to bulk writers and to plain SQL.
SQLite itself takes any text as a date. Rows that are written already stay, and may be changed in everything else.
"""

import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.validators import MinValueValidator
from django.db import models

from binhlu_portal.dates.partial_dates import YEARS, PartialDateField
from binhlu_portal.dates.validity import OPEN

from .triggers import changed, trigger

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""What is recorded lies within these years, whole ones included; others are slips of the pen."""

GREATEST = {models.PositiveSmallIntegerField: 32767, models.PositiveIntegerField: 2147483647}
"""The greatest numbers that PostgreSQL keeps; SQLite would take any."""

KNOWN_OTHERWISE = (models.ForeignKey, models.BinaryField, models.AutoField, models.JSONField)
"""Fields of which the database refuses by itself what is no value of theirs: no row with this key, no JSON; bytes are
bytes.
"""

IN_SLUG = string.ascii_letters + string.digits + "-_"
"""What a code consists of that stands in addresses."""


def in_sql(refuse: str, wrong: str) -> Callable[[Callable], Callable]:
    """Decorator of validators of text: what the database refuses alike, a condition over `{value}`, and what is wrong.

    It must suit both databases. Text that may be empty is asked only where there is some.
    """

    def mark(validate):
        validate.in_sql = refuse, wrong
        return validate

    return mark


@dataclass(frozen=True)
class FieldRules:
    """Trigger that refuses a row with a value that is none of its field; its sentence names the field.

    On PostgreSQL it comes before locks and guards, which go by the alphabet.
    """

    model: type[models.Model]

    @property
    def table(self) -> str:
        """The table it watches."""
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        """Name of the trigger."""
        return f"a_fields_{self.table}"

    def refused(self, vendor: str) -> Iterator[tuple[models.Field, str, str]]:
        """Yield each field with an SQL condition over NEW that refuses the row, and its sentence."""
        for field in self.model._meta.local_concrete_fields:
            for condition, wrong in conditions(field, vendor) if not field.primary_key else ():
                yield field, condition, f"Mục “{field.verbose_name}” {wrong}."

    def sql(self, vendor: str) -> list[str]:
        """Return the statements that put the rule in place; a changed row is judged by the columns that change."""
        found = []
        for event in ("INSERT", "UPDATE"):
            cases = [
                (f"{changed(vendor, field.column)} AND ({refuse})" if event == "UPDATE" else refuse, sentence)
                for field, refuse, sentence in self.refused(vendor)
            ]
            found += trigger(vendor, self.name, self.table, "BEFORE", event, self.body(vendor, cases))
        return found

    def body(self, vendor: str, cases: list[tuple[str, str]]) -> str:
        """Return what the trigger does: the first case that holds is told."""
        if vendor == "postgresql":
            told = f"USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}', MESSAGE ="
            raised = (f"IF ({refuse}) THEN RAISE EXCEPTION {told} {quoted(said)}; " for refuse, said in cases)
            return "ELS".join(raised) + "END IF;"
        raised = (f"WHEN {refuse} THEN RAISE(ABORT, {quoted(said)})" for refuse, said in cases)
        return f"SELECT CASE {' '.join(raised)} END;"


def field_rules(app: str) -> list[FieldRules]:
    """Return the field rules of all tables of an app."""
    return [FieldRules(model) for model in apps.get_app_config(app).get_models()]


def conditions(field: models.Field, vendor: str) -> Iterator[tuple[str, str]]:
    """Yield the SQL conditions over NEW that refuse a value of `field`, each with what is wrong then."""
    value = f'NEW."{field.column}"'
    if not field.null:
        yield f"{value} IS NULL", "không được để trống"
    if isinstance(field, models.CharField | models.TextField) and field.editable and not field.blank:
        yield f"TRIM({value}) = ''", "không được để trống"
    for refuse, wrong in (rule.in_sql for rule in field.validators if hasattr(rule, "in_sql")):
        yield f"{value} <> '' AND ({refuse.format(value=value)})", wrong
    if field.choices:
        codes = [code for code, _ in field.flatchoices] + [""] * (field.blank and field.empty_strings_allowed)
        yield f"{value} NOT IN ({', '.join(map(quoted, codes))})", "có mã không có trong danh mục: chọn lại"
    elif not isinstance(field, KNOWN_OTHERWISE):
        yield from next(rules for kind, rules in BY_TYPE.items() if isinstance(field, kind))(field, value, vendor)


def of_text(field, value, vendor):
    """Yield what refuses text: more than there is room for."""
    if field.max_length:
        yield f"LENGTH({value}) > {field.max_length}", f"dài quá {field.max_length} chữ"


def of_slug(field, value, vendor):
    """Yield what refuses a code that stands in addresses."""
    yield f"LTRIM({value}, '{IN_SLUG}') <> ''", "chỉ gồm chữ không dấu, chữ số, dấu gạch ngang và gạch dưới"
    yield from of_text(field, value, vendor)


def of_partial_date(field, value, vendor):
    """Yield what refuses a day known in part."""
    if vendor == "postgresql":
        last = f"to_char(CAST(SUBSTR({value}, 1, 7) || '-01' AS date) + interval '1 month - 1 day', 'DD')"
        is_none = (
            f"CASE WHEN {value} !~ '^[0-9]{{4}}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$' THEN TRUE "
            f"WHEN LENGTH({value}) = 10 THEN SUBSTR({value}, 9) > {last} ELSE FALSE END"
        )
    else:
        first = f"SUBSTR({value} || '-01-01', 1, 10)"
        is_none = f"{value} IS NOT NULL AND (LENGTH({value}) NOT IN (4, 7, 10) OR {on_calendar(first)} IS NOT {first})"
    bounds = f"{value} < '{YEARS[0]}' OR {value} >= '{YEARS.stop}'"
    yield f"{is_none} OR {bounds}", f"không phải là ngày, tháng hoặc năm trên lịch từ {YEARS[0]} đến {YEARS[-1]}"


def on_calendar(text):
    """Return SQLite's expression for the day that text means: only after reckoning is 30 February the 2nd of March."""
    return f"date({text}, '+0 days')"


def of_day(field, value, vendor):
    """Yield what refuses a day, or a time, which begins with one; an end that is not known may be open."""
    day = f"SUBSTR({value}, 1, 10)" if isinstance(field, models.DateTimeField) else value
    is_none = f"{on_calendar(value)} IS NOT {day} OR " if vendor == "sqlite" else ""
    bounds = f"({value} < '{FIRST_YEAR}-01-01' OR {value} >= '{LAST_YEAR + 1}-01-01')"
    may_be_open = f" AND {value} <> '{OPEN.isoformat()}'" if field.default == OPEN else ""
    yield f"{is_none}{bounds}{may_be_open}", f"không phải là ngày trên lịch từ năm {FIRST_YEAR} đến năm {LAST_YEAR}"


def of_whole_number(field, value, vendor):
    """Yield what refuses a whole number; a year has bounds of its own."""
    if field.name == "year":
        least, most = FIRST_YEAR, LAST_YEAR
    else:
        least = max([0, *(rule.limit_value for rule in field.validators if isinstance(rule, MinValueValidator))])
        most = GREATEST[type(field)]
    is_none = f"typeof({value}) <> 'integer' AND {value} IS NOT NULL OR " if vendor == "sqlite" else ""
    yield f"{is_none}{value} NOT BETWEEN {least} AND {most}", f"phải là số nguyên từ {least} đến {most}"


def of_amount(field, value, vendor):
    """Yield what refuses a number with decimals; on PostgreSQL “not a number” is greater than all others."""
    most = "9" * (field.max_digits - field.decimal_places)
    is_none = f"typeof({value}) NOT IN ('integer', 'real', 'null') OR " if vendor == "sqlite" else ""
    yield f"{is_none}{value} NOT BETWEEN 0 AND {most}.99", f"phải là số từ 0 đến {most}"


def of_answer(field, value, vendor):
    """Yield what refuses an answer that is neither yes nor no."""
    yield f"{value} NOT IN (TRUE, FALSE)", "chỉ ghi có hoặc không"


BY_TYPE = {
    PartialDateField: of_partial_date,
    models.SlugField: of_slug,
    models.CharField: of_text,
    models.TextField: of_text,
    models.DateField: of_day,
    **dict.fromkeys(GREATEST, of_whole_number),
    models.DecimalField: of_amount,
    models.BooleanField: of_answer,
}
"""The rules of each type of field; a field of a type that is not here stops the installation."""


def quoted(value: str | int) -> str:
    """Return text, or a number, as SQL has it."""
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
