"""Reminder queries: whom each kind finds among the records the reader may see, as they stand on the day of the moment.

The month (`span`) may lie before or after that day.
"""

from collections.abc import Callable

from django.db.models import Case, Count, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from binhlu_portal.dates.arithmetic import first_of_month, months_earlier
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from members import choices, probation, retirement, seniority
from members.admissions import pipeline
from members.admissions.actions import OLDEST
from members.models import Admission, Badge, Discipline, Position, Spell
from members.models.fees import FREE_YEARS
from members.queries import member_lies_beneath, members_on
from organizations.in_force import InForce
from organizations.models import UnitPeriod
from organizations.tree_queries import lies_beneath

from .spans import ONE, Span, anniversary_within

TERM_YEARS = "committees.term_years"
"""The term of every committee."""

LONG_MONTHS = 12
"""Months among the candidates after which one is asked what is missing; the office's own custom, no rule sets it."""


def official(moment: Moment) -> QuerySet[Spell]:
    """Official members: their stays, each with the date (`start`) from which the years count."""
    stays = members_on(moment).filter(member__official_on__lte=moment.as_of)
    return stays.annotate(start=seniority.seniority_start_expression(stays, moment.as_of))


def on_probation(moment: Moment, span: Span) -> QuerySet[Spell]:
    """Probation ending: the stays of those whose probation ends within the span."""
    is_not_official = Q(member__official_on__isnull=True) | Q(member__official_on__gt=moment.as_of)
    months = moment.in_force.value(probation.MONTHS)
    return members_on(moment).filter(anniversary_within("member__joined_on", months, span), is_not_official)


def due_badges(moment: Moment, span: Span) -> QuerySet[Spell]:
    """Badges due: the stays of those who complete the years of a badge by the day of award and have none so high."""
    last_starts = {badge: months_earlier(span.last, 12 * badge) for badge in reversed(choices.BADGES)}
    reached = Case(*(When(start__lte=day, then=Value(badge)) for badge, day in last_starts.items()))
    given = Badge.objects.filter(
        member=OuterRef("member"), years__gte=OuterRef("badge"), awarded_on__lte=max(span.last, moment.as_of)
    )
    stays = official(moment).annotate(badge=reached)
    return stays.filter(~Exists(given), badge__isnull=False)


def free_of_fee(moment: Moment, span: Span) -> QuerySet[Spell]:
    """Fee waiver by seniority: the stays of those who complete the years in the Party that free from the fee."""
    months = 12 * moment.in_force.value(FREE_YEARS)
    return official(moment).filter(anniversary_within("start", months, span))


def expiring(model: type[Model]) -> Callable[[Moment, Span], QuerySet]:
    """Expiry of facts: for a moment and a span, those of `model` that end then without another following at once."""

    def rows(moment, span):
        following = model.objects.filter(covers(OuterRef("ended_on")), member=OuterRef("member"))
        found = model.objects.visible_to(moment.user).filter(member_lies_beneath(None)(moment))
        return found.filter(~Exists(following), ended_on__range=(span.first, span.last))

    return rows


def lapsing(moment: Moment, span: Span) -> QuerySet[Discipline]:
    """Expiry of discipline: the measures that have no more effect from a day within the span on; expulsions aside."""
    found = Discipline.objects.visible_to(moment.user).filter(member_lies_beneath(None)(moment))
    return found.filter(expires_on__range=(span.first, span.last)).exclude(form=choices.DisciplineMeasure.EXPULSION)


def ending_terms(moment: Moment, span: Span) -> QuerySet[UnitPeriod]:
    """Committee terms ending: what the units are whose committees end their term.

    No record names a term, so it is taken to begin on the day on which most of those now in the committee took office.
    """
    held = Position.objects.filter(
        covers(moment.as_of), unit=OuterRef("unit"), post__in=sorted(choices.COMMITTEE_POSTS)
    )
    days = held.order_by().values("started_on").annotate(posts=Count("pk")).order_by("-posts", "-started_on")
    places = UnitPeriod.objects.visible_to(moment.user).on(moment.as_of)
    places = places.filter(lies_beneath(moment.unit, moment.as_of))
    return places.annotate(began=Subquery(days.values("started_on")[:1])).filter(
        anniversary_within("began", 12 * moment.in_force.value(TERM_YEARS), span)
    )


def candidates(moment: Moment) -> QuerySet[Admission]:
    """Candidates: the admissions of those who wait to be admitted."""
    return pipeline.pipeline(moment).filter(stage__in=[pipeline.LISTED.code, pipeline.TAUGHT.code])


def waiting_long(moment: Moment, span: Span) -> QuerySet[Admission]:
    """Candidates who by the end of the month have waited long (`LONG_MONTHS`)."""
    return candidates(moment).filter(listed_on__lte=months_earlier(span.last, LONG_MONTHS))


def too_old_soon(moment: Moment, span: Span) -> QuerySet[Admission]:
    """Candidates who reach the age up to which the commune may have them admitted."""
    months = 12 * moment.in_force.value(OLDEST)
    return candidates(moment).filter(anniversary_within("member__born_on", months, span))


def retiring(moment: Moment, span: Span) -> QuerySet[Spell]:
    """Retirement: the stays of those who reach the age within the month; nobody where none was known before it.

    As with fees, the age in force on the first day of a month is that of the month.
    """
    eve, reach_it = span.first - ONE, Q(pk__in=())
    of_month, of_eve = (InForce(first_of_month(day), moment.rulebook) for day in (span.first, eve))
    for gender in retirement.AGES:
        if before := retirement.last_birthday(gender, eve, of_eve):
            last = retirement.last_birthday(gender, span.last, of_month)
            born = {"member__born_on__gt": before, "member__born_on__lte": last}
            reach_it |= Q(member__gender=gender, **born)
    return members_on(moment).filter(reach_it)
