"""Actions of cell meetings."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from assessments.meetings.queries import expected_stays
from assessments.models import Absence, Meeting
from binhlu_portal.db.actions import Refusal, action, change, create
from members.models import Member
from organizations.models import Unit

KEPT = ("expected", "present")
"""What follows from attendance by name."""

COUNTED = "Buổi này điểm danh theo tên: số phải dự và có mặt theo điểm danh, sửa ở trang điểm danh."


class Absent(NamedTuple):
    """Somebody who was expected at a meeting and was not there, and why."""

    member: Member
    reason: str
    note: str = ""


@action
def hold_meeting(
    *, unit: Unit, day: date, kind: str, expected: int, present: int, guests: int | None = None, topic: str = ""
) -> Meeting:
    """Record a meeting of a cell with the numbers of members expected and present, and of guests where counted.

    Raises ValidationError for more present than expected, for more expected than the cell has members on `day`, and
    for nobody expected.
    """
    numbers = {"expected": expected, "present": present, "guests": guests}
    return create(Meeting, unit=unit, held_on=day, kind=kind, topic=topic, **numbers)


@action
def hold_by_name(
    *, unit: Unit, day: date, kind: str, absent: Collection[Absent], guests: int | None = None, topic: str = ""
) -> Meeting:
    """Record a meeting of a cell by the names of those `absent`: all others who were expected were there.

    Raises ValidationError when nobody was expected, and Refusal for an absence of somebody who was not.
    """
    fields = {"kind": kind, "topic": topic, "guests": guests}
    meeting = create(Meeting, unit=unit, held_on=day, by_name=True, **fields, **_numbers(unit, day, absent))
    _write(meeting, absent)
    return meeting


@action
def correct_meeting(*, meeting: Meeting, absent: Collection[Absent] | None = None, **fields: Any) -> Meeting:
    """Put right what was written of a meeting; with `absent`, attendance is kept by name from now on.

    On another day others may have been expected: the numbers of a meeting by name follow. Raises Refusal for numbers
    that are others than the names say, and for an absence of somebody who was not expected.
    """
    day = fields.get("held_on", meeting.held_on)
    moved = day != meeting.held_on
    if absent is None and meeting.by_name:
        if any(fields.get(name, getattr(meeting, name)) != getattr(meeting, name) for name in KEPT):
            raise Refusal({name: COUNTED for name in KEPT if name in fields})
        rows = meeting.absences.select_related("member") if moved else ()
        absent = [Absent(row.member, row.reason, row.note) for row in rows] if moved else None
    if absent is None:
        return change(meeting, **fields)
    told = {row.member_id: row for row in meeting.absences.all()}
    said = {one.member.pk: one for one in absent}
    for pk, row in told.items():
        if moved or pk not in said:
            row.delete()
    numbers = _numbers(meeting.unit, day, absent)
    change(meeting, **fields | numbers, by_name=True)
    for pk, one in said.items():
        if not moved and pk in told:
            change(told[pk], reason=one.reason, note=one.note)
    _write(meeting, [one for pk, one in said.items() if moved or pk not in told])
    return meeting


@action
def remove_meeting(*, meeting: Meeting) -> None:
    """Delete a meeting that was written by mistake, with its attendance; the history keeps both."""
    for row in meeting.absences.all():
        row.delete()
    meeting.delete()


def _numbers(unit, day, absent):
    """Return how many were expected and present at a meeting of `unit`, by the names of those `absent`."""
    expected = dict(expected_stays([unit], day).values_list("member", "member__full_name"))
    for one in absent:
        if one.member.pk not in expected:
            raise Refusal(f"{one.member} không phải dự buổi sinh hoạt ngày {day:%d/%m/%Y}: bỏ khỏi danh sách vắng.")
    return {"expected": len(expected), "present": len(expected) - len(absent)}


def _write(meeting, absent):
    of_meeting = {"meeting": meeting, "unit": meeting.unit, "held_on": meeting.held_on}
    for one in absent:
        create(Absence, member=one.member, reason=one.reason, note=one.note, **of_meeting)
