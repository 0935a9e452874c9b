"""Actions on reports of change: a cell reports, answers and takes back; the office asks, declines and closes."""

from datetime import date
from typing import Any

from binhlu_portal.db.actions import Refusal, action, change, create
from members.membership.actions import current_spell
from members.models import ChangeReport, Member
from members.models.change_report import ChangeReportState
from organizations.models import Unit

from .rules import check_report


@action
def report_change(
    *,
    kind: str,
    reported_on: date,
    member: Member | None = None,
    unit: Unit | None = None,
    newcomer: str = "",
    **told: Any,
) -> ChangeReport:
    """Report a change of a `member`, in the name of the cell where the person is, or of a `newcomer` to a `unit`.

    `told` are fields of the report. Raises Refusal for somebody who is in no cell, while another report is open that
    tells the same or rules it out, and for what the office could not write.
    """
    unit = current_spell(member).unit if member else unit
    if first := ChangeReport.objects.open_one(kind, member, unit, newcomer):
        raise Refusal(said_already(first, kind))
    of_whom = {"member": member, "unit": unit, "newcomer": newcomer}
    report = create(ChangeReport, kind=kind, reported_on=reported_on, **of_whom, **told)
    check_report(report)
    return report


def said_already(first: ChangeReport, kind: str) -> str:
    """Return what is said of a change that an open report tells already, or rules out."""
    told = f"“{first}” đã được báo ngày {first.reported_on:%d/%m/%Y} và chưa xong ({first.get_state_display()})"
    if first.kind == kind:
        return f"{told}: mở báo đó ở sổ Báo thay đổi, không báo lại."
    return f"{told}. Báo nhầm thì mở báo đó ở sổ Báo thay đổi và rút lại, rồi báo việc này."


@action
def ask_back(*, report: ChangeReport, question: str) -> ChangeReport:
    """Ask the cell what the report leaves open. Raises Refusal for one that is closed."""
    return _go_on(report, ChangeReportState.ASKED, question=question)


@action
def answer_question(*, report: ChangeReport, answer: str, **told: Any) -> ChangeReport:
    """Answer what the office asked, and put right what was `told`.

    Raises Refusal for a report that is closed, and for what is told otherwise and the office could not write.
    """
    is_new = any(getattr(report, name) != value for name, value in told.items())
    _go_on(report, ChangeReportState.WAITING, answer=answer, **told)
    if is_new:
        check_report(report)
    return report


@action
def decline(*, report: ChangeReport, why: str, day: date) -> ChangeReport:
    """Close a report by which nothing is written. Raises Refusal for one that is closed."""
    return _go_on(report, ChangeReportState.DECLINED, question=why, closed_on=day)


@action
def withdraw(*, report: ChangeReport, day: date) -> ChangeReport:
    """Take a report back. Raises Refusal for one that is closed."""
    return _go_on(report, ChangeReportState.WITHDRAWN, closed_on=day)


@action
def close(*, report: ChangeReport, day: date) -> ChangeReport:
    """Close a report whose change is written down. Raises Refusal for one that is closed."""
    return _go_on(report, ChangeReportState.DONE, closed_on=day)


def _go_on(report, state, **told):
    if not report.is_open:
        raise Refusal(f"Báo này đã xong ngày {report.closed_on:%d/%m/%Y} ({report.get_state_display()}).")
    return change(report, state=state, **told)
