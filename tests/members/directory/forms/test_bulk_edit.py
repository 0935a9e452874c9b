"""One value for many people: shown first, then written for all or for none."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Entry
from members.directory.forms.bulk_edit import FORMS, NOTHING_NEW
from members.member_records import actions as member_records
from members.models import Member
from tests.factories import START, make_member
from tests.ground import layer


@layer
def people(cell_a):
    """Two members of cell A."""
    return [make_member(cell_a, "Lò Thị An"), make_member(cell_a, "Vàng A Sử", ethnicity="thai")]


def address(field, people):
    """Return the address of the form for these people."""
    return reverse("members-edit", args=[field]) + "?" + "&".join(f"dang_vien={person.pk}" for person in people)


def send(client, field, people, **typed):
    """Type and send the form."""
    form = client.get(address(field, people)).context["form"]
    return client.post(address(field, people), {"token": str(form["token"].value())} | typed)


@pytest.mark.parametrize("field", FORMS)
def test_every_form_opens_for_the_chosen(client, secretary_a, people, field):
    client.force_login(secretary_a)
    text = client.get(address(field, people)).content.decode()
    assert "Lò Thị An" in text and "Vàng A Sử" in text


def test_old_and_new_are_shown_before_anything_is_written(client, clerk, people):
    client.force_login(clerk)
    response = send(client, "dan-toc", people, ethnicity="mong")
    text = response.content.decode()
    assert "<del>Kinh</del> → <ins>Mông</ins>" in text and "<del>Thái</del> → <ins>Mông</ins>" in text
    assert {person.ethnicity for person in map(again, people)} == {"kinh", "thai"}
    response = send(client, "dan-toc", people, ethnicity="mong", xac_nhan="1")
    assert response.url == reverse("members")
    assert {person.ethnicity for person in map(again, people)} == {"mong"}
    assert Entry.objects.filter(reason="Sửa chung: dân tộc").values("act").distinct().count() == 1


def again(person):
    """Return a person as written now."""
    person.refresh_from_db()
    return person


def test_people_who_have_the_value_are_passed_over(client, clerk, people):
    client.force_login(clerk)
    send(client, "dan-toc", people, ethnicity="thai", xac_nhan="1")
    assert Entry.objects.filter(reason="Sửa chung: dân tộc").count() == 1
    response = send(client, "dan-toc", people, ethnicity="thai")
    assert NOTHING_NEW in response.content.decode()


def test_a_level_is_new_from_a_day_on(client, clerk, people):
    member_records.set_levels(member=people[0], day=START, education="primary", job="Trưởng bản")
    client.force_login(clerk)
    send(client, "nghe-nghiep", people, occupation="farmer", day="01/09/2025", xac_nhan="1")
    old, new = people[0].states.order_by("started_on")
    assert (old.occupation, old.ended_on) == ("", date(2025, 9, 1))
    assert (new.occupation, new.education, new.job) == ("farmer", "primary", "Trưởng bản")
    assert people[1].states.get().occupation == "farmer"


def test_what_is_refused_for_one_is_refused_for_all_by_name(client, clerk, people):
    member_records.set_levels(member=people[1], day=date(2026, 1, 1), theory="elementary")
    client.force_login(clerk)
    response = send(client, "nghe-nghiep", people, occupation="farmer", day="01/09/2025", xac_nhan="1")
    assert "Vàng A Sử" in " ".join(response.context["form"].non_field_errors())
    assert not people[0].states.exists()


def test_a_value_must_be_given(client, clerk, people):
    client.force_login(clerk)
    assert "residence" in send(client, "thuong-tru", people, residence="").context["form"].errors
    assert "occupation" in send(client, "nghe-nghiep", people, day="01/09/2025").context["form"].errors


def test_people_of_others_are_unknown(client, secretary_a, leader, people, cell_b):
    foreign = make_member(cell_b)
    typed = {"token": uuid4(), "ethnicity": "mong", "xac_nhan": "1"}
    for reader, asked in ((secretary_a, [*people, foreign]), (leader, people)):
        client.force_login(reader)
        assert client.get(address("dan-toc", asked)).status_code == 404
        assert client.post(address("dan-toc", asked), typed).status_code == 404
    assert not Member.objects.filter(ethnicity="mong").exists()


def test_nobody_and_a_value_that_is_none_are_unknown(client, secretary_a, people):
    client.force_login(secretary_a)
    assert client.get(address("dan-toc", [])).status_code == 404
    assert client.get(reverse("members-edit", args=["dan-toc"]), {"dang_vien": "9" * 30}).status_code == 404
    assert client.get(address("khong-co", people)).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_opening_the_form_asks_as_much_for_many_as_for_few(client, clerk, cell_a, rows, django_assert_num_queries):
    people = [make_member(cell_a) for _ in range(rows)]
    client.force_login(clerk)
    with django_assert_num_queries(4):
        page = client.get(address("dan-toc", people))
    assert f"Ghi cho {rows} người" in page.content.decode()
