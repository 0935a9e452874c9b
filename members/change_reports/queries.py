"""Queries of reports of change: what waits for the office, what a cell has reported, what is written already."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When

from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.moment.moment import Moment
from members.models import ChangeReport, Member, Position, Spell
from members.models.change_report import ChangeReportState
from organizations.scope import Reader
from organizations.tree_queries import unit_lies_beneath

RECENT = timedelta(days=30)
"""How long the home page of a cell shows a report that is closed."""


def reports_beneath(moment: Moment) -> QuerySet[ChangeReport]:
    """Return the reports of the cells beneath the unit of the moment, as far as the reader may see them."""
    return ChangeReport.objects.visible_to(moment.user).filter(unit_lies_beneath(None)(moment))


def waiting_count(moment: Moment) -> int:
    """Return how many reports wait for the office."""
    return reports_beneath(moment).filter(state=ChangeReportState.WAITING).count()


def open_by_state(moment: Moment) -> list[tuple[ChangeReportState, int]]:
    """Return how many reports are open, by their state: those that wait for the office last."""
    found = reports_beneath(moment).open().order_by("state").values_list("state")
    return [(ChangeReportState(state), number) for state, number in found.annotate(Count("pk"))]


def reports_of_late(moment: Moment, most: int) -> QuerySet[ChangeReport]:
    """Return the reports that are open, those with a question first, and those closed of late; at most `most`."""
    of_late = Q(closed_on__isnull=True) | Q(closed_on__gt=moment.as_of - RECENT)
    urgency = Case(When(state=ChangeReportState.ASKED, then=0), When(closed_on=None, then=1), default=2)
    found = reports_beneath(moment).filter(of_late).select_related("member")
    return found.order_by(urgency, "-reported_on", "-pk")[:most]


def open_reports_about(member: Member, user: Reader) -> QuerySet[ChangeReport]:
    """Return the open reports about a member that `user` may see."""
    return ChangeReport.objects.visible_to(user).open().filter(member=member)


def act_of(report: ChangeReport) -> UUID | None:
    """Return the act in which a report was closed, and its change written, None while it is open."""
    entries = Entry.objects.filter(table=ChangeReport._meta.db_table, row=report.pk)
    return entries.filter(after__state=ChangeReportState.DONE).order_by("pk").values_list("act", flat=True).first()


def stay_ended(report: ChangeReport) -> str:
    """Return what is written of the end of the stay in the cell that reported, "" while it goes on."""
    stay = Spell.objects.filter(member=report.member, unit=report.unit).order_by("-started_on").first()
    if stay is None or stay.ended_on == OPEN:
        return ""
    return f"{stay.get_end_reason_display()} từ {stay.ended_on:%d/%m/%Y}"


def exemption_of(report: ChangeReport) -> str:
    """Return what is written of an exemption that goes on after the day that is asked for, "" for none."""
    day = report.day.last_day if report.day else report.reported_on
    found = report.member.exemptions.filter(ended_on__gt=day).first()
    return f"{found.get_kind_display()} từ {found.started_on:%d/%m/%Y}" if found else ""


def held_post(report: ChangeReport) -> Position | None:
    """Return the post in the cell that a report tells of, while the member holds it."""
    return _posts(report).filter(ended_on=OPEN).first()


def posts_held(member: Member) -> QuerySet[Position]:
    """Return the posts that a member holds in the own cell."""
    here = member.spells.filter(ended_on=OPEN).values("unit")
    return member.positions.filter(unit__in=here, ended_on=OPEN)


def post_held(report: ChangeReport) -> str:
    """Return what is written of the post that was taken, "" for none."""
    found = held_post(report)
    return f"{found.get_post_display()} từ {found.started_on:%d/%m/%Y}" if found else ""


def post_left(report: ChangeReport) -> str:
    """Return what is written of the post that was left, "" while it is held, or was never written down."""
    found = None if held_post(report) else _posts(report).order_by("-ended_on", "pk").first()
    return f"{found.get_post_display()} đến trước ngày {found.ended_on:%d/%m/%Y}" if found else ""


def _posts(report):
    return report.member.positions.filter(unit=report.unit, post=report.post)


def badge_of(report: ChangeReport) -> str:
    """Return what is written of the badge that is asked for, "" for none."""
    found = report.member.badges.filter(years=report.years).first()
    return f"Huy hiệu {found.years} năm, trao {found.awarded_on:%d/%m/%Y}" if found else ""
