"""Where the checks of members, posts and cells begin to find something: just before and just after."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS

from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.db.rules_aside import rules_aside
from members import probation, validators
from members.admissions import actions as admissions
from members.choices import Post
from members.data_checks import member_card
from members.data_checks.deadlines import last_overdue
from members.duplicates import actions as duplicates
from members.member_records import actions as member_records
from members.models import Member
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from organizations.choices import Kind
from organizations.in_force import InForce
from tests.checks import DAY, make_sound_member, somebody
from tests.factories import DECIDED, START, admit, make_member, make_person, make_unit, moment_of, reduce_fee
from tests.ground import layer


def count(code, unit, day=DAY, **more):
    """Return how much a check finds beneath a unit."""
    return CHECKS[code].rows(moment_of(unit, day, **more)).count()


@layer
def lan(cell_a):
    """A member of whom everything is known, admitted on 05/01/2010."""
    return make_sound_member(cell_a, full_name="Lan")


def say(member, **fields):
    """Make a card say what verbs and database might refuse, as it was written before they did."""
    with rules_aside(DEFAULT_DB_ALIAS, [Member._meta.db_table]):
        Member.objects.filter(pk=member.pk).update(**fields)


@pytest.mark.parametrize(
    ("born", "joined", "young", "old"),
    [
        ("1992-01-31", "2010-01-05", 0, 0),
        ("1992-02-01", "2010-01-05", 1, 0),
        ("1992", "2010-01-05", 0, 0),
        ("1993", "2010-01-05", 1, 0),
        ("1992-02", "2010-01", 1, 0),
        ("1992-02", "2010", 0, 0),
        ("1950-01-01", "2010-01-31", 0, 0),
        ("1949-12-31", "2010-01-01", 0, 1),
        ("1949", "2010", 0, 1),
        ("1950", "2010-12-31", 0, 0),
        (None, "2010-01-05", 0, 0),
    ],
)
def test_the_age_at_admission_is_counted_by_month_and_as_far_as_it_is_known(lan, cell_a, born, joined, young, old):
    say(lan, born_on=born, joined_on=joined)
    assert (count("ket-nap-duoi-18", cell_a), count("ket-nap-tren-60", cell_a)) == (young, old)


@pytest.mark.parametrize(
    ("joined", "official", "wrong"),
    [
        ("2010-01-05", "2011-01-05", 0),
        ("2010-01-05", "2011-01-04", 1),
        ("2010-01-05", "2011-01-06", 1),
        ("2010-01-05", "2011-01", 0),
        ("2010-01-05", "2011", 0),
        ("2010", "2012", 1),
        ("2012-02-29", "2013-03-01", 0),
        ("2012-02-29", "2013-02-28", 1),
        ("2010-01-05", None, 0),
        (None, "2011-01-05", 0),
    ],
)
def test_probation_lasts_twelve_months_to_the_day(lan, cell_a, joined, official, wrong):
    say(lan, joined_on=joined, official_on=official)
    assert count("chinh-thuc-12-thang", cell_a) == wrong


@pytest.mark.parametrize(
    ("joined", "decided", "after_stay", "after_ceremony"),
    [
        ("2025-07-01", "2025-07-01", 0, 0),
        ("2025-07-02", "2025-07-02", 1, 0),
        ("2025-06-30", "2025-07-01", 0, 1),
        ("2025", "2025-07", 0, 0),
        ("2026", "2026-12", 1, 0),
    ],
)
def test_the_decision_the_ceremony_and_the_stay_follow_each_other(
    lan, cell_a, joined, decided, after_stay, after_ceremony
):
    say(lan, joined_on=joined, decided_on=decided)
    assert count("vao-dang-sau-sinh-hoat", cell_a) == after_stay
    assert count("quyet-dinh-sau-ket-nap", cell_a) == after_ceremony


@pytest.mark.parametrize(
    ("day", "ending", "overdue"),
    [
        (date(2026, 6, 1), 0, 0),
        (date(2026, 6, 2), 1, 0),
        (date(2026, 9, 11), 1, 0),
        (date(2026, 9, 12), 0, 1),
        (date(2027, 9, 1), 0, 1),
    ],
)
def test_probation_is_told_two_months_before_its_end_and_is_overdue_after_the_time_for_the_vote(
    cell_a, day, ending, overdue
):
    admission = admit(cell_a, date(2025, 8, 1))
    assert probation.vote_deadline(admission.ceremony_on, InForce(day)) == date(2026, 9, 11)
    assert (count("du-bi-sap-het", cell_a, day), count("du-bi-qua-han", cell_a, day)) == (ending, overdue)
    admissions.make_official(admission=admission)
    after = max(day, admission.official_on)
    assert (count("du-bi-sap-het", cell_a, after), count("du-bi-qua-han", cell_a, after)) == (0, 0)


@pytest.mark.django_db
def test_the_time_for_the_vote_is_over_for_exactly_those_before_a_day():
    for number in range(400):
        day = date(2026, 1, 1) + timedelta(days=number)
        in_force = InForce(day)
        last = last_overdue(day, in_force.rulebook)
        assert probation.vote_deadline(last, in_force) < day
        assert day <= probation.vote_deadline(last + timedelta(days=1), in_force)


def test_candidates_are_told_until_they_are_admitted_or_dropped(commune, cell_a):
    first, second = (
        admissions.list_candidate(member=make_person(), unit=cell_a, day=START),
        admissions.list_candidate(member=make_person(), unit=cell_a, day=START),
    )
    assert count("nguon-ket-nap", commune) == 2
    admissions.drop_candidate(admission=first, day=date(2026, 1, 1))
    assert count("nguon-ket-nap", commune) == 1
    admit(cell_a, date(2026, 2, 1), person=second.member)
    assert count("nguon-ket-nap", commune) == 0


@pytest.mark.parametrize(("until", "found"), [(date(2026, 12, 19), 1), (date(2026, 12, 20), 0)])
def test_exemptions_and_reliefs_are_told_two_months_before_they_end(lan, cell_a, until, found):
    member_records.exempt(member=lan, kind="age_health", day=date(2026, 1, 1), until=until)
    reduce_fee(lan, date(2026, 1, 1), until)
    assert count("mien-sinh-hoat-sap-het", cell_a) == found
    assert count("giam-dang-phi-sap-het", cell_a) == found


@pytest.mark.parametrize(("day", "found"), [(date(2026, 9, 11), 0), (date(2026, 9, 12), 1)])
def test_someone_between_two_cells_is_told_after_thirty_working_days(lan, cell_a, cell_b, day, found):
    lan.spells.update(ended_on=date(2026, 7, 31), end_reason="moved_within")
    assert count("chua-co-noi-sinh-hoat", cell_a, day) == found
    assert count("chua-co-noi-sinh-hoat", cell_b, day) == 0


@pytest.mark.parametrize(
    ("decided", "came", "reason", "found"),
    [
        (date(2026, 2, 2), date(2026, 3, 16), "transferred_in", 0),
        (date(2026, 2, 2), date(2026, 3, 17), "transferred_in_far", 1),
        (date(2026, 2, 2), date(2026, 3, 17), "moved_within", 0),
        (date(2025, 10, 1), date(2025, 12, 31), "transferred_in", 0),
        (None, date(2026, 3, 17), "transferred_in", 0),
    ],
)
def test_who_comes_later_than_thirty_working_days_after_the_decision_is_told(lan, cell_a, decided, came, reason, found):
    lan.spells.update(decision_date=decided, started_on=came, start_reason=reason)
    assert probation.working_days_later(date(2026, 2, 2), 30) == date(2026, 3, 16)
    assert count("chuyen-den-cham", cell_a) == found


def test_whoever_arrives_or_leaves_the_portal_is_not_missed(commune, lan, cell_a, cell_b):
    other, third = make_member(cell_a), make_member(cell_a)
    third.spells.update(ended_on=date(2026, 1, 5), end_reason="transferred_out")
    restructuring.merge(cells=[cell_a], into=cell_b, day=date(2026, 2, 1))
    assert other.spells.count() == lan.spells.count() == 2
    assert count("chua-co-noi-sinh-hoat", commune) == 0


def test_a_post_in_an_organization_is_held_from_a_cell_beneath_it(commune, cell_a):
    organization = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    nested = make_unit("nested", organization)
    positions.appoint(unit=organization, post=Post.SECRETARY, member=make_member(nested), day=START)
    assert count("chuc-vu-noi-khac", commune) == 0
    positions.appoint(unit=organization, post=Post.DEPUTY_SECRETARY, member=make_member(cell_a), day=START)
    assert (count("chuc-vu-noi-khac", commune), count("chuc-vu-da-thoi", commune)) == (1, 0)


def test_whoever_belongs_nowhere_is_not_told_to_belong_elsewhere_too(cell_a, lan):
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=lan, day=START)
    lan.spells.update(ended_on=DAY, end_reason="died")
    assert (count("chuc-vu-noi-khac", cell_a), count("chuc-vu-da-thoi", cell_a)) == (0, 1)


def test_a_post_outside_the_party_asks_for_no_membership(commune, cell_a, cell_b):
    positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, member=make_member(cell_b), day=START)
    assert (count("chuc-vu-noi-khac", commune), count("chuc-vu-da-thoi", commune)) == (0, 0)


@pytest.mark.parametrize(("members", "few", "many"), [(2, 1, 0), (3, 0, 0), (29, 0, 0), (30, 0, 1)])
def test_a_cell_has_three_to_twenty_nine_members(cell_a, members, few, many):
    for _ in range(members):
        make_member(cell_a)
    assert (count("duoi-3-chinh-thuc", cell_a), count("tu-30-dang-vien", cell_a)) == (few, many)


def test_only_official_members_count_for_the_three_and_the_nine(cell_a):
    for _ in range(8):
        make_member(cell_a)
    admit(cell_a, date(2026, 2, 1))
    assert count("chua-co-chi-uy", cell_a) == 0
    for member in Member.objects.all()[:6]:
        say(member, official_on="2026-10-21")
    assert count("duoi-3-chinh-thuc", cell_a) == 1


def test_a_committee_is_more_than_a_secretary_and_a_deputy(cell_a):
    for _ in range(9):
        make_member(cell_a)
    for post in (Post.SECRETARY, Post.DEPUTY_SECRETARY):
        positions.appoint(unit=cell_a, post=post, member=somebody(cell_a), day=START)
    assert count("chua-co-chi-uy", cell_a) == 1
    positions.appoint(unit=cell_a, post=Post.COMMITTEE_MEMBER, member=somebody(cell_a), day=START)
    assert count("chua-co-chi-uy", cell_a) == 0


def test_the_charter_asks_of_cells_what_it_does_not_ask_of_organizations(commune):
    make_member(make_unit("nested", make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)))
    assert count("duoi-3-chinh-thuc", commune) == 1
    assert count("chua-co-bi-thu", commune) == 2


def test_a_unit_without_members_and_a_commune_are_asked_for_nothing(commune, cell_a, cell_b):
    make_member(cell_a)
    assert count("chua-co-bi-thu", commune) == count("duoi-3-chinh-thuc", commune) == 1


def test_a_head_who_is_the_secretary_is_not_told(cell_a, lan):
    positions.appoint(unit=cell_a, post=Post.AGENCY_HEAD, member=lan, day=START)
    assert count("thu-truong-khong-la-bi-thu", cell_a) == 0
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=lan, day=START)
    assert count("thu-truong-khong-la-bi-thu", cell_a) == 0
    positions.relieve(position=lan.positions.get(post=Post.SECRETARY), day=date(2026, 1, 1))
    positions.appoint(
        unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=date(2026, 1, 1), decision=DECIDED
    )
    assert count("thu-truong-khong-la-bi-thu", cell_a) == 1


def test_a_post_of_another_unit_makes_nobody_secretary_here(cell_a, cell_b, lan):
    positions.appoint(unit=cell_a, post=Post.AGENCY_HEAD, member=lan, day=START)
    positions.appoint(unit=cell_b, post=Post.SECRETARY, member=lan, day=START)
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=START)
    assert count("thu-truong-khong-la-bi-thu", cell_a) == 1


@pytest.mark.parametrize(
    ("validate", "shape"),
    [
        (validators.validate_citizen_id, member_card.CITIZEN_ID),
        (validators.validate_card_number, member_card.CARD_NUMBER),
        (validators.validate_profile_number, member_card.PROFILE_NUMBER),
    ],
    ids=["citizen", "card", "profile"],
)
def test_the_shapes_of_numbers_are_those_that_forms_ask_for(lan, cell_a, validate, shape):
    for text in ("012345678901", "01234567890", "12345678", "1234567", "123456LC", "123456ĐBTN", "12 345678", "x"):
        say(lan, citizen_id=text)
        taken = Member.objects.filter(citizen_id__regex=shape).exists()
        try:
            validate(text)
        except ValidationError:
            assert not taken, text
        else:
            assert taken, text


def test_namesakes_of_the_same_birth_are_both_told(commune, cell_a, cell_b, lan, secretary_a):
    make_member(cell_b, "Lan", born_on="1980-05-18")
    assert count("trung-ho-so", commune) == 0
    make_member(cell_b, "Lan")
    assert count("trung-ho-so", commune) == 2
    assert count("trung-ho-so", cell_a, user=secretary_a) == 0


def test_namesakes_stated_to_be_two_people_are_told_no_more(commune, cell_b, lan):
    duplicates.state_distinct(first=make_member(cell_b, "Lan"), second=lan, day=START)
    assert count("trung-ho-so", commune) == 0


def test_a_member_without_cards_is_no_double(commune, cell_a):
    for _ in range(2):
        make_member(cell_a)
    assert count("trung-ho-so", commune) == 0


def test_a_level_is_that_of_the_day(cell_a, lan):
    assert count("thieu-ly-luan", cell_a, START) == 0
    member_records.set_levels(member=lan, day=date(2026, 5, 1), theory="")
    assert count("thieu-ly-luan", cell_a, date(2026, 4, 30)) == 0
    assert count("thieu-ly-luan", cell_a, date(2026, 5, 1)) == 1


def test_only_official_members_have_a_card(cell_a):
    admit(cell_a, date(2026, 2, 1))
    assert count("thieu-so-the", cell_a) == 0
    assert count("thieu-dinh-danh", cell_a) == 1
