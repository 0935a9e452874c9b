"""Preview of a wizard, in words: who goes where, whose posts end."""

from collections import defaultdict
from collections.abc import Iterable

from binhlu_portal.audit.display import HistoryLine, record_names
from binhlu_portal.audit.models import Action
from members.choices import Post
from members.models import Position, Spell
from organizations.models import Unit


def moves(lines: Iterable[HistoryLine]) -> list[tuple[str, list[str]]]:
    """Preview of moves: [(cell, names of those who go there)] for the stays that `lines` of the history begin."""
    begun = _of(lines, Spell, Action.CREATED)
    names = record_names({(Unit, line.entry.after["unit_id"]) for line in begun})
    going = defaultdict(list)
    for line in begun:
        going[names[Unit, line.entry.after["unit_id"]]].append(line.about)
    return [*going.items()]


def posts(lines: Iterable[HistoryLine]) -> list[tuple[str, str]]:
    """Preview of posts: [(post, holder)] for those that `lines` of the history end."""
    rows = [(line.entry.after, line.about) for line in _of(lines, Position, Action.CHANGED)]
    return [(Post(row["post"]).label, row["holder_name"] or about) for row, about in rows]


def _of(lines, model, action):
    return [line for line in lines if line.entry.table == model._meta.db_table and line.entry.action == action]
