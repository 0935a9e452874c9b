from datetime import date, timedelta

import pytest

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import NO_DECISION, Decision
from members import probation
from members.admissions import actions as admissions
from members.choices import EndReason, StartReason
from members.membership import actions as membership
from members.models import Admission, AdmissionTarget
from organizations.choices import EventKind, Kind
from organizations.in_force import InForce
from organizations.units import actions as units
from tests.factories import START, admit, leave_party, make_member, make_person, make_unit
from tests.proofs import again, refused

ONE = timedelta(days=1)
DAY = date(2026, 1, 15)
LATER = date(2026, 2, 15)
BACK = date(2029, 1, 15)
"""Three years after `DAY`."""
DECISION = Decision("12-QĐ/ĐU", DAY - ONE)


@pytest.fixture
def person(db):
    """Someone who belongs to no cell."""
    return again(make_person("Lò Văn Mẫu", born_on="2008-01-15"))


def list_candidate(person, unit, day=START, **attributes):
    return admissions.list_candidate(member=person, unit=unit, day=day, **attributes)


def admitted(person, unit, day=DAY, decision=DECISION, **words):
    return admissions.admit(member=person, unit=unit, day=day, decision=decision, **words)


def readmit(unit, member, day=BACK, **words):
    return admit(unit, day, person=again(member), **{"again": True, "consent": "55-CV/TU"} | words)


# --- Candidates ---


def test_a_candidate_waits_without_belonging_to_the_cell(person, cell_a):
    row = list_candidate(person, cell_a, youth_union=True)
    assert (row.unit, row.listed_on, row.ceremony_on, row.closed_on) == (cell_a, START, None, None)
    assert row.youth_union
    assert not person.spells.exists()


def test_a_member_is_no_candidate(cell_a):
    member = make_member(cell_a)
    with refused("đã là đảng viên"):
        list_candidate(member, cell_a, DAY)


def test_nobody_is_a_candidate_twice(person, cell_a, cell_b):
    list_candidate(person, cell_a)
    with refused("Người này đang trong danh sách quần chúng ưu tú."):
        list_candidate(person, cell_b)


def test_who_was_struck_off_may_be_a_candidate_again(cell_a):
    member = make_member(cell_a)
    leave_party(member, DAY, EndReason.STRUCK_OFF)
    assert list_candidate(member, cell_a, LATER).pk


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (START - ONE, Kind.SUBORDINATE_CELL, "“Chi bộ c” không tồn tại ngày 30/06/2025"),
        (DAY, Kind.PARTY_ORGANIZATION, "không phải là chi bộ"),
    ],
)
def test_a_candidate_is_listed_in_a_cell_that_exists(person, commune, day, kind, words):
    unit = make_unit("c", commune, kind=kind)
    with refused(words):
        list_candidate(person, unit, day)


def test_a_candidate_may_be_dropped_and_listed_again(person, cell_a, cell_b):
    first = list_candidate(person, cell_a)
    admissions.drop_candidate(admission=first, day=DAY)
    assert again(first).closed_on == DAY
    assert list_candidate(person, cell_b, LATER).pk != first.pk


def test_who_has_been_admitted_is_not_dropped(person, cell_a):
    admission = admitted(person, cell_a)
    with refused("Người này đã được kết nạp"):
        admissions.drop_candidate(admission=admission, day=LATER)


# --- Admission ---


def test_an_admission_begins_the_stay_and_the_dates_of_the_member(person, cell_a):
    row = admitted(person, cell_a, youth_union=True, rural=True, occupation="farmer", education="primary")
    assert (row.ceremony_on, row.decision_number, row.decision_date) == (DAY, DECISION.number, DECISION.day)
    assert (row.youth_union, row.rural, row.occupation, row.education) == (True, True, "farmer", "primary")
    spell = person.spells.get()
    assert (spell.unit, spell.started_on, spell.ended_on) == (cell_a, DAY, OPEN)
    assert (spell.start_reason, spell.decision_number) == (StartReason.ADMITTED, DECISION.number)
    member = again(person)
    assert member.joined_on == PartialDate.of(DAY)
    assert member.decided_on == PartialDate.of(DECISION.day)
    assert member.official_on is None


def test_the_admission_of_a_candidate_is_the_same_record(person, cell_a, cell_b):
    waiting = list_candidate(person, cell_a, youth_union=True)
    row = admitted(person, cell_b, rural=True)
    assert Admission.objects.get() == row == waiting
    assert (row.unit, row.listed_on, row.youth_union, row.rural) == (cell_b, START, True, True)


def test_a_readmission_is_marked(cell_a):
    member = make_member(cell_a)
    leave_party(member, DAY, EndReason.STRUCK_OFF)
    row = readmit(cell_a, member)
    assert row.again
    assert member.spells.get(started_on=BACK).start_reason == StartReason.READMITTED
    assert again(member).official_on is None


def test_years_of_someone_admitted_again_count_from_the_first_decision(cell_a):
    first = admit(cell_a, DAY)
    leave_party(first.member, LATER - ONE, EndReason.STRUCK_OFF)
    row = readmit(cell_a, first.member, BACK + 30 * ONE)
    assert (row.member.decided_on, row.member.joined_on) == (PartialDate.of(DAY), PartialDate.of(BACK + 30 * ONE))


@pytest.mark.parametrize(("day", "is_refused"), [(BACK, False), (BACK - ONE, True)])
def test_who_was_struck_off_comes_back_after_three_years(cell_a, day, is_refused):
    member = make_member(cell_a)
    leave_party(member, DAY, EndReason.STRUCK_OFF)
    if is_refused:
        with refused("chỉ xét kết nạp lại khi đã đủ 36 tháng, từ ngày 15/01/2029"):
            readmit(cell_a, member, day)
    else:
        assert readmit(cell_a, member, day).again


def test_a_readmission_needs_the_consent_of_the_province(cell_a):
    member = make_member(cell_a)
    leave_party(member, DAY, EndReason.EXPELLED)
    with refused("phải được cấp ủy cấp tỉnh đồng ý bằng văn bản"):
        readmit(cell_a, member, consent="")
    assert readmit(cell_a, member).consent == "55-CV/TU"


def test_nobody_is_readmitted_twice(cell_a):
    member = make_member(cell_a)
    leave_party(member, DAY, EndReason.STRUCK_OFF)
    readmit(cell_a, member)
    leave_party(member, date(2029, 6, 1), EndReason.STRUCK_OFF)
    with refused("chỉ kết nạp lại một lần"):
        readmit(cell_a, member, date(2033, 1, 15))


def test_who_left_at_the_own_wish_is_not_readmitted(cell_a):
    member = make_member(cell_a)
    membership.end_membership(member=member, day=DAY, reason=EndReason.RESIGNED)
    with refused("tự xin ra khỏi Đảng: không xem xét kết nạp lại"):
        readmit(cell_a, member)


@pytest.mark.parametrize("decision", [NO_DECISION, Decision("12-QĐ/ĐU"), Decision("12-QĐ/ĐU", DAY + ONE)])
def test_the_decision_comes_before_the_ceremony(person, cell_a, decision):
    with refused("Cần ngày ký quyết định kết nạp, không muộn hơn ngày lễ kết nạp."):
        admitted(person, cell_a, decision=decision)


def test_decision_and_ceremony_may_be_on_one_day(person, cell_a):
    assert admitted(person, cell_a, decision=Decision("12-QĐ/ĐU", DAY)).pk


def test_nobody_is_admitted_before_the_age_of_eighteen(person, cell_a):
    with refused("Lò Văn Mẫu chưa đủ 18 tuổi vào ngày 14/01/2026."):
        admitted(person, cell_a, DAY - ONE, Decision("12-QĐ/ĐU", START))
    assert admitted(person, cell_a)


def test_the_admission_of_a_member_is_refused_whole(cell_a, cell_b):
    member = again(make_member(cell_a))
    with refused("đã là đảng viên: dùng chức năng chuyển sinh hoạt đảng"):
        admitted(member, cell_b)


def test_an_admission_where_no_cell_is_is_refused_whole(person, commune):
    list_candidate(person, make_unit("c", commune))
    with refused("“Đảng bộ xa” là đảng bộ xã"):
        admitted(person, commune)


def test_an_admission_to_a_cell_that_is_no_more_is_refused_whole(person, cell_a):
    units.close(unit=cell_a, day=DAY, kind=EventKind.DISSOLVED)
    with refused("“Chi bộ a” không tồn tại ngày 15/01/2026"):
        admitted(person, cell_a)


@pytest.mark.parametrize("anew", [False, True])
def test_a_member_who_went_away_is_not_admitted_a_second_time(cell_a, anew):
    member = make_member(cell_a)
    membership.transfer_out(member=member, day=DAY)
    with refused("đã là đảng viên: dùng chức năng chuyển sinh hoạt đảng"):
        readmit(cell_a, member, again=anew)


def test_who_left_the_party_elsewhere_is_readmitted_here(person, cell_a):
    admitted(person, cell_a, again=True, consent="55-CV/TU")
    assert person.spells.get().start_reason == StartReason.READMITTED


# --- From probation to full membership ---


@pytest.mark.parametrize(
    ("ceremony_on", "expected"),
    [
        (date(2025, 3, 26), date(2026, 3, 26)),
        (date(2024, 2, 29), date(2025, 3, 1)),
        (date(2023, 2, 28), date(2024, 2, 28)),
    ],
)
def test_probation_is_twelve_months(db, ceremony_on, expected):
    assert probation.probation_end(ceremony_on, InForce(ceremony_on)) == expected


def test_the_official_day_is_the_end_of_probation_unless_another_is_given(person, cell_a):
    row = admitted(person, cell_a)
    admissions.make_official(admission=row, decision=Decision("99-QĐ/ĐU", date(2027, 3, 1)))
    assert (again(row).official_on, again(row).official_decision) == (date(2027, 1, 15), "99-QĐ/ĐU")
    assert again(row).official_decided_on == date(2027, 3, 1)
    assert again(person).official_on == PartialDate.of(date(2027, 1, 15))


def test_the_official_day_may_be_later(person, cell_a):
    row = admitted(person, cell_a)
    assert admissions.make_official(admission=row, day=date(2027, 6, 1)).official_on == date(2027, 6, 1)


def test_the_decision_on_official_membership_is_no_older_than_the_official_day(person, cell_a):
    row = admitted(person, cell_a)
    with refused("không ký trước ngày chính thức"):
        admissions.make_official(admission=row, decision=Decision("99-QĐ/ĐU", date(2027, 1, 14)))
    assert admissions.make_official(admission=row, decision=Decision("99-QĐ/ĐU", date(2027, 1, 15))).official_on


def test_nobody_is_official_before_the_end_of_probation(person, cell_a):
    row = admitted(person, cell_a)
    with refused("Thời gian dự bị kết thúc ngày 15/01/2027: chưa thể công nhận chính thức."):
        admissions.make_official(admission=row, day=date(2027, 1, 14))


def test_a_candidate_does_not_become_official(person, cell_a):
    row = list_candidate(person, cell_a)
    with refused("Người này chưa được kết nạp."):
        admissions.make_official(admission=row)


def test_who_has_left_the_party_does_not_become_official(person, cell_a):
    row = admitted(person, cell_a)
    leave_party(person, LATER, EndReason.STRUCK_OFF)
    with refused("không còn là đảng viên vào ngày 15/01/2027"):
        admissions.make_official(admission=row)


def test_who_came_back_becomes_official_again(cell_a):
    member = make_member(cell_a)
    leave_party(member, DAY, EndReason.STRUCK_OFF)
    assert admissions.make_official(admission=readmit(cell_a, member)).official_on == date(2030, 1, 15)


# --- Targets ---


def test_a_target_is_set_and_replaced(cell_a):
    admissions.set_target(unit=cell_a, year=2026, target=2)
    admissions.set_target(unit=cell_a, year=2026, target=3)
    admissions.set_target(unit=cell_a, year=2027, target=1)
    assert list(AdmissionTarget.objects.values_list("year", "target")) == [(2026, 3), (2027, 1)]


def test_a_target_below_nothing_is_refused(cell_a):
    with refused("lớn hơn hoặc bằng với 0"):
        admissions.set_target(unit=cell_a, year=2026, target=-1)


# --- Nothing is done twice ---


def test_who_is_official_is_not_made_official_again(person, cell_a):
    row = admitted(person, cell_a)
    admissions.make_official(admission=row)
    with refused("đã được công nhận chính thức"):
        admissions.make_official(admission=row)


def test_a_dropped_candidate_is_not_dropped_again(person, cell_a):
    row = list_candidate(person, cell_a)
    admissions.drop_candidate(admission=row, day=DAY)
    with refused("đã được đưa khỏi danh sách theo dõi"):
        admissions.drop_candidate(admission=row, day=LATER)


# --- The course ---


def test_the_course_of_a_candidate_is_recorded_and_put_right(person, cell_a):
    row = list_candidate(person, cell_a)
    admissions.record_course(admission=row, day=DAY)
    admissions.record_course(admission=row, day=DAY - ONE)
    assert again(row).course_on == DAY - ONE


def test_the_course_of_someone_dropped_is_refused(person, cell_a):
    row = list_candidate(person, cell_a)
    admissions.drop_candidate(admission=row, day=DAY)
    with refused("đã được đưa khỏi danh sách theo dõi ngày 15/01/2026"):
        admissions.record_course(admission=row, day=DAY)


def test_the_course_comes_before_the_ceremony(person, cell_a):
    row = admitted(person, cell_a)
    with refused("lớp học phải trước đó"):
        admissions.record_course(admission=row, day=DAY + ONE)
    assert admissions.record_course(admission=row, day=DAY).course_on == DAY


# --- Newcomers ---


def test_a_newcomer_is_recorded_and_listed_at_once(cell_a):
    row = admissions.list_newcomer(unit=cell_a, day=DAY, full_name="Lò Thị Mới", gender="female", ethnicity="thai")
    assert (row.unit, row.listed_on, row.member.full_name) == (cell_a, DAY, "Lò Thị Mới")


def test_a_newcomer_who_cannot_be_listed_is_not_recorded(commune):
    with refused("không phải là chi bộ"):
        admissions.list_newcomer(unit=commune, day=DAY, full_name="Lò Thị Mới", gender="female", ethnicity="thai")


# --- The vote at the end of probation ---


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 1, 15), 1, date(2026, 1, 16)),
        (date(2026, 1, 15), 2, date(2026, 1, 19)),
        (date(2026, 1, 16), 1, date(2026, 1, 19)),
        (date(2026, 1, 17), 1, date(2026, 1, 19)),
        (date(2026, 1, 18), 5, date(2026, 1, 23)),
        (date(2026, 1, 19), 30, date(2026, 3, 2)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_working_days_pass_over_weekends(day, number, expected):
    assert probation.working_days_later(day, number) == expected


def test_the_cell_votes_within_thirty_working_days_of_the_end_of_probation(db):
    assert probation.vote_deadline(date(2025, 1, 19), InForce(date(2026, 1, 19))) == date(2026, 3, 2)


# --- Targets of many units ---


def targets():
    return list(AdmissionTarget.objects.order_by("unit__code").values_list("unit__code", "year", "target"))


def test_targets_of_many_units_are_set_replaced_and_taken_back(cell_a, cell_b, commune):
    cell_c = make_unit("c", commune)
    admissions.set_target(unit=cell_a, year=2025, target=9)
    admissions.set_targets(year=2026, targets={cell_a: 1, cell_b: 2, cell_c: None})
    assert targets() == [("a", 2025, 9), ("a", 2026, 1), ("b", 2026, 2)]
    admissions.set_targets(year=2026, targets={cell_a: None, cell_b: 0, cell_c: 3})
    assert targets() == [("a", 2025, 9), ("b", 2026, 0), ("c", 2026, 3)]


def test_targets_of_other_units_stay(cell_a, cell_b):
    admissions.set_targets(year=2026, targets={cell_a: 1})
    admissions.set_targets(year=2026, targets={cell_b: 2})
    assert targets() == [("a", 2026, 1), ("b", 2026, 2)]


def test_targets_of_which_one_is_impossible_are_refused_whole(cell_a, cell_b):
    with refused("“chỉ tiêu kết nạp” phải là số nguyên"):
        admissions.set_targets(year=2026, targets={cell_a: 1, cell_b: -1})


@pytest.mark.parametrize("number", [1, 30])
def test_targets_are_set_in_a_few_statements(commune, django_assert_num_queries, number):
    units = {make_unit(f"n{index}", commune): index for index in range(number)}
    with django_assert_num_queries(5):
        admissions.set_targets(year=2026, targets=units)
    assert {row.unit: row.target for row in AdmissionTarget.objects.all()} == units
