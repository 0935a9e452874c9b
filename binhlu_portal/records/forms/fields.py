"""Form fields for days and years, typed on any keyboard, and the field that a model's field becomes."""

from django import forms
from django.db import models
from django.utils.text import capfirst

from binhlu_portal.dates.happened import may_be_to_come, still_to_come
from binhlu_portal.dates.partial_dates import NO_SUCH_DAY, WRONG_YEAR, YEARS
from binhlu_portal.dates.typed_dates import read_day
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.text.typed_text import (
    HOW_TO_TYPE_FRACTION,
    HOW_TO_TYPE_WHOLE,
    as_text,
    read_fraction,
    read_whole,
)
from binhlu_portal.text.vietnamese import clean

UNKEPT = {"autocomplete": "off", "data-undrafted": True}
"""Attributes of a field that no browser keeps: neither among what was typed before, nor in a draft (`drafts.js`)."""

LONGEST = 250
"""Letters of what is typed into a field that sets no limit of its own: a day, a number, a choice."""


class DayField(forms.DateField):
    """A day, also one to come, typed with or without strokes: 31/12/2025 or, on a number pad, 31122025."""

    to_come, today = True, None
    default_error_messages = {
        "invalid": "Không có ngày này trên lịch: ghi ngày dạng 31/12/2025.",
        "unread": "Ghi đủ ngày/tháng/năm, ví dụ 01/12/2025.",
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Ghi 31/12/2025 hoặc 31122025.")
        attrs = {"class": "short", "inputmode": "numeric", "autocomplete": "off", "data-day": ""}
        kwargs.setdefault("widget", forms.DateInput(attrs))
        super().__init__(**kwargs)

    def set_choices(self, form):
        """Know today, for years of two digits."""
        self.today = form.today

    def to_python(self, value):
        """Return the day, by the reader of days; what is not read is told apart: no such day, no such year, not whole.

        A year that nobody means is a slip of the pen.
        """
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return read_day(value, self.today, to_come=self.to_come)
        except ValueError as error:
            said = str(error)
            wrong = "invalid" if said.startswith(NO_SUCH_DAY) else "unread"
            told = WRONG_YEAR if WRONG_YEAR in said else self.error_messages[wrong]
            raise forms.ValidationError(told, code="invalid") from error


class EndField(DayField):
    """The first day on which something no longer holds; left empty while no end is known."""

    def __init__(self, **kwargs):
        help_text = "Ngày đầu tiên không còn hiệu lực; để trống nếu chưa kết thúc."
        super().__init__(**kwargs | {"required": False, "help_text": help_text})

    def prepare_value(self, value):
        """Show an open end as nothing."""
        return None if value == OPEN else super().prepare_value(value)

    def clean(self, value):
        """Return the day, or the open end."""
        return super().clean(value) or OPEN


class PastDayField(DayField):
    """The day of something that has happened: not later than today."""

    to_come = False

    def clean(self, value):
        """Return the day."""
        found = super().clean(value)
        if found and found > self.today:
            raise forms.ValidationError(still_to_come(self.today))
        return found


class NumberField(forms.IntegerField):
    """A whole number, with or without points between thousands."""

    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": HOW_TO_TYPE_WHOLE}

    def to_python(self, value):
        """Return the number, by the reader of whole numbers."""
        return _number(self, read_whole, value)


class FractionField(forms.DecimalField):
    """A number that may have decimals, after a comma or a point."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": HOW_TO_TYPE_FRACTION}

    def to_python(self, value):
        """Return the number, by the reader of fractions."""
        return _number(self, read_fraction, value)


def _number(field, read, value):
    """Return what `read` makes of typed text, None for none."""
    if value in field.empty_values or not as_text(value):
        return None
    try:
        return read(value)
    except ValueError as error:
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid") from error


class YearField(NumberField):
    """A year."""

    def __init__(self, **kwargs):
        messages = {"invalid": "Ghi năm bằng bốn chữ số, ví dụ 2025."}
        messages |= dict.fromkeys(("min_value", "max_value"), WRONG_YEAR)
        widget = forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"})
        limits = {"min_value": YEARS[0], "max_value": YEARS[-1]}
        super().__init__(**kwargs | limits | {"widget": widget, "error_messages": messages})


NUMBERS = {models.IntegerField: NumberField, models.DecimalField: FractionField}
"""The form fields of numbers of a model."""

APART = 4
"""Characters that one letter may come as, its marks apart."""


def clean_input(data, fields):
    """Return a copy of data sent for `fields` with every line of text cleaned.

    What is longer than its field takes stays as it came, so that the field measures and refuses it.
    """
    data = data.copy()
    for name, values in list(data.lists()):
        longest = APART * (getattr(fields.get(name), "max_length", None) or LONGEST)
        data.setlist(name, [clean_lines(value) if len(value) <= longest else value for value in values])
    return data


def clean_lines(text):
    """Return `text` with every line cleaned."""
    return "\n".join(map(clean, text.splitlines()))


def form_field(field, **kwargs):
    """Return the form field of a model's field: days and years can be typed on a number pad, an open end is empty."""
    label = capfirst(field.verbose_name)
    if type(field) is models.DateField:
        if field.default == OPEN:
            return EndField(label=label)
        hint = {"help_text": field.help_text} if field.help_text else {}
        made = DayField(label=label, required=not field.blank, **hint)
        made.to_come = may_be_to_come(field)
        return made
    if field.name == "year":
        return YearField(label=label)
    number = next((made for kind, made in NUMBERS.items() if isinstance(field, kind)), None)
    made = field.formfield(**({"form_class": number} if number and not field.choices else {}) | kwargs)
    if field.name in getattr(getattr(field, "model", None), "identity_numbers", ()):
        made.widget.attrs |= UNKEPT
    if field.name in getattr(getattr(field, "model", None), "numbers_in_digits", ()):
        made.widget.attrs["inputmode"] = "numeric"
    if field.name == "phone":
        made.widget = forms.TextInput(made.widget.attrs | {"type": "tel", "inputmode": "tel", "autocomplete": "off"})
    if isinstance(made, forms.IntegerField):
        made.widget.attrs["class"] = "short"
    if isinstance(made, forms.ModelChoiceField):
        made.empty_label = "Không chọn" if field.blank else "Chọn …"
    if field.choices:
        nothing = "Chưa ghi" if field.blank else "Chọn …"
        made.choices = [(value, label if value else nothing) for value, label in made.choices]
    return made
