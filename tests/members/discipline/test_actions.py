"""Disciplinary measures: who decides which, against whom, by what decision, and until when."""

from datetime import date, timedelta

import pytest

from binhlu_portal.db.actions import NO_DECISION, Decision
from members.choices import DecidingLevel, DisciplineMeasure
from members.discipline import actions
from members.models import Discipline
from organizations.models import Threshold
from tests.factories import START, admit, discipline, make_member, make_person
from tests.ground import layer
from tests.proofs import again, refused

ONE = timedelta(days=1)
DAY = date(2026, 1, 15)
LATER = date(2026, 2, 15)
DECISION = Decision("12-QĐ/ĐU", DAY - ONE)


@layer
def lan(cell_a):
    """A member of A."""
    return again(make_member(cell_a, "Lan"))


def test_a_measure_is_recorded_with_its_decision(lan):
    row = discipline(lan, DAY, committee_member=True, decision=DECISION)
    assert (row.form, row.decided_on, row.committee_member) == (DisciplineMeasure.WARNING, DAY, True)
    assert (row.decision_number, row.decision_date) == (DECISION.number, DECISION.day)


def test_there_is_one_measure_a_day(lan):
    discipline(lan, DAY)
    with refused("Quyết định kỷ luật này đã được ghi."):
        discipline(lan, DAY, DisciplineMeasure.REPRIMAND)


@pytest.mark.parametrize("form", [DisciplineMeasure.DISMISSAL, DisciplineMeasure.EXPULSION])
def test_one_on_probation_is_only_reprimanded_or_warned(cell_a, form):
    member = again(admit(cell_a, START, person=again(make_person("Mai"))).member)
    with refused("Đảng viên dự bị chỉ chịu hình thức khiển trách hoặc cảnh cáo."):
        discipline(member, DAY, form, level=DecidingLevel.COMMITTEE)
    assert discipline(member, DAY, DisciplineMeasure.REPRIMAND)


def test_probation_lasts_until_the_official_day(cell_a):
    member = again(make_member(cell_a, official_on="2026-02-15"))
    with refused("Đảng viên dự bị"):
        discipline(member, LATER - ONE, DisciplineMeasure.EXPULSION)
    assert discipline(member, LATER, DisciplineMeasure.EXPULSION)


@pytest.mark.parametrize("form", DisciplineMeasure)
def test_a_cell_reprimands_and_warns_and_leaves_the_rest_to_its_superiors(lan, form):
    if form in (DisciplineMeasure.REPRIMAND, DisciplineMeasure.WARNING):
        assert discipline(lan, DAY, form, level=DecidingLevel.CELL).form == form
        return
    with refused(f"Chi bộ chỉ quyết định khiển trách, cảnh cáo: {form.label.lower()} do cấp ủy cấp trên quyết định"):
        discipline(lan, DAY, form, level=DecidingLevel.CELL)
    assert discipline(lan, DAY, form, level=DecidingLevel.COMMITTEE).form == form


def test_a_correction_keeps_to_what_a_cell_decides(lan):
    row = discipline(lan, DAY, DisciplineMeasure.DISMISSAL, level=DecidingLevel.COMMITTEE)
    with refused("Chi bộ chỉ quyết định khiển trách, cảnh cáo"):
        actions.correct_discipline(row=row, level=DecidingLevel.CELL)


@pytest.mark.parametrize("form", ["warning", "expulsion"])
def test_there_is_no_measure_without_a_number(lan, form):
    with refused("Kỷ luật phải có quyết định: ghi số quyết định."):
        discipline(lan, DAY, form, decision=NO_DECISION)
    assert again(lan).spells.get().is_open


def test_a_decision_without_a_day_is_of_the_day_of_the_measure(lan):
    assert discipline(lan, DAY, decision=Decision("12-QĐ/ĐU")).decision_date == DAY


def test_a_measure_expires_after_the_time_the_office_has_set(lan):
    assert discipline(lan, DAY).expires_on == date(2027, 1, 15)
    Threshold.objects.filter(code=actions.LASTS).update(low=6)
    assert discipline(lan, LATER).expires_on == date(2026, 8, 15)


def test_a_measure_may_expire_on_another_day_but_not_before_it_was_decided(lan):
    assert discipline(lan, DAY, expires_on=LATER).expires_on == LATER
    with refused("Ngày hết hiệu lực phải sau ngày quyết định kỷ luật."):
        discipline(lan, LATER, expires_on=DAY)


def test_an_expulsion_expires_by_restoring_only(lan):
    with refused("Khai trừ chỉ hết hiệu lực khi phục hồi đảng tịch: để trống mục này."):
        discipline(lan, DAY, "expulsion", expires_on=LATER)
    assert discipline(lan, DAY, "expulsion").expires_on is None


def test_a_measure_that_was_a_mistake_is_deleted(lan):
    actions.remove_discipline(row=discipline(lan, DAY))
    assert not Discipline.objects.exists()


# --- Suspension from meetings ---


def suspend(member, day=DAY, **words):
    return actions.suspend(member=member, level=DecidingLevel.COMMITTEE, day=day, **{"decision": DECISION} | words)


def test_a_suspension_lasts_until_the_member_is_back(lan):
    row = suspend(lan)
    assert row.is_open
    assert actions.end_suspension(suspension=row, day=LATER).ended_on == LATER
    with refused("Lần đình chỉ này đã kết thúc ngày 15/02/2026."):
        actions.end_suspension(suspension=row, day=LATER + ONE)


def test_nobody_is_suspended_twice_at_once(lan):
    suspend(lan, until=LATER)
    with refused("Lan đã bị đình chỉ sinh hoạt trong thời gian này."):
        suspend(lan, LATER - ONE)
    assert suspend(lan, LATER)


def test_there_is_no_suspension_without_a_number_nor_of_who_is_not_here(lan):
    with refused("Đình chỉ sinh hoạt phải có quyết định: ghi số quyết định."):
        suspend(lan, decision=NO_DECISION)
    with refused("không sinh hoạt ở chi bộ nào"):
        suspend(lan, date(2010, 1, 4))
