"""Sheet: a table as plain data, a tree of headers, rows of cells, and what stands above and below them in print.

A sheet knows nothing of where its numbers come from nor of the files made of it. It proves itself when it is made: a
total that is not the sum of its parts raises ValueError, so no page or file can show one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Literal

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
"""What stands at the top right of every document of the Party (Hướng dẫn 36-HD/VPTW)."""

Value = int | Decimal | date | str | None
Address = tuple[str, str]
"""Where a cell is: the key of its row and the key of its column."""


def rounded(value: int | Decimal, places: int) -> Decimal:
    """Round half up, as percentages are in reports, to `places` decimals."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _balance(values, added):
    """Return the first `added` of the numbers known less the others; None where none is: that is no nought."""
    known = [value if index < added else -value for index, value in enumerate(values) if value is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class SumOfRows:
    """Formula: the sum of the rows `plus` less the rows `minus` within the column of the cell."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def sources(self, row: str, column: str) -> list[Address]:
        """Return the cells that are read by this formula when it stands at (`row`, `column`), the added first."""
        return [(key, column) for key in self.plus + self.minus]

    def evaluate(self, values: Sequence[int | Decimal | None], places: int) -> int | Decimal | None:
        """Return the result for the `values` of the sources."""
        return _balance(values, len(self.plus))


@dataclass(frozen=True)
class SumOfColumns:
    """Formula: the sum of the columns `plus` less the columns `minus` within the row of the cell."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def sources(self, row: str, column: str) -> list[Address]:
        """Return the cells that are read by this formula, those to be added first."""
        return [(row, key) for key in self.plus + self.minus]

    def evaluate(self, values: Sequence[int | Decimal | None], places: int) -> int | Decimal | None:
        """Return the result for the `values` of the sources."""
        return _balance(values, len(self.plus))


@dataclass(frozen=True)
class Share:
    """Formula: the column `part` in percent of the column `whole` within the row of the cell."""

    part: str
    whole: str

    def sources(self, row: str, column: str) -> list[Address]:
        """Return the cells that are read by this formula: the part, then the whole."""
        return [(row, self.part), (row, self.whole)]

    def evaluate(self, values: Sequence[int | Decimal | None], places: int) -> Decimal | None:
        """Return the percentage rounded half up to `places`; None where either is unknown or the whole is nought."""
        part, whole = values
        return rounded(Decimal(part) * 100 / Decimal(whole), places) if whole and part is not None else None


Formula = SumOfRows | SumOfColumns | Share


@dataclass(frozen=True)
class SheetCell:
    """Cell: what it shows, how it follows from other cells, and the drill-down link to the list of what it counts.

    None is a cell without a record basis: it stays empty everywhere, while 0 says that there are none. `figure` is the
    code of the figure that it shows, if it shows one. `places` are its decimals where they are not those of its column.
    """

    value: Value
    formula: Formula | None = None
    link: str | None = None
    figure: str = ""
    places: int | None = None


@dataclass(frozen=True)
class SheetColumn:
    """Column of a sheet, or with `children` the common header of several.

    `width` is in characters of the table's font. `places` are the decimals printed. A "mark" is a short text such as an
    ordinal number, printed in the middle; a "percent" holds 44.5 for 44,5 %.
    """

    key: str
    label: str
    children: tuple["SheetColumn", ...] = ()
    width: int = 8
    places: int = 0
    kind: Literal["number", "percent", "text", "mark"] = "number"

    @property
    def leaves(self) -> tuple["SheetColumn", ...]:
        """The columns beneath this header that hold cells."""
        return tuple(leaf for child in self.children for leaf in child.leaves) if self.children else (self,)

    @property
    def depth(self) -> int:
        """How many lines of headers this one and those beneath it take."""
        return 1 + max((child.depth for child in self.children), default=0)


def group(label: str, *children: SheetColumn) -> SheetColumn:
    """Header group: the common header `label` of `children`; it has no cells and so no key."""
    return SheetColumn("", label, children)


@dataclass(frozen=True)
class HeaderCell:
    """Header cell: the line from the top, the first column, and how many columns and lines it covers."""

    column: SheetColumn
    line: int
    first: int
    colspan: int
    rowspan: int


@dataclass(frozen=True)
class SheetRow:
    """Row of a sheet: cells (or bare values) by column key, how far its name is indented, whether it is bold."""

    key: str
    cells: Mapping[str, SheetCell | Value] = field(default_factory=dict)
    level: int = 0
    emphasis: bool = False

    def cell(self, column: str) -> SheetCell:
        """Return the cell in `column`, an empty one if the row names none."""
        found = self.cells.get(column)
        return found if isinstance(found, SheetCell) else SheetCell(found)


@dataclass(frozen=True)
class Heading:
    """Letterhead of a Party document: superior organ, issuing organ, number and symbol, place and day."""

    superior: str
    organ: str
    number: str | None
    place_and_day: str


@dataclass(frozen=True)
class FormHeading:
    """Letterhead of a form of statistics: who reports, what the form is called, what its numbers count."""

    superior: str
    organ: str
    form: str
    measure: str


@dataclass(frozen=True)
class Signature:
    """Signature block: on whose authority ("T/M BAN THƯỜNG VỤ"), in which post, and the name if it is to be printed.

    Under a form of statistics the place and the day stand above, for its heading has none.
    """

    authority: str
    post: str
    name: str | None = None
    place_and_day: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Sheet: a table with all that is printed around it.

    Raises ValueError when a formula does not give the value shown.

    `code` is what the form is called in print ("Biểu 1B"), nothing where it is none. `tab` names its worksheet where
    several sheets of one code share a workbook. `left_signature` is the second signature, on the left ("NGƯỜI LẬP
    BIỂU"). A continued part of a form has no `heading` of its own. An `upright` sheet is printed on upright paper, any
    other across.
    """

    code: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    subtitle: str = ""
    heading: Heading | FormHeading | None = None
    notes: tuple[str, ...] = ()
    signature: Signature | None = None
    left_signature: str | None = None
    recipients: tuple[str, ...] = ()
    tab: str = ""
    upright: bool = False

    def __post_init__(self):
        self.check()

    @property
    def leaves(self) -> tuple[SheetColumn, ...]:
        """The columns that hold cells, from left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves)

    @property
    def depth(self) -> int:
        """How many lines the headers take."""
        return max(column.depth for column in self.columns)

    def header(self) -> list[list[HeaderCell]]:
        """Return the headers line by line; one without children reaches down to the last line."""
        lines = [[] for _ in range(self.depth)]
        for cell in _placed(self.columns, line=0, first=0, depth=self.depth):
            lines[cell.line].append(cell)
        return lines

    def check(self) -> None:
        """Validate the sheet: keys are unique and known, and every formula gives its value.

        Raises ValueError naming the cell.
        """
        columns = {leaf.key: leaf for leaf in self.leaves}
        if "" in columns or len(columns) != len(self.leaves):
            raise ValueError(f"{self.code}: a column has no key, or one that another column has")
        rows = {row.key: row for row in self.rows}
        if len(rows) != len(self.rows):
            raise ValueError(f"{self.code}: two rows have the same key")
        for row in self.rows:
            if unknown := set(row.cells) - set(columns):
                raise ValueError(f"{self.code}: row {row.key} has cells in unknown columns {sorted(unknown)}")

        cells = {(row.key, key): row.cell(key) for row in self.rows for key in columns}
        sources = {at: cell.formula.sources(*at) for at, cell in cells.items() if cell.formula}
        for at, read in sources.items():
            if unknown := set(read) - set(cells):
                raise ValueError(f"{self.code} {at}: the formula reads unknown cells {sorted(unknown)}")
        try:
            TopologicalSorter(sources).prepare()
        except CycleError as error:
            raise ValueError(f"{self.code}: formulas read each other in a circle: {error.args[1]}") from error

        for at, read in sources.items():
            values = [cells[source].value for source in read]
            if any(isinstance(value, str | date) for value in values):
                raise ValueError(f"{self.code} {at}: the formula reads text: {values}")
            result = cells[at].formula.evaluate(values, columns[at[1]].places)
            if cells[at].value != result:
                raise ValueError(f"{self.code} {at}: shows {cells[at].value}, but its formula gives {result}")


def _placed(columns, line, first, depth) -> Iterator[HeaderCell]:
    """Place `columns` from the column `first` on, and their children beneath, on `depth` lines in all."""
    for column in columns:
        width = len(column.leaves)
        yield HeaderCell(column, line, first, colspan=width, rowspan=1 if column.children else depth - line)
        yield from _placed(column.children, line + 1, first, depth)
        first += width
