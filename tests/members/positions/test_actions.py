"""A post is vacant only where somebody says so, and no longer once it is held."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer.importer import check
from members.choices import COMMITTEE_POSTS, OPEN_POSTS, SINGLE_POSTS, Post
from members.membership import actions as membership
from members.models import Member, Position, Vacancy
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from reports.figures import evaluate
from tests.factories import DECIDED, START, admit, make_member, moment_of
from tests.proofs import again, refused

DAY, LATER = date(2026, 1, 15), date(2026, 2, 1)


@pytest.fixture
def secretary(cell_a):
    return positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=START)


def vacancies(unit):
    return list(unit.vacancies.values_list("post", "started_on", "ended_on"))


def test_who_is_relieved_leaves_the_post_vacant_until_somebody_is_appointed(cell_a, secretary):
    positions.relieve(position=secretary, day=DAY)
    assert [post for post, *_ in vacancies(cell_a)] == [Post.SECRETARY]
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=LATER, decision=DECIDED)
    assert vacancies(cell_a) == [(Post.SECRETARY, DAY, LATER)]


def test_a_post_handed_over_on_one_day_was_never_vacant(cell_a, secretary):
    positions.relieve(position=secretary, day=DAY)
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=DAY, decision=DECIDED)
    assert vacancies(cell_a) == []


def test_a_post_that_several_hold_is_not_vacant_when_one_leaves(cell_a):
    member = positions.appoint(unit=cell_a, post=Post.COMMITTEE_MEMBER, member=make_member(cell_a), day=START)
    positions.relieve(position=member, day=DAY)
    assert not Vacancy.objects.exists()


def test_a_post_that_is_held_is_not_declared_vacant(cell_a, secretary):
    with refused("đang do"):
        positions.declare_vacant(unit=cell_a, post=Post.SECRETARY, day=DAY)


def test_a_unit_that_ends_has_no_vacant_post_any_more(cell_a, cell_b):
    positions.declare_vacant(unit=cell_a, post=Post.VILLAGE_HEAD, day=START)
    positions.declare_vacant(unit=cell_a, post=Post.FRONT_HEAD, day=LATER)
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    assert vacancies(cell_a) == [(Post.VILLAGE_HEAD, START, DAY)]


# --- Probation ---


@pytest.mark.parametrize("post", sorted(COMMITTEE_POSTS))
def test_who_is_on_probation_holds_no_committee_post(cell_a, post):
    member = again(admit(cell_a, DAY).member)
    with refused("là đảng viên dự bị vào ngày 01/02/2026, không giữ chức vụ cấp ủy"):
        positions.appoint(unit=cell_a, post=post, member=member, day=LATER, decision=DECIDED)
    assert positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, member=member, day=LATER)


@pytest.mark.parametrize(("official_on", "is_refused"), [("2026-02-02", True), ("2026-02-01", False), ("2026", False)])
def test_a_committee_post_begins_with_full_membership_at_the_earliest(cell_a, official_on, is_refused):
    member = again(make_member(cell_a, joined_on="2025-02-02", official_on=official_on))
    if is_refused:
        with refused("đảng viên dự bị"):
            positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=LATER, decision=DECIDED)
    else:
        assert positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=LATER, decision=DECIDED)


@pytest.mark.parametrize(("joined_on", "is_refused"), [("2025-02-02", True), ("2025-02-01", False), (None, False)])
def test_an_official_day_that_nobody_wrote_down_is_no_probation(cell_a, joined_on, is_refused):
    member = again(make_member(cell_a, joined_on=joined_on, official_on=None))
    if is_refused:
        with refused("đảng viên dự bị"):
            positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=LATER, decision=DECIDED)
    else:
        assert positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=LATER, decision=DECIDED)


def test_a_post_is_not_corrected_into_one_that_probation_forbids(cell_a):
    member = again(admit(cell_a, DAY).member)
    position = positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, member=member, day=LATER)
    with refused("đảng viên dự bị"):
        positions.correct_position(position=position, post=Post.SECRETARY, started_on=LATER, **DECIDED.fields)


def test_a_file_gives_no_committee_post_to_someone_on_probation(cell_a):
    member = again(admit(cell_a, DAY).member)
    row = Position(unit=cell_a, post=Post.SECRETARY, member=member, started_on=LATER, **DECIDED.fields)
    with refused("đảng viên dự bị"):
        check(TABS[Position], row)


def test_a_post_recorded_before_the_rule_can_be_ended(cell_a, secretary):
    Member.objects.filter(pk=secretary.member_id).update(official_on="2026-06-01", joined_on="2025-06-01")
    assert positions.relieve(position=again(secretary), day=LATER).ended_on == LATER


# --- Looking after a unit from a committee above it ---


@pytest.fixture
def seated(commune, cell_b):
    """A member of cell B who sits on the committee of the commune."""
    member = make_member(cell_b)
    positions.appoint(unit=commune, post=Post.COMMITTEE_MEMBER, member=member, day=START)
    return member


def test_a_member_of_the_committee_above_looks_after_a_unit_and_is_no_committee_member_there(commune, cell_a, seated):
    positions.appoint(unit=cell_a, post=Post.OVERSEER, member=seated, day=DAY)
    assert Post.OVERSEER not in COMMITTEE_POSTS | SINGLE_POSTS | OPEN_POSTS
    assert not seated.spells.filter(unit=cell_a).exists()
    results = evaluate.results(moment_of(commune, DAY), ["units.overseen", "members.total"])
    assert [result.value for result in results.values()] == [1, 1]
    assert evaluate.results(moment_of(cell_a, DAY), ["members.total"])["members.total"].value == 0


def test_nobody_looks_after_a_unit_from_beside_or_beneath_it(commune, cell_a, cell_b, seated):
    beside = make_member(cell_b)
    positions.appoint(unit=cell_b, post=Post.SECRETARY, member=beside, day=START)
    with refused("không ở cấp ủy nào cấp trên"):
        positions.appoint(unit=cell_a, post=Post.OVERSEER, member=beside, day=DAY)
    with refused("không ở cấp ủy nào cấp trên"):
        positions.appoint(unit=commune, post=Post.OVERSEER, member=seated, day=DAY)
    row = positions.appoint(unit=cell_a, post=Post.COMMITTEE_MEMBER, member=beside, day=DAY, decision=DECIDED)
    with refused("không ở cấp ủy nào cấp trên"):
        positions.correct_position(position=row, post=Post.OVERSEER, started_on=DAY)


def test_who_looks_after_the_own_cell_goes_on_after_leaving_it(cell_a, cell_b, seated):
    membership.transfer(member=seated, to=cell_a, day=DAY)
    positions.appoint(unit=cell_a, post=Post.OVERSEER, member=seated, day=LATER)
    membership.transfer(member=seated, to=cell_b, day=LATER + timedelta(days=9))
    assert Position.objects.get(post=Post.OVERSEER).is_open


def test_the_form_offers_the_committees_above_where_the_address_asks_for_that_post(client, clerk, cell_a, seated):
    make_member(cell_a)
    client.force_login(clerk)
    page = client.get(reverse("record-add", args=["chuc-vu"]), {"don_vi": "a", "post": "overseer"})
    assert [key for key, _ in page.context["form"].fields["member"].choices if key] == [str(seated.pk)]
