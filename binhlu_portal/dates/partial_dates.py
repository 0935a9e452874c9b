"""Partial dates, known to the day, the month or only the year: "vào Đảng tháng 12-1946", or just a year of birth.

Nothing is invented: what is known is kept as the beginning of an ISO date, "1956", "1956-03" or "1956-03-21". As plain
text these compare like calendar days when each stands for its first day.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import lookups
from django.db.models.expressions import ExpressionList

from binhlu_portal.dates.arithmetic import last_of_month
from binhlu_portal.db.statements import of_parameters
from binhlu_portal.text.vietnamese import clean

ISO = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
SEPARATOR = re.compile(r"\s*[-/.]\s*")
YEARS = range(1900, 2100)
WRONG_YEAR = f"Năm phải từ {YEARS[0]} đến {YEARS[-1]}."
LONGEST = 250  # letters; whoever types more means no date, and nobody looks for one in a whole page
NO_SUCH_DAY = "Không có ngày"
HOW_TO_TYPE = "Ghi ngày dạng 21/03/1956; chỉ biết tháng thì ghi 03/1956, chỉ biết năm thì ghi 1956."


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """Partial date: a year, a month or a day of the calendar, held by its ISO text.

    The order is that of the text: a year comes before its months and a month before its days. Anything that is no part
    of the calendar raises ValueError with a sentence for the user.
    """

    iso: str

    def __post_init__(self):
        if not ISO.fullmatch(self.iso):
            raise ValueError(HOW_TO_TYPE)
        try:
            _ = self.first_day
        except ValueError:
            raise ValueError(f"{NO_SUCH_DAY} {self} trên lịch. {HOW_TO_TYPE}") from None

    @classmethod
    def of(cls, date: datetime.date) -> Self:
        """Return the day `date`."""
        return cls(date.isoformat()[:10])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse what people type: 21/3/1956, 21-03-1956, 21.3.1956, 3/1956, 1956, or the year first.

        Years from 1900 to 2099 are taken, others are slips of the pen. Raises ValueError with what to type instead.
        """
        if len(text.strip()) > LONGEST:
            raise ValueError(HOW_TO_TYPE)
        parts = SEPARATOR.split(clean(text))
        if len(parts[0]) != 4:
            parts.reverse()
        value = cls("-".join(part.zfill(2) for part in parts))
        if value.year not in YEARS:
            raise ValueError(f"{WRONG_YEAR} {HOW_TO_TYPE}")
        return value

    @property
    def year(self) -> int:
        """The year, always known."""
        return int(self.iso[:4])

    @property
    def month(self) -> int | None:
        """The month, or None."""
        return int(self.iso[5:7]) if len(self.iso) > 4 else None

    @property
    def day(self) -> int | None:
        """The day of the month, or None."""
        return int(self.iso[8:]) if len(self.iso) > 7 else None

    @property
    def precision(self) -> str:
        """Precision: how much is known, "year", "month" or "day"."""
        return ("year", "month", "day")[self.iso.count("-")]

    @property
    def first_day(self) -> datetime.date:
        """The first calendar day it can mean; figures count from it."""
        return datetime.date.fromisoformat(self.iso + "-01-01"[len(self.iso) - 4 :])

    @property
    def last_day(self) -> datetime.date:
        """The last calendar day it can mean; what is impossible on that day is impossible on all of them."""
        if self.day:
            return self.first_day
        return last_of_month(self.first_day.replace(month=self.month or 12))

    def __str__(self):
        return "/".join(reversed(self.iso.split("-")))


def completed_years(born: PartialDate, on: datetime.date) -> int:
    """Age in completed years on the date `on` of someone born on the partial date `born`.

    A birthday on 29 February comes on 1 March in common years.
    """
    first = born.first_day
    return on.year - first.year - ((on.month, on.day) < (first.month, first.day))


@of_parameters
def born_by(on: datetime.date, years: int) -> str:
    """Age limit: last ISO birth date of those who have completed `years` on `on`, to compare `born_on__lte` with."""
    try:
        return on.replace(year=on.year - years).isoformat()
    except ValueError:  # 29 February, in a common year
        return on.replace(year=on.year - years, day=28).isoformat()


class PartialDateFormField(forms.CharField):
    """Form field of partial dates as people type them; an empty field gives None."""

    def __init__(self, *, help_text="", read=None, **kwargs):
        super().__init__(help_text=help_text or HOW_TO_TYPE, **kwargs)
        self.widget.attrs["inputmode"] = "numeric"  # 11031956, 031956, 1956 need no strokes
        self.read, self.today = read, None

    def set_choices(self, form: forms.Form) -> None:
        """Know today, for years of two digits."""
        self.today = form.today

    def to_python(self, value: str | None) -> PartialDate | None:
        """Return the PartialDate typed."""
        text = super().to_python(value)
        if not text or self.read is None:
            return _read(text)
        try:
            return self.read(text, self.today)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class PartialDateField(models.CharField):
    """Model field of partial dates, NULL when nothing is known.

    Lookups take a date, a PartialDate or text. `__lt`, `__lte`, `__gt`, `__gte` and `__range` compare first days;
    `__exact` also asks for the same precision. Validators are given the ISO text. `read` is the reader of what people
    type, by whatever door.
    """

    description = "Date known to the year, month or day"

    def __init__(self, *args, read=None, **kwargs):
        super().__init__(*args, **{**kwargs, "max_length": 10})
        self.read = read

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        """Leave out the length, which is always the same."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Ask PostgreSQL to compare by byte, as SQLite does; other collations pass over the hyphens."""
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": "C"} if connection.vendor == "postgresql" else parameters

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> PartialDate | None:
        """Return the PartialDate stored."""
        return PartialDate(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        """Return the PartialDate meant by a date or by typed text."""
        return _read(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Return the ISO text; one that a query computed may lie outside the years that people can type."""
        if isinstance(value, str) and ISO.fullmatch(value):
            return PartialDate(value).iso
        value = self.to_python(value)
        return value.iso if value else None

    def run_validators(self, value: PartialDate | None) -> None:
        """Give validators the text, whose length they may measure."""
        super().run_validators(value.iso if value else value)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the ISO text for fixtures."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return a field that lets people type spaces and other separators."""
        return super().formfield(
            **{"form_class": PartialDateFormField, "read": self.read, "max_length": None, **kwargs}
        )


@PartialDateField.register_lookup
class OnOrAfter(lookups.GreaterThanOrEqual):
    """Lookup `__gte`: the month 1956-03 begins on 1956-03-01, though its text is the smaller."""

    def get_prep_lookup(self) -> Any:
        """Return the least text whose first day is the one given."""
        return _shortest(super().get_prep_lookup())


@PartialDateField.register_lookup
class Before(lookups.LessThan):
    """Lookup `__lt`: what `__gte` is not."""

    def get_prep_lookup(self) -> Any:
        """Return the least text whose first day is the one given."""
        return _shortest(super().get_prep_lookup())


@PartialDateField.register_lookup
class Between(lookups.Range):
    """Lookup `__range`: from the first day given to the last, both included."""

    def get_prep_lookup(self) -> list | ExpressionList:
        """Return the two texts to compare with."""
        found = super().get_prep_lookup()
        if isinstance(found, ExpressionList):
            first, last = found.get_source_expressions()
            return ExpressionList(_shortest(first), last)
        return [_shortest(found[0]), found[1]]


def _read(value):
    """Return the PartialDate meant by `value`, None when it is blank; a ValidationError says what to type."""
    if value is None or value == "" or isinstance(value, PartialDate):
        return value or None
    if isinstance(value, datetime.date):
        return PartialDate.of(value)
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error


@of_parameters
def _shortest(day):
    """Return the shortest ISO text with the same first day; expressions pass through."""
    iso = day.isoformat() if isinstance(day, datetime.date) else day
    return iso.removesuffix("-01").removesuffix("-01") if isinstance(iso, str) else iso
