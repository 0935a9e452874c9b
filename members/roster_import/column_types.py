"""What a column of a foreign list can hold, and how its cells are read.

Most kinds are fields and bear their names. Others stand for a part of a field (`male`, `female`), for something that
the list needs (`unit`, `number`), or, with a plus, for several fields whose values share a cell
(`joined_on+official_on`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.text import capfirst

from members.choices import Gender

from . import cells, dates, levels
from .cells import date_of, field_of, text_of
from .text_keys import is_nothing

UNIT, NUMBER, MALE, FEMALE, IGNORED = "unit", "number", "male", "female", ""
JOINED_OFFICIAL = "joined_on+official_on"


@dataclass(frozen=True)
class Kind:
    """One kind of column. `read` is None where it holds no value of a person; `joins` puts several columns together."""

    name: str
    read: Callable | None
    joins: str | None = None
    called: str = ""

    @property
    def label(self):
        """What the kind is called on screen."""
        return self.called or capfirst(str(field_of(self.name).verbose_name))

    @property
    def fields(self):
        """The names of the fields that the kind fills, the main one first."""
        return tuple("gender" if part in (MALE, FEMALE) else part for part in self.name.split("+"))


def _text(name, joins=", "):
    return Kind(name, text_of(name), joins)


_KINDS = (
    Kind(NUMBER, None, called="Số thứ tự"),
    Kind(UNIT, None, called="Chi bộ"),
    Kind("full_name", cells.read_name, " "),
    _text("birth_name"),
    _text("alias"),
    Kind("gender", cells.read_gender),
    Kind(MALE, partial(cells.read_mark, Gender.MALE), called="Nam (dấu x hoặc ngày sinh)"),
    Kind(FEMALE, partial(cells.read_mark, Gender.FEMALE), called="Nữ (dấu x hoặc ngày sinh)"),
    Kind("born_on", date_of("born_on", dates.read_birth)),
    _text("birthplace"),
    _text("hometown"),
    _text("residence"),
    _text("temporary_residence"),
    Kind("ethnicity", cells.read_ethnicity),
    Kind("religion", cells.read_religion),
    Kind("phone", cells.read_phone),
    Kind("citizen_id", cells.read_citizen_id),
    Kind("card_number", cells.read_card_number),
    Kind("card_issued_on", date_of("card_issued_on", dates.read_day)),
    Kind("profile_number", cells.read_profile_number),
    Kind("joined_on", date_of("joined_on")),
    Kind("official_on", date_of("official_on", dates.read_official)),
    Kind(JOINED_OFFICIAL, cells.read_joined_and_official, called="Ngày vào Đảng / ngày chính thức"),
    _text("joined_at"),
    Kind("decided_on", date_of("decided_on")),
    _text("introducers"),
    _text("occupation_when_admitted"),
    Kind("youth_union_on", date_of("youth_union_on")),
    Kind("recruited_on", date_of("recruited_on")),
    Kind("enlisted_on", date_of("enlisted_on")),
    Kind("discharged_on", date_of("discharged_on")),
    _text("health"),
    _text("disability_class"),
    _text("merit_family"),
    Kind("handbook_installed_on", date_of("handbook_installed_on", dates.read_day)),
    Kind("state.education", levels.read_education),
    Kind("state.qualification", levels.read_qualification),
    _text("state.speciality"),
    Kind("state.theory", levels.read_theory),
    _text("state.foreign_language"),
    Kind("state.occupation", levels.read_occupation),
    _text("state.job"),
    Kind("position.post", levels.read_posts),
    Kind("spell.started_on", date_of("spell.started_on", dates.read_day), called="Ngày chuyển đến chi bộ"),
    _text("spell.came_from"),
    _text("note", "; "),
)

KINDS = {kind.name: kind for kind in _KINDS}
"""All kinds that a user may choose for a column, in the order of the card."""

INSTEAD = {"state.occupation": "state.job", "position.post": "state.job", "joined_on": JOINED_OFFICIAL}
"""What a column holds when its heading says one thing and most of its cells cannot be read so."""


def kind_of(name):
    """Return the kind called `name`, or None; one with a plus is made of its parts, stacked in each cell."""
    parts = [KINDS.get(part) for part in name.split("+")]
    if name in KINDS or len(parts) == 1 or not all(part and part.read for part in parts):
        return KINDS.get(name)
    return Kind(name, partial(_read_stacked, parts), called=" / ".join(part.label for part in parts))


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
    for sign in "\n;" if any(part.joins for part in parts) else "\n;,":
        if sign in text:
            return [piece.strip() for piece in text.split(sign) if piece.strip()]
    pieces = [piece.strip() for piece in text.split("/")]
    return pieces if len(pieces) == len(parts) else [text]
