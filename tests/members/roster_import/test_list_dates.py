"""The day of a list that comes later: nothing begins on the day on which the file came unless somebody says so."""

from datetime import date

import pytest

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.choices import Education
from members.member_records.actions import set_levels
from members.models import MemberState
from members.roster_import.list_dates import UNDATED
from members.roster_import.reader import DAY_ASKED, read
from tests.factories import START, make_member
from tests.ground import layer

TODAY, LAST_MONTH = date(2026, 3, 20), date(2026, 2, 28)
HEAD = ["TT", "Họ và tên", "Ngày sinh", "Chi bộ", "Học vấn"]


@layer
def lan(cell_a):
    """Somebody whose schooling is known."""
    member = make_member(cell_a, "Lò Thị Lan", born_on="1980-05-17")
    set_levels(member=member, day=START, education=Education.PRIMARY)
    return member


def bring(user, schooling, title="DANH SÁCH ĐẢNG VIÊN", answers=None, settings=None):
    """Bring in a list that says what schooling Lan has."""
    said = SenderInput(user, settings or {}, answers or {}, received_on=TODAY)
    rows = [[title], [], HEAD, ["1", "Lò Thị Lan", "17/05/1980", "Chi bộ a", schooling]]
    return import_rows(read([Grid("Sheet1", rows)], said), user, today=TODAY, answers=said.answers)


def levels():
    """Return (first day, schooling) of all levels."""
    return [*MemberState.objects.order_by("started_on").values_list("started_on", "education")]


def test_a_later_list_without_a_day_is_asked_for_it_and_writes_nothing(clerk, lan):
    outcome = bring(clerk, "12/12")
    question, waiting = outcome.faults
    assert waiting.message == DAY_ASKED
    assert (question.topic, question.row) == (UNDATED, 0)
    assert [*question.options] == [TODAY.isoformat(), LAST_MONTH.isoformat()]
    assert "1 thay đổi" in question.message
    assert levels() == [(START, Education.PRIMARY)]


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ({"answers": {UNDATED: LAST_MONTH.isoformat()}}, LAST_MONTH),
        ({"answers": {UNDATED: TODAY.isoformat()}}, TODAY),
        ({"settings": {"day": "2026-01-31"}}, date(2026, 1, 31)),
        ({"title": "DANH SÁCH ĐẢNG VIÊN (tính đến ngày 31/12/2025)"}, date(2025, 12, 31)),
    ],
    ids=str,
)
def test_what_is_said_of_the_day_holds(clerk, lan, said, since):
    assert bring(clerk, "12/12", **said).faults == []
    assert levels() == [(START, Education.PRIMARY), (since, Education.UPPER_SECONDARY)]


def test_a_day_that_was_not_offered_is_no_answer(clerk, lan):
    assert UNDATED in [fault.topic for fault in bring(clerk, "12/12", answers={UNDATED: "2030-01-01"}).faults]


def test_of_a_list_in_which_nothing_begins_no_day_is_asked(clerk, lan):
    assert bring(clerk, "Tiểu học").faults == []
