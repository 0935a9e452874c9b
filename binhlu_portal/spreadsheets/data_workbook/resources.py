"""Sheets of the data workbook: one for each kind of record, declared by the apps in their `data_sheets.py`.

A tab takes its columns from the model by a resource of django-import-export: a column for each field that people fill
in, called what the field is called on screen. A model that gets a new field gets a new column.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.text import capfirst
from import_export import fields, resources

from binhlu_portal.audit.display import ABOUT, own_fields
from binhlu_portal.registry import Registry, check_unique
from organizations.rights import Right

from .widgets import widget_for

MARK = "Mã dòng"
"""The heading of the column that tells which record a row is."""


class TabResource(resources.ModelResource):
    """Import-export resource of a tab: the fields of its model, under the names they have on screen."""

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: models.Field, readonly: bool) -> fields.Field:
        """Return the column of one field; an empty cell stands for the field's default."""
        return fields.Field(
            attribute=django_field.attname,
            column_name=heading(django_field),
            widget=widget_for(django_field),
            default=default_of(django_field),
            readonly=readonly,
        )


def heading(field: models.Field) -> str:
    """Column heading of a field."""
    return capfirst(str(field.verbose_name))


def default_of(field: models.Field) -> Any:
    """Default value: what an empty cell of `field` means."""
    if field.has_default():
        return field.default
    return None if field.null or not isinstance(field, models.CharField) else ""


@dataclass(frozen=True)
class Tab:
    """Tab: one kind of record in the data workbook.

    `keys` are the sets of fields by which a row without a row id of ours is known to be a record that is there already;
    each is tried in turn where it is filled in. `needs` are the relations that the `clean()` of the model asks of the
    records a row points at, read beforehand for all rows. `prepare` is called with a record before it is written in
    bulk. `right` is what writing needs. Two records that agree in the fields `alike` may be one: the sender is asked
    before a new one is written. Records that are `named` may be called by their name, where only one has it. A row of a
    figure, a check or a reminder that is such a record `stands_for` the record at this link: a stay for the person.
    """

    model: type[models.Model]
    title: str
    keys: tuple[tuple[str, ...], ...]
    right: Right = Right.EDIT
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    prepare: Callable[[Any], None] = field(default=lambda record: None)
    named: bool = False
    alike: tuple[str, ...] = ()
    stands_for: str = ""

    @cached_property
    def fields(self) -> list[models.Field]:
        """The fields of the model that have a column, links first: they say whom a row is about."""
        return sorted(own_fields(self.model), key=lambda field: not field.remote_field)

    @cached_property
    def columns(self) -> "dict[str, fields.Field]":
        """The columns by the names of their fields."""
        resource = resources.modelresource_factory(self.model, resource_class=TabResource)
        return {field.name: resource.fields[field.name] for field in self.fields}

    @cached_property
    def links(self) -> list[models.Field]:
        """The fields that point at other records."""
        return [field for field in self.fields if field.remote_field]

    @cached_property
    def tells(self) -> Sequence[str]:
        """The names of the fields that tell whose a record is: those of its own, else that of its person or unit."""
        links = {field.attname: field.name for field in self.links}
        return self.alike or [links[name] for name in ABOUT if name in links][:1]

    @cached_property
    def handle(self) -> str | None:
        """The field by which links call a record, if it always has one: the code of a unit. Else they use its mark."""
        names = [key[0] for key in self.keys if len(key) == 1]
        return next((name for name in names if not self.model._meta.get_field(name).blank), None)

    @property
    def table(self) -> str:
        """The table of the records."""
        return self.model._meta.db_table


TABS: dict[type, Tab] = Registry("tabs", check_unique("title"))
"""All tabs by model, in the order in which they are written: what others point at comes first."""


CARRIED: dict[type, Callable] = Registry("changes that carry other records along")
"""What writes a change of a known record of a model that other records must follow: a function of the record, with its
new values, and the names of the fields that change. It returns the action to call, None where the plain way will do.
"""


def tab(new: Tab) -> Tab:
    """Register a tab; a model or a title used twice fails when the portal starts."""
    TABS.add(new.model, new)
    return new


def tab_titled(title: str) -> Tab | None:
    """Tab of the sheet called `title`, or None."""
    return next((tab for tab in TABS.values() if tab.title == title), None)
