"""Actions on the report of a period: write a text, use a template of the committee or the built-in one."""

from datetime import datetime

from binhlu_portal.accounts.models import User
from binhlu_portal.db.actions import Refusal, action, change, create
from reports.narrative.models import ReportTemplate, ReportText
from reports.narrative.outline import WRITTEN
from reports.placeholders.report import REPORT
from reports.reporting_periods.models import ReportingPeriod

from .content import report
from .document import document
from .limits import LARGEST


@action
def use_template(*, period: ReportingPeriod, user: User, now: datetime, name: str, content: bytes) -> ReportTemplate:
    """Use the template `content` for the reports of the committee of `period` from now on.

    The report of the period is made of it once, for the reader `user`. Raises Refusal when it cannot be filled, is
    empty or too large.
    """
    if not 0 < len(content) <= LARGEST:
        raise Refusal("Tệp mẫu trống hoặc lớn hơn 5 MB: chọn tệp khác.")
    document(report(period.moment(user), period.form_codes), content)
    return create(ReportTemplate, unit=period.unit, user=user, at=now, name=name[-120:], content=content)


@action
def use_own_template(*, period: ReportingPeriod, user: User, now: datetime) -> ReportTemplate:
    """Use the portal's own template again for the reports of the committee of `period`."""
    return create(ReportTemplate, unit=period.unit, user=user, at=now)


@action
def write_text(*, period: ReportingPeriod, section: str, text: str) -> ReportText:
    """Write what the report of `period` says in `section`.

    What is empty is said by nobody: neither this report nor a later one carries on what was there before. Raises
    Refusal for an unknown section or place-holder, and when the period is closed.
    """
    if section not in WRITTEN:
        raise Refusal("Báo cáo không có mục này: chọn mục ở trang báo cáo.")
    if not period.is_open:
        raise Refusal(f"{period} đã khóa: mở lại kỳ đó (có lý do) rồi viết.")
    if wrong := REPORT.errors_in(text):
        raise Refusal({"text": wrong})
    found = ReportText.objects.filter(period=period, section=section).first()
    if found:
        return change(found, text=text)
    return create(ReportText, period=period, section=section, text=text)
