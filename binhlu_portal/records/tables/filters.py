"""Narrowing a list by what stands in its address."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

import django_filters
from django import forms
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from binhlu_portal.text.vietnamese import bare_name, name_key, search_words

NAMED = "search_name"
"""The column by which people are found, whose names are kept as `name_key` makes them."""


class ListFilters(django_filters.FilterSet):
    """The filters of a list; an empty one narrows nothing. A subclass adds its own.

    `search` names the columns (without marks) in which every typed word must be found. `in_sight` names the filters
    that are always in sight, where they are many; the others are opened when wanted.
    """

    search = ()
    in_sight = ()

    def find(self, rows, name, value):
        """Return the rows in which each word of `value` is found."""
        of_people = any(path.endswith(NAMED) for path in self.search)
        for word in search_words(bare_name(value) if of_people else value):
            rows = rows.filter(self.holds(word))
        return rows

    def holds(self, word):
        """Return the condition that a word is found in one of the columns."""
        words = {path: name_key(word) if path.endswith(NAMED) else word for path in self.search}
        return reduce(or_, (Q(**{f"{path}__contains": each}) for path, each in words.items()))

    @property
    def usual(self):
        """The fields in sight."""
        return [field for field in self.form if not self.in_sight or field.name in self.in_sight]

    @property
    def further(self):
        """The other fields."""
        return [field for field in self.form if self.in_sight and field.name not in self.in_sight]

    @property
    def further_asked(self):
        """Whether one of the other fields narrows the list."""
        return any(field.value() for field in self.further)

    @property
    def said(self):
        """What the list is narrowed to, in words: "Giới tính: Nữ"."""
        words = []
        for name, value in self.form.cleaned_data.items() if self.form.is_valid() else ():
            if value not in (None, "", []):
                field = self.form.fields[name]
                values = value if isinstance(value, list) else [value]
                labels = dict(getattr(field, "choices", ()))
                words.append(f"{field.label}: {', '.join(str(labels.get(each, each)) for each in values)}")
        return "; ".join(words)


def filters_for_model(
    model: type[models.Model], search: Iterable[str], choices: Iterable[str]
) -> type[ListFilters] | None:
    """Return the filter set of a list of `model`, like `filterset_factory`; None where nothing narrows the list.

    The columns `search` (without marks) are searched by the parameter `tim` of the address; each of the fields
    `choices` is narrowed to one of its own choices.
    """
    filters = {"tim": search_filter("Tìm")} if search else {}
    filters |= choice_filters(model, choices)
    return type(f"{model.__name__}Filters", (ListFilters,), filters | {"search": search}) if filters else None


def search_filter(label):
    """Return the filter of a search field; it needs `search` of its `ListFilters`."""
    widget = forms.TextInput({"type": "search", "autocomplete": "off"})
    return django_filters.CharFilter(label=label, method="find", widget=widget)


def choice_filters(model, names):
    """Return a filter for each of the fields `names` of `model`, offering the field's own choices."""
    fields = [model._meta.get_field(name) for name in names]
    return {
        field.name: django_filters.ChoiceFilter(
            label=capfirst(field.verbose_name), choices=field.flatchoices, empty_label="Tất cả"
        )
        for field in fields
    }
