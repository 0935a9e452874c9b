"""Verbs of reporting periods: a committee opens one, its units confirm their records, it ends."""

from django.db.models import Count, Exists, OuterRef

from binhlu_portal.counting import counted
from binhlu_portal.moment import Moment
from binhlu_portal.periods import covers
from binhlu_portal.verbs import Refusal, change, create, verb
from organizations.codes import Kind
from organizations.lists import lies_beneath
from organizations.models import UnitPeriod
from organizations.units import period_on

from .models import Confirmation, ReportingPeriod

OPENERS = frozenset({Kind.PROVINCE, Kind.COMMUNE})
"""The committees that ask others to report."""


@verb
def open_period(*, unit, as_of, since, year, due_on, today):
    """Ask the units beneath `unit` to confirm their records as of a day."""
    name = period_on(unit, as_of)
    if name.kind not in OPENERS:
        raise Refusal(f"“{name}” không mở kỳ báo cáo: chọn đảng bộ tỉnh hoặc đảng bộ xã.")
    try:
        Moment.of(unit, None, today=as_of, as_of=as_of, since=since, year=year)
    except ValueError as error:
        raise Refusal(str(error)) from error
    if due_on < today:
        raise Refusal({"due_on": "Hạn xác nhận đã qua: chọn ngày hôm nay hoặc muộn hơn."})
    return create(ReportingPeriod, unit=unit, as_of=as_of, since=since, year=year, due_on=due_on, opened_on=today)


@verb
def confirm(*, period, unit, user, now):
    """Write down that `user` stands for the records of `unit`."""
    _check_open(period)
    if not asked(period).filter(unit=unit).exists():
        raise Refusal("Tổ chức đảng này không phải xác nhận trong kỳ này: tổ chức đảng cấp trên xác nhận chung.")
    return create(Confirmation, period=period, unit=unit, user=user, at=now)


@verb
def withdraw(*, confirmation):
    """Take a confirmation back, so that the records can be mended and confirmed again."""
    _check_open(confirmation.period)
    confirmation.delete()


@verb
def close_period(*, period, today):
    """End the period: nobody confirms any more, and the next one can be opened."""
    _check_open(period)
    return change(period, closed_on=today)


def asked(period):
    """Return what the units asked to confirm are on the day of `period`: those directly beneath a commune committee.

    A party organization confirms for its cells.
    """
    day = period.as_of
    return UnitPeriod.objects.on(day).direct(day).filter(lies_beneath(period.unit_id, day))


def open_for(unit, user):
    """Return the period for which `unit` may be confirmed now, if there is one that `user` may see."""
    return _open_for(unit, user).first()


def _open_for(unit, user):
    above = unit.lines.filter(ended_on=unit.ended_on).values("ancestor")
    return ReportingPeriod.objects.visible_to(user).open().filter(unit__in=above).order_by("-opened_on", "-pk")


def board(period, user):
    """Return the units asked to confirm that `user` may see; `confirmed` tells those that have."""
    return asked(period).visible_to(user).annotate(confirmed=_has_confirmed(period))


def progress(period, user, unit):
    """Return how many units beneath `unit` are asked to confirm and how many have: {"asked": …, "confirmed": …}."""
    lines = unit.lines.model.objects.filter(covers(period.as_of), ancestor=unit, unit=OuterRef("unit"))
    counts = {"asked": Count("pk"), "confirmed": Count("pk", filter=_has_confirmed(period))}
    return asked(period).visible_to(user).filter(Exists(lines)).aggregate(**counts)


def standing(unit, user):
    """Return the period for which `unit` may be confirmed now, or None.

    It knows how many units beneath `unit` are `asked` to confirm and how many have `done` so: one statement for all.
    """
    day = OuterRef("as_of")
    rows = UnitPeriod.objects.visible_to(user).on(day).direct(day)
    rows = rows.filter(lies_beneath(unit, day)).filter(lies_beneath(OuterRef("unit"), day))
    done = Confirmation.objects.filter(period=OuterRef(OuterRef("pk")), unit=OuterRef("unit"))
    return _open_for(unit, user).annotate(asked=counted(rows), done=counted(rows.filter(Exists(done)))).first()


def _has_confirmed(period):
    return Exists(Confirmation.objects.filter(period=period, unit=OuterRef("unit")))


def _check_open(period):
    if not period.is_open:
        raise Refusal("Kỳ báo cáo đã kết thúc: không xác nhận, không rút xác nhận được nữa.")
