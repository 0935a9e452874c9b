"""The Party fee of one member for one month: one function, of what is written down and the rates in force.

All holds as of the first day of the month. What is not known gives no amount, and never nought. Fees are in whole đồng,
half a đồng and more rounded up; no regulation that was read says how to round.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models

from binhlu_portal.dates.partial_dates import PartialDate
from members.choices import INCOME_GROUPS, FeeGroup, FeeRelief
from members.retirement import AGES, has_retired
from organizations.choices import Measure
from organizations.in_force import InForce
from organizations.models import Threshold

MINIMUM_WAGE = "fees.minimum_wage"
WORKING, RETIRED = "fees.working", "fees.retired"

RATES = {
    FeeGroup.SALARY: ("fees.salary",),
    FeeGroup.BENEFIT: ("fees.benefit",),
    FeeGroup.PENSION: ("fees.pension",),
    FeeGroup.STUDENT: ("fees.student",),
    FeeGroup.OTHER: (WORKING, RETIRED),
}
"""The rates of each group, by their codes."""

REDUCED_BY = {FeeRelief.REDUCED_30: 30, FeeRelief.REDUCED_50: 50, FeeRelief.REDUCED_70: 70}
"""What is taken off, in percent."""


class FeeState(models.TextChoices):
    """What is known of the fee of a member for a month."""

    DUE = "due", "Phải đóng"
    FREE = "free", "Được miễn"
    NO_BASIS = "no_basis", "Chưa ghi căn cứ"
    NO_INCOME = "no_income", "Chưa ghi hoặc đã xóa mức thu nhập"
    NO_BIRTHDAY = "no_birthday", "Chưa ghi ngày sinh"
    NO_RATE = "no_rate", "Chưa có mức đóng của tháng"


@dataclass(frozen=True)
class Payer:
    """What the fee of a member is reckoned from; `group` and `relief` are None where nothing is written down."""

    group: str | None
    income: int | None
    relief: str | None
    gender: str
    born_on: PartialDate | None

    @property
    def pays_by_income(self) -> bool:
        """Whether the fee tells what the member earns."""
        return self.group in INCOME_GROUPS


@dataclass(frozen=True)
class Fee:
    """The fee of a month in đồng; of a member who is free it is 0, where something is not known None."""

    state: FeeState
    amount: int | None = None


def fee_of(payer: Payer, in_force: InForce) -> Fee:
    """Return the fee for the month that begins on the day of `in_force`."""
    if payer.relief == FeeRelief.EXEMPT:
        return Fee(FeeState.FREE, 0)
    if payer.group is None:
        return Fee(FeeState.NO_BASIS)
    if payer.group == FeeGroup.OTHER and payer.born_on is None:
        return Fee(FeeState.NO_BIRTHDAY)
    rate, base = _rate(payer, in_force), _base(payer, in_force)
    if rate is None:
        return Fee(FeeState.NO_RATE)
    if rate.unit != Measure.DONG and base is None:
        return Fee(FeeState.NO_INCOME if payer.pays_by_income else FeeState.NO_RATE)
    whole = rate.low if rate.unit == Measure.DONG else base * rate.low / 100
    paid = whole * (100 - REDUCED_BY.get(payer.relief, 0)) / 100
    return Fee(FeeState.DUE, int(paid.quantize(Decimal(1), ROUND_HALF_UP)))


def _rate(payer, in_force) -> Threshold | None:
    """Return the rate of the group; of the others none either where no age of retirement is known."""
    if payer.group != FeeGroup.OTHER:
        return in_force.threshold(*RATES[payer.group])
    if in_force.threshold(AGES[payer.gender]) is None:
        return None
    return in_force.threshold(RETIRED if has_retired(payer.gender, payer.born_on, in_force) else WORKING)


def _base(payer, in_force) -> Decimal | int | None:
    """Return of what the rate takes its share."""
    if payer.pays_by_income:
        return payer.income
    wage = in_force.threshold(MINIMUM_WAGE)
    return wage and wage.low
