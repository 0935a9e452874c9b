"""Lookups of the records that rows of a file point at: many at once, and only within the reach of the sender."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Field, Model, QuerySet, prefetch_related_objects

from binhlu_portal.audit.uniqueness import unseen_in_row
from binhlu_portal.spreadsheets.data_workbook.resources import TABS, Tab
from binhlu_portal.spreadsheets.data_workbook.row_ids import RowIds
from organizations.rights import Right
from organizations.scope import Reader

from .results import RecordResult
from .rows import EMPTY, ImportRow

AT_ONCE = 5_000
"""How many values one statement asks for."""

Item = TypeVar("Item")

NEAR = 50
"""Keys lie near each other when there are at most so many between two of them."""


def batched_query(queryset: QuerySet, name: str, values: Iterable[Any]) -> Iterator[Any]:
    """Batched query: the rows of `queryset` whose `name` is one of `values`, asked for in parts."""
    for part in parts(sorted(values), AT_ONCE):
        yield from queryset.filter(**{f"{name}__in": part})


def existing_keys(queryset: QuerySet, keys: Collection[int]) -> set[int]:
    """Existing keys: those of the primary `keys` that rows of `queryset` have.

    SQLite holds every row of a reach against every key of a list, so keys that lie near each other are asked for by
    their first and their last.
    """
    found = set()
    for part in parts(sorted(keys), AT_ONCE):
        first, last = part[0], part[-1]
        asked = {"pk__range": (first, last)} if last - first < NEAR * len(part) else {"pk__in": part}
        found.update(queryset.filter(**asked).values_list("pk", flat=True))
    return found.intersection(keys)


def parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Batches: yield `items` in lists of at most `size`."""
    items = iter(items)
    while part := list(islice(items, size)):
        yield part


def plain(value: Any) -> Any:
    """Column value: a value as its column holds it, a record by its id."""
    return getattr(value, "pk", value)


def key_of(names: Sequence[str], values: dict[str, Any]) -> tuple | None:
    """Natural key: the `values` of the fields `names`; None unless the first and the last of them are filled in."""
    key = tuple(plain(values.get(name)) for name in names)
    return None if key[0] in EMPTY or key[-1] in EMPTY else key


def by_key(
    tab: Tab, reach: QuerySet, names: Sequence[str], resolved: list[tuple[ImportRow, dict[str, Any]]]
) -> dict[int, Model]:
    """Match by natural key: records that agree with `resolved` lines in the fields `names`, {id(line): record}."""
    keys = {id(line): key for line, values in resolved if (key := key_of(names, values))}
    attributes = [tab.model._meta.get_field(name).attname for name in names]
    rows = {}
    for row in batched_query(reach, names[0], {key[0] for key in keys.values()}):
        rows.setdefault(tuple(getattr(row, attribute) for attribute in attributes), row)
    return {line: rows[key] for line, key in keys.items() if key in rows}


class Lookups:
    """Lookups of texts in links: records of the portal within the reach of `user`, or records of the file itself."""

    def __init__(self, user: Reader):
        self.user = user
        self.marks = RowIds.of_database()
        self.local = defaultdict(dict)
        self.known = defaultdict(dict)
        self.reached = defaultdict(set)

    def remember(self, lines: Iterable[ImportRow]) -> None:
        """Note which records the `lines` of a file are about, and point at, before something is written of it.

        While half of an act is written (a unit that has ended for its period, and not yet itself) the scope may not
        hold; whoever brings the file asks it again in the end.
        """
        for tab, group in groupby(lines, attrgetter("tab")):
            for part in parts(group, AT_ONCE):
                marked = {line.pk or self.marks.ours(tab.table, line.mark) for line in part} - {None}
                self.reached[tab.model] |= existing_keys(self.reach(tab.model, tab.right), marked)
                for field in tab.links:
                    self.look_up(field.related_model, tab.right, {line.values.get(field.name) for line in part})

    def reach(self, model: type[Model], right: Right) -> QuerySet:
        """Return the records of `model` that the user may change."""
        return model._default_manager.editable_by(self.user, right).order_by()

    def visible(self, model: type[Model]) -> QuerySet:
        """Return the records of `model` that the user may see."""
        return model._default_manager.visible_to(self.user).order_by()

    def blame(self, record: RecordResult, sentence: str) -> None:
        """Note why the database refused a record, and which value of it a record has that the user does not see."""
        fault = record.line.fault(sentence)
        record.line.blames.append(replace(fault, unseen=unseen_in_row(self.user, record.row, sentence)))

    def name(self, model: type[Model], text: str, pk: int) -> None:
        """Note that `text` calls a record that the file itself has brought."""
        self.local[model][text] = pk

    def look_up(self, model: type[Model], right: Right, texts: Iterable[str]) -> None:
        """Find out what `texts` mean that were not asked for yet; `find` needs it before."""
        known, tab = self.known[model, right], TABS[model]
        texts = {text for text in texts if text and text not in known and text not in self.local[model]}
        known.update(dict.fromkeys(texts))
        if not texts:
            return
        reach = self.reach(model, right)
        if tab.named:
            called = list(
                batched_query(reach.annotate(called=model.called()).values_list("called", "pk"), "called", texts)
            )
            times = Counter(name for name, _ in called)
            known.update((name, pk) for name, pk in called if times[name] == 1)
        for name, *more in tab.keys:
            if not more:
                known.update(batched_query(reach.values_list(name, "pk"), name, texts))
        marked = {pk: text for text in texts if (pk := self.marks.ours(tab.table, text))}
        for pk in existing_keys(reach, marked):
            known[marked[pk]] = pk

    def find(self, model: type[Model], right: Right, text: str) -> int | None:
        """Return the id of the record that `text` means, or None."""
        return self.local[model].get(text) or self.known[model, right].get(text)

    def targets(self, tab: Tab, field: Field, lines: Iterable[ImportRow]) -> dict[str, Any]:
        """Return what the texts of one link mean: ids, or records with all that the rules will ask of them."""
        model, texts = field.related_model, {line.values.get(field.name) for line in lines}.difference(EMPTY)
        self.look_up(model, tab.right, texts)
        found = {text: pk for text in texts if (pk := self.find(model, tab.right, text))}
        if field.name not in tab.needs:
            return found
        rows = {row.pk: row for row in batched_query(model._default_manager.all(), "pk", set(found.values()))}
        prefetch_related_objects([*rows.values()], *tab.needs[field.name])
        return {text: rows[pk] for text, pk in found.items()}
