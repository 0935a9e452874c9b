"""Cards of people who have left: what stood on the card of a member as a unit of the reader had the member last."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from binhlu_portal.audit.display import fields_by_column, from_history
from binhlu_portal.audit.models import Entry
from organizations.scope import Reader, lines_of

LASTING = frozenset({"full_name", "gender", "born_on", "ethnicity", "sort_name", "search_name"})
"""By what lists tell people apart: shown as it is where the card of the day of leaving was never written down."""


def cards_of_former(model: type[Model], user: Reader, keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return {id: {field: value}}: the cards of people `keys`, all of whom have left, where they changed since.

    A card written for the first time after that tells by whom it is, and "" or None for the rest. Two statements.
    """
    left = {key: _midnight(day) for key, day in _days_of_leaving(model, user, keys).items()}
    if not left:
        return {}
    changes = Entry.objects.filter(table=model._meta.db_table, row__in=left, at__gte=min(left.values()))
    cards = {}
    for row, at, before in changes.order_by("pk").values_list("row", "at", "before"):
        if at >= left[row]:
            cards.setdefault(row, before)
    return {row: _card(model, before) for row, before in cards.items()}


def _card(model, before):
    fields = {field.name: field for field in fields_by_column(model).values() if not field.primary_key}
    if before is None:
        return {name: None if field.null else "" for name, field in fields.items() if name not in LASTING}
    return {name: from_history(field, before[field.column]) for name, field in fields.items() if field.column in before}


def _days_of_leaving(model, user, keys):
    """Return {id: the first day on which no unit of the reader had the member any more}."""
    placed = lines_of(user).filter(unit=OuterRef("unit")).order_by("-ended_on").values("ended_on")[:1]
    ends = {"spells": F("ended_on"), "admissions": Coalesce("ceremony_on", "closed_on")}
    parts = [
        model._meta.get_field(relation)
        .related_model.objects.visible_to(user)
        .filter(member__in=keys)
        .order_by()
        .values_list("member", end, Subquery(placed))
        for relation, end in ends.items()
    ]
    days = {}
    for key, *found in parts[0].union(*parts[1:]):
        days[key] = max(min(filter(None, found)), days.get(key, date.min))
    return days


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
