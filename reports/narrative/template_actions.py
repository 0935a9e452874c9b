"""Verbs of the templates of the report: a committee uses one of its own, or the portal's again."""

from binhlu_portal.db.actions import Refusal, action, create
from reports.narrative.models import ReportTemplate

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
