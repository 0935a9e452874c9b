"""Every record type for everybody: who lists, opens, adds, corrects and removes its records, and how much that asks."""

import uuid
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.records.types import RECORD_TYPES, About
from members.membership import actions as membership
from organizations.choices import EventKind
from organizations.rights import Right
from organizations.units import actions as units
from tests.factories import make_member, make_unit
from tests.ground import layer
from tests.record_types import CORRECTIONS, DAY, FORM_DATA, RECORDS, filled, missing, record_of

ASKED = {"ngay": "01/03/2026", "tu": "01/01/2025", "nam": "2025"}
PEOPLE = ("clerk", "secretary_a", "secretary_b", "leader", "administrator", "stranger")
SEES = {"a": ("clerk", "secretary_a", "leader"), "b": ("clerk", "secretary_b", "leader")}
CHANGES_A = {Right.EDIT: ("clerk", "secretary_a"), Right.DECIDE: ("clerk",)}
ADDS = {Right.EDIT: ("clerk", "secretary_a", "secretary_b"), Right.DECIDE: ("clerk",)}
ABOUT_NOBODY = [code for code, record_type in RECORD_TYPES.items() if record_type.about == About.ALL]
"""Record types that hold for every unit; some of their records are there from the start."""
OF_KEEPERS = ("can-cu-dong-dang-phi",)
"""Record types that only those read who may change them."""
NOTHING_BESIDE_THE_ROWS = (
    "su-kien",
    "van-ban",
    "thong-tin",
    "ky-luat-to-chuc",
    "xep-loai-to-chuc",
    "bon-tot",
    "khuyet-chuc-vu",
    "khong-phat-sinh",
    *ABOUT_NOBODY,
)
"""Record types whose list has no sums and names nobody, so that nothing is noted."""
ABOUT_BOTH = ("bao-thay-doi", "sinh-hoat-dang", "ket-nap", "chuc-vu", "kiem-tra")
"""Record types whose records name a member and a unit: on the page and in its history."""
every_record_type = pytest.mark.parametrize("code", RECORD_TYPES)
of_members = pytest.mark.parametrize("code", [code for code, typed in FORM_DATA.items() if "member" in typed])


@layer
def lan(cell_a):
    """Someone in A who has been an official member for long."""
    return make_member(cell_a, "Lan", joined_on="1990-01-05", decided_on="1990-01-02")


@pytest.fixture
def record(cell_a, lan):
    """Return a record of a record type about A or about Lan."""
    return lambda code: record_of(code, cell_a, lan)


@pytest.fixture
def enter(client, request):
    """Sign someone of the cast in and return the browser."""

    def enter(person):
        client.force_login(request.getfixturevalue(person))
        return client

    return enter


def status(client, name, *arguments, **asked):
    """Return what an address answers, once it has been read to its end."""
    response = client.get(reverse(name, args=arguments), asked)
    response.getvalue()
    return response.status_code


def text(client, name, *arguments, **asked):
    """Return the page at an address."""
    return client.get(reverse(name, args=arguments), asked).content.decode()


def test_every_record_type_has_a_record_and_what_is_typed():
    assert missing(RECORDS, lambda record_type: True) == set()
    assert missing(FORM_DATA, lambda record_type: record_type.add_form) == set()
    assert missing(CORRECTIONS, lambda record_type: record_type.correct_form) == set()


@every_record_type
def test_a_list_and_its_file_open_for_those_who_read_the_unit(enter, record, cell_a, cell_b, code):
    record(code)
    for person, unit in product(PEOPLE, (cell_a, cell_b)):
        client, asked = enter(person), ASKED | {"don_vi": unit.code}
        expected = 200 if person in SEES[unit.code] else 403 if person in ("administrator", "stranger") else 404
        assert status(client, "records", code, **asked) == expected, person
        assert status(client, "record-file", code, "csv", **asked) == expected, person


@every_record_type
def test_a_record_opens_for_those_who_read_it(enter, record, cell_b, code):
    row = record(code)
    readers = {*SEES["a"], *(SEES["b"] if code in ABOUT_NOBODY else ())}
    readers -= {"leader"} if code in OF_KEEPERS else set()
    for person in PEOPLE:
        assert status(enter(person), "record", code, row.pk) == (200 if person in readers else 404), person


@every_record_type
def test_a_record_is_changed_by_those_who_hold_the_right_over_it(enter, record, cell_b, code):
    record_type, row = RECORD_TYPES[code], record(code)
    forms = {"sua": record_type.correct_form, "xoa": record_type.delete_form, "khong-co": None} | record_type.actions
    for person, (action, form) in product(PEOPLE, forms.items()):
        client, address = enter(person), f"/so/{code}/{row.pk}/{action}/"
        expected = 200 if form and person in CHANGES_A[record_type.right] else 404
        assert client.get(address).status_code == expected, (person, action)
        assert client.post(address).status_code == expected, (person, action)
    assert type(row).objects.filter(pk=row.pk).exists()


@every_record_type
def test_records_are_added_by_those_who_hold_the_right_somewhere(enter, lan, cell_b, code):
    record_type = RECORD_TYPES[code]
    before = record_type.model.objects.count()
    for person in PEOPLE:
        client, expected = enter(person), 200 if record_type.add_form and person in ADDS[record_type.right] else 404
        assert status(client, "record-add", code) == expected, person
        typed = {} if expected == 200 else FORM_DATA.get(code, {}) | {"member": lan.pk, "token": uuid.uuid4()}
        assert client.post(reverse("record-add", args=[code]), typed).status_code == expected, person
    assert record_type.model.objects.count() == before


@of_members
def test_nothing_is_added_about_a_foreign_member(enter, lan, cell_b, code):
    clients = {"secretary_b": [str(lan.pk)], "clerk": ["x", "9" * 30, "0"]}
    typed = FORM_DATA[code] | {"member": lan.pk, "token": uuid.uuid4()}
    for person, keys in clients.items():
        client = enter(person)
        for key in keys:
            assert status(client, "record-add", code, dang_vien=key) == 404
            assert client.post(f"/so/{code}/them/?dang_vien={key}", typed).status_code == 404
    assert not RECORD_TYPES[code].model.objects.exists()


@of_members
def test_a_secretary_chooses_among_the_own_members_only(enter, lan, cell_b, code):
    make_member(cell_b, "Hoa")
    record_type = RECORD_TYPES[code]
    person = "secretary_b" if record_type.right == Right.EDIT else "clerk"
    client = enter(person)
    for unit in ("", "a", "b"):
        offered = client.get(f"/so/{code}/them/", {"don_vi": unit}).context["form"].fields["member"].people.values()
        names = {"secretary_b": {"": {"Hoa"}, "a": set(), "b": {"Hoa"}}, "clerk": {"": {"Lan", "Hoa"}, "a": {"Lan"}}}
        assert {str(member) for member in offered} == names[person].get(unit, {"Hoa"})


@every_record_type
def test_the_page_of_a_record_offers_changes_to_those_who_may_make_them(enter, record, code):
    record_type, row = RECORD_TYPES[code], record(code)
    offered = [name for name, form in record_type.actions.items() if form.is_available_for(row)]
    offered += ["sua"] * bool(record_type.correct_form) + ["xoa"] * bool(record_type.delete_form)
    for person in SEES["a"]:
        page = text(enter(person), "record", code, row.pk)
        for name in offered:
            assert (f"/so/{code}/{row.pk}/{name}/" in page) == (person in CHANGES_A[record_type.right])


@every_record_type
def test_what_lies_in_the_moment_is_listed_and_exported_alike(enter, record, cell_b, code):
    row, client = record(code), enter("clerk")
    number = RECORD_TYPES[code].model.objects.count() if code in ABOUT_NOBODY else 1
    for unit, listed in (("a", True), ("b", code in ABOUT_NOBODY or (code == "su-kien" and None))):
        asked = ASKED | {"don_vi": unit}
        page = text(client, "records", code, **asked)
        rows = client.get(reverse("record-file", args=[code, "csv"]), asked).getvalue().decode()
        if listed is not None:
            assert (f"/so/{code}/{row.pk}/" in page) == listed
            assert f"Số dòng: {int(listed) * number}" in rows


@every_record_type
def test_opening_records_of_people_and_every_export_is_noted(enter, record, clerk, code):
    row, client = record(code), enter("clerk")
    status(client, "record", code, row.pk)
    status(client, "records", code, don_vi="a", **ASKED)
    status(client, "record-file", code, "xlsx", don_vi="a", **ASKED)
    noted = Access.objects.order_by("pk").values_list("user", "kind", "rows")
    kinds = [AccessKind.OPENED, AccessKind.OPENED] * hasattr(row, "member_id") + [AccessKind.EXPORTED]
    number = RECORD_TYPES[code].model.objects.count() if code in ABOUT_NOBODY else 1
    assert list(noted) == [(clerk.pk, kind, number) for kind in kinds]


@every_record_type
def test_a_list_and_a_record_ask_little_however_many_there_are(enter, record, commune, cell_a, code):
    row, client = record(code), enter("clerk")
    addresses = [reverse("records", args=[code]), reverse("record", args=[code, row.pk])]
    counts = [asks(client, address) for address in addresses]
    for index in range(29):
        if RECORD_TYPES[code].about == About.MEMBER:
            unit, person = cell_a, make_member(cell_a, decided_on="1990-01-02")
        else:
            unit = make_unit(f"n{index}", commune)
            person = make_member(unit)
        record_of(code, unit, person)
    assert [asks(client, address) for address in addresses] == counts
    one = 5 if code in ABOUT_NOBODY else 8 if code in ABOUT_BOTH else 7
    listed = 6 if code in NOTHING_BESIDE_THE_ROWS else 7
    shows_cards = RECORD_TYPES[code].is_personal and code not in ("chuc-vu", "bao-thay-doi")
    may_lead_on = code == "bao-thay-doi"  # to whoever decides what the office does, to others taking back
    assert counts == [listed + shows_cards, one + 2 * may_lead_on]


def asks(client, address):
    """Return how many statements a page asks."""
    client.get(address, ASKED)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, ASKED).status_code == 200
    return len(queries)


@pytest.mark.parametrize("code", [code for code in FORM_DATA if code not in ABOUT_NOBODY])
def test_a_record_is_added_put_right_and_removed(enter, lan, code):
    record_type, client = RECORD_TYPES[code], enter("clerk")
    typed = FORM_DATA[code] | ({"member": lan.pk} if "member" in FORM_DATA[code] else {})
    added = client.post(f"/so/{code}/them/", filled(client, f"/so/{code}/them/") | typed)
    assert added.status_code == 302, added.context["form"].errors
    row = record_type.model.objects.get()
    address = f"/so/{code}/{row.pk}/"
    assert added.url == ("/so/khong-phat-sinh/" if code == "khong-phat-sinh" else address)  # one form, many registers
    corrected = client.post(f"{address}sua/", filled(client, f"{address}sua/") | CORRECTIONS[code])
    assert corrected.status_code == 302, corrected.context["form"].errors
    now = record_type.model.objects.get()
    assert {name: str(getattr(now, name)) for name in CORRECTIONS[code]} == CORRECTIONS[code]
    assert client.get(address).status_code == 200
    refused = client.post(f"{address}xoa/", filled(client, f"{address}xoa/"))
    assert refused.status_code == 200, "a removal needs a reason"
    removed = client.post(f"{address}xoa/", filled(client, f"{address}xoa/") | {"reason": "Ghi nhầm"})
    assert removed.status_code == 302
    assert not record_type.model.objects.exists()
    entries = Entry.objects.filter(table=record_type.model._meta.db_table).order_by("pk")
    assert [entry.action for entry in entries] == ["created", "changed", "deleted"]
    assert {entry.user.username for entry in entries} == {"clerk"}
    assert entries.last().reason == "Ghi nhầm"


@every_record_type
def test_every_correction_can_be_sent_as_it_is_shown(enter, record, code):
    record_type, row, client = RECORD_TYPES[code], record(code), enter("clerk")
    if record_type.correct_form:
        address = f"/so/{code}/{row.pk}/sua/"
        before = record_type.model.objects.filter(pk=row.pk).values().get()
        answer = client.post(address, filled(client, address) | CORRECTIONS[code])
        assert answer.status_code == 302, answer.context["form"].errors
        after = record_type.model.objects.filter(pk=row.pk).values().get()
        assert {name for name in before if before[name] != after[name]} == set(CORRECTIONS[code])


def test_the_record_types_are_told_with_what_may_be_done(enter, cell_a):
    pages = {person: text(enter(person), "registers") for person in ("clerk", "secretary_a", "leader")}
    for code, record_type in RECORD_TYPES.items():
        for person, page in pages.items():
            may_add = record_type.add_form and person in ADDS[record_type.right]
            assert f'href="/so/{code}/"' in page
            assert record_type.description in page
            assert (f"/so/{code}/them/" in page) == bool(may_add)
    assert status(enter("administrator"), "registers") == 403


def test_a_fact_about_several_members_is_one_act(enter, lan, cell_a):
    minh, client = make_member(cell_a, "Minh"), enter("clerk")
    address = f"/so/dao-tao/them/?dang_vien={lan.pk}&dang_vien={minh.pk}"
    page = client.get(address).content.decode()
    assert "<strong>2</strong> đảng viên: <strong>Lan</strong>" in page
    answer = client.post(address, filled(client, address) | FORM_DATA["dao-tao"])
    assert answer.url == "/so/dao-tao/"
    entries = Entry.objects.filter(table="members_training")
    assert [entry.after["member_id"] for entry in entries.order_by("pk")] == [lan.pk, minh.pk]
    assert len({entry.act for entry in entries}) == 1


def test_among_many_people_one_is_searched_by_name_or_number(enter, lan, cell_a, monkeypatch):
    client, address = enter("clerk"), "/so/dao-tao/them/"
    assert client.get(address).context["form"].fields["member"].people
    monkeypatch.setattr("binhlu_portal.search_boxes.MOST_LISTED", 2)
    monkeypatch.setattr("members.forms.MOST_LISTED", 2)
    for number in range(3):
        make_member(cell_a, "Giàng Thị Mẫu", card_number=f"9000000{number}")
    page = client.get(address)
    assert page.context["form"].fields["member"].is_searched and 'type="search"' in page.content.decode()

    def said(typed):
        answer = client.post(address, filled(client, address) | FORM_DATA["dao-tao"] | {"member": typed})
        return answer.context["form"].errors.get("member") if answer.context else answer.url

    assert "Quá nhiều" in said("giang thi")[0]
    assert "Không thấy" in said("khong co ai")[0]
    assert said("90000001").startswith("/so/dao-tao/")
    assert said(f"Lan [{lan.pk}]").startswith("/so/dao-tao/")


def test_a_member_who_has_left_is_not_offered(enter, lan, cell_a):
    membership.transfer_out(member=lan, day=DAY)
    form = enter("clerk").get("/so/dao-tao/them/").context["form"]
    assert form.fields["member"].people == {}


def test_a_case_is_about_a_member_of_the_unit(enter, lan, cell_b):
    client, address = enter("clerk"), "/so/kiem-tra/them/"
    typed = FORM_DATA["kiem-tra"] | {"member": lan.pk}
    refused = client.post(address, filled(client, address) | typed | {"unit": "b"})
    sentence = "Lan không sinh hoạt ở tổ chức đảng này vào ngày 15/01/2026."
    assert refused.context["form"].errors["member"] == [sentence]
    assert client.post(address, filled(client, address) | typed | {"unit": "xa"}).status_code == 302


def test_dissolution_is_listed_where_the_unit_stood_the_day_before(enter, commune, cell_a, cell_b):
    units.close(unit=cell_b, day=DAY, kind=EventKind.DISSOLVED)
    page = text(enter("clerk"), "records", "su-kien", **ASKED)
    assert page.count("Chi bộ b") == 2
    assert "Giải thể" in page


def test_a_record_is_named_by_people_and_units_not_by_codes(enter, lan, cell_a):
    units.rename(unit=cell_a, name="Chi bộ Mới", day=DAY)
    row = record_of("chuc-vu", cell_a, lan)
    page = text(enter("clerk"), "record", "chuc-vu", row.pk)
    assert '<a href="/to-chuc/a/">Chi bộ Mới</a>' in page
    assert f'<a href="/dang-vien/{lan.pk}/">Lan</a>' in page


def test_unknown_record_types_are_unknown(enter, cell_a):
    client = enter("clerk")
    for address in ("/so/khong-co/", "/so/khong-co/them/", "/so/khong-co/1/", "/so/sinh-hoat/999999/"):
        assert client.get(address).status_code == 404
