"""Who stands before and after a person in the list from which the page was opened."""

from datetime import date

import pytest
from django.urls import reverse

from binhlu_portal.request_limits import LONGEST_PARAMETER
from members.directory.views.neighbours import within_list
from members.membership import actions as membership
from members.models import Member
from tests.factories import make_member

DAY = date(2026, 1, 1)


@pytest.fixture
def beside(client):
    """Return a function: the names before and after a person whose page is opened from a list."""

    def beside(user, person, query):
        client.force_login(user)
        response = client.get(reverse("member", args=[person.pk]) + within_list(query))
        assert response.status_code == 200
        found = response.context["beside"]
        return [found[side]["name"] if side in found else None for side in ("before", "after")]

    return beside


@pytest.fixture
def people(cell_a):
    """Three people of A, by given name."""
    return [make_member(cell_a, name, gender="female") for name in ("Lò Thị An", "Lò Thị Bình", "Lò Thị Cúc")]


def test_a_person_stands_where_the_list_has_the_person(beside, clerk, cell_b, people):
    an, binh, cuc = people
    make_member(cell_b, "Lò Thị Ân", gender="female")
    make_member(cell_b, "Lò Văn Bo", gender="male")
    assert beside(clerk, binh, "don_vi=a") == ["Lò Thị An", "Lò Thị Cúc"]
    assert beside(clerk, an, "don_vi=a") == [None, "Lò Thị Bình"]
    assert beside(clerk, cuc, "don_vi=xa&gioi_tinh=female") == ["Lò Thị Bình", None]
    assert beside(clerk, an, "don_vi=xa&gioi_tinh=female") == [None, "Lò Thị Ân"]
    assert beside(clerk, binh, "don_vi=a&sap=-ho-va-ten&trang=7") == ["Lò Thị Cúc", "Lò Thị An"]


def test_the_list_leads_to_its_people_and_they_lead_on_and_back(client, clerk, people):
    client.force_login(clerk)
    text = client.get(reverse("members"), {"don_vi": "a", "tim": "thi"}).content.decode()
    asked = within_list("don_vi=a&tim=thi")
    first, second, _ = (reverse("member", args=[person.pk]) + asked for person in people)
    assert f'href="{first}"' in text
    page = client.get(first).content.decode()
    assert f'rel="next" href="{second}"' in page and "Người sau: Lò Thị Bình" in page
    assert f'href="{reverse("members")}?don_vi=a&amp;tim=thi">Danh sách' in page
    assert "Người trước:" not in page


def test_who_is_put_right_and_found_no_more_keeps_the_place(beside, client, clerk, people):
    _, binh, _ = people
    query = "don_vi=a&thieu=dinh-danh"
    Member.objects.filter(pk=binh.pk).update(citizen_id="012345678901")
    assert beside(clerk, binh, query) == ["Lò Thị An", "Lò Thị Cúc"]
    form = client.get(reverse("member-form", args=[binh.pk, "sua-khac"]) + within_list(query))
    assert form.context["back"] == reverse("member", args=[binh.pk]) + within_list(query)


def test_a_reader_is_led_to_nobody_out_of_sight_and_told_no_later_name(beside, secretary_a, cell_b, people):
    _, binh, cuc = people
    make_member(cell_b, "Lò Thị Của Người")
    assert beside(secretary_a, cuc, "don_vi=a") == ["Lò Thị Bình", None]
    membership.transfer(member=cuc, to=cell_b, day=DAY)
    Member.objects.filter(pk=cuc.pk).update(full_name="Lò Thị Cúc Mới")
    assert beside(secretary_a, binh, "don_vi=a&ngay=31/12/2025") == ["Lò Thị An", ""]


@pytest.mark.parametrize("query", ["don_vi=b", "don_vi=khong-co", "ngay=40/40/2026", "tim=%00", "sap=&&&"])
def test_a_list_that_cannot_be_asked_for_leads_nowhere(beside, secretary_a, cell_b, people, query):
    beside(secretary_a, people[1], query)


def test_a_query_too_long_for_an_address_stays_behind():
    assert within_list("a" * LONGEST_PARAMETER) != within_list("a" * (LONGEST_PARAMETER + 1)) == within_list("") == ""


@pytest.mark.parametrize("rows", [1, 30])
def test_the_neighbours_cost_two_statements_in_any_list(client, clerk, cell_a, rows, django_assert_num_queries):
    lan, *_ = (make_member(cell_a) for _ in range(rows))
    client.force_login(clerk)
    address = reverse("member", args=[lan.pk])
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
    with django_assert_num_queries(14):
        found = client.get(address + within_list("don_vi=a&sap=ngay-sinh")).context["beside"]
    assert len(found) == min(1, rows - 1)
