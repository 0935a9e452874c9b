"""Seniority, years in the Party (tuổi Đảng): from which day they count, for one person and for all of a list at once.

They count from the day the first decision to admit was signed, or from the day of entry on the card where no decision
survives, less the time outside the Party: whoever was struck off, expelled or left has none until admitted again, while
one restored (phục hồi đảng tịch) was never outside. A stay with a committee we do not keep is no gap. Only official
members have years in the Party (294-QĐ/TW, 26/5/2025; 38-HD/BTCTW, 29/9/2025).

Time outside is no more than one addition: it moves the day from which the years count on by as many days.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter

from django.db.models import Case, Expression, Min, Model, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.dates.partial_dates import PartialDate, PartialDateField

from .choices import BADGES, OUT_OF_THE_PARTY, EndReason, StartReason

OUTSIDE = OUT_OF_THE_PARTY - {EndReason.DIED}
"""Endings after which somebody is outside the Party; the dead keep their years."""

CARD = Coalesce("member__decided_on", "member__joined_on")
"""The day on the card of the member of a row."""

ADMITTED = Q(member__admissions__ceremony_on__isnull=False)


def seniority_start(first: PartialDate, stays: Iterable[Model], day: date) -> PartialDate:
    """Start of seniority: the partial date from which years count on `day`, reckoned from what has been read.

    `first` is the partial date of the first decision, `stays` are those of the person in the order of time. Time
    outside before `first` is no part of the count. A date known in part is moved from its first day.
    """
    start = moved = first.first_day
    for stay, after in pairwise([*stays, None]):
        is_out = stay.end_reason in OUTSIDE and start <= stay.ended_on < day
        if is_out and not (after and after.start_reason == StartReason.RESTORED):
            back = min(after.started_on, day) if after else day
            moved += back - stay.ended_on
    return first if moved == start else PartialDate.of(moved)


def seniority_start_of(member: Model, day: date) -> PartialDate | None:
    """Start of seniority of one `member`: the partial date from which years count on `day`, None when none is known."""
    card, stays = member.decided_on or member.joined_on, list(member.spells.order_by("started_on"))
    signed = None
    if any(stay.end_reason in OUTSIDE for stay in stays):  # only then can there be a decision before that on the card
        signed = member.admissions.filter(ceremony_on__isnull=False).aggregate(day=Min("decision_date"))["day"]
    first = _first(card, signed)
    return first and seniority_start(first, stays, day)


def seniority_start_expression(stays: QuerySet, day: date) -> Expression:
    """Start of seniority of a list: that of the members of `stays`, spells, as an expression.

    Those who have been outside are read in one statement and named one by one: they are few.
    """
    spells = stays.model.objects
    once_out = spells.filter(end_reason__in=OUTSIDE, member__in=stays.order_by().values("member"))
    known = spells.filter(member__in=once_out.values("member")).select_related("member")
    known = known.annotate(signed=Min("member__admissions__decision_date", filter=ADMITTED))
    moved = []
    for pk, own in groupby(known.order_by("member", "started_on"), attrgetter("member_id")):
        own = list(own)
        first = _first(own[0].member.decided_on or own[0].member.joined_on, own[0].signed)
        if first:
            moved.append(When(member=pk, then=Value(seniority_start(first, own, day).iso)))
    return Case(*moved, default=CARD, output_field=PartialDateField()) if moved else CARD


def completed_on(years: int, start: date) -> date:
    """Anniversary: the day on which someone whose years count from the date `start` completes so many."""
    return months_later(start, 12 * years)


def badge_reached(start: date, day: date) -> int | None:
    """Badge reached: the highest (30, 40, 45 … 90) whose years someone has completed on `day`, or None."""
    return max((years for years in BADGES if completed_on(years, start) <= day), default=None)


def _first(card, signed):
    """Return the earlier of the day on the card and that of the first decision kept, or None."""
    days = [each for each in (card, signed and PartialDate.of(signed)) if each]
    return min(days, key=lambda each: each.first_day, default=None)
