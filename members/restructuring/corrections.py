"""The day on which a unit ended is put right, and with it all that ended, moved or began on that day because of it."""

from collections.abc import Callable, Collection
from datetime import date

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Refusal, action, change
from members.choices import StartReason
from members.models import Member, Spell
from organizations.choices import ENDINGS, EventKind
from organizations.models import Ancestry, Unit, UnitEvent, UnitPeriod

from .ends import NO_EVENT, WITH_THE_UNIT


@action
def correct_end(*, unit: Unit, day: date) -> Unit:
    """Correct the end of `unit`, which was merged or dissolved: `day` is the first day it is no more.

    The event, the stays that ended with it and those they went on in, its posts and vacancies, what was stated of it
    until then and the units that left it on that day move along. Raises Refusal for a unit that has not ended or for
    the same day, and for whatever is recorded between the two days and cannot have been: that is put right first.
    """
    before = unit.ended_on
    _check(unit, day)
    event = unit.events.filter(kind__in=ENDINGS, day=before).first()
    if event is None:
        raise Refusal(NO_EVENT.format(unit, before))
    last = unit.periods.order_by("started_on").last()
    if day <= last.started_on:
        raise Refusal(f"“{last.name}” còn thay đổi ngày {last.started_on:%d/%m/%Y}: chọn ngày sau ngày đó.")
    steps = [
        lambda: change(event, day=day),
        lambda: _move_beneath(unit, before, day),
        lambda: _move_stays(unit, before, day),
        lambda: _move_rows(unit, before, day),
        lambda: change(last, ended_on=day),
        lambda: change(unit, ended_on=day),
    ]
    # Nothing outlives its unit on the way: an earlier end begins with what is in it, a later one with the unit.
    for step in steps if day < before else reversed(steps):
        step()
    return unit


def moved_end(row: Unit, changes: Collection[str]) -> Callable[[], Unit] | None:
    """Return what corrects the end of a unit as a file has it in `row`, None unless that is what `changes`."""
    unit = Unit.objects.get(pk=row.pk)
    if {*changes} != {"ended_on"} or OPEN in (unit.ended_on, row.ended_on):
        return None
    return lambda: correct_end(unit=unit, day=row.ended_on)


def _check(unit, day):
    """Refuse what is no correction of an end."""
    if unit.ended_on == OPEN:
        raise Refusal(f"Tổ chức đảng “{unit}” chưa kết thúc: dùng biểu mẫu giải thể hoặc sáp nhập.")
    if unit.ended_on == day:
        raise Refusal({"day": f"Tổ chức đảng “{unit}” vốn đã kết thúc ngày {day:%d/%m/%Y}."})


def _move_stays(unit, before, day):
    """Move the stays that ended with the unit, and where they went on."""
    whose = unit.spells.filter(ended_on=before).values("member")
    list(Member.objects.select_for_update().filter(pk__in=whose).order_by("pk"))  # nobody moves on meanwhile
    with_it = {"ended_on": before, "end_reason__in": WITH_THE_UNIT}
    moved = unit.spells.filter(ended_on__gt=day) if day < before else unit.spells.filter(**with_it)
    for stay in moved.select_related("member").order_by("pk"):
        if stay.ended_on != before or stay.end_reason not in WITH_THE_UNIT:
            raise Refusal(
                f"{stay.member} thôi sinh hoạt ở đây ngày {stay.ended_on:%d/%m/%Y} "
                f"({stay.get_end_reason_display().lower()}): sửa ngày đó trước, hoặc chọn ngày muộn hơn."
            )
        if stay.started_on >= day:
            raise Refusal(f"{stay.member} đến chi bộ ngày {stay.started_on:%d/%m/%Y}: chọn ngày muộn hơn.")
        _move_stay(stay, _following(stay, before), day)


def _following(stay, before):
    """Return the stay in which the member went on, or None."""
    return Spell.objects.filter(member=stay.member, started_on=before, start_reason=StartReason.MOVED_WITHIN).first()


def _move_stay(stay, following, day):
    """Move the border between a stay and the one after it, whichever way, so that they never overlap."""
    if following and following.ended_on <= day:
        raise Refusal(f"{stay.member} đã rời chi bộ chuyển đến ngày {following.ended_on:%d/%m/%Y}: chọn ngày sớm hơn.")
    if following and day > stay.ended_on:
        change(following, started_on=day)
    earlier = day < stay.ended_on
    change(stay, ended_on=day)
    if following and earlier:
        change(following, started_on=day)


def _move_rows(unit, before, day):
    """Move the end of what else held in the unit until its end: posts, vacancies, what was stated of it."""
    for relation in unit._meta.related_objects:
        model = relation.related_model
        names = {field.name for field in model._meta.concrete_fields}
        if model in (Spell, UnitPeriod, Ancestry) or relation.field.name != "unit" or "ended_on" not in names:
            continue
        for row in model.objects.filter(unit=unit, ended_on=before).order_by("pk"):
            if row.started_on >= day:
                raise Refusal(f"“{row}” ghi từ {row.started_on:%d/%m/%Y}: sửa ngày đó trước, hoặc chọn ngày muộn hơn.")
            change(row, ended_on=day)


def _move_beneath(unit, before, day):
    """Move the day on which the units beneath left for another superior, with their events."""
    for place in UnitPeriod.objects.filter(parent=unit, ended_on=before).select_related("unit").order_by("pk"):
        following = place.unit.periods.filter(started_on=before).first()
        if following is None:
            continue  # it ended itself on that day
        for row, field in ((place, "ended_on"), (following, "started_on"))[:: 1 if day < before else -1]:
            change(row, **{field: day})
        for event in UnitEvent.objects.filter(unit=place.unit, kind=EventKind.MOVED, day=before):
            change(event, day=day)
