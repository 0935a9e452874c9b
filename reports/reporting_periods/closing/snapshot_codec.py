"""How a closing is kept in a few columns: compressed JSON, the same bytes for the same values.

- `Closing.contents`: `figures` {code: what it is called, of which time, on which list}, and `lists` {code: its
  `columns`, and the codes of its `figures`}.
- `Frozen.figures`: {code: [value, base, percentage, what is asked for, verdict]}.
- `Frozen.lists`: {code: rows}, each row a `Row` as a list.
"""

import json
import zlib
from typing import NamedTuple


class FrozenRow(NamedTuple):
    """A row of a list as it stood: its place in the list, its record, the person it names (else the record again).

    `above` are the ids of the committee and the units asked beneath which it counts; `marks` has a bit for each figure
    of the list; `texts` are the cells as they were shown.
    """

    place: int
    pk: int
    person: int | None
    above: list
    marks: int
    texts: list


def pack(values):
    """Return `values` as they are kept."""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpack(content):
    """Return what was packed."""
    return json.loads(zlib.decompress(content))
