"""The ceiling on the top level of a year's ratings, 20 % by 366-QĐ/TW of 30/8/2025: it warns and never blocks.

The percentage, of what it is a share and how the share is made whole are a threshold, changed on screen. `_share` is
the one formula: Python and SQL reckon by it, and a page hands its results to the script of the browser.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Q, Subquery, Value, When
from django.db.models.functions import Round
from django.db.models.lookups import Exact, LessThan

from assessments.choices import GOOD_OR_BETTER, Rating
from organizations.models import Threshold

CEILING = "ratings.excellent"
"""The code of the threshold that limits the top level."""

TOP = Rating.EXCELLENT
"""The level that is limited."""


class CeilingBase(NamedTuple):
    """What the ceiling may be a share of: how it is called, and the levels that are counted for it."""

    label: str
    levels: tuple[str, ...]


USUAL_BASE = "good_or_better"
"""The usual base; the guidance names it differently from office to office, so it is a setting of the threshold."""

BASES = {
    USUAL_BASE: CeilingBase("hoàn thành tốt nhiệm vụ trở lên", tuple(sorted(GOOD_OR_BETTER))),
    "rated": CeilingBase("được đánh giá, xếp loại", tuple(Rating.values)),
    "good": CeilingBase("hoàn thành tốt nhiệm vụ", (Rating.GOOD.value,)),
}
"""What `Threshold.base` may be."""

CountOfLevels = Callable[[Sequence[str]], Any]
"""A function: the expression (SQL) of how many ratings have one of the levels it is given."""

WHOLE, HALF = 10_000, 5_000
"""One place and half of one as `_share` reckons: in hundredths of a percent, so that all numbers are whole."""


def _share(low: Any, count: Any, half: Any) -> Any:
    """Return how many top ratings are allowed, in ten-thousandths that are still to be cut to whole places.

    `low` is in hundredths of a percent, `half` is `HALF` where halves count as whole places, else 0. Numbers give a
    number, expressions of the ORM an expression.
    """
    return low * count + half


def base_of(threshold: Threshold) -> CeilingBase:
    """Return what the ceiling `threshold` is a share of; one that names no base is a share of the usual one."""
    return BASES.get(threshold.base, BASES[USUAL_BASE])


def places_among(threshold: Threshold, count: int) -> int:
    """Return how many top ratings the ceiling allows when its base counts `count` ratings."""
    half = 0 if threshold.rounding == Threshold.Rounding.DOWN else HALF
    return _share(round(threshold.low * 100), count, half) // WHOLE


def places_allowed(threshold: Threshold, numbers: Mapping[str, int]) -> int:
    """Return how many top ratings the ceiling allows, from `numbers`: a count for each level."""
    return places_among(threshold, sum(numbers.get(level, 0) for level in base_of(threshold).levels))


def passes_ceiling(day: date, count: CountOfLevels) -> Q:
    """Return the condition (SQL) that the top level was given more often than the ceiling of `day` allows.

    A whole number is more than the whole part of a share when it is more than the share, so nothing is cut here.
    Without a ceiling nothing passes it.
    """
    ceilings = Threshold.objects.on(day).filter(code=CEILING)
    low, base, rounding = (Subquery(ceilings.values(name)[:1]) for name in ("low", "base", "rounding"))
    half = Case(When(Exact(rounding, Threshold.Rounding.DOWN), then=Value(0)), default=Value(HALF))
    others = (When(Exact(base, code), then=count(about.levels)) for code, about in BASES.items() if code != USUAL_BASE)
    counted = Case(*others, default=count(BASES[USUAL_BASE].levels))
    return Q(LessThan(_share(Round(low * 100), counted, half), count([TOP]) * WHOLE))


@dataclass(frozen=True)
class Ceiling:
    """The ceiling on the top level beside how often that level was given."""

    threshold: Threshold
    given: int
    allowed: int

    @classmethod
    def of(cls, threshold: Threshold, numbers: Mapping[str, int]) -> "Ceiling":
        """Return the ceiling of `threshold` beside `numbers`, a count for each level."""
        return cls(threshold, numbers.get(TOP, 0), places_allowed(threshold, numbers))

    @property
    def base(self) -> CeilingBase:
        """What the ceiling is a share of."""
        return base_of(self.threshold)

    @property
    def is_passed(self) -> bool:
        """Whether the level was given more often than allowed."""
        return self.given > self.allowed

    @property
    def words(self) -> str:
        """What the ceiling is a share of, how it is rounded, and where it is written."""
        threshold = self.threshold
        return (
            f"{threshold.low.normalize():f}% của số {self.base.label}, "
            f"{threshold.get_rounding_display()}; căn cứ {threshold.basis}"
        )

    def table(self, most: int) -> list[int]:
        """Return how many are allowed when the base counts 0, 1, … `most` ratings: what a page looks numbers up in."""
        return [places_among(self.threshold, count) for count in range(most + 1)]
