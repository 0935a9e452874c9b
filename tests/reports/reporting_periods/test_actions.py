"""Reporting periods: who is asked to confirm, who has, and what is refused."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from binhlu_portal.db.actions import Refusal
from members.restructuring import actions as restructuring
from organizations.choices import Kind, Sector
from organizations.units import actions as units
from reports.narrative.actions import write_text
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.models import Confirmation, ReportingPeriod
from tests.factories import make_root, make_unit, make_user
from tests.ground import layer

TODAY, DUE = date(2026, 3, 10), date(2026, 3, 20)
NOW = datetime(2026, 3, 11, 2, tzinfo=UTC)
ASKED = {"as_of": date(2026, 3, 1), "since": date(2025, 7, 1), "year": 2025, "due_on": DUE}


@layer
def period(commune, cell_a, cell_b):
    return reporting_periods.open_period(unit=commune, **ASKED, today=TODAY)


def units_asked(period):
    """Return the codes of the units asked to confirm."""
    return set(period_queries.units_asked(period).values_list("unit__code", flat=True))


def test_a_commune_asks_what_lies_directly_beneath_it_on_the_day(commune, cell_a, cell_b, period):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY)
    make_unit("nested", org)
    make_unit("late", commune, day=date(2026, 3, 2))
    restructuring.dissolve(cell=cell_b, day=date(2026, 3, 5))
    assert units_asked(period) == {"a", "b", "org"}


def test_a_period_is_opened_by_a_committee_only(cell_a):
    with pytest.raises(Refusal, match="không mở kỳ báo cáo"):
        reporting_periods.open_period(unit=cell_a, **ASKED, today=TODAY)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"since": date(2026, 3, 2)}, "phải không muộn hơn ngày số liệu"),
        ({"year": 2027}, "Năm xếp loại phải từ"),
        ({"due_on": date(2026, 3, 9)}, "Hạn sớm nhất là 10/03/2026"),
        ({"as_of": date(2026, 3, 21)}, "Hạn sớm nhất là 21/03/2026"),
        ({"as_of": date(2020, 1, 1), "since": date(2020, 1, 1)}, "không tồn tại"),
    ],
)
def test_a_period_that_cannot_be_is_refused(commune, wrong, said):
    with pytest.raises(ValidationError, match=said):
        reporting_periods.open_period(unit=commune, **ASKED | wrong, today=TODAY)
    assert not ReportingPeriod.objects.exists()


def test_one_period_is_open_at_a_time(commune, period):
    with pytest.raises(Refusal, match=r"Kỳ báo cáo đến ngày 01/03/2026 chưa khóa: .+ mở nhầm"):
        reporting_periods.open_period(unit=commune, **ASKED, today=TODAY)
    reporting_periods.close_period(period=period, today=DUE)
    assert reporting_periods.open_period(unit=commune, **ASKED, today=TODAY).is_open


def test_a_period_opened_by_mistake_is_taken_back(period, commune):
    reporting_periods.cancel_period(period=period)
    assert not ReportingPeriod.objects.exists()
    assert reporting_periods.open_period(unit=commune, **ASKED, today=TODAY).is_open


def test_a_period_on_which_something_rests_is_not_taken_back(period, cell_a, secretary_a, clerk):
    confirmation = reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    with pytest.raises(Refusal, match="các đơn vị rút xác nhận"):
        reporting_periods.cancel_period(period=period)
    reporting_periods.withdraw(confirmation=confirmation)
    text = write_text(period=period, section="IV.3", text="Mẫu.")
    with pytest.raises(Refusal, match="hoàn tác các lần ghi đó"):
        reporting_periods.cancel_period(period=period)
    text.delete()
    reporting_periods.close_period(period=period, today=DUE)
    reporting_periods.reopen(user=None, period=period, reason="thử")
    with pytest.raises(Refusal, match="không hủy được"):
        reporting_periods.cancel_period(period=period)
    assert ReportingPeriod.objects.get() == period


def test_nothing_is_confirmed_before_the_day_of_the_figures(commune, cell_a, secretary_a):
    early = reporting_periods.open_period(unit=commune, **ASKED | {"as_of": date(2026, 3, 12)}, today=TODAY)
    with pytest.raises(Refusal, match="Chưa đến ngày số liệu 12/03/2026"):
        reporting_periods.confirm(
            period=early, unit=cell_a, user=secretary_a, now=datetime(2026, 3, 11, 16, 59, tzinfo=UTC)
        )
    evening = datetime(2026, 3, 11, 17, tzinfo=UTC)  # midnight at Bình Lư
    assert reporting_periods.confirm(period=early, unit=cell_a, user=secretary_a, now=evening).at == evening


def test_a_unit_confirms_once_and_can_withdraw(period, cell_a, secretary_a):
    confirmation = reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    with pytest.raises(ValidationError, match="đã xác nhận"):
        reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    reporting_periods.withdraw(confirmation=confirmation)
    assert reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW).at == NOW


def test_a_unit_that_is_not_asked_does_not_confirm(period, commune, secretary_a):
    with pytest.raises(ValidationError, match="không phải xác nhận"):
        reporting_periods.confirm(period=period, unit=commune, user=secretary_a, now=NOW)


def test_nothing_is_confirmed_nor_withdrawn_after_the_end(period, cell_a, cell_b, secretary_a):
    confirmation = reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    reporting_periods.close_period(period=period, today=DUE)
    for late in (
        lambda: reporting_periods.confirm(period=period, unit=cell_b, user=secretary_a, now=NOW),
        lambda: reporting_periods.withdraw(confirmation=confirmation),
        lambda: reporting_periods.close_period(period=period, today=DUE),
    ):
        with pytest.raises(Refusal, match="đã khóa"):
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
    reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    assert period_queries.progress(period, clerk, commune) == {"asked": 2, "confirmed": 1, "accepted": 0}
    assert period_queries.progress(period, clerk, cell_a) == {"asked": 1, "confirmed": 1, "accepted": 0}
    assert period_queries.progress(period, secretary_b, commune) == {"asked": 1, "confirmed": 0, "accepted": 0}
    assert [(row.unit.code, row.confirmed) for row in period_queries.board(period, clerk).order_by("unit__code")] == [
        ("a", True),
        ("b", False),
    ]


def test_a_unit_finds_the_open_period_of_its_committee(period, commune, cell_a, secretary_a, clerk):
    assert period_queries.open_for(cell_a, secretary_a) == period_queries.open_for(commune, clerk) == period
    reporting_periods.close_period(period=period, today=DUE)
    assert period_queries.open_for(cell_a, secretary_a) is None


def test_a_unit_that_moved_away_confirms_there(commune, cell_a, secretary_a, clerk):
    province = make_root("tinh", kind=Kind.PROVINCE)
    other = make_root("khac", parent=province)
    units.move(unit=commune, parent=province, day=date(2026, 1, 1))
    asked = reporting_periods.open_period(unit=province, **ASKED, today=TODAY)
    assert units_asked(asked) == {"a"}
    units.move(unit=cell_a, parent=other, day=date(2026, 3, 5))
    own = reporting_periods.open_period(unit=commune, **ASKED, today=TODAY)
    assert units_asked(own) == {"a"}
    assert period_queries.open_for(cell_a, secretary_a) == asked


def confirmed(period, unit, user):
    return reporting_periods.confirm(period=period, unit=unit, user=user, now=NOW)


def test_the_office_accepts_once_and_then_nothing_is_withdrawn(period, cell_a, secretary_a, clerk):
    confirmation = confirmed(period, cell_a, secretary_a)
    reporting_periods.accept(confirmation=confirmation, user=clerk, now=NOW)
    with pytest.raises(Refusal, match="đã được trả lời: đã nhận"):
        reporting_periods.accept(confirmation=confirmation, user=clerk, now=NOW)
    with pytest.raises(Refusal, match="đề nghị văn phòng trả lại"):
        reporting_periods.withdraw(confirmation=confirmation)
    assert period_queries.progress(period, clerk, period.unit) == {"asked": 2, "confirmed": 1, "accepted": 1}


def test_all_that_wait_are_accepted_at_once(period, cell_a, cell_b, secretary_a, secretary_b, clerk):
    returned = confirmed(period, cell_a, secretary_a)
    reporting_periods.send_back(confirmation=returned, user=clerk, now=NOW, reason="thiếu")
    for unit, user in ((cell_a, secretary_a), (cell_b, secretary_b)):
        confirmed(period, unit, user)
    assert reporting_periods.accept_all(period=period, user=clerk, now=NOW) == 2
    assert [found.answer for found in Confirmation.objects.order_by("pk")] == ["returned", "accepted", "accepted"]
    with pytest.raises(Refusal, match="Không có đơn vị nào đang chờ"):
        reporting_periods.accept_all(period=period, user=clerk, now=NOW)
    reporting_periods.close_period(period=period, today=DUE)
    with pytest.raises(Refusal, match="đã khóa"):
        reporting_periods.accept_all(period=period, user=clerk, now=NOW)


@pytest.mark.parametrize("accepted", [True, False])
def test_what_is_returned_stays_as_a_try_and_the_unit_confirms_again(period, cell_a, secretary_a, clerk, accepted):
    first = confirmed(period, cell_a, secretary_a)
    if accepted:
        reporting_periods.accept(confirmation=first, user=clerk, now=NOW)
    reporting_periods.send_back(confirmation=first, user=clerk, now=NOW, reason="thiếu một người")
    for again in (
        lambda: reporting_periods.send_back(confirmation=first, user=clerk, now=NOW, reason="thiếu"),
        lambda: reporting_periods.withdraw(confirmation=first),
    ):
        with pytest.raises(Refusal, match="trả lại"):
            again()
    assert period_queries.progress(period, clerk, period.unit)["confirmed"] == 0
    row = period_queries.board(period, clerk).get(unit=cell_a)
    assert (row.confirmed, row.answer, row.answer_reason) == (False, "returned", "thiếu một người")
    assert period_queries.open_period_progress(cell_a, clerk).done == 0
    confirmed(period, cell_a, secretary_a)
    row = period_queries.board(period, clerk).get(unit=cell_a)
    assert (row.confirmed, row.answer, row.by) == (True, "", secretary_a.full_name)
    assert Confirmation.objects.count() == 2


def test_a_return_needs_a_reason(period, cell_a, secretary_a, clerk):
    with pytest.raises(ValidationError, match="Trả lại phải có lý do"):
        reporting_periods.send_back(confirmation=confirmed(period, cell_a, secretary_a), user=clerk, now=NOW, reason="")


def test_nothing_is_answered_after_the_end(period, cell_a, secretary_a, clerk):
    confirmation = confirmed(period, cell_a, secretary_a)
    reporting_periods.close_period(period=period, today=DUE)
    for late in (
        lambda: reporting_periods.accept(confirmation=confirmation, user=clerk, now=NOW),
        lambda: reporting_periods.send_back(confirmation=confirmation, user=clerk, now=NOW, reason="muộn"),
    ):
        with pytest.raises(Refusal, match="đã khóa"):
            late()


def test_forms_asked_are_kept_in_the_order_of_the_report(commune, cell_a):
    assert reporting_periods.open_period(unit=commune, **ASKED, today=TODAY, forms=["9", "1B"]).form_codes == [
        "1B",
        "9",
    ]


def test_a_form_that_is_none_is_refused(commune):
    with pytest.raises(Refusal, match="Không có biểu 99"):
        reporting_periods.open_period(unit=commune, **ASKED, today=TODAY, forms=["99"])


def test_no_period_is_closed_before_its_day(commune, cell_a):
    early = reporting_periods.open_period(unit=commune, **ASKED | {"as_of": date(2026, 3, 12)}, today=TODAY)
    with pytest.raises(Refusal, match="Chưa đến ngày số liệu 12/03/2026"):
        reporting_periods.close_period(period=early, today=date(2026, 3, 11))
    assert reporting_periods.close_period(period=early, today=date(2026, 3, 12)).closed_on


def test_an_old_period_is_opened_again_beside_the_open_one(period, commune, cell_a, secretary_a):
    reporting_periods.close_period(period=period, today=DUE)
    newer = reporting_periods.open_period(unit=commune, **ASKED | {"as_of": date(2026, 3, 15)}, today=TODAY)
    with pytest.raises(Refusal, match="đang mở"):
        reporting_periods.reopen(user=None, period=newer, reason="thử")
    assert reporting_periods.reopen(user=None, period=period, reason="sót một người").reopened_for == "sót một người"
    assert period_queries.open_for(cell_a, secretary_a) == newer
    reporting_periods.close_period(period=period, today=DUE)
    assert (period.reopened_for, period.closings.count()) == ("", 2)


def test_a_later_period_is_opened_first(period, commune):
    reporting_periods.close_period(period=period, today=DUE)
    later = reporting_periods.open_period(unit=commune, **ASKED | {"as_of": date(2026, 3, 15)}, today=TODAY)
    reporting_periods.close_period(period=later, today=DUE)
    with pytest.raises(Refusal, match="Kỳ báo cáo đến ngày 15/03/2026 cũng khóa những ngày này"):
        reporting_periods.reopen(user=None, period=period, reason="thử")
    reporting_periods.reopen(user=None, period=later, reason="thử")
    assert reporting_periods.reopen(user=None, period=period, reason="thử").is_open


@pytest.mark.parametrize(
    ("at", "late"), [(datetime(2026, 3, 20, 16, 59, tzinfo=UTC), False), (datetime(2026, 3, 20, 17, tzinfo=UTC), True)]
)
def test_late_is_by_the_day_on_the_wall(period, at, late):
    assert period.is_late(at) is late
