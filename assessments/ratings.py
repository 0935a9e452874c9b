"""Verbs of yearly ratings and of "bốn tốt", and the ceiling on the top level, which warns and never blocks."""

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from binhlu_portal.periods import covers
from binhlu_portal.verbs import NO_DECISION, Refusal, create, verb
from organizations.models import Threshold, Unit
from organizations.units import period_on

from .codes import GOOD_OR_BETTER, Rating
from .models import FourGoods, MemberRating, UnitRating

CEILING = "ratings.excellent"
"""The code of the threshold that limits the top level (20 %, 366-QĐ/TW, 30/8/2025)."""


@verb
def rate(*, member, year, decided_on, level="", not_rated=""):
    """Rate a member for a year, or record why there is no rating. A second rating of the year is refused."""
    if not member.spells.filter(started_on__lte=date(year, 12, 31), ended_on__gt=date(year, 1, 1)).exists():
        raise Refusal(f"{member} không sinh hoạt ở chi bộ nào trong năm {year}.")
    _check_year(year, decided_on)
    if member.ratings.filter(year=year).exists():
        raise Refusal(f"{member} đã được xếp loại năm {year}: sửa kết quả đã ghi, không ghi thêm.")
    return create(MemberRating, member=member, year=year, level=level, not_rated=not_rated, decided_on=decided_on)


@verb
def rate_unit(*, unit, year, decided_on, level="", not_rated=""):
    """Rate a unit for a year, or record why there is no rating. A second rating of the year is refused."""
    name = period_on(unit, min(decided_on, date(year, 12, 31))).name
    _check_year(year, decided_on)
    if unit.ratings.filter(year=year).exists():
        raise Refusal(f"“{name}” đã được xếp loại năm {year}: sửa kết quả đã ghi, không ghi thêm.")
    return create(UnitRating, unit=unit, year=year, level=level, not_rated=not_rated, decided_on=decided_on)


@verb
def recognise_four_goods(*, unit, year, decision=NO_DECISION):
    """Recognise a unit as "bốn tốt" for a year."""
    if not Unit.objects.overlapping(date(year, 1, 1), date(year + 1, 1, 1)).filter(pk=unit.pk).exists():
        raise Refusal(f"Tổ chức đảng không tồn tại trong năm {year}.")
    return create(FourGoods, unit=unit, year=year, **decision.fields)


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


def ceiling_warning(numbers, day):
    """Return a warning sentence when the top level was given more often than the ceiling of `day` allows, else ""."""
    threshold = Threshold.objects.filter(covers(day), code=CEILING).first()
    given = numbers.get(Rating.EXCELLENT, 0)
    allowed = places_allowed(threshold, numbers) if threshold else given
    if given <= allowed:
        return ""
    return (
        f"Có {given} trường hợp hoàn thành xuất sắc nhiệm vụ, vượt mức {allowed} "
        f"({threshold.low.normalize():f}% của số {BASE_LABELS[threshold.base]}, {threshold.get_rounding_display()}; "
        f"căn cứ {threshold.source})."
    )


BASE_LABELS = {
    "good_or_better": "hoàn thành tốt nhiệm vụ trở lên",
    "rated": "được đánh giá, xếp loại",
    "good": "hoàn thành tốt nhiệm vụ",
}


def _check_year(year, decided_on):
    if not year <= decided_on.year <= year + 1:
        raise Refusal(f"Xếp loại năm {year} phải được quyết định trong năm {year} hoặc {year + 1}.")
