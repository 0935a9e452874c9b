"""Columns of relatives: what stands right of a relative's name tells of the relative, whatever its heading says.

"Họ tên vợ (chồng) | Năm sinh | Nghề nghiệp | Quê quán": only the first names whose it is. A heading that only a member
can have ("Ngày vào Đảng") names the member again; so does a name, or a heading that says so itself.
"""

import re
from collections.abc import Mapping, Sequence

from .column_types import IGNORED, NUMBER, UNIT
from .headers import exact
from .registers import SHARED, register_of
from .somebody_else import speaks_of_another
from .text_keys import key

NAMED = re.compile(r"\b(?:ho ten|ho va ten|ten)\b")
ALONE = re.compile(r"(?:(?:vo|chong|cha|bo|me|con|chu ho|than nhan|nguoi than|hoac|va) ?)+")
"""What a heading is that names a relative and nothing of theirs."""

OF_THE_ROW = frozenset({NUMBER, UNIT, "note"})
OF_THE_PARTY = re.compile(
    r"full_name|joined_|official_on|decided_on|introducers|card_|old_card_number|profile_number|position\.|spell\.|listed\."
)
"""Kinds of what nobody has who is no member."""


def of_relatives(meant: Mapping[int, tuple[str, bool]], headings: Sequence[tuple[str, str]]) -> set[int]:
    """Return the columns that tell of a relative, by what they are `meant` for where they stand alone."""
    found, begun, before = set(), False, set()
    for index, (kind, _) in sorted(meant.items()):
        if _names_relative(*headings[index]):
            begun = True
        elif _names_member(kind, before):
            begun = False
        elif begun and kind not in OF_THE_ROW:
            found.add(index)
        before.add(kind)
    return found


def _names_relative(above, heading):
    """Return whether a heading that none stands above names a relative."""
    words = key(heading)
    named = NAMED.search(words) or ALONE.fullmatch(words)
    return not above and bool(named) and exact(heading) in (None, IGNORED) and speaks_of_another(heading)


def _names_member(kind, before):
    """Return whether a kind that no column had `before` is a member's alone."""
    party = OF_THE_PARTY.match(kind) or kind.startswith(SHARED) or register_of(kind)
    return bool(party) and kind not in before
