"""Actions of restructuring: merge, split and dissolve units together with members, posts held and cells beneath."""

from collections.abc import Collection, Mapping
from datetime import date

from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change
from members.choices import EndReason, StartReason
from members.membership.actions import check_cell, end, start
from members.models import Admission, Member, Spell
from members.positions.actions import end_vacancies
from organizations.choices import EventKind
from organizations.models import Unit, UnitPeriod
from organizations.units import actions as units


@action
def merge(*, cells: Collection[Unit], into: Unit, day: date, decision: Decision = NO_DECISION) -> Unit:
    """Merge `cells` into the existing cell `into`: members go over on `day`, the merged cells are no more.

    Raises Refusal for no cell, for `into` among them, for what is no cell, and for stays or posts begun on `day` or
    later.
    """
    if into in cells:
        raise Refusal("Chi bộ nhận sáp nhập không thể nằm trong các chi bộ được sáp nhập.")
    if not cells:
        raise Refusal("Chọn ít nhất một chi bộ để sáp nhập.")
    check_cell(into, day)
    for cell in cells:
        _move_all(cell, into, day, EndReason.UNIT_MERGED, decision)
        _hand_on_candidates(cell, into)
        _close(cell, day, EventKind.MERGED, decision, into)
    return into


@action
def split(
    *, cell: Unit, code: str, name: str, members: Collection[Member], day: date, decision: Decision = NO_DECISION
) -> Unit:
    """Split a new cell off `cell`, move `members` there on `day` and return it.

    Raises Refusal for members who are not in `cell` on that day.
    """
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


@action
def dissolve(
    *,
    cell: Unit,
    day: date,
    moves: Mapping[Member, Unit] | None = None,
    candidates_to: Unit | None = None,
    decision: Decision = NO_DECISION,
) -> None:
    """Dissolve `cell` on `day`. `moves` maps members to the cell each goes to; nobody may be left behind.

    Its candidates for admission go on in the cell `candidates_to`. Raises Refusal for members without a cell to go to,
    and for candidates without `candidates_to`.
    """
    check_cell(cell, day)
    moves = {member.pk: to for member, to in (moves or {}).items()}
    staying = list(_present(cell, day))
    left = [spell.member.full_name for spell in staying if spell.member_id not in moves]
    if left:
        names = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
        raise Refusal(f"Còn {len(left)} đảng viên chưa có nơi chuyển đến: {names}.")
    for spell in staying:
        _move(spell, moves[spell.member_id], day, EndReason.UNIT_DISSOLVED, decision)
    _hand_on_candidates(cell, candidates_to)
    _close(cell, day, EventKind.DISSOLVED, decision)


@action
def dissolve_organization(
    *, organization: Unit, day: date, to: Unit | None = None, decision: Decision = NO_DECISION
) -> None:
    """Dissolve a unit that gathers others: these go beneath `to` on `day`, or must have left before.

    Raises Refusal when some remain.
    """
    for child in UnitPeriod.objects.on(day).filter(parent=organization).select_related("unit") if to else ():
        units.move(unit=child.unit, parent=to, day=day, decision=decision)
    _close(organization, day, EventKind.DISSOLVED, decision)


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


def _hand_on_candidates(cell, to):
    """Leave nobody on the list of candidates of a cell that is no more."""
    waiting = list(Admission.objects.filter(unit=cell, ceremony_on=None, closed_on=None).order_by("pk"))
    if waiting and to is None:
        raise Refusal(f"Chi bộ còn {len(waiting)} quần chúng ưu tú: chọn chi bộ tiếp tục theo dõi.")
    for admission in waiting:
        change(admission, unit=to)


def _close(cell, day, kind, decision, into=None):
    for position in cell.positions.filter(ended_on__gt=day):
        if position.started_on >= day:
            raise Refusal(f"Chức vụ “{position}” ghi từ {position.started_on:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}.")
        change(position, ended_on=day)
    end_vacancies(cell.vacancies.all(), day)
    units.close(unit=cell, day=day, kind=kind, decision=decision, into=into)
