"""Forms that a phone keeps without network, with the month around them: the pack of a secretary, as a page shows it.

It holds names, the steps of the month in words, numbers and empty forms, and nothing else of a person: no identity
number, no telephone, no address, of a birth the year, and that only of namesakes, who could not be told apart.
"""

from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.urls import reverse

from assessments.choices import MeetingKind
from assessments.meetings.forms import AttendanceForm
from assessments.meetings.queries import usual_day
from binhlu_portal.accounts.models import User
from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.data_checks import findings
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.moment.moment import Moment
from members.change_reports.change_types import CHANGE_TYPES
from members.change_reports.forms import ChangeReportForm
from members.namesakes import told_apart
from members.queries import members_on
from members.reminders.kinds import Reminder, counts
from members.reminders.spans import Span
from organizations.choices import CELLS
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right
from reports.figures import evaluate
from reports.figures.result import Result
from reports.home.month import MonthStep, month_steps
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.forms import ConfirmForm
from reports.reporting_periods.models import Answer, ReportingPeriod

MOST_CELLS = 3
"""Of so many cells the month is kept; hardly anybody is the secretary of two."""


@dataclass(frozen=True)
class KeptForm:
    """A form that can be filled in without network: where it is sent, and of whom it asks, if of a member."""

    form: Form
    address: str
    is_about_member: bool = False


@dataclass(frozen=True)
class KeptMonth:
    """The month of a cell: its steps in words, its people as (id, name), its forms, what there is to confirm.

    `reminders` are (kind, span, number) of whatever has a number; whom they are about is not kept.
    """

    place: UnitPeriod
    steps: list[MonthStep]
    people: list[tuple[int, str]]
    meeting: KeptForm
    changes: list[KeptForm]
    confirmation: "KeptConfirmation | None"
    reminders: list[tuple[Reminder, Span, int]]


@dataclass(frozen=True)
class KeptConfirmation:
    """What a cell stands for in a period: its figures, the registers of which nothing is stated, how much is open."""

    period: ReportingPeriod
    kept: KeptForm
    figures: list[Result]
    unstated: list[Result]
    faults: int


def months_of(user: User, today: date) -> list[KeptMonth]:
    """Return what is kept for `user`: a month for each of the own cells."""
    own = Unit.objects.editable_by(user, Right.EDIT)
    cells = UnitPeriod.objects.on(today).filter(kind__in=CELLS, unit__in=own).select_related("unit")
    return [_month(place, user, today) for place in cells.order_by("unit__code")[:MOST_CELLS]]


def _month(place, user, today):
    unit = place.unit
    moment = Moment.of(unit, user, today=today)
    period = period_queries.open_for(unit, user)
    asked = period if period and period_queries.progress(period, user, unit)["asked"] else None
    stays = members_on(moment).order_by("member__sort_name", "member").select_related("member")
    people = [stay.member for stay in stays]
    _shorten(people)
    meeting = _meeting(unit, user, today)
    return KeptMonth(
        place,
        month_steps(moment, asked, len(people), faults=0),  # what the checks have found is not kept
        [*told_apart(people).items()],
        meeting,
        _changes(unit, user, today),
        _confirmation(asked, unit, user, today),
        [told for told in counts(moment, today) if told[2]],
    )


def _meeting(unit, user, today):
    proposed = {"held_on": usual_day(unit, today), "kind": MeetingKind.REGULAR}
    form = AttendanceForm(user=user, today=today, instance=unit, initial=proposed)
    attendance = form.fields["attendance"]
    _shorten([*attendance.people, *attendance.widget.exempt])
    return _kept(form, reverse("meeting-by-name", args=[unit.code]))


def _changes(unit, user, today):
    found = []
    for code, change in CHANGE_TYPES.items():
        if change.kind:
            form = ChangeReportForm(user=user, today=today, change=change, initial={"unit": unit.code})
            of_whom = "" if change.is_about_member else f"?don_vi={unit.code}"
            found.append(_kept(form, reverse("change-report-new", args=[code]) + of_whom, change.is_about_member))
    return found


def _confirmation(period, unit, user, today):
    """Return what can be confirmed without network; what has changed since it was confirmed is looked at online."""
    may_confirm = Unit.objects.editable_by(user, Right.CONFIRM).filter(pk=unit.pk).exists()
    if not (period and may_confirm and period.as_of <= today and period.answer in (None, Answer.RETURNED)):
        return None
    form = ConfirmForm(user=user, today=today, instance=unit, initial={"shown": newest_entry()})
    moment = period.moment(user, unit)
    results = evaluate.results(moment, [*period_queries.SHOWN, *period_queries.UNSTATED])
    return KeptConfirmation(
        period,
        _kept(form, reverse("confirm", args=[period.pk, unit.code])),
        [results[code] for code in period_queries.SHOWN],
        [results[code] for code in period_queries.UNSTATED if results[code].value],
        sum(found.count for found in findings.find(moment)),
    )


def _kept(form, address, is_about_member=False):
    form.auto_id = (
        f"{address.strip('/').replace('/', '-').replace('?', '-').replace('=', '-')}-%s"  # all stand on one page
    )
    return KeptForm(form, address, is_about_member)


def _shorten(people):
    """Leave of each birth the year, and no number: namesakes are told apart without."""
    for person in people:
        person.card_number = ""
        person.born_on = person.born_on and PartialDate(str(person.born_on.year))
