from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from binhlu_portal.records.forms.submit import submit
from members.member_records import actions as member_records
from members.models import Badge
from members.reminders.grid import AwardForm
from members.reminders.spans import awards_until
from tests.factories import make_member, make_members
from tests.grids import cell_named, send, told, typed_into

TODAY, AWARD = date(2026, 3, 1), date(2026, 2, 3)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture
def people(cell_a):
    """Lan and Minh are due the badge of thirty years, Hoa has hers."""
    found = {name: make_member(cell_a, name, **veteran()) for name in ("Hoa", "Lan", "Minh")}
    make_member(cell_a, "Trẻ")
    member_records.award_badge(member=found["Hoa"], years=30, awarded_on=AWARD)
    return found


def veteran():
    return {"born_on": "1970", "joined_on": "1996-01-10", "official_on": "1997-01-10"}


def grid(user, unit, data=None):
    return AwardForm(data, user=user, today=TODAY, instance=unit, initial={"day": AWARD})


def badges():
    rows = Badge.objects.order_by("member__sort_name")
    return [(row.member.full_name, row.years, row.number, row.awarded_on, row.decision_number) for row in rows]


def test_those_who_are_due_and_those_of_the_day_have_a_row(clerk, commune, people):
    rows = grid(clerk, commune).rows
    assert [(row.name, row.values["years"], row.about.endswith("chưa ghi")) for row in rows] == [
        ("Hoa", "30", False),
        ("Lan", "30", True),
        ("Minh", "30", True),
    ]


def test_numbers_day_and_decision_are_written_in_one_act(clerk, commune, people):
    typed = {("Hoa", "number"): "11", ("Lan", "number"): "12", ("Minh", "awarded_on"): "10/2/2026"}
    head = {"decision_number": "7-QĐ/TU", "decision_date": "20/01/2026"}
    send(grid(clerk, commune, typed_into(grid(clerk, commune), typed, awarded="03/02/2026", **head)))
    assert badges() == [
        ("Hoa", 30, "11", AWARD, ""),
        ("Lan", 30, "12", AWARD, "7-QĐ/TU"),
        ("Minh", 30, "", date(2026, 2, 10), "7-QĐ/TU"),
    ]


def test_what_is_refused_stands_in_its_cell_and_nothing_is_written(clerk, commune, people):
    typed = {("Lan", "number"): "12", ("Minh", "awarded_on"): "1/1/2026"}
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), typed, awarded="03/02/2026"))
    assert sent.is_valid(), told(sent)
    with pytest.raises(ValidationError) as refused:
        submit(sent, lambda written: "/")
    assert refused.value.message_dict.keys() == {cell_named(sent, "Minh", "awarded_on")}
    assert len(badges()) == 1
    typed[("Minh", "awarded_on")] = "1/4/2026"
    sent = grid(clerk, commune, typed_into(grid(clerk, commune), typed, awarded="03/02/2026"))
    assert "còn ở phía trước" in told(sent)["Minh", "awarded_on"]


def test_reminder_and_register_lead_to_the_grid_of_those_who_decide(client, clerk, secretary_a, leader, people):
    address = f"{reverse('badges-award')}?don_vi="
    for person, offered in ((clerk, True), (secretary_a, False), (leader, False)):
        client.force_login(person)
        for page in (reverse("reminder", args=["huy-hieu"]), reverse("records", args=["huy-hieu"])):
            assert (address in client.get(page).content.decode()) is offered
        assert client.get(reverse("badges-award")).status_code == (200 if offered else 404)
    client.force_login(clerk)
    assert client.get(reverse("badges-award"), {"dot": "02/09/2025"}).context["chosen"] == date(2025, 9, 2)


def test_days_of_award_are_the_last_ones():
    assert awards_until(AWARD, 3) == [AWARD, date(2025, 11, 7), date(2025, 9, 2)]
    assert awards_until(date(2026, 2, 2), 1) == [date(2025, 11, 7)]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(client, clerk, cell_a, django_assert_num_queries, number):
    make_members(cell_a, number, **veteran())
    client.force_login(clerk)
    with django_assert_num_queries(10):
        page = client.get(reverse("badges-award"))
    assert len(page.context["form"].rows) == number
