"""Names of people as one tells them apart: by birth where several of them bear one name, then by the card."""

from collections.abc import Callable, Iterable

from .models import Member


def known_as(person: Member) -> str:
    """Return a person as one tells two of the same name apart."""
    return f"{person}, sinh {person.born_on}" if person.born_on else str(person)


def told_apart(people: Iterable[Member], call: Callable[[Member], str] = str) -> dict[int, str]:
    """Return what each of `people` is called among them, {id: words}: no two are called the same.

    Everybody is called as `call` does; what is added says no more than is needed: the year of birth, the day, the card,
    at last the place in the order given.
    """
    people = list(people)
    names = {person.pk: call(person) for person in people}
    for say in (_with_year, known_as, _with_card):
        shared = _shared(names)
        names |= {person.pk: say(person) for person in people if person.pk in shared}
    shared = _shared(names)
    return {
        pk: f"{name} (người thứ {place})" if pk in shared else name for place, (pk, name) in enumerate(names.items(), 1)
    }


def _with_year(person):
    return f"{person}, sinh {person.born_on.year}" if person.born_on else str(person)


def _with_card(person):
    return f"{known_as(person)}, thẻ {person.card_number}" if person.card_number else known_as(person)


def _shared(names):
    """Return the ids of those who are called as another is, in whatever case it is written."""
    found = {}
    for pk, name in names.items():
        found.setdefault(name.casefold(), []).append(pk)
    return {pk for pks in found.values() if len(pks) > 1 for pk in pks}
