"""Old Excel workbooks (.xls): a compound file (MS-CFB) with a stream of records (MS-XLS), walked before it is read.

Compound files are little file systems. Their directory tells what else they may be: a document of Word, a locked
workbook, a workbook with macros.
"""

from collections.abc import Callable
from struct import Struct, error, unpack_from

from .limits import BROKEN, EMBEDDED, LINKED, LOCKED, MACROS, MOST_COLUMNS, WORD, Unreadable, check_cells
from .shown_dates import shown_by
from .xml_scan import SheetReach

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes of an entry of the directory
FIRST_OF_TABLE = 109  # sectors of the table of sectors that the header names itself
LAST_SECTOR = 0xFFFFFFFA
SMALL = 4096  # a shorter stream lies in the stream of the root, cut in small sectors

FORBIDDEN = {
    "EncryptedPackage": LOCKED,
    "_VBA_PROJECT_CUR": MACROS,
    "_VBA_PROJECT": MACROS,
    "Ctls": MACROS,
}
OTHERS = {"WordDocument": WORD, "PowerPoint Document": "bài trình chiếu PowerPoint"}

RECORD = Struct("<HH")
PLACE = Struct("<HH")
FORMAT, FONT, CELL_FORMAT = 0x41E, 0x31, 0xE0
"""Records of formats and of fonts, and of what cells look like, which name one of each."""
STRUCK_OUT, NO_FONT = 0x08, 4
"""The bit of a font that strikes out its text, and the number that no font has."""
BOF, EOF, FILEPASS, BOUNDSHEET, SUPBOOK = 0x809, 0x0A, 0x2F, 0x85, 0x1AE
FORMULA, BOOL_OR_ERROR, MANY_NUMBERS = 0x06, 0x205, 0xBD
FULL = {FORMULA, BOOL_OR_ERROR, MANY_NUMBERS, 0x203, 0x204, 0xD6, 0xFD, 0x27E}
"""Records of cells that hold something: numbers, texts, results."""

ROW, NO_HEIGHT = 0x208, 0x20
"""The record of a row, and the bit in it that hides the row."""

COLUMNS, NO_WIDTH = 0x7D, 0x01
"""The record of columns, and the bit in it that hides them."""

WORKSHEET, CHART = 0, 2
THIS_WORKBOOK, ADD_IN = 0x0401, 0x3A01


class Compound:
    """Compound file (MS-CFB): its directory and its streams."""

    def __init__(self, content):
        self.content = content
        self.shift, self.small_shift = unpack_from("<HH", content, 30)
        if self.shift not in (9, 12) or self.small_shift != 6:
            raise Unreadable(BROKEN)
        first, _, _, first_small, _, further = unpack_from("<6I", content, 48)
        sectors = [*unpack_from(f"<{FIRST_OF_TABLE}I", content, 76)]
        for _ in range(len(content) >> self.shift):
            if further >= LAST_SECTOR:
                break
            *more, further = self._numbers(self._sector(further))
            sectors += more
        self.table = [n for sector in sectors if sector < LAST_SECTOR for n in self._numbers(self._sector(sector))]
        self.streams, self.names = {}, []
        directory = self._chain(first)
        for start in range(0, len(directory), ENTRY):
            self._enter(directory[start : start + ENTRY])
        self.small_table = self._numbers(self._chain(first_small))

    def stream(self, name: str) -> bytes:
        """Return the content of a stream."""
        first, size = self.streams[name]
        if size >= SMALL:
            return self._chain(first)[:size]
        root, _ = self.streams["Root Entry"]
        small, found, step = self._chain(root), [], 1 << self.small_shift
        while first < LAST_SECTOR and len(found) * step < size:
            found.append(small[first * step : (first + 1) * step])
            first = self.small_table[first]
        return b"".join(found)[:size]

    def _enter(self, entry):
        length, kind = unpack_from("<HB", entry, 64)
        if kind:
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            self.names.append(name)
            self.streams[name] = unpack_from("<IQ", entry, 116)

    def _sector(self, number):
        start = (number + 1) << self.shift
        if start >= len(self.content):
            raise Unreadable(BROKEN)
        return self.content[start : start + (1 << self.shift)]

    def _chain(self, number):
        """Return the sectors of a chain; one that is longer than the file runs in a circle."""
        found = []
        while number < LAST_SECTOR:
            found.append(self._sector(number))
            if len(found) > len(self.table):
                raise Unreadable(BROKEN)
            number = self.table[number]
        return b"".join(found)

    @staticmethod
    def _numbers(sector):
        return unpack_from(f"<{len(sector) // 4}I", sector)


DAMAGED = (error, IndexError, KeyError)
"""What walking through a broken file raises."""


def scan(content: bytes, wrong: Callable[[str], Unreadable]) -> list[SheetReach]:
    """Scan an .xls file: the extent of each sheet. Raises Unreadable.

    `wrong` makes the refusal of a file of another kind.
    """
    try:
        compound = Compound(content)
        for name in compound.names:
            if name in FORBIDDEN:
                raise Unreadable(FORBIDDEN[name])
            if name in OTHERS:
                raise wrong(OTHERS[name])
            if name.startswith("MBD"):
                raise Unreadable(EMBEDDED)
        book = next((name for name in ("Workbook", "Book") if name in compound.streams), None)
        if book is None:
            raise wrong("dữ liệu không rõ loại")
        return _sheets(compound.stream(book))
    except DAMAGED:
        raise Unreadable(BROKEN) from None


def _sheets(stream):
    """Return the extent of each sheet of the stream of a workbook."""
    sheets, reach, depth, cells = {}, None, 0, 0
    codes, used, shown = {}, [], None
    fonts, of_fonts, struck = [], [], set()
    for start, kind, data in _records(stream):
        if kind == BOF:
            depth += 1
            reach = sheets[start][1] if start in sheets else reach if depth > 1 else None
        elif kind == EOF:
            depth -= 1
        elif kind in FULL:
            if reach and depth == 1:
                if shown is None:
                    shown = shown_by(codes, used)
                    struck = _struck(fonts, of_fonts)
                _add(reach, kind, data, shown, struck)
        elif kind == ROW:
            if reach and depth == 1 and data[12] & NO_HEIGHT:
                reach.hidden.append(int.from_bytes(data[:2], "little"))
        elif kind == COLUMNS:
            first, last, width, _, bits = unpack_from("<5H", data)
            if reach and depth == 1 and (bits & NO_WIDTH or not width):
                reach.unseen.update(range(first, min(last + 1, MOST_COLUMNS)))
        elif kind == FORMAT:
            codes[int.from_bytes(data[:2], "little")] = _code(data)
        elif kind == FONT:
            fonts.append(data[2])
        elif kind == CELL_FORMAT:
            of_fonts.append(int.from_bytes(data[:2], "little"))
            used.append(int.from_bytes(data[2:4], "little"))
        elif kind == FILEPASS:
            raise Unreadable(LOCKED)
        elif kind == BOUNDSHEET:
            _enter(sheets, data)
        elif kind == SUPBOOK and unpack_from("<H", data, 2)[0] not in (THIS_WORKBOOK, ADD_IN):
            raise Unreadable(LINKED)
    for name, found in sheets.values():
        cells += found.check(f"Trang “{name}”")
    check_cells(cells)
    return [found for _, found in sheets.values()]


def _records(stream):
    """Yield (place, kind, data) of the records of a stream; it ends with zeros."""
    start, end = 0, len(stream) - RECORD.size
    while start <= end:
        kind, length = RECORD.unpack_from(stream, start)
        data = start + RECORD.size
        if kind or length:
            yield start, kind, stream[data : data + length]
        start = data + length


def _enter(sheets, data):
    """Take note of a sheet, which begins at a place of the stream."""
    start, kind = data[:4], data[5]
    if kind not in (WORKSHEET, CHART):
        raise Unreadable(MACROS)
    wide = data[7] & 1
    name = data[8:].decode("utf-16-le" if wide else "latin-1", "replace")[: data[6]]
    sheets[int.from_bytes(start, "little")] = (name, SheetReach())


def _code(data):
    """Return the code of a format: of old files with one byte a letter, of others with a flag that tells how many."""
    short = len(data) == 3 + data[2]
    wide = not short and data[4] & 1
    return data[3 if short else 5 :].decode("utf-16-le" if wide else "latin-1", "replace")


def _struck(fonts, of_fonts):
    """Return the numbers of the formats of cells that strike out their text; a font that is missing strikes nothing."""
    places = [font - (font > NO_FONT) for font in of_fonts]
    return {number for number, at in enumerate(places) if at < len(fonts) and fonts[at] & STRUCK_OUT}


def _add(reach, kind, data, shown, struck):
    """Take note of a full cell, or of a row of numbers, of how much of a day it shows and whether it is struck out."""
    row, column = PLACE.unpack_from(data)
    forms, last = [data[4:6]], column
    if kind == MANY_NUMBERS:
        forms, last = [data[at : at + 2] for at in range(4, len(data) - 2, 6)], int.from_bytes(data[-2:], "little")
    for at, form in enumerate(forms, column):
        form = int.from_bytes(form, "little")
        if how := shown.get(form):
            reach.shown[row, at] = how
        if form in struck:
            reach.struck.add((row, at))
    reach.add(row, last)
    if kind == FORMULA or (kind == BOOL_OR_ERROR and data[7]):
        reach.formulas.append((row, column))
