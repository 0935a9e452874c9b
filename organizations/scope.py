"""The one door to records: who may see and who may edit what lies beneath which unit."""

from django.apps import apps
from django.db import models

from binhlu_portal.dates.validity import PeriodQuerySet

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
    Ancestry = apps.get_model("organizations", "Ancestry")  # the models are built on the querysets below
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
