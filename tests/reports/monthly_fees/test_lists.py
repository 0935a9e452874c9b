"""The list of a month: everybody is on it once, sums close, and no total tells what one person earns."""

from collections import Counter
from datetime import date
from itertools import cycle, product

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from members.choices import FeeGroup, FeeRelief
from members.fees import actions as fees
from members.models import FeeReduction
from organizations.scope import SYSTEM
from reports.monthly_fees.lists import CELLS, TOTAL, cell_fees, first_of_month, sheets
from tests.factories import make_member, moment_of, reduce_fee

SINCE, DAY, UNTIL = date(2026, 2, 1), date(2026, 3, 20), date(2026, 12, 1)
INCOMES = {FeeGroup.SALARY: 8_000_000, FeeGroup.BENEFIT: 6_000_001, FeeGroup.PENSION: 5_000_100}


def pay(member, group):
    """Record on what the fee of a member is reckoned; of None nothing."""
    if group:
        fees.set_basis(member=member, group=group, income=INCOMES.get(group), day=SINCE)
    return member


def fill(cells):
    """Put into the cells a member for every group and every relief, written down or not; return how many."""
    kinds = list(product([None, *FeeGroup], [None, *FeeRelief]))
    for cell, (group, relief) in zip(cycle(cells), kinds, strict=False):
        member = pay(make_member(cell), group)
        if relief:
            reduce_fee(member, SINCE, UNTIL, kind=relief)
    return len(kinds)


def month_for(unit, user=SYSTEM):
    return first_of_month(moment_of(unit, DAY, user=user))


def summed(unit, user=SYSTEM):
    """Return the rows of the list of the cells of a unit by code, {column: value}."""
    month = month_for(unit, user)
    sheet, *_ = sheets(cell_fees(month), month)
    return {row.key: {column.key: row.cell(column.key).value for column in CELLS[2:]} for row in sheet.rows}


def test_everybody_is_counted_once_and_sums_close(commune, cell_a, cell_b):
    number = fill([cell_a, cell_b])
    month = month_for(commune)
    _, *lists = sheets(cell_fees(month), month)
    rows = summed(commune)
    total = rows.pop(TOTAL)
    for key in total:
        assert total[key] == sum(row[key] for row in rows.values())
    assert total["members"] == number == total["due"] + total["free"] + total["unknown"]
    exempt = FeeReduction.objects.filter(kind=FeeRelief.EXEMPT).count()
    assert (total["free"], total["unknown"]) == (exempt, len(FeeRelief))
    amounts = [row.cell("fee").value for sheet in lists for row in sheet.rows if row.key != TOTAL]
    assert sum(filter(None, amounts)) == total["amount"] and amounts.count(None) == total["unknown"]
    notes = Counter(row.cell("note").value for sheet in lists for row in sheet.rows if row.key != TOTAL)
    assert (notes["Chưa ghi căn cứ"], notes["Được miễn"]) == (total["unknown"], total["free"])
    assert [sheet.rows[-1].cell("fee").value for sheet in lists] == [rows[code]["amount"] for code in ("a", "b")]


def test_the_list_is_of_those_who_were_there_on_the_first_day(commune, cell_a):
    here, late = make_member(cell_a, "Lan"), make_member(cell_a, "Mai", day=date(2026, 3, 2))
    for member in (here, late):
        fees.set_basis(member=member, group=FeeGroup.STUDENT, day=date(2026, 3, 2))
    assert summed(commune)[TOTAL] == {"members": 1, "due": 0, "free": 0, "unknown": 1, "amount": None}


@pytest.mark.parametrize(("by_income", "others", "told"), [(0, 2, 22_200), (1, 2, None), (2, 9, None), (3, 0, 240_000)])
def test_a_leader_is_not_told_what_few_earn(commune, cell_a, cell_b, clerk, leader, by_income, others, told):
    for group in [FeeGroup.SALARY] * by_income + [FeeGroup.OTHER] * others:
        pay(make_member(cell_a), group)
    pay(make_member(cell_b), FeeGroup.OTHER)
    assert summed(commune, leader)["a"]["amount"] == told
    assert summed(commune, leader)[TOTAL]["amount"] == 11_100 + (told or 0)
    assert summed(commune, clerk)[TOTAL]["amount"] == 11_100 + 80_000 * by_income + 11_100 * others


def test_no_two_totals_of_a_leader_tell_a_third(commune, cell_a, cell_b, leader):
    pay(make_member(cell_a), FeeGroup.SALARY)
    for _ in range(3):
        pay(make_member(cell_b), FeeGroup.SALARY)
    whole, own = summed(commune, leader)[TOTAL], summed(cell_b, leader)[TOTAL]
    assert whole["amount"] == own["amount"] == 240_000
    assert summed(cell_a, leader)[TOTAL]["amount"] is None


def test_a_leader_reads_no_list_of_people(commune, cell_a, leader):
    pay(make_member(cell_a, "Lan"), FeeGroup.SALARY)
    for unit in (commune, cell_a):
        month = month_for(unit, leader)
        found = sheets(cell_fees(month), month)
        assert [sheet.title for sheet in found] == ["TỔNG HỢP ĐẢNG PHÍ PHẢI ĐÓNG"]
        assert "Lan" not in str(found)


def test_namesakes_of_a_cell_are_told_apart_on_the_list_to_sign(cell_a):
    for born in ("1964", "1990"):
        make_member(cell_a, "Lò Văn Hoan", born_on=PartialDate(born))
    month = month_for(cell_a)
    (sheet,) = sheets(cell_fees(month), month)
    assert [row.cell("name").value for row in sheet.rows[:2]] == ["Lò Văn Hoan, sinh 1964", "Lò Văn Hoan, sinh 1990"]
