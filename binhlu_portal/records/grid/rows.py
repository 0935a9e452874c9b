"""Rows and columns of a grid, and what its cells show and take."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import salted_hmac

from binhlu_portal.db.read_fields import Read, read_by
from binhlu_portal.records.forms.fields import form_field
from binhlu_portal.text.typed_text import choice_in


@dataclass
class GridRow:
    """A row of a grid: its name, what it is about (`subject`), and what stands in its columns (`values`).

    `record` is the saved record whose fields the cells are; without one the row is new, and written once something is
    typed in it. What stands in columns that are `locked` is shown, and cannot be written.
    """

    key: str
    name: str
    values: Mapping[str, Any]
    subject: Any = None
    record: Any = None
    about: str = ""
    locked: frozenset[str] = frozenset()
    address: str = ""

    def cell(self, column: str) -> str:
        """Return the name in the form of the cell in `column`."""
        return f"{column}-{self.key}"


@dataclass(frozen=True)
class GridColumn:
    """A column of a grid: its heading, and the form field of its cell in a row.

    `offered` are the texts that every cell of it offers while something is typed.
    """

    name: str
    label: str
    field: Callable[[GridRow], forms.Field]
    offered: Iterable[str] = field(default=())


class WordField(forms.CharField):
    """A choice typed as a word, so that it can be pasted from a spreadsheet: the label, in any case, or its beginning.

    A value that has a reader or other words of its own is read by them. What is cleaned is the value.
    """

    def __init__(
        self,
        *,
        choices: Iterable[tuple[str, str]],
        read: Read | None = None,
        words: Mapping[str, str] | None = None,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.read, self.words = read, words
        self.labels = {str(value): str(label) for value, label in choices if value}

    def prepare_value(self, value: Any) -> Any:
        """Return the label of a value; what was typed as it is."""
        return self.labels.get(str(value), value)

    def to_python(self, value: Any) -> str:
        """Return the value that was meant. Raises ValidationError for a word that means none, or several."""
        text = super().to_python(value)
        found = choice_in(text, self.labels, self.read, self.words) if text.strip(" .") else ""
        if found is None and self.read:
            return read_by(self.read, text, None)
        if found is None:
            raise ValidationError(f"Không có “{text}” trong danh mục: ghi một trong các mục {', '.join(self.some)}.")
        return found

    @property
    def some(self) -> list[str]:
        """The first few labels, quoted."""
        return [f"“{label}”" for label in list(self.labels.values())[:6]]


def word_field(field: models.Field) -> forms.Field:
    """Return the form field of a model's field, with words to type in place of a list to choose from."""
    made = form_field(field)
    if not isinstance(made, forms.ChoiceField):
        return made
    known = {name: getattr(field, name, None) for name in ("read", "words")}
    return WordField(choices=made.choices, required=made.required, **known)


def shown(made: forms.Field, value: Any) -> str:
    """Return the text that the cell of a field shows for a value."""
    text = made.widget.format_value(made.prepare_value(value))
    return str((text[0] if isinstance(text, list) else text) or "")


def remembered(made: forms.Field, text: str) -> str:
    """Return what a page remembers of the text of a cell that its reader saw.

    Of a number by which a person is known it is a mark only, for browsers keep drafts.
    """
    if text and "data-undrafted" in made.widget.attrs:
        return salted_hmac("binhlu_portal.records.grid", text).hexdigest()[:16]
    return text
