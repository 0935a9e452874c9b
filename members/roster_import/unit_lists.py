"""Lists of units: tables without names of people, whose rows name a unit each and tell of its registers.

The same headings stand over lists of people ("Xếp loại 2025"), so a register of units says whose headings it bears. A
number is no mark here: it may count people. What can hardly be read so, as a summary of counts, is no list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model

from binhlu_portal.db.actions import Decision
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault, ImportRow
from organizations.choices import Kind, Sector
from organizations.models import UnitPeriod

from .column_detection import ANY_DAY, columns_of, shape
from .column_types import UNIT, column_type_of
from .layout import TOTAL, RosterTable
from .new_units import NewUnits, SaidOfUnit
from .parser import PersonLine, Roster, RosterSheet, read_row, tables_of
from .registers import about_units, in_list_of_units, of_units
from .resolution import SKIP_IT, of_kind
from .text_keys import is_nothing, key
from .units import find_units, successors
from .unknown_units import UnknownUnits

WHICH_UNIT = "“{}” là tổ chức đảng nào?"


@dataclass
class RosterUnit:
    """Unit of a list, with what its row says; `mark` is what lines call it."""

    said: PersonLine
    place: UnitPeriod

    @property
    def pk(self) -> int:
        """The id of the unit."""
        return self.place.unit_id

    @property
    def mark(self) -> str:
        """The code of the unit."""
        return self.place.unit.code

    def line(self, model: type[Model], **values: Any) -> ImportRow:
        """Return a line about the unit, which stands in the row of the list."""
        columns = {name.partition(".")[2]: column + 1 for name, column in self.said.columns.items()}
        return ImportRow(TABS[model], self.said.sheet, self.said.row, values, columns=columns, who=self.place.name)


def with_units(roster: Roster) -> Roster:
    """Return a roster with the sheets that list units, as well as those that list people."""
    known = {sheet.shape for sheet in roster.sheets}
    for table in roster.tables:
        if shape(table) not in known:
            columns = [replace(column, kind=in_list_of_units(column.kind)) for column in columns_of(table)]
            kinds = {column.index: column.kind for column in columns}
            if is_list(table, kinds):
                number = sum(1 for _ in rows(table, kinds, ANY_DAY))
                roster.sheets.append(RosterSheet(table.name, shape(table), columns, None, number, "tổ chức đảng"))
    return roster


def rows(table: RosterTable, kinds: Mapping[int, str], day: date) -> Iterator[PersonLine]:
    """Yield the rows of a list of units that name one and tell something of it."""
    named = next(index for index, kind in kinds.items() if kind == UNIT)
    read = {index: kind for index, name in kinds.items() if about_units(name) and (kind := column_type_of(name))}
    for at in range(table.start, len(table.rows)):
        text = as_text(table.rows[at][named])
        if not is_nothing(text) and not TOTAL.fullmatch(key(text)):
            line = read_row(table, at, text, read, day)
            line.columns.setdefault(UNIT, named)
            if line.faults or line.columns.keys() - {UNIT}:
                yield line


def is_list(table: RosterTable, kinds: Mapping[int, str]) -> bool:
    """Return whether a table is a list of units: it names them, and most rows can be read."""
    if UNIT not in kinds.values() or not of_units(kinds):
        return False
    found = list(rows(table, kinds, ANY_DAY))
    return bool(found) and 2 * sum(bool(line.faults) for line in found) < len(found)


def units_in(tables: list[RosterTable], mapping: Mapping[str, Mapping[int, str]], day: date) -> list[PersonLine]:
    """Return the rows of all lists of units whose shape `mapping` knows."""
    return [
        line
        for table, kinds in tables_of(tables, mapping)
        if UNIT in kinds.values() and of_units(kinds)
        for line in rows(table, kinds, day)
    ]


def said_of(line: PersonLine) -> SaidOfUnit:
    """Return what a row says of its unit, should it be made."""
    says = of_kind("founding", line.values)
    decision = Decision(says.get("decision_number", ""), says.get("decision_date"))
    kind, sector = says.get("kind"), says.get("sector")
    return SaidOfUnit(kind and Kind(kind), sector and Sector(sector), says.get("started_on"), decision)


class UnitResolver:
    """Resolver of the units of a list for its sender: what no name of a unit says is asked."""

    def __init__(self, said: SenderInput, day: date):
        self.said, self.day = said, day
        self.new = NewUnits(said, day, Kind)
        periods = UnitPeriod.objects.editable_by(said.user).on(day).select_related("unit")
        self.places = {place.unit_id: place for place in periods.order_by("unit__code")}
        self.unknown = UnknownUnits(said, self.places, self.new, WHICH_UNIT, SKIP_IT)

    @property
    def made(self) -> list[ImportRow]:
        """The lines that make units."""
        return self.new.lines

    def find(self, lines: list[PersonLine]) -> tuple[list[RosterUnit], list[Fault]]:
        """Return (units found, faults and questions about the others); rows passed over are in neither."""
        texts, places, found, faults = [line.unit for line in lines], [*self.places.values()], [], []
        matches = find_units(texts, places, kinds=Kind)
        if any(match.unit is None for match in matches.values()):
            matches = find_units(texts, places, successors(self.said.user, self.day), kinds=Kind)
        self.unknown.expect(matches)
        for line in lines:
            wrong = [
                Fault(line.sheet, line.row, at + 1, text, told, who=line.unit) for _, at, text, told in line.faults
            ]
            faults += wrong
            match = matches[line.unit]
            unit = match.unit or (not wrong and self.unknown.settle(line, match, (line.sheet, line.row), said_of(line)))
            if unit in self.places and not wrong:
                found.append(RosterUnit(line, self.places[unit]))
        return found, [*faults, *self.unknown.questions.values()]
