"""Where the checks of meetings and ratings begin to find something."""

from datetime import date
from itertools import product

import pytest

from assessments.meetings.actions import hold_meeting
from assessments.ratings.actions import rate, rate_unit
from assessments.ratings.ceiling import CEILING, places_allowed
from binhlu_portal.data_checks.rules import CHECKS
from organizations.models import Threshold
from tests.checks import RATED_ON, make_threshold
from tests.factories import make_member, make_unit, moment_of
from tests.proofs import undone

DAY = date(2026, 3, 10)


def rows(code, unit, day=DAY):
    """Return what a check finds beneath a unit."""
    return CHECKS[code].rows(moment_of(unit, day))


@pytest.mark.parametrize(
    ("day", "month", "found"),
    [
        (date(2026, 3, 31), "03/2026", 0),
        (date(2026, 4, 1), "03/2026", 0),
        (date(2026, 4, 2), "04/2026", 1),
        (date(2026, 3, 1), "02/2026", 1),
    ],
)
def test_a_cell_holds_a_meeting_a_month(commune, cell_a, day, month, found):
    make_member(cell_a)
    hold_meeting(unit=cell_a, day=date(2026, 3, 1), kind="regular", expected=1, present=1)
    assert rows("chua-sinh-hoat", commune, day).count() == found
    assert month in CHECKS["chua-sinh-hoat"].said(moment_of(commune, day))


def test_an_organization_holds_no_meetings(commune):
    make_member(make_unit("nested", make_unit("org", commune, kind="party_organization")))
    assert [place.unit.code for place in rows("chua-sinh-hoat", commune)] == ["nested"]


def test_members_of_the_end_of_the_year_are_to_be_rated(commune, cell_a):
    first = make_member(cell_a)
    make_member(cell_a, day=date(2026, 1, 1))
    assert [stay.member for stay in rows("chua-xep-loai", commune)] == [first]
    rate(member=first, year=2025, decided_on=RATED_ON, not_rated="exempt")
    assert not rows("chua-xep-loai", commune)


@pytest.mark.parametrize("numbers", [(0, 5, 1), (1, 4, 0), (1, 3, 1), (1, 2, 2), (2, 5, 1), (2, 7, 0), (1, 1, 0)])
def test_the_ceiling_is_passed_where_more_places_are_taken_than_allowed(commune, cell_a, cell_b, numbers):
    levels = dict(zip(("excellent", "good", "fair"), numbers, strict=True))
    sector = iter(range(100))
    for level, number in levels.items():
        for _ in range(number):
            member = make_member(cell_a)
            rate(member=member, year=2025, decided_on=RATED_ON, level=level)
            rate(member=member, year=2026, decided_on=DAY, level="excellent")
            unit = make_unit(f"n{next(sector)}", commune, sector="school")
            make_member(unit)
            rate_unit(unit=unit, year=2025, decided_on=RATED_ON, level=level)
            rate_unit(unit=unit, year=2026, decided_on=DAY, level="excellent")
    make_member(cell_b)
    rate_unit(unit=cell_b, year=2025, decided_on=RATED_ON, level="good")
    for base, rounding in product(["good_or_better", "rated", "good"], ["down", "half_up"]):
        with undone():
            threshold = make_threshold(base=base, rounding=rounding)
            passed = levels["excellent"] > places_allowed(threshold, levels)
            found = [place.unit.code for place in rows("dang-vien-xuat-sac-vuot-tran", commune)]
            assert found == (["a"] if passed else []), (base, rounding)
            units = rows("to-chuc-xuat-sac-vuot-tran", commune).count()
            assert units == (levels["excellent"] if passed else 0), (base, rounding)


def test_without_a_ceiling_nothing_passes_it(commune, cell_a):
    Threshold.objects.filter(code=CEILING).delete()
    rate(member=make_member(cell_a), year=2025, decided_on=RATED_ON, level="excellent")
    rate_unit(unit=cell_a, year=2025, decided_on=RATED_ON, level="excellent")
    assert not rows("dang-vien-xuat-sac-vuot-tran", commune)
    assert not rows("to-chuc-xuat-sac-vuot-tran", commune)
