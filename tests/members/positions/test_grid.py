from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from binhlu_portal.audit.models import Entry
from binhlu_portal.records.forms.submit import EditConflict, submit
from members.choices import Post
from members.models import Position, Vacancy
from members.positions import actions as positions
from members.positions.grid import CommitteesForm
from tests.factories import DECIDED, START, make_member, make_unit
from tests.grids import cell_named, send, told, typed_into
from tests.ground import layer

TODAY, DAY = date(2026, 3, 1), date(2026, 2, 1)
A, B = "Chi bộ a", "Chi bộ b"
HEAD = {"started_on": "01/02/2026", "decision_number": "5-QĐ/ĐU", "decision_date": "30/01/2026"}


@layer
def people(cell_a, cell_b):
    """Members of A, of whom Lan is secretary and Hoa a committee member, and one of B."""
    found = {name: make_member(cell_a, name) for name in ("Hoa", "Lan", "Minh", "Nam")}
    found["Khác"] = make_member(cell_b, "Khác")
    for name, post in (("Lan", Post.SECRETARY), ("Hoa", Post.COMMITTEE_MEMBER)):
        positions.appoint(unit=cell_a, post=post, member=found[name], day=START)
    return found


def grid(user, unit, data=None):
    return CommitteesForm(data, user=user, today=TODAY, instance=unit)


def held(day=TODAY):
    rows = Position.objects.on(day).order_by("unit__code", "post", "member__sort_name")
    return [(row.unit.code, row.post, row.member.full_name, row.started_on) for row in rows.select_related("unit")]


def test_the_old_holder_ends_on_the_day_and_the_new_one_begins(clerk, commune, people):
    typed = {
        (A, Post.SECRETARY): "minh",
        (A, Post.COMMITTEE_MEMBER): "Hoa; Nam",
        (B, Post.SECRETARY): "Khác",
    }
    send(grid(clerk, commune, typed_into(grid(clerk, commune), typed, **HEAD)))
    assert held() == [
        ("a", "committee_member", "Hoa", START),
        ("a", "committee_member", "Nam", DAY),
        ("a", "secretary", "Minh", DAY),
        ("b", "secretary", "Khác", DAY),
    ]
    assert Position.objects.get(member=people["Lan"]).ended_on == DAY
    assert set(Position.objects.filter(started_on=DAY).values_list("decision_number", flat=True)) == {"5-QĐ/ĐU"}
    assert len({entry.act for entry in Entry.objects.filter(user=clerk)}) == 1
    assert not Vacancy.objects.exists()


def test_a_name_taken_off_ends_a_post_and_leaves_that_of_one_person_vacant(clerk, commune, people):
    typed = {(A, Post.SECRETARY): "", (A, Post.COMMITTEE_MEMBER): ""}
    send(grid(clerk, commune, typed_into(grid(clerk, commune), typed, **HEAD)))
    assert held() == []
    assert [(row.post, row.started_on) for row in Vacancy.objects.all()] == [(Post.SECRETARY, DAY)]


def test_who_is_not_there_or_not_alone_is_asked_about_in_the_cell(clerk, commune, people, cell_a):
    make_member(cell_a, "Minh", born_on="1990-02-03")
    typed = {
        (A, Post.SECRETARY): "Minh",
        (A, Post.DEPUTY_SECRETARY): "Khác",
        (B, Post.SECRETARY): "Khác; Lan",
    }
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), typed, **HEAD))
    sentences = told(sent)
    assert sentences.keys() == {(A, Post.SECRETARY), (A, Post.DEPUTY_SECRETARY), (B, Post.SECRETARY)}
    assert "ghi rõ Minh, sinh 17/05/1980; Minh, sinh 03/02/1990" in sentences[A, Post.SECRETARY]
    assert sent[cell_named(sent, A, Post.SECRETARY)].value() == "Minh"
    typed = {(A, Post.SECRETARY): "Minh, sinh 03/02/1990"}
    send(grid(clerk, commune, typed_into(grid(clerk, commune), typed, **HEAD)))
    assert Position.objects.on(TODAY).get(post=Post.SECRETARY).member.born_on.iso == "1990-02-03"


def test_one_person_holds_the_post_of_secretary(clerk, commune, people):
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), {(A, Post.SECRETARY): "Lan; Minh"}, **HEAD))
    assert "ghi một tên" in told(sent)[A, Post.SECRETARY]


def test_what_is_refused_in_one_row_writes_nothing_in_others(clerk, commune, people, cell_b):
    make_member(cell_b, "Mới", joined_on="2026-01-05", official_on=None)
    typed = {(A, Post.SECRETARY): "Minh", (B, Post.SECRETARY): "Mới"}
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), typed, **HEAD))
    assert sent.is_valid(), told(sent)
    with pytest.raises(ValidationError, match="dự bị") as refused:
        submit(sent, lambda written: "/")
    assert refused.value.message_dict.keys() == {cell_named(sent, B, Post.SECRETARY)}
    assert [name for *_, name, _ in held()] == ["Hoa", "Lan"]


def test_a_post_that_another_has_given_meanwhile_is_a_conflict(clerk, commune, people):
    data = typed_into(grid(clerk, commune), {(A, Post.SECRETARY): "Minh"}, **HEAD)
    positions.replace_holder(
        position=Position.objects.get(post=Post.SECRETARY), day=date(2026, 1, 5), member=people["Nam"], decision=DECIDED
    )
    form = grid(clerk, commune, data)
    assert form.is_valid()
    with pytest.raises(EditConflict):
        submit(form, lambda written: "/")
    form.show_conflict()
    assert form.conflict == ((f"{A}: Bí thư", "Lan", "Nam", "Minh"),)


def test_day_and_decision_are_asked_for(clerk, commune, people):
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), {(A, Post.SECRETARY): "Minh"}))
    assert told(sent).keys() == {"started_on", "decision_number", "decision_date"}


@pytest.mark.parametrize(("address", "answer"), [("", 200), ("?don_vi=a", 200), ("?don_vi=khong", 404)])
def test_only_those_who_decide_open_it(client, clerk, secretary_a, leader, people, address, answer):
    for person, status in ((clerk, answer), (secretary_a, 404), (leader, 404)):
        client.force_login(person)
        assert client.get(reverse("committees") + address).status_code == status


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(client, clerk, commune, django_assert_num_queries, number):
    for index in range(number):
        unit = make_unit(f"n{index}", commune)
        positions.appoint(unit=unit, post=Post.SECRETARY, member=make_member(unit), day=START)
    client.force_login(clerk)
    with django_assert_num_queries(11):
        page = client.get(reverse("committees"))
    assert len(page.context["form"].rows) == number
