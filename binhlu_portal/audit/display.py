"""History in words: which record, which of its fields, what stood there and what stands there now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.utils.text import Truncator

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.text.vietnamese import NOTHING, clock, day

from .models import Action, Entry

ABOUT = ("member_id", "unit_id", "user_id")
"""The columns that say whom or what a record is about, the first one found."""

BESIDE = "Ngoài hệ thống"
"""Who wrote what was written beside the portal."""

LONGEST_VALUE = 60
"""So many letters of a value a sentence tells; the history tells the rest."""

YES_NO = ("Không", "Có")
"""What a boolean is called, false first."""


@dataclass(frozen=True)
class FieldChange:
    """Field change of a record, before and after, in words."""

    label: str
    before: str
    after: str

    def __str__(self):
        before, after = (Truncator(value).chars(LONGEST_VALUE) for value in (self.before, self.after))
        return f"{self.label}: {before} → {after}"


@dataclass(frozen=True)
class HistoryLine:
    """History entry in words: the kind of record, whom it is about, and what changed in it."""

    entry: Entry
    kind: str
    about: str
    changes: tuple[FieldChange, ...]

    def __str__(self):
        """Return it as a sentence: what was done to what, from what to what, who did it and when."""
        done = f"{self.entry.get_action_display()} {self.kind}{self.about and f': {self.about}'}"
        if self.entry.action == Action.CHANGED and self.changes:
            done = f"{done} – {'; '.join(map(str, self.changes))}"
        return f"{done} ({self.entry.user or BESIDE}, {clock(self.entry.at)})"


@cache
def model_of(table: str) -> type[models.Model] | None:
    """Model whose records are in `table`, or None for a table that is no more."""
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def fields_by_column(model: type[models.Model]) -> dict[str, models.Field]:
    """Model fields by the name of their column: {column: field}."""
    return {field.column: field for field in model._meta.concrete_fields}


def subject_column(row: dict[str, Any]) -> str | None:
    """Column of a row of the history that says whom or what it is about; None where it is about itself."""
    return next((column for column in ABOUT if row.get(column)), None)


def own_fields(model: type[models.Model] | models.Model) -> list[models.Field]:
    """Editable fields of a model (or of a record): those that people fill in, links among them."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


def lines(entries: Iterable[Entry]) -> list[HistoryLine]:
    """History lines: `entries` in words; names are read in few statements, however many there are."""
    entries = [entry for entry in entries if model_of(entry.table)]
    names = _names(entries)
    return [_line(entry, names) for entry in entries]


def in_words(field: models.Field, value: Any, names: dict[tuple[type[models.Model], Any], str] | None = None) -> str:
    """Display value: a stored value of `field` as people read it; `names` are those of `record_names` for links."""
    if value is None or value == "":
        return NOTHING
    if field.remote_field:
        return (names or {}).get((field.related_model, value)) or str(value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return YES_NO[value]
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        value = value if isinstance(value, date) else date.fromisoformat(value)
        return "chưa kết thúc" if value == OPEN else day(value)
    if isinstance(field, models.DateTimeField):
        return clock(from_history(field, value))
    return str(field.to_python(value))


def from_history(field: models.Field, value: Any) -> Any:
    """Deserialise a value of `field` from the JSON of the history; SQLite keeps times in UTC without saying so."""
    value = field.to_python(value) if value is not None else None
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def record_names(wanted: set[tuple[type[models.Model], Any]]) -> dict[tuple[type[models.Model], Any], str]:
    """Names of records: {(model, pk): name} for `wanted`, a set of such pairs.

    Models that say by `called` what their records are called are asked for in one statement; each of the few others is
    asked for by itself, and its records are called what `str` says.
    """
    keys = defaultdict(set)
    for model, pk in wanted:
        keys[model].add(pk)
    parts, found, models = [], [], {model._meta.label: model for model in keys}
    for label, model in models.items():
        rows = model._default_manager.order_by().filter(pk__in=keys[model])
        if hasattr(model, "called"):
            parts.append(rows.values_list(Value(label), "pk", _called(model)))
        else:
            found += [(label, row.pk, str(row)) for row in rows]
    found += parts[0].union(*parts[1:], all=True) if parts else []
    return {(models[label], pk): name for label, pk, name in found}


def _called(model):
    return F(model.called) if isinstance(model.called, str) else model.called()


def change_counts(entries: Iterable[Entry]) -> list[tuple[str, str, int]]:
    """Summary of `entries`: how many records of each kind they create, change and delete, [(kind, action, count)]."""
    counts = defaultdict(int)
    for entry in entries:
        counts[model_of(entry.table)._meta.verbose_name, Action(entry.action).label] += 1
    return [(kind, action, count) for (kind, action), count in counts.items()]


def _names(entries):
    """Return what the records are called at which `entries` point, those too that the same entries have deleted."""
    wanted, gone = set(), {}
    for entry in entries:
        fields = fields_by_column(model_of(entry.table))
        if entry.action == Action.DELETED:
            gone[model_of(entry.table), entry.row] = entry.before.get("full_name") or entry.before.get("code")
        for values in filter(None, (entry.before, entry.after)):
            wanted |= {
                (fields[column].related_model, value)
                for column, value in values.items()
                if column in fields and fields[column].remote_field and value is not None
            }
    return {key: name for key, name in gone.items() if name} | record_names(wanted)


def _line(entry, names):
    model = model_of(entry.table)
    fields, row = fields_by_column(model), entry.after or entry.before
    about = subject_column(row)
    shown = entry.changes if entry.action == Action.CHANGED else {c: v for c, v in entry.changes.items() if any(v)}
    return HistoryLine(
        entry,
        str(model._meta.verbose_name),
        in_words(fields[about], row[about], names) if about else str(row.get("full_name") or row.get("code") or ""),
        tuple(
            FieldChange(str(fields[column].verbose_name), *(in_words(fields[column], value, names) for value in values))
            for column, values in shown.items()
            if column in fields and fields[column].editable and not fields[column].primary_key and column != about
        ),
    )
