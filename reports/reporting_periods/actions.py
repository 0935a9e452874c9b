"""Actions on reporting periods: open, confirm, accept or send back, close, reopen."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.guarded_acts import GuardedAct, guard
from binhlu_portal.db.actions import Refusal, action, change, create
from binhlu_portal.moment.moment import Moment
from organizations.choices import LEADING
from organizations.models import Unit
from organizations.units.actions import period_on
from reports.narrative.outline.actions import check_outline
from reports.printed_forms.catalogue import ANNEXES
from reports.reporting_periods.later_changes import bound_to, later_changes, other_values, unchanged, undoing
from reports.reporting_periods.models import USUAL_OUTLINE, Answer, Confirmation, ReportingPeriod
from reports.reporting_periods.queries import units_asked
from reports.reporting_periods.told_changes import in_one_sentence

from .closing.freeze import forms_of, freeze

CARRIED = ("authority", "post", "office_post", "form_suffix", "explains")
"""What a period takes over from the last one of its committee; names of who signs start afresh."""

CHANGED_SINCE = "Số liệu của đơn vị đã thay đổi sau khi xác nhận: đề nghị đơn vị xác nhận lại, hoặc trả lại để sửa."
NOBODY_WAITS = "Không có đơn vị nào đang chờ nhận số liệu."
"""Why nothing can be accepted; the pages say so before anybody tries."""


@action
def open_period(
    *,
    unit: Unit,
    as_of: date,
    since: date,
    year: int,
    due_on: date,
    today: date,
    forms: Collection[str] = tuple(ANNEXES),
    outline: str = USUAL_OUTLINE,
) -> ReportingPeriod:
    """Open a reporting period: ask the units beneath `unit` to confirm their records as of a day; `forms` are codes,
    and so is the `outline` that the report follows.

    Raises Refusal when `unit` is no committee that asks others, for an impossible moment, a due day in the past, an
    unknown form or outline, and while another period is open.
    """
    name = period_on(unit, as_of)
    if name.kind not in LEADING:
        raise Refusal(f"“{name}” không mở kỳ báo cáo: chọn toàn Đảng, đảng bộ tỉnh hoặc đảng bộ xã.")
    try:
        Moment.of(unit, None, today=as_of, as_of=as_of, since=since, year=year)
    except ValueError as error:
        raise Refusal(str(error)) from error
    if due_on < (first := max(today, as_of)):
        raise Refusal({"due_on": f"Hạn sớm nhất là {first:%d/%m/%Y}: chọn ngày đó hoặc muộn hơn."})
    offered = forms_of(unit, is_used=True)
    if unknown := set(forms) - set(offered):
        raise Refusal({"forms": f"Không có biểu {', '.join(sorted(unknown))}: chọn trong các biểu của báo cáo."})
    check_outline(unit, outline)
    if running := ReportingPeriod.objects.open().filter(unit=unit, reopened_for="").first():
        raise Refusal(f"{running} chưa khóa: khóa kỳ đó trước; nếu kỳ đó mở nhầm thì hủy ở trang của kỳ.")
    asked = {"as_of": as_of, "since": since, "year": year, "due_on": due_on}
    if last := ReportingPeriod.objects.filter(unit=unit).first():
        asked |= {name: getattr(last, name) for name in CARRIED}
    codes = " ".join(code for code in offered if code in forms)
    return create(ReportingPeriod, unit=unit, opened_on=today, forms=codes, outline=outline, **asked)


@action
def set_signature(*, period: ReportingPeriod, **fields: str | bool) -> ReportingPeriod:
    """Set who signs what is made in a period, how its forms are numbered and its report printed.

    Raises Refusal when it is closed.
    """
    if not period.is_open:
        raise Refusal(f"{period} đã khóa: mở lại kỳ đó (có lý do) rồi ghi.")
    return change(period, **fields)


@action
def cancel_period(*, period: ReportingPeriod) -> None:
    """Cancel a period on which nothing rests yet; the history keeps that it was.

    Raises Refusal when it was closed once, confirmed by a unit, or has texts.
    """
    if period.closings.exists():
        raise Refusal("Kỳ này đã khóa và có số liệu được giữ: không hủy được, cần sửa thì mở lại kỳ.")
    if period.confirmations.exists():
        raise Refusal(
            "Đã có đơn vị xác nhận số liệu: các đơn vị rút xác nhận thì mới hủy kỳ được, "
            "không thì khóa kỳ rồi mở kỳ khác."
        )
    if period.texts.exists():
        raise Refusal("Báo cáo của kỳ này đã có nhận định: hoàn tác các lần ghi đó ở mục Lịch sử rồi hủy kỳ.")
    period.delete()


@action
def confirm(
    *, period: ReportingPeriod, unit: Unit, user: User, now: datetime, shown: int | None = None
) -> Confirmation:
    """Confirm: `user` stands for the records of `unit` in the period, as they were when `shown` was the newest
    entry of the history.

    What changed after it was confirmed is confirmed again, in place of that. Raises Refusal when the period is closed,
    before its as-of day, for a unit that is not asked, and when something has changed since it was shown.
    """
    _check_open(period)
    if timezone.localtime(now).date() < period.as_of:
        raise Refusal(f"Chưa đến ngày số liệu {period.as_of:%d/%m/%Y}: xác nhận từ ngày đó.")
    if not units_asked(period).filter(unit=unit).exists():
        raise Refusal("Tổ chức đảng này không phải xác nhận trong kỳ này: tổ chức đảng cấp trên xác nhận chung.")
    seen = Confirmation(unit=unit, entry=shown)
    if changed := undoing(period, later_changes(period, [seen])):
        told = in_one_sentence(changed[unit.pk], user)
        raise Refusal(f"Số liệu vừa thay đổi sau khi mở trang này: {told}. Xem lại số liệu rồi xác nhận.")
    bound = bound_to(period, unit)
    before = Confirmation.objects.standing().select_for_update().filter(period=period, unit=unit).first()
    if before and (not unchanged(period, [before]) or other_values(before.values, bound["values"])):
        change(before, answer=Answer.REPLACED, answered_by=user, answered_at=now)
    return create(Confirmation, period=period, unit=unit, user=user, at=now, **bound)


@action
def withdraw(*, confirmation: Confirmation) -> None:
    """Withdraw a confirmation, so that the records can be corrected and confirmed again.

    Raises Refusal when the period is closed, and when the confirmation is accepted or returned.
    """
    _check_open(confirmation.period)
    if confirmation.answer == Answer.ACCEPTED:
        raise Refusal("Văn phòng đã nhận số liệu của đơn vị: đề nghị văn phòng trả lại rồi sửa.")
    if confirmation.answer == Answer.RETURNED:
        raise Refusal("Văn phòng đã trả lại lần xác nhận này: sửa số liệu rồi xác nhận lại.")
    confirmation.delete()


@action
def accept(*, confirmation: Confirmation, user: User, now: datetime) -> Confirmation:
    """Accept what a unit has confirmed as its part of the report.

    Raises Refusal when closed or answered already, and when something of the unit has changed since it confirmed.
    """
    _check_open(confirmation.period)
    if not unchanged(confirmation.period, [confirmation]):
        raise Refusal(CHANGED_SINCE)
    if confirmation.answer:
        raise Refusal(f"Lần xác nhận này đã được trả lời: {confirmation.get_answer_display().lower()}.")
    return change(confirmation, answer=Answer.ACCEPTED, answered_by=user, answered_at=now)


@action
def accept_all(*, period: ReportingPeriod, user: User, now: datetime) -> int:
    """Accept what all units have confirmed that wait for an answer; return how many there were.

    What has changed since it was confirmed waits to be confirmed again. Raises Refusal when the period is closed, and
    when none waits.
    """
    _check_open(period)
    waiting = unchanged(period, Confirmation.objects.select_for_update().filter(period=period, answer=""))
    if not waiting:
        raise Refusal(NOBODY_WAITS)
    for confirmation in waiting:
        confirmation.answer, confirmation.answered_by, confirmation.answered_at = Answer.ACCEPTED, user, now
    Confirmation.objects.bulk_update(waiting, ["answer", "answered_by", "answered_at"], batch_size=500)
    return len(waiting)


@action
def send_back(*, confirmation: Confirmation, user: User, now: datetime, reason: str) -> Confirmation:
    """Send back what a unit has confirmed, also when it was accepted before: the unit corrects it and confirms again.

    Raises Refusal when the period is closed, and when it was sent back already.
    """
    _check_open(confirmation.period)
    if confirmation.answer == Answer.RETURNED:
        raise Refusal("Lần xác nhận này đã được trả lại.")
    answer = {"answer": Answer.RETURNED, "answer_reason": reason, "answered_by": user, "answered_at": now}
    return change(confirmation, **answer)


@action
def close_period(*, period: ReportingPeriod, today: date, remark: str = "") -> ReportingPeriod:
    """Close the period: its figures, lists and annexes are frozen, and the records of its days are locked.

    Nobody confirms any more, and the next period can be opened. What its report leaves open is kept with the `remark`
    of who closes it all the same. Raises Refusal when it is closed, and before its as-of day.
    """
    _check_open(period)
    if period.as_of > today:
        raise Refusal(f"Chưa đến ngày số liệu {period.as_of:%d/%m/%Y}: khóa kỳ từ ngày đó.")
    change(period, closed_on=today, reopened_for="")
    freeze(period, units_asked(period).values_list("unit", flat=True), today, remark)
    return period


@action
def reopen(*, user: User | None, period: ReportingPeriod, reason: str) -> ReportingPeriod:
    """Reopen a closed period: its records are unlocked until it is closed anew; what it froze stays.

    A guarded act of `user`. Raises Refusal when it is open, and when a later closed period locks the same days.
    """
    if period.is_open:
        raise Refusal("Kỳ báo cáo này đang mở.")
    later = ReportingPeriod.objects.filter(unit=period.unit, closed_on__isnull=False, as_of__gt=period.as_of).first()
    if later:
        raise Refusal(f"{later} cũng khóa những ngày này: mở lại kỳ đó trước.")
    guard(user, GuardedAct.REOPEN, str(period))
    return change(period, closed_on=None, reopened_for=reason)


def _check_open(period):
    if not period.is_open:
        raise Refusal("Kỳ báo cáo đã khóa: không xác nhận, không rút xác nhận được nữa.")
