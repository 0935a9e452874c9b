"""Column types: what a column of a foreign list can hold, and how its cells are read.

Most kinds are fields and bear their names. Others stand for a part of a field (`male`, `female`), for something that
the list needs (`unit`, `number`), or, with a plus, for several fields whose values share a cell
(`joined_on+official_on`). Of registers besides the card (`registers.py`) they bear the name of the register in front;
`rating.level=excellent` is a column whose marks stand for one value, `rating.level#2025` tells of which of several
records of a register a column speaks.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst

from binhlu_portal.registry import Registry
from members.choices import Gender
from members.models import Member, Position
from members.superior_sheet import DETAIL, NATION, PROVINCE

from . import cells, levels
from .cells import MODELS, Parser, date_of, field_of, text_of, value_of
from .text_keys import is_nothing

UNIT, NUMBER, MALE, FEMALE, IGNORED = "unit", "number", "male", "female", ""
JOINED_OFFICIAL = "joined_on+official_on"
PART = "@part"
"""Ending of the kinds of columns that hold a part of a date: the day, the month, the year, or two of them."""

PLACE_PARTS = {DETAIL: "cột riêng của xã, bản", PROVINCE: "cột riêng của tỉnh", NATION: "cột riêng của quốc gia"}

ANY_DAY = date(2099, 12, 31)
"""Whether a cell can be read at all is asked as of a day that nothing lies after."""

ONE_OF = "{}: {} (cột đánh dấu x)"
ONE_VALUE = re.compile("=[^#]*")
"""What the name of a column says when its marks stand for one value."""

A_DAY = r"[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}\s*[/.-]\s*[0-9]{2,4}"
BEGINS_WITH_DAY = re.compile(rf"(?:ngày\s*)?({A_DAY})\s*[,;:–-]?\s+([^\W\d].*)", re.IGNORECASE | re.DOTALL)
"""A day, and behind it in words whence or why."""

DATES = ("born_on", "joined_on", "official_on")
"""The dates that lists cut into parts, in the order in which they come in a life."""


@dataclass(frozen=True)
class ColumnType:
    """Column type. `read` is None where it holds no value of a person.

    `joins` is the text between several columns of it. Kinds named `whole@part` hold a part of another kind, which is
    read once all its parts are put together.
    """

    name: str
    read: Parser | None
    joins: str | None = None
    called: str = ""
    model: type[Model] | None = None

    @property
    def group(self) -> str:
        """The register of which the kind is, as screens call it."""
        model = self.model or MODELS[self.name.partition("+")[0].rpartition(".")[0]]
        return capfirst(str(model._meta.verbose_name_plural))

    @property
    def label(self) -> str:
        """What the kind is called on screen."""
        return self.called or capfirst(str(field_of(self.name).verbose_name))

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that the kind fills, the main one first."""
        names = (ONE_VALUE.sub("", part).partition("@")[0] for part in self.name.split("+"))
        return tuple("gender" if name in (MALE, FEMALE) else name for name in names)

    @property
    def whole(self) -> str:
        """The kind of which this is a part, or nothing."""
        whole, at, _ = self.name.partition("@")
        return whole if at else ""


def _text(name, joins=", "):
    return ColumnType(name, text_of(name), joins)


def _place(name):
    return ColumnType(name, value_of(name), ", ")


def _parts_of_place(name):
    """Return the kinds of the columns that hold a place in parts, the widest last."""
    label, read = capfirst(str(field_of(name).verbose_name)), partial(cells.read_text, name)
    return [ColumnType(name + part, read, ", ", f"{label} ({words})") for part, words in PLACE_PARTS.items()]


def _part_of_date(name):
    label = f"{capfirst(str(field_of(name).verbose_name))} (cột riêng của ngày, tháng hoặc năm)"
    return ColumnType(f"{name}{PART}", cells.read_date_part, "/", label)


GONE = (("moved", "Đã chuyển đi"), ("died", "Từ trần"), ("out", "Ra khỏi Đảng"))
"""What columns of the official book tell of people who are there no more."""

_COLUMN_TYPES = (
    ColumnType(NUMBER, None, called="Số thứ tự"),
    ColumnType(UNIT, None, called="Chi bộ"),
    ColumnType("full_name", value_of("full_name")),
    ColumnType("full_name@family", cells.read_name_part, " ", "Họ và đệm"),
    ColumnType("full_name@middle", cells.read_name_part, " ", "Tên đệm"),
    ColumnType("full_name@given", cells.read_name_part, " ", "Tên (đứng riêng)"),
    ColumnType("birth_name", value_of("birth_name")),
    _text("alias"),
    ColumnType("gender", value_of("gender")),
    ColumnType(MALE, partial(cells.read_mark, Gender.MALE), called="Nam (dấu x hoặc ngày sinh)"),
    ColumnType(FEMALE, partial(cells.read_mark, Gender.FEMALE), called="Nữ (dấu x hoặc ngày sinh)"),
    ColumnType("born_on", date_of("born_on")),
    _part_of_date("born_on"),
    _place("birthplace"),
    _place("birth_registration"),
    *_parts_of_place("birth_registration"),
    _place("hometown"),
    *_parts_of_place("hometown"),
    _place("residence"),
    *_parts_of_place("residence"),
    _place("temporary_residence"),
    ColumnType("ethnicity", value_of("ethnicity")),
    ColumnType("religion", value_of("religion")),
    ColumnType("phone", value_of("phone")),
    ColumnType("citizen_id", value_of("citizen_id")),
    ColumnType("card_number", value_of("card_number")),
    ColumnType("old_card_number", value_of("old_card_number")),
    ColumnType("card_issued_on", date_of("card_issued_on")),
    _text("card_issued_at"),
    _text("registry_id"),
    ColumnType("old_identity_number", value_of("old_identity_number")),
    ColumnType("profile_number", value_of("profile_number")),
    ColumnType("joined_on", date_of("joined_on")),
    _part_of_date("joined_on"),
    ColumnType("official_on", date_of("official_on")),
    _part_of_date("official_on"),
    ColumnType(JOINED_OFFICIAL, cells.read_joined_and_official, called="Ngày vào Đảng / ngày chính thức"),
    _text("joined_at"),
    ColumnType("decided_on", date_of("decided_on")),
    _text("introducers"),
    _text("occupation_when_admitted"),
    ColumnType("youth_union_on", date_of("youth_union_on")),
    ColumnType("recruited_on", date_of("recruited_on")),
    ColumnType("enlisted_on", date_of("enlisted_on")),
    ColumnType("discharged_on", date_of("discharged_on")),
    _text("health"),
    _text("disability_class"),
    _text("merit_family"),
    ColumnType("handbook_installed_on", date_of("handbook_installed_on")),
    ColumnType("state.education", levels.read_education),
    ColumnType("state.qualification", levels.read_qualification),
    _text("state.speciality"),
    ColumnType("state.theory", levels.read_theory),
    _text("state.foreign_language"),
    ColumnType("state.occupation", levels.read_occupation),
    ColumnType("state.job", levels.read_job, ", "),
    ColumnType("position.post", levels.read_posts),
    ColumnType(
        "position.decision_number",
        cells.read_post_number,
        called="Số quyết định chuẩn y cấp ủy",
    ),
    ColumnType(
        "position.decision_date",
        date_of("position.decision_date"),
        called="Ngày quyết định chuẩn y cấp ủy",
    ),
    ColumnType("position.decision", cells.read_post_decision, called="Số, ngày quyết định chuẩn y cấp ủy"),
    ColumnType("position.started_on", date_of("position.started_on"), called="Ngày giữ chức vụ"),
    ColumnType("position.ended_on", cells.read_end_of_post, called="Giữ chức vụ đến hết ngày"),
    ColumnType("position.relieved_on", cells.read_relieved, called="Thôi giữ chức vụ từ ngày", model=Position),
    ColumnType("spell.started_on", date_of("spell.started_on"), called="Ngày chuyển đến chi bộ"),
    ColumnType("spell.came_from", cells.read_came_from, ", "),
    _text("note", "; "),
    ColumnType("listed.standing", cells.read_standing, called="Trạng thái ở cấp trên", model=Member),
    *(ColumnType(f"listed.{name}", partial(cells.read_gone, name), called=words, model=Member) for name, words in GONE),
    ColumnType("listed.left_on", None, called="Ngày thôi hoặc miễn sinh hoạt", model=Member),
)

COLUMN_TYPES: dict[str, ColumnType] = Registry("columns of lists")
"""All kinds that a user may choose for a column, in the order of the card, then those of each register."""

for _kind in _COLUMN_TYPES:
    COLUMN_TYPES.add(_kind.name, _kind)

INSTEAD = {
    "state.occupation": "state.job",
    "state.education": "state.qualification",
    "position.post": "state.job",
    "joined_on": JOINED_OFFICIAL,
    "official_on": JOINED_OFFICIAL,
}
"""What a column holds when its heading says one thing and most of its cells cannot be read so."""


def column_type_of(name: str) -> ColumnType | None:
    """Column type called `name`, or None; one with a plus is made of its parts, stacked in each cell."""
    parts = [_one_of_several(part) for part in name.split("+")]
    if name in COLUMN_TYPES or len(parts) == 1 or not all(part and part.read for part in parts):
        return _one_of_several(name)
    return ColumnType(name, partial(_read_stacked, parts), called=" / ".join(part.label for part in parts))


def _one_of_several(name):
    """Return the column type of a name without a plus; what it reads bears the number of the record that it tells."""
    whole, sign, which = name.partition("#")
    kind = COLUMN_TYPES.get(whole) or _of_one_value(whole)
    if not sign or kind is None:
        return kind
    return replace(kind, name=name, read=partial(_read_numbered, kind.read, which), called=f"{kind.label} – {which}")


def _of_one_value(name):
    """Return the column type of a matrix beneath a heading that has choices: `state.theory=advanced`."""
    base, sign, value = name.partition("=")
    kind = COLUMN_TYPES.get(base)
    said = str(dict(field_of(base).flatchoices).get(value, "")) if sign and kind else ""
    if not said:
        return None
    return replace(
        kind, name=name, read=partial(cells.read_tick, kind.read, said), called=ONE_OF.format(kind.label, said)
    )


def one_value(kind: str, heading: str) -> str:
    """Return the kind of a column whose marks stand for the value that its heading names beneath one of `kind`."""
    if kind not in COLUMN_TYPES or kind == "gender" or not COLUMN_TYPES[kind].read:
        return ""
    try:
        choices = dict(field_of(kind).flatchoices)
        values = [*COLUMN_TYPES[kind].read(heading, ANY_DAY).values()]
    except (ValueError, FieldDoesNotExist):
        return ""
    return f"{kind}={values[0]}" if len(values) == 1 and values[0] in choices else ""


def _read_numbered(read, which, value, day):
    return {f"{name}#{which}": said for name, said in read(value, day).items()}


def _read_stacked(parts, value, day):
    """Read a cell that holds the values of several kinds, one beneath or behind the other, in the order of `parts`.

    A cell with fewer values leaves some out; then each goes to the first kind that can read it.
    """
    texts = _split(value, parts)
    if len(texts) > len(parts):
        raise ValueError(f"Trong ô có {len(texts)} nội dung. Ghi nhiều nhất {len(parts)}, mỗi nội dung một dòng.")
    found, rest = {}, list(parts)
    for number, text in enumerate(texts, 1):
        if is_nothing(text):
            rest = rest[1:]
            continue
        while True:
            if not rest:
                raise ValueError(f"Không biết “{text}” là gì. Ghi đủ {len(parts)} nội dung, mỗi nội dung một dòng.")
            part, rest = rest[0], rest[1:]
            try:
                found |= part.read(text, day)
                break
            except ValueError:
                if len(rest) < len(texts) - number or len(texts) == len(parts):
                    raise
    return found


def _split(value, parts):
    """Return the values in one cell: lines, else what semicolons or commas part, else what as many strokes part.

    In text a comma parts nothing: it stands within the names of places.
    """
    text = str(value).strip()
    begins = BEGINS_WITH_DAY.fullmatch(text)
    if begins and len(parts) == 2 and parts[1].joins:
        return [*begins.groups()]
    for sign in "\n;" if any(part.joins for part in parts) else "\n;,":
        if sign in text:
            return [piece.strip() for piece in text.split(sign) if piece.strip()]
    pieces = [piece.strip() for piece in text.split("/")]
    return pieces if len(pieces) == len(parts) else [text]
