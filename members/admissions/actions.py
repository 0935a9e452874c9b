"""Actions of admission to the Party: list a candidate, record the course, admit, make official, drop, set targets.

Ages, months and days are those in force on the day of the act (Điều lệ Đảng, Articles 4 and 5, and its guidance).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from binhlu_portal.dates.partial_dates import PartialDate, completed_years
from binhlu_portal.db.actions import NO_DECISION, Decision, Refusal, action, change, create
from members.admissions.readmission import check_readmission
from members.choices import StartReason
from members.membership.actions import ENDINGS, check_cell, is_in_the_party, start
from members.models import Admission, AdmissionTarget, Member
from members.probation import probation_end
from organizations.in_force import InForce
from organizations.models import Unit

from . import entry

YOUNGEST = "admissions.youngest"
"""Completed years of age below which nobody is admitted."""

OLDEST = "admissions.oldest"
"""Completed years of age above which only the committee of the province may have somebody admitted; counted by the
month, on the day the cell votes."""


@action
def list_newcomer(*, unit: Unit, day: date, **card: Any) -> Admission:
    """List a candidate of a cell who has no record yet; `card` is what is known of the person.

    Raises as `list_candidate`.
    """
    return list_candidate(member=create(Member, **card), unit=unit, day=day)


@action
def list_candidate(*, member: Member, unit: Unit, day: date, **attributes: Any) -> Admission:
    """List a person as a candidate of a cell.

    Raises Refusal for members of the Party and when `unit` is no cell on `day`.
    """
    if is_in_the_party(member):
        raise Refusal(f"{member} đã là đảng viên.")
    check_cell(unit, day)
    return create(Admission, member=member, unit=unit, listed_on=day, **attributes)


@action
def record_course(*, admission: Admission, day: date) -> Admission:
    """Record the day on which a candidate finished the course on the Party (lớp nhận thức về Đảng).

    Raises Refusal when the candidate was dropped, or admitted before `day`.
    """
    if admission.closed_on:
        raise Refusal(f"{admission.member} đã được đưa khỏi danh sách theo dõi ngày {admission.closed_on:%d/%m/%Y}.")
    if admission.ceremony_on and day > admission.ceremony_on:
        raise Refusal(
            f"{admission.member} đã được kết nạp ngày {admission.ceremony_on:%d/%m/%Y}: lớp học phải trước đó."
        )
    return change(admission, course_on=day)


@action
def drop_candidate(*, admission: Admission, day: date) -> Admission:
    """Drop a person from the list of candidates. Raises Refusal when already admitted or dropped."""
    if admission.ceremony_on:
        raise Refusal("Người này đã được kết nạp; dùng chức năng xóa tên hoặc xin ra khỏi Đảng.")
    if admission.closed_on:
        raise Refusal(f"{admission.member} đã được đưa khỏi danh sách theo dõi ngày {admission.closed_on:%d/%m/%Y}.")
    return change(admission, closed_on=day)


@action
def admit(
    *,
    member: Member,
    unit: Unit,
    day: date,
    decision: Decision,
    again: bool = False,
    consent: str = "",
    **attributes: Any,
) -> Admission:
    """Admit a person at the ceremony held in `unit` on `day`; probation starts that day.

    `attributes` are those counted at admission: youth_union, rural, occupation, education. Someone struck off or
    expelled before comes back by `again` (kết nạp lại), with the `consent` of the province. Raises Refusal without a
    decision signed by `day`, below 18 years of age, for members of the Party, and as `check_readmission`.
    """
    if decision.day is None or decision.day > day:
        raise Refusal("Cần ngày ký quyết định kết nạp, không muộn hơn ngày lễ kết nạp.")
    youngest = InForce(day).value(YOUNGEST)
    if member.born_on and completed_years(member.born_on, day) < youngest:
        raise Refusal(f"{member} chưa đủ {youngest} tuổi vào ngày {day:%d/%m/%Y}.")
    if is_in_the_party(member):
        raise Refusal(f"{member} đã là đảng viên: dùng chức năng chuyển sinh hoạt đảng.")
    check_cell(unit, day)
    if again:
        check_readmission(member, decision.day, consent)
    waiting = member.admissions.filter(ceremony_on=None, closed_on=None).first()
    fields = {"unit": unit, "ceremony_on": day, "again": again, "consent": consent, **decision.fields, **attributes}
    admission = change(waiting, **fields) if waiting else create(Admission, member=member, **fields)
    start(member, unit, day, StartReason.READMITTED if again else StartReason.ADMITTED, decision)
    decided = (again and member.decided_on) or PartialDate.of(decision.day)  # years count from the first decision
    change(member, joined_on=PartialDate.of(day), decided_on=decided, official_on=None)
    return admission


@action
def make_official(*, admission: Admission, day: date | None = None, decision: Decision = NO_DECISION) -> Admission:
    """Recognise a probationary member as official.

    The date is the end of probation, however late the vote (294-QĐ/TW, 26/5/2025). Raises Refusal before that
    end, by a decision signed earlier, without admission, the second time, and for someone who has left the Party.
    """
    if admission.ceremony_on is None:
        raise Refusal("Người này chưa được kết nạp.")
    if admission.official_on:
        raise Refusal(f"{admission.member} đã được công nhận chính thức ngày {admission.official_on:%d/%m/%Y}.")
    due = probation_end(admission.ceremony_on, InForce(admission.ceremony_on))
    day = day or due
    if day < due:
        raise Refusal(f"Thời gian dự bị kết thúc ngày {due:%d/%m/%Y}: chưa thể công nhận chính thức.")
    if admission.member.spells.filter(end_reason__in=ENDINGS, ended_on__range=(admission.ceremony_on, day)).exists():
        raise Refusal(f"{admission.member} không còn là đảng viên vào ngày {day:%d/%m/%Y}.")
    change(admission, official_on=day, official_decision=decision.number, official_decided_on=decision.day)
    change(admission.member, official_on=PartialDate.of(day))
    return admission


@action
def correct_admission(*, row: Admission, **fields: Any) -> Admission:
    """Correct what was recorded of an admission; the stay it began and the days on the card are corrected with it.

    Raises Refusal for an official day before the end of probation.
    """
    return entry.correct(row, **fields)


@action
def set_target(*, unit: Unit, year: int, target: int) -> AdmissionTarget:
    """Set the admission target of `unit` for `year`, replacing an earlier one."""
    row = AdmissionTarget.objects.filter(unit=unit, year=year).first()
    return change(row, target=target) if row else create(AdmissionTarget, unit=unit, year=year, target=target)


@action
def set_targets(*, year: int, targets: Mapping[Unit, int | None]) -> None:
    """Set admission targets of many units for `year` at once, from {unit: number}; None takes a target back."""
    rows = AdmissionTarget.objects.filter(year=year, unit__in=targets)
    rows.filter(unit__in=[unit for unit, number in targets.items() if number is None]).delete()
    given = {unit.pk: number for unit, number in targets.items() if number is not None}
    kept = list(rows.filter(unit__in=given))
    for row in kept:
        row.target = given.pop(row.unit_id)
    AdmissionTarget.objects.bulk_update(kept, ["target"])
    AdmissionTarget.objects.bulk_create(
        AdmissionTarget(unit_id=unit, year=year, target=number) for unit, number in given.items()
    )
