"""Meeting queries: how many are expected at a meeting, on which day a cell usually meets, what it held in a month."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from assessments.choices import MeetingKind
from assessments.models import Meeting
from binhlu_portal.dates.arithmetic import first_of_month, last_of_month, months_later
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.expressions import counted
from binhlu_portal.moment.moment import Moment
from members.models import Exemption, Spell
from organizations.models import Unit
from organizations.scope import Reader
from organizations.tree_queries import unit_lies_beneath

APART = (
    "Buổi sinh hoạt {} điểm danh theo tên, vắng {} người, nên có mặt phải là {}/{}: sửa ở trang điểm danh của buổi đó."
)
NOT_BY_NAME = "Buổi sinh hoạt {} có {} người ghi vắng mà không điểm danh theo tên: điểm danh lại ở trang của buổi đó."

COUNTED_LATER = "{} còn được tính ở buổi sinh hoạt điểm danh ngày {}: lưu xong thì điểm danh lại buổi đó."

REMEMBERED = 3
"""How many of the last regular meetings tell on which day a cell usually meets."""


def expected_stays(units: Collection[Unit | int], day: date) -> QuerySet[Spell]:
    """Stays of those who are expected at a meeting of one of `units`: all members but the exempt."""
    return stays_expected(day).filter(unit__in=units)


def stays_expected(day: date | OuterRef) -> QuerySet[Spell]:
    """Stays of those who are expected wherever they are members, on a day that may be that of an outer row."""
    of_stay = OuterRef(day) if isinstance(day, OuterRef) else day
    exempt = Exemption.objects.filter(covers(of_stay), member=OuterRef("member"))
    return Spell.objects.on(day).filter(~Exists(exempt))


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


def usual_meeting(unit: Unit, today: date, day: date | None = None) -> dict[str, date | str | int]:
    """Meeting of `unit` that is probably written down today: a regular one on its usual day, to which all came.

    Somebody may have said the `day`.
    """
    day = day or usual_day(unit, today)
    expected = expected_numbers([unit], day).get(unit.pk, 0)
    return {"held_on": day, "kind": MeetingKind.REGULAR, "expected": expected, "present": expected}


def meetings_held(moment: Moment) -> QuerySet:
    """Return the meetings up to the day of cells beneath the unit, with the `members` each cell had on its day."""
    rows = Meeting.objects.visible_to(moment.user).filter(unit_lies_beneath("held_on")(moment))
    members = counted(Spell.objects.filter(covers(OuterRef("held_on")), unit=OuterRef("unit")))
    return rows.filter(held_on__lte=moment.as_of).annotate(members=members)


def held_by_name(moment: Moment) -> QuerySet:
    """Return the meetings whose attendance is kept by name, with how many were `due` by the records of today."""
    due = counted(stays_expected(OuterRef("held_on")).filter(unit=OuterRef("unit")))
    return meetings_held(moment).filter(by_name=True).annotate(due=due)


def attended_later(stay: Spell, day: date) -> str:
    """Meetings at which the member of a stay was expected, by name, on `day` or later, told in words; "" for none."""
    held = Meeting.objects.filter(unit=stay.unit_id, by_name=True, held_on__gte=day)
    days = [held_on for held_on in held.values_list("held_on", flat=True) if _is_expected(stay, held_on)]
    told = ", ".join(f"{held_on:%d/%m/%Y}" for held_on in days)
    return COUNTED_LATER.format(stay.member, told) if days else ""


def _is_expected(stay, day):
    return expected_stays([stay.unit_id], day).filter(pk=stay.pk).exists()


def apart() -> dict[int, str]:
    """Return of which meetings the numbers are not those of the names, {id of the meeting: what to do}."""
    meetings = Meeting.objects.annotate(absent=Count("absences")).select_related("unit")
    found = meetings.filter(Q(by_name=True) & ~Q(present=F("expected") - F("absent")) | Q(by_name=False, absent__gt=0))
    return {meeting.pk: _said(meeting) for meeting in found}


def _said(meeting):
    if not meeting.by_name:
        return NOT_BY_NAME.format(meeting, meeting.absent)
    return APART.format(meeting, meeting.absent, max(meeting.expected - meeting.absent, 0), meeting.expected)
