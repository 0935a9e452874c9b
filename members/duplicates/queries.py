"""Search for duplicates: people who may have been written down twice, and why."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q, QuerySet

from binhlu_portal.audit.models import Action, Entry
from binhlu_portal.text.vietnamese import name_key
from members.models import DistinctPair, Member
from organizations.rights import Right
from organizations.scope import Reader

ID, CARD, NAME_BIRTH, NAME_SWAPPED, NAME_YEAR = range(5)
"""Why two records look like one person, the surest first."""

REASONS = {
    ID: "Cùng số định danh cá nhân",
    CARD: "Cùng số thẻ đảng viên",
    NAME_BIRTH: "Cùng họ tên, ngày sinh",
    NAME_SWAPPED: "Cùng họ tên, ngày và tháng sinh đảo chỗ",
    NAME_YEAR: "Cùng họ tên, năm sinh",
}


@dataclass(frozen=True)
class Pair:
    """Pair of possible duplicates: two records that look like one person, in the order in which they were written."""

    reason: int
    first: Member
    second: Member

    @property
    def why(self) -> str:
        """The reason in words."""
        return REASONS[self.reason]


def duplicate_reason(one: Member, other: Member) -> int | None:
    """Duplicate test: why two records look like one person (a key of `REASONS`, the surest lowest), or None."""
    if _digits(one.citizen_id) and _digits(one.citizen_id) == _digits(other.citizen_id):
        return ID
    if _cards(one) & _cards(other):
        return CARD
    if name_key(one.full_name) != name_key(other.full_name) or not (one.born_on and other.born_on):
        return None
    if one.born_on == other.born_on:
        return NAME_BIRTH
    if one.born_on.year != other.born_on.year:
        return None
    swapped = (other.born_on.day, other.born_on.month)
    return NAME_SWAPPED if one.born_on.day and (one.born_on.month, one.born_on.day) == swapped else NAME_YEAR


def duplicate_pairs(people: QuerySet[Member]) -> list[Pair]:
    """Duplicate pairs among the queryset `people`, the surest first, read by two statements.

    Only records that share a number, or a name and a year of birth, are compared with each other, and not those that
    are stated to be of two people.
    """
    alike = defaultdict(list)
    for person in people.only(*READ).order_by("pk").iterator():
        for key in _keys(person):
            alike[key].append(person)
    found, distinct = {}, distinct_pairs()
    for group in alike.values():
        for first, second in combinations(group, 2):
            if (first.pk, second.pk) in distinct:
                continue
            found[first.pk, second.pk] = Pair(duplicate_reason(first, second), first, second)
    return sorted(found.values(), key=lambda pair: (pair.reason, pair.first.sort_name, pair.first.pk, pair.second.pk))


def distinct_pairs() -> set[tuple[int, int]]:
    """Distinct pairs: ids of two people each who are stated not to be one, the one written down first coming first."""
    return set(DistinctPair.objects.order_by().values_list("first", "second"))


def statements_in_hand(user: Reader) -> list[tuple[DistinctPair, Entry | None]]:
    """Distinct pairs about whom `user` decides, the newest first, each with the entry that says who, when and why."""
    pairs = list(DistinctPair.objects.editable_by(user, Right.DECIDE).select_related("first", "second"))
    rows = [pair.pk for pair in pairs]
    written = Entry.objects.filter(table=DistinctPair._meta.db_table, action=Action.CREATED, row__in=rows)
    entries = {entry.row: entry for entry in written.order_by("pk").select_related("user")}
    return [(pair, entries.get(pair.pk)) for pair in pairs]


def possible_duplicates(person: Member, among: QuerySet[Member]) -> list[tuple[str, Member]]:
    """Possible duplicates of `person` `among` the records: [(reason in words, record)], the surest first."""
    cards = _cards(person)
    same = Q(search_name__startswith=name_key(person.full_name))
    if cards:
        same |= Q(card_number__in=cards) | Q(old_card_number__in=cards)
    if person.citizen_id:
        same |= Q(citizen_id=person.citizen_id)
    found = [(duplicate_reason(person, other), other) for other in among.filter(same).exclude(pk=person.pk)]
    found = sorted((reason, other.pk, other) for reason, other in found if reason is not None)
    return [(REASONS[reason], other) for reason, _, other in found]


def _digits(number):
    """Return a number without what people put between its digits."""
    return "".join(filter(str.isdecimal, number))


def _cards(person):
    return {_digits(number) for number in (person.card_number, person.old_card_number) if _digits(number)}


def _keys(person):
    """Return under what a person is looked for: each number, and the name with the year of birth."""
    if person.citizen_id:
        yield ID, _digits(person.citizen_id)
    for card in _cards(person):
        yield CARD, card
    if person.born_on:
        yield NAME_YEAR, name_key(person.full_name), person.born_on.year


READ = ("full_name", "sort_name", "born_on", "citizen_id", "card_number", "old_card_number", "residence")
"""What of a person is compared or shown."""
