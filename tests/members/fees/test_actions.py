"""On what a fee is reckoned: from a day on, one at a time, with an income where the fee is a share of one."""

from datetime import date

import pytest

from members.choices import FeeGroup
from members.fees import actions as fees
from members.fees.queries import dues
from members.fees.rates import FeeState
from members.models import FeeBasis, Spell
from organizations.in_force import InForce
from tests.factories import START, admit, make_member, make_person
from tests.ground import layer
from tests.proofs import refused

DAY, LATER = date(2026, 2, 1), date(2026, 4, 15)


@layer
def lan(cell_a):
    """A member of A."""
    return make_member(cell_a, "Lan")


def set_basis(member, day=DAY, group=FeeGroup.PENSION, income=4_000_000):
    return fees.set_basis(member=member, day=day, group=group, income=income)


def test_a_new_basis_ends_the_one_before_it(lan):
    first, second = set_basis(lan), set_basis(lan, LATER, FeeGroup.OTHER, None)
    first.refresh_from_db()
    assert (first.ended_on, second.is_open, second.income) == (LATER, True, None)


def test_a_basis_before_a_later_one_is_refused(lan):
    set_basis(lan, LATER)
    with refused("sửa căn cứ đó"):
        set_basis(lan, DAY)
    assert FeeBasis.objects.get().started_on == LATER


def test_two_bases_of_one_day_are_refused(lan):
    set_basis(lan)
    with refused("đã có căn cứ đóng đảng phí trong thời gian này"):
        set_basis(lan)


@pytest.mark.parametrize("group", [FeeGroup.SALARY, FeeGroup.BENEFIT, FeeGroup.PENSION])
def test_a_share_of_an_income_asks_for_the_income(lan, group):
    with refused("ghi mức của một tháng"):
        set_basis(lan, group=group, income=None)
    with refused("phải lớn hơn 0"):
        set_basis(lan, group=group, income=0)


@pytest.mark.parametrize("group", [FeeGroup.STUDENT, FeeGroup.OTHER])
def test_nobody_is_asked_for_an_income_that_is_not_needed(lan, group):
    with refused("không đóng theo thu nhập"):
        set_basis(lan, group=group)
    assert set_basis(lan, group=group, income=None).income is None


def test_only_members_have_a_basis(cell_a):
    hoa = make_person("Hoa")
    with refused("không sinh hoạt ở chi bộ nào"):
        set_basis(hoa)


def owed(cell, on):
    stays = Spell.objects.filter(unit=cell).on(on)
    return {due.name: (due.fee.state, due.fee.amount) for due in dues(stays, InForce(on))}


def test_a_month_goes_by_its_first_day(lan, cell_a):
    set_basis(lan)
    set_basis(lan, LATER, FeeGroup.SALARY, 9_000_000)
    amounts = [owed(cell_a, date(2026, month, 1))["Lan"][1] for month in (2, 4, 5)]
    assert amounts == [20_000, 20_000, 90_000]


def test_members_on_probation_pay_too(cell_a):
    admit(cell_a, date(2026, 1, 20), "Mai")
    set_basis(FeeBasis._meta.get_field("member").related_model.objects.get(), group=FeeGroup.STUDENT, income=None)
    assert owed(cell_a, DAY) == {"Mai": (FeeState.DUE, 5_000)}


def test_fifty_years_in_the_party_free_nobody_unless_it_is_written_down(cell_a):
    old = make_member(cell_a, "Già", born_on="1945", joined_on="1966-01-05", decided_on="1966-01-05", day=START)
    set_basis(old, group=FeeGroup.OTHER, income=None)
    assert owed(cell_a, DAY) == {"Già": (FeeState.DUE, 7_400)}
