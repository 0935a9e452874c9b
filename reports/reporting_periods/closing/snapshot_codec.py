"""Snapshot codec: how a closing is kept in a few columns, as compressed JSON, the same bytes for the same values.

- `Closing.contents`: `figures` {code: what it is called, of which time, on which list}, `lists` {code: its
  `columns`, and the codes of its `figures`}, and `outline`, the text of the outline that the report followed.
- `Frozen.figures`: {code: [value, base, percentage, what is asked for, verdict]}.
- `Frozen.lists`: {code: rows}, each row a `FrozenRow` as a list.
"""

import json
import zlib
from typing import Any, NamedTuple


class FrozenRow(NamedTuple):
    """Frozen row of a list: its place in the list, its record, the person it names (else the record again).

    `above` are the ids of the committee and the units asked beneath which it counts; `marks` has a bit for each figure
    of the list; `texts` are the cells as they were shown.
    """

    place: int
    pk: int
    person: int | None
    above: list[int]
    marks: int
    texts: list[str]


def pack(values: Any) -> bytes:
    """Serialise `values` as they are kept: compressed JSON."""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpack(content: bytes | memoryview) -> Any:
    """Deserialise what was packed."""
    return json.loads(zlib.decompress(content))
