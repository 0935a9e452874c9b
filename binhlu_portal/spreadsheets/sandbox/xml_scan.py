"""XML scan of .xlsx and .ods files while they are unpacked: how far sheets reach, which cells compute.

XML bombs refused.

The reader proper (calamine) makes room for every cell between the first and the last and tells no formulas, so both are
found out before. Declarations of types and entities, the means of all XML bombs, do not occur in workbooks and are
refused (OWASP: XML external entity prevention).
"""

import re
from collections.abc import Iterable
from typing import Self
from xml.parsers import expat

from .limits import BOMB, BROKEN, HEAVY, LINKED, LOCKED, MACROS, MOST_ELEMENTS, Unreadable, check_cells, check_size

QUOTED = re.compile(r'"[^"]*"')
FETCHES = re.compile(
    r"\b(WEBSERVICE|RTD|DDE|CALL|EXEC|REGISTER(\.ID)?|IMAGE)\s*\("  # functions that ask other programs or the network
    r"|\[[^\[\]]+\][\w .]+'?!"  # [1]Sheet!A1, '[Book.xlsx]Sheet'!A1
    r"|\w\|'[^']*'!"  # cmd|'/C calc'!A0
    r"|'(file|https?|ftp|smb):",  # 'file:///list.ods'#$Sheet.A1
    re.IGNORECASE,
)


class ElementKinds(dict):
    """Element names without their prefix, by the full name."""

    def __missing__(self, name):
        self[name] = name.rpartition(":")[2]
        return self[name]


KINDS = ElementKinds()


def local(names: dict[str, str]) -> dict[str, str]:
    """Local attribute names: the attributes of an element by their names without prefix."""
    return {KINDS[name]: value for name, value in names.items()}


class XmlPart:
    """Scan of one XML part of a packed file. Pieces are fed to it; subclasses say what an element means."""

    def __init__(self):
        self.parser = expat.ParserCreate()
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = self._bomb
        self.parser.StartElementHandler = self.start
        self.begun, self.elements = False, 0

    def look_through(self, pieces: Iterable[bytes]) -> Self:
        """Look through all pieces and return the part."""
        for piece in pieces:
            self.feed(piece)
        self._parse(b"", True)
        return self

    def feed(self, piece: bytes) -> None:
        """Look through one more piece."""
        # Workbooks are UTF-8, the only encoding that all readers take alike; UTF-16 is full of zeros.
        if not self.begun and b"\0" in piece[:100]:
            raise Unreadable(BROKEN)
        self.begun = True
        self._parse(piece, False)
        if self.elements > MOST_ELEMENTS:
            raise Unreadable(HEAVY)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the beginning of an element."""
        self.elements += 1

    def _parse(self, piece, last):
        try:
            self.parser.Parse(piece, last)
        except (expat.ExpatError, ValueError):
            raise Unreadable(BROKEN) from None

    @staticmethod
    def _declared(version, encoding, standalone):
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise Unreadable(BROKEN)

    @staticmethod
    def _bomb(*declared):
        raise Unreadable(BOMB)


class IgnoredPart:
    """Scan of a part that is no XML: it is unpacked to be measured, and that is all."""

    def look_through(self, pieces: Iterable[bytes]) -> Self:
        """Take the pieces and return the part."""
        for _ in pieces:
            pass
        return self


class XmlElements(XmlPart):
    """Scan of a small part, kept as [(local name, attributes)]; it may not hold what makes a workbook do things."""

    def __init__(self):
        super().__init__()
        self.found = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep the element, or refuse the file for it."""
        super().start(name, attributes)
        name, attributes = KINDS[name], local(attributes)
        if name == "encryption-data":
            raise Unreadable(LOCKED)
        if name in ("Override", "Default") and re.search("macro|vba", attributes.get("ContentType", ""), re.I):
            raise Unreadable(MACROS)
        external = name == "Relationship" and attributes.get("TargetMode") == "External"
        if external and not attributes.get("Type", "").endswith("/hyperlink"):
            raise Unreadable(LINKED)
        self.found.append((name, attributes))


class SheetReach:
    """Extent of one sheet: its last full row and column, the cells that compute, the rows and columns that are hidden.

    `hidden` are rows, `unseen` columns. `shown` are the cells that show less of a day than they hold: {(row, column):
    format of Python}. `struck` are the cells whose text is struck out, as (row, column).
    """

    def __init__(self):
        self.rows = self.columns = 0
        self.formulas, self.hidden, self.unseen, self.shown, self.struck = [], [], set(), {}, set()

    def add(self, row: int, column: int) -> None:
        """Take note of a full cell."""
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1

    def compute(self, rows: range, columns: range) -> None:
        """Take note of an area of cells that compute."""
        check_cells(len(self.formulas) + len(rows) * len(columns))
        self.formulas.extend((row, column) for row in rows for column in columns)

    def check(self, sheet: str) -> int:
        """Refuse a sheet that reaches too far; return its cells."""
        check_size(self.rows, self.columns, sheet)
        return self.rows * self.columns


def check_formula(text: str) -> None:
    """Formula check. Raises Unreadable when a formula fetches what is not in the file."""
    if FETCHES.search(QUOTED.sub("", text)):
        raise Unreadable(LINKED)
