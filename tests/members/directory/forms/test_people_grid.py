from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.db.actions import correct
from binhlu_portal.records.forms.submit import EditConflict, submit
from members.directory.forms.people_grid import PeopleForm
from members.directory.queries import people_of
from members.member_records.actions import set_levels
from members.membership import actions as membership
from members.models import Member
from tests.factories import START, make_member, make_members
from tests.grids import cell_named, send, told, typed_into
from tests.ground import layer

TODAY = date(2026, 3, 1)
PATHS = ("full_name", "born_on", "ethnicity", "card_number", "phone", "joined_on", "state__education", "cell")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@layer
def people(cell_a):
    """Lan and Minh, members of A."""
    return {name: make_member(cell_a, name) for name in ("Lan", "Minh")}


def grid(user, unit, data=None):
    kept = people_of(user).filter(may_edit=True, spells__unit=unit).distinct()
    return PeopleForm(data, user=user, today=TODAY, instance=unit, people=kept, paths=PATHS)


def refused(form):
    """Send a grid that is refused when it is written, and return what is said in which cells."""
    assert form.is_valid(), told(form)
    with pytest.raises(ValidationError) as refusal:
        submit(form, lambda written: "/")
    return refusal.value.message_dict


def test_cells_are_read_by_the_readers_of_the_card_and_written_in_one_act(clerk, cell_a, people):
    typed = {
        ("Lan", "ethnicity"): "H'Mông",
        ("Lan", "phone"): "912 345 678",
        ("Minh", "born_on"): "5/1970",
        ("Minh", "card_number"): "1234567",
    }
    send(grid(clerk, cell_a, typed_into(grid(clerk, cell_a), typed)))
    lan, minh = Member.objects.order_by("pk")
    assert (lan.ethnicity, lan.phone) == ("mong", "0912345678")
    assert (str(minh.born_on), minh.card_number) == ("05/1970", "01234567")
    assert len({entry.act for entry in Entry.objects.filter(user=clerk)}) == 1


def test_levels_are_new_from_a_day_on(clerk, cell_a, people):
    set_levels(member=people["Lan"], day=START, education="literate")
    form = grid(clerk, cell_a)
    label = form.fields[cell_named(form, "Lan", "education")].labels
    other = next(text for value, text in label.items() if value != "literate")
    sent = grid(clerk, cell_a, typed_into(form, {("Lan", "education"): other}))
    assert told(sent).keys() == {"levels_from"}
    send(grid(clerk, cell_a, typed_into(form, {("Lan", "education"): other}, levels_from="01/02/2026")))
    assert people["Lan"].states.count() == 2


def test_what_long_stood_there_wrong_hinders_nobody(clerk, cell_a, people):
    Member.objects.filter(pk=people["Lan"].pk).update(phone="113")
    send(grid(clerk, cell_a, typed_into(grid(clerk, cell_a), {("Lan", "born_on"): "1970"})))
    assert Member.objects.get(pk=people["Lan"].pk).phone == "113"


def test_faults_stand_in_their_cells_and_nothing_is_half_written(clerk, cell_a, people):
    typed = {("Lan", "phone"): "0912345678", ("Minh", "born_on"): "31/2/1970", ("Minh", "joined_on"): "1/1/2027"}
    sent = grid(clerk, cell_a, typed_into(grid(clerk, cell_a), typed))
    assert told(sent).keys() == {("Minh", "born_on"), ("Minh", "joined_on")}
    assert "còn ở phía trước" in told(sent)["Minh", "joined_on"]
    assert sent[cell_named(sent, "Minh", "born_on")].value() == "31/2/1970"
    typed = {("Lan", "phone"): "0912345678", ("Lan", "card_number"): "12345678", ("Minh", "card_number"): "12345678"}
    sent = grid(clerk, cell_a, typed_into(grid(clerk, cell_a), typed))
    assert refused(sent).keys() == {cell_named(sent, "Minh", "card_number")}
    assert set(Member.objects.values_list("phone", flat=True)) == {""}


def test_a_cell_that_another_has_changed_meanwhile_is_a_conflict_and_other_cells_are_none(clerk, cell_a, people):
    data = typed_into(grid(clerk, cell_a), {("Lan", "phone"): "0912345678"})
    correct(row=people["Lan"], born_on="1971")
    correct(row=people["Minh"], phone="0900000000")
    send(grid(clerk, cell_a, data))
    lan = Member.objects.get(pk=people["Lan"].pk)
    assert (str(lan.born_on), lan.phone) == ("1971", "0912345678")
    data = typed_into(grid(clerk, cell_a), {("Lan", "card_number"): "12345678"})
    correct(row=lan, card_number="87654321")
    form = grid(clerk, cell_a, data)
    assert form.is_valid()
    with pytest.raises(EditConflict):
        submit(form, lambda written: "/")
    form.show_conflict()
    assert form.conflict == (("Lan: Số thẻ đảng viên", "–", "87654321", "12345678"),)


def test_numbers_by_which_people_are_known_are_not_kept_by_browsers(clerk, cell_a, people):
    correct(row=people["Lan"], card_number="12345678")
    form = grid(clerk, cell_a)
    assert "12345678" not in form["was"].value()
    assert "data-undrafted" in str(form[cell_named(form, "Lan", "card_number")])
    send(grid(clerk, cell_a, typed_into(form, {("Lan", "card_number"): "87654321"})))
    assert Member.objects.get(pk=people["Lan"].pk).card_number == "87654321"


def test_what_an_account_may_not_decide_is_shown_and_locked(secretary_a, cell_a, people):
    form = grid(secretary_a, cell_a)
    lan, column = people["Lan"].pk, [column.name for column in form.columns].index("joined_on")
    assert f"joined_on-{lan}" not in form.cells
    assert [cells[column][2] for _, cells in form.lines] == ["05/01/2010"] * 2
    sent = grid(secretary_a, cell_a, typed_into(form, {}, **{f"joined_on-{lan}": "05/01/2000"}))
    assert "không còn ghi được" in told(sent)["__all__"]


def test_people_of_others_are_refused_also_when_they_left_meanwhile(secretary_a, cell_a, cell_b, people):
    foreign = make_member(cell_b, "Khác")
    form = grid(secretary_a, cell_a)
    sent = grid(secretary_a, cell_a, typed_into(form, {}, **{f"phone-{foreign.pk}": "0912345678"}))
    assert "không còn ghi được" in told(sent)["__all__"]
    sent = grid(secretary_a, cell_a, typed_into(form, {("Lan", "phone"): "0912345678"}))
    assert sent.is_valid()
    membership.transfer(member=people["Lan"], to=cell_b, day=date(2026, 2, 1))
    with pytest.raises(ValidationError, match="không còn ghi được"):
        submit(sent, lambda written: "/")
    assert set(Member.objects.values_list("phone", flat=True)) == {""}


def test_the_list_leads_to_the_grid_with_its_columns_and_filters(client, secretary_a, leader, people):
    query = "cot=ngay-sinh&cot=dien-thoai&tim=lan"
    address = f"{reverse('members-grid')}?{query}".replace("&", "&amp;")
    for person, offered in ((secretary_a, True), (leader, False)):
        client.force_login(person)
        assert (address in client.get(f"{reverse('members')}?{query}").content.decode()) is offered
        assert client.get(f"{reverse('members-grid')}?{query}").status_code == (200 if offered else 404)
    client.force_login(secretary_a)
    form = client.get(f"{reverse('members-grid')}?{query}").context["form"]
    assert ([row.name for row in form.rows], [column.name for column in form.columns]) == (
        ["Lan"],
        ["born_on", "phone"],
    )
    assert Access.objects.filter(kind=AccessKind.OPENED, rows=1, user=secretary_a).exists()
    assert client.get(f"{reverse('members-grid')}?don_vi=b").status_code == 404


def test_a_number_that_somebody_out_of_sight_bears_is_told_to_the_office(client, secretary_a, cell_b, people):
    make_member(cell_b, "Khác", card_number="12345678")
    client.force_login(secretary_a)
    address = f"{reverse('members-grid')}?cot=so-the"
    page = client.get(address)
    answer = client.post(address, typed_into(page.context["form"], {("Lan", "card_number"): "12345678"}))
    assert "chưa lưu được" in answer.content.decode()
    assert Access.objects.filter(kind=AccessKind.TAKEN).count() == 1


def test_too_many_people_are_asked_to_be_narrowed(client, clerk, cell_a, people, monkeypatch):
    client.force_login(clerk)
    address = f"{reverse('members-grid')}?cot=ngay-sinh&cot=dan-toc"
    for most, shown in ((4, 2), (3, 0)):
        monkeypatch.setattr(PeopleForm, "most_cells", most)
        page = client.get(address)
        assert len(page.context["form"].rows) == shown
        assert ("quá nhiều dòng" in page.content.decode()) is (not shown)


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(client, clerk, cell_a, django_assert_num_queries, number):
    make_members(cell_a, number)
    client.force_login(clerk)
    with django_assert_num_queries(10):
        page = client.get(f"{reverse('members-grid')}?cot=hoc-van&cot=dan-toc")
    assert len(page.context["form"].rows) == number
