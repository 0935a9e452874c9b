"""Readmission (kết nạp lại): who may come back to the Party, and when."""

from datetime import date

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.db.actions import Refusal
from members.choices import NO_WAY_BACK, EndReason, StartReason
from members.membership.actions import last_spell
from members.models import Member, Spell
from organizations.in_force import InForce

MONTHS = "admissions.readmission_months"
"""How long somebody has been out of the Party before coming back."""

CONSENT = "Kết nạp lại phải được cấp ủy cấp tỉnh đồng ý bằng văn bản ({charter_guidance}): ghi số, ngày văn bản."


def outlook(stays: list[Spell], in_force: InForce) -> str:
    """Return in a sentence from when on somebody who left the Party may come back, or that this is not considered.

    `stays` are those of the person, the last first, which ended by leaving the Party.
    """
    if stays[0].end_reason == EndReason.RESIGNED:
        return in_force.cite("Tự xin ra khỏi Đảng: không xem xét kết nạp lại ({charter_guidance}).")
    if not may_return(stays):
        return in_force.cite("Đã được kết nạp lại một lần: không kết nạp lại lần nữa ({charter_guidance}).")
    day = earliest(stays[0], in_force)
    return in_force.cite(
        f"Xét kết nạp lại sớm nhất từ ngày {day:%d/%m/%Y}, khi đã ra khỏi Đảng đủ {{{MONTHS}}} ({{charter_guidance}})."
    )


def may_return(stays: list[Spell]) -> bool:
    """Whether somebody of these stays, the last first, may come back after some time: alive, not asked out, once."""
    return stays[0].end_reason not in NO_WAY_BACK and all(stay.start_reason != StartReason.READMITTED for stay in stays)


def earliest(last: Spell, in_force: InForce) -> date:
    """Return the first day of a decision to admit again somebody whose stay `last` ended by leaving the Party."""
    return months_later(last.ended_on, in_force.value(MONTHS))


def check_readmission(member: Member, decided_on: date, consent: str) -> None:
    """Check that `member` may be admitted again by a decision of the day `decided_on`; part of an action.

    Raises Refusal without the written `consent` of the province, the second time, for someone who left at their own
    wish, and too soon after leaving. Where somebody left from a committee we do not keep, that day is not known here.
    """
    in_force = InForce(decided_on)
    if not consent:
        raise Refusal({"consent": in_force.cite(CONSENT)})
    if (
        member.admissions.filter(again=True, ceremony_on__isnull=False).exists()
        or member.spells.filter(start_reason=StartReason.READMITTED).exists()
    ):
        raise Refusal(
            in_force.cite(f"{member} đã được kết nạp lại một lần: chỉ kết nạp lại một lần ({{charter_guidance}}).")
        )
    last = last_spell(member)
    if last is None:
        return
    if last.end_reason == EndReason.RESIGNED:
        raise Refusal(in_force.cite(f"{member} tự xin ra khỏi Đảng: không xem xét kết nạp lại ({{charter_guidance}})."))
    first_day = earliest(last, in_force)
    if decided_on < first_day:
        raise Refusal(
            {
                "decision_date": in_force.cite(
                    f"{member} ra khỏi Đảng ngày {last.ended_on:%d/%m/%Y}: chỉ xét kết nạp lại khi đã đủ {{{MONTHS}}}, "
                    f"từ ngày {first_day:%d/%m/%Y} ({{charter_guidance}})."
                )
            }
        )
