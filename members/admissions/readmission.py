"""Readmission (kết nạp lại): who may come back to the Party, and when."""

from datetime import date

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.db.actions import Refusal
from members.choices import EndReason, StartReason
from members.membership.actions import last_spell
from members.models import Member
from organizations.in_force import InForce

MONTHS = "admissions.readmission_months"
"""How long somebody has been out of the Party before coming back."""


def check_readmission(member: Member, decided_on: date, consent: str) -> None:
    """Check that `member` may be admitted again by a decision of the day `decided_on`; part of an action.

    Raises Refusal without the written `consent` of the province, the second time, for someone who left at their own
    wish, and too soon after leaving. Where somebody left from a committee we do not keep, that day is not known here.
    """
    in_force = InForce(decided_on)
    if not consent:
        raise Refusal(
            {
                "consent": in_force.cite(
                    "Kết nạp lại phải được cấp ủy cấp tỉnh đồng ý bằng văn bản ({charter_guidance}): "
                    "ghi số, ngày văn bản."
                )
            }
        )
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
    months = in_force.value(MONTHS)
    earliest = months_later(last.ended_on, months)
    if decided_on < earliest:
        raise Refusal(
            {
                "decision_date": in_force.cite(
                    f"{member} ra khỏi Đảng ngày {last.ended_on:%d/%m/%Y}: chỉ xét kết nạp lại khi đã đủ {months} "
                    f"tháng, từ ngày {earliest:%d/%m/%Y} ({{charter_guidance}})."
                )
            }
        )
