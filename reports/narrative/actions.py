"""Actions on the report of a period: write a text, use a template of the committee or the built-in one."""

from datetime import datetime

from binhlu_portal.accounts.models import User
from binhlu_portal.db.actions import Refusal, action, change, create
from organizations.scope import SYSTEM, Reader
from reports.narrative.models import ReportTemplate, ReportText
from reports.placeholders.report import REPORT
from reports.reporting_periods.models import ReportingPeriod

from .content import report
from .document import document
from .limits import LARGEST, TOO_LARGE
from .outline.queries import outline_of


@action
def use_template(*, period: ReportingPeriod, user: User, now: datetime, name: str, content: bytes) -> ReportTemplate:
    """Use the template `content` for the reports of the committee by the outline of `period` from now on.

    The report of the period is made of it once, for the reader `user`. Raises Refusal when it cannot be filled, is
    empty or too large.
    """
    if not 0 < len(content) <= LARGEST:
        raise Refusal(TOO_LARGE)
    outline = outline_of(period)
    document(report(period.moment(user), outline, period.form_codes), content)
    used = {"unit": period.unit, "outline": outline.code}
    return create(ReportTemplate, **used, user=user, at=now, name=name[-120:], content=content)


@action
def use_own_template(*, period: ReportingPeriod, user: User, now: datetime) -> ReportTemplate:
    """Use the portal's own template again for the reports of the committee by the outline of `period`."""
    return create(ReportTemplate, unit=period.unit, outline=period.outline, user=user, at=now)


@action
def write_text(*, period: ReportingPeriod, section: str, text: str, user: Reader = SYSTEM) -> ReportText:
    """Write what the report of `period` says in `section`; it names only units that `user` may see.

    What is empty is said by nobody: neither this report nor a later one carries on what was there before. Raises
    Refusal for an unknown section or place-holder, and when the period is closed.
    """
    outline = outline_of(period)
    if section not in outline.written:
        raise Refusal("Báo cáo không có mục này: chọn mục ở trang báo cáo.")
    if not period.is_open:
        raise Refusal(f"{period} đã khóa: mở lại kỳ đó (có lý do) rồi viết.")
    if wrong := REPORT.errors_in(text, period.unit, user):
        raise Refusal({"text": wrong})
    found = ReportText.objects.filter(period=period, outline=outline.code, section=section).first()
    if found:
        return change(found, text=text)
    return create(ReportText, period=period, outline=outline.code, section=section, text=text)
