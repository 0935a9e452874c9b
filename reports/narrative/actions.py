"""Actions on the report of a period: write a text, use a template of the committee or the built-in one."""

from binhlu_portal.db.actions import Refusal, action, change, create
from reports.narrative.models import ReportTemplate, ReportText
from reports.narrative.outline import WRITTEN
from reports.narrative.placeholders import unknown

from .content import report
from .document import document
from .limits import LARGEST


@action
def use_template(*, period, user, now, name, content):
    """Let the committee of `period` make its reports of the template `content` from now on.

    The report of the period is made of it once, for the reader `user`, so that one that cannot be filled is refused.
    """
    if not 0 < len(content) <= LARGEST:
        raise Refusal("Tệp mẫu trống hoặc lớn hơn 5 MB: chọn tệp khác.")
    document(report(period.moment(user), period.form_codes), content)
    return create(ReportTemplate, unit=period.unit, user=user, at=now, name=name[-120:], content=content)


@action
def use_own_template(*, period, user, now):
    """Let the committee of `period` make its reports of the portal's own template again."""
    return create(ReportTemplate, unit=period.unit, user=user, at=now)


@action
def write_text(*, period, section, text):
    """Write what the report of `period` says in `section`; place-holders in it must be known.

    What is empty is said by nobody: neither this report nor a later one carries on what was there before.
    """
    if section not in WRITTEN:
        raise Refusal("Báo cáo không có mục này: chọn mục ở trang báo cáo.")
    if not period.is_open:
        raise Refusal(f"{period} đã khóa: mở lại kỳ đó (có lý do) rồi viết.")
    if wrong := unknown(text):
        raise Refusal({"text": wrong})
    found = ReportText.objects.filter(period=period, section=section).first()
    if found:
        return change(found, text=text)
    return create(ReportText, period=period, section=section, text=text)
