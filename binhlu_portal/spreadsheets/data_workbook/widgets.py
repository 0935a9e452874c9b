"""Widgets of workbook cells: one parser and renderer for each kind of field.

They are widgets of django-import-export, by which resources map columns to fields. `clean` reads what people type and
what spreadsheets make of it, and raises ValueError with a sentence that says what to type; `render` gives the value
that a cell is to hold.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from django.db import models
from import_export import widgets

from binhlu_portal.dates.happened import may_be_to_come
from binhlu_portal.dates.partial_dates import HOW_TO_TYPE, PartialDate, PartialDateField
from binhlu_portal.dates.typed_dates import read_date, read_day, read_year
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.read_fields import Unread
from binhlu_portal.text.typed_text import as_text, choice_in, read_fraction, read_whole
from binhlu_portal.text.vietnamese import search_key

OFFERED = 12
"""How many labels of a list an error names."""

YES, NO = "Có", "Không"
YES_WORDS = frozenset({"co", "x", "dung", "1", "true"})
NO_WORDS = frozenset({"khong", "0", "false", "sai"})


class TextWidget(widgets.Widget):
    """Widget of text on one line; numbers become text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the text."""
        return as_text(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the text."""
        return value or ""


class ReadWidget(TextWidget):
    """Widget of a field with a reader of its own, which reads the cell as of a day."""

    def __init__(self, read):
        super().__init__()
        self.read = read

    def clean(self, value: Any, row: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        """Return the value, an empty text for an empty cell, and what cannot be read as it stands, with the reason."""
        text = as_text(value)
        try:
            return self.read(value, day) if text else ""
        except ValueError as error:
            return Unread(text, str(error))


class IntegerWidget(widgets.Widget):
    """Widget of whole numbers, or of those that `read` takes."""

    def __init__(self, read=read_whole):
        super().__init__()
        self.read = read

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        """Return the number, None for an empty cell."""
        return self.read(value) if as_text(value) else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> int | None:
        """Return the number."""
        return value


class FractionWidget(widgets.Widget):
    """Widget of numbers that may have decimals, after a comma or a point."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        """Return the number, None for an empty cell."""
        return read_fraction(value) if as_text(value) else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Decimal | None:
        """Return the number."""
        return value


class YesNoWidget(widgets.Widget):
    """Widget of booleans, Có or Không; an x is a yes, an empty cell a no."""

    labels = (YES, NO)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Return whether."""
        word = search_key(as_text(value))
        if word and word not in YES_WORDS | NO_WORDS:
            raise ValueError(f"Ghi “{YES}” hoặc “{NO}”.")
        return word in YES_WORDS

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the word."""
        return YES if value else NO


class ChoiceWidget(widgets.Widget):
    """Widget of choices, written by their labels; case and marks are passed over, and the code is taken too.

    `read` and `words` know other words for them.
    """

    def __init__(self, choices, read=None, words=None):
        super().__init__()
        self.by_code = {code: str(label) for code, label in choices if code != ""}
        self.code_of = lru_cache(partial(choice_in, labels=self.by_code, read=read, words=words))
        self.labels = tuple(self.by_code.values())

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the code, an empty text for an empty cell."""
        text = as_text(value)
        if not text:
            return ""
        code = self.code_of(text)
        if code is None:
            more = " …" if len(self.labels) > OFFERED else "."
            raise ValueError(f"Chọn một mục trong danh sách: {'; '.join(self.labels[:OFFERED])}{more}")
        return code

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the label."""
        return self.by_code.get(value, "")


class DayWidget(widgets.Widget):
    """Widget of full dates, some of which may be `to_come`; the open end of a period is an empty cell."""

    def __init__(self, to_come=False):
        super().__init__()
        self.to_come = to_come

    def clean(self, value: Any, row: Any = None, *, day: date | None = None, **kwargs: Any) -> date | None:
        """Return the date, read as of a day; None for an empty cell."""
        return read_day(value, day, to_come=self.to_come) if as_text(value) else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> date | None:
        """Return the date."""
        return None if value == OPEN else value


class PartialDateWidget(widgets.Widget):
    """Widget of partial dates: a day, a month or a year, as far as it is known."""

    hint = HOW_TO_TYPE

    def __init__(self, read=None):
        super().__init__()
        self.read = read or read_date

    def clean(self, value: Any, row: Any = None, *, day: date | None = None, **kwargs: Any) -> PartialDate | None:
        """Return the partial date as of a day, None for an empty cell."""
        return self.read(value, day) if as_text(value) else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> date | str | None:
        """Return a date where the day is known, else text."""
        if value is None:
            return None
        return value.first_day if value.precision == "day" else str(value)


class LinkWidget(widgets.Widget):
    """Widget of links, written `name [mark]`: what is in the brackets tells which record, else the whole text does.

    Which record that is, the import finds out: it may be one of the same file.
    """

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the text that names the record."""
        text = as_text(value)
        start, end = text.rfind("["), text.rfind("]")
        return text[start + 1 : end].strip() if 0 <= start < end else text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return `name [mark]` of a pair."""
        name, mark = value
        return f"{name} [{mark}]" if name != mark else mark


def widget_for(field: models.Field) -> widgets.Widget:
    """Widget of the cells of a model's field."""
    if field.remote_field:
        return LinkWidget()
    if isinstance(field, PartialDateField):
        return PartialDateWidget(field.read)
    if getattr(field, "read", None):
        return ChoiceWidget(field.flatchoices, field.read) if field.flatchoices else ReadWidget(field.read)
    if field.flatchoices:
        return ChoiceWidget(field.flatchoices, words=getattr(field, "words", None))
    if isinstance(field, models.DateField):
        return DayWidget(may_be_to_come(field))
    if isinstance(field, models.BooleanField):
        return YesNoWidget()
    if isinstance(field, models.DecimalField):
        return FractionWidget()
    if isinstance(field, models.IntegerField):
        return IntegerWidget(read_year if field.name == "year" else read_whole)
    return TextWidget()
