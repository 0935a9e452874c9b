"""What members earn: erased in time, in no history at any time."""

from datetime import date

import pytest

from binhlu_portal.audit.models import Entry
from binhlu_portal.chores import CHORES
from binhlu_portal.db.actions import correct, remove
from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs.actions import forget_files
from binhlu_portal.spreadsheets.models import Batch, BatchState
from members.choices import EndReason
from members.chores import forget_incomes
from members.fees import actions as fees
from members.models import FeeBasis
from organizations.models import Threshold
from tests.factories import leave_party, make_member
from tests.ground import layer

INCOME = 7_654_321
BEGAN, ENDED = date(2026, 1, 1), date(2026, 3, 15)


@layer
def lan(cell_a):
    """A member of A whose income has changed once."""
    member = make_member(cell_a, "Lan")
    fees.set_basis(member=member, group="salary", income=INCOME, day=BEGAN)
    fees.set_basis(member=member, group="salary", income=INCOME + 1, day=ENDED)
    return member


def incomes():
    return list(FeeBasis.objects.order_by("started_on").values_list("income", flat=True))


@pytest.mark.parametrize(("today", "left"), [(date(2026, 5, 14), INCOME), (date(2026, 5, 15), None)])
def test_an_income_is_erased_some_months_after_its_end(lan, today, left):
    CHORES["incomes"](today=today)
    CHORES["incomes"](today=today)
    assert incomes() == [left, INCOME + 1]


def test_this_month_and_the_month_before_can_be_reckoned_as_long_as_incomes_are_kept(lan):
    for today in (date(2026, month, day) for month in (3, 4) for day in (1, 15, 30)):
        forget_incomes(today=today)
        first = today.replace(month=today.month - 1, day=1)
        assert FeeBasis.objects.on(first).get().income is not None


def test_the_office_says_for_how_long(lan):
    Threshold.objects.filter(code="fees.income_months").update(low=12)
    forget_incomes(today=date(2026, 12, 1))
    assert incomes() == [INCOME, INCOME + 1]


def test_the_income_of_somebody_who_left_is_erased_too(lan):
    leave_party(lan, date(2026, 4, 1), EndReason.DIED)
    forget_incomes(today=date(2026, 5, 31))
    assert incomes() == [None, INCOME + 1]
    forget_incomes(today=date(2026, 6, 1))
    assert incomes() == [None, None]


def test_the_history_never_learns_an_income(lan):
    row = FeeBasis.objects.get(ended_on=ENDED)
    correct(row=row, income=INCOME + 2)
    correct(row=row, started_on=date(2026, 1, 2))
    forget_incomes(today=date(2026, 12, 1))
    remove(row=row)
    entries = Entry.objects.filter(table="members_feebasis")
    assert entries.filter(action="deleted").exists()
    assert not [entry for entry in entries if "income" in {**(entry.before or {}), **(entry.after or {})}]


def test_a_change_of_the_income_alone_leaves_no_entry(lan):
    before = Entry.objects.count()
    correct(row=FeeBasis.objects.get(ended_on=ENDED), income=INCOME + 2)
    assert Entry.objects.count() == before


def test_what_stood_in_old_files_is_forgotten(clerk):
    old = jobs.receive_file(user=clerk, name="luong.xlsx", content=b"7654321")
    kept = {"counts": {}, "writes": 1, "changes": [["7654321"]], "faults": [{"value": "7654321"}], "kept": ["7654321"]}
    kept |= {"read": {"columns": ["Lương"], "rows": [["7654321"]], "count": 1}}
    Batch.objects.update(state=BatchState.WRITTEN, result=kept, mends={"x": "7654321"})
    forget_files(before=old.received_on)
    assert bytes(Batch.objects.get().content) == b"7654321"
    forget_files(before=date.max)
    row = Batch.objects.get()
    assert "7654321" not in f"{bytes(row.content)}{row.result}{row.mends}{row.answers}"
    assert (row.state, row.result["writes"]) == (BatchState.WRITTEN, 1)


def test_an_old_file_that_nobody_confirmed_is_discarded(clerk):
    jobs.receive_file(user=clerk, name="luong.xlsx", content=b"7654321")
    forget_files(before=date.max)
    assert Batch.objects.get().state == BatchState.CANCELLED
