from datetime import date, timedelta

import pytest

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision
from members.choices import EndReason, Post, StartReason
from members.discipline import actions as discipline
from members.membership import actions as membership
from members.models import Spell
from members.positions import actions as positions
from organizations.choices import EventKind, Kind, Sector
from organizations.units import actions as units
from tests.factories import DECIDED, START, admit, leave_party, make_member, make_person, make_unit
from tests.ground import layer
from tests.proofs import again, refused

ONE = timedelta(days=1)
DAY = date(2026, 1, 15)
LATER = date(2026, 2, 15)
BACK = date(2029, 1, 15)
"""Three years after `DAY`: early enough for a readmission."""
DECISION = Decision("12-QĐ/ĐU", DAY - ONE)


def readmit(unit, member):
    return admit(unit, BACK, person=again(member), again=True, consent="55-CV/TU")


@pytest.fixture
def person(db):
    """Someone who belongs to no cell."""
    return again(make_person("Lò Văn Mẫu"))


@layer
def member(cell_a):
    """A member of A."""
    return make_member(cell_a, "Lò Văn Mẫu")


@pytest.fixture
def org(commune):
    """A party organization."""
    return make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)


def stays(member):
    """Return where the member was, when, and why the stays began and ended."""
    found = member.spells.order_by("started_on")
    return [(s.unit.code, s.started_on, s.ended_on, s.start_reason, s.end_reason) for s in found]


# --- Coming in ---


@pytest.mark.parametrize(("far", "reason"), [(False, "transferred_in"), (True, "transferred_in_far")])
def test_a_member_who_transfers_in_has_an_open_stay(person, cell_a, far, reason):
    spell = membership.transfer_in(
        member=person, unit=cell_a, day=DAY, far=far, decision=DECISION, came_from="Đảng bộ xã khác"
    )
    assert stays(person) == [("a", DAY, OPEN, reason, "")]
    assert (spell.came_from, spell.decision_number, spell.decision_date) == (
        "Đảng bộ xã khác",
        DECISION.number,
        DECISION.day,
    )


def test_a_member_is_received_with_the_cell(person, commune):
    cell = make_unit("c", commune, received=True)
    membership.receive(member=person, unit=cell, day=START)
    assert stays(person) == [("c", START, OPEN, StartReason.RECEIVED_WITH_UNIT, "")]


def test_a_member_is_received_on_no_other_day_than_the_cell(person, cell_a):
    with refused("Chi bộ được tiếp nhận ngày 01/07/2025, không phải 15/01/2026"):
        membership.receive(member=person, unit=cell_a, day=DAY)


def test_nobody_comes_to_a_cell_before_its_first_day(person, cell_a):
    with refused("“Chi bộ a” không tồn tại ngày 30/06/2025"):
        membership.transfer_in(member=person, unit=cell_a, day=START - ONE)


def test_nobody_comes_to_a_cell_that_is_no_more(person, cell_a):
    units.close(unit=cell_a, day=DAY, kind=EventKind.DISSOLVED)
    with refused("“Chi bộ a” không tồn tại ngày 15/01/2026"):
        membership.transfer_in(member=person, unit=cell_a, day=DAY)


def test_nobody_comes_to_a_cell_whose_end_is_recorded(person, cell_a):
    units.close(unit=cell_a, day=LATER, kind=EventKind.DISSOLVED)
    with refused("Chi bộ không tồn tại suốt giai đoạn sinh hoạt đó"):
        membership.transfer_in(member=person, unit=cell_a, day=DAY)


def test_members_belong_to_cells_only(person, org):
    with refused("“Chi bộ org” là đảng bộ cơ sở"):
        membership.transfer_in(member=person, unit=org, day=DAY)


def test_nobody_stays_on_in_a_cell_that_became_a_party_organization(person, cell_a):
    units.reclassify(unit=cell_a, kind=Kind.PARTY_ORGANIZATION, sector=Sector.SCHOOL, day=LATER)
    with refused("Đảng viên chỉ sinh hoạt ở chi bộ."):
        membership.transfer_in(member=person, unit=cell_a, day=DAY)


def test_nobody_has_two_open_stays(member, cell_b):
    with refused("Lò Văn Mẫu đang sinh hoạt ở “Chi bộ a” từ 01/07/2025: kết thúc giai đoạn đó trước."):
        membership.transfer_in(member=member, unit=cell_b, day=DAY)


def test_nobody_comes_before_a_stay_already_recorded(person, cell_a, cell_b):
    membership.transfer_in(member=person, unit=cell_a, day=LATER)
    with refused("từ 15/02/2026: kết thúc giai đoạn đó trước."):
        membership.transfer_in(member=person, unit=cell_b, day=DAY)


def test_nobody_comes_in_the_middle_of_a_finished_stay(member, cell_b):
    membership.transfer_out(member=member, day=LATER)
    with refused("đang sinh hoạt ở “Chi bộ a”"):
        membership.transfer_in(member=member, unit=cell_b, day=DAY)


def test_who_went_away_may_come_back(member, cell_b):
    membership.transfer_out(member=member, day=DAY)
    membership.transfer_in(member=member, unit=cell_b, day=DAY)
    assert [stay[0] for stay in stays(member)] == ["a", "b"]


# --- Moving within ---


def test_a_move_ends_one_stay_and_begins_the_next_on_the_same_day(member, cell_a, cell_b):
    membership.transfer(member=member, to=cell_b, day=DAY, decision=DECISION)
    assert stays(member) == [
        ("a", START, DAY, StartReason.TRANSFERRED_IN, EndReason.MOVED_WITHIN),
        ("b", DAY, OPEN, StartReason.MOVED_WITHIN, ""),
    ]
    old, new = member.spells.order_by("started_on")
    assert (old.went_to, old.end_decision_number, old.end_decision_date) == ("Chi bộ b", "12-QĐ/ĐU", DAY - ONE)
    assert (new.came_from, new.decision_number, new.decision_date) == ("Chi bộ a", "12-QĐ/ĐU", DAY - ONE)


def test_a_move_to_the_same_cell_is_refused(member, cell_a):
    with refused("đang sinh hoạt ở chính chi bộ này"):
        membership.transfer(member=member, to=cell_a, day=DAY)


@pytest.mark.parametrize("day", [START, START - ONE])
def test_a_move_before_the_stay_has_lasted_a_day_is_refused(member, cell_b, day):
    with refused("mới đến chi bộ ngày 01/07/2025: chọn ngày sau ngày đó."):
        membership.transfer(member=member, to=cell_b, day=day)


def test_a_move_of_someone_who_is_nowhere_is_refused(person, cell_a):
    with refused("hiện không sinh hoạt ở chi bộ nào"):
        membership.transfer(member=person, to=cell_a, day=DAY)


def test_a_move_to_a_cell_that_does_not_exist_then_is_refused(member, commune):
    young = make_unit("young", commune, day=LATER)
    with refused("“Chi bộ young” không tồn tại ngày 15/01/2026"):
        membership.transfer(member=member, to=young, day=DAY)


def test_a_move_to_what_is_no_cell_leaves_the_member_where_he_was(member, org):
    with refused("“Chi bộ org” là đảng bộ cơ sở"):
        membership.transfer(member=member, to=org, day=DAY)
    assert stays(member) == [("a", START, OPEN, StartReason.TRANSFERRED_IN, "")]


# --- Leaving ---


@pytest.mark.parametrize(("far", "reason"), [(False, "transferred_out"), (True, "transferred_out_far")])
def test_who_transfers_out_is_no_longer_there_from_that_day(member, far, reason):
    spell = membership.transfer_out(member=member, day=DAY, far=far, decision=DECISION, went_to="Đảng bộ tỉnh khác")
    assert stays(member) == [("a", START, DAY, StartReason.TRANSFERRED_IN, reason)]
    assert (spell.went_to, spell.end_decision_number) == ("Đảng bộ tỉnh khác", DECISION.number)


@pytest.mark.parametrize("reason", sorted(membership.ENDINGS))
def test_membership_ends_with_its_reason(member, reason):
    leave_party(member, DAY, reason, DECISION)
    assert stays(member)[-1][2:] == (DAY, StartReason.TRANSFERRED_IN, reason)
    assert member.spells.get().end_decision_date == DECISION.day


@pytest.mark.parametrize("reason", sorted({*EndReason} - membership.ENDINGS | {EndReason.EXPELLED}))
def test_membership_does_not_end_by_leaving_a_cell_nor_by_an_expulsion_without_discipline(member, reason):
    with refused("Lý do phải là từ trần, xóa tên hoặc xin ra khỏi Đảng; khai trừ thì ghi là kỷ luật."):
        membership.end_membership(member=member, day=DAY, reason=reason)


def leave(member, day):
    return membership.transfer_out(member=member, day=day)


def die(member, day):
    return membership.end_membership(member=member, day=day, reason=EndReason.DIED)


every_leaving = pytest.mark.parametrize("go", [leave, die])


@every_leaving
def test_nobody_leaves_before_he_came(member, go):
    for day in (START, START - ONE):
        with refused("chọn ngày sau ngày đó"):
            go(member, day)


@every_leaving
def test_nobody_leaves_twice(member, go):
    go(member, DAY)
    with refused("hiện không sinh hoạt ở chi bộ nào"):
        go(member, LATER)


@every_leaving
def test_posts_in_the_cell_end_with_the_stay(member, cell_a, cell_b, go):
    post = positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=START)
    elsewhere = positions.appoint(unit=cell_b, post=Post.VILLAGE_HEAD, member=member, day=START)
    go(member, DAY)
    assert again(post).ended_on == DAY
    assert again(elsewhere).ended_on == OPEN


def test_a_post_that_begins_later_forbids_the_leaving(member, cell_a):
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=DAY, decision=DECIDED)
    with refused("có chức vụ ghi từ 15/01/2026, sau ngày 15/01/2026"):
        leave(member, DAY)


def test_posts_of_others_go_on(member, cell_a):
    other = positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=START)
    leave(member, DAY)
    assert again(other).is_open


# --- Coming back ---


@pytest.mark.parametrize("reason", [EndReason.EXPELLED, EndReason.STRUCK_OFF])
def test_who_was_put_out_wrongly_is_restored(member, cell_b, reason):
    leave_party(member, DAY, reason)
    discipline.restore(member=member, unit=cell_b, day=LATER, decision=DECISION)
    assert stays(member)[-1] == ("b", LATER, OPEN, StartReason.RESTORED, "")


@pytest.mark.parametrize("reason", [EndReason.DIED, EndReason.RESIGNED])
def test_who_left_otherwise_is_not_restored(member, cell_b, reason):
    leave_party(member, DAY, reason)
    with refused("Chỉ phục hồi đảng tịch cho người đã bị khai trừ hoặc xóa tên."):
        discipline.restore(member=member, unit=cell_b, day=LATER, decision=DECIDED)


def test_who_never_was_a_member_is_not_restored(person, cell_a):
    with refused("Chỉ phục hồi đảng tịch"):
        discipline.restore(member=person, unit=cell_a, day=DAY, decision=DECIDED)


@pytest.mark.parametrize("reason", sorted(membership.ENDINGS))
def test_who_left_the_party_does_not_transfer_in(member, cell_b, reason):
    leave_party(member, DAY, reason)
    label = EndReason(reason).label.lower()
    with refused(f"đã ra khỏi Đảng ngày 15/01/2026 ({label})"):
        membership.transfer_in(member=member, unit=cell_b, day=LATER)


def test_from_death_there_is_no_way_back(member, cell_b):
    die(member, DAY)
    with refused("đã ra khỏi Đảng ngày 15/01/2026 (từ trần)"):
        readmit(cell_b, member)


@pytest.mark.parametrize("reason", [EndReason.STRUCK_OFF, EndReason.EXPELLED])
def test_who_left_the_party_comes_back_by_a_new_admission_only(member, cell_b, reason):
    leave_party(member, DAY, reason)
    with refused("đã ra khỏi Đảng"):
        admit(cell_b, BACK, person=again(member))
    readmit(cell_b, member)
    assert stays(member)[-1] == ("b", BACK, OPEN, StartReason.READMITTED, "")


def test_who_came_back_moves_like_anybody_else(member, cell_a, cell_b):
    leave_party(member, DAY, EndReason.EXPELLED)
    discipline.restore(member=member, unit=cell_a, day=DAY + ONE, decision=DECIDED)
    membership.transfer(member=member, to=cell_b, day=LATER)
    assert stays(member)[-1][0] == "b"


def test_stays_of_a_member_are_never_deleted_by_leaving(member, cell_b):
    membership.transfer(member=member, to=cell_b, day=DAY)
    die(member, LATER)
    assert Spell.objects.filter(member=member).count() == 2
