"""Permissions of the history: who may read and who may revert which part of it.

An entry goes with the record it is about: with the unit the record names, else with the member it names, and with the
day of the record. What a record named is read from the entry itself, so that deleted records are judged like the
others. What is written on a card has no day: a former unit reads the entries up to the day on which the member left.
Whoever sees the whole tree reads the entries of all records, also of units and people who are no more. Entries about
accounts are for those who keep the accounts, and nobody reverts them here.
"""

from collections import defaultdict
from functools import cache

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, TruncDate

from binhlu_portal.accounts.models import User
from binhlu_portal.db.triggers import GuardedAppConfig
from organizations.rights import Right
from organizations.scope import YEAR, day_of, of_reader, since_of, units_kept_by

from .display import model_of
from .history_triggers import history_triggers
from .models import Access, Entry

NAMED = ("unit_id", "member_id")
"""The columns that tie a record to a scope; the first one a record has counts."""

SIDES = ("before", "after")
"""The two states of a record that an entry keeps."""


WRITTEN_ON = "written_on"
"""The alias of the day of what is written on a card, or of a unit as such: the one on which it was written."""


@cache
def scoped_tables() -> dict[tuple[str, type[Model]], list[str]]:
    """Scoped tables by what ties their records to a scope: {(column of the entry, model it points at): tables}.

    `row` stands for records that are units or people themselves.
    """
    found = defaultdict(list)
    for model in _models():
        if hasattr(model._default_manager.all(), "visible_to"):
            columns = {field.column: field for field in model._meta.concrete_fields}
            column = next((name for name in NAMED if name in columns), None)
            tie = (column, columns[column].related_model) if column else ("row", model)
            found[tie].append(model._meta.db_table)
    return dict(found)


def scoped_table_names() -> list[str]:
    """Scoped tables: those of all records that have a scope."""
    return [table for tables in scoped_tables().values() for table in tables]


def readable(user: User) -> QuerySet[Entry]:
    """Readable history: the entries that `user` may read."""
    return Entry.objects.filter(_is_readable(user, **{name: F(name) for name in ("at", "table", "row", *SIDES)}))


def _derived():
    """Return what is told from the columns of an entry: what the record named, and its day."""
    days = {f"{column}_day": _day(tables) for (column, _), tables in scoped_tables().items() if column in NAMED}
    return _sides() | days | {WRITTEN_ON: TruncDate("at")}


@of_reader(
    _derived,
    at=DateTimeField(),
    table=CharField(),
    row=BigIntegerField(),
    **dict.fromkeys(SIDES, JSONField()),
)
def _is_readable(user):
    shown = Q(_reaches_all(units_kept_by(user, Right.SEE)), table__in=scoped_table_names())
    for (column, model), tables in scoped_tables().items():
        day = f"{column}_day" if column in NAMED else WRITTEN_ON
        shown |= Q(table__in=tables) & model._default_manager.all().reach_of(user, Right.SEE, column, day)
    kept = units_kept_by(user, Right.ACCOUNTS)
    accounts, roles = get_user_model(), get_user_model()._meta.get_field("roles").related_model
    shown |= Q(table=accounts._meta.db_table, row__in=accounts.objects.filter(roles__unit__in=kept).values("pk"))
    return shown | Q(table=roles._meta.db_table, unit_id__in=kept)


def _sides():
    """Return the expressions of what a record names: after the change, or before it was deleted."""
    return {name: Coalesce(named("after", name), named("before", name)) for name in NAMED}


def lies_within(entries: QuerySet[Entry], units: QuerySet) -> QuerySet[Entry]:
    """History of units: those of the readable `entries` that are about `units` (a queryset of ids) or their people."""
    named = entries.alias(**_sides())
    return named.filter(_about(Q(), lambda model: model._default_manager.within(units)))


def may_revert(user: User, entries: QuerySet[Entry]) -> bool:
    """Permission to revert all of `entries`: own ones by the right to edit, those of others by that to decide.

    Both what the records named before and what they named after must be of the user's own units.
    """
    found = entries.aggregate(number=Count("pk"), foreign=Count("pk", filter=~Q(user=user) | Q(user=None)))
    right = Right.DECIDE if found["foreign"] else Right.EDIT
    whole = Q(_reaches_all(units_kept_by(user, right)), table__in=scoped_table_names())
    kept = entries.alias(**{f"{side}_{name}": named(side, name) for side in SIDES for name in NAMED})
    for side in SIDES:
        about = _about(whole, lambda model: model._default_manager.editable_by(user, right), f"{side}_")
        kept = kept.filter(Q(**{f"{side}__isnull": True}) | about)
    return found["number"] > 0 and not entries.exclude(pk__in=kept.values("pk")).exists()


def accesses(user: User) -> QuerySet[Access]:
    """Readable access log: the lines that `user` may read.

    A line names no unit, so it goes with the person who opened the list. A reader sees the own lines and those of
    people who hold roles in units that the reader keeps (to decide, or as keeper of accounts) and nowhere else: the
    lists of whoever has a role elsewhere too may be foreign.
    """
    accounts = get_user_model()
    roles = accounts._meta.get_field("roles").related_model.objects.filter(user=OuterRef("pk"))
    here = Q(unit__in=units_kept_by(user, Right.DECIDE)) | Q(unit__in=units_kept_by(user, Right.ACCOUNTS))
    people = accounts.objects.filter(Exists(roles.filter(here)), ~Exists(roles.exclude(here)))
    return Access.objects.filter(Q(user=user) | Q(user__in=people.values("pk")))


def named(side: str, column: str) -> Cast:
    """Number in `column` of the record as it was on one side of the change, as an expression."""
    return Cast(KT(f"{side}__{column}"), BigIntegerField())


def _about(start, rows_of, side=""):
    """Return `start` or the condition that entries are about records tied to what `rows_of` gives for a model."""
    for (column, model), tables in scoped_tables().items():
        tie = column if column == "row" else f"{side}{column}"
        start |= Q(table__in=tables, **{f"{tie}__in": rows_of(model).values("pk")})
    return start


def _day(tables):
    """Return the expression of the day of a record, which each of `tables` keeps in its own way."""
    ways = defaultdict(list)
    for table in tables:
        ways[since_of(model_of(table))].append(table)
    usual, *others = sorted(ways.values(), key=len, reverse=True)
    dated = [When(table__in=alike, then=day_of(model_of(alike[0]), _written)) for alike in others]
    return Case(*dated, default=day_of(model_of(usual[0]), _written), output_field=DateField())


def _written(name):
    """Return the value of a field of the record as it was after the change, or before it was deleted."""
    if name == "at":
        return F(name)
    value = Coalesce(KT(f"after__{name}"), KT(f"before__{name}"))
    return value if name == YEAR else Cast(value, DateField())


def _reaches_all(units):
    """Return the condition that every tree of units stands on one of `units`."""
    tops = apps.get_model("organizations", "UnitPeriod").objects.filter(parent__isnull=True)
    return Q(Exists(units), ~Exists(tops.exclude(unit__in=units)))


def _models():
    kept = [config for config in apps.get_app_configs() if isinstance(config, GuardedAppConfig)]
    return list(filter(None, (model_of(history.table) for config in kept for history in history_triggers(config))))
