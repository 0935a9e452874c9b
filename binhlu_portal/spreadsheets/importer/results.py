"""Import result: what an import did, or would do, told as it goes; of long files only changes are kept line by line."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Field, Model

from binhlu_portal.audit.display import ABOUT
from binhlu_portal.spreadsheets.data_workbook.resources import Tab, heading

from .rows import Fault, ImportRow

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
FOREIGN = "Hồ sơ này ngoài phạm vi được giao cho tài khoản: bỏ dòng này, hoặc đề nghị Văn phòng cấp trên ghi."
ACTIONS = {NEW: "Thêm mới", CHANGED: "Thay đổi", SAME: "Không đổi", REFUSED: "Chưa lưu được"}

NAMED = 500
"""How many new records are named one by one; the counts are of all."""


@dataclass(slots=True)
class RecordResult:
    """Result of one line: the record it is about, and what becomes of it.

    `changes` are {field name: (before, after)}.
    """

    line: ImportRow
    row: Model
    action: str
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultRows:
    """Result kept for the screen of a new or changed record: its place, whom it is about, {field: (before, after)}.

    `about` is (model, id). `words` are [label, before, after] where its line has them.
    """

    place: tuple[str, int]
    tab: Tab
    about: tuple[type[Model], int]
    changes: dict[Field, tuple[Any, Any]]
    words: list[list[str]]


@dataclass(slots=True)
class Fate:
    """Fate of a row: what becomes of its records; they are `about` [table, id] where that was known before."""

    actions: set[str] = field(default_factory=set)
    about: list[Any] | None = None


class ImportResult:
    """Import result: counts of all records, those that change, the first of the new ones, and all that is wrong.

    `places` are the rows that are written or were found unchanged, `subjects` what the records are about as (model,
    id), apart from what the file itself brings, `named` the records that it changes as (table, id), `carried` the lines
    of others that change with them. `fates` are {(sheet, row, who): fate} of the rows that are `previewed`.
    """

    def __init__(self, faults: list[Fault], previewed: Iterable[tuple[str, int, str]] = ()):
        self.faults = faults
        self.fates = {key: Fate() for key in previewed}
        self.numbers = Counter()
        self.changed, self.new, self.places = [], [], set()
        self.made, self.subjects, self.named, self.carried = set(), set(), set(), []
        self._digest = hashlib.sha256()

    def count(self, line: ImportRow, action: str, changes: Iterable = ()) -> None:
        """Count a record, unless its line follows another.

        What an action makes is made because the sender said so: that a file saved before did it is no other result.
        """
        if not line.follows:
            self.numbers[line.tab.title, action] += 1
        if fate := self.fates.get((*line.place, line.who)):
            fate.actions.add(action)
        if not line.makes:
            self._digest.update(repr((line.place, line.tab.title, action, changes)).encode())

    def add(self, record: RecordResult) -> None:
        """Count a record that is as its line says, and keep what will be told of it."""
        line, row = record.line, record.row
        self.count(line, record.action, sorted(record.changes.items()))
        self.places.add(line.place)
        about = describe(line.tab, row)
        if record.action == NEW:
            self.made.add((line.tab.model, row.pk))
        if record.action == CHANGED:
            self.named.add((row._meta.db_table, row.pk))
        if about not in self.made:
            self.subjects.add(about)
            if fate := self.fates.get((*line.place, line.who)):
                fate.about = [about[0]._meta.db_table, about[1]]
        if line.follows:
            return
        kept = self.changed if record.action == CHANGED else self.new
        if record.action == CHANGED or (record.action == NEW and len(self.new) < NAMED):
            changes = {row._meta.get_field(name): values for name, values in record.changes.items()}
            kept.append(ResultRows(line.place, line.tab, about, changes, line.told))

    def counts(self) -> dict[str, dict[str, int]]:
        """Return {title of the tab: {action: number}}."""
        found = {}
        for (title, action), number in self.numbers.items():
            found.setdefault(title, {})[action] = number
        return found

    @property
    def done(self) -> int:
        """How many records have been counted."""
        return self.numbers.total()

    @property
    def writes(self) -> int:
        """How many records are written."""
        return sum(number for (_, action), number in self.numbers.items() if action in (NEW, CHANGED))

    @property
    def digest(self) -> str:
        """Return a short text that differs whenever something else would be written."""
        return self._digest.hexdigest()


def describe(tab: Tab, row: Model) -> tuple[type[Model], int]:
    """Subject of a record, (model, id): a person, else a unit; a record without either is about itself."""
    links = {field.attname: field.related_model for field in tab.links if getattr(row, field.attname)}
    return next(((links[name], getattr(row, name)) for name in ABOUT if name in links), (tab.model, row.pk))


def foreign(tab: Tab) -> str:
    """Return what is said of a record that the sender may not write; a model may say which ones he may."""
    return getattr(tab.model, "outside", FOREIGN)


def told_at(line: ImportRow, name: str, message: str) -> tuple[str, str]:
    """Return (message, field) of a broken rule; a field for which the file has no column is named in the message."""
    if name == NON_FIELD_ERRORS:
        return message, ""
    return message if name in line.columns else f"{heading(line.tab.model._meta.get_field(name))}: {message}", name
