"""Scope (row-level access): the one door to records; who may see and who may edit what lies beneath which unit."""

from collections.abc import Sequence
from typing import Any, Self

from django.apps import apps
from django.db import models

from binhlu_portal.accounts.models import User
from binhlu_portal.dates.validity import PeriodQuerySet

from .rights import RIGHTS, Right, roles_with

SYSTEM = object()
"""Stands for the machine itself (commands run by the keeper of the server): it sees and edits everything."""

Reader = Any
"""Type of whoever asks for records: an account (`User`), or `SYSTEM`."""


def units_of(user: User, right: Right = Right.SEE) -> models.QuerySet:
    """Scope to read: ids of all units that lie, or once lay, beneath a unit where a role of `user` holds `right`.

    Once beneath counts: last year's figure of a unit must still open the rows of cells that have left it since.
    """
    return _lines(user, right).values("unit")


def units_kept_by(user: User, right: Right = Right.EDIT) -> models.QuerySet:
    """Scope to edit: ids of the units `user` may change, those beneath a unit of a role with `right` to their end."""
    return _lines(user, right).filter(ended_on=models.F("unit__ended_on")).values("unit")


def _lines(user, right):
    Ancestry = apps.get_model("organizations", "Ancestry")  # the models are built on the querysets below
    if not user.is_active:
        return Ancestry.objects.none()
    return Ancestry.objects.filter(ancestor__roles__user=user.pk, ancestor__roles__kind__in=roles_with(right))


def rights_of(user: User) -> frozenset[Right]:
    """Permissions that `user` holds anywhere; asked once for each request, for what its page offers."""
    if not hasattr(user, "_rights"):
        kinds = user.roles.values_list("kind", flat=True) if user.is_active else ()
        user._rights = frozenset().union(*(RIGHTS[kind] for kind in kinds))
    return user._rights


class ScopedQuerySet(models.QuerySet):
    """Scoped queryset of records of units: views, lists and look-ups start from `visible_to` or `editable_by`."""

    def visible_to(self, user: Reader, right: Right = Right.SEE) -> Self:
        """Scope to read: the records `user` may see (or export: with another `right` that reaches as far)."""
        return self if user is SYSTEM else self.within(units_of(user, right))

    def editable_by(self, user: Reader, right: Right = Right.EDIT) -> Self:
        """Scope to edit: the records `user` may change by virtue of `right`."""
        return self if user is SYSTEM else self.kept_within(units_kept_by(user, right))

    def within(self, units: models.QuerySet | Sequence[int]) -> Self:
        """Records of `units` (ids); models that reach a unit otherwise than by `unit` say how."""
        return self.filter(unit__in=units)

    def kept_within(self, units: models.QuerySet | Sequence[int]) -> Self:
        """Records that `units` (ids) keep now; models whose records move from unit to unit say which these are."""
        return self.within(units)


class OfTheCellMixin:
    """Scope to edit of records that a cell decides in part: `of_the_cell` of the model says by which values of fields.

    Whoever holds no more than the right to edit writes these; the others are for those who record what committees
    decide. It stands before a `ScopedQuerySet`.
    """

    def editable_by(self, user: Reader, right: Right = Right.EDIT) -> Self:
        """Scope to edit: the records `user` may change; by the right to edit those that a cell decides."""
        kept = super().editable_by(user, right)
        if user is SYSTEM or right != Right.EDIT:
            return kept
        decided = super().editable_by(user, Right.DECIDE).values("pk")
        own = {f"{name}__in": sorted(values) for name, values in self.model.of_the_cell.items()}
        return kept.filter(models.Q(**own) | models.Q(pk__in=decided))


class ScopedPeriodQuerySet(ScopedQuerySet, PeriodQuerySet):
    """Scoped queryset of half-open intervals: records of a unit that hold for a while."""
