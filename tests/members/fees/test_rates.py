"""What a member pays for a month: every group, on every side of a day on which a rate or an age changes."""

from datetime import date

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from members.choices import FeeGroup, FeeRelief, Gender
from members.fees.rates import Fee, FeeState, Payer, fee_of
from members.retirement import AGES
from organizations.in_force import InForce
from organizations.models import Threshold

MARCH, LAST_LOW, FIRST_HIGH = date(2026, 3, 1), date(2027, 12, 1), date(2028, 1, 1)


def payer(group, income=None, *, relief=None, gender=Gender.MALE, born_on="1990-05-17"):
    return Payer(group, income, relief, gender, born_on and PartialDate(born_on))


def due(amount):
    return Fee(FeeState.DUE, amount)


@pytest.mark.parametrize(
    ("group", "income", "amount"),
    [
        (FeeGroup.SALARY, 8_500_000, 85_000),
        (FeeGroup.BENEFIT, 6_000_000, 60_000),
        (FeeGroup.PENSION, 4_000_000, 20_000),
        (FeeGroup.STUDENT, None, 5_000),
    ],
)
@pytest.mark.parametrize("day", [MARCH, LAST_LOW, FIRST_HIGH])
def test_a_share_of_an_income_or_a_fixed_amount(db, group, income, amount, day):
    assert fee_of(payer(group, income), InForce(day)) == due(amount)


@pytest.mark.parametrize(("born_on", "low", "high"), [("1990", 11_100, 18_500), ("1950-01-01", 7_400, 11_100)])
def test_others_pay_a_share_of_the_minimum_wage_that_rises_in_2028(db, born_on, low, high):
    other = payer(FeeGroup.OTHER, born_on=born_on)
    amounts = [fee_of(other, InForce(day)) for day in (MARCH, LAST_LOW, FIRST_HIGH)]
    assert amounts == [due(low), due(low), due(high)]


@pytest.mark.parametrize(
    ("income", "amount"), [(4_444_449, 44_444), (4_444_450, 44_445), (4_444_451, 44_445), (1, 0), (50, 1)]
)
def test_half_a_dong_is_rounded_up(db, income, amount):
    assert fee_of(payer(FeeGroup.SALARY, income), InForce(MARCH)) == due(amount)


@pytest.mark.parametrize(
    ("relief", "amount"),
    [(FeeRelief.REDUCED_30, 14_000), (FeeRelief.REDUCED_50, 10_000), (FeeRelief.REDUCED_70, 6_000)],
)
def test_relief_takes_off_its_share(db, relief, amount):
    assert fee_of(payer(FeeGroup.PENSION, 4_000_000, relief=relief), InForce(MARCH)) == due(amount)


@pytest.mark.parametrize("group", [None, FeeGroup.SALARY, FeeGroup.OTHER])
def test_who_is_free_owes_nothing_whatever_else_is_known(db, group):
    assert fee_of(payer(group, relief=FeeRelief.EXEMPT), InForce(MARCH)) == Fee(FeeState.FREE, 0)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (payer(None), FeeState.NO_BASIS),
        (payer(None, relief=FeeRelief.REDUCED_50), FeeState.NO_BASIS),
        (payer(FeeGroup.SALARY), FeeState.NO_INCOME),
        (payer(FeeGroup.OTHER, born_on=None), FeeState.NO_BIRTHDAY),
    ],
)
def test_what_is_not_written_down_is_never_nought(db, one, state):
    assert fee_of(one, InForce(MARCH)) == Fee(state, None)


@pytest.mark.parametrize("group", FeeGroup)
def test_before_the_first_rate_nothing_is_known(db, group):
    assert fee_of(payer(group, 5_000_000), InForce(date(2026, 1, 1))) == Fee(FeeState.NO_RATE, None)


@pytest.mark.parametrize("code", ["fees.minimum_wage", AGES[Gender.MALE]])
def test_without_what_the_rate_rests_on_nothing_is_known(db, code):
    Threshold.objects.filter(code=code).delete()
    assert fee_of(payer(FeeGroup.OTHER), InForce(MARCH)) == Fee(FeeState.NO_RATE, None)


def test_the_office_may_set_an_amount_where_there_was_a_share(db):
    Threshold.objects.filter(code="fees.working").update(unit="dong", low=15_000)
    assert fee_of(payer(FeeGroup.OTHER), InForce(MARCH)) == due(15_000)


def test_what_was_not_read_in_its_text_says_so(db):
    sure = {row.code for row in Threshold.objects.filter(code__startswith="fees.", certainty="read")}
    unsure = {row.code for row in Threshold.objects.filter(code__startswith="fees.", certainty="reported")}
    assert {"fees.salary", "fees.benefit", "fees.pension", "fees.student", "fees.working", "fees.retired"} <= sure
    assert {"fees.minimum_wage", *AGES.values()} <= unsure
    assert sure & unsure == set()
