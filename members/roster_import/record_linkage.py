"""Record linkage (entity matching): who the people of a list are, someone known, someone new, or a question.

Nobody is guessed. A number that a person bears tells who it is, unless the name beside it is quite another. Without one
a name does in the cell that the list names, where nobody else bears it, in the cell or in the list, and no birth or
number speaks against it. Whatever is only like that is asked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet

from binhlu_portal.dates.partial_dates import PartialDate, PartialDateField
from binhlu_portal.text.likeness import nearly_same
from binhlu_portal.text.vietnamese import name_key, name_sort_key
from members.duplicates.queries import (
    CARD,
    ID,
    NAME_BIRTH,
    NAME_SWAPPED,
    NAME_YEAR,
    REASONS,
    distinct_pairs,
    duplicate_reason,
)
from members.models import Member, Spell

from .parser import PersonLine

ALIKE = 0.8
"""From this likeness on two names are taken for one name typed in two ways, where a number says that they are."""

OTHER_NAME = "Cùng số giấy tờ nhưng khác họ tên"
OTHER_NUMBER = "Cùng họ tên, ngày sinh nhưng khác số giấy tờ"
OTHER_UNIT = "Cùng họ tên, ngày sinh, đang sinh hoạt ở chi bộ khác"
OTHER_MARKS = "Cùng ngày sinh, họ tên chỉ khác dấu hoặc y/i"
SAME_NAME = "Cùng họ tên, cùng chi bộ, chưa biết ngày sinh"
NEAR_BIRTH = "Cùng họ tên, cùng chi bộ, năm sinh chỉ khác một chữ số"
PROFILE = "Cùng số lý lịch"

NUMBERS = ("citizen_id", "card_number", "profile_number")
DATES = tuple(field.name for field in Member._meta.fields if isinstance(field, PartialDateField))
READ = (*NUMBERS, *DATES, "full_name", "birth_name", "alias", "sort_name", "old_card_number", "residence")
"""What of a person is compared or shown."""


@dataclass(frozen=True)
class Match:
    """Match of a line: `person` when that is sure; else `candidates`, [(person, why)] to ask about; else someone new.

    `unit` is the id of the cell. `twice` is the line further up that says it is the same person: then something is
    wrong. `near` is one of which that may be so, for someone new.
    """

    line: PersonLine
    unit: int | None
    person: Member | None = None
    candidates: tuple[tuple[Member, str], ...] = ()
    twice: PersonLine | None = None
    near: PersonLine | None = None

    @property
    def fault(self) -> str | None:
        """Duplicate in the list: what to tell the user about a person who stands in it twice, or None."""
        if self.twice is None:
            return None
        return f"Người này đã có ở dòng {self.twice.row}, trang “{self.twice.sheet}”. Xóa một trong hai dòng."


def match(
    lines: Iterable[PersonLine],
    *,
    units: Mapping[str | None, int | None],
    people: QuerySet[Member],
    spells: QuerySet[Spell],
) -> list[Match]:
    """Record linkage: a Match for each line.

    `units` is {text: id of the cell}, `people` the people whom the user may change, `spells` the stays of the day on
    which the list is taken. Three statements read them, however long the list.
    """
    cells = dict(spells.values_list("member", "unit"))
    known = _Known(people.only(*READ).order_by("pk"), cells)
    lines = [*lines]
    bearers = Counter((_name(line), units.get(line.unit)) for line in lines)
    found, seen, above = [], {}, _Above()
    for line in lines:
        unit = units.get(line.unit)
        person, candidates = known.find(line.values, unit, alone=bearers[_name(line), unit] == 1)
        keys = [("person", person.pk)] if person else _own_keys(line.values, unit)
        twice = next((seen[each] for each in keys if each in seen and _same_person(each, seen[each], line)), None)
        for each in (*keys, *_own_keys(line.values, unit)):
            seen.setdefault(each, line)
        if person and twice and _tells_more(line, twice):
            twice = None
        near = above.near(line) if not (person or candidates or twice) else None
        above.add(line)
        found.append(Match(line, unit, person, tuple(candidates), twice, near))
    return found


class _Above:
    """The lines further up in a list, by their days of birth and by their names."""

    def __init__(self):
        self.by_birth, self.by_name = defaultdict(list), defaultdict(list)

    def add(self, line):
        """Note a line."""
        self.by_birth[_birthday(line)].append(line)
        self.by_name[_name(line)].append(line)

    def near(self, line):
        """Return the first line that may be about the same person, None where none is."""
        name, born = _name(line), _birthday(line)
        alike = self.by_birth[born] if born else ()
        alike = [each for each in alike if nearly_same(name, _name(each))]
        named = [each for each in self.by_name[name] if _may_be_born(each, line) and each.unit == line.unit]
        return next((each for each in (*alike, *named) if name and not _differ(each, line)), None)


def _name(line):
    return name_key(line.values.get("full_name", ""))


def _birthday(line):
    """Return the day of birth of a line, None unless it is known to the day."""
    born = line.values.get("born_on")
    return born if born and born.precision == "day" else None


def _may_be_born(one, other):
    """Whether two lines, one of them without a whole day of birth, may tell the same."""
    first, second = (line.values.get("born_on") for line in (one, other))
    return not (_birthday(one) and _birthday(other)) and (not first or not second or _compatible(first, second))


def _differ(one, other):
    """Whether two lines tell of two people: each bears a number of one kind, and not the same."""
    return any(other.values.get(name, number) != number for name, number in _said(one.values))


class _Known:
    """The people there are, by what may tell them."""

    def __init__(self, people, cells):
        self.cells, self.distinct = cells, distinct_pairs()
        self.by_number, self.by_name = defaultdict(list), defaultdict(list)
        for person in people:
            for number in _numbers(person):
                self.by_number[number].append(person)
            self.by_name[name_key(person.full_name)].append(person)

    def find(self, values, unit, alone):
        """Return the person for sure or None, and the candidates with the reason why each may be meant.

        `alone` says that nobody else of the list bears the name in that cell.
        """
        said = Member(**{name: values[name] for name in (*NUMBERS, "full_name", "born_on") if name in values})
        numbered = {person.pk: person for number in _numbers(said) for person in self.by_number.get(number, ())}
        if len(numbered) == 1 and _same_name(said, *numbered.values()):
            return next(iter(numbered.values())), ()
        if numbered:
            return None, [(person, self._why_numbered(said, person)) for person in numbered.values()]
        named = self.by_name.get(name_key(said.full_name), ()) if said.full_name else ()
        if alone and (only := self._only_bearer(said, named, unit)):
            return only, ()
        doubts = [(person, why) for person in named if (why := self._why_named(said, person, unit)) is not None]
        doubts = doubts or [(person, NEAR_BIRTH) for person in named if self._is_near(said, person, unit)]
        sure = [person for person, why in doubts if why == ""]
        if len(sure) == 1 and all(person in sure or self._are_distinct(person, *sure) for person, _ in doubts):
            return sure[0], ()
        return None, [(person, why or REASONS[NAME_BIRTH]) for person, why in doubts]

    def _only_bearer(self, said, named, unit):
        """Return the only person of a name in a cell, if what the list says of the birth is less than a day and agrees.

        Of a whole day somebody of another cell may be meant, whose birth it is; then the person's must be known too.
        """
        here = [person for person in named if unit is not None and self.cells.get(person.pk) == unit]
        if len(here) != 1 or _contradict(said, *here) or name_sort_key(said.full_name) != here[0].sort_name:
            return None
        born, known = said.born_on, here[0].born_on
        elsewhere = [person.born_on for person in named if person not in here]
        agrees = not (born and known) or _compatible(born, known)
        return here[0] if agrees and not (born and born.precision == "day" and born in elsewhere) else None

    def _are_distinct(self, one, other):
        """Whether two people are stated not to be one: who is the one is not the other."""
        return tuple(sorted((one.pk, other.pk))) in self.distinct

    def _is_near(self, said, person, unit):
        """Whether someone of the same name in the cell was born in a year that the list may tell wrongly."""
        here = unit is not None and self.cells.get(person.pk) == unit
        return here and not _contradict(said, person) and _differ_in_year(said.born_on, person.born_on)

    @staticmethod
    def _why_numbered(said, person):
        if not _same_name(said, person):
            return OTHER_NAME
        reason = duplicate_reason(said, person)
        return REASONS[reason] if reason in (ID, CARD) else PROFILE

    def _why_named(self, said, person, unit):
        """Return why someone of the same name is asked about, "" when it is surely the person, None when it is not."""
        here = unit is not None and self.cells.get(person.pk) == unit
        if not (said.born_on and person.born_on):
            return SAME_NAME if here else None
        reason = duplicate_reason(said, person)
        if reason == NAME_BIRTH and _contradict(said, person):
            return OTHER_NUMBER
        if reason is None or _contradict(said, person):
            return None
        if reason == NAME_YEAR and not here and not _compatible(said.born_on, person.born_on):
            return None
        if reason in (NAME_SWAPPED, NAME_YEAR):
            return REASONS[reason]
        if name_sort_key(said.full_name) != person.sort_name:
            return OTHER_MARKS
        if not here:
            return OTHER_UNIT
        return "" if said.born_on.precision == "day" else REASONS[NAME_BIRTH]


def _numbers(person):
    """Return the numbers that only one person bears, with their kinds; old and new cards are of one kind."""
    said = [(name, getattr(person, name)) for name in NUMBERS] + [("card_number", person.old_card_number)]
    return [(name, "".join(filter(str.isalnum, number))) for name, number in said if number]


def _contradict(said, person):
    """Whether both have a number of one kind, and not the same."""
    return any(
        getattr(said, name) and getattr(person, name) and (name, getattr(said, name)) not in _numbers(person)
        for name in NUMBERS
    )


def _compatible(one, other):
    """Whether two dates can be the same, one of them less well known."""
    return one.iso.startswith(other.iso) or other.iso.startswith(one.iso)


def _differ_in_year(one, other):
    """Whether two dates are the same but for the year, by one or in one of its digits."""
    if not (one and other) or one == other or one.iso[4:] != other.iso[4:]:
        return False
    digits = sum(mine != theirs for mine, theirs in zip(one.iso[:4], other.iso[:4], strict=True))
    return digits == 1 or abs(int(one.iso[:4]) - int(other.iso[:4])) == 1


def says_less(said: Any, known: Any) -> bool:
    """Return whether a date of a list is one that is known better: the year of a day."""
    return isinstance(said, PartialDate) and bool(known) and said != known and known.iso.startswith(said.iso)


def _same_name(said, person):
    """Whether the name in the list may be one of the person's names, if perhaps mistyped."""
    names = filter(None, map(name_key, (person.full_name, person.birth_name, person.alias)))
    name = name_key(said.full_name)
    return not name or any(SequenceMatcher(None, name, each).ratio() >= ALIKE for each in names)


def _same_person(own_key, line, other):
    """Whether two lines with a key in common are about one person: namesakes may differ in a number."""
    named = own_key[0] == "name"
    return not (named and any(line.values.get(name, said) != said for name, said in _said(other.values)))


def _tells_more(line, first):
    """Whether a row says nothing else of a card than the first about somebody, and something else of registers."""
    card, other = ({name: said for name, said in each.values.items() if "." not in name} for each in (line, first))
    new = [name for name, said in line.values.items() if "." in name and first.values.get(name) != said]
    return bool(new) and all(other.get(name, said) == said for name, said in card.items())


def _said(values):
    return [(name, values[name]) for name in NUMBERS if values.get(name)]


def _own_keys(values, unit):
    """Return by what two lines of one list are seen to be about one person."""
    keys = _said(values)
    born = values.get("born_on")
    if values.get("full_name") and born and born.precision == "day":
        keys.append(("name", name_sort_key(values["full_name"]), born, unit))
    return keys
