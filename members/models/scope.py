"""Scope of people and of the facts about them: a cell reads what is of the time up to the day a member leaves it."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from binhlu_portal.dates.validity import OPEN
from organizations.rights import Right
from organizations.scope import (
    SYSTEM,
    Day,
    OfTheCellMixin,
    Reader,
    ScopedPeriodQuerySet,
    ScopedQuerySet,
    Units,
    day_expression,
    eve,
    holds_the_top,
    of_reader,
    reaches_unit,
    units_kept_by,
    units_of,
)

from .former_cards import cards_of_former


def rows_of(model: type[Model], relation: str) -> QuerySet:
    """Return all rows of the model that `relation` of `model` leads to; models point at each other through fields."""
    return model._meta.get_field(relation).related_model.objects.all()


def reaches_member(model: type[Model], user: Reader, right: Right, member: str, day: Day) -> Q:
    """Return the condition that `user` may read what a row says of the member at path `member` on the `day` of the row.

    A cell reads it while the member is there and, while nobody else has taken the member up, thereafter. What is of the
    day of leaving stands where figures count it: in the cell that was left, unless another has the member from that day
    on. A list of candidates holds like a cell until the ceremony, or until it is closed.
    """
    return _reaches_member(user, model, right, member=F(member), day=day_expression(day))


@of_reader(member=BigIntegerField(), day=DateField())
def _reaches_member(user, model, right):
    spells, admissions = rows_of(model, "spells"), rows_of(model, "admissions")
    there = reaches_unit(user, right, "unit", OuterRef("day"))
    own = {"member": OuterRef("member"), "until__gte": OuterRef("day")}
    now = spells.filter(unit__in=units_kept_by(user, right), ended_on=OPEN, member=OuterRef("member"))
    return (
        holds_the_top(user, right) & belongs_somewhere(model, OuterRef("member"))
        | Q(Exists(now))
        | Q(Exists(spells.alias(until=_until_of_stay(spells)).filter(there, **own)))
        | Q(Exists(admissions.alias(until=_until_of_list(spells, admissions)).filter(there, **own)))
    )


def belongs_somewhere(model: type[Model], member: OuterRef) -> Q:
    """Return the condition that somebody is, or once was, a member or a candidate anywhere."""
    known = (Q(Exists(rows_of(model, name).filter(member=member))) for name in ("spells", "admissions"))
    return reduce(or_, known)


def _until_of_stay(spells):
    """Return the last day of which a cell reads by virtue of a stay."""
    later = spells.filter(member=OuterRef("member"), started_on__gte=OuterRef("ended_on"))
    at_once = later.filter(started_on=OuterRef("ended_on"))
    return Case(
        When(~Exists(later), then=Value(OPEN)), When(Exists(at_once), then=eve("ended_on")), default=F("ended_on")
    )


def _until_of_list(spells, admissions):
    """Return the last day of which a cell reads by virtue of a candidacy."""
    waits = Q(ceremony_on=None, closed_on=None)
    whose = {"member": OuterRef("member")}
    taken = Exists(spells.filter(**whose)) | Exists(admissions.filter(waits, **whose))
    return Case(When(waits | ~Q(taken), then=Value(OPEN)), default=Coalesce("ceremony_on", "closed_on"))


class MemberQuerySet(ScopedQuerySet):
    """People with a record: members, former members and candidates."""

    since = ""

    def reach(self, user: Reader, right: Right, day: Day) -> Q:
        """Return the condition that somebody is, or once was, a member or a candidate where `user` may read of it."""
        whose = {"member": OuterRef("pk"), "unit__in": units_of(user, right)}
        everybody = holds_the_top(user, right) & belongs_somewhere(self.model, OuterRef("pk"))
        return (
            everybody
            | Q(Exists(rows_of(self.model, "spells").visible_to(user, right).filter(**whose)))
            | Q(Exists(rows_of(self.model, "admissions").visible_to(user, right).filter(**whose)))
        )

    def reach_of(self, user: Reader, right: Right, row: str, day: Day) -> Q:
        """Return the condition that what a row of `day` says of the member at path `row` is within the scope."""
        return reaches_member(self.model, user, right, row, day)

    def cards_of_former(self, user: Reader, keys: Iterable[int | None]) -> dict[int, dict[str, Any]]:
        """Return the cards, as they were when they left, of those people of `keys` whom `user` reads no more.

        {id: {name of a field: value}}; what is not known of the card of that day is "" or None. One statement, and two
        more where somebody has left.
        """
        left = set() if user is SYSTEM else set(filter(None, keys))
        if left:
            left.difference_update(self.in_hand(user).filter(pk__in=left).order_by().values_list("pk", flat=True))
        return cards_of_former(self.model, user, left) if left else {}

    def in_hand(self, user: Reader, right: Right = Right.SEE) -> Self:
        """Return the people of whom `user` reads all that is written, and not what was up to the day they left."""
        return self.filter(self.is_in_hand(user, right))

    def is_in_hand(self, user: Reader, right: Right = Right.SEE) -> Q:
        """Return the condition that somebody is one of these."""
        return Q() if user is SYSTEM else self.reach_of(user, right, "pk", OPEN)

    def within(self, units: Units) -> Self:
        """Return the people who are, or once were, members of one of `units`, or are candidates there."""
        # Lists of ids are read once; asking for each person anew takes PostgreSQL a second in a province.
        there = {"unit__in": units}
        return self.filter(
            Q(pk__in=rows_of(self.model, "spells").filter(**there).values("member"))
            | Q(pk__in=rows_of(self.model, "admissions").filter(**there).values("member"))
        )

    def kept_within(self, units: Units) -> Self:
        """Return the people whose last stay is, or who are candidates without any stay, in one of `units`."""
        stays = rows_of(self.model, "spells").filter(member=OuterRef("pk"))
        last = Subquery(stays.order_by("-started_on").values("unit")[:1])
        candidates = rows_of(self.model, "admissions").filter(member=OuterRef("pk"), unit__in=units)
        return self.annotate(last_unit=last).filter(
            Q(last_unit__in=units) | Q(last_unit__isnull=True) & Exists(candidates)
        )


class MemberFactQuerySet(ScopedQuerySet):
    """Facts about a member: seen and changed with the member, by former cells up to the day the member left."""

    def reach(self, user: Reader, right: Right, day: Day) -> Q:
        """Return the condition that what is said of the member on that day is within the scope."""
        return rows_of(self.model, "member").reach_of(user, right, "member", day)

    def within(self, units: Units) -> Self:
        """Return the facts about people of `units`."""
        return self.filter(member__in=rows_of(self.model, "member").within(units))

    def kept_within(self, units: Units) -> Self:
        """Return the facts about people whom `units` keep now."""
        return self.filter(member__in=rows_of(self.model, "member").kept_within(units).values("pk"))


class MemberPeriodQuerySet(MemberFactQuerySet, ScopedPeriodQuerySet):
    """Facts about a member that hold for a while."""


class DecidedFactQuerySet(OfTheCellMixin, MemberFactQuerySet):
    """Facts about a member that the cell decides in part."""


class DecidedPeriodQuerySet(OfTheCellMixin, MemberPeriodQuerySet):
    """Facts about a member that hold for a while and that the cell decides in part."""
