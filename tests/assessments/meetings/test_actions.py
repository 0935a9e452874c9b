from datetime import date, timedelta

import pytest

from assessments.choices import OUTCOMES, CaseKind, CaseOutcome, MeetingKind, UnitDisciplineMeasure
from assessments.inspections import actions as inspections
from assessments.meetings import actions as meetings
from binhlu_portal.db.actions import Decision, correct
from members.choices import DecidingLevel
from organizations.choices import EventKind
from organizations.units import actions as units
from tests.factories import START, make_member, make_members
from tests.proofs import refused

ONE = timedelta(days=1)
DAY = date(2026, 1, 15)
GONE = date(2026, 2, 1)


@pytest.fixture
def full_cell(cell_a):
    """A cell with ten members."""
    make_members(cell_a, 10)
    return cell_a


@pytest.fixture
def gone(cell_b):
    """A cell that is no more."""
    units.close(unit=cell_b, day=GONE, kind=EventKind.DISSOLVED)
    return cell_b


def meet(unit, day=DAY, kind=MeetingKind.REGULAR, expected=0, present=0, **words):
    return meetings.hold_meeting(unit=unit, day=day, kind=kind, expected=expected, present=present, **words)


def conclude(unit, day=DAY, kind=CaseKind.INSPECTION, outcome=CaseOutcome.GOOD, **words):
    fields = {"level": DecidingLevel.INSPECTION, "subject": "Mẫu"} | words
    return inspections.conclude_case(unit=unit, day=day, kind=kind, outcome=outcome, **fields)


def discipline(unit, day=DAY, **words):
    fields = {"form": UnitDisciplineMeasure.WARNING, "level": DecidingLevel.COMMITTEE, "violation": "Mẫu"} | words
    return inspections.discipline_unit(unit=unit, day=day, **fields)


every_verb = pytest.mark.parametrize("do", [meet, conclude, discipline])


@every_verb
@pytest.mark.parametrize("day", [START - ONE, GONE])
def test_nothing_happens_in_a_unit_that_does_not_exist_then(gone, do, day):
    with refused(f"“Chi bộ b” không tồn tại ngày {day:%d/%m/%Y}"):
        do(gone, day)


@every_verb
@pytest.mark.parametrize("day", [START, GONE - ONE])
def test_the_first_and_the_last_day_of_a_unit_count(gone, do, day):
    assert do(gone, day).unit == gone


def test_a_meeting_is_recorded_with_its_numbers(full_cell):
    meeting = meet(full_cell, expected=10, present=8, guests=3, topic="Nghị quyết tháng")
    assert (meeting.held_on, meeting.kind, meeting.expected, meeting.present, meeting.guests, meeting.topic) == (
        DAY,
        MeetingKind.REGULAR,
        10,
        8,
        3,
        "Nghị quyết tháng",
    )


def test_guests_that_nobody_counted_are_not_none(cell_a):
    assert (meet(cell_a).guests, meet(cell_a, DAY + ONE, guests=0).guests) == (None, 0)


def test_more_cannot_be_present_than_expected(full_cell):
    with refused("Số có mặt (10) lớn hơn số phải dự (9)."):
        meet(full_cell, expected=9, present=10)
    assert meet(full_cell, expected=9, present=9)


def test_more_cannot_be_expected_than_the_cell_has_members_that_day(full_cell):
    make_member(full_cell, day=DAY + ONE)
    with refused("Ngày 15/01/2026 chi bộ có 10 đảng viên: số phải dự không được quá 10", "khách dự"):
        meet(full_cell, expected=11)
    meeting = meet(full_cell, expected=10, present=1)
    with refused("không được quá 10"):
        correct(row=meeting, expected=11)
    assert correct(row=meeting, expected=11, held_on=DAY + ONE)


def test_a_meeting_to_which_nobody_came_was_none(full_cell, cell_a):
    with refused("chưa họp được thì không ghi"):
        meet(full_cell, expected=8)
    meeting = meet(full_cell, expected=8, present=1)
    with refused("chưa họp được thì không ghi"):
        correct(row=meeting, present=0)
    with refused("lớn hơn hoặc bằng với 0"):
        meet(cell_a, DAY + ONE, present=-1)


def test_only_cells_meet_as_cells(commune):
    with refused("“Đảng bộ xa”", "không phải là chi bộ."):
        meet(commune)


def test_a_meeting_is_recorded_once(cell_a):
    meet(cell_a)
    with refused("Buổi sinh hoạt này đã được ghi."):
        meet(cell_a, topic="Khác")
    assert meet(cell_a, kind=MeetingKind.THEMATIC)


def test_a_case_is_about_a_unit_or_a_member_of_it(cell_a):
    member = make_member(cell_a)
    assert conclude(cell_a).member is None
    assert conclude(cell_a, member=member).member == member


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("outcome", CaseOutcome)
def test_a_case_ends_with_an_outcome_of_its_kind(cell_a, kind, outcome):
    if outcome in OUTCOMES[kind]:
        assert conclude(cell_a, kind=kind, outcome=outcome).outcome == outcome
    else:
        with refused("Kết luận không phù hợp với loại việc kiểm tra, giám sát."):
            conclude(cell_a, kind=kind, outcome=outcome)


def test_a_measure_against_a_unit_is_recorded_with_its_decision(commune):
    row = discipline(commune, decision=Decision("12-QĐ/TU", DAY))
    assert (row.unit, row.decided_on, row.form, row.decision_number) == (
        commune,
        DAY,
        UnitDisciplineMeasure.WARNING,
        "12-QĐ/TU",
    )


def test_there_is_one_measure_against_a_unit_a_day(cell_a):
    discipline(cell_a)
    with refused("Quyết định kỷ luật này đã được ghi."):
        discipline(cell_a, form=UnitDisciplineMeasure.REPRIMAND)
