"""The ceiling on the top level of a year's ratings: it warns and never blocks (366-QĐ/TW, 30/8/2025)."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from assessments.choices import GOOD_OR_BETTER, Rating
from binhlu_portal.dates.validity import covers
from organizations.models import Threshold

CEILING = "ratings.excellent"
"""The code of the threshold that limits the top level (20 %, 366-QĐ/TW, 30/8/2025)."""


def places_allowed(threshold, numbers):
    """Return how many top ratings the ceiling allows, from `numbers`: a count for each level.

    `threshold.base` is "good_or_better", "rated" or "good": the guidance names the base differently from office to
    office, so it is a setting, printed beside the result.
    """
    bases = {
        "good_or_better": sum(numbers.get(level, 0) for level in GOOD_OR_BETTER),
        "rated": sum(numbers.values()),
        "good": numbers.get(Rating.GOOD, 0),
    }
    share = Decimal(bases[threshold.base]) * threshold.low / 100
    rounding = ROUND_DOWN if threshold.rounding == Threshold.Rounding.DOWN else ROUND_HALF_UP
    return int(share.quantize(Decimal(1), rounding))


@dataclass(frozen=True)
class Ceiling:
    """The ceiling on the top level beside how often that level was given."""

    threshold: Threshold
    given: int
    allowed: int

    @property
    def is_passed(self):
        """Whether the level was given more often than allowed."""
        return self.given > self.allowed

    @property
    def words(self):
        """What the ceiling is a share of, how it is rounded, and where it is written."""
        threshold = self.threshold
        return (
            f"{threshold.low.normalize():f}% của số {BASE_LABELS[threshold.base]}, "
            f"{threshold.get_rounding_display()}; căn cứ {threshold.source}"
        )


def ceiling_of(numbers, day):
    """Return the ceiling of `day` beside `numbers`, a count for each level; None where there is none."""
    threshold = Threshold.objects.filter(covers(day), code=CEILING).first()
    if threshold is None:
        return None
    return Ceiling(threshold, numbers.get(Rating.EXCELLENT, 0), places_allowed(threshold, numbers))


BASE_LABELS = {
    "good_or_better": "hoàn thành tốt nhiệm vụ trở lên",
    "rated": "được đánh giá, xếp loại",
    "good": "hoàn thành tốt nhiệm vụ",
}
