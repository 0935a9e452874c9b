"""The form of a grid: many rows, one act; what others wrote meanwhile is never lost, what was typed neither."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from binhlu_portal.dates.happened import future_days
from binhlu_portal.db.actions import Refusal
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.submit import EditConflict

from .rows import GridColumn, GridRow, remembered, shown

NOTHING = "Chưa có gì thay đổi để lưu: sửa các ô trên bảng rồi bấm “Lưu”."
GONE = (
    "Có dòng đã gửi nay không còn ghi được trên bảng này (đã chuyển đi, đã xóa, hoặc ngoài phạm vi của tài khoản), nên "
    "chưa lưu gì. Những dòng còn lại giữ nguyên nội dung đang gõ: xem lại rồi bấm “Lưu” lần nữa."
)


class GridForm(RecordForm):
    """A grid about the instance: a cell in each of the `columns` for each row.

    A subclass says which rows there are (`read_rows`, out of those the sender may change) and writes what was changed
    in one of them (`write`). `was` holds what the sender saw, so that only what was changed is read and written, and a
    cell that another has changed meanwhile is a conflict. A row that was not sent stays as it is; of one that is
    new, everything is written. `heading` is what the rows are; where their columns are fields of a `model`, its days
    cannot lie after today. A grid of more than `most_rows` or `most_cells` shows none: it would be too much for a page.
    """

    heading = ""
    advice = ""
    columns: Sequence[GridColumn] = ()
    use_required_attribute = False
    most_rows, most_cells = 200, 600

    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.auto_id = "%s"  # a name said twice costs a page of many cells less than two names
        self.refusals = []
        self.head = [name for name in self.fields if name != "reason" and not self.fields[name].widget.is_hidden]
        self._read()
        self.initial.setdefault("was", _as_text(self._remembered()))
        if self.is_bound:
            for name, (row, _) in self.cells.items():
                if not any(row.cell(column.name) in data for column in self.columns):
                    self.data[name] = self.saved[name]

    def read_rows(self) -> list[GridRow]:
        """Return the rows; every grid says which."""
        raise NotImplementedError

    def write(self, row: GridRow, values: dict[str, Any], **given: Any) -> list[models.Model]:
        """Write the `values` of a row, by column, and return what was written; every grid says how."""
        raise NotImplementedError

    @property
    def how_long(self):
        """How large a grid may be, and what to do where it would be larger."""
        return (
            "Chọn đơn vị nhỏ hơn, lọc bớt hoặc chọn ít cột hơn: một bảng có nhiều nhất "
            f"{self.most_rows} dòng và {self.most_cells} ô."
        )

    @property
    def room(self) -> int:
        """How many rows there may be."""
        return min(self.most_rows, self.most_cells // max(len(self.columns), 1))

    # --- What the page shows ---

    @property
    def head_fields(self):
        """The fields above the grid, which hold for all rows."""
        return [self[name] for name in self.head]

    @property
    def lines(self):
        """The rows, each with its cells: (column, field or None, text of what cannot be written)."""
        for row in self.rows:
            cells = []
            for column in self.columns:
                name = row.cell(column.name)
                here = name in self.cells
                text = "" if here else shown(column.field(row), row.values.get(column.name))
                cells.append((column, self[name] if here else None, text))
            yield row, cells

    def text_of(self, name: str) -> str:
        """Return the text that the page shows in a cell."""
        return self.data.get(name, "") if self.is_bound else shown(self.fields[name], self.initial.get(name))

    # --- What is written ---

    def clean(self):
        """Leave what was not touched as it is, whatever it is; refuse rows that are not the sender's."""
        asked = super().clean()
        touched = self.changed_cells()
        rows = {self.cells[name][0].key for name in touched}
        for name, (row, _) in self.cells.items():
            if name in self.errors and name not in touched and not (row.record is None and row.key in rows):
                del self.errors[name]
        self._refuse_days_to_come()
        if self._strangers():
            self.add_error(None, GONE)
        elif self.is_idle and not self.typed_cells():
            self.add_error(None, NOTHING)
        return asked

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be written when no cell was changed."""
        return True

    @property
    def action_data(self):
        """The data of the fields above the grid."""
        given = super().action_data
        return {name: value for name, value in given.items() if name not in self.cells and name != "was"}

    def perform(self, **given):
        """Write every row that was changed; what is refused is said at the cells, of all rows at once."""
        written, told = [], defaultdict(list)
        for row, values in self.changed_rows():
            try:
                written += self.write(row, dict(values), **given)
            except ValidationError as refusal:
                self.refusals.append((refusal, values))
                for name, sentences in self._places(row, refusal):
                    told[name] += sentences
        if told:
            raise ValidationError(dict(told))
        return written

    def refused(self, refusal):
        """Return what was refused row by row, each with the values of its row."""
        return self.refusals

    def changed_rows(self) -> list[tuple[GridRow, dict[str, Any]]]:
        """Return the rows that the sender changed, each with the values to write; of a new one all."""
        touched, found = self.changed_cells(), []
        for row in self.rows:
            names = {column.name: row.cell(column.name) for column in self.columns}
            wanted = {column: name for column, name in names.items() if name in touched}
            if wanted and row.record is None:
                wanted = names
            if wanted:
                asked = self.cleaned_data
                found.append((row, {column: asked[name] for column, name in wanted.items() if name in asked}))
        return found

    def typed_cells(self) -> dict[str, str]:
        """Return the text of the cells in which the sender says something else than what was seen."""
        was, texts = _seen(self.data), {name: self.data.get(name, "") for name in self.cells}
        return {name: text for name, text in texts.items() if remembered(self.fields[name], text) != was.get(name, "")}

    def changed_cells(self) -> dict[str, str]:
        """Return the text of the cells in which the sender also says something else than what stands there now."""
        found = {}
        for name, text in self.typed_cells().items():
            row, column = self.cells[name]
            if name not in self.cleaned_data or self.cleaned_data[name] != row.values.get(column.name):
                found[name] = text
        return found

    def check_unchanged(self):
        """Raise `EditConflict` when a cell that the sender changed has been changed by another since it was shown."""
        for model, keys in self._locked().items():
            list(model._base_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values("pk"))
        asked = self.changed_cells()
        self._read()
        if not asked.keys() <= self.cells.keys():
            raise Refusal(GONE)
        if self._foreign():
            raise EditConflict

    def show_conflict(self):
        """Set what the other has written beside what the sender typed; sent once more, the form is written."""
        was, touched = _seen(self.data), self.changed_cells()
        self.conflict = tuple(
            (self.called(name), *(self.said(name, text) for text in (was.get(name, ""), self.saved[name], typed)))
            for name, typed in self._foreign().items()
        )
        self.data = self.data.copy()
        self.data["was"] = _as_text(self._remembered())
        for name in self.cells.keys() - touched.keys():
            self.data[name] = self.saved[name]

    def called(self, name: str) -> str:
        """Return what a cell is called."""
        return self.fields[name].label

    def said(self, name: str, text: str) -> str:
        """Return what the text of a cell says to people; of a number that is not kept, nothing."""
        if "data-undrafted" in self.fields[name].widget.attrs and text not in (self.saved[name], self.data.get(name)):
            return "–"
        return text or "–"

    # --- Cells ---

    def _read(self):
        """Read the rows, and make the fields of the cells that can be written."""
        self.rows, self.cells, self.saved = self.read_rows(), {}, {}
        self.is_too_long = len(self.rows) > self.room
        if self.is_too_long:
            self.rows = []
        for row in self.rows:
            for column in self.columns:
                if column.name not in row.locked:
                    self._add_cell(row, column)

    def _add_cell(self, row, column):
        name, made = row.cell(column.name), column.field(row)
        made.label, made.help_text = f"{row.name}: {column.label}", ""
        if isinstance(made.widget, forms.NumberInput):  # it would drop what is no number, and keeps its own arrows
            made.widget = forms.TextInput({"inputmode": "numeric"})
        made.widget.attrs |= {"aria-label": made.label, "autocomplete": "off"}
        if column.offered:
            made.widget.attrs["list"] = f"list-{column.name}"
        self.fields[name], self.cells[name] = made, (row, column)
        self.saved[name] = shown(made, row.values.get(column.name))
        self.initial.setdefault(name, row.values.get(column.name))
        if hasattr(made, "set_choices"):
            made.set_choices(self)

    def _refuse_days_to_come(self):
        """Refuse days to come of what the model says has happened."""
        for row, values in self.changed_rows() if self.model else ():
            for column, sentence in future_days(self.model, values, self.today).items():
                self.add_error(row.cell(column), sentence)

    def _remembered(self):
        kept = {name: remembered(self.fields[name], text) for name, text in self.saved.items()}
        return {name: text for name, text in kept.items() if text}

    def _strangers(self):
        """Return the names of cells that were sent with something new and are none of the sender's."""
        was, columns = _seen(self.data), {column.name for column in self.columns}
        return [
            name
            for name, text in self.data.items()
            if name.rpartition("-")[0] in columns and name not in self.cells and text != was.get(name, "")
        ]

    def _locked(self):
        """Return the keys of what is changed, by model: nobody else changes it before the transaction ends."""
        found = defaultdict(set)
        about = [each for row, _ in self.changed_rows() for each in (row.subject, row.record)]
        for one in (self.instance, *about):
            if isinstance(one, models.Model):
                found[type(one)].add(one.pk)
        return found

    def _foreign(self):
        """Return {cell: text typed} of what the sender changed and another has changed meanwhile to something else."""
        was = _seen(self.data)
        return {
            name: typed
            for name, typed in self.changed_cells().items()
            if remembered(self.fields[name], self.saved[name]) != was.get(name, "")
        }

    def _places(self, row, refusal):
        """Yield (name of a cell, sentences) of what was refused in a row; what is about no column is at the first."""
        told = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
        first = next(name for name, (other, _) in self.cells.items() if other is row)
        for field, sentences in told.items():
            name = row.cell(field)
            yield (name if name in self.cells else first), sentences


def _as_text(kept):
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _seen(data):
    """Return what the sender saw in the cells, from sent data; what cannot be read counts as nothing seen."""
    try:
        found = json.loads(data.get("was") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
