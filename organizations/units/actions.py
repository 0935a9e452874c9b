"""Actions on party organizations: receive, establish, rename, move, reclassify, and the record of an ending.

Merging, splitting and dissolving move members too, so they are in `members.restructuring.actions`.
"""

from datetime import date
from itertools import count

from django.utils.text import slugify

from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from binhlu_portal.text.vietnamese import search_key
from organizations import choices
from organizations.in_force import InForce
from organizations.models import Unit, UnitEvent, UnitPeriod


def period_on(unit: Unit, day: date) -> UnitPeriod:
    """Unit on a day: what `unit` was on `day`. Raises Refusal for a day outside its life."""
    period = unit.periods.filter(covers(day)).first()
    if period is None:
        raise Refusal(f"Tổ chức đảng “{unit}” không tồn tại ngày {day:%d/%m/%Y}.")
    return period


def unused_code(name: str) -> str:
    """Slug for a new unit: its name without marks, with a number after it when another unit has that."""
    start = slugify(search_key(name))[:35].strip("-") or "to-chuc"
    taken = set(Unit.objects.filter(code__startswith=start).values_list("code", flat=True))
    return start if start not in taken else next(code for n in count(2) if (code := f"{start}-{n}") not in taken)


@action
def establish(
    *,
    code: str,
    name: str,
    kind: str,
    sector: str,
    parent: Unit | None,
    day: date,
    decision: Decision = NO_DECISION,
    note: str = "",
    came_from: str = "",
) -> Unit:
    """Establish a new unit beneath `parent` (None for the root) on `day`; `kind` and `sector` are codes of the choices.

    `came_from` names the committee from which what it is made of was received, if any. Raises Refusal when `parent`
    does not exist on `day` or may not hold such a unit.
    """
    return _found(choices.EventKind.ESTABLISHED, code, name, kind, sector, parent, day, decision, note, came_from)


@action
def receive(
    *,
    code: str,
    name: str,
    kind: str,
    sector: str,
    parent: Unit | None,
    day: date,
    decision: Decision = NO_DECISION,
    note: str = "",
    came_from: str = "",
) -> Unit:
    """Receive a unit that existed elsewhere before `day`, beneath `came_from`. Raises Refusal as `establish` does."""
    return _found(choices.EventKind.RECEIVED, code, name, kind, sector, parent, day, decision, note, came_from)


@action
def rename(*, unit: Unit, name: str, day: date, decision: Decision = NO_DECISION, note: str = "") -> UnitPeriod:
    """Rename `unit` from `day` on. Raises Refusal for the same name, or when a later change is recorded."""
    return _change(choices.EventKind.RENAMED, unit, day, decision, note, name=name)


@action
def move(*, unit: Unit, parent: Unit | None, day: date, decision: Decision = NO_DECISION, note: str = "") -> UnitPeriod:
    """Move `unit`, with all beneath it, under another `parent` from `day` on.

    Raises Refusal for a cycle, an unsuitable parent, no change at all, or when a later change is recorded.
    """
    return _change(choices.EventKind.MOVED, unit, day, decision, note, parent=parent)


@action
def reclassify(
    *, unit: Unit, kind: str, sector: str, day: date, decision: Decision = NO_DECISION, note: str = ""
) -> UnitPeriod:
    """Reclassify `unit`: another kind or sector from `day` on, as when a cell grows into a party organization.

    Raises Refusal for a kind that does not suit what is above or beneath, no change at all, or a later change recorded.
    """
    return _change(choices.EventKind.RECLASSIFIED, unit, day, decision, note, kind=kind, sector=sector)


@action
def split_off(*, unit: Unit, code: str, name: str, day: date, decision: Decision = NO_DECISION, note: str = "") -> Unit:
    """Split a new unit off `unit`: same kind, sector and place. Members move by `members.restructuring`."""
    old = period_on(unit, day)
    new = _found(choices.EventKind.ESTABLISHED, code, name, old.kind, old.sector, old.parent, day, decision, note)
    record_event(choices.EventKind.SPLIT, unit, day, decision, note, other_unit=new)
    return new


@action
def close(
    *, unit: Unit, day: date, kind: str, decision: Decision = NO_DECISION, into: Unit | None = None, note: str = ""
) -> None:
    """Close `unit` (`kind` says why): `day` is the first day it is no more.

    Cells beneath it and members must have left.

    Raises Refusal when it changed on `day` or later, or when units beneath it remain.
    """
    last = period_on(unit, day)
    if last.started_on == day:
        raise Refusal(f"“{last.name}” có thay đổi đúng ngày {day:%d/%m/%Y}: chọn ngày kết thúc muộn hơn.")
    if last.ended_on != OPEN:
        raise Refusal(f"“{last.name}” còn thay đổi đã ghi sau ngày {day:%d/%m/%Y}: bỏ thay đổi đó trước.")
    child = UnitPeriod.objects.filter(parent=unit, ended_on__gt=day).first()
    if child:
        raise Refusal(f"“{child.name}” còn trực thuộc “{last.name}”: chuyển hoặc kết thúc tổ chức đó trước.")
    change(last, ended_on=day)
    change(unit, ended_on=day)
    record_event(kind, unit, day, decision, note, other_unit=into)


def record_event(
    kind: str,
    unit: Unit,
    day: date,
    decision: Decision,
    note: str,
    other_unit: Unit | None = None,
    came_from: str = "",
) -> UnitEvent:
    """Record an event of `unit`; `kind` is an `EventKind`."""
    told = {"other_unit": other_unit, "came_from": came_from, "note": note, **decision.fields}
    return create(UnitEvent, kind=kind, unit=unit, day=day, **told)


def check_place(kind: str, parent: Unit | None, day: date) -> None:
    """Validate a place in the tree. Raises Refusal when a unit of `kind` may not stand beneath `parent` on `day`."""
    above = period_on(parent, day).kind if parent else None
    if above not in choices.PARENTS[choices.Kind(kind)]:
        place = choices.Kind(above).label if above else "gốc của cây tổ chức"
        raise Refusal(f"{choices.Kind(kind).label} không thể trực thuộc {place}.")


def check_pair(kind: str, sector: str, parent: Unit | None, day: date) -> None:
    """Validate a pair of kind and sector. Raises Refusal when no unit beneath `parent` has both on `day`."""
    in_force = InForce(day)
    if rule := in_force.impossible(kind, sector):
        fitting = [each for each in choices.Kind if parent and period_on(parent, day).kind in choices.PARENTS[each]]
        others = " hoặc ".join(f"“{each.label}”" for each in fitting if not in_force.impossible(each, sector))
        instead = f", hoặc loại tổ chức {others}" if others else ""
        raise Refusal(f"{rule}: chọn loại hình khác{instead}. Căn cứ: {rule.basis}.")


def _found(event, code, name, kind, sector, parent, day, decision, note, came_from=""):
    check_place(kind, parent, day)
    check_pair(kind, sector, parent, day)
    unit = create(Unit, code=code, started_on=day)
    create(UnitPeriod, unit=unit, started_on=day, name=name, kind=kind, sector=sector, parent=parent)
    record_event(event, unit, day, decision, note, came_from=came_from)
    return unit


def _change(event, unit, day, decision, note, **fields):
    old = period_on(unit, day)
    if old.ended_on != OPEN:
        raise Refusal(f"“{old.name}” còn thay đổi đã ghi sau ngày {day:%d/%m/%Y}: ghi thay đổi theo thứ tự thời gian.")
    if all(getattr(old, name) == value for name, value in fields.items()):
        raise Refusal(f"“{old.name}” vốn đã như vậy: không có gì để thay đổi.")
    _check_change(unit, old, day, fields)
    new = {name: getattr(old, name) for name in ("name", "kind", "sector", "parent")} | fields
    if old.started_on == day:
        period = change(old, **new)
    else:
        change(old, ended_on=day)
        period = create(UnitPeriod, unit=unit, started_on=day, **new)
    record_event(event, unit, day, decision, note)
    return period


def _check_change(unit, old, day, fields):
    """Refuse a cycle, a place that does not suit, and a kind that does not suit what the unit holds."""
    parent, kind = fields.get("parent", old.parent), fields.get("kind", old.kind)
    if parent and parent.lines.filter(covers(day), ancestor=unit).exists():
        raise Refusal(f"“{old.name}” không thể trực thuộc chính nó hoặc tổ chức đảng bên dưới nó.")
    check_place(kind, parent, day)
    if fields.keys() & {"kind", "sector"}:
        check_pair(kind, fields.get("sector", old.sector), parent, day)
    for child in UnitPeriod.objects.filter(parent=unit, ended_on__gt=day):
        if kind not in choices.PARENTS[choices.Kind(child.kind)]:
            raise Refusal(f"{choices.Kind(kind).label} không thể có “{child.name}” trực thuộc.")
