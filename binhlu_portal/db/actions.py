"""What all verbs share: they happen whole or not at all, and refuse with a sentence a person can act on."""

import functools
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from .triggers import NoOverlap


class Refusal(ValidationError):
    """The verb cannot be done; the message says in Vietnamese why and what to do. Nothing was written."""


@dataclass(frozen=True)
class Decision:
    """The written decision a change rests on."""

    number: str = ""
    day: date | None = None

    @property
    def fields(self):
        """The model fields that keep it."""
        return {"decision_number": self.number, "decision_date": self.day}


NO_DECISION = Decision()


def action(function):
    """Make `function` atomic; what the database refuses becomes a `Refusal` too."""

    @functools.wraps(function)
    def run(**kwargs):
        try:
            with transaction.atomic():
                return function(**kwargs)
        except IntegrityError as error:
            raise Refusal(sentence(error)) from error

    return run


def _first_line(error):
    """Return the sentence of a database error without its context lines."""
    return str(error).strip().splitlines()[0]


def sentence(error):
    """Return the Vietnamese sentence of the rule that a database error is about, or else what the database says."""
    said = _first_line(error)
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or said
    known = NoOverlap.messages.get(broken) or _constraint_sentences().get(broken)
    return known or (f"Cơ sở dữ liệu không nhận thay đổi này: {said}" if said.isascii() else said)


@functools.cache
def _constraint_sentences():
    """Return the sentences of all constraints by what the databases call them when they are broken.

    PostgreSQL gives the name; SQLite its own words around it, or around the columns of a unique constraint.
    """
    found = {}
    for model in apps.get_models():
        for rule in model._meta.constraints:
            columns = [model._meta.get_field(name).column for name in getattr(rule, "fields", ())]
            places = ", ".join(f"{model._meta.db_table}.{column}" for column in columns) or f"index '{rule.name}'"
            for words in (rule.name, f"CHECK constraint failed: {rule.name}", f"UNIQUE constraint failed: {places}"):
                found[words] = str(rule.violation_error_message)
    return found


def create(model, **fields):
    """Save a new row after asking all its rules; a broken rule raises `ValidationError` with its Vietnamese message."""
    row = model(**fields)
    row.full_clean()
    row.save(force_insert=True)
    return row


def change(row, **fields):
    """Change `fields` of a saved row after asking all its rules; after a refusal `row` is what it was."""
    before = {name: getattr(row, name) for name in fields}
    try:
        _set(row, fields)
        row.full_clean()
        row.save(update_fields=[*fields])
    except (ValidationError, IntegrityError):
        _set(row, before)
        raise
    return row


@action
def correct(*, row, **fields):
    """Put right what is wrong in a saved row; what was there stays in the history."""
    return change(row, **fields)


@action
def remove(*, row):
    """Delete a row that was written by mistake; the history keeps it."""
    row.delete()


def _set(row, fields):
    for name, value in fields.items():
        setattr(row, name, value)


class Rollback(Exception):
    """Ends a dry run: raised inside the transaction, so that nothing stays written."""
