"""Days of what has happened: a record never tells of a day after the one on which it is written.

Every day a record holds is such a day, unless its model names the field in `days_to_come`: a decision taken today may
hold from a later day, and say until when. So a field that is new is guarded without being named anywhere.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import models

from .partial_dates import PartialDate, PartialDateField
from .validity import OPEN


def may_be_to_come(field: models.Field) -> bool:
    """Whether the day of a field of a model may lie ahead."""
    return field.default == OPEN or field.name in getattr(getattr(field, "model", None), "days_to_come", ())


def happened_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Yield the fields of `model` that hold the day of something that has happened."""
    for field in model._meta.concrete_fields:
        is_day = isinstance(field, models.DateField | PartialDateField) and not isinstance(field, models.DateTimeField)
        if is_day and field.name not in getattr(model, "days_to_come", ()):
            yield field


def future_days(model: type[models.Model], values: Mapping[str, Any], today: date) -> dict[str, str]:
    """Return {field: sentence} of the `values` by which something would have happened after `today`.

    An open end is none; a day known in part is judged by the first it can mean.
    """
    names = [field.name for field in happened_fields(model)]
    return {name: still_to_come(today) for name in names if _first_day(values.get(name)) > today}


def still_to_come(today: date) -> str:
    """Return the sentence about a day that lies after `today`."""
    return f"Ngày này còn ở phía trước: ghi ngày không sau hôm nay {today:%d/%m/%Y}."


def _first_day(value):
    """Return the first day a value can mean; the first of all days for none, for an open end and for no date at all."""
    if isinstance(value, PartialDate):
        return value.first_day
    return value if isinstance(value, date) and value != OPEN else date.min
