"""Columns that share a meaning: which of them is read, and where several hold the parts of one name, date or place."""

import re
from typing import Any

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text

from .column_types import DATES, FEMALE, IGNORED, MALE, PART, column_type_of
from .layout import RosterTable
from .text_keys import key

FAMILY, GIVEN = "full_name@family", "full_name@given"
PLACES = frozenset({"hometown", "birthplace", "residence", "temporary_residence"})
PLACE_PART = re.compile(r"\b(?:xa|phuong|thi tran|huyen|quan|tinh|thanh pho|thon|ban|xom|so nha|duong|pho)\b")
DATE_PART = re.compile(r"[0-9]{1,2}|(?:19|20)[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}")
NEW = re.compile(r"\bmoi\b")
TICKS = frozenset({"x", "v", "1", "co"})

Found = dict[int, tuple[str, bool]]
"""What the columns are taken for: {index: (kind, whether this is sure)}."""


def settle(found: Found, table: RosterTable, cells: dict[int, list[Any]]) -> None:
    """Settle which columns of `found` are read, with the headings of `table` and the values in `cells`."""
    _settle_names(found, table, cells)
    _settle_dates(found, table, cells)
    _settle_marks(found, cells)
    _settle_identity(found, table)
    _take_once(found, table)


def _with_kind(found, kind):
    return [index for index, (each, _) in found.items() if each == kind]


def _settle_names(found, table, cells):
    """Read a name once: whole where a column has it whole, else put together of its parts."""
    _add_given_names(found, table, cells)
    whole, family, given = (_with_kind(found, kind) for kind in ("full_name", FAMILY, GIVEN))
    if whole and given and not family and _lack_given_names(table, whole[0], given[0]):
        found[whole[0]] = FAMILY, False
    elif not whole and given and not family:
        found[given[0]] = "full_name", found[given[0]][1]
    elif not whole and family and not given:
        last = next((index for index in found if _may_be_given(index, found, table, cells)), family[0])
        found[last] = ("full_name" if last in family else GIVEN), False
    elif not whole and not given and (born := _with_kind(found, "birth_name")):
        found[born[0]] = "full_name", found[born[0]][1]
    if _with_kind(found, "full_name"):
        for index, (kind, _) in list(found.items()):
            if kind.startswith("full_name@"):
                found[index] = IGNORED, False


def _add_given_names(found, table, cells):
    """Take the column behind the names for the given names, where one heading stands over both."""
    for index in (*_with_kind(found, "full_name"), *_with_kind(found, FAMILY)):
        after = index + 1
        if after in cells and cells[after] and not any(table.headings[after]):
            given = [value for value in cells[after] if isinstance(value, str) and _is_one_word(value)]
            if len(given) > 0.8 * len(cells[after]) and all(isinstance(value, str) for value in cells[after]):
                found[index], found[after] = (FAMILY, found[index][1]), (GIVEN, False)


def _may_be_given(index, found, table, cells):
    """Whether a column of which the heading is not known is called some name and holds single words: Tên gọi."""
    named = found[index] == (IGNORED, False) and _words(table, index).startswith("ten ")
    return (
        named and bool(cells[index]) and all(isinstance(value, str) and _is_one_word(value) for value in cells[index])
    )


def _is_one_word(value):
    return len(value.split()) == 1 and value.strip().isalpha()


def _lack_given_names(table, whole, given):
    """Whether the names in a column do not end in those of the column of given names."""
    rows = [(as_text(row[whole]), as_text(row[given])) for row in table.body()]
    rows = [(name, last) for name, last in rows if name and last]
    return sum(key(name).split()[-1:] == key(last).split()[-1:] for name, last in rows) < 0.5 * len(rows)


def _settle_dates(found, table, cells):
    """Put together the columns that hold the day, the month and the year of one date."""
    for whole in DATES:
        columns, parts = _with_kind(found, whole), _with_kind(found, f"{whole}{PART}")
        if not parts and len({_words(table, index) for index in columns}) > 1 and not _are_years(columns, cells):
            parts = [index for index in columns if _are_parts(index, cells)]
        elif parts:
            years = [] if _with_kind(found, FEMALE) else _with_kind(found, MALE)
            years = [index for index in years if table.headings[index][0] == table.headings[parts[0]][0]]
            parts += [index for index in (*columns, *years) if _are_parts(index, cells)]
        for index in parts:
            found[index] = f"{whole}{PART}" if len(parts) > 1 else whole, len(parts) > 1


def _are_parts(index, cells):
    """Whether the cells of a column are numbers of one or two digits or of a year, or a day and a month."""
    return all(DATE_PART.fullmatch(as_text(value)) for value in cells[index])


def _are_years(columns, cells):
    return all(len(as_text(value)) == 4 for index in columns for value in cells[index])


def _settle_marks(found, cells):
    """Leave out a lone column Nam that holds no marks: typed without marks, Năm looks like it."""
    for index in _with_kind(found, MALE):
        if not _with_kind(found, FEMALE) and any(key(as_text(value)) not in TICKS for value in cells[index]):
            found[index] = IGNORED, False


def _settle_identity(found, table):
    """Take a column of identity cards for those of before where another has the numbers of today."""
    columns = _with_kind(found, "citizen_id")
    before = [
        index for index in columns if "cmnd" in _words(table, index).split() and "cccd" not in _words(table, index)
    ]
    for index in before if len(before) < len(columns) else ():
        found[index] = "old_identity_number", False


def _take_once(found, table):
    """Leave out a kind that another column has with more right; of places only parts are put together."""
    taken = {}
    for index in sorted((each for each in found if found[each][0]), key=lambda each: _rank(each, found, table)):
        kind, words = found[index][0], _words(table, index)
        others = taken.setdefault(kind, [])
        if others and not _joins(kind, [*others, words]):
            found[index] = IGNORED, False
        else:
            others.append(words)


def _joins(kind, headings):
    """Whether columns with these headings hold parts of one text, none of them the whole again."""
    if column_type_of(kind).joins is None or (len(set(headings)) < len(headings) and PART not in kind):
        return False
    return kind not in PLACES or all(map(PLACE_PART.search, headings))


def _rank(index, found, table):
    """Return what columns are taken by: those that say they are new, those that are sure, the first."""
    return not NEW.search(_words(table, index)), not found[index][1], index


def _words(table, index):
    return key(" ".join(table.headings[index]))
