from datetime import date, timedelta

import pytest

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision
from members.admissions import actions as admissions
from members.choices import EndReason, Post, StartReason
from members.membership import actions as membership
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from organizations.choices import EventKind, Kind
from organizations.models import Unit
from organizations.units import actions as units
from tests.factories import START, make_member, make_person, make_unit
from tests.ground import layer
from tests.proofs import again, refused

ONE = timedelta(days=1)
DAY = date(2026, 1, 15)
LATER = date(2026, 2, 15)
DECISION = Decision("12-QĐ/ĐU", DAY - ONE)


@layer
def members(cell_a):
    """Two members of A."""
    return [make_member(cell_a, "Lan"), make_member(cell_a, "Minh")]


@layer
def org(commune):
    """A party organization."""
    return make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)


def stays(member):
    """Return where the member was, when, and why the stays began and ended."""
    found = member.spells.order_by("started_on")
    return [(s.unit.code, s.started_on, s.ended_on, s.start_reason, s.end_reason) for s in found]


def merge(*cells, into, day=DAY, **words):
    return restructuring.merge(cells=list(cells), into=into, day=day, **words)


def split(cell, members, day=DAY, **words):
    return restructuring.split(**{"cell": cell, "code": "moi", "name": "Mới", "members": members, "day": day} | words)


def dissolve(cell, moves=None, day=DAY, **words):
    return restructuring.dissolve(cell=cell, moves=moves, day=day, **words)


# --- Merging ---


def test_a_merger_takes_all_members_over_and_ends_the_cell(members, cell_a, cell_b):
    assert merge(cell_a, into=cell_b, decision=DECISION) == cell_b
    for member in members:
        assert stays(member) == [
            ("a", START, DAY, StartReason.TRANSFERRED_IN, EndReason.UNIT_MERGED),
            ("b", DAY, OPEN, StartReason.MOVED_WITHIN, ""),
        ]
    spell = members[0].spells.get(unit=cell_a)
    assert (spell.went_to, spell.end_decision_number) == ("Chi bộ b", DECISION.number)
    assert Unit.objects.get(code="a").ended_on == DAY
    event = cell_a.events.get(kind=EventKind.MERGED)
    assert (event.day, event.other_unit, event.decision_number) == (DAY, cell_b, DECISION.number)
    assert again(cell_b).is_open


def test_several_cells_merge_at_once(members, cell_a, cell_b, commune):
    into = make_unit("c", commune)
    hoa = make_member(cell_b, "Hoà")
    merge(cell_a, cell_b, into=into)
    assert {stays(member)[-1][0] for member in (*members, hoa)} == {"c"}
    assert set(Unit.objects.filter(ended_on=DAY).values_list("code", flat=True)) == {"a", "b"}


def test_a_merger_ends_the_posts_of_the_merged_cell(members, cell_a, cell_b):
    secretary = positions.appoint(unit=cell_a, post=Post.SECRETARY, member=members[0], day=START)
    outsider = positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, holder_name="Người Ngoài", day=START)
    merge(cell_a, into=cell_b)
    assert (again(secretary).ended_on, again(outsider).ended_on) == (DAY, DAY)


@pytest.mark.parametrize(
    ("cells", "words"), [(lambda a, b: [a, b], "không thể nằm trong"), (lambda a, b: [], "ít nhất một chi bộ")]
)
def test_a_merger_without_sense_is_refused(cell_a, cell_b, cells, words):
    with refused(words):
        merge(*cells(cell_a, cell_b), into=cell_b)


def test_a_merger_of_one_cell_twice_is_refused_whole(members, cell_a, cell_b):
    with refused("“Chi bộ a” không tồn tại ngày 15/01/2026"):
        merge(cell_a, cell_a, into=cell_b)


def test_a_merger_of_what_is_no_cell_is_refused_whole(members, cell_a, cell_b, org):
    with refused("“Chi bộ org”", "không phải là chi bộ"):
        merge(cell_a, org, into=cell_b)


def test_a_merger_into_what_is_no_cell_is_refused(members, cell_a, org):
    with refused("“Chi bộ org” là đảng bộ cơ sở"):
        merge(cell_a, into=org)


def test_a_merger_of_an_empty_cell_into_what_is_no_cell_is_refused(cell_a, org):
    with refused("không phải là chi bộ"):
        merge(cell_a, into=org)


def test_a_merger_of_an_empty_cell_into_one_that_is_no_more_is_refused(cell_a, cell_b):
    dissolve(cell_b)
    with refused("không tồn tại"):
        merge(cell_a, into=cell_b, day=LATER)


def test_a_merger_into_a_cell_that_does_not_exist_then_is_refused(members, cell_a, commune):
    young = make_unit("young", commune, day=LATER)
    with refused("“Chi bộ young” không tồn tại ngày 15/01/2026"):
        merge(cell_a, into=young)


def test_a_merger_under_later_changes_is_refused(members, cell_a, cell_b):
    units.rename(unit=cell_a, name="Tên mới", day=LATER)
    with refused("còn thay đổi đã ghi sau ngày 15/01/2026"):
        merge(cell_a, into=cell_b)


def test_a_merger_of_those_who_come_that_day_is_refused(cell_a, cell_b):
    make_member(cell_a, "Lan", day=DAY)
    with refused("Lan đến chi bộ ngày 15/01/2026: chọn ngày muộn hơn"):
        merge(cell_a, into=cell_b)


# --- Splitting ---


def test_a_split_moves_the_chosen_to_the_new_cell(members, cell_a):
    lan, minh = members
    new = split(cell_a, [lan], decision=DECISION)
    assert stays(lan) == [
        ("a", START, DAY, StartReason.TRANSFERRED_IN, EndReason.MOVED_WITHIN),
        ("moi", DAY, OPEN, StartReason.MOVED_WITHIN, ""),
    ]
    assert stays(minh) == [("a", START, OPEN, StartReason.TRANSFERRED_IN, "")]
    assert units.period_on(new, DAY).parent.code == "xa"
    assert cell_a.events.get(kind=EventKind.SPLIT).other_unit == new


def test_a_split_ends_the_posts_of_those_who_go(members, cell_a):
    secretary = positions.appoint(unit=cell_a, post=Post.SECRETARY, member=members[0], day=START)
    split(cell_a, [members[0]])
    assert again(secretary).ended_on == DAY


def test_a_split_of_those_who_are_elsewhere_is_refused(members, cell_a, cell_b):
    stranger = make_member(cell_b)
    with refused("Có 1 người được chọn không sinh hoạt ở chi bộ được tách"):
        split(cell_a, [members[0], stranger])


@pytest.mark.parametrize(("words", "message"), [({"code": "b"}, "đã tồn tại"), ({"name": ""}, "không được để trắng")])
def test_a_split_into_a_cell_that_cannot_be_is_refused(members, cell_a, cell_b, words, message):
    with refused(message):
        split(cell_a, members, **words)


def test_a_split_of_what_is_no_cell_is_refused(org):
    with refused("“Chi bộ org”", "không phải là chi bộ"):
        split(org, [])


def test_a_split_on_a_day_without_the_cell_is_refused(members, cell_a):
    with refused("“Chi bộ a” không tồn tại ngày 30/06/2025"):
        split(cell_a, members, day=START - ONE)


# --- Dissolving ---


def test_a_dissolved_cell_sends_everybody_somewhere(members, cell_a, cell_b, commune):
    other = make_unit("c", commune)
    lan, minh = members
    dissolve(cell_a, {lan: cell_b, minh: other}, decision=DECISION)
    assert [stays(member)[-1][:2] for member in members] == [("b", DAY), ("c", DAY)]
    assert stays(lan)[0][-1] == EndReason.UNIT_DISSOLVED
    assert Unit.objects.get(code="a").ended_on == DAY
    assert cell_a.events.get(kind=EventKind.DISSOLVED).decision_date == DECISION.day


def test_an_empty_cell_is_dissolved_with_its_posts(cell_a):
    head = positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, holder_name="Người Ngoài", day=START)
    dissolve(cell_a)
    assert again(head).ended_on == DAY


def test_nobody_is_left_behind(members, cell_a, cell_b):
    with refused("Còn 1 đảng viên chưa có nơi chuyển đến: Minh."):
        dissolve(cell_a, {members[0]: cell_b})


def test_of_many_left_behind_three_are_named(cell_a):
    for name in ("Lan", "Minh", "Hoà", "Thu"):
        make_member(cell_a, name)
    with refused("Còn 4 đảng viên chưa có nơi chuyển đến: Lan, Minh, Hoà …."):
        dissolve(cell_a)


def test_nobody_is_sent_back_to_the_dissolved_cell(members, cell_a):
    with refused("Tổ chức đảng còn đảng viên, chức vụ, lễ kết nạp hoặc báo thay đổi nằm ngoài thời gian tồn tại mới."):
        dissolve(cell_a, dict.fromkeys(members, cell_a))


def test_nobody_is_sent_to_what_is_no_cell(members, cell_a, cell_b, org):
    with refused("“Chi bộ org” là đảng bộ cơ sở"):
        dissolve(cell_a, {members[0]: cell_b, members[1]: org})


def test_what_is_no_cell_is_not_dissolved_as_one(org):
    with refused("“Chi bộ org”", "không phải là chi bộ"):
        dissolve(org)


def test_a_cell_is_dissolved_once(cell_a):
    dissolve(cell_a)
    with refused("“Chi bộ a” không tồn tại ngày 15/02/2026"):
        dissolve(cell_a, day=LATER)


def test_a_post_that_begins_later_forbids_the_end(cell_a):
    positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, holder_name="Người Ngoài", day=LATER)
    with refused("ghi từ 15/02/2026, sau ngày 15/01/2026"):
        dissolve(cell_a)


# --- Candidates ---


@pytest.mark.parametrize(
    "restructure",
    [lambda a, b: merge(a, into=b), lambda a, b: dissolve(a, candidates_to=b)],
    ids=["merge", "dissolve"],
)
def test_candidates_go_on_waiting_in_the_cell_that_takes_over(cell_a, cell_b, restructure):
    waiting = admissions.list_candidate(member=make_person("Mai"), unit=cell_a, day=START)
    dropped = admissions.list_candidate(member=make_person("Thu"), unit=cell_a, day=START)
    admissions.drop_candidate(admission=dropped, day=LATER)
    restructure(cell_a, cell_b)
    assert (again(waiting).unit, again(dropped).unit) == (cell_b, cell_a)


def test_candidates_are_not_left_in_a_cell_that_is_no_more(cell_a):
    admissions.list_candidate(member=make_person("Mai"), unit=cell_a, day=START)
    with refused("còn 1 quần chúng ưu tú"):
        dissolve(cell_a)


# --- Dissolving what gathers cells ---


def test_a_dissolved_organization_hands_its_cells_on_and_ends_its_posts(members, commune, cell_a, org):
    units.move(unit=cell_a, parent=org, day=START + ONE)
    secretary = positions.appoint(unit=org, post=Post.SECRETARY, member=members[0], day=START)
    restructuring.dissolve_organization(organization=org, day=DAY, to=commune, decision=DECISION)
    assert units.period_on(cell_a, DAY).parent == commune
    assert cell_a.events.get(kind=EventKind.MOVED, day=DAY).decision_number == DECISION.number
    assert (again(org).ended_on, again(secretary).ended_on) == (DAY, DAY)
    assert stays(members[0]) == [("a", START, OPEN, StartReason.TRANSFERRED_IN, "")]
    assert org.events.get(kind=EventKind.DISSOLVED).day == DAY


def test_an_organization_is_not_dissolved_over_its_cells(org):
    make_unit("nested", org)
    with refused("“Chi bộ nested” còn trực thuộc “Chi bộ org”"):
        restructuring.dissolve_organization(organization=org, day=DAY)


def test_cells_are_not_handed_on_to_where_they_cannot_stand(org, cell_a):
    make_unit("nested", org)
    with refused("không thể trực thuộc"):
        restructuring.dissolve_organization(organization=org, day=DAY, to=cell_a)


# --- What was recorded for later ---


@pytest.mark.parametrize(
    "restructure",
    [
        lambda a, b, lan: merge(a, into=b),
        lambda a, b, lan: split(a, [lan]),
        lambda a, b, lan: dissolve(a, {lan: b}),
    ],
    ids=["merge", "split", "dissolve"],
)
def test_a_death_recorded_for_later_is_not_overwritten(cell_a, cell_b, restructure):
    lan = make_member(cell_a, "Lan")
    membership.end_membership(member=lan, day=LATER, reason=EndReason.DIED)
    with refused("15/02/2026"):
        restructure(cell_a, cell_b, lan)
