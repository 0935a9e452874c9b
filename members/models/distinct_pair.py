"""Two records that look like one person and are about two people."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Model, OuterRef, Q

from organizations.rights import Right
from organizations.scope import Day, Reader, ScopedQuerySet

from .member import Member
from .scope import rows_of

SIDES = ("first", "second")


class DistinctPairQuerySet(ScopedQuerySet):
    """Pairs of people who are not one: seen and changed by whoever sees or keeps both."""

    def reach(self, user: Reader, right: Right, day: Day) -> Q:
        """Return the condition that what is said of both people on that day is within the scope."""
        people = rows_of(self.model, "first")
        return people.reach_of(user, right, "first", day) & people.reach_of(user, right, "second", day)

    def within(self, units: models.QuerySet) -> Self:
        """Return the pairs of people of `units`."""
        return self.filter(**{f"{side}__in": rows_of(self.model, side).within(units) for side in SIDES})

    def kept_within(self, units: models.QuerySet) -> Self:
        """Return the pairs of people whom `units` keep now."""
        return self.filter(
            **{f"{side}__in": rows_of(self.model, side).kept_within(units).values("pk") for side in SIDES}
        )

    def between(self, one: Model | OuterRef, other: Model | OuterRef) -> Self:
        """Return the pair of two people, whichever was written down first."""
        return self.filter(Q(first=one, second=other) | Q(first=other, second=one))


class DistinctPair(models.Model):
    """A statement that two records alike are of two people; the history says who stated it, when and why."""

    since = "stated_on"

    first = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name="người thứ nhất")
    second = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name="người thứ hai")
    stated_on = models.DateField("ngày xác nhận")

    objects = DistinctPairQuerySet.as_manager()

    class Meta:
        verbose_name = "hai người khác nhau"
        verbose_name_plural = "những cặp hồ sơ của hai người khác nhau"
        ordering = ["-stated_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="members_distinctpair_in_order",
                violation_error_message="Hai hồ sơ phải khác nhau.",
            ),
            models.UniqueConstraint(
                fields=SIDES,
                name="members_distinctpair_once",
                violation_error_message="Hai hồ sơ này đã được ghi là hai người.",
            ),
        ]

    def __str__(self):
        return f"{self.first} và {self.second}, {self.stated_on:%d/%m/%Y}"


def in_order(one: Member, other: Member, stated_on: date) -> dict[str, Member | date]:
    """Return the fields of the pair of two people: the one written down first comes first."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    return {"first": first, "second": second, "stated_on": stated_on}
