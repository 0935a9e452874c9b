"""Cell parsers of foreign lists: cells and the values they stand for.

A parser takes what a cell holds and the day on which it is read, and returns {field: value}: fields of the card under
their own names, those of levels, stays and posts behind `state.`, `spell.`, `position.`. What cannot be read raises
ValueError with a sentence that says what to type.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Field

from binhlu_portal.dates import typed_dates as dates
from binhlu_portal.dates.happened import may_be_to_come
from binhlu_portal.dates.partial_dates import PartialDateField
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members.card_values import GENDERS
from members.models import Member, MemberState, Position, Spell
from members.superior_sheet import PRESENT

from .text_keys import key

Parser = Callable[[Any, date], dict[str, Any]]
"""Parser of the cells of one kind of column: (value of the cell, day of the list) to {field: value}."""

MODELS = {"": Member, "listed": Member, "state": MemberState, "spell": Spell, "position": Position}

TICKS = frozenset({"", "x", "v", "1", "co"})
"""What marks a column of a list; a sign without letters (✓, +, *) marks it as well."""
UNTICKED = frozenset({"0", "khong"})
NONE = frozenset({"khong", "khong co", "chua", "chua co", "0"})
"""What cells of a choice say where there is nothing to choose."""

NOT_YET = frozenset({"chua co", "chua"})
"""What cells of text say where there is nothing to record."""

NO_TEXT = "Dấu “{}” không cho biết nội dung. Ghi bằng chữ, hoặc để trống."
TICK_IT = "Đánh dấu x, hoặc để trống."

CAME_FROM = re.compile(r"\A(?:chuyển\s+)?(?:đến\s+)?từ\s+", re.IGNORECASE)
NOT_ENDED = frozenset({"nay", "den nay", "hien nay", "chua"})
"""What stands for the end of a period that goes on."""

DECISION = re.compile(
    r"(?:số |số:|qđ số |quyết định số )?\s*(?P<number>.*?\S)(?:\s*[,;(]\s*(?:ngày\s*)?|\s+ngày\s*|\s+)"
    r"(?P<day>[0-9]{1,2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*[0-9]{2,4})\)?",
    re.IGNORECASE,
)
"""The number and the day of a decision in one cell."""

NUMBER_AND_DAY = ("decision_number", "decision_date")
DECIDED = {
    "decision": NUMBER_AND_DAY,
    "decision_number": NUMBER_AND_DAY,
    "official_decision": ("official_decision", "official_decided_on"),
}
"""The fields of the number and of the day that may share a cell, by the kind of its column."""


def field_of(name: str) -> Field:
    """Model field with a name of a list's value."""
    kind, _, plain = name.rpartition(".")
    return MODELS[kind]._meta.get_field("post" if plain == "open_post" else plain)


def read_text(name: str, value: Any, day: date | None) -> dict[str, Any]:
    """Parse text. Raises ValueError when it does not fit into its field, and for a mark: that says none."""
    text, field = as_text(value), field_of(name)
    if not field.flatchoices:
        if key(text) in NOT_YET:
            return {}
        refuse_mark(name, text)
    longest = field.max_length
    if len(text) > longest:
        raise ValueError(f"Dài {len(text)} ký tự; ghi nhiều nhất {longest} ký tự.")
    return {name: text}


def refuse_mark(name: str, text: str) -> None:
    """Raise ValueError for a mark where text is to stand; a number may be 1."""
    if text and key(text) in TICKS and not (text == "1" and name.endswith("number")):
        raise ValueError(NO_TEXT.format(text))


def read_tick(read: Parser, said: str, value: Any, day: date) -> dict[str, Any]:
    """Parse a cell of a column of a matrix: a mark says what its heading does, which `read` reads."""
    words = key(as_text(value))
    if words in NONE:
        return {}
    meant = read(said, day)
    if words in TICKS:
        return meant
    try:
        found = read(value, day)
    except ValueError:
        found = {}
    if not found.items() >= meant.items():
        raise ValueError(TICK_IT)
    return found


def read_name_part(value: Any, day: date | None) -> dict[str, Any]:
    """Parse a part of a name that stands in a column of its own; the whole is read once it is put together."""
    text = as_text(value)
    if not text.replace(" ", "").isalpha():
        raise ValueError("Ghi họ và tên bằng chữ.")
    return {"full_name": text}


def read_date_part(value: Any, day: date | None) -> dict[str, Any]:
    """Parse a part of a date that stands in a column of its own: 21, 3, 1956 or 21/3."""
    if not dates.PART.fullmatch(as_text(value)):
        raise ValueError("Ghi ngày, tháng, năm bằng chữ số, mỗi cột một phần.")
    return {}


def read_when(name: str, value: Any, day: date | None) -> dict[str, Any]:
    """Parse a date as its field reads it by any door; {} for none."""
    field = field_of(name)
    if isinstance(field, PartialDateField):
        found = field.read(value, day)
    else:
        found = dates.read_day(value, day, to_come=may_be_to_come(field))
    return {name: found} if found else {}


def read_joined_and_official(value: Any, day: date) -> dict[str, Any]:
    """Parse the two dates that share a cell."""
    joined, official = dates.read_two(value, day)
    return {name: found for name, found in (("joined_on", joined), ("official_on", official)) if found}


def read_value(name: str, value: Any, day: date | None) -> dict[str, Any]:
    """Parse a value of the card as its field reads it by any door; {} for none."""
    found = field_of(name).read(value, day)
    return read_text(name, found, day) if found else {}


def read_standing(value: Any, day: date) -> dict[str, Any]:
    """Parse how somebody stands; nothing for whoever is present."""
    text = as_text(value)
    return {} if key(text) in map(key, PRESENT) else {"listed.standing": text}


def read_gone(name: str, value: Any, day: date) -> dict[str, Any]:
    """Parse a cell that says of somebody that he or she is there no more, when and why."""
    text = as_text(value)
    return {} if key(text) in UNTICKED | {"khong co"} else {f"listed.{name}": text}


def read_came_from(value: Any, day: date) -> dict[str, Any]:
    """Parse from where somebody came: "từ Đảng bộ xã …"."""
    return read_text("spell.came_from", CAME_FROM.sub("", as_text(value)), day)


def read_decision(value: Any, day: date, names: tuple[str, str] = NUMBER_AND_DAY) -> dict[str, Any]:
    """Parse the number and the day of a decision that share a cell: "Số 12-QĐ/ĐU, ngày 05/01/2026"."""
    text = as_text(value)
    found = DECISION.fullmatch(text)
    if found is None:
        raise ValueError("Ghi số rồi ngày quyết định, ví dụ: Số … ngày 05/01/2026.")
    return dict(zip(names, (found["number"].strip(), dates.read_day(found["day"], day)), strict=True))


def read_post_decision(value: Any, day: date) -> dict[str, Any]:
    """Parse the number and the day of the decision on a post that share a cell."""
    return {f"position.{name}": said for name, said in read_decision(value, day).items()}


def read_end(value: Any, day: date) -> date | None:
    """Parse the last day of a period: the day after it, on which it holds no more; None for one that goes on."""
    last = None if key(as_text(value)) in NOT_ENDED else dates.read_day(value, day, to_come=True)
    return last and last + timedelta(days=1)


def read_end_of_post(value: Any, day: date) -> dict[str, Any]:
    """Parse the last day of a post."""
    ended = read_end(value, day)
    return {"position.ended_on": ended} if ended else {}


def read_relieved(value: Any, day: date) -> dict[str, Any]:
    """Parse the day from which somebody holds a post no more."""
    ended = None if key(as_text(value)) in NOT_ENDED else dates.read_day(value, day, to_come=True)
    return {"position.ended_on": ended} if ended else {}


def read_post_number(value: Any, day: date) -> dict[str, Any]:
    """Parse the number of the decision on a post, and its day where it stands in the cell too."""
    if DECISION.fullmatch(as_text(value)):
        return read_post_decision(value, day)
    return read_text("position.decision_number", value, day)


def read_mark(gender: str, value: Any, day: date) -> dict[str, Any]:
    """Parse a column Nam or Nữ: a mark, or the day of birth of a man or a woman."""
    words = key(as_text(value))
    if words in UNTICKED:
        return {}
    if words in TICKS:
        return {"gender": gender}
    if words in GENDERS:
        return {"gender": GENDERS[words]}
    return {"gender": gender, "born_on": dates.read_birth(value, day)}


def text_of(name: str) -> Parser:
    """Parser of a field of plain text."""
    return partial(read_text, name)


def date_of(name: str) -> Parser:
    """Parser of a field of a date."""
    return partial(read_when, name)


def value_of(name: str) -> Parser:
    """Parser of a field with a reader of its own."""
    return partial(read_value, name)
