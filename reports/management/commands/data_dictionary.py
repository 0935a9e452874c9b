"""`manage.py data_dictionary`: every table of records with its fields and rules, in Markdown, read from the models.

`docs/data-dictionary.md` is its output; a test compares the two.
"""

import importlib
import inspect

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models
from django.db.models.fields import NOT_PROVIDED

from binhlu_portal.dates.partial_dates import PartialDateField
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.field_rules import FIRST_YEAR, LAST_YEAR
from binhlu_portal.db.triggers import GuardedAppConfig

HEADINGS = ("Column", "Label", "Type", "Required", "More")

TYPES = {
    models.ForeignKey: lambda field: f"→ `{field.related_model._meta.db_table}`",
    PartialDateField: lambda field: "date, known to the day, month or year: `1956-03-21`, `1956-03`, `1956`",
    models.BinaryField: lambda field: "bytes",
    models.BooleanField: lambda field: "yes or no",
    models.DateTimeField: lambda field: "date and time",
    models.DateField: lambda field: "date",
    models.DecimalField: lambda field: f"number, {field.max_digits} digits, {field.decimal_places} after the point",
    models.JSONField: lambda field: "JSON",
    models.IntegerField: lambda field: "whole number",
    models.TextField: lambda field: "text",
    models.UUIDField: lambda field: "UUID",
    models.CharField: lambda field: f"text, at most {field.max_length}",
}
"""How the type of a field is said; the first kind that fits counts, so special kinds stand before general ones."""

INTRODUCTION = f"""# Data dictionary

Made by `manage.py data_dictionary` from the models; do not edit by hand. Labels are what users read. A period begins on
`started_on` and ends the day before `ended_on`; one that has not ended holds {OPEN:%d/%m/%Y} there. Rules are kept by
the database itself and given as the sentence that a user reads when one is broken. Beside them it keeps every column to
its type, its length and its code list, days and years from {FIRST_YEAR} to {LAST_YEAR}, numbers from 0 up; text that is
needed is not empty."""


class Command(BaseCommand):
    """Print the data dictionary."""

    help = "In từ điển dữ liệu (Markdown): các bảng, trường và quy tắc."

    def handle(self, **options):
        """Print every app that keeps records, in the order in which they build on each other."""
        kept = [app for app in apps.get_app_configs() if isinstance(app, GuardedAppConfig)]
        guards = [guard for app in kept for guard in importlib.import_module(f"{app.name}.triggers").GUARDS]
        self.stdout.write(INTRODUCTION)
        for app in kept:
            self.stdout.write(f"\n## {app.label} – {app.verbose_name}\n\n{meaning(type(app))}")
            for model in app.get_models():
                self.stdout.write("\n" + "\n".join(described(model, guards)))


def described(model, guards):
    """Return the lines about one table: what a row stands for, its columns, code lists and rules."""
    meta = model._meta
    fields = meta.concrete_fields
    codes = [f"- `{field.column}`: {choices(field)}" for field in fields if field.choices]
    rules = [f"- {rule}" for rule in broken_rules(model, guards)]
    title = "" if unnamed(meta.verbose_name, meta.model_name) else f" – {meta.verbose_name}"
    return [
        f"### {meta.object_name}{title}",
        "",
        f"`{meta.db_table}`. {meaning(model)}",
        "",
        line(HEADINGS),
        line(["---"] * len(HEADINGS)),
        *(line(column(field)) for field in fields),
        *(["", "Code lists:", "", *codes] if codes else []),
        *(["", "Rules:", "", *rules] if rules else []),
    ]


def column(field):
    """Return the cells of the row about one field."""
    label = "" if unnamed(field.verbose_name, field.name) else field.verbose_name
    more = ["unique"] * (field.unique and not field.primary_key)
    if field.default not in (NOT_PROVIDED, OPEN, "", False) and not callable(field.default):
        more.append(f"usually `{field.get_prep_value(field.default)}`")
    if not field.editable:
        more.append("written by the portal")
    if field.help_text:
        more.append(str(field.help_text))
    needed = field.editable and not (field.null or field.blank or field.has_default())
    return f"`{field.column}`", label, kind(field), "yes" if needed else "", "; ".join(more)


def kind(field):
    """Return the type of a field in words."""
    if isinstance(field, models.AutoField):
        return "number of the row"
    return next(say for kind, say in TYPES.items() if isinstance(field, kind))(field)


def choices(field):
    """Return the codes a field may hold with their labels."""
    return "; ".join(f"`{code}` {label}" for code, label in field.flatchoices if code != "")


def broken_rules(model, guards):
    """Return what a user reads when a rule of the table is broken; history and derived rows have no sentence."""
    meta = model._meta
    said = [rule.violation_error_message for rule in meta.constraints]
    said += [guard.message for guard in guards if guard.table == meta.db_table and hasattr(guard, "message")]
    return dict.fromkeys(map(str, said))


def meaning(thing):
    """Return the first paragraph of the docstring of a class as one line."""
    return " ".join(inspect.getdoc(thing).split("\n\n")[0].split())


def unnamed(label, name):
    """Whether `label` is only what Django makes of `name`, and no word for users."""
    return str(label).replace(" ", "") == name.replace("_", "")


def line(cells):
    """Return a row of a Markdown table."""
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
