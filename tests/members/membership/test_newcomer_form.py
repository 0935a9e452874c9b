"""People written down for the first time: who may, what is written, and who is written down already."""

from uuid import uuid4

import pytest
from django.urls import reverse

from members.choices import StartReason
from members.models import Member
from tests.factories import START, make_member, make_root, make_unit

TYPED = {
    "unit": "a",
    "day": "01/09/2025",
    "full_name": "Lò  Văn Hoà",
    "gender": "male",
    "born_on": "4/3/1980",
    "ethnicity": "thai",
    "religion": "none",
}
MEMBER = TYPED | {"way": "transferred_in", "card_number": "12345678", "education": "primary", "joined_on": "2010"}


def send(client, name, typed):
    """Open a form, type and send it."""
    form = client.get(reverse(name)).context["form"]
    start = {field.html_name: value for field in form if (value := field.value()) is not None}
    return client.post(reverse(name), start | typed)


def test_a_member_is_taken_in_with_card_and_levels(client, clerk, cell_a):
    client.force_login(clerk)
    response = send(client, "member-add", MEMBER | {"decision_number": "05-QĐ/ĐU", "came_from": "Nơi cũ"})
    member = Member.objects.get()
    assert response.url == reverse("member", args=[member.pk])
    assert (member.full_name, str(member.born_on), str(member.joined_on)) == ("Lò Văn Hoà", "04/03/1980", "2010")
    stay = member.spells.get()
    assert (stay.unit, stay.start_reason, stay.came_from) == (cell_a, StartReason.TRANSFERRED_IN, "Nơi cũ")
    assert stay.decision_number == "05-QĐ/ĐU"
    assert member.states.get().education == "primary"


def test_levels_that_nobody_knows_are_not_written(client, clerk, cell_a):
    client.force_login(clerk)
    send(client, "member-add", MEMBER | {"education": ""})
    assert not Member.objects.get().states.exists()


@pytest.mark.parametrize("way", ["transferred_in_far", "received_with_unit"])
def test_a_member_comes_from_afar_or_with_the_cell(client, clerk, commune, way):
    make_unit("a", commune, received=True)
    client.force_login(clerk)
    send(client, "member-add", MEMBER | {"way": way, "day": f"{START:%d/%m/%Y}"})
    assert Member.objects.get().spells.get().start_reason == way


def test_a_refusal_leaves_nobody_behind(client, clerk, cell_a):
    client.force_login(clerk)
    response = send(client, "member-add", MEMBER | {"way": "received_with_unit"})
    assert "Chi bộ được tiếp nhận ngày" in response.content.decode()
    assert not Member.objects.exists()


def test_a_secretary_takes_nobody_in(client, secretary_a, cell_a):
    client.force_login(secretary_a)
    assert client.get(reverse("member-add")).status_code == 404
    assert client.post(reverse("member-add"), MEMBER | {"token": uuid4()}).status_code == 404
    assert not Member.objects.exists()


def test_a_foreign_cell_is_none(client, clerk, cell_a):
    make_unit("la", make_root("xa-khac"))
    client.force_login(clerk)
    assert "unit" in send(client, "member-add", MEMBER | {"unit": "la"}).context["form"].errors
    assert not Member.objects.exists()


def test_the_cell_in_the_address_is_chosen(client, clerk, cell_a):
    client.force_login(clerk)
    form = client.get(reverse("member-add"), {"don_vi": "a"}).context["form"]
    assert form["unit"].value() == "a"


def test_someone_written_down_is_shown_before_another_record_is_made(client, clerk, cell_a):
    known = make_member(cell_a, "Lò Văn Hòa", born_on="1980-03-04")
    client.force_login(clerk)
    response = send(client, "member-add", MEMBER)
    text = response.content.decode()
    assert Member.objects.count() == 1
    assert reverse("member", args=[known.pk]) in text and "cùng họ tên, ngày sinh" in text
    assert 'type="checkbox" name="another"' in text
    send(client, "member-add", MEMBER | {"another": "on"})
    assert Member.objects.count() == 2


def test_a_number_of_somebody_else_is_refused_whatever_one_says(client, clerk, cell_a):
    make_member(cell_a, "Vàng A Sử", card_number="12345678")
    client.force_login(clerk)
    response = send(client, "member-add", MEMBER | {"another": "on"})
    assert "Số thẻ đảng viên này chưa lưu được" in response.content.decode()
    assert Member.objects.count() == 1


def test_people_beyond_the_scope_are_not_shown(client, clerk, cell_a):
    other = make_unit("xa-la", make_root("xa-khac"))
    make_member(other, "Lò Văn Hòa", born_on="1980-03-04")
    client.force_login(clerk)
    send(client, "member-add", MEMBER)
    assert Member.objects.count() == 2


def test_opening_the_form_asks_little(client, clerk, cell_a, django_assert_num_queries):
    client.force_login(clerk)
    with django_assert_num_queries(4):
        page = client.get(reverse("member-add"))
    assert "Chi bộ a" in page.content.decode()
