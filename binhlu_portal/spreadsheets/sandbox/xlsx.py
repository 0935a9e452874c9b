"""Excel workbooks (.xlsx): what is refused in them, how far their sheets reach and which cells compute."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from zipfile import ZipInfo

from .limits import BROKEN, LINKED, MACROS, MOST_COLUMNS, Unreadable, check_cells
from .shown_dates import shown_by
from .xml_scan import KINDS, IgnoredPart, SheetReach, XmlElements, XmlPart, check_formula

DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
BEGINNING = "_rels/.rels"
WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
TELLING = ("[Content_Types].xml", BEGINNING)
"""Parts that tell which part is the workbook."""

LISTS = ("[Content_Types].xml", WORKBOOK)

HIDDEN = frozenset({"1", "true"})
LISTED = ("fonts", "cellXfs")
"""Lists of a workbook's formats."""

NO_SIZE = frozenset({"0", "0.0"})
"""A row so low, or a column so narrow, that it is hidden as well."""

FORBIDDEN = (
    ("vbaproject", MACROS),
    ("xl/macrosheets/", MACROS),
    ("xl/activex/", MACROS),
    ("xl/externallinks/", LINKED),
    ("xl/connections", LINKED),
    ("xl/querytables/", LINKED),
)
"""Parts by which a workbook does things or fetches them."""


class ColumnNumbers(dict):
    """Column numbers, counted from 0, by their letters."""

    def __missing__(self, letters):
        number = 0
        for letter in letters:
            if not "A" <= letter <= "Z":
                raise Unreadable(BROKEN)
            number = number * 26 + ord(letter) - 64
        self[letters] = number - 1
        return number - 1


COLUMNS = ColumnNumbers()
FILLING = frozenset({"v", "is", "f"})
"""What makes a cell a full one."""
SPREADING = frozenset({"array", "dataTable"})
"""Formulas that stand in one cell and fill others."""


def _place(reference):
    """Return the row and column of a cell, counted from 0: (0, 27) for AB1."""
    letters = reference.rstrip(DIGITS)
    return int(reference[len(letters) :]) - 1, COLUMNS[letters]


class SheetScan(XmlPart):
    """Scan of a part of an .xlsx file. Each is looked through as a sheet, so that none can hide behind its name.

    This is where the time goes: an empty cell is counted and forgotten, and what a full one says of its place is kept
    until the piece has ended.
    """

    def __init__(self, styles):
        super().__init__()
        self.reach, self.shown, self.struck = SheetReach(), styles.shown, styles.struck
        self.is_struck = False
        self.row = self.column = -1
        self.place, self.places = None, []

    def feed(self, piece: bytes) -> None:
        """Look through one more piece."""
        super().feed(piece)
        rows = {place.lstrip(LETTERS) for place in self.places}
        columns = {place.rstrip(DIGITS) for place in self.places}
        if self.places:
            self.reach.add(max(map(int, rows)) - 1, max(COLUMNS[letters] for letters in columns))
            self.places.clear()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a hidden column, a row, a cell or what is in a cell."""
        self.elements += 1
        kind = KINDS[name]
        if kind == "c":
            place = attributes.get("r")
            if place is None:
                self.column = self._where()[1] + 1
            self.place = place
            self.is_struck = attributes.get("s") in self.struck
            if attributes.get("t") == "e":
                self.reach.formulas.append(self._where())
            if attributes.get("s") in self.shown:
                self.reach.shown[self._where()] = self.shown[attributes["s"]]
        elif kind in FILLING:
            if self.place:
                self.places.append(self.place)
            else:
                self.reach.add(self.row, self.column)
            if self.is_struck:
                self.reach.struck.add(self._where())
            if kind == "f":
                self.reach.formulas.append(self._where())
                if attributes.get("t") in SPREADING:
                    self._spread(attributes.get("ref", ""))
                self.text = []
                self.parser.CharacterDataHandler = self.text.append
                self.parser.EndElementHandler = self.end
        elif kind == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column, self.place = -1, None
            if attributes.get("hidden") in HIDDEN or attributes.get("ht") in NO_SIZE:
                self.reach.hidden.append(self.row)

        elif kind == "col" and (attributes.get("hidden") in HIDDEN or attributes.get("width") in NO_SIZE):
            first, last = (int(attributes.get(side, 1)) for side in ("min", "max"))
            self.reach.unseen.update(range(first - 1, min(last, MOST_COLUMNS)))

    def end(self, name: str) -> None:
        """Look at the text of a formula that has ended."""
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        check_formula("".join(self.text))

    def _where(self):
        """Return the row and column of the last cell, which need not say where it stands."""
        return _place(self.place) if self.place else (self.row, self.column)

    def _spread(self, area):
        """Take note of all cells of a formula that fills an area: the others only hold their values."""
        (top, left), (bottom, right) = (_place(corner) for corner in (area.split(":") * 2)[:2])
        self.reach.compute(range(top, bottom + 1), range(left, right + 1))


class Styles(XmlPart):
    """Scan of the formats of a workbook: which cells show only a part of a day, and which strike out their text."""

    def __init__(self):
        super().__init__()
        self.codes, self.used, self.fonts, self.of_fonts, self.within = {}, [], [], [], ""
        self.parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a format, and of the formats of cells in their order."""
        super().start(name, attributes)
        kind = KINDS[name]
        if kind == "numFmt":
            self.codes[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif kind in LISTED:
            self.within = kind
        elif kind == "font" and self.within == "fonts":
            self.fonts.append(False)
        elif kind == "strike" and self.within == "fonts":
            self.fonts[-1] = attributes.get("val", "1") in HIDDEN
        elif kind == "xf" and self.within == "cellXfs":
            self.used.append(int(attributes.get("numFmtId", 0)))
            self.of_fonts.append(int(attributes.get("fontId", 0)))

    def end(self, name: str) -> None:
        """Note the end of a list of fonts, or of formats of cells."""
        if KINDS[name] in LISTED:
            self.within = ""

    @property
    def struck(self) -> set[str]:
        """The numbers of the formats of cells that strike out their text."""
        return {str(place) for place, font in enumerate(self.of_fonts) if font < len(self.fonts) and self.fonts[font]}

    @property
    def shown(self) -> dict[str, str]:
        """Return {number of the format of a cell: what is shown of a day, as a format of Python}."""
        return {str(place): shown for place, shown in shown_by(self.codes, self.used).items()}


def main_part(parts: Mapping[str, ZipInfo], pieces: Callable[[ZipInfo], Iterable[bytes]]) -> str:
    """Name of the part that is the workbook, which the file itself tells; "" for a file of another kind."""
    if BEGINNING not in parts:
        return ""
    targets = _targets(XmlElements().look_through(pieces(parts[BEGINNING])), "/").values()
    return next((path for kind, path in targets if kind == "officeDocument" and path in parts), "")


def names_of_main(main: str) -> dict[str, str]:
    """Return {name: usual name} of a workbook's main part and of what tells its relationships."""
    folder, _, name = main.rpartition("/")
    return {main: WORKBOOK, f"{folder}/_rels/{name}.rels": RELATIONSHIPS}


def scan(parts: Mapping[str, ZipInfo], pieces: Callable[[ZipInfo], Iterable[bytes]]) -> list[SheetReach]:
    """Scan an .xlsx file: the extent of each sheet. Raises Unreadable.

    `parts` are its entries by name, which `pieces` unpacks.
    """
    for name in parts:
        for start, sentence in FORBIDDEN:
            if start in name.lower():
                raise Unreadable(sentence)
    styles = Styles().look_through(pieces(parts[STYLES])) if STYLES in parts else Styles()
    seen = {name: _part(name, styles).look_through(pieces(part)) for name, part in parts.items() if name != STYLES}
    return _sheets(seen)


def _part(name, styles):
    if name in LISTS or name.endswith(".rels"):
        return XmlElements()
    return SheetScan(styles) if name.endswith(".xml") else IgnoredPart()


def _sheets(seen):
    """Return the extent of each sheet; together they may hold so many cells and no more."""
    if not {BEGINNING, WORKBOOK, RELATIONSHIPS} <= seen.keys():
        raise Unreadable(BROKEN)
    if {target for kind, target in _targets(seen[BEGINNING], "/").values() if kind == "officeDocument"} != {WORKBOOK}:
        raise Unreadable(BROKEN)
    targets = _targets(seen[RELATIONSHIPS], "/xl")
    found, cells = [], 0
    for name, attributes in seen[WORKBOOK].found:
        if name == "sheet":
            _, target = targets.get(attributes.get("id"), (None, None))
            part = seen.get(target)
            if not isinstance(part, SheetScan):
                raise Unreadable(BROKEN)
            cells += part.reach.check(f"Trang “{attributes.get('name', '')}”")
            check_cells(cells)
            found.append(part.reach)
    return found


def _targets(relationships, folder):
    """Return {id: (last word of the kind, path)} of what a part of `folder` refers to."""
    return {
        attributes.get("Id"): (
            attributes.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join(folder, attributes.get("Target", ""))).lstrip("/"),
        )
        for name, attributes in relationships.found
        if name == "Relationship"
    }
