from datetime import date, timedelta

import pytest

from assessments.nil_returns.actions import state_nil
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision
from members.choices import (
    COMMITTEE_POSTS,
    OPEN_POSTS,
    CourseLevel,
    ExemptionKind,
    FeeGround,
    FeeRelief,
    PlanningPost,
    Post,
    Program,
)
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import PlanningStep
from members.positions import actions as positions
from organizations.choices import EventKind
from organizations.units import actions as units
from reports.figures import evaluate
from tests import factories
from tests.factories import DECIDED, START, admit, make_member, make_person, make_unit, moment_of
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


# --- Levels ---


def states(member):
    """Return the levels of education and theory by period."""
    return list(member.states.order_by("started_on").values_list("started_on", "ended_on", "education", "theory"))


def set_levels(member, day, **levels):
    return member_records.set_levels(member=member, day=day, **levels)


def test_the_first_levels_hold_from_their_day_on(lan):
    set_levels(lan, START, education="primary")
    assert states(lan) == [(START, OPEN, "primary", "")]


def test_new_levels_keep_what_they_do_not_name(lan):
    set_levels(lan, START, education="primary")
    set_levels(lan, DAY, theory="advanced")
    assert states(lan) == [(START, DAY, "primary", ""), (DAY, OPEN, "primary", "advanced")]


def test_levels_of_one_day_are_one_row(lan):
    set_levels(lan, START, education="primary")
    set_levels(lan, START, theory="advanced")
    assert states(lan) == [(START, OPEN, "primary", "advanced")]


def test_levels_are_recorded_in_the_order_of_time(lan):
    set_levels(lan, DAY, education="primary")
    with refused("Trình độ của Lan còn thay đổi ghi sau ngày 01/07/2025: ghi theo thứ tự thời gian."):
        set_levels(lan, START, education="illiterate")


def test_a_level_that_is_on_no_list_is_refused(lan):
    with refused("giỏi"):
        set_levels(lan, START, education="giỏi")


# --- Posts ---


def appoint(unit, post=Post.SECRETARY, day=DAY, **words):
    return positions.appoint(unit=unit, post=post, day=day, **{"decision": DECIDED} | words)


def test_a_post_is_given_with_its_decision(cell_a, lan):
    position = appoint(cell_a, member=lan, decision=DECISION)
    assert (position.unit, position.member, position.started_on, position.ended_on) == (cell_a, lan, DAY, OPEN)
    assert (position.decision_number, position.decision_date) == (DECISION.number, DECISION.day)


@pytest.mark.parametrize("post", sorted(OPEN_POSTS))
def test_someone_outside_the_party_may_head_an_agency_or_a_village(cell_a, post):
    assert appoint(cell_a, post, holder_name="Người Ngoài").holder_name == "Người Ngoài"


@pytest.mark.parametrize("post", sorted(COMMITTEE_POSTS))
def test_nobody_outside_the_party_is_in_a_committee(cell_a, post):
    with refused("Chức vụ phải do một đảng viên giữ"):
        appoint(cell_a, post, holder_name="Người Ngoài")


@pytest.mark.parametrize("post", sorted(COMMITTEE_POSTS))
def test_nobody_is_in_a_committee_before_he_is_a_member(cell_a, post):
    person = make_person("Mai")
    with refused("Mai không sinh hoạt ở chi bộ nào vào ngày 15/01/2026"):
        appoint(cell_a, post, member=person)


def test_a_post_has_a_holder_and_only_one_name(cell_a, lan):
    with refused("Chức vụ phải do một đảng viên giữ"):
        appoint(cell_a, Post.VILLAGE_HEAD)
    with refused("Chức vụ phải do một đảng viên giữ"):
        appoint(cell_a, Post.VILLAGE_HEAD, member=lan, holder_name="Lan")


@pytest.mark.parametrize("day", [DAY, LATER, START])
def test_a_single_post_has_one_holder_at_a_time(cell_a, lan, day):
    appoint(cell_a, member=lan)
    minh = make_member(cell_a, "Minh")
    with refused("Bí thư của “Chi bộ a” đang do Lan giữ."):
        appoint(cell_a, member=minh, day=day)


def test_a_post_given_up_goes_to_the_next_on_the_same_day(cell_a, lan):
    old = appoint(cell_a, member=lan)
    positions.relieve(position=old, day=LATER)
    assert again(old).ended_on == LATER
    assert appoint(cell_a, member=make_member(cell_a), day=LATER).is_open


def test_a_committee_has_many_members(cell_a, lan):
    appoint(cell_a, Post.COMMITTEE_MEMBER, member=lan)
    appoint(cell_a, Post.COMMITTEE_MEMBER, member=make_member(cell_a))
    assert cell_a.positions.count() == 2


def test_a_post_in_a_unit_that_does_not_exist_then_is_refused(cell_b, lan):
    units.close(unit=cell_b, day=DAY, kind=EventKind.DISSOLVED)
    for day in (START - ONE, DAY):
        with refused("“Chi bộ b” không tồn tại"):
            appoint(cell_b, Post.VILLAGE_HEAD, day, member=lan)


def test_a_post_is_given_up_once(cell_a, lan):
    position = appoint(cell_a, member=lan)
    positions.relieve(position=position, day=LATER)
    with refused("Chức vụ này đã thôi giữ."):
        positions.relieve(position=again(position), day=LATER + ONE)


@pytest.mark.parametrize("day", [DAY, START])
def test_a_post_is_not_given_up_before_it_was_held(cell_a, lan, day):
    position = appoint(cell_a, member=lan)
    with refused("chọn ngày sau ngày đó"):
        positions.relieve(position=position, day=day)


# --- Exemption, fee ---


def exempt(member, day=DAY, **words):
    return member_records.exempt(member=member, **{"kind": ExemptionKind.AGE_HEALTH} | words, day=day)


def reduce_fee(member, day=DAY, until=None, **words):
    until = until or day + timedelta(days=365)
    usual = {"kind": FeeRelief.REDUCED_50, "ground": FeeGround.HARDSHIP, "decision": DECISION}
    return member_records.reduce_fee(member=member, day=day, until=until, **usual | words)


def test_an_exemption_holds_without_an_end_or_until_a_day(lan):
    first = exempt(lan, START, until=DAY, decision=DECISION)
    second = exempt(lan)
    assert (first.started_on, first.ended_on, first.decision_number) == (START, DAY, DECISION.number)
    assert second.is_open


@pytest.mark.parametrize(("day", "until"), [(DAY, LATER), (START, DAY + ONE), (LATER, OPEN)])
def test_exemptions_do_not_overlap(lan, day, until):
    exempt(lan)
    with refused("Lan đã được miễn sinh hoạt trong thời gian này."):
        exempt(lan, day, until=until)


@pytest.mark.parametrize("fact", [exempt, reduce_fee])
def test_an_end_before_the_start_is_refused(lan, fact):
    with refused("Ngày kết thúc phải sau ngày bắt đầu."):
        fact(lan, until=DAY - ONE)


@pytest.mark.parametrize("until", [date(2028, 1, 16), OPEN])
def test_a_hardship_is_relieved_for_twelve_months_at_most(lan, until):
    assert reduce_fee(lan).ended_on == date(2027, 1, 15)
    sentence = "Giảm 50% đảng phí vì hoàn cảnh khó khăn: mỗi lần không quá 12 tháng. Ghi ngày này muộn nhất là"
    with refused(sentence):
        reduce_fee(lan, date(2027, 1, 15), until=until)


@pytest.mark.parametrize("ground", [FeeGround.SOCIAL_PENSION, FeeGround.POOR, FeeGround.ILLNESS])
def test_a_ground_that_lasts_frees_of_the_whole_fee_without_an_end(lan, ground):
    with refused("được miễn, không phải giảm đảng phí"):
        reduce_fee(lan, until=OPEN, ground=ground)
    assert reduce_fee(lan, until=OPEN, ground=ground, kind=FeeRelief.EXEMPT).is_open


@pytest.mark.parametrize(("decided_on", "is_refused"), [("1976-01-15", False), ("1976-01-16", True)])
def test_the_years_in_the_party_are_a_ground_of_those_who_have_them(cell_a, decided_on, is_refused):
    old = {"born_on": "1950-01-01", "joined_on": decided_on, "decided_on": decided_on, "official_on": "1977-02-01"}
    member = again(make_member(cell_a, "Lan", **old))
    relief = {"kind": FeeRelief.EXEMPT, "ground": FeeGround.YEARS, "until": OPEN}
    if is_refused:
        with refused("Lan đủ 50 năm tuổi Đảng ngày 16/01/2026: chưa được miễn theo căn cứ này."):
            reduce_fee(member, **relief)
    else:
        assert reduce_fee(member, **relief).is_open


def test_years_in_the_party_are_counted_from_a_day_that_is_known(cell_a):
    member = again(make_member(cell_a, "Lan", joined_on=None, official_on=None))
    with refused("Hồ sơ của Lan chưa có ngày vào Đảng"):
        reduce_fee(member, kind=FeeRelief.EXEMPT, ground=FeeGround.YEARS, until=OPEN)


@pytest.mark.parametrize("ground", ["", "khac"])
def test_a_fee_is_reduced_on_a_ground(lan, ground):
    with refused("."):
        reduce_fee(lan, ground=ground)


HALF_DECIDED = pytest.mark.parametrize(
    ("decision", "words"),
    [(Decision("07-QĐ/ĐU"), "ghi ngày quyết định"), (Decision(day=DAY), "ghi số quyết định")],
)


@HALF_DECIDED
def test_a_fee_is_reduced_by_a_decision(lan, decision, words):
    with refused(words):
        reduce_fee(lan, decision=decision)


@HALF_DECIDED
def test_who_is_exempt_for_another_reason_than_age_and_health_is_so_by_a_decision(lan, decision, words):
    with refused(words):
        exempt(lan, kind=ExemptionKind.OTHER, decision=decision)
    assert exempt(lan, kind=ExemptionKind.OTHER, decision=DECISION)


def test_reductions_of_the_fee_do_not_overlap(lan):
    reduce_fee(lan)
    with refused("Lan đã được miễn, giảm đảng phí trong thời gian này."):
        reduce_fee(lan, LATER)


# --- Training, planning, discipline ---


def train(member, began_on=DAY, course="Lớp mẫu", **words):
    fields = {"program": Program.OTHER, "level": CourseLevel.COMMUNE, "course": course}
    return member_records.train(member=member, began_on=began_on, **fields, **words)


def plan(member, approved_on=DAY, **words):
    fields = {"post": PlanningPost.UNIT_LEADERS, "term": "2025-2030"} | words
    return member_records.plan(member=member, approved_on=approved_on, **fields)


def discipline(member, day=DAY):
    return factories.discipline(member, day)


def test_a_turn_in_a_course_is_recorded(lan):
    turn = train(lan, finished_on=DAY)
    assert (turn.member, turn.began_on, turn.finished_on) == (lan, DAY, DAY)


def test_a_course_does_not_finish_before_it_begins(lan):
    with refused("Ngày bế giảng phải sau ngày khai giảng."):
        train(lan, finished_on=DAY - ONE)


def test_nobody_takes_the_same_course_twice(lan):
    train(lan)
    with refused("Đảng viên đã được ghi vào lớp này."):
        train(lan)


def test_a_planning_is_recorded_with_its_decision(lan):
    turn = plan(lan, decision=DECISION)
    assert (turn.post, turn.term, turn.decision_number) == (PlanningPost.UNIT_LEADERS, "2025-2030", DECISION.number)


def test_nobody_is_planned_for_one_post_twice_in_a_term(lan):
    plan(lan)
    with refused("Đảng viên đã được quy hoạch chức danh này trong nhiệm kỳ."):
        plan(lan, LATER)
    assert plan(lan, LATER, term="2030-2035")


def test_a_planning_is_looked_through_every_year_until_it_is_given_up(lan):
    plan(lan)
    for day in (LATER, LATER + ONE):
        assert plan(lan, day, step=PlanningStep.REVIEWED, decision=DECISION).step == "reviewed"
    with refused("Lần rà soát quy hoạch này đã được ghi."):
        plan(lan, LATER, step=PlanningStep.REVIEWED)
    with refused("phải sau mọi ngày rà soát"):
        plan(lan, LATER, step=PlanningStep.REMOVED)
    plan(lan, LATER + ONE, step=PlanningStep.REMOVED)
    for step in (PlanningStep.REVIEWED, PlanningStep.REMOVED):
        with refused("đã được đưa ra khỏi quy hoạch"):
            plan(lan, LATER + 2 * ONE, step=step)


def test_only_what_was_approved_is_looked_through(lan):
    plan(lan, LATER)
    for step, more in ((PlanningStep.REVIEWED, {}), (PlanningStep.REMOVED, {"term": "2030-2035"})):
        with refused("chưa được phê duyệt quy hoạch"):
            plan(lan, DAY, step=step, **more)


every_fact = pytest.mark.parametrize("fact", [exempt, reduce_fee, train, plan, discipline])


@every_fact
def test_there_are_no_facts_about_who_belongs_nowhere(db, fact):
    person = again(make_person("Mai"))
    with refused("Mai không sinh hoạt ở chi bộ nào vào ngày 15/01/2026."):
        fact(person)


@every_fact
def test_what_was_granted_elsewhere_before_a_member_came_keeps_its_day(lan, fact):
    day = date(2015, 3, 26)
    row = again(fact(lan, day))
    assert getattr(row, row.since) == day


@every_fact
def test_there_are_no_facts_before_somebody_joined_the_party(lan, fact):
    with refused("Lan không sinh hoạt ở chi bộ nào vào ngày 04/01/2010"):
        fact(lan, date(2010, 1, 4))


@every_fact
def test_there_are_no_facts_before_somebody_was_admitted_here(cell_a, fact):
    minh = admit(cell_a, DAY).member
    with refused("không sinh hoạt ở chi bộ nào vào ngày 14/01/2026"):
        fact(minh, DAY - ONE)


@every_fact
def test_what_was_granted_between_two_stays_was_granted_elsewhere(lan, cell_a, fact):
    membership.transfer_out(member=lan, day=DAY)
    membership.transfer_in(member=lan, unit=cell_a, day=LATER)
    assert fact(again(lan), DAY + ONE)


@every_fact
def test_there_are_no_facts_after_the_day_on_which_a_member_left(lan, fact):
    membership.transfer_out(member=lan, day=DAY)
    with refused("không sinh hoạt ở chi bộ nào vào ngày 16/01/2026"):
        fact(lan, DAY + ONE)
    assert fact(lan).member == lan
    with refused("không sinh hoạt ở chi bộ nào"):
        fact(lan, LATER)


# --- Corrections of levels and posts, the end of an exemption ---


@pytest.mark.parametrize("day", [DAY - ONE, DAY, DAY + ONE])
def test_levels_put_right_begin_where_those_before_end(lan, day):
    set_levels(lan, START, education="primary")
    state = set_levels(lan, DAY, theory="advanced")
    member_records.correct_levels(state=state, started_on=day, theory="bachelor")
    assert states(lan) == [(START, day, "primary", ""), (day, OPEN, "primary", "bachelor")]


def test_levels_do_not_begin_before_those_before_them(lan):
    set_levels(lan, START, education="primary")
    state = set_levels(lan, DAY, theory="advanced")
    with refused("Trình độ trước đó bắt đầu ngày 01/07/2025: chọn ngày sau ngày đó."):
        member_records.correct_levels(state=state, started_on=START)


def test_the_first_levels_may_begin_earlier(lan):
    state = set_levels(lan, DAY, education="primary")
    member_records.correct_levels(state=state, started_on=START - ONE, education="illiterate")
    assert states(lan) == [(START - ONE, OPEN, "illiterate", "")]


def test_levels_removed_leave_no_gap(lan):
    set_levels(lan, START, education="primary")
    middle = set_levels(lan, DAY, theory="advanced")
    set_levels(lan, LATER, theory="bachelor")
    member_records.remove_levels(state=again(middle))
    assert states(lan) == [(START, LATER, "primary", ""), (LATER, OPEN, "primary", "bachelor")]


def test_the_first_levels_removed_leave_those_after_alone(lan):
    first = set_levels(lan, START, education="primary")
    set_levels(lan, DAY, theory="advanced")
    member_records.remove_levels(state=again(first))
    assert states(lan) == [(DAY, OPEN, "primary", "advanced")]


def test_a_post_put_right_keeps_the_rules_of_giving_it(cell_a, lan):
    position = appoint(cell_a, Post.VILLAGE_HEAD, member=lan)
    positions.correct_position(position=position, post=Post.SECRETARY, started_on=DAY, decision_number="07-QĐ/ĐU")
    assert (again(position).post, again(position).decision_number) == (Post.SECRETARY, "07-QĐ/ĐU")
    with refused("Lan không sinh hoạt ở chi bộ nào vào ngày 30/06/2025."):
        positions.correct_position(position=position, post=Post.SECRETARY, started_on=START - ONE)
    other = appoint(cell_a, Post.COMMITTEE_MEMBER, member=make_member(cell_a, "Minh"))
    with refused("Chức vụ này đang do người khác giữ."):
        positions.correct_position(position=other, post=Post.SECRETARY, started_on=DAY)


def test_an_exemption_ends_from_a_day_on(lan):
    exemption = exempt(lan)
    member_records.end_exemption(exemption=exemption, day=LATER)
    assert again(exemption).ended_on == LATER
    with refused("Lần miễn này đã kết thúc ngày 15/02/2026."):
        member_records.end_exemption(exemption=again(exemption), day=LATER)
    member_records.end_exemption(exemption=again(exemption), day=LATER - ONE)


# --- Badge ---


def veteran(cell, **fields):
    """Return an official member since long, by a decision of 10/02/1986."""
    fields = {"born_on": "1935", "decided_on": "1986-02-10", "joined_on": "1986-02-20"} | fields
    return again(make_member(cell, "Lan", **fields))


def award(member, years, awarded_on, **words):
    return member_records.award_badge(member=member, years=years, awarded_on=awarded_on, **words)


def test_years_in_the_party_count_from_the_decision(cell_a):
    member = veteran(cell_a)
    with refused("Lan đủ 40 năm tuổi Đảng ngày 10/02/2026, sau ngày trao tặng."):
        award(member, 40, date(2026, 2, 9))
    assert award(member, 40, date(2026, 2, 10), number="012345", decision=DECISION).number == "012345"
    with refused("Đảng viên đã được tặng Huy hiệu này."):
        award(member, 40, date(2026, 2, 11))


def test_without_a_decision_they_count_from_the_day_on_the_card(cell_a):
    member = veteran(cell_a, decided_on=None)
    with refused("ngày 20/02/2026"):
        award(member, 40, date(2026, 2, 10))
    unknown = veteran(cell_a, decided_on=None, joined_on=None)
    with refused("chưa có ngày vào Đảng"):
        award(unknown, 40, DAY)


@pytest.mark.parametrize("how", [{"early": True}, {"posthumous": True}])
def test_the_gravely_ill_and_the_dead_have_it_up_to_a_year_early(cell_a, how):
    member = veteran(cell_a)
    with refused("không thể tặng trước ngày 10/02/2025"):
        award(member, 40, date(2025, 2, 9), **how)
    assert award(member, 40, date(2025, 2, 10), **how)


def test_from_seventy_years_on_the_gravely_ill_have_it_two_years_early(cell_a):
    member = veteran(cell_a, decided_on="1956-02-10", joined_on=None)
    with refused("không thể tặng trước ngày 10/02/2024"):
        award(member, 70, date(2024, 2, 9), early=True)
    with refused("không thể tặng trước ngày 10/02/2025"):
        award(member, 70, date(2025, 2, 9), posthumous=True)
    assert award(member, 70, date(2024, 2, 10), early=True)


def test_only_official_members_have_years_in_the_party(cell_a):
    said = {None: "Hồ sơ của Lan chưa ghi ngày chính thức", "2026-03-01": "Lan chưa là đảng viên chính thức"}
    for official_on, sentence in said.items():
        member = veteran(cell_a, official_on=official_on)
        with refused(sentence):
            award(member, 40, date(2026, 2, 28))


@pytest.mark.parametrize("term", ["2025", "2030-2025", "2025-2025", "nhiệm kỳ này"])
def test_a_term_is_two_years_in_order(lan, term):
    with refused("ví dụ: 2025-2030"):
        plan(lan, term=term)


# --- The handbook, the place of residence ---


def test_a_later_reason_for_having_no_handbook_ends_the_earlier_one(lan):
    first = member_records.state_no_handbook(member=lan, cause="no_network", started_on=DAY, source="Chi bộ")
    member_records.state_no_handbook(member=lan, cause="no_smartphone", started_on=LATER, source="Chi bộ")
    assert again(first).ended_on == LATER
    with refused("đã có lý do chưa cài"):
        member_records.state_no_handbook(member=lan, cause="other", started_on=DAY + ONE, source="Chi bộ")


def test_there_is_no_reason_for_having_none_once_the_handbook_is_installed(lan):
    lan.handbook_installed_on = DAY
    lan.save()
    with refused("đã cài Sổ tay ngày 15/01/2026"):
        member_records.state_no_handbook(member=lan, cause="other", started_on=DAY, source="Chi bộ")
    member_records.state_no_handbook(member=lan, cause="other", started_on=DAY - ONE, source="Chi bộ")


def test_who_moves_house_is_introduced_anew(lan):
    first = member_records.introduce(member=lan, started_on=DAY, place="Bản 01", source="Giấy giới thiệu")
    second = member_records.introduce(member=lan, started_on=LATER, place="Bản 02", source="Giấy giới thiệu")
    assert (again(first).ended_on, second.ended_on) == (LATER, OPEN)
    with refused("đã được giới thiệu"):
        member_records.introduce(member=lan, started_on=DAY + ONE, source="Giấy giới thiệu")


def test_members_of_agencies_are_introduced_and_only_they_are_counted(commune, cell_a, lan):
    hoa = make_member(make_unit("truong", commune, sector="school"))
    for member in (lan, hoa):
        member_records.introduce(member=member, started_on=DAY, source="Giấy giới thiệu")
    make_member(hoa.spells.get().unit)
    results = evaluate.results(moment_of(commune, DAY), ["members.liaison", "unrecorded.liaison"])
    assert [result.value for result in results.values()] == [1, 1]


def test_who_has_no_handbook_is_counted_by_reason_and_by_who_says_nothing(commune, cell_a, lan):
    member_records.state_no_handbook(member=lan, cause="no_network", started_on=DAY, source="Chi bộ")
    make_member(cell_a, handbook_installed_on=DAY)
    make_member(cell_a)
    codes = ["members.without_handbook", "members.no_handbook.no_network", "unrecorded.handbook"]
    assert [result.value for result in evaluate.results(moment_of(commune, DAY), codes).values()] == [1, 1, 1]
    given = {"registers": ["handbook"], "started_on": START, "ended_on": LATER, "stated_by": "Bí thư"}
    state_nil(unit=cell_a, **given)
    codes += ["unrecorded.no_handbook_reason"]
    assert [result.value for result in evaluate.results(moment_of(commune, DAY), codes).values()] == [2, 1, 0, 1]
