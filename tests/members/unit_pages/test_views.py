from datetime import date

import pytest
from django.urls import reverse

from assessments.choices import CaseKind, CaseOutcome, MeetingKind
from assessments.inspections import actions as inspections
from assessments.meetings import actions as meetings
from binhlu_portal.search_boxes import MOST_LISTED
from members.choices import DecidingLevel, Post
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from organizations.choices import Kind
from organizations.units import actions as units
from tests.factories import START, make_member, make_unit
from tests.ground import layer

DAY = date(2026, 1, 15)
AFTER = "01/03/2026"


def page(client, name, *arguments, **asked):
    """Return the answer and its text."""
    response = client.get(reverse(name, args=arguments), {"ngay": AFTER} | asked)
    return response, response.content.decode()


@pytest.fixture
def office(client, clerk, commune, cell_a, cell_b):
    """The client of the clerk."""
    client.force_login(clerk)
    return client


@layer
def lan(cell_a):
    """The secretary of A."""
    member = make_member(cell_a, "Vàng Thị Lan")
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=START)
    return member


def fill(commune, count):
    """Add `count` cells with a secretary, a meeting and an event to the commune."""
    for index in range(count):
        cell = make_unit(f"n{index}", commune)
        positions.appoint(unit=cell, post=Post.SECRETARY, member=make_member(cell), day=START)
        meetings.hold_meeting(unit=cell, day=START, kind=MeetingKind.REGULAR, expected=1, present=1)
        units.rename(unit=cell, name=f"Chi bộ {index}", day=DAY)


# --- The tree ---


def test_the_tree_leads_to_units_and_numbers_to_lists(office, commune, lan):
    _, text = page(office, "units")
    assert 'href="/to-chuc/a/?ngay=01/03/2026' in text
    assert 'href="/so-lieu/members.total/?don_vi=a&amp;ngay=01/03/2026">1</a>' in text
    assert "Vàng Thị Lan" in text
    assert "Khuyết bí thư" not in text
    assert '<span class="tag">Chưa ghi</span>' in text
    positions.declare_vacant(unit=commune, post=Post.SECRETARY, day=START)
    assert "Khuyết bí thư" in page(office, "units")[1]


def test_an_ended_unit_is_struck_through_and_says_so(office, cell_a, cell_b, lan):
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    _, text = page(office, "units")
    assert "<del>Chi bộ a</del>" in text
    assert "đã kết thúc" in text
    assert "Sáp nhập (Chi bộ b) 15/01/2026" in text


def test_last_years_page_is_the_same_after_a_merger(office, cell_a, cell_b, lan):
    def last_year():
        return page(office, "units", ngay="31/12/2025")[0].context["rows"]

    before = last_year()
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    after = last_year()
    assert [(row.place.name, row.members, row.ended) for row in after] == [
        (row.place.name, row.members, row.ended) for row in before
    ]


def test_a_search_keeps_the_moment_and_says_what_to_do_without_a_hit(office):
    response, text = page(office, "units", tim="chi bo A", don_vi="xa")
    assert [row.place.unit.code for row in response.context["rows"]] == ["a"]
    assert '<input type="hidden" name="ngay" value="01/03/2026">' in text
    assert "Ghi ít chữ hơn" in page(office, "units", tim="không có")[1]


@pytest.mark.parametrize("count", [1, 30])
def test_the_tree_asks_as_much_for_few_units_as_for_many(office, commune, django_assert_num_queries, count):
    fill(commune, count)
    office.get(reverse("units"))
    with django_assert_num_queries(8):
        response, _ = page(office, "units")
    assert len([row for row in response.context["rows"] if row.secretary]) == count


# --- The page of a unit ---


def test_a_unit_shows_what_it_is_and_what_happened(office, cell_a, cell_b, lan):
    units.rename(unit=cell_a, name="Chi bộ bản Đông", day=DAY)
    response, text = page(office, "unit", "a")
    assert "<h1>Chi bộ bản Đông</h1>" in text
    assert [period.name for period in response.context["periods"]] == ["Chi bộ bản Đông", "Chi bộ a"]
    assert [fact.words for fact in response.context["events"]] == ["Đổi tên", "Thành lập"]
    assert response.context["here"].members == 1


def test_a_unit_is_shown_as_it_was_on_the_day(office, cell_a):
    units.rename(unit=cell_a, name="Chi bộ bản Đông", day=DAY)
    assert "<h1>Chi bộ a</h1>" in page(office, "unit", "a", ngay="31/12/2025")[1]


def test_posts_are_named_and_vacancies_said(office, cell_a, lan):
    positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, holder_name="Người Ngoài", day=START)
    response, text = page(office, "unit", "a")
    named = {title: len(held) for _, title, held in response.context["posts"]}
    assert named == {"Bí thư": 1, "Trưởng bản": 1, "Trưởng ban công tác Mặt trận": 0}
    assert (">khuyết<" in text, ">chưa ghi<" in text) == (False, True)
    positions.declare_vacant(unit=cell_a, post=Post.FRONT_HEAD, day=START)
    assert ">khuyết<" in page(office, "unit", "a")[1]
    assert "Người Ngoài (ngoài Đảng)" in text


def test_members_of_a_committee_bear_its_name(office, commune, cell_a, lan):
    for unit in (commune, cell_a):
        positions.appoint(unit=unit, post=Post.COMMITTEE_MEMBER, member=lan, day=START)
    titles = {
        unit: [title for _, title, _ in page(office, "unit", unit)[0].context["posts"]] for unit in (commune.code, "a")
    }
    assert "Đảng ủy viên" in titles[commune.code]
    assert "Chi ủy viên" in titles["a"]


def test_meetings_are_shown_with_the_way_to_add_one(office, cell_a):
    meetings.hold_meeting(unit=cell_a, day=DAY, kind=MeetingKind.REGULAR, expected=0, present=0)
    _, text = page(office, "unit", "a")
    assert "Sinh hoạt chi bộ" in text
    assert "15/01/2026" in text
    assert f'href="{reverse("record-add", args=["sinh-hoat"])}?don_vi=a"' in text


def test_what_came_after_the_day_is_not_shown_as_done(office, cell_a):
    meetings.hold_meeting(unit=cell_a, day=DAY, kind=MeetingKind.REGULAR, expected=0, present=0)

    def counted(day):
        record_types = page(office, "unit", "a", ngay=day)[0].context["record_types"]
        return {record_type.code: count for record_type, _, count, _ in record_types}["sinh-hoat"]

    assert (counted("14/01/2026"), counted("15/01/2026")) == (0, 1)


def test_a_party_organization_shows_what_is_directly_beneath(office, commune, lan):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    make_unit("o1", org)
    response, _ = page(office, "unit", "xa")
    assert [row.place.unit.code for row in response.context["beneath"]] == ["org", "a", "b"]
    assert [row.secretary and row.secretary.pk for row in response.context["beneath"]] == [None, lan.pk, None]
    assert response.context["all_beneath"] == 4


def test_an_ended_unit_opens_on_its_last_day(office, cell_a, cell_b, lan):
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    response = office.get(reverse("unit", args=["a"]))
    assert response.context["moment"].as_of == date(2026, 1, 14)
    assert "ngày 15/01/2026 không còn" in response.content.decode()
    assert [label for _, label in response.context["wizards"]] == ["Sửa ngày kết thúc"]


def test_another_unit_chosen_at_the_top_leads_to_its_page(office):
    response = office.get(reverse("unit", args=["a"]), {"don_vi": "b", "ngay": AFTER})
    assert response.url == "/to-chuc/b/?ngay=01/03/2026"


def test_a_day_outside_the_life_of_a_unit_is_said_at_the_field(office):
    response, text = page(office, "unit", "a", ngay="01/01/2020")
    assert response.status_code == 200
    assert "chọn ngày khác" in text


def test_who_decides_is_offered_the_wizards_that_suit(office, commune):
    def offered(code):
        return {address.split("/")[-2] for address, _ in page(office, "unit", code)[0].context["wizards"]}

    make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    assert f'{reverse("member-add")}?don_vi=a"' in page(office, "unit", "a")[1]
    assert offered("a") == {"doi-ten", "chuyen", "doi-loai", "sap-nhap", "tach", "giai-the"}
    assert offered("org") == {
        "thanh-lap",
        "tiep-nhan",
        "them-nhieu",
        "doi-ten",
        "chuyen",
        "doi-loai",
        "giai-the-dang-bo",
    }
    assert offered("xa") == {"thanh-lap", "tiep-nhan", "them-nhieu", "doi-ten", "doi-loai"}


def test_a_secretary_has_the_everyday_actions_of_the_own_unit_only(client, secretary_a, cell_a, cell_b):
    client.force_login(secretary_a)
    response, text = page(client, "unit", "a")
    assert not response.context["wizards"]
    assert "/so/sinh-hoat/them/" in text
    assert reverse("member-add") not in text
    assert f'href="{reverse("unit", args=["xa"])}' not in text
    assert page(client, "unit", "b")[0].status_code == 404
    assert [row.place.unit.code for row in page(client, "units")[0].context["rows"]] == ["a"]


def test_a_leader_only_reads(client, leader, cell_a):
    client.force_login(leader)
    response, text = page(client, "unit", "a")
    assert not response.context["wizards"]
    assert "/them/" not in text
    assert reverse("rating-grid", args=["a"]) in text


IN_A_LARGE_TREE = 3
"""Of more units than a list offers the form of the moment asks for the unit and the highest one before the tree."""


@pytest.mark.parametrize("count", [1, 30])
def test_a_unit_asks_as_much_for_few_records_as_for_many(office, commune, cell_a, django_assert_max_num_queries, count):
    fill(commune, count)
    make_member(cell_a)
    for index in range(count):
        day = date(2026, 1, 1 + index)
        meetings.hold_meeting(unit=cell_a, day=day, kind=MeetingKind.REGULAR, expected=1, present=1)
        words = {"kind": CaseKind.INSPECTION, "level": DecidingLevel.COMMITTEE, "outcome": CaseOutcome.GOOD}
        inspections.conclude_case(unit=cell_a, subject="Nội dung", day=day, member=make_member(cell_a), **words)
        restructuring.split(cell=cell_a, code=f"m{index}", name="Chi bộ mới", members=[], day=day)
    more = IN_A_LARGE_TREE if 2 + 2 * count > MOST_LISTED else 0
    for code, queries, meetings_here, units_beneath in (("a", 11, count, 0), ("xa", 10, 0, 2 + 2 * count)):
        page(office, "unit", code)
        with django_assert_max_num_queries(queries + more):
            shown = page(office, "unit", code)[0].context
        numbers = {record_type.code: number for record_type, _, number, _ in shown["record_types"]}
        assert (numbers["sinh-hoat"], shown["all_beneath"]) == (meetings_here, units_beneath)
