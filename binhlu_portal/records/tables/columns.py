"""Columns of lists: a `Listing` says what columns the rows have, a `ListColumn` how its values are written for people.

On screen a listing becomes a django-tables2 `Table` (`tables.list_table`), which sorts and cuts into pages. A `Table`
alone is not enough, since it makes cells of one page only, and the same columns serve more:

- Files. All rows stream into them as dictionaries (`.values()`) of no more values than the columns need; a day or a
  number stays one in a spreadsheet (`Listing.cells`).
- Columns chosen in the address (`Listing.only`). What is not chosen is not read either.
- Frozen lists of closed periods, which keep the heading of each column and each value as it was written.
- Declarations. Record types, checks, reminders and figures name their columns when the portal starts; which records
  there are, and what has to be looked up for a moment, is known at a request only.

A list that is a page and nothing else, like that of the accounts, is an ordinary `tables.SortedTable`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from django.db.models import QuerySet

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.moment.moment import Moment
from binhlu_portal.text import vietnamese

from .former_cards import with_former_cards


def text(value: Any) -> str:
    """Write a value as it is; nothing as an empty text."""
    return "" if value is None else str(value)


def labelled(choices) -> Callable[[Any], str]:
    """Return a writer of the labels of `choices`, a `TextChoices` or (value, label) pairs; "" for any other value."""
    labels = {code: str(label) for code, label in getattr(choices, "choices", choices)}
    return lambda code: labels.get(code, "")


@dataclass(frozen=True)
class ListColumn:
    """A column of a list: its heading, the ORM path of its value, the writer that makes text of it.

    It sorts by the value, or by that at the path `sort`. A `numeric` column has its sum beneath it, unless one row
    counts what another counts too (`nested`). A `short` value stays on one line. A value that names a member leads to
    the page of the one with the id at the path `member`.
    """

    label: str
    path: str
    write: Callable = text
    numeric: bool = False
    nested: bool = False
    short: bool = False
    sort: str = ""
    member: str = ""

    def plain(self, value: Any) -> Any:
        """Return `value` as a cell of a spreadsheet: a day shown as such and a number as they are, the rest as text."""
        shown = self.write(value)
        exact = value.first_day if isinstance(value, PartialDate) else value
        if isinstance(exact, date):
            return exact if shown == vietnamese.day(exact) else shown
        return value if self.numeric else shown

    @property
    def name(self) -> str:
        """What the column is called in an address: its heading without marks."""
        return vietnamese.search_key(self.label).replace(", ", "-").replace(" ", "-")


CELL = "Chi bộ"
"""What the column is called that tells in which cell the people of a row are."""


@dataclass(frozen=True)
class Listing:
    """The columns of a list and the order of its rows.

    `look_up(moment)` gives annotations by name, for columns whose path is not one of the model. `extra` columns are
    offered beside the usual ones and shown when chosen. `also` are paths of values that are read and not shown: where a
    row leads stands in columns that may be left out.
    """

    columns: tuple[ListColumn, ...]
    order: tuple[str, ...]
    look_up: Callable[[Moment], dict] = field(default=lambda moment: {})
    extra: tuple[ListColumn, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether the rows name people: who opens them is noted."""
        return any(column.member for column in self.columns)

    @property
    def summed(self) -> frozenset[str]:
        """The headings of the columns that have their sum beneath them."""
        return frozenset(column.label for column in self.columns if column.numeric and not column.nested)

    @property
    def offered(self) -> tuple[ListColumn, ...]:
        """All columns that can be chosen."""
        return self.columns + self.extra

    def only(self, names: Iterable[str]) -> Self:
        """Return the listing with the columns of these names, the first column always; the usual ones for none."""
        first, *others = self.offered
        chosen = tuple(column for column in others if column.name in names)
        return replace(self, columns=(first, *chosen), also=(*self.paths,)) if chosen else self

    def of_one_cell(self) -> Self:
        """Return the listing without the column of cells, which says the same in each row where one cell is listed."""
        first, *others = self.columns
        left = (column for column in others if column.label != CELL)
        return replace(self, columns=(first, *left), also=(*self.paths,))

    def rows(self, queryset: QuerySet, moment: Moment) -> QuerySet:
        """Return `queryset` in order, each row a dictionary of the values of the columns by their paths and `pk`.

        Of people who have left it tells what their cards said then.
        """
        rows = queryset.annotate(**self.look_up(moment)).order_by(*self.order).values("pk", *self.paths)
        return with_former_cards(rows, ("pk", *self.paths), moment.user)

    def cells(self, rows: QuerySet) -> Iterator[list]:
        """Return the cells of a spreadsheet for each of `rows()`, read from the database while they are written."""
        return ([column.plain(row[column.path]) for column in self.columns] for row in rows.iterator())

    @property
    def paths(self) -> list[str]:
        """The paths of all values that are shown, sorted by or led by, each once."""
        paths = [path for column in self.columns for path in (column.path, column.sort, column.member)]
        return [*dict.fromkeys(filter(None, (*paths, *self.also)))]
