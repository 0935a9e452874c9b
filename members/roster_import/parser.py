"""Roster parser: lists of people as offices make them ("danh sách trích ngang"), turned into one line for each person.

Nothing is written and nobody is looked up here: `recognize` says what the columns of a file seem to hold, the user
changes that where it is wrong, and `lines` reads the people. Who they are is found out by `record_linkage`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.importer.rows import FORMULA
from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.text.legacy_fonts import from_tcvn3, from_vni
from binhlu_portal.text.typed_text import GROUPED, digits_of
from members.choices import Gender

from .cells import read_text
from .column_detection import DetectedColumn, columns_of, shape
from .column_types import (
    COLUMN_TYPES,
    DATES,
    FEMALE,
    IGNORED,
    MALE,
    NUMBER,
    ONE_VALUE,
    UNIT,
    ColumnType,
    column_type_of,
)
from .doubts import NO_NUMBER, STRUCK, UNSEEN, called_apart, doubts_of, said_above
from .layout import RosterTable
from .registers import of_units
from .table_parts import parts_of, tables_in
from .text_keys import is_ditto, is_nothing, shown

TWICE = "Hai cột ghi khác nhau. Sửa cho giống nhau, hoặc để trống một ô."
NUMBERS = ("citizen_id", "old_identity_number", "card_number", "old_card_number")
"""Numbers whose zeros in front a spreadsheet drops and the reader puts back."""

OF_A_LIST = ("gender", "ethnicity", "religion", "state.education", "state.qualification", "state.theory")
"""Kinds whose cells hold a word out of a list, so that a font that makes one of them is no guess."""

WHOLE_NUMBER = "“{}” đọc là {}. Số này có đúng không?"
PEOPLE = "người"
"""What a list counts that names people."""

NOTHING_ABOVE = "Ô này ghi như ô trên nhưng ô trên để trống. Ghi rõ, hoặc để trống."
NAMELESS = "Dòng này không có họ và tên. Ghi họ và tên."


@dataclass
class RosterSheet:
    """Roster sheet: one with a list, its columns, how many people it holds and the text that names its unit."""

    name: str
    shape: str
    columns: list[DetectedColumn]
    unit: str | None
    people: int
    of: str = PEOPLE


@dataclass
class Roster:
    """Roster file: the sheets that hold lists, and all its tables with their text as it is read.

    Sheets of one shape have the same headings and share a mapping: `mapping` is {shape: {index of the column: kind}}.
    """

    sheets: list[RosterSheet]
    tables: list[RosterTable]

    @property
    def shapes(self) -> dict[str, list[DetectedColumn]]:
        """The columns to show for each shape."""
        return {sheet.shape: sheet.columns for sheet in reversed(self.sheets)}

    @property
    def told(self) -> list[str]:
        """How many people or units each sheet lists, in words."""
        counts = Counter()
        for sheet in self.sheets:
            counts[sheet.name, sheet.of] += sheet.people
        return [f"Trang “{name}”: {count} {of}." for (name, of), count in counts.items()]

    @property
    def mapping(self) -> dict[str, dict[int, str]]:
        """What each column seems to hold."""
        return {shape: {column.index: column.kind for column in columns} for shape, columns in self.shapes.items()}


@dataclass
class PersonLine:
    """Roster line: one person as a list has them; rows count from 1, columns from 0.

    `unit` is the text that names the unit, as found. `faults` are (field, column, what stands there, what to do),
    `doubts` alike (…, what to ask). `added` are the numbers to which zeros were put in front. `sent` are what stood in
    the cells of each value; a mark stands for its heading, so it is none. `unwritten` says what of it has no place.
    `apart` says why somebody may be no member of the list: in a sheet or a row that nobody sees, or called gone above.
    `above` is what the group of the row says of its people. Of a holder of a post nothing but the name may be told.
    """

    sheet: str
    row: int
    unit: str | None
    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[str, int, str, str]] = field(default_factory=list)
    doubts: list[tuple[str, int, str, str]] = field(default_factory=list)
    added: set[str] = field(default_factory=set)
    sent: dict[str, str] = field(default_factory=dict)
    unwritten: list[str] = field(default_factory=list)
    apart: str = ""
    above: str = ""
    of_holder: bool = False

    def fault(self, name: str, column: int, value: Any, message: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append((name, column, shown(value), message))

    def doubt(self, name: str, table: RosterTable, question: str) -> None:
        """Note what to ask about a value."""
        column = self.columns.get(name, 0)
        self.doubts.append((name, column, shown(table.rows[self.row - 1][column]), question))


def recognize(grids: Sequence[Grid]) -> Roster:
    """Recognise the lists in a file; sheets without a column of names and one more that is known are no lists."""
    sheets, known, tables = [], {}, tables_in(grids)
    for table in chain.from_iterable(map(parts_of, tables)):
        key_of_shape = shape(table)
        columns = known.get(key_of_shape) if any(map(any, table.headings)) else None
        columns = columns or columns_of(table)
        kinds = {column.index: column.kind for column in columns}
        if any(kind.startswith("full_name") for kind in kinds.values()) and len({*kinds.values()} - {IGNORED}) > 1:
            known[key_of_shape] = columns
            sheets.append(
                RosterSheet(table.name, key_of_shape, columns, table.unit, sum(1 for _ in table.people(kinds)))
            )
    return Roster(sheets, tables)


def lines(
    tables: Sequence[RosterTable], mapping: Mapping[str, Mapping[int | str, str]], *, day: date
) -> list[PersonLine]:
    """Parse the people of all tables whose shape `mapping` knows, in the order of the file, read as of `day`."""
    found = []
    for table, kinds in tables_of(tables, mapping):
        if not of_units(kinds):
            found += _lines(table, kinds, day)
    return found


def tables_of(
    tables: Sequence[RosterTable], mapping: Mapping[str, Mapping[int | str, str]]
) -> Iterator[tuple[RosterTable, dict[int, str]]]:
    """Yield (table, what its columns hold) of those whose shape `mapping` knows."""
    for table in chain.from_iterable(map(parts_of, tables)):
        if kinds := mapping.get(shape(table)):
            yield table, {int(index): kind for index, kind in kinds.items()}


def _lines(table, kinds, day):
    """Return the people of one sheet."""
    read = {index: column_type_of(kind) for index, kind in kinds.items() if index < len(table.headings)}
    read = {index: kind for index, kind in read.items() if kind and kind.read}
    found = [_line(table, at, unit, over, read, day) for at, unit, over in table.people(kinds)]
    _doubt_unnumbered(table, kinds, found)
    for index in (index for index, kind in kinds.items() if kind == UNIT):
        _name_units(table, found, index)
    if {MALE, FEMALE, "gender"} & set(kinds.values()) == {FEMALE}:
        for line in found:
            if all(name != "gender" for name, *_ in line.faults):
                line.values.setdefault("gender", Gender.MALE)  # such a list marks the women only
    return found


def _doubt_unnumbered(table, kinds, found):
    """Ask of rows with a name alone in a list whose other rows are numbered: whoever signs stands so beneath it."""
    numbers = [index for index, kind in kinds.items() if kind == NUMBER]
    bare = [line for line in found if all(is_nothing(table.rows[line.row - 1][index]) for index in numbers)]
    for line in bare if numbers and 2 * len(bare) < len(found) else ():
        if line.values.keys() == {"full_name"}:
            line.doubt("full_name", table, NO_NUMBER)


def read_row(table: RosterTable, at: int, unit: str | None, read: Mapping[int, ColumnType], day: date) -> PersonLine:
    """Parse the cells of one row; what it lacks, or is odd about it, is not asked yet."""
    unseen = table.hidden or at in table.hidden_rows
    struck = any((at, index) in table.struck for index, kind in read.items() if kind.name.startswith("full_name"))
    line = PersonLine(table.name, at + 1, unit, apart=UNSEEN if unseen else STRUCK if struck else "")
    for index, kind in read.items():
        value = table.rows[at][index]
        if (at, index) in table.formulas:
            line.fault(kind.fields[0], index, value, FORMULA)
        elif is_ditto(value):
            line.fault(kind.fields[0], index, value, NOTHING_ABOVE)
        elif not kind.whole and not is_nothing(value):
            _read(line, kind, value, index, day)
            _note_sent(line, table, kind, [index])
    for whole in dict.fromkeys(filter(None, (kind.whole for kind in read.values()))):
        columns = _parts(whole, read)
        _read_parts(line, table.rows[at], columns, read, day)
        _note_sent(line, table, COLUMN_TYPES[whole], columns)
    return line


def _note_sent(line, table, kind, columns):
    """Note what stood in the cells whose values have just been read, unless it is a mark."""
    if kind.name in (MALE, FEMALE) or ONE_VALUE.search(kind.name):
        return
    text = table.text_sent(line.row - 1, columns)
    for name in (name for name, column in line.columns.items() if column == columns[0]):
        line.sent[name] = text


def _line(table, at, unit, over, read, day):
    """Return the person of one row, with the group or title above it."""
    line = read_row(table, at, unit, read, day)
    line.of_holder = table.of_holders
    line.apart, line.above = line.apart or called_apart([over, *table.titles]), said_above(over)
    for name, question in doubts_of(line.values, frozenset(line.added), day):
        line.doubt(name, table, question)
    column = next((index for index, kind in read.items() if kind.fields[0] == "full_name"), 0)
    if "full_name" not in line.values and all(name != "full_name" for name, *_ in line.faults):
        line.fault("full_name", column, "", NAMELESS)
    return line


def _read(line, kind, value, index, day):
    """Read one cell into a line."""
    try:
        for name, said in _values(kind, value, day).items():
            _put(line, name, said, index)
            if isinstance(said, int) and isinstance(value, str) and GROUPED.fullmatch(as_text(value)):
                line.doubts.append((name, index, shown(value), WHOLE_NUMBER.format(shown(value), said)))
            if name in NUMBERS and len(said) > len(digits_of(value)):
                line.added.add(name)
    except ValueError as error:
        line.fault(kind.fields[0], index, value, str(error))


def _values(kind, value, day):
    """Return the values of a cell; a word out of a list may stand in an old font alone among others in Unicode."""
    try:
        return kind.read(value, day)
    except ValueError:
        for to_unicode_from in (from_tcvn3, from_vni) if kind.name in OF_A_LIST and isinstance(value, str) else ():
            with suppress(ValueError):
                return kind.read(to_unicode_from(value), day)
        raise


def _parts(whole, read):
    """Return the columns that hold the parts of one value, in the order of their kinds."""
    columns = [index for name in COLUMN_TYPES for index, kind in read.items() if kind.name == name]
    return [index for index in columns if read[index].whole == whole]


def _read_parts(line, row, columns, read, day):
    """Read what stands in several columns of a row as one value."""
    whole, joins = read[columns[0]].whole, read[columns[0]].joins
    texts = [as_text(row[index]) for index in columns if not is_nothing(row[index])]
    if texts and whole in DATES:
        texts = ["00" if is_nothing(row[index]) else as_text(row[index]) for index in columns]
    if texts:
        _read(line, COLUMN_TYPES[whole], joins.join(texts), columns[0], day)


def _put(line, name, said, index):
    """Note a value; text from a second column is added, anything else must say the same."""
    known, joins = line.values.get(name), COLUMN_TYPES[name].joins if name in COLUMN_TYPES else None
    if known is not None and known != said:
        if not joins:
            raise ValueError(TWICE)
        said = read_text(name, f"{known}{joins}{said}", None)[name]
    line.values[name] = said
    line.columns.setdefault(name, index)


def _name_units(table, found, index):
    """Give the lines the units of their column; a cell merged over several rows stands in the first of them."""
    texts = [as_text(table.rows[line.row - 1][index]) for line in found]
    times = Counter(filter(None, texts))
    merged = "" in texts and times.total() == len(times)
    last = None
    for line, text in zip(found, texts, strict=True):
        last = text or (last if merged else None)
        line.unit = last or line.unit
        if text:
            line.columns[UNIT] = index
