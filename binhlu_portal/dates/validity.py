"""Half-open intervals `[started_on, ended_on)`: the first day counts, the last day named is the first no longer there.

Everything that holds for a while (a unit's name, a membership, a post, an exemption) is such a period, so two
comparisons answer what held on any day and a move on one date is neither counted twice nor missed.
"""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

OPEN = datetime.date.max
"""The end of a period that has not ended; a real date, so that no query needs to ask for NULL."""


ENDS_AFTER_START = "Ngày kết thúc phải sau ngày bắt đầu."


def covers(day: datetime.date | F, prefix: str = "") -> Q:
    """Half-open interval test: the period at `prefix` ("spells__", "" for the row itself) holds on `day`.

    `day` is a date, or an expression (`F`, `OuterRef`) for facts that carry their own day.
    """
    return Q(**{f"{prefix}started_on__lte": day, f"{prefix}ended_on__gt": day})


def covers_eve(day: datetime.date | F, prefix: str = "") -> Q:
    """Half-open interval test for the day before `day`: the condition that chooses the tree of an ending."""
    return Q(**{f"{prefix}started_on__lt": day, f"{prefix}ended_on__gte": day})


def holding_on(rows: Iterable[Any], day: datetime.date) -> list[Any]:
    """Half-open interval test in memory: those of `rows`, periods that are read already, that hold on `day`."""
    return [row for row in rows if row.started_on <= day < row.ended_on]


class PeriodQuerySet(models.QuerySet):
    """Queryset of half-open intervals."""

    def on(self, day: datetime.date | F) -> Self:
        """Return the rows that hold on `day`."""
        return self.filter(covers(day))

    def overlapping(self, started_on: datetime.date, ended_on: datetime.date = OPEN) -> Self:
        """Return the rows that share at least one day with `[started_on, ended_on)`."""
        return self.filter(started_on__lt=ended_on, ended_on__gt=started_on)


class Period(models.Model):
    """Half-open interval as a model: a fact that holds from `started_on` until the day before `ended_on`."""

    started_on = models.DateField("từ ngày")
    ended_on = models.DateField("đến ngày (không còn)", default=OPEN)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gt=F("started_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            )
        ]

    def clean(self) -> None:
        """Validate that the end comes after the start; the error stands at the end."""
        super().clean()
        if isinstance(self.started_on, datetime.date) and self.ended_on <= self.started_on:
            raise ValidationError({"ended_on": ENDS_AFTER_START})

    @property
    def is_open(self) -> bool:
        """Whether no end is known."""
        return self.ended_on == OPEN


def lacking_decision(act: str) -> dict[str, str]:
    """Return what is said of a decision without which an `act` cannot be: {field of `Decided`: sentence}."""
    asked = {"decision_number": "số quyết định", "decision_date": "ngày quyết định"}
    return {name: f"{act} phải có quyết định: ghi {word}." for name, word in asked.items()}


class Decided(models.Model):
    """Decision document as model fields: a fact that rests on a written decision.

    Where the fact is itself an act that somebody decides, its number and day are asked for, whatever door it comes by.
    What was written without them before they were asked for stays, and may be changed in everything else.
    """

    decision_number = models.CharField("số quyết định", max_length=40, blank=True)
    decision_date = models.DateField("ngày quyết định", null=True, blank=True)

    act = ""
    """What the fact is called as an act that is always decided; "" where that depends, or does not hold."""

    class Meta:
        abstract = True

    def acts(self) -> dict[str, str]:
        """Return what of the fact is decided: {what the names of the fields of its decision begin with: the act}."""
        return {"": self.act} if self.act else {}

    def undecided(self) -> dict[str, str]:
        """Return what the fact lacks of the decisions it cannot be without: {field: sentence}."""
        asked = [
            (start + name, sentence)
            for start, act in self.acts().items()
            for name, sentence in lacking_decision(act).items()
        ]
        return {name: sentence for name, sentence in asked if not getattr(self, name)}

    def clean(self) -> None:
        """Refuse an act without its decision, unless it is told so already by what is saved."""
        super().clean()
        lacks = self.undecided()
        if lacks and not self._state.adding:
            before = type(self)._base_manager.get(pk=self.pk).undecided()
            lacks = {name: sentence for name, sentence in lacks.items() if before.get(name) != sentence}
        if lacks:
            raise ValidationError(lacks)
