"""Columns of posts: a list whose rows are cells and whose columns name who holds which post, unpivoted.

Each column becomes a list of people of its own, in the rows in which their names stand; a column added at the right
says the post. Several names in one cell are several people, of whom all but the first stand in an added column too.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain

from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members.choices import COMMITTEE_POSTS

from .column_types import COLUMN_TYPES, NUMBER, UNIT
from .headers import find
from .layout import NAMES, RosterTable
from .levels import POST_WORDS
from .registers import SHARED
from .row_kinds import cells_in, numbers_columns
from .text_keys import is_nothing, key

NAME, POST = "Họ và tên", "Chức vụ Đảng"
NAMED = re.compile(r"\b(?:ho (?:va )?ten|ten|dong chi|d c)\b")
"""How a heading says that names stand beneath it."""

BETWEEN = re.compile(r"\s*[\n;,+•]\s*(?![^()]*\))|\s+(?:và|[-–])\s+(?![^()]*\))")
ITS_MARK = r"\s*(?:[-–•+]|[0-9]{1,2}\s*[.)])\s*"
"""What parts names in one cell, but for what stands in brackets, and what leads to one of them."""

STANDING = frozenset({"dang vien", "dang vien du bi", "dang vien chinh thuc", "dv", "dvdb"})
"""What stands behind a name and is none."""

VACANT = frozenset({"khuyet", "con khuyet", "trong", "chua co", "khong", "khong co", "chua bau", "chua kien toan"})
"""What stands where nobody holds the post."""


def by_posts(table: RosterTable) -> list[RosterTable]:
    """Return the lists of a table whose columns name who holds which post, then what else it tells of its cells.

    Of any other table nothing is returned.
    """
    posts = {column: post for column, heading in enumerate(table.headings) if (post := _post_in(heading))}
    kinds = {column: find(*heading)[0] for column, heading in enumerate(table.headings) if any(heading)}
    others = {kind.partition("@")[0] for column, kind in kinds.items() if column not in posts}
    if not posts or UNIT not in others or others & NAMES or not _hold_names(table, posts):
        return []
    table = replace(table, rows=[[None] * len(row) if numbers_columns(cells_in(row)) else row for row in table.rows])
    of_all = {column for column, kind in kinds.items() if column not in posts and _is_of_all(kind)}
    own = _own_columns(posts, kinds)
    told = [column for column in of_all if kinds[column] not in (UNIT, NUMBER)]
    rest = table.only(kinds.keys() - posts.keys() - set().union(told, *own.values()))
    lists = [_lists(table, column, post, of_all, own[column]) for column, post in posts.items()]
    return [*chain.from_iterable(lists), rest]


def _post_in(heading):
    """Return the post in a cell that a heading (above, own) names, whose holders may stand beneath it."""
    post = POST_WORDS.get(" ".join(NAMED.sub(" ", key(" ".join(heading))).split()))
    return post if post in COMMITTEE_POSTS else None


def _hold_names(table, posts):
    """Whether most of what stands in columns are names: of two words or more."""
    cells = [row[column] for row in table.body() for column in posts if not is_nothing(row[column])]
    named = sum(all(len(key(name).split()) > 1 for name in _names(cell)) for cell in cells)
    return bool(cells) and named > 0.6 * len(cells)


def _names(cell):
    """Return the names in a cell; none where it says that nobody holds the post."""
    text = cell if isinstance(cell, str) else as_text(cell)
    names = (re.sub(rf"^{ITS_MARK}", "", name) for name in BETWEEN.split(text))
    return [name for name in names if not is_nothing(name) and key(name) not in VACANT | STANDING]


def _is_of_all(kind):
    """Whether a column tells of everybody in its rows: their cell, the decision about their posts."""
    return kind in (UNIT, NUMBER) or kind.startswith(("position.", f"{SHARED}."))


def _own_columns(posts, kinds):
    """Return {column of names: columns that tell of who stands there}: such as stand behind each of them."""
    ends = [*list(posts)[1:], max(kinds) + 1]
    behind = {
        column: {at for at in range(column + 1, end) if _is_personal(kinds.get(at, ""))}
        for column, end in zip(posts, ends, strict=True)
    }
    shared = set.intersection(*({kinds[at] for at in columns} for columns in behind.values()))
    return {column: {at for at in columns if kinds[at] in shared} for column, columns in behind.items()}


def _is_personal(kind):
    """Whether a column holds a field of the card that nobody could mean of a cell."""
    known = COLUMN_TYPES.get(kind)
    return bool(known and known.read) and kind != "note" and ("." not in kind or kind.startswith("state."))


def _lists(table, column, post, of_all, own) -> Iterator[RosterTable]:
    """Yield the list of those who stand first in a column of names, then of those who stand second, and so on."""
    names = [_names(row[column]) for row in table.rows]
    for place in range(max(map(len, names[table.start :]), default=0)):
        beside = of_all | own if place == 0 else of_all
        said = [found[place] if place < len(found) else None for found in names]
        yield _list(table.only({*beside, column}), column, said, post, apart=place > 0)


def _list(part, column, names: Collection[str | None], post, *, apart):
    """Return a list of `names`, one for each row or None, who hold a post; `apart` from the cells that name others."""
    rows, headings = [list(row) for row in part.rows], list(part.headings)
    heading = (" ".join(filter(None, headings[column])), NAME)
    headings[column] = ("", "") if apart else heading
    headings += [heading, ("", POST)] if apart else [("", POST)]
    for at, row in enumerate(rows):
        name = names[at] if at >= part.start else None
        if at >= part.start and name is None and len(cells_in(row)) > 2:
            row[:] = [None] * len(row)  # nobody of this list, and no name of a group either
        if at >= part.start:
            row[column] = None if apart else name
        row += [name, name and post.label] if apart else [name and post.label]
    return replace(part, rows=rows, headings=headings, of_holders=True)
