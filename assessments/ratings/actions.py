"""Actions of yearly ratings (đánh giá, xếp loại) and of "bốn tốt"."""

from collections.abc import Mapping
from datetime import date

from assessments.choices import NotRated, Rating
from assessments.models import FourGoods, MemberRating, UnitRating
from assessments.models.ratings import check_decided
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, create
from members.models import Member, Spell
from organizations.models import Unit
from organizations.units.actions import period_on


@action
def rate(*, member: Member, year: int, decided_on: date, level: str = "", not_rated: str = "") -> MemberRating:
    """Rate a member for a year, or record why there is no rating. Raises Refusal for a second rating of the year."""
    if member.ratings.filter(year=year).exists():
        raise Refusal(f"{member} đã được xếp loại năm {year}: sửa kết quả đã ghi, không ghi thêm.")
    return create(MemberRating, member=member, year=year, level=level, not_rated=not_rated, decided_on=decided_on)


@action
def rate_unit(*, unit: Unit, year: int, decided_on: date, level: str = "", not_rated: str = "") -> UnitRating:
    """Rate a unit for a year, or record why there is no rating.

    Raises Refusal for a second rating of the year, and when the unit does not exist on the day.
    """
    name = period_on(unit, min(decided_on, date(year, 12, 31))).name
    if unit.ratings.filter(year=year).exists():
        raise Refusal(f"“{name}” đã được xếp loại năm {year}: sửa kết quả đã ghi, không ghi thêm.")
    return create(UnitRating, unit=unit, year=year, level=level, not_rated=not_rated, decided_on=decided_on)


@action
def recognise_four_goods(*, unit: Unit, year: int, decision: Decision = NO_DECISION) -> FourGoods:
    """Recognise a unit as "bốn tốt" for a year."""
    return create(FourGoods, unit=unit, year=year, **decision.fields)


@action
def rate_many(*, year: int, marks: Mapping[Member, str], decided_on: date | None = None) -> None:
    """Rate many members for a year at once (bulk), from {member: mark}; what was there is replaced.

    A mark is the code of a level or of a reason for no rating; an empty one takes the rating back. Raises Refusal for
    an unknown mark, for a mark without `decided_on`, and for a member in no cell that year.
    """
    stays = Spell.objects.overlapping(date(year, 1, 1), date(year + 1, 1, 1)).filter(member__in=marks)
    known = set(stays.values_list("member", flat=True))
    for member, mark in marks.items():
        if mark and member.pk not in known:
            raise Refusal(f"{member} không sinh hoạt ở chi bộ nào trong năm {year}.")
    _write(MemberRating, "member", year, marks, decided_on)


@action
def rate_many_units(*, year: int, marks: Mapping[Unit, str], decided_on: date | None = None) -> None:
    """Rate many units for a year at once (bulk), from {unit: mark}, as `rate_many` does members."""
    day = min(decided_on or date(year, 12, 31), date(year, 12, 31))
    alive = set(Unit.objects.on(day).filter(pk__in=[unit.pk for unit in marks]).values_list("pk", flat=True))
    for unit, mark in marks.items():
        if mark and unit.pk not in alive:
            raise Refusal(f"Tổ chức đảng “{unit}” không tồn tại ngày {day:%d/%m/%Y}.")
    _write(UnitRating, "unit", year, marks, decided_on)


@action
def recognise_many(*, year: int, units: Mapping[Unit, bool], decision: Decision = NO_DECISION) -> None:
    """Recognise units as "bốn tốt" for a year at once (bulk), from {unit: whether it is}; what is so stays as it is."""
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
        row.level, row.not_rated, row.decided_on = *parse_mark(mark), decided_on
    model.objects.bulk_update(kept, ["level", "not_rated", "decided_on"])
    model.objects.bulk_create(
        model(**{f"{about}_id": pk}, year=year, level=level, not_rated=not_rated, decided_on=decided_on)
        for pk, mark in wanted.items()
        if mark
        for level, not_rated in [parse_mark(mark)]
    )


def parse_mark(mark: str) -> tuple[str, str]:
    """Parse a mark: (level, reason for no rating) that it stands for; one of them is empty."""
    return (mark, "") if mark in Rating.values else ("", mark)
