"""LibreOffice workbooks (.ods): how far their sheets reach, which cells compute, and what is refused in them."""

from collections.abc import Callable, Iterable, Mapping
from zipfile import ZipInfo

from .limits import BROKEN, LINKED, MACROS, MOST_COLUMNS, Unreadable, check_cells
from .shown_dates import shown_of
from .xml_scan import KINDS, IgnoredPart, SheetReach, XmlElements, XmlPart, check_formula, local

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
SHOWS = {"day": "d", "day-of-week": "d", "month": "m", "year": "y", "hours": "h", "minutes": "h", "seconds": "s"}
"""What a part of a format shows, in the letters of Excel."""
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


class OpenStyles(XmlPart):
    """Scan of styles: which of them show only the month or the year of a day (`shown`, by name), which are `struck`.

    A style names a format, or the style from which it takes it, perhaps one of the part `known` before.
    """

    def __init__(self, known: "OpenStyles | None"):
        super().__init__()
        self.parser.EndElementHandler = self.end
        self.formats, self.shown = ({**known.formats}, {**known.shown}) if known else ({}, {})
        self.struck = {*known.struck} if known else set()
        self.format = self.style = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a format, of what it shows, and of a style."""
        self.elements += 1
        kind = KINDS[name]
        if kind == "date-style":
            self.format, self.code = local(attributes).get("name", ""), ""
        elif self.format is not None:
            self.code += SHOWS.get(kind, "")
        elif kind == "style":
            style = local(attributes)
            self.style, parent = style.get("name"), style.get("parent-style-name")
            self.shown[self.style] = self.formats.get(style.get("data-style-name"), self.shown.get(parent, ""))
            self._strike(parent in self.struck)
        elif kind == "text-properties":
            line = local(attributes).get("text-line-through-style")
            self._strike(line != "none" if line else self.style in self.struck)

    def _strike(self, is_struck):
        (self.struck.add if is_struck else self.struck.discard)(self.style)

    def end(self, name: str) -> None:
        """Keep what a format shows."""
        if KINDS[name] == "date-style":
            self.formats[self.format], self.format = shown_of(self.code), None


class Content(OpenStyles):
    """Scan of the part that holds all sheets. A row or a cell is written once with the number of its repetitions.

    A repeated cell that is empty costs nothing; where it is full, all repetitions count.
    """

    def __init__(self, known: "OpenStyles | None"):
        super().__init__(known)
        self.sheets = []
        self.cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a sheet, a column, a row or a cell."""
        super().start(name, attributes)
        name = KINDS[name]
        if name in CELLS:
            self._cell(local(attributes))
        elif name == "table-row":
            row = local(attributes)
            self.again = int(row.get("number-rows-repeated", 1))
            self.unseen = row.get("visibility", "visible") != "visible"
            self.column, self.full, self.computing, self.showing, self.striking = 0, 0, [], [], []
        elif name == "table-column":
            column = local(attributes)
            again = min(int(column.get("number-columns-repeated", 1)), MOST_COLUMNS)
            if column.get("visibility", "visible") != "visible":
                self.reach.unseen.update(range(len(self.usual), len(self.usual) + again))
            self.usual += [column.get("default-cell-style-name")] * again
        elif name == "table":
            self.title, self.reach, self.row = local(attributes).get("name", ""), SheetReach(), 0
            self.usual = []
            self.sheets.append(self.reach)
        elif name in FETCHING:
            raise Unreadable(LINKED)
        elif name == "event-listener":
            raise Unreadable(MACROS)

    def end(self, name: str) -> None:
        """Count a row as often as it is repeated."""
        super().end(name)
        name = KINDS[name]
        if name == "table-row":
            if self.full:
                self.reach.add(self.row + self.again - 1, self.full - 1)
                self.reach.check(self._called())
                if self.unseen:
                    self.reach.hidden.extend(range(self.row, self.row + self.again))
                rows = range(self.row, self.row + self.again)
                for columns, shown in self.showing:
                    self.reach.shown |= {(row, column): shown for row in rows for column in columns}
                for columns in self.striking:
                    self.reach.struck |= {(row, column) for row in rows for column in columns}
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
            style = attributes.get("style-name", self.usual[first] if first < len(self.usual) else None)
            if (shown := self.shown.get(style)) and attributes.get("value-type") == "date":
                self.showing.append((range(first, self.column), shown))
            if style in self.struck:
                self.striking.append(range(first, self.column))
        if formula is not None:
            check_formula(formula)
            right, down = (int(attributes.get(f"number-matrix-{side}-spanned", 1)) for side in ("columns", "rows"))
            self.computing.append((down, range(first, max(self.column, first + right))))

    def _called(self):
        return f"Trang “{self.title}”"


def scan(parts: Mapping[str, ZipInfo], pieces: Callable[[ZipInfo], Iterable[bytes]]) -> list[SheetReach]:
    """Scan an .ods file: the extent of each sheet. Raises Unreadable.

    `parts` are its entries by name, which `pieces` unpacks: first the one that tells whether the others are locked, and
    the styles that sheets take theirs from.
    """
    seen = {}
    for name in sorted(parts, key=lambda name: (name != MANIFEST, name != STYLES)):
        if name.startswith(("Basic/", "Scripts/")):
            raise Unreadable(MACROS)
        seen[name] = _part(name, seen.get(STYLES)).look_through(pieces(parts[name]))
    if CONTENT not in seen:
        raise Unreadable(BROKEN)
    return seen[CONTENT].sheets


def _part(name, known):
    if name == MANIFEST:
        return XmlElements()
    if name in (CONTENT, STYLES):
        return Content(known) if name == CONTENT else OpenStyles(known)
    return XmlPart() if name.endswith(".xml") else IgnoredPart()
