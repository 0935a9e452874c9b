"""Posts in lists: since when, until when, and that one which ended is not held today."""

from datetime import date

import pytest

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.models import Position
from members.positions.actions import appoint
from members.roster_import.headers import HEADINGS, find
from members.roster_import.post_lines import NO_BEGINNING
from members.roster_import.reader import read
from members.roster_import.registers import REGISTERS, SHARED_HEADINGS
from tests.factories import START, make_member
from tests.ground import layer

TODAY = date(2026, 12, 1)
ENDS = [
    *(("ended_on", heading) for heading in SHARED_HEADINGS["ended_on"].split("; ")),
    *(("ended_on", heading) for heading in HEADINGS["position.ended_on"].split("; ")),
    *(("relieved_on", heading) for heading in HEADINGS["position.relieved_on"].split("; ")),
]


@layer
def mai(cell_a):
    return make_member(cell_a, "Lò Thị Mai", born_on="1980-05-17", joined_on="2005-02-03", official_on="2006-02-03")


@layer
def tin(cell_a):
    return make_member(cell_a, "Vàng A Tín", born_on="1985-01-02", joined_on="2009-02-03", official_on="2010-02-03")


def bring(user, *rows, end="Đến ngày", begin="Từ ngày"):
    """Bring a list of posts in and return the outcome."""
    head = ["TT", "Họ và tên", "Chi bộ", "Chức vụ Đảng", begin, end, "Số QĐ", "Ngày QĐ"]
    rows = [
        [str(number), name, "Chi bộ a", *told, "1-QĐ/ĐU", "01/07/2025"] for number, (name, *told) in enumerate(rows)
    ]
    said = SenderInput(user, received_on=TODAY)
    return import_rows(read([Grid("Sheet1", [["DANH SÁCH CẤP ỦY"], head, *rows])], said), user, today=TODAY)


def posts():
    """Return (name, first day, end) of all posts."""
    rows = Position.objects.order_by("started_on", "member__sort_name")
    return [(row.member.full_name, row.started_on, row.ended_on) for row in rows]


@pytest.mark.parametrize(("kind", "heading"), ENDS)
def test_a_post_that_ended_is_held_until_then(kind, heading, clerk, mai):
    outcome = bring(clerk, ("Lò Thị Mai", "Bí thư", "01/08/2025", "30/09/2025"), end=heading)
    assert outcome.faults == []
    ended = date(2025, 10, 1) if kind == "ended_on" else date(2025, 9, 30)
    assert posts() == [("Lò Thị Mai", date(2025, 8, 1), ended)]


def test_who_follows_on_the_last_day_follows_then(clerk, mai, tin):
    rows = ("Lò Thị Mai", "Bí thư", "01/07/2025", "1/10/2025"), ("Vàng A Tín", "Bí thư", "1/10/2025", "nay")
    assert bring(clerk, *rows).faults == []
    assert posts() == [("Lò Thị Mai", START, date(2025, 10, 1)), ("Vàng A Tín", date(2025, 10, 1), OPEN)]
    assert bring(clerk, *rows).writes == 0


def test_a_post_that_the_portal_knows_ends_where_the_list_says_so(clerk, mai):
    bring(clerk, ("Lò Thị Mai", "Bí thư", "01/07/2025", ""))
    assert posts() == [("Lò Thị Mai", START, OPEN)]
    for begin, since in (("Từ ngày", "01/07/2025"), ("Ghi chú khác", "")):
        outcome = bring(clerk, ("Lò Thị Mai", "Bí thư", since, "31/08/2025"), begin=begin)
        assert (outcome.faults, posts()) == ([], [("Lò Thị Mai", START, date(2025, 9, 1))])


def test_an_end_without_a_beginning_is_no_post_of_today(clerk, mai):
    outcome = bring(clerk, ("Lò Thị Mai", "Bí thư", "", "31/08/2025"))
    assert [fault.message for fault in outcome.faults] == [NO_BEGINNING]
    assert posts() == []


@pytest.mark.parametrize("heading", SHARED_HEADINGS["ended_on"].split("; "))
@pytest.mark.parametrize("look", [str, str.upper])
def test_the_end_of_a_period_is_known_in_any_list(heading, look):
    assert find("", look(heading)) == ("?.ended_on", True)


def test_every_register_of_periods_reads_their_ends():
    kept = [each for each in REGISTERS.values() if each.about == "member"]
    periods = [each for each in kept if "ended_on" in {field.name for field in each.model._meta.fields}]
    assert [each.name for each in periods if not {"started_on", "ended_on"} <= each.headings.keys()] == []


@pytest.mark.parametrize(
    ("job", "held"), [("Trưởng bản", ["village_head"]), ("Nông dân, trưởng bản", ["village_head"]), ("Phó bản", [])]
)
def test_who_heads_a_village_by_their_work_holds_that_post(clerk, mai, job, held):
    rows = [["TT", "Họ và tên", "Chi bộ", "Công việc hiện nay"], ["1", "Lò Thị Mai", "Chi bộ a", job]]
    said = SenderInput(clerk, received_on=TODAY)
    grid = Grid("Sheet1", [["DANH SÁCH ĐẢNG VIÊN (tính đến 01/11/2026)"], *rows])
    assert import_rows(read([grid], said), clerk, today=TODAY).faults == []
    assert [*Position.objects.values_list("post", flat=True)] == held
    assert mai.states.get().job == job


def test_a_decision_that_the_portal_lacks_is_added_to_the_post_and_no_other_is_changed(clerk, mai):
    appoint(member=mai, unit=mai.spells.get().unit, post="secretary", day=START)
    outcome = bring(clerk, ("Lò Thị Mai", "Bí thư", "01/07/2025", ""))
    assert (outcome.faults, Position.objects.get().decision_number) == ([], "1-QĐ/ĐU")
    Position.objects.update(decision_number="9-QĐ/ĐU")
    assert bring(clerk, ("Lò Thị Mai", "Bí thư", "01/07/2025", "")).writes == 0


def test_no_post_is_held_before_it_was_decided_on(clerk, mai):
    head = ["TT", "Họ và tên", "Chi bộ", "Chức vụ Đảng", "Số QĐ", "Ngày QĐ"]
    row = ["1", "Lò Thị Mai", "Chi bộ a", "Bí thư", "70-QĐ/ĐU", "05/11/2026"]
    said = SenderInput(clerk, received_on=TODAY)
    outcome = import_rows(read([Grid("Sheet1", [["DANH SÁCH CẤP ỦY"], head, row])], said), clerk, today=TODAY)
    assert (outcome.faults, posts()) == ([], [("Lò Thị Mai", date(2026, 11, 5), OPEN)])
