"""The page of a person and the forms about one: who opens them, what they say, what they write."""

from datetime import date

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.urls import reverse

from binhlu_portal.audit.models import Access, Entry
from binhlu_portal.db.rules_aside import rules_aside
from members.admissions import actions as admissions
from members.choices import EndReason, StartReason
from members.directory.views.member import CARD, CORRECTIONS, MOVES
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Member, Spell
from tests.factories import START, admit, make_member, make_person, make_root, make_unit
from tests.ground import layer

DAY = date(2025, 9, 1)


@layer
def lan(cell_a):
    """A member of cell A whose card lacks much."""
    return make_member(cell_a, "Lò Thị Lan", phone="0911000111")


@pytest.fixture
def enter(client, request):
    """Sign somebody in and return the client."""

    def enter(person):
        client.force_login(request.getfixturevalue(person))
        return client

    return enter


def page(client, member):
    """Return the response of the page of a person."""
    return client.get(reverse("member", args=[member.pk]))


def form_of(client, member, action):
    """Return what a form about a person is filled with when it opens."""
    form = client.get(reverse("member-form", args=[member.pk, action])).context["form"]
    return {field.html_name: value for field in form if (value := field.value()) is not None}


def send(client, member, action, **typed):
    """Open a form about a person, type and send it."""
    filled = form_of(client, member, action) | typed
    return client.post(reverse("member-form", args=[member.pk, action]), filled)


def test_the_page_tells_where_a_person_is_what_is_missing_and_all_facts(enter, lan, cell_b):
    member_records.set_levels(member=lan, day=START, education="primary")
    member_records.train(member=lan, program="digital", course="Lớp mẫu", level="commune", began_on=DAY)
    membership.transfer(member=lan, to=cell_b, day=DAY)
    response = page(enter("clerk"), lan)
    text = response.content.decode()
    assert "Sinh hoạt ở <strong>Chi bộ b</strong> từ 01/09/2025" in text
    assert "Lớp mẫu" in text and "Tiểu học" in text
    assert [stay.cell for stay in response.context["stays"]] == ["Chi bộ b", "Chi bộ a"]
    missed = {label for _, _, values, *_ in response.context["card"] for _, label, _, missed in values if missed}
    assert missed == {
        "số định danh cá nhân",
        "quê quán",
        "nơi thường trú",
        "ngày ký quyết định kết nạp",
        "số thẻ đảng viên",
    }
    assert Access.objects.get().what == "Đảng viên: Lò Thị Lan"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("clerk", 200),
        ("leader", 200),
        ("secretary_a", 200),
        ("secretary_b", 404),
        ("administrator", 404),
        ("stranger", 404),
    ],
)
def test_a_person_is_opened_by_those_who_may_see_the_cell(enter, lan, person, status):
    response = page(enter(person), lan)
    assert response.status_code == status
    assert ("Lò Thị Lan" in response.content.decode()) is (status == 200)


@pytest.mark.parametrize("person", ["clerk", "leader", "secretary_a", "secretary_b", "administrator", "stranger"])
@pytest.mark.parametrize("action", [*CORRECTIONS, *MOVES])
def test_forms_open_to_those_with_their_right_over_the_person(enter, lan, person, action):
    right = (CORRECTIONS | MOVES)[action].right
    opens = person == "clerk" or (person == "secretary_a" and right == "edit")
    client = enter(person)
    assert client.get(reverse("member-form", args=[lan.pk, action])).status_code == (200 if opens else 404)
    assert client.post(reverse("member-form", args=[lan.pk, action])).status_code == (200 if opens else 404)


def test_what_is_offered_is_what_the_reader_may_do(enter, lan):
    def offered(person):
        response = page(enter(person), lan)
        context = response.context
        forms = {name for _, name, _, may_edit, _ in context["card"] if may_edit}
        return (
            forms,
            {name for name, _ in context["moves"]},
            {record_type.code for record_type in context["record_types"]},
        )

    of_card = {name for _, name in CARD}
    corrections, moves, record_types = offered("clerk")
    assert (corrections, moves) == (of_card, {"chuyen-chi-bo", "chuyen-di", "ra-khoi-dang"})
    assert {"dao-tao", "ky-luat"} <= record_types
    corrections, moves, record_types = offered("secretary_a")
    assert (corrections, moves) == (of_card - {"sua-vao-dang"}, set())
    assert {"dao-tao", "ky-luat"} <= record_types and "chuc-vu" not in record_types
    assert offered("leader") == (set(), set(), set())


def test_one_who_moved_on_is_seen_but_not_changed_by_the_old_cell(enter, lan, cell_b):
    membership.transfer(member=lan, to=cell_b, day=DAY)
    response = page(enter("secretary_a"), lan)
    assert response.status_code == 200
    assert [stay.cell for stay in response.context["stays"]] == ["Chi bộ a"]
    assert not any(may_edit for *_, may_edit, _ in response.context["card"])
    assert enter("secretary_a").get(reverse("member-form", args=[lan.pk, "sua-ca-nhan"])).status_code == 404


def test_a_form_that_is_none_is_unknown(enter, lan):
    assert enter("clerk").get(reverse("member-form", args=[lan.pk, "khong-co"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_as_much_for_many_facts_as_for_few(enter, lan, rows, django_assert_num_queries):
    for index in range(rows):
        member_records.train(member=lan, program="digital", course=f"Lớp {index}", level="commune", began_on=DAY)
    client = enter("clerk")
    page(client, lan)
    with django_assert_num_queries(12):
        response = page(client, lan)
    assert response.content.decode().count("tên lớp Lớp ") == rows


def test_a_secretary_puts_right_what_concerns_every_day(enter, lan, secretary_a):
    response = send(
        enter("secretary_a"), lan, "sua-ca-nhan", phone="0922000222", residence="  Bản   Mẫu ", reason="Đổi số"
    )
    assert response.url == reverse("member", args=[lan.pk])
    lan.refresh_from_db()
    assert (lan.phone, lan.residence) == ("0922000222", "Bản Mẫu")
    entry = Entry.objects.filter(table="members_member", row=lan.pk).first()
    assert (entry.user, entry.reason) == (secretary_a, "Sửa thông tin cá nhân: Đổi số")


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(enter, lan):
    response = send(enter("clerk"), lan, "sua-ca-nhan", citizen_id="12", phone="0922000222")
    assert response.context["form"].errors["citizen_id"] == ["Số định danh cá nhân gồm đúng 12 chữ số."]
    lan.refresh_from_db()
    assert lan.phone == "0911000111"


def test_a_change_of_somebody_else_meanwhile_is_shown_before_it_is_overwritten(enter, lan):
    client = enter("clerk")
    typed = form_of(client, lan, "sua-ca-nhan") | {"phone": "0922000222"}
    send(client, lan, "sua-ca-nhan", phone="0933000333")
    address = reverse("member-form", args=[lan.pk, "sua-ca-nhan"])
    response = client.post(address, typed)
    assert "Có người khác vừa sửa hồ sơ này" in response.content.decode()
    lan.refresh_from_db()
    assert lan.phone == "0933000333"


def test_another_part_of_the_card_does_not_stand_in_the_way(enter, lan):
    client = enter("clerk")
    typed = form_of(client, lan, "sua-ca-nhan") | {"phone": "0922000222"}
    send(client, lan, "sua-the", card_number="12345678")
    client.post(reverse("member-form", args=[lan.pk, "sua-ca-nhan"]), typed)
    lan.refresh_from_db()
    assert (lan.phone, lan.card_number) == ("0922000222", "12345678")


DECIDED = {"day": "01/09/2025", "decision_number": "05-QĐ/ĐU", "decision_date": "28/08/2025"}


def test_a_member_moves_to_another_cell(enter, lan, cell_b):
    response = send(enter("clerk"), lan, "chuyen-chi-bo", to="b", **DECIDED)
    assert response.url == reverse("member", args=[lan.pk])
    old, new = lan.spells.order_by("started_on")
    assert (old.ended_on, old.end_reason) == (DAY, EndReason.MOVED_WITHIN)
    assert (new.unit, new.started_on, new.decision_number) == (cell_b, DAY, "05-QĐ/ĐU")


def test_a_member_goes_to_another_committee_and_comes_back(enter, lan, cell_b):
    client = enter("clerk")
    send(client, lan, "chuyen-di", far="on", went_to="Đảng bộ phường Mẫu", **DECIDED)
    [stay] = lan.spells.all()
    assert (stay.end_reason, stay.went_to) == (EndReason.TRANSFERRED_OUT_FAR, "Đảng bộ phường Mẫu")
    assert [name for name, _ in page(client, lan).context["moves"]] == ["chuyen-den"]
    send(client, lan, "chuyen-den", unit="b", came_from="Đảng bộ phường Mẫu", **DECIDED | {"day": "01/01/2026"})
    assert lan.spells.order_by("started_on").last().start_reason == StartReason.TRANSFERRED_IN


def test_membership_ends_and_is_restored(enter, lan):
    client = enter("clerk")
    send(client, lan, "ra-khoi-dang", why="struck_off", **DECIDED)
    assert lan.spells.get().end_reason == EndReason.STRUCK_OFF
    response = page(client, lan)
    assert [name for name, _ in response.context["moves"]] == ["phuc-hoi"]
    assert f"{reverse('admission-new')}?nguoi={lan.pk}" in response.content.decode()
    send(client, lan, "phuc-hoi", unit="a", **DECIDED | {"day": "01/01/2026"})
    assert lan.spells.order_by("started_on").last().start_reason == StartReason.RESTORED


def test_the_page_says_when_somebody_may_come_back_and_offers_the_list_once(enter, lan):
    client = enter("clerk")
    send(client, lan, "ra-khoi-dang", why="struck_off", **DECIDED)
    left = lan.spells.get().ended_on
    assert f"sớm nhất từ ngày {left:%d/%m}/{left.year + 3}" in page(client, lan).content.decode()
    candidate = admissions.list_candidate(member=lan, unit=lan.spells.get().unit, day=left)
    response = page(client, lan)
    assert not response.context["may_list"]
    assert "Đang trong danh sách quần chúng ưu tú" in response.content.decode()
    admissions.drop_candidate(admission=candidate, day=left)
    assert page(client, lan).context["may_list"]


def test_who_left_at_the_own_wish_is_not_offered_the_list(enter, lan):
    client = enter("clerk")
    send(client, lan, "ra-khoi-dang", why="resigned", **DECIDED)
    response = page(client, lan)
    assert not response.context["may_list"]
    assert "không xem xét kết nạp lại" in response.content.decode()


def test_who_was_admitted_again_once_is_told_so(enter, lan):
    client = enter("clerk")
    send(client, lan, "ra-khoi-dang", why="struck_off", **DECIDED)
    lan.spells.update(start_reason=StartReason.READMITTED)
    response = page(client, lan)
    assert not response.context["may_list"]
    assert "Đã được kết nạp lại một lần" in response.content.decode()


def test_from_death_there_is_no_way_back(enter, lan):
    client = enter("clerk")
    send(client, lan, "ra-khoi-dang", why="died", **DECIDED)
    assert page(client, lan).context["moves"] == []
    assert not page(client, lan).context["may_list"]


def test_a_refusal_is_a_sentence_and_writes_nothing(enter, lan):
    response = send(enter("clerk"), lan, "chuyen-chi-bo", to="a", **DECIDED)
    assert "đang sinh hoạt ở chính chi bộ này" in response.content.decode()
    assert Spell.objects.get().is_open


def test_nobody_moves_to_a_foreign_cell(enter, lan):
    make_unit("la", make_root("xa-khac"))
    response = send(enter("clerk"), lan, "chuyen-chi-bo", to="la", **DECIDED)
    assert "to" in response.context["form"].errors
    assert Spell.objects.get().is_open


def test_the_page_of_a_candidate_and_of_one_on_probation_open(enter, cell_a):
    client, mai = enter("clerk"), make_person("Mai")
    admissions.list_candidate(member=mai, unit=cell_a, day=DAY)
    assert "Chưa là đảng viên" in page(client, mai).content.decode()
    text = page(client, admit(cell_a, DAY, "Sơn").member).content.decode()
    assert "<h1>Sơn</h1>" in text
    assert "Sinh hoạt ở <strong>Chi bộ a</strong> từ 01/09/2025" in text


def test_the_page_of_one_who_belongs_nowhere_is_unknown(enter, cell_a):
    response = page(enter("clerk"), make_person("Mai"))
    assert response.status_code == 404
    assert "Mai" not in response.content.decode()


def test_an_exemption_is_written_from_the_page(enter, lan):
    response = page(enter("secretary_a"), lan)
    address = f"{reverse('record-add', args=['mien-sinh-hoat'])}?dang_vien={lan.pk}"
    assert address in response.content.decode()


def test_what_is_wrong_with_a_record_is_told_with_where_to_put_it_right(enter, lan):
    lan.citizen_id, lan.official_on = "123", "2025-03-01"
    with rules_aside(DEFAULT_DB_ALIAS, [Member._meta.db_table]):  # as written before the database had rules of fields
        lan.save()
    text = page(enter("clerk"), lan).content.decode()
    assert f'<a href="/dang-vien/{lan.pk}/sua-ca-nhan/">Số định danh cá nhân không đúng 12 chữ số</a>' in text
    assert f'<a href="/dang-vien/{lan.pk}/sua-vao-dang/">Ngày chính thức không đúng 12 tháng' in text
    text = page(enter("leader"), lan).content.decode()
    assert "Số định danh cá nhân không đúng 12 chữ số" in text
    assert "/sua-ca-nhan/" not in text


def test_someone_who_has_left_is_not_checked(enter, lan):
    membership.end_membership(member=lan, day=DAY, reason=EndReason.DIED)
    assert page(enter("clerk"), lan).context["problems"] == []


def test_one_field_is_put_right_alone_and_a_number_calls(client, secretary_a, cell_a):
    member = make_member(cell_a, "Lò Thị Lan", phone="0912345678", residence="Bản Cũ")
    client.force_login(secretary_a)
    page = client.get(reverse("member", args=[member.pk])).content.decode()
    assert '<a href="tel:0912345678">0912345678</a>' in page
    address = f"{reverse('member-form', args=[member.pk, 'sua-ca-nhan'])}?muc=phone"
    assert f'href="{address}"' in page
    form = client.get(address).context["form"]
    assert [field.name for field in form.visible_fields()] == ["phone", "reason"]
    assert 'type="tel"' in str(form["phone"])
    sent = {
        "token": form["token"].value(),
        "seen": form["seen"].value(),
        "phone": "0987654321",
        "residence": "Bản Khác",
    }
    assert client.post(address, sent).status_code == 302
    member.refresh_from_db()
    assert (member.phone, member.residence) == ("0987654321", "Bản Cũ")
    whole = client.get(f"{reverse('member-form', args=[member.pk, 'sua-ca-nhan'])}?muc=khong-co").context["form"]
    assert "residence" in whole.fields


def test_what_is_not_written_yet_leads_to_a_form_of_itself_alone(client, secretary_a, leader, cell_a):
    member = make_member(cell_a, "Lò Thị Lan")
    client.force_login(secretary_a)
    page = client.get(reverse("member", args=[member.pk]))
    for _, name, _, may_edit, empty in page.context["card"]:
        for field, _ in empty if may_edit else ():
            form = client.get(reverse("member-form", args=[member.pk, name]), {"muc": field}).context["form"]
            assert next(each.name for each in form.visible_fields()) == field
    assert f"{reverse('member-form', args=[member.pk, 'sua-ca-nhan'])}?muc=phone" in page.content.decode()
    client.force_login(leader)
    assert "Mục chưa ghi" not in client.get(reverse("member", args=[member.pk])).content.decode()
