"""The sums that must close: in a sound database they do, and a gap says what it comes from."""

from datetime import date

import pytest

from binhlu_portal.data_checks.rules import CHECKS
from members.member_records import actions as member_records
from members.membership import actions as membership
from reports.data_checks import sums
from tests.checks import DAY, make_sound, somebody
from tests.factories import admit, make_member, moment_of


def gaps(unit, day=DAY, **more):
    """Return the sums that do not close: {title: difference}."""
    return {one.title: one.difference for one in sums(moment_of(unit, day, **more)) if one.difference}


def test_all_sums_of_sound_records_close(commune, cell_a, cell_b):
    make_sound(cell_a)
    membership.transfer(member=somebody(cell_a), to=cell_b, day=date(2026, 2, 1))
    membership.transfer_out(member=somebody(cell_a), day=date(2026, 3, 1))
    for unit in (commune, cell_a, cell_b):
        assert gaps(unit) == {}


@pytest.mark.parametrize(
    ("field", "title"),
    [("education", "Học vấn"), ("qualification", "Chuyên môn"), ("occupation", "Đang làm việc, đã nghỉ")],
)
def test_who_lacks_a_level_is_counted_beside_the_parts_as_the_check_finds_it(commune, cell_a, field, title):
    make_sound(cell_a)
    somebody(cell_a).states.update(**{field: ""})
    make_member(cell_a)
    moment = moment_of(commune, DAY)
    (one,) = [one for one in sums(moment) if one.title == title]
    assert one.difference == 0
    assert one.missing == CHECKS[one.gap].rows(moment).count() == 2


def test_a_level_without_a_row_in_the_report_leaves_no_gap(commune, cell_a):
    make_sound(cell_a)
    member_records.set_levels(member=somebody(cell_a), day=DAY, education="literate", qualification="none")
    assert gaps(commune) == {}


def test_who_has_no_birth_has_no_age(commune, cell_a):
    make_sound(cell_a)
    person = somebody(cell_a)
    person.born_on = None
    person.save()
    assert gaps(commune) == {}
    assert [one.missing for one in sums(moment_of(commune, DAY)) if one.title == "Độ tuổi"] == [1]


def test_the_ledger_closes_over_admissions_and_departures(commune, cell_a):
    make_member(cell_a)
    admit(cell_a, date(2026, 2, 1))
    (ledger,) = [one for one in sums(moment_of(commune, DAY)) if one.title.startswith("Đầu kỳ")]
    assert (ledger.whole, ledger.parts) == (2, 2)
