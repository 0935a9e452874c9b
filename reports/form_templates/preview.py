"""A sheet of a blank as a page shows it: every cell with what is printed in it, how it is set, and what binds it."""

from typing import NamedTuple

from openpyxl.utils import get_column_letter

from reports.form_templates.models import BlankCell

from .grid import BOLD, CENTRE, FRAMED, ITALIC, RIGHT, TemplateCell

CLASSES = {"bold": BOLD, "italic": ITALIC, "centre": CENTRE, "end": RIGHT, "framed": FRAMED}
"""How the style sheet calls the marks of a cell."""


class Shown(NamedTuple):
    """A cell on the page: what the file has there, what the portal writes, and by which binding, if by one."""

    cell: TemplateCell
    place: str
    said: object
    bound: BlankCell | None

    @property
    def text(self):
        """What is printed."""
        return self.said.text if self.said else self.cell.text

    @property
    def leads_to(self):
        """The place of the binding that fills this cell, else its own."""
        return self.bound.place if self.bound else self.place

    @property
    def classes(self):
        """How the cell is set."""
        is_number = self.said and not isinstance(self.said.value, str)
        found = [name for name, mark in CLASSES.items() if mark in self.cell.marks]
        return " ".join(found + ["number"] * bool(is_number) + ["bound"] * bool(self.said or self.bound))


def bound_in(bindings, sheet):
    """Return the bindings of a sheet by all places that they fill."""
    cells = [cell for cell in bindings if cell.sheet == sheet]
    return {(row, cell.column): cell for cell in cells for row in range(cell.row, (cell.last_row or cell.row) + 1)}


def rows_of(grid, said, bound):
    """Return (number, cells) of each row."""
    rows = {row: [] for row, _ in sorted(grid)}
    for (row, column), cell in sorted(grid.items()):
        place = f"{get_column_letter(column)}{row}"
        rows[row].append(Shown(cell, place, said.get((row, column)), bound.get((row, column))))
    return [*rows.items()]
