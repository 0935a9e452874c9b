"""Reporting period queries: which periods are open, which units they ask, who has confirmed."""

from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from assessments.choices import OF_CELLS
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.expressions import counted
from organizations.choices import LEADING
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right
from organizations.scope import Reader
from organizations.tree_queries import lies_beneath
from reports.reporting_periods.models import Answer, Confirmation, ReportingPeriod

SHOWN = (
    "members.total",
    "members.probationary",
    "members.female",
    "members.ethnic_minority",
    "members.exempt.age_health",
    "members.handbook",
    "ratings.members.rated",
    "admissions.total",
)
"""The figures that a secretary stands for first."""

UNSTATED = [f"unrecorded.{register}" for register in OF_CELLS]
"""What a cell is asked to state before it confirms: whether something happened that no register says."""


def may_open(user: Reader, day: date) -> bool:
    """Whether a committee of which `user` decides has no period that is open for the first time."""
    own = Unit.objects.editable_by(user, Right.DECIDE)
    running = ReportingPeriod.objects.open().filter(reopened_for="").values("unit")
    return UnitPeriod.objects.on(day).filter(kind__in=LEADING, unit__in=own).exclude(unit__in=running).exists()


def locked_until(unit: Unit) -> date | None:
    """Last day whose records closed periods of the committees above `unit` lock, None where none is closed."""
    above = unit.lines.filter(ended_on=unit.ended_on).values("ancestor")
    closed = ReportingPeriod.objects.filter(unit__in=above, closed_on__isnull=False)
    return closed.aggregate(last=Max("as_of"))["last"]


def hindrances() -> dict[str, Exists]:
    """Look-ups of periods: whether something rests on one (`started`), whether another locks its days (`locked`)."""
    tried = Confirmation.objects.filter(period=OuterRef("pk"))
    written = ReportingPeriod.objects.filter(pk=OuterRef("pk"), texts__isnull=False)
    later = ReportingPeriod.objects.filter(unit=OuterRef("unit"), as_of__gt=OuterRef("as_of"), closed_on__isnull=False)
    return {"started": Exists(tried) | Exists(written), "locked": Exists(later)}


def units_asked(period: ReportingPeriod) -> QuerySet[UnitPeriod]:
    """Units asked to confirm: what they are on the day of `period`, those directly beneath a commune committee.

    A party organization confirms for its cells.
    """
    day = period.as_of
    return UnitPeriod.objects.on(day).direct(day).filter(lies_beneath(period.unit_id, day))


def open_for(unit: Unit, user: Reader) -> ReportingPeriod | None:
    """Open period for which `unit` may be confirmed now, if there is one that `user` may see.

    `answer` is what the office has answered to what the unit confirmed last, None where it has confirmed nothing, and
    `returned_for` why the office has returned it, if it has.
    """
    latest = Confirmation.objects.tries().filter(period=OuterRef("pk"), unit=unit).order_by("-pk")
    known = {"answer": "answer", "returned_for": "answer_reason"}
    return (
        _open_for(unit, user)
        .annotate(**{name: Subquery(latest.values(path)[:1]) for name, path in known.items()})
        .first()
    )


def _open_for(unit, user):
    above = unit.lines.filter(ended_on=unit.ended_on).values("ancestor")
    return ReportingPeriod.objects.visible_to(user).open().filter(unit__in=above).order_by("-opened_on", "-pk")


def board(period: ReportingPeriod, user: Reader) -> QuerySet[UnitPeriod]:
    """Confirmation board: the units asked to confirm that `user` may see; `confirmed` tells those that have.

    Of the latest try of each it knows when (`at`), by whom (`by`) and what it was answered (`answer`, `answer_reason`).
    """
    latest = Confirmation.objects.tries().filter(period=period, unit=OuterRef("unit")).order_by("-pk")
    known = {"at": "at", "by": "user__full_name", "answer": "answer", "answer_reason": "answer_reason"}
    found = {name: Subquery(latest.values(path)[:1]) for name, path in known.items()}
    return units_asked(period).visible_to(user).annotate(confirmed=_has_confirmed(period), **found)


def progress(period: ReportingPeriod, user: Reader, unit: Unit) -> dict[str, int]:
    """Progress of a period beneath `unit`: {asked, confirmed, accepted: number of units}."""
    accepted = _has_confirmed(period, answer=Answer.ACCEPTED)
    counts = {
        "asked": Count("pk"),
        "confirmed": Count("pk", filter=_has_confirmed(period)),
        "accepted": Count("pk", filter=accepted),
    }
    return _asked_beneath(unit, period, user).aggregate(**counts)


def standing(period: ReportingPeriod, user: Reader, unit: Unit) -> QuerySet[Confirmation]:
    """Confirmations for a period that stand, of the units beneath `unit` that are asked and `user` may see."""
    asked = _asked_beneath(unit, period, user)
    return Confirmation.objects.standing().filter(period=period, unit__in=asked.values("unit"))


def _asked_beneath(unit, period, user):
    lines = unit.lines.model.objects.filter(covers(period.as_of), ancestor=unit, unit=OuterRef("unit"))
    return units_asked(period).visible_to(user).filter(Exists(lines))


def open_period_progress(unit: Unit, user: Reader) -> ReportingPeriod | None:
    """Open period for which `unit` may be confirmed now, or None, with its progress.

    It knows how many units beneath `unit` are `asked` to confirm and how many have `done` so: one statement for all.
    """
    day = OuterRef("as_of")
    rows = UnitPeriod.objects.visible_to(user).on(day).direct(day)
    rows = rows.filter(lies_beneath(unit, day)).filter(lies_beneath(OuterRef("unit"), day))
    done = Confirmation.objects.standing().filter(period=OuterRef(OuterRef("pk")), unit=OuterRef("unit"))
    return _open_for(unit, user).annotate(asked=counted(rows), done=counted(rows.filter(Exists(done)))).first()


def _has_confirmed(period, **which):
    return Exists(Confirmation.objects.standing().filter(period=period, unit=OuterRef("unit"), **which))
