"""Retention periods: for how many months what is kept is kept, how few they may be, and when something went last."""

from dataclasses import dataclass
from datetime import date

from binhlu_portal.audit.retention import RETENTIONS
from organizations.choices import KEPT_FOR, Kept, Norm
from organizations.in_force import InForce
from organizations.models import Disposal, Threshold

LEAST_MONTHS = {retention.code: retention.least for retention in RETENTIONS} | {Norm.FEE_INCOME.value: 2}
"""The fewest months an office may set, by the code of the value; an income is needed for this month and the last."""


@dataclass(frozen=True)
class RetentionPeriod:
    """How long something is kept: the value in force, the fewest months, the last night on which something went."""

    what: Kept
    threshold: Threshold
    least: int
    last: Disposal | None


def retention_periods(today: date) -> list[RetentionPeriod]:
    """Retention periods in force on a day, in the order in which they are listed."""
    newest = {row.what: row for row in Disposal.objects.order_by("pk")}
    in_force = InForce(today)
    return [
        RetentionPeriod(what, in_force.thresholds(norm)[-1], LEAST_MONTHS[norm], newest.get(what))
        for what, norm in KEPT_FOR.items()
    ]
