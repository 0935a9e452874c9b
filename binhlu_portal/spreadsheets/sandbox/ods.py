"""LibreOffice workbooks (.ods): how far their sheets reach, which cells compute, and what is refused in them."""

from collections.abc import Callable, Iterable, Mapping
from zipfile import ZipInfo

from .limits import BROKEN, LINKED, MACROS, Unreadable, check_cells
from .xml_scan import KINDS, IgnoredPart, SheetReach, XmlElements, XmlPart, check_formula, local

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
CELLS = ("table-cell", "covered-table-cell")
FETCHING = (
    "dde-source",
    "dde-link",
    "cell-range-source",
    "table-source",
    "database-source-table",
    "database-source-sql",
)
"""Elements by which a workbook takes in what is not in it."""


class Content(XmlPart):
    """Scan of the part that holds all sheets. A row or a cell is written once with the number of its repetitions.

    A repeated cell that is empty costs nothing; where it is full, all repetitions count.
    """

    def __init__(self):
        super().__init__()
        self.parser.EndElementHandler = self.end
        self.sheets = []
        self.cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a sheet, a row or a cell."""
        self.elements += 1
        name = KINDS[name]
        if name in CELLS:
            self._cell(local(attributes))
        elif name == "table-row":
            row = local(attributes)
            self.again = int(row.get("number-rows-repeated", 1))
            self.unseen = row.get("visibility", "visible") != "visible"
            self.column, self.full, self.computing = 0, 0, []
        elif name == "table":
            self.title, self.reach, self.row = local(attributes).get("name", ""), SheetReach(), 0
            self.sheets.append(self.reach)
        elif name in FETCHING:
            raise Unreadable(LINKED)
        elif name == "event-listener":
            raise Unreadable(MACROS)

    def end(self, name: str) -> None:
        """Count a row as often as it is repeated."""
        name = KINDS[name]
        if name == "table-row":
            if self.full:
                self.reach.add(self.row + self.again - 1, self.full - 1)
                self.reach.check(self._called())
                if self.unseen:
                    self.reach.hidden.extend(range(self.row, self.row + self.again))
                for down, columns in self.computing:
                    self.reach.compute(range(self.row, self.row + max(self.again, down)), columns)
            self.row += self.again
        elif name == "table":
            self.cells += self.reach.check(self._called())
            check_cells(self.cells)

    def _cell(self, attributes):
        first, formula = self.column, attributes.get("formula")
        self.column += int(attributes.get("number-columns-repeated", 1))
        if formula is not None or "value-type" in attributes:
            self.full = self.column
            self.reach.add(self.row, self.full - 1)
            self.reach.check(self._called())
        if formula is not None:
            check_formula(formula)
            right, down = (int(attributes.get(f"number-matrix-{side}-spanned", 1)) for side in ("columns", "rows"))
            self.computing.append((down, range(first, max(self.column, first + right))))

    def _called(self):
        return f"Trang “{self.title}”"


def scan(parts: Mapping[str, ZipInfo], pieces: Callable[[ZipInfo], Iterable[bytes]]) -> list[SheetReach]:
    """Scan an .ods file: the extent of each sheet. Raises Unreadable.

    `parts` are its entries by name, which `pieces` unpacks.
    """
    seen = {}
    for name in sorted(parts, key=lambda name: name != MANIFEST):  # it tells whether the others are locked
        if name.startswith(("Basic/", "Scripts/")):
            raise Unreadable(MACROS)
        seen[name] = _part(name).look_through(pieces(parts[name]))
    if CONTENT not in seen:
        raise Unreadable(BROKEN)
    return seen[CONTENT].sheets


def _part(name):
    if name in (MANIFEST, CONTENT):
        return XmlElements() if name == MANIFEST else Content()
    return XmlPart() if name.endswith(".xml") else IgnoredPart()
