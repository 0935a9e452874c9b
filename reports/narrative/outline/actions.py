"""Actions on outlines: use one of the committee's own, go back to the built-in one, let a report follow another."""

from datetime import datetime

from binhlu_portal.accounts.models import User
from binhlu_portal.db.actions import Refusal, action, change, create
from organizations.models import Unit
from reports.narrative.content import report
from reports.narrative.document import document
from reports.narrative.models import ReportOutline, ReportTemplate, ReportText
from reports.placeholders.moments import unknown_units
from reports.placeholders.syntax import names_in, read
from reports.reporting_periods.models import ReportingPeriod

from . import builtin, queries
from .codes import keep_codes
from .parser import parse
from .parts import Outline

OWN = "rieng-"
"""What the codes of outlines begin with that the portal does not know."""


@action
def use_outline(*, period: ReportingPeriod, user: User, now: datetime, text: str) -> ReportOutline:
    """Use `text` from now on as the outline that `period` follows, in every open report by it of its committee.

    Headings keep what was written under them. The report of the period is made once, for the reader `user`. Raises
    Refusal for everything that is wrong in the outline, when the template in use does not fit it, and when the period
    is closed.
    """
    period = _open(period)
    used = ReportText.objects.filter(period__unit=period.unit, outline=period.outline).values_list("section", flat=True)
    new = parse(period.outline, text)
    new = parse(period.outline, keep_codes(new, queries.outline_of(period), {*used}))
    return _use(period, user, now, new, new.text)


@action
def use_builtin_outline(*, period: ReportingPeriod, user: User, now: datetime) -> ReportOutline:
    """Use the portal's own outline again, of the code that `period` follows.

    Raises Refusal when there is none, when the template in use does not fit it, and when the period is closed.
    """
    period = _open(period)
    if not builtin.text_of(period.outline):
        raise Refusal("Hệ thống không có sẵn đề cương này: sửa đề cương đang dùng, hoặc chọn đề cương khác.")
    return _use(period, user, now, queries.built_in(period.outline), "")


@action
def start_outline(*, period: ReportingPeriod, user: User, now: datetime, text: str) -> ReportOutline:
    """Keep `text` as one more outline of the committee, and let the report of `period` follow it.

    Raises Refusal for everything that is wrong in it, and when the period is closed.
    """
    period = _open(period)
    own = ReportOutline.objects.filter(unit=period.unit, code__startswith=OWN).values("code").distinct().count()
    outline = parse(f"{OWN}{own + 1}", text)
    change(period, outline=outline.code)
    return _use(period, user, now, outline, text)


@action
def follow_outline(*, period: ReportingPeriod, outline: str) -> ReportingPeriod:
    """Let the report of `period` follow the outline with this code; what was written by another stays with that.

    Raises Refusal when the committee has no such outline, and when the period is closed.
    """
    period = _open(period)
    check_outline(period.unit, outline)
    return change(period, outline=outline)


def check_outline(unit: Unit, code: str) -> None:
    """Raise Refusal when reports of `unit` cannot follow the outline with this code."""
    if code not in queries.outlines_of([unit]):
        raise Refusal({"outline": "Cấp ủy không có đề cương này: chọn trong các đề cương đang có."})


def _open(period: ReportingPeriod) -> ReportingPeriod:
    """Return the period as it is now, kept from others until the action is done."""
    found = ReportingPeriod.objects.select_for_update(of=("self",)).select_related("unit").get(pk=period.pk)
    if not found.is_open:
        raise Refusal(f"{found} đã khóa: mở lại kỳ đó (có lý do) rồi sửa đề cương.")
    return found


def _use(period: ReportingPeriod, user: User, now: datetime, outline: Outline, text: str) -> ReportOutline:
    named = [read(name) for said in outline.texts for name in names_in(said)]
    if wrong := unknown_units(named, period.unit, user):
        raise Refusal(wrong)
    moment = period.moment(user)
    try:
        document(report(moment, outline, period.form_codes), ReportTemplate.of(moment, outline))
    except Refusal as refusal:
        raise Refusal(["Mẫu báo cáo đang dùng không hợp với đề cương này:", *refusal.messages]) from refusal
    named = {"unit": period.unit, "code": outline.code, "name": outline.name}
    return create(ReportOutline, **named, user=user, at=now, text=text)
