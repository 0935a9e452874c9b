"""Row locks (pessimistic locking): the rows that an action decides on are locked and read again in its transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

_HELD: ContextVar[frozenset | None] = ContextVar("held", default=None)
"""Rows that the action under way holds, as (model, key); None while there is none."""


class Refusal(ValidationError):
    """Refusal: the action cannot be done; the message says in Vietnamese why and what to do. Nothing was written."""


GONE = "Bản ghi này vừa được người khác xóa hoặc thay: mở lại trang rồi xem bản ghi hiện có."


@contextmanager
def held(given: Any) -> Iterator[None]:
    """Lock and read again, in place, the saved rows in what an action is `given`, but for those it holds already.

    Rows stand alone or in collections and mappings. They are locked in one order, so that two actions wait for each
    other and never both. Raises Refusal when one is no more.
    """
    before = _HELD.get()
    rows = [row for row in _rows(given) if _key(row) not in (before or ())]
    _read_again(rows)
    token = _HELD.set((before or frozenset()) | {_key(row) for row in rows})
    try:
        yield
    except BaseException:
        _HELD.reset(token)  # the savepoint lets its locks go
        raise
    if before is None:
        _HELD.reset(token)


def _key(row):
    return row._meta.concrete_model, row.pk


def _rows(given):
    """Return the saved rows in what an action is given."""
    if isinstance(given, models.Model):
        return [] if given._state.adding else [given]
    if isinstance(given, Mapping):
        return [row for pair in given.items() for part in pair for row in _rows(part)]
    if isinstance(given, Collection) and not isinstance(given, str | bytes | models.QuerySet):
        return [row for part in given for row in _rows(part)]
    return []


def _read_again(rows):
    """Lock rows and read them again, each model in one statement."""
    by_model = defaultdict(list)
    for row in rows:
        by_model[row._meta.concrete_model].append(row)
    for model in sorted(by_model, key=lambda model: model._meta.label):
        loaded = {name for row in by_model[model] for name in _loaded(row)}
        locked = model._base_manager.select_for_update(no_key=True, of=("self",)).order_by("pk").only(*loaded)
        found = locked.in_bulk({row.pk for row in by_model[model]})
        for row in by_model[model]:
            if row.pk not in found:
                raise Refusal(GONE)
            _take_over(row, found[row.pk])


def _loaded(row):
    """Return the fields that a row was read with."""
    deferred = row.get_deferred_fields()
    return [field.attname for field in row._meta.concrete_fields if field.attname not in deferred]


def _take_over(row, found):
    """Give a row what the database has; what it knew of others is asked for again when it is needed."""
    for name in _loaded(row):
        setattr(row, name, getattr(found, name))
    row._state.fields_cache.clear()
    getattr(row, "_prefetched_objects_cache", {}).clear()
