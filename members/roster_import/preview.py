"""Preview of a list: of each row everything that was read, as it will be written, with what stood in the file.

What reading has changed is kept beside it: a zero put in front, letters of an old font, a year of two digits, a name in
capitals. What differs in blanks, punctuation and zeros of days says the same.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from binhlu_portal.audit.display import YES_NO, in_words
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.importer.preview import Preview, PreviewRow
from binhlu_portal.text.normal_forms import composed
from members.models import Spell

from .arrivals import Arrival
from .cells import field_of
from .column_types import ONE_VALUE, UNIT, column_type_of
from .parser import PersonLine
from .resolution import RosterPerson, who_of
from .unit_lists import RosterUnit

NAME = "full_name"
CELL = "Chi bộ"
BEGIN, WAY = "Vào chi bộ từ ngày", "Vào chi bộ bằng cách"


def preview_of(people: Sequence[PersonLine], found: Sequence[RosterPerson], arrivals: Mapping[str, Arrival]) -> Preview:
    """Return the preview of people; `found` are those whose cell is known, `arrivals` {mark: arrival} of new ones."""
    known = {id(person.said): person for person in found}
    rows, places = [], {}
    for line in people:
        cells = _cells(line, places)
        person = known.get(id(line))
        if person and person.cell:
            cells[CELL] = _told(person.cell.name, line.unit or "")
        arrival = person and arrivals.get(person.mark)
        if arrival:
            way = Spell._meta.get_field("start_reason")
            cells |= {BEGIN: [in_words(Spell._meta.get_field("started_on"), arrival.day)]}
            cells |= {WAY: [in_words(way, arrival.way)]}
        odd = [question for *_, question in line.doubts] + line.unwritten
        odd += [capfirst(line.apart)] if line.apart else []
        name = cells.pop(label_of(NAME), [""])
        rows.append(PreviewRow(line.sheet, line.row, who_of(line.values), name, cells, odd))
    return Preview([*_in_order(places), CELL, BEGIN, WAY], rows)


def preview_of_units(lines: Sequence[PersonLine], found: Sequence[RosterUnit]) -> Preview:
    """Return the preview of units; `found` are those that are known."""
    known = {id(unit.said): unit.place.name for unit in found}
    rows, places = [], {}
    for line in lines:
        name = known.get(id(line), line.unit)
        odd = line.unwritten + ([capfirst(line.apart)] if line.apart else [])
        rows.append(PreviewRow(line.sheet, line.row, name, _told(name, line.unit), _cells(line, places), odd))
    return Preview(_in_order(places), rows)


def _cells(line, places):
    """Return {label: [value in words, what stood there if it was changed]} of a row; note where the columns stand."""
    sharing, cells = Counter(line.columns.values()), {}
    for name, value in line.values.items():
        label, column = label_of(name), line.columns.get(name)
        text = _in_words(name, value)
        told = _told(text, line.sent.get(name, ""), value, column is not None and sharing[column] > 1)
        before = cells.get(label)
        cells[label] = [f"{before[0]}; {text}", *before[1:]] if before else told
        if name != NAME:
            places[label] = min(places.get(label, column or 0), column or 0)
    return cells


def _in_order(places):
    """Return labels as their columns stand in the file."""
    return sorted((label for label in places if label not in (CELL, BEGIN, WAY)), key=places.get)


def label_of(name: str) -> str:
    """Return what the column of a value is called."""
    if name == UNIT:
        return CELL
    kind = column_type_of(name)
    return kind.label if kind else capfirst(str(field_of(name.partition("#")[0]).verbose_name))


def _in_words(name, value: Any) -> str:
    """Return a value as it will be written; a period is told by its last day."""
    if isinstance(value, bool):
        return YES_NO[value]
    try:
        field = field_of(ONE_VALUE.sub("", name).partition("#")[0])
    except FieldDoesNotExist:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    last = field.name == "ended_on" and isinstance(value, date)
    return in_words(field, value - timedelta(days=1) if last else value)


def _told(text, sent, value=None, shared=False):
    """Return [text], or [text, what stood there] where that says it otherwise."""
    bare = _numbers if isinstance(value, date | PartialDate) else _bare
    ours, (theirs, backwards) = bare(text)[0], bare(sent)
    choice = value is not None and str(value) != text and ours.casefold() == theirs.casefold()
    same = isinstance(value, bool) or not theirs or choice or ours in (theirs, backwards) or (shared and ours in theirs)
    return [text] if same else [text, sent]


def _bare(text):
    """Return the letters and digits of a text, twice."""
    bare = re.sub(r"[\W_]+", "", composed(text))
    return bare, bare


def _numbers(text):
    """Return the numbers of a date without zeros in front, as they stand and with the year first."""
    found = [f"<{int(number)}>" for number in re.findall("[0-9]+", text)]
    return "".join(found), "".join(found[::-1])
