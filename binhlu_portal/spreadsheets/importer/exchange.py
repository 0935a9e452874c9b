"""Exchange: periods of one owner that change places in a file; each alone would overlap the other.

Their lines are then about each other's records: the record that was first in time takes what the line that is first in
time says. What is written is the same set of periods, whichever record holds which. It takes lines that speak of every
field, or what one does not speak of would stay behind.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from operator import attrgetter, itemgetter

from django.db.models import Model, UniqueConstraint

from binhlu_portal.db.triggers import NoOverlap
from binhlu_portal.spreadsheets.data_workbook.resources import Tab

from .lookups import Lookups, plain
from .rows import Fault, ImportRow


def without_room(lines: Iterable[ImportRow]) -> list[ImportRow]:
    """Return the lines that were refused because of another period: it shares a day, or is the one that is open."""
    overlaps = set(NoOverlap.messages.values())
    return [line for line in lines if {blame.message for blame in line.blames} & (overlaps | _once(line.tab.model))]


@cache
def _once(model):
    """Return what constraints of a model say where there may be but one."""
    return {str(rule.violation_error_message) for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)}


class Exchange:
    """The lines of a file that are about each other's records: `places` {id(line): the id of the record}."""

    def __init__(self):
        self.places = {}
        self.groups = []

    def find(self, tab: Tab, lines: list[ImportRow], known: dict[int, Model], links: Lookups) -> Collection[int]:
        """Find the `lines` of one tab that have changed places, and return the ids of the records they are about.

        `known` are the records of the lines by their marks.
        """
        owners = defaultdict(list)
        for line, owner in self._owners(tab, lines, known, links):
            owners[owner].append((line.values["started_on"], line, known[id(line)]))
        places = {}
        for periods in owners.values():
            before = sorted((row for _, _, row in periods), key=attrgetter("started_on"))
            now = [line for _, line, _ in sorted(periods, key=itemgetter(0))]
            if any(known[id(line)] != row for line, row in zip(now, before, strict=True)):
                places |= {id(line): row.pk for line, row in zip(now, before, strict=True)}
                self.groups.append(now)
        self.places |= places
        return places.values()

    def held_up(self, sentence: str) -> Iterator[Fault]:
        """Yield a fault for each line of those that changed places together when another of them was refused."""
        for lines in self.groups:
            refused = next((line for line in lines if line.blames), None)
            for line in lines if refused else ():
                if not line.blames:
                    yield line.fault(sentence.format(refused.row, refused.sheet))

    def _owners(self, tab, lines, known, links):
        """Yield (line, whose period it is) of lines that say all of a period and leave it to its owner."""
        columns = NoOverlap.owners.get(tab.table, ())
        fields = [field for field in tab.fields if field.attname in columns]
        targets = {field.name: links.targets(tab, field, lines) for field in fields if field.remote_field}
        for line in lines:
            row = known.get(id(line))
            if row is None or not fields or tab.columns.keys() - line.values.keys():
                continue
            values = {field: line.values.get(field.name) for field in fields}
            owner = tuple(plain(targets[f.name].get(v)) if f.name in targets else v for f, v in values.items())
            if owner == tuple(getattr(row, field.attname) for field in fields):
                yield line, owner
