"""Columns of reminders: what follows from a date of the record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.records.tables.columns import ListColumn, text
from binhlu_portal.text import vietnamese

UNKNOWN_DAY = "không rõ ngày"


@dataclass(frozen=True)
class Derived(ListColumn):
    """A column of what `derive` makes of the value at its path, on screen and in files: a day, or a text."""

    derive: Callable = text

    def plain(self, value):
        """Return what is derived, a day as such."""
        return self.derive(value)


def derived(label, path, derive):
    """Return the column of what `derive` makes of the value at `path`."""

    def write(value):
        made = derive(value)
        return vietnamese.day(made) if isinstance(made, date) else made

    return Derived(label, path, write, short=True, derive=derive)


def reckoned(label, path, reckon):
    """Return the column of the day that `reckon` makes of the date at `path`; one known in part is told as such."""

    def derive(value):
        if not isinstance(value, PartialDate):
            return reckon(value)
        made = reckon(value.first_day)
        return made if value.precision == "day" else f"{vietnamese.day(made)} ({UNKNOWN_DAY})"

    return derived(label, path, derive)
