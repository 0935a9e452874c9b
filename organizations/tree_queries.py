"""Tree queries: the tree of a day as a list, and ORM conditions on where in the tree a row lies."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from binhlu_portal.accounts.models import User
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from binhlu_portal.search_boxes import MOST_LISTED, key_in
from binhlu_portal.text.vietnamese import bears, search_words
from organizations.choices import Kind
from organizations.rights import Right, roles_with

from .models import Ancestry, Unit, UnitPeriod
from .scope import SYSTEM, Reader, units_of

LED_BY = (("Đảng bộ tỉnh ", "Tỉnh ủy "), ("Đảng bộ ", "Đảng ủy "))
"""How the name of a party organization begins, and that of the committee that leads it."""


def name_of(unit: str, holds: Q) -> Subquery:
    """Name subquery of the unit at path `unit`, as it was when `holds` (a condition on its periods) was true."""
    return Subquery(UnitPeriod.objects.filter(holds, unit=OuterRef(unit)).values("name")[:1])


def lies_beneath(
    unit: Unit | int | F, day: date | F, line: str = "unit__lines__", holds: Callable[..., Q] = covers
) -> Q:
    """Subtree condition: a row lies beneath `unit` by the tree of `day`, through its ancestry at `line`.

    `day` is a date, or an expression of the row's own day; with `covers_eve` it is the tree of the day before.
    """
    return holds(day, line) & Q(**{f"{line}ancestor": unit})


def unit_lies_beneath(day: str | None, unit: str = "unit") -> Callable[[Moment], Q]:
    """Subtree condition for a moment: the unit of a row lies beneath that of the moment on the row's own day.

    `day` names the field of that day; without one it is the as-of day.
    """

    def condition(moment):
        when = OuterRef(day) if day else moment.as_of
        return Q(Exists(Ancestry.objects.filter(covers(when), ancestor=moment.unit, unit=OuterRef(unit))))

    return condition


def committee_of(places: Sequence[UnitPeriod], unit: int) -> Sequence[UnitPeriod]:
    """Subtree of the commune committee above `unit` (an id), or of the highest place known above it; [] for none."""
    above = {place.unit_id: place for place in places}
    place = above.get(unit)
    while place and place.kind != Kind.COMMUNE and place.parent_id in above:
        place = above[place.parent_id]
    return subtree(places, place.unit_id) if place else []


def find_unit(code: str, user: Reader) -> Unit | None:
    """Unit by its code, if `user` may see it, or None: a foreign unit is as unknown as one that never was."""
    return Unit.objects.visible_to(user).filter(code=code).first()


def top_periods() -> QuerySet:
    """Periods of the units at the top of the tree; first comes the latest of the committee that was recorded first."""
    return UnitPeriod.objects.filter(parent=None).order_by("-ended_on", "unit", "-started_on")


def top_committee() -> QuerySet:
    """Latest name of the unit at the top of the tree, by which the portal is called; empty while there is no unit."""
    return top_periods().values_list("name", flat=True)[:1]


def leading_committee(organization: str) -> str:
    """Committee that leads the party organization of this name ("Đảng bộ xã" by "Đảng ủy xã"), else the name itself."""
    for led, committee in LED_BY:
        if organization.startswith(led):
            return committee + organization.removeprefix(led)
    return organization


def has_no_units(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Empty database: whether no unit has been written down yet, so that nobody can have a role."""
    return not Unit.objects.using(alias).exists()


def holds_sample() -> Exists:
    """Return the condition that the database holds the sample, whatever was added to it."""
    return Exists(Unit.objects.filter(is_sample=True))


def may_read_anything(user: User) -> bool:
    """Any access: whether `user` may see any unit on any day."""
    return units_of(user).exists()


def sibling_sort_key(place: UnitPeriod) -> tuple[int, str]:
    """Sort key of units beside each other: by kind, from the highest down, then by code."""
    return Kind.values.index(place.kind), place.unit.code


def tree_of_day(user: Reader, day: date, right: Right = Right.SEE) -> list[UnitPeriod]:
    """Tree (preorder) of the units over which `user` holds `right`, as they are on `day`, each with its `depth`."""
    return in_tree_order(places_of_day(user, day, right))


def places_of_day(user: Reader, day: date, right: Right = Right.SEE) -> QuerySet[UnitPeriod]:
    """Units over which `user` holds `right`, as they are on `day`, in no order."""
    periods = UnitPeriod.objects.on(day).select_related("unit")
    return periods if user is SYSTEM else periods.filter(periods.reach(user, right, day))


def small_tree_of_day(user: Reader, day: date, right: Right, most: int) -> list[UnitPeriod] | None:
    """Tree (preorder) of `tree_of_day`, None where it is larger than `most`: whoever needs no more reads no more."""
    found = list(places_of_day(user, day, right)[: most + 1])
    return None if len(found) > most else in_tree_order(found)


def highest_of_day(user: User, day: date, right: Right = Right.SEE) -> UnitPeriod:
    """Highest of the units over which `user` holds `right` on `day`: of those of the roles, while any stands."""
    places = places_of_day(user, day, right)
    own = places.filter(unit__roles__user=user, unit__roles__kind__in=roles_with(right))
    return min(own, key=sibling_sort_key, default=None) or in_tree_order(places)[0]


def tree_to_change(user: Reader, day: date, right: Right) -> list[UnitPeriod]:
    """Tree (preorder) of the units that `user` may change by `right`; those that only once lay beneath are not his."""
    return in_tree_order(UnitPeriod.objects.editable_by(user, right).on(day).select_related("unit"))


def in_tree_order(places: Iterable[UnitPeriod]) -> list[UnitPeriod]:
    """Preorder of what units are on a day, each with its `depth`: the order in which an office expects units."""
    found = sorted(places, key=sibling_sort_key)
    seen = set(map(attrgetter("unit_id"), found))
    beneath = defaultdict(list)
    for place in found:
        beneath[place.parent_id if place.parent_id in seen else None].append(place)

    def walk(parent, depth):
        for place in beneath[parent]:
            place.depth = depth
            yield place
            yield from walk(place.unit_id, depth + 1)

    return list(walk(None, 0))


def unit_to_change(code: str, user: User, right: Right, today: date) -> Unit | None:
    """Unit by its code, if `user` may change it; without a code the highest one of the user today. None for no unit.

    Of a unit that is searched by words (`binhlu_portal.search_boxes`) it is the highest one that bears them.
    """
    kept = Unit.objects.editable_by(user, right)
    if code and (found := kept.filter(code=key_in(code)).first()):
        return found
    places = tree_of_day(user, today, right)
    is_searched = len(places) > MOST_LISTED
    bearing = (place for place in places if not code or (is_searched and bears(place.name, search_words(code))))
    highest = next(bearing, None)
    return highest and kept.filter(pk=highest.unit_id).first()


def subtree(places: Sequence[UnitPeriod], unit: int) -> Sequence[UnitPeriod]:
    """Subtree of `unit` (an id) in `places`: itself and everything beneath it, empty when it is not among them."""
    start = next((index for index, place in enumerate(places) if place.unit_id == unit), len(places))
    end = start + 1
    while end < len(places) and places[end].depth > places[start].depth:
        end += 1
    return places[start:end]
