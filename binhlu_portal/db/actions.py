"""Actions: atomic, keyword-only functions that write records, and what they share; a refusal is a sentence to read."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from .outages import refused_while_busy
from .row_locks import Refusal, held
from .rules_in_place import refuse_without_rules
from .triggers import NoOverlap


@dataclass(frozen=True)
class Decision:
    """Decision document a change rests on: its number and the day it was signed."""

    number: str = ""
    day: date | None = None

    @property
    def fields(self) -> dict[str, str | date | None]:
        """Model fields of `Decided` that keep it: {name: value}."""
        return {"decision_number": self.number, "decision_date": self.day}


NO_DECISION = Decision()

Params = ParamSpec("Params")
Result = TypeVar("Result")
Row = TypeVar("Row", bound=models.Model)


def action(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """Decorator of actions: one transaction around `function`; what the database refuses becomes a `Refusal` too.

    The saved rows it is given are locked and read again first: it decides on what they are, not on what they were when
    a page was opened. Raises Refusal when one is no more, the database lacks rules or is kept by another writer.
    """

    @functools.wraps(function)
    def run(**kwargs):
        refuse_without_rules()
        try:
            with refused_while_busy(), transaction.atomic(), held(kwargs):
                return function(**kwargs)
        except IntegrityError as error:
            raise Refusal(error_message(error)) from error

    return run


def _first_line(error):
    """Return the sentence of a database error without its context lines."""
    return str(error).strip().splitlines()[0]


def error_message(error: IntegrityError) -> str:
    """Error message in Vietnamese of the constraint or trigger that was broken, else what the database says."""
    said = _first_line(error)
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or said
    known = NoOverlap.messages.get(broken) or _constraint_sentences().get(broken)
    return known or (f"Cơ sở dữ liệu không nhận thay đổi này: {said}" if said.isascii() else said)


def leaves_no_room(error: IntegrityError) -> bool:
    """Whether a row was refused because of others of its kind: it is there already, or another holds on its days."""
    if code := getattr(error.__cause__, "pgcode", None):
        return code in ("23505", "23P01")
    said = _first_line(error)
    return said.startswith("UNIQUE") or said in NoOverlap.messages.values()


@functools.cache
def _constraint_sentences():
    """Return the sentences of all constraints and unique fields by what the databases call them when they are broken.

    PostgreSQL gives the name; SQLite its own words around it, or around the columns of a unique constraint.
    """
    found = {}
    for model in apps.get_models():
        for rule in model._meta.constraints:
            columns = [model._meta.get_field(name).column for name in getattr(rule, "fields", ())]
            places = ", ".join(f"{model._meta.db_table}.{column}" for column in columns) or f"index '{rule.name}'"
            for words in (rule.name, f"CHECK constraint failed: {rule.name}", f"UNIQUE constraint failed: {places}"):
                found[words] = str(rule.violation_error_message)
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key:
                table, (said,) = model._meta.db_table, model().unique_error_message(model, (field.name,)).messages
                for words in (f"{table}_{field.column}_key", f"UNIQUE constraint failed: {table}.{field.column}"):
                    found[words] = said
    return found


def create(model: type[Row], **fields: Any) -> Row:
    """Insert a new row after validating it (`full_clean`). Raises ValidationError with a Vietnamese message."""
    row = model(**fields)
    _save_valid(row, force_insert=True)
    return row


def change(row: Row, **fields: Any) -> Row:
    """Update `fields` of a saved row after validating it (`full_clean`); after a refusal `row` is what it was.

    Raises ValidationError with a Vietnamese message.
    """
    before = {name: getattr(row, name) for name in fields}
    try:
        _set(row, fields)
        _save_valid(row, update_fields=[*fields])
    except (ValidationError, IntegrityError):
        _set(row, before)
        raise
    return row


def _save_valid(row, **how):
    """Save a row that is valid; whoever is refused is told of every broken rule.

    The database holds its constraints itself and is asked about them only to tell which are broken: Django sends three
    statements for each, and most rows break none.
    """
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError:
        row.full_clean()
        raise
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError:
        row.validate_constraints()
        raise


@action
def correct(*, row: Row, **fields: Any) -> Row:
    """Correct what is wrong in a saved row; what was there stays in the history.

    Raises ValidationError for a broken rule.
    """
    return change(row, **fields)


@action
def remove(*, row: models.Model) -> None:
    """Delete a row that was written by mistake; the history keeps it. Raises Refusal when other rows rest on it."""
    row.delete()


def _set(row, fields):
    for name, value in fields.items():
        setattr(row, name, value)


class Rollback(Exception):
    """Ends a dry run: raised inside the transaction, so that nothing stays written."""
