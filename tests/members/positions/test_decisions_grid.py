"""The decisions that posts lack, many at once."""

from datetime import date

import pytest
from django.urls import reverse

from members.choices import Post
from members.models import Position
from members.positions import actions as positions
from members.positions.grid import UNDECIDED, PostDecisionsForm
from tests.factories import DECIDED, START, make_member, make_unit
from tests.grids import send, typed_into
from tests.ground import layer

TODAY = date(2026, 3, 1)


@layer
def people(cell_a, cell_b):
    """The secretaries of A and B, who lack their decision, and one of A with a decision."""
    found = {name: make_member(cell_a, name) for name in ("Lan", "Hoa")} | {"Minh": make_member(cell_b, "Minh")}
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=found["Lan"], day=START)
    positions.appoint(unit=cell_b, post=Post.SECRETARY, member=found["Minh"], day=START)
    day = date(2026, 2, 1)
    positions.appoint(unit=cell_a, post=Post.COMMITTEE_MEMBER, member=found["Hoa"], day=day, decision=DECIDED)
    return found


def grid(user, unit, data=None, **initial):
    return PostDecisionsForm(data, user=user, today=TODAY, instance=unit, initial=initial)


def decisions():
    return dict(Position.objects.values_list("member__full_name", "decision_number"))


def test_posts_without_a_decision_get_theirs_in_one_act(clerk, commune, people):
    assert [row.name for row in grid(clerk, commune).rows] == ["Lan", "Minh"]
    typed = {("Lan", "decision_number"): "5-QĐ/ĐU", ("Lan", "decision_date"): "01/07/2025"}
    send(grid(clerk, commune, typed_into(grid(clerk, commune), typed)))
    assert decisions() == {"Hoa": DECIDED.number, "Lan": "5-QĐ/ĐU", "Minh": ""}
    assert [row.name for row in grid(clerk, commune).rows] == ["Minh"]


def test_a_decision_to_come_is_refused_at_its_cell(clerk, commune, people):
    typed = {("Lan", "decision_number"): "5-QĐ/ĐU", ("Lan", "decision_date"): "01/07/2026"}
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), typed))
    assert not sent.is_valid()
    assert decisions()["Lan"] == ""


def test_the_list_of_the_check_leads_to_those_who_are_ticked(client, clerk, people):
    client.force_login(clerk)
    assert reverse("post-decisions") in client.get(reverse("check", args=[UNDECIDED])).content.decode()
    page = client.get(reverse("post-decisions"), {"don_vi": "xa", "dang_vien": people["Minh"].pk}).content.decode()
    assert ("Minh:" in page, "Lan:" in page) == (True, False)


def test_where_no_decision_lacks_the_page_says_so(client, clerk, cell_a):
    client.force_login(clerk)
    assert "Chức vụ cấp ủy nào cũng đã ghi quyết định." in client.get(reverse("post-decisions")).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(client, clerk, commune, django_assert_max_num_queries, number):
    for index in range(number):
        unit = make_unit(f"n{index}", commune)
        positions.appoint(unit=unit, post=Post.SECRETARY, member=make_member(unit), day=START)
    client.force_login(clerk)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("post-decisions")).status_code == 200
