"""Forms that a phone keeps without network, with the month around them: the pack of a secretary, as a page shows it.

It holds names, the steps of the month in words, numbers and empty forms, and nothing else of a person: no identity
number, no telephone, no address, of a birth the year, and that only of namesakes, who could not be told apart.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from django.forms import Form
from django.urls import reverse

from assessments.choices import MeetingKind
from assessments.meetings.fields import shorten
from assessments.meetings.forms import AttendanceForm
from assessments.meetings.queries import usual_day
from assessments.nil_returns.forms import NilReturnForm
from binhlu_portal.accounts.models import User
from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.data_checks import findings
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.forms.base import CorrectForm
from members.change_reports.change_types import CHANGE_TYPES
from members.change_reports.forms import ChangeReportForm
from members.models import Member
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

ANYBODY = Member(pk=10**17)
"""Of whom a form asks that is written before it is known of whom; in the address stands `WHOM`."""

WHOM = "{dang_vien}"
"""In the address of a form, where the number of the person comes who is chosen on the phone."""

MOST_CELLS = 3
"""Of so many cells the month is kept; hardly anybody is the secretary of two."""


@dataclass(frozen=True)
class KeptForm:
    """A form that can be filled in without network: its words, and where it is sent (with `WHOM` if about a member)."""

    title: str
    form: Form
    address: str

    @property
    def is_about_member(self) -> bool:
        """Whether it asks first of whom it is."""
        return WHOM in self.address


@dataclass(frozen=True)
class KeptMonth:
    """The month of a cell: its steps in words, its people as (id, name), its forms, what there is to confirm.

    `own` are the forms of changes that the cell writes at once, `reported` of those that the office writes. `reminders`
    are (kind, span, number) of whatever has a number; whom they are about is not kept. A cell `confirms_online` where
    the figures have not come to their day, or have changed since it confirmed: it has to look at what is not kept.
    """

    place: UnitPeriod
    steps: list[MonthStep]
    people: list[tuple[int, str]]
    meeting: KeptForm
    nil_return: KeptForm
    own: list[KeptForm]
    reported: list[KeptForm]
    confirmation: "KeptConfirmation | None"
    reminders: list[tuple[Reminder, Span, int]]
    confirms_online: bool


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
    shorten(people)
    steps = month_steps(moment, asked, len(people), faults=0)  # what the checks have found is not kept
    confirmation = _confirmation(asked, unit, user, today)
    return KeptMonth(
        place,
        steps,
        [*told_apart(people).items()],
        _meeting(unit, user, today),
        _nil_return(unit, user, today),
        [kept for change in CHANGE_TYPES.values() if not change.kind for kept in _own(change, unit, user, today)],
        [_reported(code, unit, user, today) for code, change in CHANGE_TYPES.items() if change.kind],
        confirmation,
        [told for told in counts(moment, today) if told[2]],
        bool(asked) and not confirmation and not steps[-1].is_done,
    )


def _meeting(unit, user, today):
    proposed = {"held_on": usual_day(unit, today), "kind": MeetingKind.REGULAR}
    form = AttendanceForm(user=user, today=today, instance=unit, initial=proposed)
    form.fields["attendance"].shorten()
    return _kept("Buổi sinh hoạt", form, reverse("meeting-by-name", args=[unit.code]), unit)


def _nil_return(unit, user, today):
    form = NilReturnForm(user=user, today=today, initial={"don_vi": unit.code})
    address = f"{reverse('record-add', args=['khong-phat-sinh'])}?don_vi={unit.code}"
    return _kept("Báo không phát sinh", form, address, unit)


def _own(change, unit, user, today):
    """Return the forms of a change that the cell writes: of a card one for each field, which stays where none is sent.

    What the card says now is not kept, so that of two fields the one left empty would be taken for a correction.
    """
    address = change.page(ANYBODY, unit).replace(str(ANYBODY.pk), WHOM)
    if not issubclass(change.form, CorrectForm):
        part = dict(parse_qsl(urlsplit(address).query)).get("muc", "")
        form = change.form(user=user, today=today, initial={"muc": part})
        del form.fields["member"]  # chosen before
        return [_kept(change.words, form, address, unit)]
    found = []
    for name in change.form.model_fields:
        form = change.form(user=user, today=today, instance=Member(), initial={"seen": newest_entry()})
        form.narrow(name)
        form.fields[name].required = True
        title = f"{change.words}: {form.fields[name].label}" if len(change.form.model_fields) > 1 else change.words
        found.append(_kept(title, form, f"{address}?muc={name}", unit))
    return found


def _reported(code, unit, user, today):
    change = CHANGE_TYPES[code]
    form = ChangeReportForm(user=user, today=today, change=change, initial={"unit": unit.code})
    of_whom = f"dang_vien={WHOM}" if change.is_about_member else f"don_vi={unit.code}"
    return _kept(form.title, form, f"{reverse('change-report-new', args=[code])}?{of_whom}", unit)


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
        _kept("Xác nhận số liệu", form, reverse("confirm", args=[period.pk, unit.code]), unit),
        [results[code] for code in period_queries.SHOWN],
        [results[code] for code in period_queries.UNSTATED if results[code].value],
        sum(found.count for found in findings.find(moment)),
    )


def _kept(title, form, address, unit):
    form.auto_id = re.sub(r"\W+", "-", f"{unit.code}{address}") + "-%s"  # all stand on one page
    return KeptForm(title, form, address)
