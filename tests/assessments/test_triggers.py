from datetime import timedelta

import pytest

from assessments.choices import (
    AbsenceReason,
    CaseKind,
    CaseOutcome,
    MeetingKind,
    NilRegister,
    NotRated,
    Rating,
    UnitDisciplineMeasure,
)
from assessments.models import Absence, Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from binhlu_portal.dates.validity import OPEN
from members.choices import DecidingLevel
from tests.factories import START
from tests.proofs import DAY, GONE, broken, every_insert, every_update

BEFORE = START - timedelta(days=1)


def member_rating(member, year=2025, level=Rating.GOOD, **fields):
    return MemberRating(**{"member": member, "year": year, "level": level, "decided_on": DAY} | fields)


def unit_rating(unit, year=2025, level=Rating.GOOD, **fields):
    return UnitRating(**{"unit": unit, "year": year, "level": level, "decided_on": DAY} | fields)


def meeting(unit, held_on=DAY, **fields):
    fields = {"kind": MeetingKind.REGULAR, "expected": 3, "present": 3} | fields
    return Meeting(unit=unit, held_on=held_on, **fields)


def empty_meeting(unit, held_on=DAY):
    """Return a meeting to which nobody is expected, as none can be where there is no member."""
    return meeting(unit, held_on, expected=0, present=0)


def absence(member, unit, held_on=DAY, **fields):
    """Return an absence at a meeting of `unit`, which is written down already."""
    given = {"meeting": fields.pop("meeting", None) or saved(meeting(unit, held_on)), "reason": AbsenceReason.ILL}
    return Absence(**given | {"member": member, "unit": unit, "held_on": held_on} | fields)


def case(unit, concluded_on=DAY, **fields):
    fields = {"kind": CaseKind.INSPECTION, "outcome": CaseOutcome.GOOD} | fields
    return Case(unit=unit, level=DecidingLevel.CELL, subject="Mẫu", concluded_on=concluded_on, **fields)


def discipline(unit, decided_on=DAY):
    form, level = UnitDisciplineMeasure.WARNING, DecidingLevel.COMMITTEE
    return UnitDiscipline(unit=unit, form=form, level=level, violation="Mẫu", decided_on=decided_on)


def nil_return(unit, started_on=START, ended_on=DAY):
    return NilReturn(
        unit=unit, register=NilRegister.ADMISSIONS, started_on=started_on, ended_on=ended_on, stated_by="Bí thư"
    )


def saved(row):
    row.save()
    return row


def after(first, second):
    """Save both rows and return the second."""
    saved(first)
    return saved(second)


INSERTS = {
    "assessments_memberrating_level_or_reason": lambda w: member_rating(w.lan, not_rated=NotRated.NEW),
    "assessments_memberrating_once_a_year": lambda w: member_rating(saved(member_rating(w.lan)).member),
    "assessments_unitrating_level_or_reason": lambda w: unit_rating(w.a, level=""),
    "assessments_unitrating_once_a_year": lambda w: unit_rating(saved(unit_rating(w.a)).unit),
    "assessments_fourgoods_once_a_year": lambda w: FourGoods(
        unit=saved(FourGoods(unit=w.a, year=2025)).unit, year=2025
    ),
    "assessments_meeting_present_of_expected": lambda w: meeting(w.a, present=4),
    "assessments_meeting_once": lambda w: meeting(saved(meeting(w.a)).unit),
    "assessments_case_outcome_fits_kind": lambda w: case(w.a, kind=CaseKind.COMPLAINT),
    "assessments_unitdiscipline_once": lambda w: discipline(saved(discipline(w.a)).unit),
    "assessments_nilreturn_ends_after_start": lambda w: nil_return(w.a, ended_on=START),
    "assessments_nilreturn_has_end": lambda w: nil_return(w.a, ended_on=OPEN),
    "memberrating_decided_in_time": lambda w: member_rating(w.lan, 2024),
    "unitrating_decided_in_time": lambda w: unit_rating(w.a, 2027),
    "unitrating_in_life": lambda w: unit_rating(w.a, 2024, decided_on=DAY.replace(year=2025)),
    "fourgoods_in_life": lambda w: FourGoods(unit=w.a, year=2024),
    "memberrating_of_a_member": lambda w: member_rating(w.mai),
    "case_of_a_member": lambda w: case(w.b, member=w.lan),
    "meeting_of_a_cell": lambda w: empty_meeting(w.org),
    "nilreturn_in_life": lambda w: nil_return(w.gone, GONE),
    "meeting_in_life": lambda w: empty_meeting(w.gone, GONE),
    "meeting_within_members": lambda w: meeting(w.a, expected=5),
    "meeting_attended": lambda w: meeting(w.a, present=0),
    "meeting_of_somebody": lambda w: empty_meeting(w.a),
    "assessments_absence_once": lambda w: absence(w.lan, w.a, meeting=saved(absence(w.lan, w.a)).meeting),
    "assessments_absence_other_said": lambda w: absence(w.lan, w.a, reason=AbsenceReason.OTHER),
    "absence_of_its_meeting": lambda w: absence(w.lan, w.a, held_on=START, meeting=saved(meeting(w.a))),
    "absence_of_a_member": lambda w: absence(w.hoa, w.a),
    "case_in_life": lambda w: case(w.gone, GONE),
    "unitdiscipline_in_life": lambda w: discipline(w.gone, GONE),
}

UPDATES = {
    "assessments_memberrating_level_or_reason": lambda w: (saved(member_rating(w.lan)), {"level": ""}),
    "assessments_memberrating_once_a_year": lambda w: (
        after(member_rating(w.lan), member_rating(w.lan, 2026)),
        {"year": 2025},
    ),
    "assessments_unitrating_level_or_reason": lambda w: (saved(unit_rating(w.a)), {"not_rated": NotRated.NEW}),
    "assessments_unitrating_once_a_year": lambda w: (
        after(unit_rating(w.a), unit_rating(w.a, 2026)),
        {"year": 2025},
    ),
    "assessments_fourgoods_once_a_year": lambda w: (
        after(FourGoods(unit=w.a, year=2025), FourGoods(unit=w.a, year=2026)),
        {"year": 2025},
    ),
    "assessments_meeting_present_of_expected": lambda w: (saved(meeting(w.a)), {"expected": 2}),
    "assessments_meeting_once": lambda w: (after(meeting(w.a), meeting(w.a, START)), {"held_on": DAY}),
    "assessments_case_outcome_fits_kind": lambda w: (saved(case(w.a)), {"outcome": CaseOutcome.SETTLED}),
    "assessments_unitdiscipline_once": lambda w: (
        after(discipline(w.a), discipline(w.a, START)),
        {"decided_on": DAY},
    ),
    "assessments_nilreturn_ends_after_start": lambda w: (saved(nil_return(w.a)), {"ended_on": START}),
    "assessments_nilreturn_has_end": lambda w: (saved(nil_return(w.a)), {"ended_on": OPEN}),
    "memberrating_decided_in_time": lambda w: (saved(member_rating(w.lan)), {"decided_on": DAY.replace(year=2027)}),
    "unitrating_decided_in_time": lambda w: (saved(unit_rating(w.a)), {"year": 2027}),
    "unitrating_in_life": lambda w: (saved(unit_rating(w.a, 2026)), {"unit": w.gone}),
    "fourgoods_in_life": lambda w: (saved(FourGoods(unit=w.a, year=2025)), {"year": 2024}),
    "memberrating_of_a_member": lambda w: (saved(member_rating(w.lan)), {"year": 2024, "decided_on": START}),
    "case_of_a_member": lambda w: (saved(case(w.a, member=w.lan)), {"unit": w.b}),
    "meeting_of_a_cell": lambda w: (saved(empty_meeting(w.bare)), {"unit": w.org}),
    "nilreturn_in_life": lambda w: (saved(nil_return(w.a)), {"started_on": BEFORE}),
    "meeting_in_life": lambda w: (saved(empty_meeting(w.bare)), {"held_on": BEFORE}),
    "meeting_within_members": lambda w: (saved(meeting(w.a)), {"expected": 5}),
    "meeting_of_somebody": lambda w: (saved(meeting(w.a)), {"expected": 0, "present": 0}),
    "meeting_attended": lambda w: (saved(meeting(w.a)), {"present": 0}),
    "meeting_kept_by_absences": lambda w: (saved(absence(w.lan, w.a)).meeting, {"held_on": START}),
    "assessments_absence_once": lambda w: (
        after(*(absence(person, w.a, meeting=held) for held in [saved(meeting(w.a))] for person in (w.lan, w.minh))),
        {"member": w.lan},
    ),
    "assessments_absence_other_said": lambda w: (saved(absence(w.lan, w.a)), {"reason": AbsenceReason.OTHER}),
    "absence_of_its_meeting": lambda w: (saved(absence(w.lan, w.a)), {"held_on": START}),
    "absence_of_a_member": lambda w: (
        saved(absence(w.thu, w.a, START)),
        {"meeting": saved(meeting(w.a)), "held_on": DAY},
    ),
    "case_in_life": lambda w: (saved(case(w.a)), {"concluded_on": BEFORE}),
    "unit_outlived_by_work": lambda w: (saved(empty_meeting(w.bare)).unit, {"ended_on": DAY}),
    "unitdiscipline_in_life": lambda w: (saved(discipline(w.a)), {"decided_on": BEFORE}),
}


@every_insert
@pytest.mark.parametrize("rule", INSERTS)
def test_the_database_refuses_a_new_row_that_breaks(rule, insert, world):
    row = INSERTS[rule](world)
    with broken(rule):
        insert(row)


@every_update
@pytest.mark.parametrize("rule", UPDATES)
def test_the_database_refuses_a_change_that_breaks(rule, update, world):
    row, values = UPDATES[rule](world)
    with broken(rule):
        update(row, **values)
