"""The pages of people written down twice."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import DistinctPair, Member, Training
from tests.factories import START, make_member, make_person, make_root, make_unit


@pytest.fixture
def twice(cell_a, cell_b):
    """Two records of one person, day and month changed over."""
    return make_member(cell_a, "Lò Văn Hoà", born_on="1980-03-04"), make_member(
        cell_a, "Lò Văn Hòa", born_on="1980-04-03"
    )


def test_pairs_are_shown_to_those_who_decide(client, clerk, secretary_a, leader, twice):
    client.force_login(clerk)
    text = client.get(reverse("members-duplicates")).content.decode()
    assert "ngày và tháng sinh đảo chỗ" in text
    assert reverse("members-merge", args=[person.pk for person in twice]) in text
    for person in (secretary_a, leader):
        client.force_login(person)
        assert client.get(reverse("members-duplicates")).status_code == 404
        assert client.get(reverse("members-merge", args=[each.pk for each in twice])).status_code == 404


def test_without_pairs_the_page_says_so(client, clerk, cell_a):
    client.force_login(clerk)
    assert "Không thấy hồ sơ nào trùng" in client.get(reverse("members-duplicates")).content.decode()


def test_people_beyond_the_scope_are_in_no_pair(client, clerk, twice):
    foreign = make_member(make_unit("la", make_root("xa-khac")), "Lò Văn Hoà", born_on="1980-03-04")
    client.force_login(clerk)
    assert len(client.get(reverse("members-duplicates")).context["page"].object_list) == 1
    assert client.get(reverse("members-merge", args=[twice[0].pk, foreign.pk])).status_code == 404
    assert client.get(reverse("members-merge", args=[foreign.pk, twice[0].pk])).status_code == 404


@pytest.mark.parametrize(("rows", "pairs"), [(2, 1), (30, 25)])
def test_the_list_of_pairs_asks_as_much_for_many_as_for_few(
    client, clerk, cell_a, rows, pairs, django_assert_num_queries
):
    for _ in range(rows):
        make_member(cell_a, "Lò Văn Hoà", born_on="1980-03-04")
    client.force_login(clerk)
    with django_assert_num_queries(7):
        found = client.get(reverse("members-duplicates"))
    assert len(found.context["page"]) == pairs


def test_a_merger_is_shown_then_done(client, clerk, twice):
    keep, other = twice
    address = reverse("members-merge", args=[keep.pk, other.pk])
    client.force_login(clerk)
    page = client.get(address)
    born = next(line for line in page.context["form"].comparisons if line.key == "born_on")
    assert (born.mine, born.theirs) == ("04/03/1980", "03/04/1980")
    sent = {"token": str(page.context["form"]["token"].value())}
    sent |= {line.key: "mine" for line in page.context["form"].comparisons if line.key} | {"born_on": "theirs"}
    text = client.post(address, sent).content.decode()
    assert "Chưa lưu" in text and "<strong>bị gộp</strong>" in text and Member.objects.count() == 2
    response = client.post(address, sent | {"xac_nhan": "1"})
    assert response.url == reverse("member", args=[keep.pk])
    assert Member.objects.get() == keep
    assert str(Member.objects.get().born_on) == "03/04/1980"
    assert client.get(response.url).status_code == 200


def test_a_person_is_not_merged_with_nobody(client, clerk, twice):
    client.force_login(clerk)
    address = reverse("members-merge", args=[twice[0].pk, make_person().pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"token": uuid4(), "xac_nhan": "1"}).status_code == 404
    assert Member.objects.count() == 3


def test_two_people_are_stated_and_that_is_taken_back(client, clerk, secretary_a, twice):
    pair = [person.pk for person in twice]
    address = reverse("members-distinct", args=pair)
    client.force_login(secretary_a)
    assert client.get(address).status_code == 404
    client.force_login(clerk)
    assert "Lò Văn Hòa" in client.get(address).content.decode()
    client.post(address, {"token": uuid4(), "reason": "Đã gặp cả hai"})
    page = client.get(reverse("members-duplicates")).content.decode()
    assert reverse("members-merge", args=pair) not in page
    assert clerk.full_name in page and "Đã gặp cả hai" in page
    back = reverse("members-distinct-take-back", args=[DistinctPair.objects.get().pk])
    assert back in page
    client.force_login(secretary_a)
    assert client.get(back).status_code == 404
    client.force_login(clerk)
    client.post(back, {"token": uuid4(), "reason": "Nhầm"})
    assert reverse("members-merge", args=pair) in client.get(reverse("members-duplicates")).content.decode()


def test_the_page_of_a_merger_asks_as_much_for_many_facts_as_for_few(client, clerk, twice, django_assert_num_queries):
    client.force_login(clerk)
    address = reverse("members-merge", args=[person.pk for person in twice])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(31):
        Training.objects.create(
            member=twice[1], course=f"Lớp {number}", program="other", level="commune", began_on=START
        )
    with django_assert_num_queries(len(few)):
        assert len(client.get(address).context["form"].comparisons) > 30
