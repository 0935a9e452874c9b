"""Cards of people who have left, in lists: whoever has them no more reads what stood on the card as they left."""

from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.db.models.query import ValuesIterable

from organizations.scope import Reader

PART = 500
"""How many rows of a file are looked through at once."""


def with_former_cards(rows: QuerySet, paths: Sequence[str], user: Reader) -> QuerySet:
    """Return `rows`, dictionaries by `paths`, so that they give of the card of each person what `user` may read of it.

    Who the people are is asked as the rows are read, a page or `PART` of them at once.
    """
    cards = _cards(rows.model, tuple(paths))
    rows = rows.values(*paths, *cards)
    for key, (people, names) in cards.items():
        rows._iterable_class = _iterable(people, key, names, user, rows._iterable_class)
    return rows


@cache
def _cards(model: type[Model], paths: tuple[str, ...]) -> dict[str, tuple[type[Model], dict[str, str]]]:
    """Return {path of the id of a person: (model of people, {path: field of the card})} of what `paths` show."""
    found = {}
    for path in paths:
        *links, name = path.split("__")
        people = _led_to(model, links)
        if people and _has_field(people, name) and hasattr(people._default_manager.all(), "cards_of_former"):
            found.setdefault("__".join([*links, "pk"]), (people, {}))[1][path] = name
    return found


def _led_to(model, links):
    """Return the model at the end of `links`; None where one is no field, as what is looked up for a moment."""
    for link in links:
        if not _has_field(model, link):
            return None
        model = model._meta.get_field(link).related_model
    return model


def _has_field(model, name):
    try:
        return bool(model._meta.get_field(name))
    except FieldDoesNotExist:
        return False


def _iterable(people, key, names, user, usual=ValuesIterable):
    class KnownCards(usual):
        """Rows of values with the cards of former members as they were."""

        def __iter__(self) -> Any:
            rows = super().__iter__()
            while part := list(islice(rows, PART)):
                cards = people._default_manager.all().cards_of_former(user, {row[key] for row in part})
                for row in part:
                    card = cards.get(row[key], {})
                    yield row | {path: card[name] for path, name in names.items() if name in card}

    return KnownCards
