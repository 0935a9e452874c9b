"""What a cell reports is refused by the rules of the act that the office would write, whatever kind it is."""

from datetime import date, timedelta

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from members.change_reports import actions as change_reports
from members.change_reports.change_types import CHANGE_TYPES
from members.change_reports.rules import RULES
from members.member_records import actions as member_records
from members.models import ChangeReport
from members.models.change_report import MAY_LIE_AHEAD, ChangeKind
from members.positions.actions import appoint
from tests.factories import START, make_member
from tests.ground import layer
from tests.proofs import again, refused

CAME = date(2025, 9, 10)
DAY = date(2026, 1, 15)
BORN = date(1973, 4, 2)
TOLD = {"place": "Chi bộ b", "years": 30, "note": "Theo đơn", "post": "village_head"}
CHANGES = {change.kind: change for change in CHANGE_TYPES.values() if change.kind}
DATED = [kind for kind, change in CHANGES.items() if "day" in change.carries]


@layer
def lan(cell_a):
    """A member of cell A, born in 1973, who came some time ago and holds a post."""
    card = {"joined_on": "1993-01-05", "decided_on": "1993-01-02", "official_on": "1994-01-05"}
    found = make_member(cell_a, "Lò Thị Lan", day=CAME, born_on=BORN.isoformat(), **card)
    appoint(unit=cell_a, post="front_head", member=found, day=CAME)
    return found


@pytest.fixture
def report(lan, cell_a):
    """Return a function that reports a kind of change."""

    def report(kind, **told):
        whom = {"member": lan} if CHANGES[kind].is_about_member else {"unit": cell_a, "newcomer": "Vàng A Mới"}
        carried = {name: value for name, value in TOLD.items() if name in CHANGES[kind].carries}
        carried |= {"post": "front_head"} if kind == ChangeKind.POST_LEFT else {}
        return change_reports.report_change(kind=kind, reported_on=DAY, **whom, **carried | told)

    return report


def test_every_kind_has_its_rules():
    assert RULES.keys() == CHANGES.keys() == set(ChangeKind)


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_is_taken_with_what_is_possible(report, kind):
    day = {"day": PartialDate.of(DAY)} if kind in DATED else {}
    assert report(kind, **day).pk


IMPOSSIBLE = {
    "before birth": PartialDate("1930-01-01"),
    "before the cell was known": PartialDate.of(START - timedelta(days=1)),
    "a year before the stay": PartialDate("2024"),
    "before the stay": PartialDate.of(CAME - timedelta(days=1)),
    "to come": PartialDate.of(DAY + timedelta(days=1)),
}
SAYS = ("chọn ngày", "ghi ngày", "xem lại", "ghi theo ngày", "không tồn tại ngày")


@pytest.mark.parametrize("told", IMPOSSIBLE)
@pytest.mark.parametrize("kind", DATED)
def test_no_kind_takes_an_impossible_day(report, kind, told):
    is_told_of_the_cell_alone = kind == ChangeKind.NEWCOMER and told == "before the stay"
    if is_told_of_the_cell_alone or (kind in MAY_LIE_AHEAD and told == "to come"):
        assert report(kind, day=IMPOSSIBLE[told]).pk
        return
    with pytest.raises(Exception, match="|".join(SAYS)):
        report(kind, day=IMPOSSIBLE[told])
    assert not ChangeReport.objects.exists()


ENDS = (ChangeKind.DIED, ChangeKind.RESIGNED, ChangeKind.MOVED_WITHIN, ChangeKind.MOVED_OUT, ChangeKind.POST_LEFT)


@pytest.mark.parametrize("kind", ENDS)
def test_nothing_ends_on_the_day_on_which_it_began(report, kind):
    with refused("chọn ngày sau ngày đó"):
        report(kind, day=PartialDate.of(CAME))


@pytest.mark.parametrize("kind", DATED)
def test_a_month_that_may_be_right_is_taken(report, kind):
    assert report(kind, day=PartialDate(f"{CAME:%Y-%m}")).pk


SO_ALREADY = {
    ChangeKind.EXEMPTION: lambda lan, unit: member_records.exempt(member=lan, kind="age_health", day=CAME),
    ChangeKind.BADGE: lambda lan, unit: member_records.award_badge(member=lan, years=30, awarded_on=date(2025, 11, 7)),
    ChangeKind.POST_TAKEN: lambda lan, unit: appoint(unit=unit, post="village_head", member=lan, day=CAME),
}


@pytest.mark.parametrize("kind", SO_ALREADY)
def test_what_is_so_already_is_not_reported(report, lan, cell_a, kind):
    SO_ALREADY[kind](lan, cell_a)
    with refused("Hồ sơ đã có", "nói với Văn phòng"):
        report(kind)


def test_nobody_leaves_a_post_that_is_not_held(lan):
    with refused("không ghi Lò Thị Lan giữ chức vụ này", "báo “Giữ chức vụ mới” trước"):
        change_reports.report_change(kind="post_left", member=lan, reported_on=DAY, post="secretary")


@pytest.mark.parametrize("place", ["Chi bộ a", "chi bo a", "a"])
def test_nobody_moves_to_the_own_cell(report, cell_b, place):
    with refused("đang sinh hoạt ở chính chi bộ này", "chọn chi bộ khác"):
        report(ChangeKind.MOVED_WITHIN, place=place)


def test_a_post_is_not_taken_before_who_holds_it_began(report, lan, cell_a):
    appoint(unit=cell_a, post="village_head", member=make_member(cell_a), day=DAY)
    with refused("chọn ngày sau ngày đó"):
        report(ChangeKind.POST_TAKEN, day=PartialDate.of(DAY))


def test_who_is_on_probation_takes_no_post_of_the_committee(cell_a):
    young = make_member(cell_a, joined_on="2025-10-01", decided_on="2025-09-20", official_on=None)
    with refused("đảng viên dự bị"):
        change_reports.report_change(kind="post_taken", member=young, reported_on=DAY, post="deputy_secretary")


def test_a_badge_is_not_asked_for_years_ahead(report):
    with refused("đủ 40 năm tuổi Đảng ngày 02/01/2033"):
        report(ChangeKind.BADGE, years=40)


def test_an_answer_is_judged_where_it_tells_something_else(report, lan):
    died = change_reports.ask_back(report=report(ChangeKind.DIED), question="Ngày nào?")
    with refused("chọn ngày sau ngày đó", "mới đến chi bộ"):
        change_reports.answer_question(report=died, answer="Ngày 1.", day=PartialDate.of(CAME))
    assert again(died).day is None
    lan.spells.update(ended_on=DAY, end_reason="died")
    assert change_reports.answer_question(report=died, answer="Đã ghi rồi.", day=None).answer == "Đã ghi rồi."


def test_what_lies_in_a_closed_period_is_reported_all_the_same(report, monkeypatch):
    monkeypatch.setattr("members.membership.actions.change", None)
    assert report(ChangeKind.DIED, day=PartialDate.of(DAY)).pk
