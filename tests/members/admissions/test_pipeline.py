from datetime import date, timedelta

import pytest

from members.admissions import actions as admissions
from members.admissions import pipeline
from members.choices import EndReason
from members.membership import actions as membership
from members.models import Admission
from organizations.in_force import InForce
from organizations.scope import SYSTEM
from tests.factories import START, admit, leave_party, make_person, moment_of

ONE = timedelta(days=1)
AS_OF = date(2026, 10, 15)


def listed(unit, name="Nguồn", day=START, course=None):
    """Put a person on the list of candidates of `unit`."""
    row = admissions.list_candidate(member=make_person(name), unit=unit, day=day)
    return admissions.record_course(admission=row, day=course) if course else row


def stages(unit, day=AS_OF, user=SYSTEM):
    """Return {name: stage} of the board of `unit`."""
    rows = pipeline.pipeline(moment_of(unit, day, user=user))
    return {row.member.full_name: row.stage for row in rows}


def test_everybody_stands_in_one_stage(commune, cell_a, cell_b):
    listed(cell_a, "An")
    listed(cell_a, "Bình", course=date(2026, 1, 5))
    admit(cell_a, date(2026, 2, 1), "Chi")
    admissions.make_official(admission=admit(cell_a, date(2025, 8, 1), "Dung"))
    admissions.make_official(admission=admit(cell_b, date(2025, 8, 1), "Ở B"))
    expected = {"An": "nguon", "Bình": "da-hoc", "Chi": "du-bi", "Dung": "chinh-thuc"}
    assert stages(cell_a) == expected
    assert stages(commune) == expected | {"Ở B": "chinh-thuc"}


def test_the_board_of_an_earlier_day_shows_where_people_stood_then(cell_a):
    row = listed(cell_a, "An", day=date(2025, 8, 1), course=date(2025, 9, 1))
    admitted = date(2025, 10, 1)
    admit(cell_a, admitted, person=row.member)
    row.refresh_from_db()
    admissions.make_official(admission=row)
    assert stages(cell_a, date(2025, 7, 31)) == {}
    assert stages(cell_a, date(2025, 8, 31)) == {"An": "nguon"}
    assert stages(cell_a, date(2025, 9, 1)) == {"An": "da-hoc"}
    assert stages(cell_a, admitted - ONE) == {"An": "da-hoc"}
    assert stages(cell_a, admitted) == stages(cell_a, date(2026, 9, 30)) == {"An": "du-bi"}
    assert stages(cell_a, date(2026, 10, 1)) == {"An": "chinh-thuc"}
    assert stages(cell_a, date(2027, 1, 1)) == {}


def test_who_was_dropped_is_on_the_board_until_that_day(cell_a):
    row = listed(cell_a, "An")
    admissions.drop_candidate(admission=row, day=AS_OF)
    assert stages(cell_a, AS_OF - ONE) == {"An": "nguon"}
    assert stages(cell_a) == {}


def test_who_was_struck_off_is_no_longer_on_probation(cell_a):
    row = admit(cell_a, date(2025, 9, 1), "An")
    leave_party(row.member, AS_OF, EndReason.STRUCK_OFF)
    assert stages(cell_a, AS_OF - ONE) == {"An": "du-bi"}
    assert stages(cell_a) == {}


def test_someone_on_probation_stands_in_the_cell_of_the_day(commune, cell_a, cell_b):
    row = admit(cell_a, date(2026, 2, 1), "An")
    membership.transfer(member=row.member, to=cell_b, day=date(2026, 5, 1))
    assert (stages(cell_a), stages(cell_b)) == ({}, {"An": "du-bi"})
    assert [row.cell for row in pipeline.pipeline(moment_of(commune, AS_OF))] == ["Chi bộ b"]
    assert [row.cell for row in pipeline.pipeline(moment_of(commune, date(2026, 4, 30)))] == ["Chi bộ a"]


def test_the_reader_sees_the_own_units_and_may_change_what_the_role_allows(
    commune, cell_a, cell_b, clerk, secretary_a, leader
):
    listed(cell_a, "An")
    listed(cell_b, "Bình")
    assert stages(commune, user=clerk) == {"An": "nguon", "Bình": "nguon"}
    assert stages(cell_a, user=clerk) == stages(cell_a, user=secretary_a) == {"An": "nguon"}
    assert stages(cell_b, user=secretary_a) == {}
    rights = {
        user: {(row.may_edit, row.may_decide) for row in pipeline.pipeline(moment_of(cell_a, AS_OF, user=user))}
        for user in (clerk, secretary_a, leader)
    }
    assert rights == {clerk: {(True, True)}, secretary_a: {(True, False)}, leader: {(False, False)}}


def test_the_first_of_each_stage_are_the_earliest_and_know_how_many_there_are(cell_a):
    for index in range(4):
        listed(cell_a, f"Người {index}", day=START + (3 - index) * ONE)
        admit(cell_a, date(2026, 2, 1) + index * ONE, f"Dự bị {index}")
    rows = list(pipeline.top_of_each_stage(pipeline.pipeline(moment_of(cell_a, AS_OF)), 2))
    assert [(row.member.full_name, row.total) for row in rows] == [
        ("Người 3", 4),
        ("Người 2", 4),
        ("Dự bị 0", 4),
        ("Dự bị 1", 4),
    ]


@pytest.mark.parametrize(
    ("day", "what", "due", "words", "pressing"),
    [
        (date(2026, 1, 18), "Hết 12 tháng dự bị", date(2026, 2, 19), "còn 32 ngày", False),
        (date(2026, 1, 20), "Hết 12 tháng dự bị", date(2026, 2, 19), "còn 30 ngày", True),
        (date(2026, 2, 18), "Hết 12 tháng dự bị", date(2026, 2, 19), "còn 1 ngày", True),
        (date(2026, 2, 19), "Hạn chi bộ họp xét", date(2026, 4, 2), "còn 42 ngày", False),
        (date(2026, 4, 2), "Hạn chi bộ họp xét", date(2026, 4, 2), "hết hạn hôm nay", True),
        (date(2026, 4, 4), "Hạn chi bộ họp xét", date(2026, 4, 2), "quá hạn 2 ngày", True),
    ],
)
def test_what_is_due_next_on_probation(db, day, what, due, words, pressing):
    found = pipeline.deadline(Admission(ceremony_on=date(2025, 2, 19)), InForce(day))
    assert (found.what, found.day, found.words, found.is_pressing) == (what, due, words, pressing)
