from datetime import date

import pytest
from django.urls import reverse

from members.choices import Post
from members.models import Position
from members.positions import actions as positions
from tests.factories import START, make_member

DAY = date(2026, 2, 1)
DECISION = {"decision_number": "5-QĐ/ĐU", "decision_date": "30/01/2026"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 3, 1))


@pytest.fixture
def secretary(cell_a):
    return positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a, "Lan"), day=START)


def replace(client, position, **typed):
    """Send the form that replaces a holder, and return the answer."""
    address = reverse("record-form", args=["chuc-vu", position.pk, "thay"])
    return client.post(
        address, {"token": client.get(address).context["form"]["token"].value(), "started_on": "01/02/2026"} | typed
    )


def test_one_form_ends_the_old_holder_and_begins_the_new_one(client, clerk, cell_a, secretary):
    minh = make_member(cell_a, "Minh")
    client.force_login(clerk)
    assert replace(client, secretary, member=minh.pk, **DECISION).status_code == 302
    old = Position.objects.get(pk=secretary.pk)
    assert (old.member.full_name, old.started_on, old.ended_on) == ("Lan", START, DAY)
    new = Position.objects.get(started_on=DAY)
    assert (new.member, new.unit, new.post, new.decision_number) == (minh, cell_a, Post.SECRETARY, "5-QĐ/ĐU")


def test_members_of_the_unit_are_offered_and_a_decision_is_asked_for(client, clerk, cell_a, cell_b, secretary):
    make_member(cell_b, "Khác")
    client.force_login(clerk)
    answer = replace(client, secretary)
    form = answer.context["form"]
    assert form.errors.keys() == {"member", "decision_number", "decision_date"}
    assert [label.partition(",")[0] for _, label in form.fields["member"].choices] == ["Chọn …", "Lan"]
    assert "holder_name" not in form.fields


def test_the_head_of_a_village_may_be_no_member(client, clerk, cell_a):
    head = positions.appoint(unit=cell_a, post=Post.VILLAGE_HEAD, holder_name="Ông Cũ", day=START)
    client.force_login(clerk)
    assert "không được cả hai" in str(replace(client, head).context["form"].errors)
    assert replace(client, head, holder_name="Ông Mới").status_code == 302
    assert Position.objects.get(started_on=DAY).holder_name == "Ông Mới"


@pytest.mark.parametrize(
    ("day", "sentence"), [("01/07/2025", "chọn ngày sau ngày đó"), ("01/02/2026", "chọn người khác")]
)
def test_what_makes_no_sense_is_refused(client, clerk, cell_a, secretary, day, sentence):
    client.force_login(clerk)
    answer = replace(client, secretary, member=secretary.member_id, **DECISION | {"started_on": day})
    assert sentence in str(answer.context["form"].errors)
    assert Position.objects.count() == 1


def test_the_page_of_a_unit_offers_to_replace_and_to_fill_what_is_vacant(client, clerk, leader, cell_a, secretary):
    positions.declare_vacant(unit=cell_a, post=Post.VILLAGE_HEAD, day=START)
    replacing = reverse("record-form", args=["chuc-vu", secretary.pk, "thay"])
    filling = [
        f"{reverse('record-add', args=['chuc-vu'])}?don_vi=a&amp;post={post}" for post in ("village_head", "front_head")
    ]
    for person, offered in ((clerk, True), (leader, False)):
        client.force_login(person)
        page = client.get(reverse("unit", args=["a"])).content.decode()
        assert [address in page for address in (replacing, *filling)] == [offered] * 3
    client.force_login(clerk)
    form = client.get(filling[0].replace("&amp;", "&")).context["form"]
    assert (form["unit"].value(), form["post"].value()) == ("a", "village_head")
