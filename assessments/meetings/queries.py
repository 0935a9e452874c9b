"""Meeting queries: how many are expected at a meeting, on which day a cell usually meets, what it held in a month."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from assessments.choices import MeetingKind
from assessments.models import Meeting
from binhlu_portal.dates.arithmetic import first_of_month, last_of_month, months_later
from binhlu_portal.dates.validity import covers
from members.models import Exemption, Spell
from organizations.models import Unit
from organizations.scope import Reader

APART = (
    "Buổi sinh hoạt {} điểm danh theo tên, vắng {} người, nên có mặt phải là {}/{}: sửa ở trang điểm danh của buổi đó."
)
NOT_BY_NAME = "Buổi sinh hoạt {} có {} người ghi vắng mà không điểm danh theo tên: điểm danh lại ở trang của buổi đó."

REMEMBERED = 3
"""How many of the last regular meetings tell on which day a cell usually meets."""


def expected_stays(units: Collection[Unit | int], day: date) -> QuerySet[Spell]:
    """Stays of those who are expected at a meeting of one of `units`: all members but the exempt."""
    exempt = Exemption.objects.filter(covers(day), member=OuterRef("member"))
    return Spell.objects.on(day).filter(~Exists(exempt), unit__in=units)


def exempt_stays(unit: Unit, day: date) -> QuerySet[Spell]:
    """Stays of those who are members of `unit` and are not expected: the exempt."""
    return Spell.objects.on(day).filter(unit=unit).exclude(pk__in=expected_stays([unit], day).values("pk"))


def expected_numbers(units: Collection[Unit | int], day: date) -> dict[int, int]:
    """Number of those expected in each of `units` that has any, {id of the unit: number}."""
    stays = expected_stays(units, day).order_by()
    return dict(stays.values_list("unit").annotate(Count("pk")))


def held_lately(unit: Unit, user: Reader, day: date) -> list[Meeting]:
    """Meetings of `unit` in the month of `day` and in the one before, the first one first."""
    first = months_later(first_of_month(day), -1)
    return [*Meeting.objects.visible_to(user).filter(unit=unit, held_on__range=(first, last_of_month(day)))]


def usual_day(unit: Unit, today: date) -> date:
    """Day on which a meeting that is written down today was probably held.

    The day of the month on which the cell met more than once of late, as far as it has come, is its usual one;
    otherwise it is today.
    """
    held = Meeting.objects.filter(unit=unit, kind=MeetingKind.REGULAR, held_on__lt=first_of_month(today))
    days = [day.day for day in held.order_by("-held_on").values_list("held_on", flat=True)[:REMEMBERED]]
    usual, times = Counter(days).most_common(1)[0] if days else (0, 0)
    return today.replace(day=usual) if times > 1 and usual <= today.day else today


def apart() -> dict[int, str]:
    """Return of which meetings the numbers are not those of the names, {id of the meeting: what to do}."""
    meetings = Meeting.objects.annotate(absent=Count("absences")).select_related("unit")
    found = meetings.filter(Q(by_name=True) & ~Q(present=F("expected") - F("absent")) | Q(by_name=False, absent__gt=0))
    return {meeting.pk: _said(meeting) for meeting in found}


def _said(meeting):
    if not meeting.by_name:
        return NOT_BY_NAME.format(meeting, meeting.absent)
    return APART.format(meeting, meeting.absent, max(meeting.expected - meeting.absent, 0), meeting.expected)
