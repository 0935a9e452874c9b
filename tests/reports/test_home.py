"""The page where everybody arrives: what waits, for whom, and that each number leads to where it can be done."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.meetings import hold_meeting
from assessments.ratings import rate
from members import admissions, facts, spells
from members.codes import EndReason, ExemptionKind, FeeRelief, Post
from organizations.codes import RoleKind
from reports import home, periods
from tests.factories import START, admit, make_member, make_person, make_user, moment_of

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 11, 2, tzinfo=UTC)
KNOWN = {"card_number": "12345678", "citizen_id": "012345678901"}


def waits(unit, day=DAY, **more):
    """Return what waits beneath a unit: {label: count}."""
    groups = home.waiting(moment_of(unit, day), **more).values()
    return {waiting.label: waiting.count for group in groups for waiting in group}


@pytest.fixture
def lan(cell_a):
    """A member of whom everything is known, in a cell with a secretary and this month's meeting."""
    member = make_member(cell_a, "Lan", **KNOWN)
    facts.set_levels(member=member, day=START, education="primary", theory="elementary")
    facts.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=START)
    rate(member=member, year=2025, decided_on=date(2025, 12, 31), level="good")
    hold_meeting(unit=cell_a, day=date(2026, 3, 1), kind="regular", expected=1, present=1)
    return member


def test_nothing_waits_where_all_is_done(commune, lan):
    assert waits(commune) == {}


@pytest.mark.parametrize(
    ("day", "month", "waiting"),
    [
        (date(2026, 3, 31), "03/2026", None),
        (date(2026, 4, 1), "03/2026", None),
        (date(2026, 4, 2), "04/2026", 1),
        (date(2026, 3, 1), "02/2026", 1),
    ],
)
def test_a_cell_holds_a_meeting_a_month(commune, lan, day, month, waiting):
    assert waits(commune, day).get(f"Chi bộ chưa ghi buổi sinh hoạt tháng {month}") == waiting


def test_a_cell_without_members_is_asked_for_nothing(commune, lan, cell_b):
    assert waits(commune) == {}


def test_a_cell_needs_a_secretary(commune, lan):
    facts.relieve(position=lan.positions.get(), day=DAY)
    assert waits(commune) == {"Chi bộ chưa có bí thư": 1}


@pytest.mark.parametrize(("day", "waiting"), [(date(2026, 6, 1), None), (date(2026, 6, 2), 1), (date(2026, 12, 1), 1)])
def test_the_end_of_probation_is_told_from_two_months_before_until_it_is_decided(commune, cell_a, day, waiting):
    admission = admit(cell_a, date(2025, 8, 1))
    label = "Đảng viên dự bị sắp hết hoặc đã hết 12 tháng"
    assert waits(commune, day).get(label) == waiting
    admissions.make_official(admission=admission)
    assert label not in waits(commune, date(2026, 12, 1))


def test_candidates_wait_until_they_are_admitted_or_dropped(commune, cell_a):
    first, second = (
        admissions.list_candidate(member=make_person(), unit=cell_a, day=START),
        admissions.list_candidate(member=make_person(), unit=cell_a, day=START),
    )
    label = "Người trong nguồn kết nạp"
    assert waits(commune)[label] == 2
    admissions.drop_candidate(admission=first, day=date(2026, 1, 1))
    assert waits(commune)[label] == 1
    admit(cell_a, date(2026, 2, 1), person=second.member)
    assert label not in waits(commune)


def test_members_of_the_end_of_the_year_are_to_be_rated(commune, lan, cell_a):
    make_member(cell_a)
    make_member(cell_a, day=date(2026, 1, 1))
    assert waits(commune)["Đảng viên chưa xếp loại năm 2025"] == 1


@pytest.mark.parametrize(("until", "waiting"), [(date(2026, 5, 9), 1), (date(2026, 5, 10), None)])
def test_exemptions_and_reliefs_are_told_two_months_before_they_end(commune, lan, until, waiting):
    facts.exempt(member=lan, kind=ExemptionKind.OTHER, day=date(2026, 1, 1), until=until)
    facts.reduce_fee(member=lan, kind=FeeRelief.EXEMPT, day=date(2026, 1, 1), until=until)
    found = waits(commune)
    assert found.get("Miễn sinh hoạt sắp hết hạn") == waiting
    assert found.get("Miễn, giảm đảng phí sắp hết hạn") == waiting


def test_what_a_record_lacks_is_told(commune, lan, cell_a):
    other = make_member(cell_a)
    rate(member=other, year=2025, decided_on=date(2025, 12, 31), level="good")
    other.born_on = None
    other.save()
    assert waits(commune) == {
        "Đảng viên chưa có ngày sinh": 1,
        "Đảng viên chưa có số thẻ": 1,
        "Đảng viên chưa có số định danh": 1,
        "Đảng viên chưa ghi học vấn": 1,
        "Đảng viên chưa ghi lý luận chính trị": 1,
    }
    spells.end_membership(member=other, day=DAY, reason=EndReason.DIED)
    assert waits(commune) == {}


def test_only_what_lies_beneath_the_unit_and_within_the_scope_waits(commune, cell_a, cell_b, secretary_b, lan):
    make_member(cell_b)
    assert waits(cell_a) == {}
    assert waits(cell_b) == waits(commune) != {}
    foreign = make_user("foreign", (RoleKind.CELL_SECRETARY, cell_a))
    assert home.waiting(moment_of(commune, DAY, user=foreign)) == {}


def test_to_a_secretary_what_the_own_cell_lacks_is_said_without_a_number(cell_b):
    make_member(cell_b)
    found = waits(cell_b, is_cell=True)
    assert found["Chưa ghi buổi sinh hoạt tháng 03/2026"] is None
    assert found["Chưa có bí thư chi bộ"] is None
    assert found["Đảng viên chưa có số thẻ"] == 1


def test_all_is_counted_in_one_statement(commune, cell_b, django_assert_num_queries):
    make_member(cell_b)
    with django_assert_num_queries(1):
        assert home.waiting(moment_of(commune, DAY))


def test_each_number_leads_to_a_page_with_as_many_rows(client, clerk, commune, cell_a, cell_b):
    for cell in (cell_a, cell_a, cell_b):
        make_member(cell).exemptions.create(
            kind="other", started_on=START, ended_on=timezone.localdate().replace(day=28)
        )
    admissions.list_candidate(member=make_person(), unit=cell_a, day=START)
    client.force_login(clerk)
    page = client.get(reverse("home"))
    found = [waiting for group in page.context["groups"].values() for waiting in group]
    assert len(found) > 6
    for waiting in found:
        answer = client.get(f"{waiting.task.address}?{page.context['query']}&{waiting.task.asked}")
        assert answer.status_code == 200, waiting.label
        if waiting.task.page[0] == "members":
            assert answer.context["table"].paginator.count == waiting.count, waiting.label


def test_the_office_sees_who_has_not_confirmed(client, clerk, commune, cell_a, cell_b, secretary_a):
    today = timezone.localdate()
    asked = {"as_of": today, "since": today, "year": today.year, "due_on": today, "today": today}
    period = periods.open_period(unit=commune, **asked)
    periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    client.force_login(clerk)
    page = client.get(reverse("home")).content.decode()
    assert "1/2" in page
    assert reverse("period", args=[period.pk]) in page


def test_a_secretary_finds_the_people_the_meeting_and_the_confirmation(client, commune, secretary_a, cell_a, cell_b):
    today = timezone.localdate()
    asked = {"as_of": today, "since": today, "year": today.year, "due_on": today, "today": today}
    period = periods.open_period(unit=commune, **asked)
    member, other = make_member(cell_a, "Lò Thị Lan"), make_member(cell_b, "Người khác")
    client.force_login(secretary_a)
    page = client.get(reverse("home")).content.decode()
    assert f'href="{reverse("member", args=[member.pk])}"' in page
    assert other.full_name not in page
    assert f"{reverse('record-add', args=['sinh-hoat'])}?don_vi=a" in page
    assert reverse("confirm", args=[period.pk, "a"]) in page
    assert "Xác nhận số liệu đến ngày" in page
    periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)
    assert "Đã xác nhận số liệu đến ngày" in client.get(reverse("home")).content.decode()


def test_people_stand_by_given_name_with_what_is_special(client, secretary_a, cell_a):
    make_member(cell_a, "Lò Văn An", official_on=None)
    exempt = make_member(cell_a, "An Thị Bình")
    facts.exempt(member=exempt, kind=ExemptionKind.OTHER, day=START)
    client.force_login(secretary_a)
    page = client.get(reverse("home")).content.decode()
    first, second = page.index("Lò Văn An"), page.index("An Thị Bình")
    assert first < page.index("Dự bị", first) < second < page.index("Miễn sinh hoạt", second)


@pytest.mark.parametrize(("person", "page"), [("leader", "dashboard"), ("administrator", "accounts")])
def test_others_go_on_to_what_they_are_here_for(client, request, person, page):
    client.force_login(request.getfixturevalue(person))
    assert client.get(reverse("home")).url == reverse(page)


def test_the_first_of_several_roles_counts(client, commune, cell_a):
    both = make_user("both", (RoleKind.LEADER, commune), (RoleKind.CELL_SECRETARY, cell_a))
    client.force_login(both)
    page = client.get(reverse("home"))
    assert page.context["title"] == "Chi bộ a"
    assert client.get(reverse("home"), {"don_vi": "xa"}).status_code == 404


def test_a_secretary_of_two_cells_goes_from_one_to_the_other(client, cell_a, cell_b):
    both = make_user("both", (RoleKind.CELL_SECRETARY, cell_a), (RoleKind.CELL_SECRETARY, cell_b))
    client.force_login(both)
    assert 'href="?don_vi=b"' in client.get(reverse("home")).content.decode()
    assert client.get(reverse("home"), {"don_vi": "b"}).context["title"] == "Chi bộ b"


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("person", ["clerk", "secretary_a"])
def test_the_page_asks_as_much_for_many_as_for_one(
    client, request, commune, cell_a, person, number, django_assert_num_queries
):
    today = timezone.localdate()
    periods.open_period(unit=commune, as_of=today, since=today, year=today.year, due_on=today, today=today)
    for _ in range(number):
        make_member(cell_a)
    client.force_login(request.getfixturevalue(person))
    with django_assert_num_queries({"clerk": 7, "secretary_a": 8}[person]):
        client.get(reverse("home"))
