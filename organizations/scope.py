"""The one door to records: who may see and who may edit what lies beneath which unit."""

from collections import defaultdict
from operator import attrgetter

from django.db import models

from binhlu_portal.dates.validity import PeriodQuerySet

from . import choices
from .rights import RIGHTS, Right, roles_with

SYSTEM = object()
"""Stands for the machine itself (commands run by the keeper of the server): it sees and edits everything."""


def units_of(user, right=Right.SEE):
    """Return the ids of all units that lie, or once lay, beneath a unit where a role of `user` holds `right`.

    Once beneath counts: last year's figure of a unit must still open the rows of cells that have left it since.
    """
    return _lines(user, right).values("unit")


def units_kept_by(user, right=Right.EDIT):
    """Return the ids of the units `user` may change: those beneath a unit of a role with `right` to their end."""
    return _lines(user, right).filter(ended_on=models.F("unit__ended_on")).values("unit")


def _lines(user, right):
    from .models import Ancestry  # the models are built on the querysets below

    if not user.is_active:
        return Ancestry.objects.none()
    return Ancestry.objects.filter(ancestor__roles__user=user.pk, ancestor__roles__kind__in=roles_with(right))


def rights_of(user):
    """Return the rights `user` holds anywhere; asked once for each request, for what its page offers."""
    if not hasattr(user, "_rights"):
        kinds = user.roles.values_list("kind", flat=True) if user.is_active else ()
        user._rights = frozenset().union(*(RIGHTS[kind] for kind in kinds))
    return user._rights


class ScopedQuerySet(models.QuerySet):
    """Records that belong to a unit. Views, lists, choices and look-ups start from `visible_to` or `editable_by`."""

    def visible_to(self, user, right=Right.SEE):
        """Return the records `user` may read (or export: with another `right` that reaches as far)."""
        return self if user is SYSTEM else self.within(units_of(user, right))

    def editable_by(self, user, right=Right.EDIT):
        """Return the records `user` may change by virtue of `right`."""
        return self if user is SYSTEM else self.kept_within(units_kept_by(user, right))

    def within(self, units):
        """Return the records of `units`; models that reach a unit otherwise than by `unit` say how."""
        return self.filter(unit__in=units)

    def kept_within(self, units):
        """Return the records that `units` keep now; models whose records move from unit to unit say which these are."""
        return self.within(units)


class ScopedPeriodQuerySet(ScopedQuerySet, PeriodQuerySet):
    """Records of a unit that hold for a while."""


def find_unit(code, user):
    """Return the unit with `code` that `user` may see, or None: a foreign unit is as unknown as one that never was."""
    from .models import Unit

    return Unit.objects.visible_to(user).filter(code=code).first()


def knows_no_unit():
    """Whether no unit has been written down yet, so that nobody can have a role."""
    from .models import Unit

    return not Unit.objects.exists()


def reads_something(user):
    """Whether `user` may see any unit on any day."""
    return units_of(user).exists()


def among_siblings(place):
    """Return the key that puts units beside each other in order: by kind, from the highest down, then by code."""
    return choices.Kind.values.index(place.kind), place.unit.code


def places(user, day, right=Right.SEE):
    """Return what each unit is on `day` over which `user` holds `right`, in the order of the tree, with its `depth`."""
    from .models import UnitPeriod

    found = list(UnitPeriod.objects.visible_to(user, right).on(day).select_related("unit"))
    found.sort(key=among_siblings)
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


def branch(places, unit):
    """Return the place of `unit` (an id) and of everything beneath it; nothing when it is not among `places`."""
    start = next((index for index, place in enumerate(places) if place.unit_id == unit), len(places))
    end = start + 1
    while end < len(places) and places[end].depth > places[start].depth:
        end += 1
    return places[start:end]
