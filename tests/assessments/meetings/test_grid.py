from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.choices import MeetingKind
from assessments.meetings import actions as meetings
from assessments.meetings.grid import MonthForm
from assessments.models import Meeting
from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import correct
from binhlu_portal.records.forms.submit import EditConflict, submit
from members.choices import ExemptionKind
from members.member_records import actions as member_records
from members.membership import actions as membership
from tests.factories import START, make_member, make_members, make_unit
from tests.grids import cell_named, send, told, typed_into
from tests.ground import layer

TODAY = date(2026, 3, 20)
MARCH = date(2026, 3, 1)
A, B = "Chi bộ a", "Chi bộ b"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@layer
def cells(cell_a, cell_b):
    """Cells A with ten members, one of them exempt, and B with nine."""
    people = make_members(cell_a, 10)
    member_records.exempt(member=people[0], kind=ExemptionKind.AGE_HEALTH, day=START)
    make_members(cell_b, 9)
    return cell_a, cell_b


def grid(user, unit, data=None):
    return MonthForm(data, user=user, today=TODAY, instance=unit, initial={"month": MARCH})


def held():
    rows = Meeting.objects.order_by("unit__code", "held_on").values_list("unit__code", "held_on", "expected", "present")
    return [(code, day.day, *numbers) for code, day, *numbers in rows]


def test_every_cell_has_a_row_with_those_expected(clerk, commune, cells):
    form = grid(clerk, commune)
    assert [(row.name, row.values["expected"], row.about) for row in form.rows] == [
        (A, 9, "chưa ghi"),
        (B, 9, "chưa ghi"),
    ]


def test_only_rows_in_which_something_was_typed_are_written_in_one_act(clerk, commune, cells):
    form = grid(clerk, commune)
    send(grid(clerk, commune, typed_into(form, {(A, "held_on"): "3/3/2026", (A, "present"): "8"})))
    assert held() == [("a", 3, 9, 8)]
    assert Meeting.objects.get().kind == MeetingKind.REGULAR
    assert Entry.objects.filter(user=clerk).count() == 1


def test_another_meeting_of_the_month_has_a_row_of_its_own_and_each_is_put_right(clerk, commune, cells):
    meetings.hold_meeting(unit=cells[0], day=date(2026, 3, 3), kind="regular", expected=9, present=8)
    other = meetings.hold_meeting(unit=cells[0], day=date(2026, 3, 2), kind="thematic", expected=9, present=7)
    form = grid(clerk, commune)
    assert [(row.name, row.key) for row in form.rows] == [
        (A, f"b{other.pk}"),
        (A, str(cells[0].pk)),
        (B, str(cells[1].pk)),
    ]
    name = form.rows[1].cell("present")
    send(grid(clerk, commune, typed_into(form, {}, **{name: "9"})))
    assert held() == [("a", 2, 9, 7), ("a", 3, 9, 9)]


def test_what_is_wrong_is_said_at_all_cells_and_nothing_is_half_written(clerk, commune, cells):
    form = grid(clerk, commune)
    typed = {(A, "held_on"): "3/3/2026", (A, "present"): "8", (B, "held_on"): "30/2/2026", (B, "kind"): "hằng ngày"}
    sent = grid(clerk, commune, typed_into(form, typed))
    assert told(sent).keys() == {(B, "held_on"), (B, "kind"), (B, "present")}
    assert sent[cell_named(sent, A, "present")].value() == "8"
    typed |= {(B, "held_on"): "3/3/2026", (B, "kind"): "thường kỳ", (B, "present"): "10"}
    sent = grid(clerk, commune, typed_into(form, typed))
    assert sent.is_valid()
    with pytest.raises(ValidationError) as refused:
        submit(sent, lambda written: "/")
    assert refused.value.message_dict.keys() == {cell_named(form, B, "present")}
    assert held() == []


def test_a_meeting_of_another_month_is_refused(clerk, commune, cells):
    form = grid(clerk, commune)
    sent = grid(clerk, commune, typed_into(form, {(A, "held_on"): "28/2/2026", (A, "present"): "8"}))
    assert sent.is_valid()
    with pytest.raises(ValidationError, match="không thuộc tháng 03/2026"):
        submit(sent, lambda written: "/")


def test_a_meeting_that_another_has_written_meanwhile_is_a_conflict(clerk, secretary_a, commune, cells):
    data = typed_into(grid(clerk, commune), {(A, "held_on"): "3/3/2026", (A, "present"): "8"})
    meetings.hold_meeting(unit=cells[0], day=date(2026, 3, 3), kind="regular", expected=9, present=7)
    form = grid(clerk, commune, data)
    assert form.is_valid()
    with pytest.raises(EditConflict):
        submit(form, lambda written: "/")
    form.show_conflict()
    assert form.conflict == ((f"{A}: Có mặt", "–", "7", "8"),)
    send(grid(clerk, commune, typed_into(form, {})))
    assert held() == [("a", 3, 9, 8)]


def test_what_another_wrote_in_other_cells_stays(clerk, commune, cells):
    meeting = meetings.hold_meeting(unit=cells[0], day=date(2026, 3, 3), kind="regular", expected=9, present=7)
    data = typed_into(grid(clerk, commune), {(A, "present"): "8"})
    correct(row=meeting, guests=2)
    send(grid(clerk, commune, data))
    assert Meeting.objects.values_list("present", "guests").get() == (8, 2)


def test_a_secretary_has_the_own_cell_only_and_a_foreign_row_is_refused(secretary_a, cells):
    form = grid(secretary_a, cells[0])
    assert [row.name for row in form.rows] == [A]
    foreign = {f"held_on-{cells[1].pk}": "3/3/2026", f"present-{cells[1].pk}": "1"}
    sent = grid(secretary_a, cells[0], typed_into(form, {(A, "held_on"): "3/3/2026", (A, "present"): "8"}, **foreign))
    assert "không còn ghi được" in told(sent)["__all__"]
    assert held() == []


def test_a_meeting_of_a_cell_that_leaves_the_sender_is_asked_about_again(secretary_a, clerk, cells, monkeypatch):
    form = grid(secretary_a, cells[0])
    sent = grid(secretary_a, cells[0], typed_into(form, {(A, "held_on"): "3/3/2026", (A, "present"): "8"}))
    assert sent.is_valid()
    secretary_a.roles.all().delete()
    with pytest.raises(ValidationError):
        submit(sent, lambda written: "/")
    assert held() == []


@pytest.mark.parametrize("address", ["", "?don_vi=a&thang=02/2026", "?don_vi=xa", "?don_vi=b", "?don_vi=khong"])
def test_the_page_is_known_to_those_who_edit(client, clerk, secretary_a, leader, cells, address):
    mine = address in ("", "?don_vi=a&thang=02/2026")
    for person, status in (
        (clerk, 404 if "khong" in address else 200),
        (secretary_a, 200 if mine else 404),
        (leader, 404),
    ):
        client.force_login(person)
        assert client.get(reverse("meetings-month") + address).status_code == status


def test_the_list_of_meetings_leads_to_the_grid(client, clerk, leader, commune):
    address = f"{reverse('meetings-month')}?don_vi=xa"
    for person, offered in ((clerk, True), (leader, False)):
        client.force_login(person)
        assert (address in client.get(reverse("records", args=["sinh-hoat"])).content.decode()) is offered


@pytest.mark.parametrize(
    ("asked", "month"), [("02/2026", date(2026, 2, 1)), ("13/2026", MARCH), ("04/2026", MARCH), ("x", MARCH)]
)
def test_months_are_read_from_the_address(client, clerk, commune, asked, month):
    client.force_login(clerk)
    assert client.get(reverse("meetings-month"), {"thang": asked}).context["month"] == month


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(client, clerk, commune, django_assert_num_queries, number):
    for index in range(number):
        make_member(make_unit(f"n{index}", commune))
    client.force_login(clerk)
    with django_assert_num_queries(9):
        page = client.get(reverse("meetings-month"))
    assert len(page.context["form"].rows) == number


def test_sent_twice_is_written_once(client, clerk, commune, cells):
    client.force_login(clerk)
    page = client.get(reverse("meetings-month"))
    data = typed_into(page.context["form"], {(A, "held_on"): "3/3/2026", (A, "present"): "8"})
    for _ in range(2):
        assert client.post(reverse("meetings-month"), data).status_code == 302
    assert held() == [("a", 3, 9, 8)]


def test_a_cell_that_moves_away_takes_its_row_along(clerk, commune, cells):
    data = typed_into(grid(clerk, commune), {(A, "held_on"): "3/3/2026", (A, "present"): "8"})
    for stay in cells[0].spells.all():
        membership.transfer(member=stay.member, to=cells[1], day=date(2026, 3, 2))
    cells[0].periods.update(ended_on=date(2026, 3, 2))
    cells[0].ended_on = date(2026, 3, 2)
    cells[0].save()
    assert "không còn ghi được" in told(grid(clerk, commune, data))["__all__"]
