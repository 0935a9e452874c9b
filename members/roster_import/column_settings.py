"""Columns of a list as its page shows them: what each means, how it was read, what else is to be seen about it."""

from collections.abc import Iterable, Mapping
from typing import Any

from .column_detection import DetectedColumn, columns_of, shape
from .column_types import IGNORED, NUMBER, UNIT, column_type_of
from .date_order import TURN, DateOrders
from .layout import RosterTable
from .parser import Roster, tables_of
from .preview import label_of
from .registers import register_of
from .table_parts import parts_of

UNSEEN = "cột đang ẩn trong tệp"
READ_AS = "đọc là {}"
NO_LIST = "Trang “{}”: chưa nhập cột {} vì chưa đủ để đọc thành danh sách."
NOT_READ = "Không nhập cột {}. Cần nhập thì chọn mục cho cột ở mục “Ý nghĩa … cột”."


def column_settings(
    roster: Roster, mapping: Mapping[str, Mapping[int, str]], meant: Iterable[str], orders: DateOrders
) -> list[dict[str, Any]]:
    """Return how the columns of a list were read; `meant` are the places of those of which the sender has said it."""
    unseen = {(shape(table), index) for table, _ in tables_of(roster.tables, mapping) for index in table.hidden_columns}
    return [
        _settings(place, column, mapping[place].get(column.index, IGNORED), unseen, meant, orders)
        for place, found in roster.shapes.items()
        for column in found
    ]


def _settings(place, column: DetectedColumn, kind, unseen, meant, orders):
    """Return what the page tells of one column: one that nobody sees is to be looked at before it is taken."""
    order = orders.untold.get((place, column.index))
    read, register = min(order.values()) if order else None, register_of(kind)
    hints = [UNSEEN] if kind and (place, column.index) in unseen else []
    return {
        "sheet": place,
        "column": column.index,
        "header": column.heading,
        "field": kind,
        "register": register.called if register else "",
        "certain": f"{place}!{column.index}" in meant or (column.sure and not hints),
        "examples": [*column.samples],
        "hints": hints + ([READ_AS.format(TURN[read].lower())] if order else []),
        "turn": {"options": [*TURN.items()], "topics": [*order], "read": read} if order else None,
    }


def hints_of(columns: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return {label in the preview: what is to be seen about its column}."""
    told = [(name, column["hints"]) for column in columns if column["hints"] for name in _fields(column["field"])]
    return {label_of(name): "; ".join(hints) for name, hints in told}


def not_read(columns: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what to say of columns with a heading and values from which nothing is taken, so that none is missed."""
    passed = [column["header"] for column in columns if not column["field"] and column["header"] and column["examples"]]
    return [NOT_READ.format(", ".join(f"“{header}”" for header in dict.fromkeys(passed)))] if passed else []


def no_lists(tables: Iterable[RosterTable], mapping: Mapping[str, Mapping[int, str]]) -> list[str]:
    """Return what to say of tables with headings beside the lists, from which nothing is taken."""
    parts = [part for table in tables for part in parts_of(table) if part.top is not None]
    return [
        NO_LIST.format(part.name, ", ".join(f"“{column.heading}”" for column in told))
        for part in parts
        if shape(part) not in mapping and (told := _telling(columns_of(part)))
    ]


def _telling(columns):
    """Return the columns with a heading and values that tell more than whose the row is."""
    return [each for each in columns if each.heading and each.samples and each.kind not in (NUMBER, UNIT)]


def doubtful(columns: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those of the columns from which nothing is taken though it is not sure that nothing can be."""
    return [column for column in columns if not column["field"] and not column["certain"]]


def _fields(kind):
    found = column_type_of(kind)
    return found.fields if found else ()
