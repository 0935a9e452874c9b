"""Revert: taking back what was written, one change, or everything that was written together.

Each record becomes again what it was before the first of the entries. What was changed later stands in the way: the
whole is refused, or, when asked for, whatever was changed later is left as it is and the rest is reverted, value by
value. Rules of the database hold as for every other change, and the history notes it like every other change.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from binhlu_portal.accounts.models import User
from binhlu_portal.db.actions import Refusal, action

from .display import ABOUT, fields_by_column, from_history, model_of
from .guarded_acts import GuardedAct, guard
from .history_triggers import DERIVED
from .models import Action, Entry

BATCH = 500
"""How many records one statement changes."""

MANY = 20
"""How many changes nobody makes by hand at once: such a change set is an import, or weighs as much."""

LATER = "Có hồ sơ đã được sửa hoặc ghi thêm sau lần ghi này: hoàn tác những lần ghi sau trước, hoặc chọn giữ chỗ đó."
NOTHING = "Không còn gì để hoàn tác: hồ sơ đã như trước lần ghi này, hoặc đã được sửa sau đó."


@dataclass
class RevertPlan:
    """Revert plan: which records to delete, to change {column: value} and to bring back, by (table, row).

    `later` are the entries written since that stand in the way; the records they are about are left as they are, or,
    where only other values were changed later, those values.
    """

    entries: list[Entry]
    delete: set[tuple[str, int]] = field(default_factory=set)
    change: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    restore: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    later: list[Entry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to revert."""
        return not (self.delete or self.change or self.restore)


@action
def revert(*, user: User | None, entries: QuerySet[Entry], keep_later: bool = False) -> list[Entry]:
    """Revert `entries`, a queryset of the history, and return the entries since that were left as they are.

    To take back much at once is a guarded act of `user`. Raises Refusal when nothing is left to revert, or something
    was changed later and `keep_later` is not set; then nothing is written.
    """
    if entries.count() >= MANY:
        guard(user, GuardedAct.REVERT, f"{entries.count()} thay đổi")
    return take_back(entries, keep_later)


def take_back(entries: QuerySet[Entry], keep_later: bool) -> list[Entry]:
    """Revert `entries` within the action of the caller, which asks whether it may."""
    _lock(entries)
    found = plan_revert(entries)
    if found.later and not keep_later:
        raise Refusal(LATER)
    if found.is_empty:
        raise Refusal(NOTHING)
    try:
        with transaction.atomic():
            _write_together(found)
            _check_links(found)
    except IntegrityError:  # two records of a table may have to change in their order, one making room for the other
        _write_backwards(found)
        _check_links(found)
    return found.later


def plan_revert(entries: QuerySet[Entry]) -> RevertPlan:
    """Revert plan of `entries` as things stand now; nothing is written."""
    found = RevertPlan(sorted(entries, key=attrgetter("pk")))
    first, last = {}, {}
    for entry in found.entries:
        first.setdefault((entry.table, entry.row), entry)
        last[entry.table, entry.row] = entry
    since = _since(entries)
    for key, start in first.items():
        _plan_record(found, key, _known(key, start.before), last[key].after, since[key])
    _keep_what_others_rest_on(found, entries)
    found.later = [entry for _, entry in sorted({entry.pk: entry for entry in found.later}.items())]
    return found


def _known(key, values):
    """Return what a record was, without columns that its table has no longer."""
    columns = fields_by_column(model_of(key[0]))
    return values and {column: value for column, value in values.items() if column in columns}


def _since(entries):
    """Return the entries written about the same records after `entries`, by record."""
    oldest = entries.order_by("pk").values_list("pk", flat=True).first() or 0
    same = entries.filter(table=OuterRef("table"), row=OuterRef("row"), pk__lt=OuterRef("pk"))
    others = Entry.objects.filter(Exists(same), pk__gt=oldest).exclude(pk__in=entries.values("pk"))
    found = defaultdict(list)
    for entry in others.select_related("user").order_by("pk"):
        found[entry.table, entry.row].append(entry)
    return found


def _plan_record(found, key, before, after, since):
    """Add one record to the plan: `before` and `after` are what the entries made of it, `since` came later."""
    now = since[-1].after if since else after
    if _same(before, now):
        return
    if before is None or after is None or now is None:
        if since:
            found.later += since
        elif before is None:
            found.delete.add(key)
        else:
            found.restore[key] = before
        return
    changed = {column for column, value in before.items() if value not in (after.get(column), now.get(column))}
    kept = {column for column in changed if now.get(column) != after.get(column)}
    found.later += [entry for entry in since if kept & set(entry.changes)]
    if changed - kept:
        found.change[key] = {column: before[column] for column in changed - kept}


def _same(before, now):
    """Whether a record is now what it was before, in every column of then."""
    if before is None or now is None:
        return before is now
    return all(now.get(column) == value for column, value in before.items())


def _keep_what_others_rest_on(found, entries):
    """Take records at which others, written otherwise, point out of those to delete; what goes with them stays too.

    With a record stays what it points at, and what was written about it: a person keeps the stay in the cell.
    """
    kept = set()
    for table in {table for table, _ in found.delete}:
        created = entries.filter(table=table, action=Action.CREATED).values("row")
        for link in model_of(table)._meta.related_objects:
            other = link.related_model._meta.db_table
            if other in DERIVED:
                continue
            pointing = link.related_model._base_manager.filter(**{f"{link.field.name}__in": created})
            for pk, target in pointing.values_list("pk", link.field.attname):
                if (other, pk) not in found.delete and (table, target) in found.delete:
                    kept.add((table, target))
                    found.later += _newest(other, pk)
    targets, facts = _links(found)
    while kept:
        key = kept.pop()
        found.delete.discard(key)
        kept |= (targets[key] | facts[key]) & found.delete


def _links(found):
    """Return for each record to delete those that it points at, and those that are about it."""
    targets, facts = defaultdict(set), defaultdict(set)
    for entry in found.entries:
        key = (entry.table, entry.row)
        if key in found.delete and entry.after:
            fields = fields_by_column(model_of(entry.table))
            links = {
                name: (field.related_model._meta.db_table, entry.after[name])
                for name, field in fields.items()
                if field.remote_field and entry.after.get(name)
            }
            targets[key] |= set(links.values())
            if about := next(filter(None, map(links.get, ABOUT)), None):
                facts[about].add(key)
    return targets, facts


def _newest(table, row):
    return Entry.objects.filter(table=table, row=row).select_related("user")[:1]


def _lock(entries):
    """Let nobody else change the records until this is done."""
    for table in entries.order_by().values_list("table", flat=True).distinct():
        rows = entries.filter(table=table).values("row")
        list(model_of(table)._base_manager.select_for_update().filter(pk__in=rows).values_list("pk"))


def _write_together(found):
    """Write the plan table by table, newest first: few statements for thousands of records."""
    newest = dict.fromkeys((entry.table, entry.row) for entry in reversed(found.entries))
    _delete([key for key in newest if key in found.delete])
    _change([(key, found.change[key]) for key in newest if key in found.change])
    _restore([(key, found.restore[key]) for key in newest if key in found.restore])


def _write_backwards(found):
    """Write the plan entry by entry, in the opposite order of what happened."""
    for entry in reversed(found.entries):
        key = (entry.table, entry.row)
        if key in found.delete and entry.action == Action.CREATED:
            _delete([key])
        elif key in found.restore and entry.action == Action.DELETED:
            _restore([(key, found.restore[key])])
        elif entry.action == Action.CHANGED and key in found.change:
            step = {column: entry.before[column] for column in entry.changes if column in found.change[key]}
            _change([(key, step)] if step else [])


def _delete(keys):
    rows = defaultdict(list)
    for table, row in keys:
        rows[table].append(row)
    for table, pks in rows.items():
        for start in range(0, len(pks), BATCH):
            some = model_of(table)._base_manager.filter(pk__in=pks[start : start + BATCH])
            some._raw_delete(some.db)  # what points at them is deleted by the plan itself, or stands in the way


def _change(changes):
    records = defaultdict(list)
    for (table, row), values in changes:
        records[table, tuple(sorted(values))].append(_record(table, {"id": row} | values))
    for (table, columns), rows in records.items():
        fields = fields_by_column(model_of(table))
        names = [fields[column].name for column in columns]
        model_of(table)._base_manager.bulk_update(rows, names, batch_size=BATCH)


def _restore(rows):
    records = defaultdict(list)
    for (table, _), values in rows:
        records[table].append(_record(table, values))
    for table, found in records.items():
        model_of(table)._base_manager.bulk_create(found, batch_size=BATCH)


def _record(table, values):
    """Return the record whose columns the history keeps as `values`."""
    fields = fields_by_column(model_of(table))
    known = {fields[column].attname: from_history(fields[column], value) for column, value in values.items()}
    return model_of(table)(**known)


def _check_links(found):
    """Refuse records that point at one that is no more; the database itself would say so only at the very end."""
    tables = {table for table, _ in (*found.change, *found.restore)}
    if tables:
        connection.check_constraints(table_names=sorted(tables))
