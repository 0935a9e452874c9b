"""Reporting period queries: which periods are open, which units they ask, who has confirmed."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from assessments.choices import OF_CELLS
from binhlu_portal.dates.validity import covers
from binhlu_portal.db.expressions import counted
from organizations.models import Unit, UnitPeriod
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
