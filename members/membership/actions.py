"""Actions on membership: come in, transfer, leave.

They keep the ledger closed: one open spell, no overlap, a reason at each end.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from members.choices import OUT_OF_THE_PARTY, RETURNS, EndReason, Post, StartReason
from members.member_records.actions import set_levels
from members.models import Member, Spell
from organizations.choices import CELLS
from organizations.models import Unit
from organizations.units.actions import period_on

ENDINGS = OUT_OF_THE_PARTY

OWN_CELL = "{} đang sinh hoạt ở chính chi bộ này: chọn chi bộ khác."


@action
def receive(*, member: Member, unit: Unit, day: date, decision: Decision = NO_DECISION, came_from: str = "") -> Spell:
    """Receive a member together with the cell. Raises Refusal unless the cell was received on `day` too."""
    if unit.started_on != day:
        raise Refusal(f"Chi bộ được tiếp nhận ngày {unit.started_on:%d/%m/%Y}, không phải {day:%d/%m/%Y}.")
    return start(member, unit, day, StartReason.RECEIVED_WITH_UNIT, decision, came_from)


@action
def transfer_in(
    *, member: Member, unit: Unit, day: date, far: bool = False, decision: Decision = NO_DECISION, came_from: str = ""
) -> Spell:
    """Transfer in a member from another committee; `far` means from another province (form 1 of the statistics).

    Raises Refusal as `start` does.
    """
    reason = StartReason.TRANSFERRED_IN_FAR if far else StartReason.TRANSFERRED_IN
    return start(member, unit, day, reason, decision, came_from)


@action
def transfer(*, member: Member, to: Unit, day: date, decision: Decision = NO_DECISION) -> Spell:
    """Transfer a member to another cell we keep: the old stay ends and the new one, returned, starts on the same `day`.

    Raises Refusal for the member's own cell, without an open stay, and when the stay began no earlier than `day`.
    """
    spell = open_spell(member, day)
    if spell.unit == to:
        raise Refusal(OWN_CELL.format(member))
    end(spell, day, EndReason.MOVED_WITHIN, decision, period_on(to, day).name)
    return start(member, to, day, StartReason.MOVED_WITHIN, decision, period_on(spell.unit, spell.started_on).name)


@action
def transfer_out(
    *, member: Member, day: date, far: bool = False, decision: Decision = NO_DECISION, went_to: str = ""
) -> Spell:
    """Transfer out a member to a committee we do not keep; `day` is the first day no longer here.

    `far` means to another province. Raises Refusal without a stay to end.
    """
    reason = EndReason.TRANSFERRED_OUT_FAR if far else EndReason.TRANSFERRED_OUT
    return end(open_spell(member, day), day, reason, decision, went_to)


@action
def end_membership(*, member: Member, day: date, reason: str, decision: Decision = NO_DECISION) -> Spell:
    """End membership of the Party: died, struck off or resigned. `day` is the first day outside it.

    Raises Refusal for any other `reason` (an `EndReason`), and without a stay to end: an expulsion is a disciplinary
    measure too, and `members.discipline` writes both.
    """
    if reason == EndReason.EXPELLED or reason not in ENDINGS:
        raise Refusal("Lý do phải là từ trần, xóa tên hoặc xin ra khỏi Đảng; khai trừ thì ghi là kỷ luật.")
    return end(open_spell(member, day), day, reason, decision)


def open_spell(member: Member, day: date) -> Spell:
    """Open spell of `member` to be ended on `day`, with the row of the member locked against a second change meanwhile.

    Raises Refusal when there is none, or when it began no earlier than `day`.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    spell = current_spell(member)
    if day <= spell.started_on:
        raise Refusal(f"{member} mới đến chi bộ ngày {spell.started_on:%d/%m/%Y}: chọn ngày sau ngày đó.")
    return spell


def current_spell(member: Member) -> Spell:
    """Open spell of `member`, with its unit. Raises Refusal when there is none."""
    spell = member.spells.filter(ended_on=OPEN).select_related("unit").first()
    if spell is None:
        raise Refusal(f"{member} hiện không sinh hoạt ở chi bộ nào.")
    return spell


def check_cell(unit: Unit, day: date) -> None:
    """Validate a cell. Raises Refusal when `unit` does not exist on `day` or is no cell then."""
    period = period_on(unit, day)
    if period.kind not in CELLS:
        raise Refusal(f"“{period.name}” là {period.get_kind_display().lower()}, không phải là chi bộ.")


def last_spell(member: Member) -> Spell | None:
    """Latest spell of `member`, or None: how it ended says whether the person is still in the Party."""
    return member.spells.order_by("started_on").last()


def is_in_the_party(member: Member) -> bool:
    """Membership test: whether `member` is in a cell of ours or went from there to another committee."""
    last = last_spell(member)
    return last is not None and last.end_reason not in ENDINGS


def start(
    member: Member, unit: Unit, day: date, reason: str, decision: Decision = NO_DECISION, came_from: str = ""
) -> Spell:
    """Start a stay of `member` in `unit`; part of an action. `reason` is a `StartReason`.

    Raises Refusal when `unit` is no cell on `day`, the member has another stay, or has left the Party for good.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # the cell must not end meanwhile
    check_cell(unit, day)
    Member.objects.select_for_update().get(pk=member.pk)
    other = member.spells.filter(ended_on__gt=day).select_related("unit").first()
    if other:
        name = period_on(other.unit, other.started_on).name
        raise Refusal(
            f"{member} đang sinh hoạt ở “{name}” từ {other.started_on:%d/%m/%Y}: kết thúc giai đoạn đó trước."
        )
    last = last_spell(member)
    if last and last.end_reason in ENDINGS and (last.end_reason == EndReason.DIED or reason not in RETURNS):
        ending = last.get_end_reason_display().lower()
        raise Refusal(f"{member} đã ra khỏi Đảng ngày {last.ended_on:%d/%m/%Y} ({ending}).")
    fields = {"start_reason": reason, "came_from": came_from, **decision.fields}
    return create(Spell, member=member, unit=unit, started_on=day, **fields)


def end(spell: Spell, day: date, reason: str, decision: Decision = NO_DECISION, went_to: str = "") -> Spell:
    """End a stay on `day`, and with it the posts held in its unit; part of an action. `reason` is an `EndReason`.

    Raises Refusal when it has ended already, or a post of the member is recorded from `day` or later.
    """
    if spell.ended_on != OPEN:
        ending = spell.get_end_reason_display().lower()
        raise Refusal(f"{spell.member} đã được ghi thôi sinh hoạt ngày {spell.ended_on:%d/%m/%Y} ({ending}).")
    held = spell.unit.positions.filter(member=spell.member, ended_on__gt=day)
    for position in held.exclude(post=Post.OVERSEER):  # who looks after the cell does so from a committee above it
        if position.started_on >= day:
            raise Refusal(f"{spell.member} có chức vụ ghi từ {position.started_on:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}.")
        change(position, ended_on=day)
    decided = {"end_decision_number": decision.number, "end_decision_date": decision.day}
    return change(spell, ended_on=day, end_reason=reason, went_to=went_to, **decided)


@action
def register_newcomer(
    *,
    person: Mapping[str, Any],
    levels: Mapping[str, str],
    unit: Unit,
    day: date,
    way: str,
    decision: Decision = NO_DECISION,
    came_from: str = "",
) -> Member:
    """Register a member who comes to `unit` on `day`: `person` is the card, `levels` hold from that day.

    `way` is one of `WAYS_IN`. Raises Refusal as `receive` and `transfer_in` do.
    """
    member = create(Member, **person)
    arrival = {"member": member, "unit": unit, "day": day, "decision": decision, "came_from": came_from}
    if way == StartReason.RECEIVED_WITH_UNIT:
        receive(**arrival)
    else:
        transfer_in(far=way == StartReason.TRANSFERRED_IN_FAR, **arrival)
    if any(levels.values()):
        set_levels(member=member, day=day, **levels)
    return member
