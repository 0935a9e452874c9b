"""This month: the three steps of a cell's secretary, each with how far it is and where it goes on."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from assessments.choices import OF_CELLS
from assessments.meetings import actions as meetings
from assessments.models import Meeting
from assessments.nil_returns.actions import state_nil
from members.change_reports.actions import ask_back, report_change
from reports.reporting_periods import actions as reporting_periods
from tests.factories import make_members

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 2, tzinfo=UTC)
ADD = "/sinh-hoat-thang/a/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture
def steps(client, secretary_a, cell_a):
    """Return a function that reads the three steps on the page of the secretary of A."""
    make_members(cell_a, 3)
    client.force_login(secretary_a)
    return lambda: client.get(reverse("home")).context["month"]


def meet(unit, day, **fields):
    fields = {"kind": "regular", "expected": 3, "present": 2} | fields
    return meetings.hold_meeting(unit=unit, day=day, **fields)


def test_a_month_without_a_regular_meeting_asks_for_one_and_for_that_of_the_month_before(steps, cell_a):
    meet(cell_a, date(2026, 3, 9), kind="thematic", topic="Chuyển đổi số")
    step = steps()[0]
    assert (step.is_done, step.next.address) == (False, ADD)
    assert list(step.told) == [
        "Tháng 03/2026 chưa ghi buổi thường kỳ.",
        "Chuyên đề ngày 09/03/2026, có mặt 2/3: Chuyển đổi số.",
        "Tháng 02/2026 chưa ghi buổi thường kỳ.",
    ]
    assert step.others[-1].address == f"{ADD}?ngay=28%2F02%2F2026"


def test_of_a_long_topic_its_beginning_is_told(steps, cell_a):
    meet(cell_a, date(2026, 3, 9), kind="thematic", topic="Chuyển đổi số " * 15)
    told = list(steps()[0].told)[1]
    assert told.startswith("Chuyên đề ngày 09/03/2026, có mặt 2/3: Chuyển đổi số Chuyển đổi số")
    assert told.count("Chuyển đổi số") == 5


def test_a_meeting_that_is_written_down_leads_to_itself(steps, cell_a):
    meet(cell_a, date(2026, 2, 5))
    meeting = meet(cell_a, date(2026, 3, 5))
    step = steps()[0]
    assert (step.is_done, step.next) == (True, None)
    assert list(step.told) == ["Thường kỳ ngày 05/03/2026, có mặt 2/3."]
    assert [link.address for link in step.others] == [f"/so/sinh-hoat/{meeting.pk}/", f"{ADD}?loai=thematic"]


def test_of_people_it_is_told_what_is_stated_for_the_month(steps, commune, cell_a):
    step = steps()[1]
    assert not step.is_done
    assert step.next.address.endswith("don_vi=a&tu=01%2F03%2F2026&den=20%2F03%2F2026")
    days = {"started_on": date(2026, 3, 1), "ended_on": date(2026, 3, 20), "stated_by": "Mẫu"}
    state_nil(unit=cell_a, registers=OF_CELLS[:2], **days)
    assert "Mới báo 2/7 sổ của tháng này." in steps()[1].told
    state_nil(unit=commune, registers=OF_CELLS[2:], **days | {"ended_on": date(2026, 3, 16)})
    step = steps()[1]
    assert step.is_done
    assert "Đã báo tháng này đủ các sổ, đến hết ngày 15/03/2026." in step.told


def test_reports_at_the_office_are_told(steps, cell_a):
    members = [stay.member for stay in cell_a.spells.all()]
    reports = [report_change(kind="died", member=member, reported_on=TODAY) for member in members]
    ask_back(report=reports[0], question="Ngày nào?")
    step = steps()[1]
    told = list(step.told)
    assert "2 báo thay đổi đang chờ Văn phòng." in told
    assert "Văn phòng hỏi lại 1 báo thay đổi." in told
    assert (step.next.label, step.next.address) == ("Trả lời Văn phòng", "/so/bao-thay-doi/?don_vi=a&state=asked")
    assert "Chưa báo tháng này còn ai khác đến, đi, kết nạp, bị kỷ luật … hay không." in told


def test_the_month_before_is_made_up_for_as_long_as_it_lacks_a_register(steps, cell_a, commune):
    def missed():
        return [link.address for link in steps()[1].others if link.label == "Báo bù tháng 02/2026"]

    assert missed()[0].endswith("don_vi=a&tu=01%2F02%2F2026&den=28%2F02%2F2026")
    days = {"started_on": date(2026, 2, 1), "ended_on": date(2026, 3, 1), "stated_by": "Mẫu"}
    state_nil(unit=cell_a, registers=OF_CELLS[:-1], **days)
    assert missed()
    state_nil(unit=cell_a, registers=OF_CELLS[-1:], **days)
    assert not missed()


def test_on_its_first_day_the_month_before_is_due(steps, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 3, 1))
    step = steps()[1]
    assert step.next.label == "Báo bù tháng 02/2026"
    assert [link.label for link in step.others] == ["Báo thay đổi", "Báo không phát sinh"]


def test_what_is_stated_for_the_while_is_told_and_not_offered_again(client, steps, cell_a):
    days = {"started_on": date(2026, 3, 1), "ended_on": date(2026, 3, 21), "stated_by": "Mẫu"}
    state_nil(unit=cell_a, registers=OF_CELLS[:2], **days)
    field = client.get(steps()[1].next.address).context["form"].fields["registers"]
    assert [code for code, _ in field.choices] == [*OF_CELLS[2:]]
    assert f"Đã báo cho thời gian này: {OF_CELLS[0].label}, {OF_CELLS[1].label}." in field.help_text
    every = client.get(reverse("record-add", args=["khong-phat-sinh"])).context["form"].fields["registers"]
    assert len(every.choices) == len(OF_CELLS)


def test_what_is_locked_is_not_offered_to_be_made_up_for(steps, commune, cell_a):
    asked = {"since": date(2026, 1, 1), "year": 2025, "due_on": date(2026, 4, 5), "today": TODAY}
    assert [link.label for step in steps()[:2] for link in step.others if "bù" in link.label]
    period = reporting_periods.open_period(unit=commune, as_of=date(2026, 2, 28), **asked)
    reporting_periods.close_period(period=period, today=TODAY)
    assert not [link.label for step in steps()[:2] for link in step.others if "bù" in link.label]


def test_what_is_stated_up_to_today_is_not_asked_again(steps, cell_a):
    days = {"started_on": date(2026, 3, 1), "ended_on": date(2026, 3, 21), "stated_by": "Mẫu"}
    state_nil(unit=cell_a, registers=OF_CELLS, **days)
    assert "Báo không phát sinh" not in [link.label for link in steps()[1].others]


def test_links_to_meetings_of_one_day_are_called_apart(steps, cell_a):
    meet(cell_a, date(2026, 3, 5))
    for kind in ("regular", "thematic"):
        Meeting.objects.create(unit=cell_a, held_on=date(2026, 3, 9), kind=kind, expected=3, present=2)
    labels = [link.label for link in steps()[0].others if link.label.startswith("Xem")]
    assert labels[0] == "Xem buổi ngày 05/03"
    assert set(labels[1:]) == {"Xem thường kỳ 09/03", "Xem chuyên đề 09/03"}


def test_what_cannot_be_confirmed_yet_has_no_button(steps, commune, cell_a, secretary_a, clerk):
    assert (steps()[2].is_done, steps()[2].next) == (False, None)
    asked = {"since": date(2026, 1, 1), "year": 2025, "due_on": date(2026, 4, 5), "today": TODAY}
    period = reporting_periods.open_period(unit=commune, as_of=date(2026, 3, 21), **asked)
    assert steps()[2].next is None
    assert "xác nhận được từ ngày đó" in steps()[2].told[0]
    reporting_periods.cancel_period(period=period)
    period = reporting_periods.open_period(unit=commune, as_of=TODAY, **asked)
    page = reverse("confirm", args=[period.pk, "a"])
    assert steps()[2].next.address == page
    confirmation = reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    assert (steps()[2].is_done, steps()[2].told[1]) == (True, "Chờ văn phòng nhận.")
    reporting_periods.accept(confirmation=confirmation, user=clerk, now=NOW)
    assert steps()[2].told[1] == "Văn phòng đã nhận."


def test_a_cell_knows_how_many_it_has(steps, monkeypatch):
    monkeypatch.setattr("reports.home.views.HomeView.MOST_PEOPLE", 2)
    assert steps()[1].told[0] == "Chi bộ có 3 đảng viên."
