"""Scope (row-level access): the one door to records; who may see and who may edit what lies beneath which unit."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, Expression, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, TruncDate

from binhlu_portal.accounts.models import User
from binhlu_portal.dates.validity import OPEN, Period, PeriodQuerySet
from binhlu_portal.db.prepared_conditions import PreparedKeys, prepared, prepared_keys
from binhlu_portal.db.statements import RowParameter

from .rights import RIGHTS, Right, roles_with

SYSTEM = object()
"""Stands for the machine itself (commands run by the keeper of the server): it sees and edits everything."""

Reader = Any
"""Type of whoever asks for records: an account (`User`), or `SYSTEM`."""


Units = models.QuerySet | PreparedKeys | Sequence[int]
"""Type of the ids of units behind `__in` in a condition."""

Day = str | date | OuterRef
"""Type of the day of a row in a condition: the path of a field or an alias, a date, or an expression."""

SCOPE_DAY = "scope_day"
"""The alias of the day of a row, which `ScopedQuerySet.visible_to` asks about."""


class ReaderParameter(RowParameter):
    """Query parameter that stands for the account of a reader who may, or may no longer, sign in."""

    def __init__(self, read: Callable[[Any], Any], is_active: bool):
        super().__init__(read)
        self.is_active = is_active


def kind_of_reader(reader: Reader) -> Hashable:
    """Return what of a reader makes another statement: whether it is the machine, and may sign in."""
    return SYSTEM if reader is SYSTEM else reader.is_active


def reader_parameter(kind: Hashable, find: Callable[[Any], Reader] = lambda asked: asked) -> Reader:
    """Return a reader of a kind made of a parameter; `find` gives the reader in what is asked."""
    return kind if kind is SYSTEM else ReaderParameter(lambda asked: find(asked).pk, kind)


def of_reader(derived: Callable[[], dict] = dict, **fields: models.Field) -> Callable:
    """Decorate a function that gives what a reader may see or do of a row with `fields`: it is compiled once."""
    return prepared(kind_of_reader, reader_parameter, derived, **fields)


def day_expression(day: Day) -> Any:
    """Return the day of a row as an expression."""
    return Value(day, models.DateField()) if isinstance(day, date) else F(day) if isinstance(day, str) else day


def outer(day: Day) -> Any:
    """Return the day of a row as it stands in a subquery about that row."""
    return day if isinstance(day, date) else OuterRef(day)


def units_of(user: User, right: Right = Right.SEE) -> models.QuerySet:
    """Scope to read: ids of all units that lie, or once lay, beneath a unit where a role of `user` holds `right`.

    Once beneath counts: last year's figure of a unit must still open the rows of cells that have left it since.
    """
    return lines_of(user, right).values("unit")


def reaches_unit(user: User, right: Right, unit: str, day: Day) -> Q:
    """Condition that `user` may read what a row says of the unit at path `unit` on the `day` of the row.

    A unit is read up to the day on which it is placed elsewhere, or on which the unit of the role itself ends: what
    comes later is for those who have it then. What a unit was before it came is read with it.
    """
    return _reaches_unit(user, right, unit=F(unit), day=day_expression(day))


@of_reader(unit=models.BigIntegerField(), day=models.DateField())
def _reaches_unit(user, right):
    until = Case(When(ended_on=F("unit__ended_on"), then=F("ancestor__ended_on")), default=eve("ended_on"))
    lines = lines_of(user, right).alias(until=until).filter(until__gte=OuterRef("day"), unit=OuterRef("unit"))
    return holds_the_top(user, right) | Q(unit__in=units_kept_by(user, right)) | Q(Exists(lines))


def holds_the_top(user: User, right: Right = Right.SEE) -> Q:
    """Condition that a standing unit of a role is the only one that was ever at the top: all others lie beneath it.

    It asks nothing of a row, so a database answers it once and then asks nothing of any: whoever reads everything does
    not wait for each row to be found beneath the top.
    """
    Role, UnitPeriod = (apps.get_model("organizations", name) for name in ("Role", "UnitPeriod"))
    others = UnitPeriod.objects.filter(parent=None).exclude(unit=OuterRef("unit"))
    tops = Role.objects.filter(~Exists(others), user=user.pk, kind__in=roles_with(right), unit__ended_on=OPEN)
    return Q(Exists(tops if user.is_active else Role.objects.none()))


def eve(day: str) -> Expression:
    """Return the expression of the day before that in a column: the last one before an end."""
    return ExpressionWrapper(F(day) - timedelta(days=1), output_field=models.DateField())


def units_kept_by(user: User, right: Right = Right.EDIT) -> models.QuerySet:
    """Scope to edit: ids of the units `user` may change: those beneath a standing unit of a role, to their own end."""
    lines = lines_of(user, right)
    return lines.filter(ended_on=F("unit__ended_on"), ancestor__ended_on=OPEN).values("unit")


@prepared_keys(kind_of_reader, reader_parameter)
def keys_kept_by(user: User, right: Right) -> models.QuerySet:
    """Scope to edit, compiled once: the same ids, behind `__in`."""
    return units_kept_by(user, right)


def lines_of(user: User, right: Right = Right.SEE) -> models.QuerySet:
    """Ancestry lines down from the units where a role of `user` holds `right`; none of an account that is closed."""
    Ancestry = apps.get_model("organizations", "Ancestry")  # the models are built on the querysets below
    if not user.is_active:
        return Ancestry.objects.none()
    return Ancestry.objects.filter(ancestor__roles__user=user.pk, ancestor__roles__kind__in=roles_with(right))


def since_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the fields of the day from when on a record says something; of several the first known one counts.

    `since` of its queryset, else of the model, names them; of a period it is the first day. "" is for what has no day
    and is read as if it had always been there. Raises `TypeError` for a model that does not say it.
    """
    names = model._default_manager.all().since
    if names is None:
        names = getattr(model, "since", "started_on" if issubclass(model, Period) else None)
    if names is None:
        raise TypeError(f"{model.__name__} does not say since when its records hold")
    return tuple(filter(None, (names,) if isinstance(names, str) else names))


def day_of(model: type[models.Model], field: Callable[[str], Any] = F) -> Expression:
    """Return the expression of the day of a record; `field` gives the value of a field.

    What is said of a year is of its last day.
    """
    days = [_as_day(model, name, field) for name in since_of(model)]
    return Coalesce(*days) if len(days) > 1 else days[0] if days else Value(date.min, models.DateField())


YEAR = "year"
"""The field of what is said of a whole year."""


LAST_DAY = "-12-31"
"""What the last day of a year ends with."""


def _as_day(model, name, field):
    if name == YEAR:
        last = Concat(Cast(field(name), models.CharField()), Value(LAST_DAY), output_field=models.CharField())
        return Cast(NullIf(last, Value(LAST_DAY)), models.DateField())
    is_instant = "__" not in name and isinstance(model._meta.get_field(name), models.DateTimeField)
    return TruncDate(field(name)) if is_instant else field(name)


def rights_of(user: User) -> frozenset[Right]:
    """Permissions that `user` holds anywhere; asked once for each request, for what its page offers."""
    if not hasattr(user, "_rights"):
        kinds = user.roles.values_list("kind", flat=True) if user.is_active else ()
        user._rights = frozenset().union(*(RIGHTS[kind] for kind in kinds))
    return user._rights


class ScopedQuerySet(models.QuerySet):
    """Scoped queryset of records of units: views, lists and look-ups start from `visible_to` or `editable_by`."""

    unit = "unit"
    """The path to the unit that a record belongs to."""

    since: str | tuple[str, ...] | None = None
    """What `since_of` says, where it is not the `since` of the model."""

    def visible_to(self, user: Reader, right: Right = Right.SEE) -> Self:
        """Scope to read: the records `user` may see (or export: with another `right` that reaches as far)."""
        if user is SYSTEM:
            return self
        return self.alias(**{SCOPE_DAY: day_of(self.model)}).filter(self.reach(user, right, SCOPE_DAY))

    def reach(self, user: Reader, right: Right, day: Day) -> Q:
        """Condition that a record of `day` is within the scope to read; models seen with other records say how."""
        return reaches_unit(user, right, self.unit, day)

    def reach_of(self, user: Reader, right: Right, row: str, day: Day) -> Q:
        """Condition that what another row of `day` says of one of these, named at path `row`, is within the scope."""
        return Q(**{f"{row}__in": self.visible_to(user, right).values("pk")})

    def editable_by(self, user: Reader, right: Right = Right.EDIT) -> Self:
        """Scope to edit: the records `user` may change by virtue of `right`."""
        return self if user is SYSTEM else self.kept_within(keys_kept_by(user, right))

    def within(self, units: Units) -> Self:
        """Records of `units` (ids)."""
        return self.filter(**{f"{self.unit}__in": units})

    def kept_within(self, units: Units) -> Self:
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
