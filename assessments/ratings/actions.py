"""Verbs of yearly ratings and of "bốn tốt", and the ceiling on the top level, which warns and never blocks."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from assessments.choices import GOOD_OR_BETTER, NotRated, Rating
from assessments.models import FourGoods, MemberRating, UnitRating, check_decided
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.actions import NO_DECISION, Refusal, create, verb
from members.models import Spell
from organizations.models import Threshold, Unit
from organizations.units.actions import period_on

CEILING = "ratings.excellent"
"""The code of the threshold that limits the top level (20 %, 366-QĐ/TW, 30/8/2025)."""


@verb
def rate(*, member, year, decided_on, level="", not_rated=""):
    """Rate a member for a year, or record why there is no rating. A second rating of the year is refused."""
    if member.ratings.filter(year=year).exists():
        raise Refusal(f"{member} đã được xếp loại năm {year}: sửa kết quả đã ghi, không ghi thêm.")
    return create(MemberRating, member=member, year=year, level=level, not_rated=not_rated, decided_on=decided_on)


@verb
def rate_unit(*, unit, year, decided_on, level="", not_rated=""):
    """Rate a unit for a year, or record why there is no rating. A second rating of the year is refused."""
    name = period_on(unit, min(decided_on, date(year, 12, 31))).name
    if unit.ratings.filter(year=year).exists():
        raise Refusal(f"“{name}” đã được xếp loại năm {year}: sửa kết quả đã ghi, không ghi thêm.")
    return create(UnitRating, unit=unit, year=year, level=level, not_rated=not_rated, decided_on=decided_on)


@verb
def recognise_four_goods(*, unit, year, decision=NO_DECISION):
    """Recognise a unit as "bốn tốt" for a year."""
    return create(FourGoods, unit=unit, year=year, **decision.fields)


@verb
def rate_many(*, year, marks, decided_on=None):
    """Write the ratings of many members for a year at once, from {member: mark}; what was there is replaced.

    A mark is the code of a level or of a reason for no rating; an empty one takes the rating back.
    """
    stays = Spell.objects.overlapping(date(year, 1, 1), date(year + 1, 1, 1)).filter(member__in=marks)
    known = set(stays.values_list("member", flat=True))
    for member, mark in marks.items():
        if mark and member.pk not in known:
            raise Refusal(f"{member} không sinh hoạt ở chi bộ nào trong năm {year}.")
    _write(MemberRating, "member", year, marks, decided_on)


@verb
def rate_many_units(*, year, marks, decided_on=None):
    """Write the ratings of many units for a year at once, as `rate_many` does those of members."""
    day = min(decided_on or date(year, 12, 31), date(year, 12, 31))
    alive = set(Unit.objects.on(day).filter(pk__in=[unit.pk for unit in marks]).values_list("pk", flat=True))
    for unit, mark in marks.items():
        if mark and unit.pk not in alive:
            raise Refusal(f"Tổ chức đảng “{unit.code}” không tồn tại ngày {day:%d/%m/%Y}.")
    _write(UnitRating, "unit", year, marks, decided_on)


@verb
def recognise_many(*, year, units, decision=NO_DECISION):
    """Recognise units as "bốn tốt" for a year, from {unit: whether it is}; what is so already stays as it is."""
    rows = FourGoods.objects.filter(year=year)
    rows.filter(unit__in=[unit for unit, good in units.items() if not good]).delete()
    before = set(rows.values_list("unit", flat=True))
    FourGoods.objects.bulk_create(
        FourGoods(unit=unit, year=year, **decision.fields)
        for unit, good in units.items()
        if good and unit.pk not in before
    )


def _write(model, about, year, marks, decided_on):
    """Bring the ratings of a year in line with `marks`; a few statements, however many there are."""
    if unknown := set(marks.values()) - {"", *Rating.values, *NotRated.values}:
        raise Refusal(f"Không có mức xếp loại “{unknown.pop()}”.")
    if any(marks.values()):
        if decided_on is None:
            raise Refusal("Cần ngày quyết định xếp loại.")
        check_decided(year, decided_on)
    wanted = {subject.pk: mark for subject, mark in marks.items()}
    rows = list(model.objects.filter(**{"year": year, f"{about}__in": wanted}))
    marked = [(row, wanted.pop(getattr(row, f"{about}_id"))) for row in rows]
    model.objects.filter(pk__in=[row.pk for row, mark in marked if not mark]).delete()
    kept = [row for row, mark in marked if mark]
    for row, mark in marked:
        row.level, row.not_rated, row.decided_on = *split(mark), decided_on
    model.objects.bulk_update(kept, ["level", "not_rated", "decided_on"])
    model.objects.bulk_create(
        model(**{f"{about}_id": pk}, year=year, level=level, not_rated=not_rated, decided_on=decided_on)
        for pk, mark in wanted.items()
        if mark
        for level, not_rated in [split(mark)]
    )


def split(mark):
    """Return the level and the reason for no rating that `mark` stands for; one of them is empty."""
    return (mark, "") if mark in Rating.values else ("", mark)


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


def ceiling(numbers, day):
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
