"""Verbs that change cells together with their members: merge, split, dissolve, and positions held there."""

from binhlu_portal.verbs import NO_DECISION, Refusal, change, verb
from organizations import units
from organizations.codes import EventKind

from .codes import EndReason, StartReason
from .models import Spell
from .spells import check_cell, end, start


@verb
def merge(*, cells, into, day, decision=NO_DECISION):
    """Merge `cells` into the existing cell `into`: members go over on `day`, the merged cells are no more."""
    if into in cells:
        raise Refusal("Chi bộ nhận sáp nhập không thể nằm trong các chi bộ được sáp nhập.")
    if not cells:
        raise Refusal("Chọn ít nhất một chi bộ để sáp nhập.")
    check_cell(into, day)
    for cell in cells:
        _move_all(cell, into, day, EndReason.UNIT_MERGED, decision)
        _close(cell, day, EventKind.MERGED, decision, into)
    return into


@verb
def split(*, cell, code, name, members, day, decision=NO_DECISION):
    """Found a new cell out of `cell` and move `members` there on `day`."""
    check_cell(cell, day)
    new = units.split_off(unit=cell, code=code, name=name, day=day, decision=decision)
    chosen = {member.pk for member in members}
    staying = list(_present(cell, day))
    strangers = chosen - {spell.member_id for spell in staying}
    if strangers:
        raise Refusal(f"Có {len(strangers)} người được chọn không sinh hoạt ở chi bộ được tách vào ngày đó.")
    for spell in staying:
        if spell.member_id in chosen:
            _move(spell, new, day, EndReason.MOVED_WITHIN, decision)
    return new


@verb
def dissolve(*, cell, day, moves=None, decision=NO_DECISION):
    """Dissolve `cell` on `day`. `moves` maps members to the cell each goes to; nobody may be left behind."""
    check_cell(cell, day)
    moves = {member.pk: to for member, to in (moves or {}).items()}
    staying = list(_present(cell, day))
    left = [spell.member.full_name for spell in staying if spell.member_id not in moves]
    if left:
        names = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
        raise Refusal(f"Còn {len(left)} đảng viên chưa có nơi chuyển đến: {names}.")
    for spell in staying:
        _move(spell, moves[spell.member_id], day, EndReason.UNIT_DISSOLVED, decision)
    _close(cell, day, EventKind.DISSOLVED, decision)


def _present(cell, day):
    """Return the open spells of `cell`; members who came on `day` or later are part of them."""
    return Spell.objects.filter(unit=cell, ended_on__gt=day).select_related("member", "unit").order_by("pk")


def _move_all(cell, to, day, reason, decision):
    check_cell(cell, day)
    for spell in _present(cell, day):
        _move(spell, to, day, reason, decision)


def _move(spell, to, day, reason, decision):
    if spell.started_on >= day:
        raise Refusal(f"{spell.member} đến chi bộ ngày {spell.started_on:%d/%m/%Y}: chọn ngày muộn hơn.")
    old, new = units.period_on(spell.unit, spell.started_on).name, units.period_on(to, day).name
    end(spell, day, reason, decision, new)
    start(spell.member, to, day, StartReason.MOVED_WITHIN, decision, old)


def _close(cell, day, kind, decision, into=None):
    for position in cell.positions.filter(ended_on__gt=day):
        if position.started_on >= day:
            raise Refusal(f"Chức vụ “{position}” ghi từ {position.started_on:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}.")
        change(position, ended_on=day)
    units.close(unit=cell, day=day, kind=kind, decision=decision, into=into)
