"""Writer of the data workbook: empty, filled with the records of a unit, or with those of a list.

Rows go to disk as they are read, so the size of a unit does not matter for memory. Nothing that people typed is ever a
formula: cells are written by the kind of their value.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, zip_longest
from typing import Any, BinaryIO

import xlsxwriter
from django.db import models
from import_export.fields import Field
from import_export.widgets import Widget
from xlsxwriter.utility import xl_col_to_name

from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.audit.display import record_names
from binhlu_portal.records.tables.exports import for_paper
from binhlu_portal.spreadsheets.importer.lookups import Lookups, parts
from organizations.rights import Right
from organizations.scope import SYSTEM, Reader, rights_of

from .reader import HELP, HIDDEN, LISTS, STAMP
from .resources import MARK, TABS, Tab
from .widgets import (
    ChoiceWidget,
    DayWidget,
    FractionWidget,
    IntegerWidget,
    LinkWidget,
    PartialDateWidget,
    ReadWidget,
    TextWidget,
    YesNoWidget,
)

ROOM = 500
"""Empty rows below the records that still have drop-downs."""

LONGEST_LIST = 2_000
"""Units and people are offered in drop-downs up to this many; a longer list helps nobody."""

PART = 2_000
"""How many records are in memory at once."""

WIDTHS = {
    DayWidget: 13,
    PartialDateWidget: 13,
    IntegerWidget: 10,
    FractionWidget: 10,
    YesNoWidget: 10,
    ChoiceWidget: 26,
    LinkWidget: 34,
}
"""Widths of columns, in characters, by the kind of their cells."""

USUAL_WIDTH, MARK_WIDTH = 22, 12
HEAD_HEIGHT, LINE_HEIGHT = 32, 15

OPTIONS = {"constant_memory": True}

HELP_WIDTHS = (24, 34, 10, 70)
HELP_HEADINGS = ("Trang", "Cột", "Phải ghi", "Cách ghi")

HOW_TO = (
    "Mỗi trang là một loại hồ sơ, mỗi dòng là một hồ sơ. Giữ nguyên tên trang và tiêu đề cột; cột phải ghi có chữ đỏ.",
    f"Sửa hồ sơ đã có: sửa ngay trong ô, giữ nguyên cột “{MARK}”. Hồ sơ không có trong tệp được giữ nguyên.",
    f"Thêm hồ sơ: ghi vào dòng trống, để trống cột “{MARK}”. Nếu trang khác cần nói đến người mới, hãy tự đặt mã ở cột "
    f"“{MARK}” (ví dụ M1) rồi ghi mã đó ở trang kia, ví dụ ở trang “Quá trình sinh hoạt”.",
    "Ngày ghi đủ ngày/tháng/năm. Ngày chỉ biết tháng hoặc năm (ngày sinh, ngày vào Đảng …): ghi 05/1975 hoặc 1975.",
    "Không dùng công thức. Gửi tệp ở trang “Nhập từ Excel”: xem trước mọi thay đổi, xác nhận rồi mới lưu.",
)

HOW = {
    DayWidget: "Ngày/tháng/năm.",
    PartialDateWidget: "Ngày/tháng/năm; chỉ biết tháng thì ghi 03/1956, chỉ biết năm thì ghi 1956.",
    IntegerWidget: "Số nguyên.",
    FractionWidget: "Số, có thể có phần lẻ.",
    YesNoWidget: "Có hoặc Không.",
    ChoiceWidget: "",
    LinkWidget: "Chọn trong danh sách của ô, hoặc ghi mã.",
    TextWidget: "Chữ.",
    ReadWidget: "Chữ, số như trên giấy tờ.",
}


def tabs_of(user: Reader) -> list[Tab]:
    """Tabs that `user` may write."""
    rights = rights_of(user) if user is not SYSTEM else None
    return [tab for tab in TABS.values() if rights is None or tab.right in rights]


def write(file: str | BinaryIO, *, user: Reader, unit: Any = None, filled: bool = True) -> int:
    """Write the data workbook for `user` into `file` and return the number of records.

    Of everything beneath `unit`, or of all that the user may change.
    """
    writer = Writer(file, user, unit)
    return writer.write_book([(tab, [writer.rows(tab)] if filled else []) for tab in tabs_of(user)])


def write_list(file: str | BinaryIO, *, user: Reader, unit: Any, tab: Tab, keys: Iterable[int]) -> int:
    """Write a data workbook of one tab into `file`: those of the records with these `keys` that `user` may change.

    Its drop-downs offer what is beneath `unit`. Return the number of records.
    """
    writer = Writer(file, user, unit)
    reach = writer.links.reach(tab.model, tab.right).order_by(*tab.model._meta.ordering, "pk")
    return writer.write_book([(tab, [reach.filter(pk__in=part) for part in parts(keys, PART)])])


class Writer:
    """Writer of one data workbook."""

    def __init__(self, file, user, unit):
        self.book = book = xlsxwriter.Workbook(file, OPTIONS)
        self.links = Lookups(user)
        self.mark = self.links.marks.mark
        self.units = unit and unit.beneath.values("unit")
        self.lists = {}
        head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F1ECE6", "border": 1}
        self.heading = book.add_format(head)
        self.needed = book.add_format(head | {"font_color": "#9B1C1C"})
        self.text = book.add_format({"num_format": "@"})
        self.faint = book.add_format({"num_format": "@", "font_color": "#6B6B6B"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def rows(self, tab: Tab, right: Right | None = None) -> models.QuerySet:
        """Return the records of a tab that the user may change."""
        found = self.links.reach(tab.model, right or tab.right)
        found = found if self.units is None else found.within(self.units)
        return found.order_by(*tab.model._meta.ordering, "pk")

    def write_book(self, contents: Sequence[tuple[Tab, Sequence[models.QuerySet]]]) -> int:
        """Write all sheets, of each tab its records, and return their number."""
        self.write_help([tab for tab, _ in contents])
        count = sum(self.write_tab(tab, records) for tab, records in contents)
        self.write_hidden()
        self.book.close()
        return count

    def write_tab(self, tab: Tab, records: Sequence[models.QuerySet]) -> int:
        """Write one sheet and return the number of its records."""
        sheet = self.book.add_worksheet(tab.title)
        columns = [(tab.model._meta.get_field(name), column) for name, column in tab.columns.items()]
        sheet.set_row(0, HEAD_HEIGHT)
        widths = [MARK_WIDTH, *(WIDTHS.get(type(column.widget), USUAL_WIDTH) for _, column in columns)]
        sheet.set_column(0, 0, MARK_WIDTH, self.faint)
        sheet.write_string(0, 0, MARK, self.heading)
        for place, (field, column) in enumerate(columns, 1):
            kind = type(column.widget)
            style = self.day if kind is DayWidget else None if kind in (IntegerWidget, FractionWidget) else self.text
            sheet.set_column(place, place, widths[place], style)
            sheet.write_string(0, place, column.column_name, self.needed if is_needed(field) else self.heading)
        count = self._write_rows(sheet, tab, columns, records)
        for place, (field, column) in enumerate(columns, 1):
            if source := self._source(field, column.widget):
                sheet.data_validation(1, place, count + ROOM, place, drop_down(source, column, field))
        for_paper(sheet, 0, sum(widths), names=2)  # the mark stands before what a row is called by
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(count, 1), len(columns))
        return count

    def _write_rows(self, sheet, tab, columns, records):
        """Write the records of a tab; return their number."""
        links = [field for field, _ in columns if field.remote_field]
        handles = {field: f"{field.name}__{TABS[field.related_model].handle or 'pk'}" for field in links}
        paths = {field.attname for field, _ in columns} | {*handles.values()}
        number = 0
        values = chain.from_iterable(each.values("pk", *paths).iterator(chunk_size=PART) for each in records)
        for part in parts(values, PART):
            pointed = {(field.related_model, row[field.attname]) for row in part for field in links}
            names = record_names({(model, pk) for model, pk in pointed if pk})
            for row in part:
                number += 1
                sheet.write_string(number, 0, self.mark(tab.table, row["pk"]), self.faint)
                for place, (field, column) in enumerate(columns, 1):
                    value = row[field.attname]
                    if value is not None and field.remote_field:
                        value = (
                            names[field.related_model, value],
                            self.called(field.related_model, value, row[handles[field]]),
                        )
                    self._write_cell(sheet, number, place, value is not None and column.widget.render(value))
        return number

    def _write_cell(self, sheet, row, place, value):
        if isinstance(value, date):
            sheet.write_datetime(row, place, value, self.day)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            sheet.write_number(row, place, value)
        elif value:
            sheet.write_string(row, place, value, self.text)

    def _source(self, field, widget):
        """Return the range of the hidden sheet that holds what a cell may say, or None; made when first asked for."""
        key = field.related_model or getattr(widget, "labels", None)
        if key and key not in self.lists:
            self.lists[key] = self._offered(TABS[key]) if field.remote_field else key
        if not key or not 0 < len(self.lists[key]) <= LONGEST_LIST:
            return None
        column = xl_col_to_name([*self.lists].index(key))
        return f"='{LISTS}'!${column}$1:${column}${len(self.lists[key])}"

    def _offered(self, tab):
        """Return the records that links may name, as their cells write them; too many to choose from are cut."""
        rows = self.rows(tab, Right.EDIT).values_list("pk", tab.handle or "pk")[: LONGEST_LIST + 1]
        names = record_names({(tab.model, pk) for pk, _ in rows})
        return [LinkWidget().render((names[tab.model, pk], self.called(tab.model, pk, handle))) for pk, handle in rows]

    def called(self, model: type[models.Model], pk: int, handle: Any) -> str:
        """Return by what a link calls a record: its handle, or else its mark."""
        tab = TABS[model]
        return handle if tab.handle else self.mark(tab.table, pk)

    def write_hidden(self) -> None:
        """Write the sheets that people do not see: what the drop-downs offer, and when the workbook was made."""
        lists = self.book.add_worksheet(LISTS)
        for number, row in enumerate(zip_longest(*self.lists.values())):
            for place, text in enumerate(row):
                if text is not None:
                    lists.write_string(number, place, text)
        stamp = self.book.add_worksheet(HIDDEN)
        stamp.write_string(0, 0, self.mark(STAMP, newest_entry()))
        for sheet in (lists, stamp):
            sheet.hide()

    def write_help(self, tabs: Sequence[Tab]) -> None:
        """Write the sheet that says how to fill in the others."""
        sheet = self.book.add_worksheet(HELP)
        sheet.hide_gridlines(2)
        for place, width in enumerate(HELP_WIDTHS):
            sheet.set_column(place, place, width)
        for number, text in enumerate(HOW_TO):
            sheet.set_row(number, height_of(text, sum(HELP_WIDTHS)))
            sheet.merge_range(number, 0, number, len(HELP_WIDTHS) - 1, text, self.wrapped)
        start = len(HOW_TO) + 1
        for_paper(sheet, start, sum(HELP_WIDTHS))
        sheet.write_row(start, 0, HELP_HEADINGS, self.heading)
        for number, told in enumerate(help_rows(tabs), start + 1):
            sheet.set_row(number, height_of(told[-1], HELP_WIDTHS[-1]))
            for place, text in enumerate(told):
                sheet.write_string(number, place, text, self.wrapped)


def help_rows(tabs: Sequence[Tab]) -> Iterator[tuple[str, str, str, str]]:
    """Help of each column: (sheet, column, "x" if it is needed, how to fill it in)."""
    for tab in tabs:
        for name, column in tab.columns.items():
            field = tab.model._meta.get_field(name)
            yield tab.title, column.column_name, "x" if is_needed(field) else "", how_to_fill(field, column.widget)


def height_of(text: str, width: int) -> int:
    """Row height in points of a text that is broken at `width` characters."""
    return LINE_HEIGHT * (1 + len(text) // width)


def is_needed(field: models.Field) -> bool:
    """Required field: whether its cell may not stay empty."""
    return not field.blank and not field.has_default()


def drop_down(source: str, column: Field, field: models.Field) -> dict[str, Any]:
    """Data validation (drop-down) of cells: another record may be typed too, another code may not."""
    return {
        "validate": "list",
        "source": source,
        "error_title": column.column_name[:32],
        "error_message": "Chọn một mục trong danh sách của ô.",
        "error_type": "warning" if field.remote_field else "stop",
    }


def how_to_fill(field: models.Field, widget: Widget) -> str:
    """Help of one field, in words: what its cells hold."""
    told = [HOW[type(widget)]]
    if isinstance(widget, ChoiceWidget):
        told = ["; ".join(widget.labels)]
    if field.help_text:
        told.append(str(field.help_text))
    return " ".join(told)
