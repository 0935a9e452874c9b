"""What nobody has written down of a member, as conditions of a row of `Spell`: checks find it, figures tell it.

What is not written down is not "none": a report says "chưa ghi" of it, and never "không có".
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast

from binhlu_portal.dates.arithmetic import first_of_year, months_later
from binhlu_portal.dates.partial_dates import born_by
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.statements import of_parameters
from binhlu_portal.moment.moment import Moment
from members.choices import StartReason
from members.models import Admission, FeeReduction, HandbookAbsence, Liaison, Spell
from members.models.fees import FREE_YEARS
from members.queries import probation_going_on
from members.seniority import OUTSIDE
from organizations.choices import Sector
from organizations.models import UnitPeriod

FROM_ELSEWHERE = (StartReason.TRANSFERRED_IN, StartReason.TRANSFERRED_IN_FAR)

Span = tuple[date, date]
"""The first and the last day of a while."""


def in_period(moment: Moment) -> Span:
    """Return the first and the last day of the period."""
    return moment.since, moment.as_of


def in_year(moment: Moment) -> Span:
    """Return the days of the calendar year of the as-of day, until that day."""
    return first_of_year(moment.as_of), moment.as_of


def in_twelve_months(moment: Moment) -> Span:
    """Return the first and the last day of the twelve months that end with the as-of day."""
    return months_later(moment.as_of, -12) + timedelta(days=1), moment.as_of


def without_level(field: str) -> Q:
    """Return the condition that a level of a member is not known on the day, whose levels are joined as `state`."""
    return Q(state__isnull=True) | Q(**{f"state__{field}": ""})


def without_official_day(moment: Moment) -> Q:
    """Return the condition that nothing says whether the probation of a member is over.

    It still lasts while its months do, or as long as the register of admissions says so.
    """
    return Q(member__official_on__isnull=True) & ~probation_going_on(moment)


def without_admission(span: Callable[[Moment], Span]) -> Callable[[Moment], Q]:
    """Return the condition that a member joined here within a span, as the card says, without any admission.

    Who came from elsewhere later was admitted there. A date known in part may lie within.
    """

    def condition(moment):
        first, last = span(moment)
        in_part = [_month(first), _year(first)]
        within = Q(member__joined_on__range=(first, last)) | Q(member__joined_on__in=in_part)
        came = Spell.objects.filter(member=OuterRef("member"), start_reason__in=FROM_ELSEWHERE)
        # Held against the card within, not against the row: so all who came are found in one pass.
        elsewhere = came.annotate(came_on=Cast("started_on", CharField())).filter(came_on__gte=F("member__joined_on"))
        admitted = Admission.objects.filter(member=OuterRef("member"), ceremony_on__isnull=False)
        return within & ~Q(Exists(admitted)) & ~Q(Exists(elsewhere))

    return condition


@of_parameters
def _month(day):
    return f"{day:%Y-%m}"


@of_parameters
def _year(day):
    return f"{day:%Y}"


def free_of_fee(moment: Moment) -> Q:
    """Return the condition that a member pays no fee any more by the years in the Party, and nothing is written of it.

    Whoever was out of the Party for a while is left out: those years are counted on the page of the person.
    """
    last = born_by(moment.as_of, moment.in_force.value(FREE_YEARS))
    old = Q(member__decided_on__lte=last) | Q(member__decided_on__isnull=True, member__joined_on__lte=last)
    ways_out = {"end_reason__in": sorted(OUTSIDE), "ended_on__lte": moment.as_of}
    once_out = Spell.objects.filter(member=OuterRef("member"), **ways_out)
    written = FeeReduction.objects.filter(covers(moment.as_of), member=OuterRef("member"))
    return old & Q(member__official_on__lte=moment.as_of) & ~Q(Exists(written)) & ~Q(Exists(once_out))


def of_villages(moment: Moment) -> Q:
    """Return the condition that the cell of a member is a village cell on the day."""
    return Q(Exists(UnitPeriod.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), sector=Sector.VILLAGE)))


def without_liaison(moment: Moment) -> Q:
    """Return the condition that a member of an agency is not written down as introduced to the place of residence.

    The members of village cells live where their cell is.
    """
    introduced = Liaison.objects.filter(covers(moment.as_of), member=OuterRef("member"))
    return ~of_villages(moment) & ~Q(Exists(introduced))


def not_installed(moment: Moment) -> Q:
    """Return the condition that a member has not installed the electronic handbook by the day, as far as is written."""
    return Q(member__handbook_installed_on__isnull=True) | Q(member__handbook_installed_on__gt=moment.as_of)


def reason_stated(moment: Moment, **fields: str) -> Q:
    """Return the condition that a reason for having no handbook holds on the day: any, or one with these `fields`."""
    return Q(Exists(HandbookAbsence.objects.filter(covers(moment.as_of), member=OuterRef("member"), **fields)))
