"""What a title alone says of every row of a list, as columns of the list: the decision that it goes with, the round.

"(Kèm theo Quyết định số 15-QĐ/ĐU ngày 20/11/2026)" is the decision on all of whom it lists, in a list of those who hold
posts or of a register; "đợt 07/11/2026" is the day of award of badges.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from .headers import find
from .layout import RosterTable
from .registers import own_kind, titled
from .shared_registers import OF_POSTS
from .text_keys import key

DAY = r"(?P<day>[0-9]{1,2})\s*(?:[-/.]|tháng)\s*(?P<month>[0-9]{1,2})\s*(?:[-/.]|năm)\s*(?P<year>20[0-9]{2})(?![0-9])"
DECISION = re.compile(
    r"\b(?:theo|tại)\s+quyết định\s+số:?\s*(?P<number>[0-9]+\s*[-–/]?\s*\S*?)\s*,?\s+"
    rf"(?:của\s[^0-9]{{0,80}})?ngày\s+{DAY}",
    re.IGNORECASE,
)
ROUND = re.compile(rf"\bđợt\s+(?:ngày\s+)?{DAY}", re.IGNORECASE)
DECIDED = ("decision_number", "decision_date", "decision")
BADGES = "badge"


def with_what_titles_say(table: RosterTable) -> RosterTable:
    """Return a list with columns at the right for what its titles say of all its rows, and none of its columns does."""
    if table.top is None:
        return table
    kinds = {find(*heading)[0].partition(".")[2] for heading in table.headings if any(heading)}
    named, added = titled(table.titles), {}
    decided = None if kinds & {*DECIDED} else _only(DECISION, table.titles)
    of_posts = any(OF_POSTS.search(key(title)) for title in table.titles)
    if decided and (of_posts or any(own_kind(name, "decision_number") for name in named)):
        added["Số QĐ"] = decided[1]
    if decided and (of_posts or named):
        added["Ngày QĐ"] = decided[0]
    awarded = _only(ROUND, table.titles)
    if awarded and BADGES in named and "awarded_on" not in kinds:
        added["Đợt trao"] = awarded[0]
    return _with_columns(table, added) if added else table


def _with_columns(table, added):
    """Return a table with columns {heading: what stands in each row of its list}."""
    listed = {id(row) for row in table.body()}
    rows = [[*row, *(added.values() if id(row) in listed else [None] * len(added))] for row in table.rows]
    return replace(table, rows=rows, headings=[*table.headings, *(("", heading) for heading in added)])


def _only(pattern: re.Pattern, titles: Iterable[str]) -> tuple[date, str] | None:
    """Return (day, number, if any) of the only one of its kind that titles tell; None for none, or several."""
    found = set()
    for match in (match for title in titles for match in pattern.finditer(title)):
        told = match.groupdict()
        with suppress(ValueError):
            day = date(*(int(told[name]) for name in ("year", "month", "day")))
            found.add((day, "".join(told.get("number", "").split())))
    return found.pop() if len(found) == 1 else None
