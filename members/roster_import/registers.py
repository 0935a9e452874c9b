"""Registers in lists: what a column of an office's list may mean besides the card, declared by the app that keeps it.

A register of the data workbook (a `Tab`) knows already which fields its records have, how cells of them are read, by
which keys a record is known again and what writing it needs. Its app adds to this, in a `ListedRegister`, what offices
call it: the headings of each field, which fields a list cannot be without, the words of a title that speak of it, and
what tells several records of one person in one row apart, as the year of a rating.

From a declaration follow the kinds of columns, called `register.field`:

- `rating.level`: the cell holds the value; the widget of the workbook reads it, with the other words of the field;
- `rating.level=excellent`: one column of a matrix, whose marks stand for one value;
- `rating.level#2025`: either of them, of the record of that year. The number stands in the heading, in the one above,
  or in a title that speaks of the register.

What is written over columns of many registers ("Số QĐ", "Từ ngày") is of the one that the list speaks of
(`shared_registers.py`). `register_lines.py` makes the lines: of each person one for each record that the row tells. An
empty cell says nothing. A register of which the list lacks a column that its records need is not read at all, and the
sender is told which; so is one that the sender may not write. What no list says and nobody may guess (the day on which
ratings were decided) is asked once for all rows (`register_questions.py`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import starmap
from typing import Any

from django.db.models import DateField, Model
from django.utils.text import capfirst

from binhlu_portal.dates import typed_dates as dates
from binhlu_portal.dates.happened import may_be_to_come
from binhlu_portal.db.read_fields import ReadCharField
from binhlu_portal.registry import Registry
from binhlu_portal.spreadsheets.data_workbook.resources import TABS, Tab
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text

from .cells import DECIDED, MODELS, NONE, NOT_YET, TICK_IT, TICKS, read_decision, read_end, refuse_mark
from .cells import DECISION as DECISION_CELL
from .column_types import COLUMN_TYPES, ONE_VALUE, ColumnType
from .register_questions import WHICH, Question
from .text_keys import key

SHARED = "?"
"""The register of kinds that the heading alone does not say."""

SHARED_HEADINGS = {
    "decision_number": "Số quyết định; Số QĐ; Quyết định số; QĐ số; Số ký hiệu quyết định; Quyết định",
    "decision_date": "Ngày quyết định; Ngày QĐ; Ngày ký quyết định; Ngày ký QĐ; Quyết định ngày; QĐ ngày",
    "decision": "Số, ngày quyết định; Số, ngày QĐ; Số QĐ, ngày QĐ; Số quyết định, ngày quyết định; "
    "Số và ngày quyết định; Quyết định (số, ngày); Quyết định số, ngày; Số QĐ, ngày tháng năm; "
    "Số quyết định, ngày tháng năm; Số QĐ, ngày tháng",
    "started_on": "Từ ngày; Từ; Ngày bắt đầu; Bắt đầu từ ngày; Thời điểm bắt đầu; Bắt đầu",
    "ended_on": "Đến ngày; Đến; Đến hết ngày; Ngày kết thúc; Kết thúc ngày; Kết thúc; Thời điểm kết thúc; Hết hạn ngày",
    "period": "Thời gian; Thời hạn",
    "reason": "Lý do",
    "form": "Hình thức",
    "expected": "Tổng số; Tổng số đảng viên; Số đảng viên; Tổng số ĐV; Số ĐV",
}
"""Headings of fields that many registers have."""

DECISION = "decision"
"""The kind of a column whose cells hold the number and the day of a decision."""

BEFORE = r"(?:\b(?:trong|của|các|qua|năm|nam)\s+){0,4}"
"""What stands before a number in a heading and belongs to it."""

LABELS = {DECISION: "Số, ngày quyết định", "ended_on": "Đến hết ngày"}
"""What kinds are called that are no field, or say it otherwise."""


@dataclass(frozen=True)
class ListedRegister:
    """Register as lists write it.

    `needs` are sets of fields of each of which the list needs one; `years#` is a column for each of several records.
    `marks` are {field: {value: headings}} of matrices, `readers` {field: parser} of cells that no widget reads,
    `labels` what such kinds are called. `number` is the pattern of what fills the field `apart`; `within` that of a
    year in a title, which belongs to each number without one. A column whose heading is nothing but a number tells the
    field `alone`. `complete` puts the values of a record in order and raises ValueError for what contradicts itself.
    What is written `with_card` gets its lines where those of the card are made. Of the field `beside` somebody may have
    several values at once, each in a record of its own. `also` is {what registers share: the field that it is here}.
    Fields with choices that a list of it often lacks are `asked`, {field: the field by which lists tell them apart}.
    `about` is the field of the record that says whose it is; one of units is `headed_as` a register of members in lists
    without people (`unit_lists.py`), besides its `own_headings`.
    """

    name: str
    model: type[Model]
    headings: dict[str, str]
    needs: tuple[tuple[str, ...], ...]
    title: str
    marks: dict[str, dict[Any, str]] = field(default_factory=dict)
    readers: dict[str, Callable[[Any, date], dict[str, Any]]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    number: str = ""
    within: str = ""
    alone: str = ""
    apart: str = ""
    complete: Callable[[dict[str, Any]], dict[str, Any]] = dict
    question: Question | None = None
    asked: dict[str, str] = field(default_factory=dict)
    with_card: bool = False
    beside: str = ""
    also: dict[str, str] = field(default_factory=dict)
    about: str = "member"
    headed_as: str = ""
    own_headings: dict[str, str] = field(default_factory=dict)

    @property
    def tab(self) -> Tab:
        """The sheet of the data workbook."""
        return TABS[self.model]

    @cached_property
    def telling(self) -> frozenset[str]:
        """The fields that tell of a record; the others only add to it."""
        return frozenset(name for names in self.needs for name in names)

    @property
    def has_days(self) -> bool:
        """Whether records of one owner are told apart by a day."""
        return isinstance(self.model._meta.get_field(self.apart), DateField)

    def numbers_in(self, text: str) -> list[str]:
        """Return the numbers in a text that tell records of the register apart."""
        return list(dict.fromkeys(re.findall(self.number, text, re.IGNORECASE))) if self.number else []

    def without_number(self, text: str) -> str:
        """Return a heading without the number that tells records apart, and what leads to it."""
        return re.sub(BEFORE + self.number, " ", text, flags=re.IGNORECASE).strip() if self.number else text

    def numbered_kind(self, kind: str, heading: str) -> str:
        """Return the kind of a heading with a number that means `kind` without it; nothing for one of no own field.

        What is nothing but a number may be that of other lists too: a title says whether it is of this register.
        """
        if self.alone and not self.without_number(heading):
            return f"{SHARED}.{self.alone}"
        if key(self.without_number(heading)) == "ngay" and self.number:
            return f"{self.name}.{self.apart}" if self.has_days else ""
        if kind.startswith(SHARED):
            return own_kind(self.name, kind.partition(".")[2])
        return kind if register_of(kind) is self else ""

    def number_within(self, number: str, titles: Iterable[str]) -> str:
        """Return a number with the year that the titles say, if it has none."""
        if not (number and self.within) or re.search("[0-9]{4}", number):
            return number
        years = {year for title in titles for year in re.findall(self.within, title, re.IGNORECASE)}
        return f"{number}/{years.pop()}" if len(years) == 1 else number

    @property
    def questions(self) -> list[Question]:
        """What is asked of a list, in this order."""
        return [*starmap(self._which, self.asked.items()), *filter(None, [self.question])]

    def _which(self, name, by):
        """Return the question which choice of a field holds."""
        options = {value: (label, {name: value}) for value, label in self.model._meta.get_field(name).flatchoices}
        asked = (name,), WHICH.format(self.label(name), self.called), lambda values, day: options
        return Question(*asked, of_new=False, by=by, topic=f"{self.name}.{name}")

    @property
    def called(self) -> str:
        """What the register is called on screen."""
        return capfirst(str(self.model._meta.verbose_name_plural))

    def label(self, name: str) -> str:
        """What a field is called on screen."""
        return (LABELS | self.labels).get(name) or capfirst(str(self.model._meta.get_field(name).verbose_name))

    def lacks(self, kinds: Iterable[str]) -> list[str]:
        """Return what a list whose columns are of these `kinds` lacks, in words; nothing where it speaks of none."""
        own = [kind for kind in kinds if kind.startswith(f"{self.name}.")]
        has = {ONE_VALUE.sub("", kind).partition("#")[0].partition(".")[2] for kind in own}
        has |= {self.apart} if any("#" in kind for kind in own) else set()
        has |= {f"{self.apart}#"} if any(kind.startswith(f"{self.name}.{self.apart}#") for kind in own) else set()
        has |= self.asked.keys() if has & self.telling else set()
        return [self.label(names[0]) for names in self.needs if own and has.isdisjoint(names)]

    def read(self, name: str, value: Any, day: date) -> dict[str, Any]:
        """Parse a cell that holds the value of a field; a mark may stand for the number in its heading."""
        if name == self.apart and self.number and key(as_text(value)) in TICKS:
            return self._named({name: True})
        if name in self.readers:
            return self._named(self.readers[name](value, day))
        if name in DECIDED and (name == DECISION or DECISION_CELL.fullmatch(as_text(value))):
            return self._named(read_decision(value, day, DECIDED[name]))
        words, of_field = key(as_text(value)), self.model._meta.get_field(name)
        if name == "ended_on":
            return self._named({name: read_end(value, day)})
        if isinstance(of_field, DateField):
            return self._named({name: dates.read_day(value, day, to_come=may_be_to_come(of_field))})
        if of_field.flatchoices and words in NONE:
            return {}
        if isinstance(of_field, ReadCharField) and not of_field.flatchoices:
            return self._named({name: of_field.read(value, day)})
        if not of_field.flatchoices and of_field.get_internal_type() in ("CharField", "TextField"):
            if words in NOT_YET:
                return {}
            refuse_mark(name, as_text(value))
        found = self._by_word.get((name, words))
        return self._named({name: self.tab.columns[name].widget.clean(value) if found is None else found})

    def read_mark(self, name: str, marked: Any, value: Any, day: date) -> dict[str, Any]:
        """Parse a cell of a column whose marks stand for one value."""
        words = key(as_text(value))
        if words in NONE:
            return {}
        if self.about == "unit" and words.isdecimal():
            raise ValueError("Đánh dấu x: số có thể là số người.")
        if words not in TICKS and self._by_word.get((name, words)) != marked:
            raise ValueError(TICK_IT)
        return self._named({f"{name}={marked}" if name == self.beside else name: marked})

    @cached_property
    def _by_word(self):
        return {
            (name, key(word)): value
            for name, values in self.marks.items()
            for value, words in values.items()
            for word in words.split("; ")
        }

    def _named(self, values):
        return {f"{self.name}.{name}": value for name, value in values.items() if value not in ("", None)}


REGISTERS: dict[str, ListedRegister] = Registry("registers in lists")
"""The registers that lists may speak of, by what the names of their columns begin with."""


def listed(register: ListedRegister) -> None:
    """Declare a register, and the kinds of columns that hold its fields."""
    REGISTERS.add(register.name, register)
    MODELS[register.name] = register.model
    for name in register.headings:
        kind, read = f"{register.name}.{name}", partial(register.read, name)
        COLUMN_TYPES.add(kind, ColumnType(kind, read, called=register.label(name), model=register.model))
    several = {register.beside: {}} if register.beside else {}
    for name, values in (register.marks | several).items():
        labels = dict(register.model._meta.get_field(name).flatchoices)
        for value in values or labels:
            kind, read = f"{register.name}.{name}={value}", partial(register.read_mark, name, value)
            label = f"{labels[value]} (cột đánh dấu x)"
            COLUMN_TYPES.add(kind, ColumnType(kind, read, called=label, model=register.model))


def register_of(kind: str) -> ListedRegister | None:
    """Return the register that a kind of column is of, or None."""
    return REGISTERS.get(kind.partition(".")[0]) if "." in kind else None


def own_kind(name: str, field: str) -> str:
    """Return the kind of a field that several registers have, or call so, in one of them; nothing where it has none."""
    plain, sign, number = field.partition("#")
    known = REGISTERS[name].also.get(plain, plain) if name in REGISTERS else plain
    return f"{name}.{known}{sign}{number}" if f"{name}.{known}" in COLUMN_TYPES else ""


def headings_of_registers() -> Iterator[tuple[str, str]]:
    """Yield (kind of column, its headings) of what registers share, and of each register."""
    yield from ((f"{SHARED}.{name}", headings) for name, headings in SHARED_HEADINGS.items())
    for register in (each for each in REGISTERS.values() if not each.headed_as):
        marks = [(f"{name}={value}", words) for name, of in register.marks.items() for value, words in of.items()]
        yield from ((f"{register.name}.{name}", headings) for name, headings in (*register.headings.items(), *marks))
    for register in REGISTERS.values():
        yield from ((f"{register.name}.{name}", headings) for name, headings in register.own_headings.items())


def about_units(kind: str) -> bool:
    """Return whether a kind of column is of a register of units."""
    register = register_of(kind)
    return register is not None and register.about == "unit"


def of_units(kinds: Mapping[int, str]) -> bool:
    """Return whether columns of these kinds list units and nobody."""
    return any(map(about_units, kinds.values())) and not any(kind.startswith("full_name") for kind in kinds.values())


def in_list_of_units(kind: str) -> str:
    """Return what a kind of column is in a list of units: of the register that bears the same headings."""
    name, dot, rest = kind.partition(".")
    return next((f"{each.name}{dot}{rest}" for each in REGISTERS.values() if dot and each.headed_as == name), kind)


def titled(titles: Iterable[str]) -> dict[str, str]:
    """Return {name of a register: number, or nothing} of those that the titles of a list speak of."""
    found = {}
    for name, register in REGISTERS.items():
        told = [title for title in titles if re.search(register.title, key(title))]
        numbers = {number for title in told for number in register.numbers_in(title)}
        if told:
            found[name] = numbers.pop() if len(numbers) == 1 else ""
    return found
