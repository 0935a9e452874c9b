"""Progress of reporting: how complete and how timely the units are, period by period and unit by unit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Value

from organizations.scope import Reader
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.later_changes import unchanged
from reports.reporting_periods.models import Confirmation, ReportingPeriod


@dataclass
class ProgressLine:
    """Progress in one period: of the units that the reader may see which were asked, which confirmed, which late.

    `asked` is {code: name}, `confirmed` and `late` are codes of units.
    """

    period: ReportingPeriod
    asked: dict[str, str] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)

    @property
    def on_time(self) -> int:
        """How many units confirmed until the day on which it was due."""
        return len(self.confirmed - self.late)

    def of(self, unit: str) -> str:
        """Return in words how far a unit (its code) came; "" when it was not asked."""
        if unit not in self.asked:
            return ""
        if unit not in self.confirmed:
            return "Chưa"
        return "Quá hạn" if unit in self.late else "Đúng hạn"


def progress(found: Sequence[ReportingPeriod], user: Reader) -> list[ProgressLine]:
    """Progress of each of the periods `found`, in their order; two statements for all, and two for each that is open.

    What was undone since is not confirmed.
    """
    lines = {period.pk: ProgressLine(period) for period in found}
    parts = [
        period_queries.units_asked(period)
        .visible_to(user)
        .order_by()
        .annotate(period=Value(period.pk))
        .values_list("period", "unit__code", "name")
        for period in found
    ]
    for period, unit, name in parts[0].union(*parts[1:], all=True) if parts else ():
        lines[period].asked[unit] = name
    confirmed = defaultdict(list)
    for each in Confirmation.objects.standing().visible_to(user).filter(period__in=found).select_related("unit"):
        confirmed[each.period_id].append(each)
    for line in lines.values():
        told = confirmed[line.period.pk]
        told = unchanged(line.period, told) if line.period.is_open else told
        asked = [each for each in told if each.unit.code in line.asked]
        line.confirmed = {each.unit.code for each in asked}
        line.late = {each.unit.code for each in asked if line.period.is_late(each.at)}
    return list(lines.values())


def by_unit(lines: Sequence[ProgressLine]) -> list[tuple[str, list[str]]]:
    """Progress by unit: [(name, [words for each of the `lines`])], by the code of the unit."""
    names = defaultdict(str)
    for line in reversed(lines):
        names |= line.asked
    return [(names[unit], [line.of(unit) for line in lines]) for unit in sorted(names)]
