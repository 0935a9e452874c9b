"""The page where everybody arrives: what waits, for whom, and that each number leads to where it can be done."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.admissions import actions as admissions
from members.choices import ExemptionKind
from members.member_records import actions as member_records
from organizations.choices import RoleKind
from reports.reporting_periods import actions as reporting_periods
from tests.factories import START, admit, make_member, make_person, make_user


def found_on(page):
    """Return what the checks have found, as the page tells it."""
    return [one for group in page.context["groups"].values() for one in group]


def test_each_number_leads_to_a_page_with_as_many_rows(client, clerk, commune, cell_a, cell_b):
    for cell in (cell_a, cell_a, cell_b):
        make_member(cell).exemptions.create(
            kind="other", started_on=START, ended_on=timezone.localdate().replace(day=28)
        )
    admissions.list_candidate(member=make_person(), unit=cell_a, day=START)
    client.force_login(clerk)
    page = client.get(reverse("home"))
    found = found_on(page)
    assert len(found) > 6
    for one in found:
        address = f"{reverse('check', args=[one.check.code])}?{page.context['query']}"
        assert address.replace("&", "&amp;") in page.content.decode(), one.title
        assert client.get(address).context["table"].paginator.count == one.count, one.title


def test_the_office_sees_who_has_not_confirmed(client, clerk, commune, cell_a, cell_b, secretary_a):
    today = timezone.localdate()
    asked = {"as_of": today, "since": today, "year": today.year, "due_on": today, "today": today}
    period = reporting_periods.open_period(unit=commune, **asked)
    reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    client.force_login(clerk)
    page = client.get(reverse("home")).content.decode()
    assert "1/2" in page
    assert reverse("period", args=[period.pk]) in page


def test_a_secretary_finds_the_people_the_meeting_and_the_confirmation(client, commune, secretary_a, cell_a, cell_b):
    today = timezone.localdate()
    asked = {"as_of": today, "since": today, "year": today.year, "due_on": today, "today": today}
    period = reporting_periods.open_period(unit=commune, **asked)
    member, other = make_member(cell_a, "Lò Thị Lan"), make_member(cell_b, "Người khác")
    client.force_login(secretary_a)
    page = client.get(reverse("home")).content.decode()
    assert f'href="{reverse("member", args=[member.pk])}"' in page
    assert other.full_name not in page
    assert f'href="{reverse("meeting-by-name", args=["a"])}"' in page
    assert reverse("confirm", args=[period.pk, "a"]) in page
    assert "Xác nhận số liệu đến ngày" in page
    reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    assert "Đã xác nhận số liệu đến ngày" in client.get(reverse("home")).content.decode()


def test_a_secretary_finds_why_the_confirmation_was_returned_until_confirming_again(
    client, clerk, commune, secretary_a, cell_a
):
    today = timezone.localdate()
    asked = {"as_of": today, "since": today, "year": today.year, "due_on": today, "today": today}
    period = reporting_periods.open_period(unit=commune, **asked)
    by_whom = {"user": secretary_a, "now": timezone.now()}
    for reason in ("Sai ngày.", "Thiếu ông Minh."):
        tried = reporting_periods.confirm(period=period, unit=cell_a, **by_whom)
        reporting_periods.send_back(confirmation=tried, user=clerk, now=timezone.now(), reason=reason)
    client.force_login(secretary_a)
    page = " ".join(client.get(reverse("home")).content.decode().split())
    assert "Văn phòng trả lại: Thiếu ông Minh.</p> <p>Sửa hồ sơ rồi xác nhận lại" in page
    reporting_periods.confirm(period=period, unit=cell_a, **by_whom)
    page = client.get(reverse("home")).content.decode()
    assert "Đã xác nhận số liệu đến ngày" in page
    assert "Thiếu ông Minh" not in page


def test_people_stand_by_given_name_with_what_is_special(client, secretary_a, cell_a):
    admit(cell_a, START, "Lò Văn An")
    make_member(cell_a, "Lò Văn Ân", official_on=None)
    exempt = make_member(cell_a, "An Thị Bình")
    member_records.exempt(member=exempt, kind=ExemptionKind.AGE_HEALTH, day=START)
    client.force_login(secretary_a)
    page = client.get(reverse("home")).content.decode()
    told = ["Lò Văn An", "Dự bị", "Lò Văn Ân", "Chưa ghi ngày chính thức", "An Thị Bình", "Miễn sinh hoạt"]
    places = [page.index(words, page.index("Lò Văn An")) for words in told]
    assert places == sorted(places)


@pytest.mark.parametrize(("person", "page"), [("leader", "dashboard"), ("administrator", "accounts")])
def test_others_go_on_to_what_they_are_here_for(client, request, commune, person, page):
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
    reporting_periods.open_period(unit=commune, as_of=today, since=today, year=today.year, due_on=today, today=today)
    for _ in range(number):
        make_member(cell_a)
    client.force_login(request.getfixturevalue(person))
    with django_assert_num_queries({"clerk": 12, "secretary_a": 14}[person]):  # two for the first steps
        page = client.get(reverse("home"))
    assert {one.check.code: one.count for one in found_on(page)}["thieu-so-the"] == number
