"""Lists of units: tables without names of people, whose rows name a unit each and tell of its registers.

The same headings stand over lists of people ("Xếp loại 2025"), so a register of units says whose headings it bears. A
number is no mark here: it may count people. What can hardly be read so, as a summary of counts, is no list.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Model

from binhlu_portal.db.actions import Decision
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault, ImportRow
from organizations.choices import CELLS, Kind, Sector
from organizations.models import UnitPeriod

from .column_detection import columns_of, shape
from .column_types import ANY_DAY, IGNORED, UNIT, column_type_of
from .layout import RosterTable
from .new_units import NewUnits, SaidOfUnit
from .parser import PersonLine, Roster, RosterSheet, read_row, tables_of
from .registers import about_units, in_list_of_units, of_units, register_of
from .resolution import SKIP, SKIP_IT, of_kind
from .row_kinds import CELL, begins_total, cells_in, group_in, is_lettered, kind_named, numbers_columns
from .table_parts import parts_of
from .text_keys import is_nothing, key
from .units import find_units, successors, unit_key
from .unknown_units import UnknownUnits, topic_of

WHICH_UNIT = "“{}” là tổ chức đảng nào?"
WHICH_PARENT = "“{}” (tổ chức cấp trên) là tổ chức đảng nào? Câu trả lời dùng cho mọi dòng ghi như vậy."
LOOP = "Theo danh sách, tổ chức đảng này trực thuộc chính nó hoặc tổ chức bên dưới nó. Sửa cột Trực thuộc."
WAITS = "Chưa rõ tổ chức đảng cấp trên: trả lời câu hỏi ở dòng {} trang “{}”."
STANDS = "Trên hệ thống đang trực thuộc{}. Danh sách không chuyển tổ chức đảng: ghi việc chuyển ở trang của đơn vị."
FOUNDED = ("decision_number", "decision_date", "started_on")
KNOWN_BEFORE = "Tổ chức đảng này đã có trên hệ thống: ngày, quyết định thành lập ghi hoặc sửa ở trang của đơn vị."
PARENT, ABOVE = "founding.parent", "cap-tren:"
HOLDING = re.compile(r"dang (?:bo|uy)\b")
"""How the name of an organization begins that others stand beneath."""

COMMITTEE = re.compile("^đảng ủy", re.IGNORECASE)
"""The committee of an organization, which stands for it."""

HOLDERS = frozenset(Kind) - CELLS
"""Kinds of units that others may stand beneath."""


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
    for table in chain.from_iterable(map(parts_of, roster.tables)):
        if shape(table) not in known:
            columns = [replace(column, kind=in_list_of_units(column.kind)) for column in columns_of(table)]
            columns = _without_counts(columns)
            kinds = {column.index: column.kind for column in columns}
            if is_list(table, kinds):
                number = sum(1 for _ in rows(table, kinds, ANY_DAY))
                roster.sheets.append(RosterSheet(table.name, shape(table), columns, None, number, "tổ chức đảng"))
    return roster


def _without_counts(columns):
    """Return columns of which those that count members beside a value of the unit are not read."""
    whole = {register_of(column.kind).name for column in columns if about_units(column.kind) and _is_whole(column.kind)}
    counts = {
        column.index
        for column in columns
        if about_units(column.kind) and not _is_whole(column.kind) and register_of(column.kind).name in whole
        if column.samples and all(map(str.isdecimal, column.samples))
    }
    return [replace(column, kind=IGNORED, sure=False) if column.index in counts else column for column in columns]


def _is_whole(kind):
    """Return whether a column holds values, and no marks."""
    field = kind.partition(".")[2].partition("#")[0]
    return field in register_of(kind).marks


def rows(table: RosterTable, kinds: Mapping[int, str], day: date) -> Iterator[PersonLine]:
    """Yield the rows of a list of units that name one and tell something of it; where it founds them, its name does.

    An organization whose name heads a group is the one above the units of the group, unless their rows name another; a
    kind of organization there is theirs.
    """
    founds = any(kind.startswith("founding.") for kind in kinds.values())
    named = next(index for index, kind in kinds.items() if kind == UNIT)
    read = {index: kind for index, name in kinds.items() if about_units(name) and (kind := column_type_of(name))}
    above = kind = None
    for at in range(table.start, len(table.rows)):
        row = cells_in(table.rows[at])
        if numbers_columns(row):
            continue
        group = group_in(row)
        if group is not None and (kind := kind_named(group)):
            above = None
            continue
        above = above if group is None else group if HOLDING.match(key(group)) else None
        text = above if group and group == above else as_text(row.get(named))
        if not is_nothing(text) and not begins_total(text):
            line = read_row(table, at, text, read, day)
            line.columns.setdefault(UNIT, named)
            if founds and kind:
                line.values.setdefault("founding.kind", kind)
            named_alone = founds and CELL.match(key(text)) and (text == above or not is_lettered(row))
            tells = line.faults or line.columns.keys() - {UNIT} or named_alone
            if above and text != above and PARENT not in line.values:
                line.values[PARENT], line.columns[PARENT] = above, named
            if tells:
                yield line


def is_list(table: RosterTable, kinds: Mapping[int, str]) -> bool:
    """Return whether a table is a list of units: it names them, and most of what rows tell of them can be read."""
    if UNIT not in kinds.values() or not of_units(kinds):
        return False
    found = list(rows(table, kinds, ANY_DAY))
    wrong = sum(len(line.faults) for line in found)
    return bool(found) and wrong <= sum(len(line.columns.keys() - {UNIT}) for line in found)


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
    """Resolver of the units of a list for its sender: what no name of a unit says is asked.

    A unit stands beneath the one that its row names, which the portal or another row knows, in any order.
    """

    def __init__(self, said: SenderInput, day: date):
        self.said, self.day = said, day
        self.new = NewUnits(said, day, Kind)
        periods = UnitPeriod.objects.editable_by(said.user).on(day).select_related("unit")
        self.places = {place.unit_id: place for place in periods.order_by("unit__code")}
        self.unknown = UnknownUnits(said, self.places, self.new, WHICH_UNIT, SKIP_IT)
        self.above = {}

    @property
    def made(self) -> list[ImportRow]:
        """The lines that make units."""
        return self.new.lines

    def find(self, lines: list[PersonLine]) -> tuple[list[RosterUnit], list[Fault]]:
        """Return (units found, faults and questions about the others); rows passed over are in neither."""
        self.matches = self._match([line.unit for line in lines])
        self.unknown.expect(self.matches)
        self.rows = {unit_key(line.unit): line for line in reversed(lines)}
        self.settled, self.foreseen, self.faults = {}, {}, []
        found = [(line, self._settle(line, ())) for line in lines]
        found = [RosterUnit(line, self.places[unit]) for line, unit in found if unit in self.places]
        return found, [*self.faults, *self.above.values(), *self.unknown.questions.values()]

    def _match(self, texts, kinds=Kind):
        """Return what texts mean among the units of `kinds`; those that went on in others are offered."""
        matches = find_units(texts, [*self.places.values()], kinds=kinds)
        if any(match.unit is None for match in matches.values()):
            matches = find_units(texts, [*self.places.values()], successors(self.said.user, self.day), kinds=kinds)
        return matches

    def _settle(self, line, beneath):
        """Return the id of the unit of a row, None while something of it is wrong or asked; `beneath` wait for it."""
        if id(line) not in self.settled:
            self.settled[id(line)] = None
            self.settled[id(line)] = self._settled(line, (*beneath, line))
        return self.settled[id(line)]

    def _settled(self, line, beneath):
        wrong = [Fault(line.sheet, line.row, at + 1, text, told, who=line.unit) for _, at, text, told in line.faults]
        self.faults += wrong
        if wrong:
            return None
        unit = self.matches[line.unit].unit
        text = COMMITTEE.sub("Đảng bộ", line.values.get(PARENT, ""))
        if unit and text:
            self._compare(line, unit, text)
        if unit and any(f"founding.{name}" in line.values for name in FOUNDED):
            line.unwritten.append(KNOWN_BEFORE)
        if unit or not text:
            return unit or self._asked(line, None)
        parent = self._parent(line, text, beneath)
        return parent and self._asked(line, parent)

    def _compare(self, line, unit, text):
        """Say that a unit which is known stands beneath another than the row says: no list moves it."""
        above = self._match([text], HOLDERS)[text].unit
        if above and above != self.places[unit].parent_id:
            known = self.places.get(self.places[unit].parent_id)
            line.unwritten.append(STANDS.format(f" “{known.name}”" if known else " tổ chức khác"))

    def _asked(self, line, parent):
        """Return the id of a unit that nobody knows, as the answer about it says, and note what it may be till then."""
        says = replace(said_of(line), parent=parent)
        unit = self.unknown.settle(line, self.matches[line.unit], (line.sheet, line.row), says)
        question = self.unknown.questions.get(topic_of(line.unit))
        self.foreseen[id(line)] = question and self.new.foreseen(question.proposed, says)
        return unit if unit in self.places else None

    def _parent(self, line, text, beneath):
        """Return the unit that a row stands beneath, None while that is wrong or asked."""
        match = self._match([text], HOLDERS)[text]
        row = self.rows.get(unit_key(text))
        if match.unit or not row:
            return self.places.get(match.unit or self._answered(line, text, match))
        if any(row is each for each in beneath):
            self.faults.append(self._about_parent(line, text, LOOP))
            return None
        if parent := self._settle(row, beneath):
            return self.places[parent]
        if (foreseen := self.foreseen.get(id(row))) and topic_of(line.unit) not in self.said.answers:
            return foreseen
        waiting = self._about_parent(line, text, WAITS.format(row.row, row.sheet))
        self.faults.append(replace(waiting, waits=True))
        return None

    def _answered(self, line, text, match):
        """Return the id of the unit that the sender says is meant above others; it is asked once."""
        topic = f"{ABOVE}{key(text)}"
        held = [place for place in self.places.values() if place.unit_id > 0 and place.kind in HOLDERS]
        options = {str(unit): name for unit, name in match.candidates[: match.near]}
        options |= {str(place.unit_id): place.name for place in held} | {SKIP: SKIP_IT}
        answer = self.said.answers.get(topic)
        if answer not in options:
            asked = replace(self._about_parent(line, text, WHICH_PARENT.format(text)), options=options, topic=topic)
            self.above.setdefault(topic, asked)
        return int(answer) if answer in options and answer != SKIP else None

    @staticmethod
    def _about_parent(line, text, told):
        return Fault(line.sheet, line.row, line.columns[PARENT] + 1, text, told, who=line.unit)
