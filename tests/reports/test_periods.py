"""Reporting periods: who is asked to confirm, who has, and what is refused."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from binhlu_portal.verbs import Refusal
from members import restructuring
from organizations import units
from organizations.codes import Kind, Sector
from reports import periods
from reports.models import Confirmation, ReportingPeriod
from tests.factories import make_root, make_unit, make_user

TODAY, DUE = date(2026, 3, 10), date(2026, 3, 20)
NOW = datetime(2026, 3, 11, 2, tzinfo=UTC)
ASKED = {"as_of": date(2026, 3, 1), "since": date(2025, 7, 1), "year": 2025, "due_on": DUE}


@pytest.fixture
def period(commune, cell_a, cell_b):
    return periods.open_period(unit=commune, **ASKED, today=TODAY)


def units_asked(period):
    """Return the codes of the units asked to confirm."""
    return set(periods.asked(period).values_list("unit__code", flat=True))


def test_a_commune_asks_what_lies_directly_beneath_it_on_the_day(commune, cell_a, cell_b, period):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY)
    make_unit("nested", org)
    make_unit("late", commune, day=date(2026, 3, 2))
    restructuring.dissolve(cell=cell_b, day=date(2026, 3, 5))
    assert units_asked(period) == {"a", "b", "org"}


def test_a_period_is_opened_by_a_committee_only(cell_a):
    with pytest.raises(Refusal, match="không mở kỳ báo cáo"):
        periods.open_period(unit=cell_a, **ASKED, today=TODAY)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"since": date(2026, 3, 2)}, "phải không muộn hơn ngày số liệu"),
        ({"year": 2027}, "Năm xếp loại phải từ"),
        ({"due_on": date(2026, 3, 9)}, "Hạn xác nhận đã qua"),
        ({"as_of": date(2020, 1, 1), "since": date(2020, 1, 1)}, "không tồn tại"),
    ],
)
def test_a_period_that_cannot_be_is_refused(commune, wrong, said):
    with pytest.raises(ValidationError, match=said):
        periods.open_period(unit=commune, **ASKED | wrong, today=TODAY)
    assert not ReportingPeriod.objects.exists()


def test_one_period_is_open_at_a_time(commune, period):
    with pytest.raises(ValidationError, match="Đang có một kỳ báo cáo chưa kết thúc"):
        periods.open_period(unit=commune, **ASKED, today=TODAY)
    periods.close_period(period=period, today=DUE)
    assert periods.open_period(unit=commune, **ASKED, today=TODAY).is_open


def test_a_unit_confirms_once_and_can_withdraw(period, cell_a, secretary_a):
    confirmation = periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    with pytest.raises(ValidationError, match="đã xác nhận"):
        periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    periods.withdraw(confirmation=confirmation)
    assert periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW).at == NOW


def test_a_unit_that_is_not_asked_does_not_confirm(period, commune, secretary_a):
    with pytest.raises(ValidationError, match="không phải xác nhận"):
        periods.confirm(period=period, unit=commune, user=secretary_a, now=NOW)


def test_nothing_is_confirmed_nor_withdrawn_after_the_end(period, cell_a, cell_b, secretary_a):
    confirmation = periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    periods.close_period(period=period, today=DUE)
    for late in (
        lambda: periods.confirm(period=period, unit=cell_b, user=secretary_a, now=NOW),
        lambda: periods.withdraw(confirmation=confirmation),
        lambda: periods.close_period(period=period, today=DUE),
    ):
        with pytest.raises(Refusal, match="đã kết thúc"):
            late()
    assert Confirmation.objects.count() == 1


def test_periods_are_seen_from_beneath_and_kept_by_who_opened_them(
    period, clerk, leader, secretary_a, administrator, stranger
):
    foreign = make_user("foreign", ("secretariat", make_root("khac")))
    for user in (clerk, leader, secretary_a):
        assert ReportingPeriod.objects.visible_to(user).get() == period
    for user in (administrator, stranger, foreign):
        assert not ReportingPeriod.objects.visible_to(user).exists()
    kept = [
        user.username for user in (clerk, leader, secretary_a) if ReportingPeriod.objects.editable_by(user).exists()
    ]
    assert kept == ["clerk"]


def test_who_has_confirmed_is_counted_within_the_scope(
    period, commune, cell_a, cell_b, clerk, secretary_a, secretary_b
):
    periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    assert periods.progress(period, clerk, commune) == {"asked": 2, "confirmed": 1}
    assert periods.progress(period, clerk, cell_a) == {"asked": 1, "confirmed": 1}
    assert periods.progress(period, secretary_b, commune) == {"asked": 1, "confirmed": 0}
    assert [(row.unit.code, row.confirmed) for row in periods.board(period, clerk).order_by("unit__code")] == [
        ("a", True),
        ("b", False),
    ]


def test_a_unit_finds_the_open_period_of_its_committee(period, commune, cell_a, secretary_a, clerk):
    assert periods.open_for(cell_a, secretary_a) == periods.open_for(commune, clerk) == period
    periods.close_period(period=period, today=DUE)
    assert periods.open_for(cell_a, secretary_a) is None


def test_a_unit_that_moved_away_confirms_there(commune, cell_a, secretary_a, clerk):
    province = make_root("tinh", kind=Kind.PROVINCE)
    other = make_root("khac", parent=province)
    units.move(unit=commune, parent=province, day=date(2026, 1, 1))
    asked = periods.open_period(unit=province, **ASKED, today=TODAY)
    assert units_asked(asked) == {"a"}
    units.move(unit=cell_a, parent=other, day=date(2026, 3, 5))
    own = periods.open_period(unit=commune, **ASKED, today=TODAY)
    assert units_asked(own) == {"a"}
    assert periods.open_for(cell_a, secretary_a) == asked
