"""Import rows: what a file says, record by record, whoever read it, and what is wrong with it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from binhlu_portal.db.read_fields import Unread
from binhlu_portal.spreadsheets.data_workbook.resources import Tab
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text

EMPTY = (None, "")

FORMULA = "Ô này là công thức. Hãy chép lại thành giá trị (Dán đặc biệt → Giá trị) rồi gửi lại tệp."


@dataclass(frozen=True, slots=True)
class Fault:
    """Import error: where, what stands there, what to do. Rows and columns count from 1; 0 is the whole.

    A fault with `options` {answer: words} is a question: the import goes on once one of them is chosen, and `proposed`
    is chosen unless the sender says otherwise. What several rows and files ask alike has a `topic`, by which its answer
    is kept; the rows that only wait for it have a fault that `waits`. Of what rows ask each for itself in the same way,
    with answers in the same order, `same` says how, so that the sender may answer all of them as one. `who` tells whose
    row it is, `unseen` which value, in words, a record out of the sender's sight has already.
    """

    sheet: str
    row: int
    column: int
    value: str
    message: str
    options: dict[str, str] = field(default_factory=dict, hash=False)
    who: str = ""
    unseen: str = ""
    topic: str = ""
    proposed: str = ""
    waits: bool = False
    same: str = ""

    @property
    def place(self) -> str:
        """The topic, or the row (and the cell) in one text, by which answers and mended values are kept."""
        return self.topic or f"{self.sheet}!{self.row}!{self.column}"

    @property
    def row_place(self) -> tuple[str, int]:
        """The row in which it stands."""
        return self.sheet, self.row


@dataclass(slots=True)
class ImportRow:
    """Import row: one record as a file gives it.

    `values` are by the names of fields: only what the file speaks of. A link holds the text that names its record: a
    mark, or a name inside the file. `mark` is what this record itself is called; `pk` says which record it is where the
    reader knows. `columns` tell where in the row each value stands, from 1; `shown` what stood there where it could not
    be read. `who` is whose record it is, in the words of the file. `faults` are what the reader found; a line that has
    some is not written. `blames` are what the import finds. `told` are [label, before, after] that say better what
    changes than the values themselves do. A line that `follows` only carries on what another of its row changes: it is
    neither counted nor listed. Where a new record is more than one row of a table, an action `makes` and returns it.
    """

    tab: Tab
    sheet: str
    row: int
    values: dict[str, Any]
    mark: str = ""
    pk: int | None = None
    columns: dict[str, int] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    blames: list[Fault] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)
    who: str = ""
    follows: bool = False
    makes: Callable[[], Model] | None = None

    @property
    def place(self) -> tuple[str, int]:
        """The row in which it stands: what stands in one row is written whole or not at all."""
        return self.sheet, self.row

    @property
    def names(self) -> set[str]:
        """What links of the file may call this record: its mark, and what always calls a record of that kind."""
        return {self.mark, self.values.get(self.tab.handle)}.difference(EMPTY)

    def blame(
        self, message: str, name: str = "", options: dict[str, str] | None = None, *, waits: bool = False
    ) -> None:
        """Note what is wrong with the record in the portal."""
        self.blames.append(replace(self.fault(message, name, options), waits=waits))

    def blame_unread(self, values: dict[str, Any]) -> bool:
        """Note which of the `values` that are to be written could not be read; return whether there are any."""
        unread = {name: value for name, value in values.items() if isinstance(value, Unread)}
        for name, value in unread.items():
            self.blame(value.why, name)
        return bool(unread)

    def fault(self, message: str, name: str = "", options: dict[str, str] | None = None) -> Fault:
        """Return what is wrong: in the value of the field `name`, or with the row as a whole."""
        shown = str(self.shown.get(name, ""))
        return Fault(self.sheet, self.row, self.columns.get(name, 0), shown, message, options or {}, self.who)


@dataclass
class ParsedFile:
    """Parsed file: its `lines`, tab by tab, which may be gone through more than once, and their `count`.

    `stamp` is the mark of the newest entry of the history when the portal wrote the file, if it did. `faults` are about
    the file or its sheets; `notes` say what was passed over; `settings` are questions about the whole file that the
    sender may answer otherwise, for the page that shows them. `unread` are those of the notes that tell of what may be
    a part of the list and was not read. `sheets` are the names of its sheets in their order, and
    `grids` what stands in them. `preview` (a `Preview`) shows what was read of each row of a list.
    """

    lines: Iterable[ImportRow]
    count: int
    sheets: list[str] = field(default_factory=list)
    stamp: str = ""
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    settings: Any = None
    grids: Iterable = ()
    preview: Any = None

    @property
    def previewed(self) -> list[tuple[str, int, str]]:
        """The keys of the rows of the preview."""
        return [row.key for row in self.preview.rows] if self.preview else []

    def shown(self, fault: Fault) -> str:
        """Return what stands in the cell of a fault."""
        if fault.value or not fault.row or not fault.column:
            return fault.value
        rows = next((grid.rows for grid in self.grids if grid.name == fault.sheet), ())
        cells = rows[fault.row - 1 : fault.row]
        return as_text(cells[0][fault.column - 1]) if cells and fault.column <= len(cells[0]) else ""

    def order(self, fault: Fault) -> tuple[int, int, int]:
        """Return the key that sorts faults as they stand in the file."""
        place = self.sheets.index(fault.sheet) if fault.sheet in self.sheets else -1
        return place, fault.row, fault.column


def causes(faults: Collection[Fault]) -> list[Fault]:
    """Return `faults` without those of lines that only wait for another line of their row."""
    wrong = {fault.row_place for fault in faults if not fault.waits}
    return [fault for fault in faults if not (fault.waits and fault.row_place in wrong)]


def check(tab: Tab, row: Model) -> None:
    """Validate a record as far as no other rows are looked at; the database checks the rest when it is written."""
    row.clean_fields(exclude=[link.name for link in tab.links])
    for link in tab.links:
        if not link.null and getattr(row, link.attname) is None:
            raise ValidationError({link.name: link.error_messages["null"]})
    row.clean()
