"""Admission targets of a year beside the admissions, unit by unit."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Sum

from binhlu_portal.dates.arithmetic import first_of_year
from binhlu_portal.moment.moment import Moment
from members.models import Admission, AdmissionTarget
from organizations.models import Ancestry, UnitPeriod
from organizations.tree_queries import lies_beneath, sibling_sort_key

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TargetRow:
    """Target of a unit for the year and how many were admitted; `target` is None when none was given."""

    name: str
    code: str
    target: int | None
    done: int

    @property
    def missing(self) -> int:
        """How many are still to be admitted."""
        return max(0, (self.target or 0) - self.done)

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to say of the unit: no target and nobody admitted."""
        return self.target is None and not self.done


def target_rows(moment: Moment) -> tuple[list[TargetRow], TargetRow]:
    """Admission targets of the units directly beneath that of the moment in its year, and their total: (rows, total).

    A unit with nothing beneath it has one row, its own. Targets are those of units that stand on the as-of day;
    admissions count by the day of the ceremony, in the tree of that day.
    """
    unit, day = moment.unit, moment.as_of
    start = first_of_year(day)
    branch = "unit__lines__branch"
    targets = AdmissionTarget.objects.visible_to(moment.user).filter(lies_beneath(unit, day), year=day.year)
    done = Admission.objects.visible_to(moment.user).filter(
        lies_beneath(unit, F("ceremony_on")), ceremony_on__range=(start, day)
    )
    given = dict(targets.values_list(branch).annotate(Sum("target")).order_by())
    admitted = dict(done.values_list(branch).annotate(Count("pk")).order_by())
    rows = [
        TargetRow(period.name, period.unit.code, given.get(period.unit_id), admitted.get(period.unit_id, 0))
        for period in _branches(unit, start, day)
        if period.stands or period.unit_id in admitted
    ]
    if not rows or None in given or None in admitted:
        rows.append(TargetRow("", unit.code, given.get(None), admitted.get(None, 0)))
    total = TargetRow("", unit.code, sum(given.values()) if given else None, sum(admitted.values()))
    return rows, total


def _branches(unit, start, day):
    """Return what the units directly beneath `unit` in the year were last, and whether each `stands` there on `day`."""
    lines = Ancestry.objects.filter(ancestor=unit, depth=1)
    periods = (
        UnitPeriod.objects.filter(unit__in=lines.overlapping(start, day + ONE_DAY).values("unit"), started_on__lte=day)
        .annotate(stands=Exists(lines.on(day).filter(unit=OuterRef("unit"))))
        .select_related("unit")
        .order_by("started_on")
    )
    last = {period.unit_id: period for period in periods}.values()
    return sorted(last, key=sibling_sort_key)
