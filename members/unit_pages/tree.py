"""The tree of a day as people read it: what stands beneath a unit, who leads it, how many belong there, what happened.

It stands here and not in `organizations` because it counts members and names secretaries.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.text.vietnamese import bears, search_words
from members.choices import Post
from members.models import Spell
from members.positions.queries import holders
from organizations.models import Ancestry, UnitEvent, UnitPeriod
from organizations.tree_queries import name_of, subtree

MOST = 150
"""Up to so many units beneath one the page shows all levels, beyond that one level at a time."""

FOUND = 100
"""How many units a search shows."""


@dataclass
class TreeRow:
    """A unit in the tree: what it is or last was, how deep it stands here, how many `beneath` it are not shown.

    A row that has `ended` shows a unit that ended within the period; `above` names where a unit found by a search is.
    """

    place: Any
    level: int
    beneath: int = 0
    ended: bool = False
    above: str = ""
    members: int = 0
    secretary: Any = None
    events: list = field(default_factory=list)


def rows(moment, places):
    """Return the rows beneath the unit of the moment, itself first; `places` are those of the day, in tree order.

    Where there are many, only those directly beneath it.
    """
    standing = subtree(places, moment.unit.pk)
    levels = 1 if len(standing) > MOST else len(standing)
    return _with_facts(moment, _with_ended(moment, _standing(standing, levels), levels))


def level(moment, places, most):
    """Return the row of the unit of the moment and up to `most` of those directly beneath, with their members only."""
    shown = _standing(subtree(places, moment.unit.pk), 1)[: 1 + most]
    members = _members(moment, [row.place.unit_id for row in shown])
    for row in shown:
        row.members = members.get(row.place.unit_id, 0)
    return shown


def search(moment, places, words):
    """Return the rows of units beneath the unit of the moment in whose names each of `words` is found, and how many."""
    standing = subtree(places, moment.unit.pk)
    names = {place.unit_id: place.name for place in standing}
    wanted = search_words(words)
    gone = [place for place in _ended(moment) if bears(place.name, wanted)]
    hits = [TreeRow(place, 0, above=names.get(place.parent_id, "")) for place in standing if bears(place.name, wanted)]
    hits += [TreeRow(place, 0, ended=True, above=names.get(place.parent_id, "")) for place in gone]
    return _with_facts(moment, hits[:FOUND]), len(hits)


def _standing(standing, levels):
    """Return the rows of a branch down to so many `levels`; the lowest say how many units they hide."""
    shown = []
    for index, place in enumerate(standing):
        depth = place.depth - standing[0].depth
        if depth <= levels:
            beneath = len(subtree(standing[index:], place.unit_id)) - 1 if depth == levels else 0
            shown.append(TreeRow(place, depth, beneath=beneath))
    return shown


def _ended(moment):
    """Return what the units last were that ended in the period beneath the unit of the moment."""
    eve = Ancestry.objects.filter(
        covers_eve(OuterRef("ended_on")), ancestor=moment.unit, unit=OuterRef("unit"), depth__gt=0
    )
    last = UnitPeriod.objects.visible_to(moment.user).filter(
        Exists(eve), ended_on=F("unit__ended_on"), ended_on__range=(moment.since, moment.as_of)
    )
    return list(last.select_related("unit").order_by("name", "pk"))


def _with_ended(moment, shown, levels):
    """Return the rows with those of units that ended, each after what stands directly beneath its last parent."""
    gone = defaultdict(list)
    for place in _ended(moment):
        gone[place.parent_id].append(place)
    if not gone:
        return shown
    complete, open_parents = [], []
    for row in [*shown, None]:
        while open_parents and (row is None or row.level <= open_parents[-1].level):
            parent = open_parents.pop()
            complete += [TreeRow(place, parent.level + 1, ended=True) for place in gone[parent.place.unit_id]]
        if row:
            complete.append(row)
            if row.level < levels:
                open_parents.append(row)
    return complete


def _with_facts(moment, shown):
    """Fill in members, secretaries and events of the rows: one statement for each."""
    units = [row.place.unit_id for row in shown]
    members, secretaries, events = _members(moment, units), _secretaries(moment, units), _events(moment, units)
    for row in shown:
        unit = row.place.unit_id
        row.members, row.secretary, row.events = members.get(unit, 0), secretaries.get(unit), events[unit]
    return shown


def _members(moment, units):
    """Return how many members belong to a cell at or beneath each of `units`: the figure of all members."""
    stays = Spell.objects.visible_to(moment.user).filter(
        covers(moment.as_of), covers(moment.as_of, "unit__lines__"), unit__lines__ancestor__in=units
    )
    return dict(stays.order_by().values_list("unit__lines__ancestor").annotate(Count("pk")))


def _secretaries(moment, units):
    """Return who is secretary of each of `units`, nobody where the post is written down as vacant."""
    held = holders(moment, Q(unit__in=units, post=Post.SECRETARY))
    return {unit: found[0] for unit, found in held.items()}


def _events(moment, units):
    """Return what happened to each of `units` in the period, with the name of the other unit."""
    happened = UnitEvent.objects.visible_to(moment.user).filter(day__range=(moment.since, moment.as_of), unit__in=units)
    found = defaultdict(list)
    for event in happened.annotate(other_name=name_of("other_unit", covers(OuterRef("day")))):
        found[event.unit_id].append(event)
    return found
