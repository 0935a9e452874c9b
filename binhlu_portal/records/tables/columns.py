"""How rows of records are listed, on screen and in files: which columns, and how each value is written for people."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.text import vietnamese


def text(value):
    """Write a value as it is; nothing as an empty text."""
    return "" if value is None else str(value)


def labelled(choices):
    """Return a writer of the labels of `choices`."""
    labels = {code: str(label) for code, label in getattr(choices, "choices", choices)}
    return lambda code: labels.get(code, "")


@dataclass(frozen=True)
class ListColumn:
    """A column: its heading, the ORM path of its value, the writer that makes text of it, and the path it sorts by.

    A `short` value stays on one line. A value that names a member leads to the page of the one with the id at `member`.
    """

    label: str
    path: str
    write: Callable = text
    numeric: bool = False
    short: bool = False
    sort: str = ""
    member: str = ""

    def plain(self, value):
        """Return `value` as a cell of a spreadsheet: a day shown as such and a number as they are, the rest as text."""
        shown = self.write(value)
        exact = value.first_day if isinstance(value, PartialDate) else value
        if isinstance(exact, date):
            return exact if shown == vietnamese.day(exact) else shown
        return value if self.numeric else shown

    @property
    def name(self):
        """What the column is called in an address: its heading without marks."""
        return vietnamese.search_key(self.label).replace(", ", "-").replace(" ", "-")


@dataclass(frozen=True)
class Listing:
    """How the rows of a population are listed: columns, order, and the values that must be looked up first.

    `extra` columns are offered beside the usual ones and shown when chosen.
    """

    columns: tuple
    order: tuple
    look_up: Callable = field(default=lambda moment: {})
    extra: tuple = ()

    @property
    def is_personal(self):
        """Whether the rows name people: who opens them is noted."""
        return any(column.member for column in self.columns)

    @property
    def offered(self):
        """All columns that can be chosen."""
        return self.columns + self.extra

    def only(self, names):
        """Return the listing with the columns of these names, the first column always; the usual ones for none."""
        first, *others = self.offered
        chosen = tuple(column for column in others if column.name in names)
        return replace(self, columns=(first, *chosen)) if chosen else self

    def rows(self, queryset, moment):
        """Return `queryset` as dictionaries of the columns' values, in order."""
        return queryset.annotate(**self.look_up(moment)).order_by(*self.order).values("pk", *self.paths)

    @property
    def paths(self):
        """The paths of all values that are shown or sorted by, each once."""
        paths = [path for column in self.columns for path in (column.path, column.sort, column.member)]
        return [*dict.fromkeys(filter(None, paths))]
