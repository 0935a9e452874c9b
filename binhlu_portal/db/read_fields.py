"""Read fields: text fields with a reader or words of their own, for every door: forms, workbooks, lists, commands.

The reader takes what was typed, or what a cell holds, and the day of it, and returns the value, or raises ValueError
with a sentence that says what to type. Verbs are given values, not what somebody typed, and read nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

Read = Callable[[Any, date | None], str]

ROOM = 3
"""How many times longer than its value something may be typed, with blanks, signs and words around."""


class Unread(str):
    """Text that its reader has refused, and `why`: an error where it is new, none where it has long stood there so."""

    why: str

    def __new__(cls, text: str, why: str):
        """Return the text as it stands."""
        unread = super().__new__(cls, text)
        unread.why = why
        return unread


class ReadFormField(forms.CharField):
    """Form field of what a reader reads; an empty one gives nothing."""

    def __init__(self, *, read: Read, **kwargs: Any):
        super().__init__(**kwargs)
        self.read = read

    def set_choices(self, form: Any) -> None:
        """Know today, and what stands in the record: that stays as it is."""
        self.today = form.today
        name = next(name for name, field in form.fields.items() if field is self)
        self.stored = form.get_initial_for_field(self, name)

    def to_python(self, value: str | None) -> str:
        """Return the value read; what is too long is measured as it was typed."""
        text = super().to_python(value)
        if not text or len(text) > self.max_length or text == getattr(self, "stored", None):
            return text
        return read_by(self.read, text, getattr(self, "today", None))


class ReadCharField(models.CharField):
    """Text field whose values `read` reads by whatever door they come. To migrations it is a plain text field."""

    def __init__(self, *args: Any, read: Read | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.read = read

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        """Tell migrations of a text field: the reader is no part of the table."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return a field that reads what is typed; a list to choose from stays one."""
        if self.choices or not self.read:
            return super().formfield(**kwargs)
        read = {"form_class": ReadFormField, "read": self.read, "max_length": ROOM * self.max_length}
        return super().formfield(**{**read, **kwargs})


class ChoiceCharField(models.CharField):
    """Text field of choices that people call otherwise too: `words` {code: "BTV; Ban Thường vụ"} for them.

    Whatever door takes typed words, a grid, a workbook or a list, takes these. To migrations it is a plain text field.
    """

    def __init__(self, *args: Any, words: Mapping[str, str] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.words = words or {}

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        """Tell migrations of a text field: the words are no part of the table."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def read_by(read: Read, value: Any, day: date | None) -> str:
    """Return what `read` makes of a value. Raises ValidationError with its sentence for what cannot be read."""
    try:
        return read(value, day)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error
