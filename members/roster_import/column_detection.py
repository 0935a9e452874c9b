"""Column detection: which column of a table holds what, by its heading, by what its cells look like, or as told.

A heading that is known decides, unless most cells beneath it cannot be read so. Where the heading says nothing the
cells do, but only for what cannot be mistaken. Everything else is left for the user, who sees the columns with
examples.
"""

import hashlib
import re
from dataclasses import dataclass
from itertools import islice

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text

from . import shared_headings, shared_registers
from .column_types import ANY_DAY, COLUMN_TYPES, DATES, IGNORED, INSTEAD, UNIT, column_type_of
from .headers import find
from .layout import RosterTable
from .registers import titled
from .relatives import of_relatives
from .row_kinds import CELL
from .stay_headings import WORK
from .text_keys import is_nothing, key, shown

TRIED = 100
"""How many people are looked at."""

BY_CELLS = ("gender", "ethnicity", "citizen_id", "profile_number", "card_number", "phone")
"""Kinds whose cells look like nothing else; the surest first."""

TRIED_KINDS = (*BY_CELLS, "born_on", "joined_on", "official_on")
"""Kinds that are tried on the cells of every column."""

WORK_KEYS = frozenset(map(key, WORK.split("; ")))
LONGEST_TRIED = 250
"""Letters of a cell; what is longer is none of these kinds, and takes long to read."""

NAME = re.compile(
    r"(?:ban|be|bui|ca|cam|cao|cha|chang|chu|cu|dam|dang|dao|deo|dieu|dinh|do|doan|duong|giang|ha|hang|ho|"
    r"hoang|hua|huynh|khoang|kim|la|lam|lau|le|leo|lo|lu|luong|luu|ly|ma|mai|mua|nghiem|ngo|nguyen|nong|"
    r"pham|phan|phung|quang|sung|ta|tan|tao|thai|thao|to|tong|tran|trieu|trinh|truong|vang|vi|vo|vu)(?: [a-z]+){1,5}"
)
"""How names usually begin here; asked of columns without a heading only."""


@dataclass(frozen=True)
class DetectedColumn:
    """Detected column: its heading, what it is taken for, whether this is sure, what else it may be, examples."""

    index: int
    heading: str
    kind: str
    sure: bool
    alternatives: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


def shape(table: RosterTable) -> str:
    """Fingerprint of a table under which a mapping is remembered: a hash of its headings, however they are typed.

    Where its columns are of registers that a title names, what the title says of them belongs to it.
    """
    words = "|".join(key(f"{above} {heading}") for above, heading in table.headings)
    spoken = shared_registers.speaks_of_registers(find(*heading)[0] for heading in table.headings)
    if spoken or shared_registers.numbers_alone(table.headings):
        words += f"|{sorted(titled(table.titles).items())}"
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def columns_of(table: RosterTable) -> list[DetectedColumn]:
    """Detect the columns of `table` that have a heading or anything in them."""
    rows = list(islice(table.body(), TRIED))
    cells = {index: [row[index] for row in rows if not is_nothing(row[index])] for index in range(len(table.headings))}
    cells = {index: values for index, values in cells.items() if values or any(table.headings[index])}
    meant = {index: find(*table.headings[index]) for index in cells}
    shared_registers.settle_days(meant, table.headings)
    shared_registers.settle(meant, table.titles, table.headings)
    relatives = of_relatives(meant, table.headings)
    meant |= {index: (IGNORED, meant[index] == (IGNORED, True)) for index in relatives}
    found = {index: _by_heading(*meant[index], values) for index, values in cells.items()}
    silent = [index for index, said in found.items() if said == (IGNORED, False) and index not in relatives]
    shared_headings.settle(found, table, cells)
    for index in silent:
        if found[index][0] == IGNORED:
            found[index] = _by_cells(cells[index], found, any(table.headings[index])), False
    _add_dates(table, found, cells)
    _add_cells(table, found, cells)
    return [
        DetectedColumn(
            index,
            " – ".join(filter(None, map(as_text, table.headings[index]))),
            *found[index],
            alternatives=_alternatives(*table.headings[index], values, found[index][0]),
            samples=tuple(dict.fromkeys(map(shown, values[:20])))[:3],
        )
        for index, values in cells.items()
    ]


def _share(kind, values):
    """Return the share of `values` that `kind` can read."""
    read, bad = column_type_of(kind).read, 0
    for value in values if read else ():
        try:
            if kind in TRIED_KINDS and isinstance(value, str) and len(value) > LONGEST_TRIED:
                raise ValueError("too long")
            read(value, ANY_DAY)
        except ValueError:
            bad += 1
    return 1 - bad / len(values) if values else 1


def _by_heading(kind, sure, values):
    if kind and values and (share := _share(kind, values)) < 0.5:
        other = INSTEAD.get(kind)
        return (other if other and _share(other, values) > share else kind), False
    return kind, sure


def _by_cells(values, found, headed):
    """Return what a column without a known heading surely holds, if no other column has it; names need no heading."""
    taken = {part for kind, _ in found.values() for part in kind.split("+")}
    if "male" in taken or "female" in taken:
        taken.add("gender")
    for kind in BY_CELLS:
        if kind not in taken and values and _share(kind, values) == 1 and column_type_of(kind).read(values[0], ANY_DAY):
            return kind
    named = headed or any(kind.startswith("full_name") for kind in taken)
    return "full_name" if not named and values and _look_like_names(values) else IGNORED


def _look_like_names(values):
    named = sum(isinstance(value, str) and NAME.fullmatch(key(value)) is not None for value in values)
    return named >= 0.6 * len(values)


def _add_dates(table, found, cells):
    """Take dates without headings for those of birth, joining and becoming official, by what comes first in a life."""
    if "born_on" in {kind for kind, _ in found.values()}:
        return
    dated = {
        index: sum(read(value) for value in values) / len(values)
        for index, values in cells.items()
        if found[index][0] == IGNORED
        and not any(table.headings[index])
        and values
        and _share("joined_on", values) == 1
        and (read := lambda value: COLUMN_TYPES["joined_on"].read(value, ANY_DAY)["joined_on"].year)
    }
    for index, kind in zip(sorted(dated, key=dated.get), DATES, strict=False):
        found[index] = kind, False


def _add_cells(table, found, cells):
    """Take where people work for their cells, where it names nothing else and no other column does."""
    for index, values in cells.items() if UNIT not in {kind for kind, _ in found.values()} else ():
        headed = any(key(text) in WORK_KEYS for text in table.headings[index])
        if headed and values and all(CELL.match(key(as_text(value))) for value in values):
            found[index] = UNIT, False
            return


def _alternatives(above, heading, values, kind):
    """Return the other kinds that a column may hold: what its headings mean, and what can read most of its cells."""
    likely = [each for text in (heading, above) if text and column_type_of(each := find("", text)[0])]
    likely += [INSTEAD.get(kind), *TRIED_KINDS]
    good = [other for other in likely if other and (other == INSTEAD.get(kind) or _share(other, values) > 0.8)]
    return tuple(other for other in dict.fromkeys(good) if other != kind)
