from datetime import date, timedelta

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.validity import OPEN
from members.choices import EndReason, Post
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from organizations.choices import EventKind, Kind
from organizations.models import Unit
from tests.factories import START, clerk_of, make_member, make_root, make_unit
from tests.ground import layer
from tests.proofs import again, records

from .sending import preview, text, write

DAY = date(2026, 1, 15)


@layer
def lan(cell_a):
    """A member and secretary of A."""
    member = make_member(cell_a, "Vàng Thị Lan")
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=START)
    return member


@layer
def minh(cell_a):
    """A member of A."""
    return make_member(cell_a, "Lò Văn Minh")


@pytest.fixture
def office(client, clerk, cell_b, lan, minh):
    """The client of the clerk, in a commune where A has two members and B none."""
    client.force_login(clerk)
    return client


def cell_of(member):
    """Return the code of the cell where the member is now, and since when."""
    spell = member.spells.get(ended_on=OPEN)
    return spell.unit.code, spell.started_on


def test_a_merger_is_shown_and_then_written(office, cell_a, cell_b, lan, minh):
    before = records()
    page = preview(office, "b", "sap-nhap", merged=["a"], decision_number="12-QĐ/ĐU")
    assert records() == before
    assert page.context["moves"] == [("Chi bộ b", ["Vàng Thị Lan", "Lò Văn Minh"])]
    assert page.context["posts"] == [("Bí thư", "Vàng Thị Lan")]
    response = write(office, "b", "sap-nhap", merged=["a"], decision_number="12-QĐ/ĐU")
    assert response.url == reverse("unit", args=["b"])
    assert cell_of(lan) == cell_of(minh) == ("b", DAY)
    assert again(cell_a).ended_on == DAY
    event = cell_a.events.get(kind=EventKind.MERGED)
    assert (event.other_unit, event.decision_number) == (cell_b, "12-QĐ/ĐU")


def test_a_wizard_sent_twice_is_written_once_and_in_the_name_of_its_sender(office, clerk, cell_b, lan):
    token = {"token": "6f1f7cf6-0a2c-4a3f-9d7e-51b9a7a6e0aa"}
    first, second = (write(office, "b", "sap-nhap", merged=["a"], **token) for _ in range(2))
    assert first.url == second.url
    assert lan.spells.count() == 2
    entries = Entry.objects.filter(table="members_spell", user=clerk)
    assert len(set(entries.values_list("act", flat=True))) == 1
    assert entries.first().reason == "Sáp nhập chi bộ khác vào đây"


def test_a_dissolution_sent_twice_leads_to_the_cell_that_is_no_more(office, lan, minh):
    token = {"token": "6f1f7cf6-0a2c-4a3f-9d7e-51b9a7a6e0aa"}
    first, second = (write(office, "a", "giai-the", to="b", **token) for _ in range(2))
    assert first.url == second.url == reverse("unit", args=["a"])
    assert write(office, "a", "giai-the", to="b").status_code == 404


def test_a_split_takes_the_ticked_members_along(office, cell_a, lan, minh):
    given = {"name": "Chi bộ bản Tây", "members": [lan.pk]}
    before = records()
    page = preview(office, "a", "tach", **given)
    assert records() == before
    assert page.context["moves"] == [("Chi bộ bản Tây", ["Vàng Thị Lan"])]
    assert page.context["posts"] == [("Bí thư", "Vàng Thị Lan")]
    assert write(office, "a", "tach", **given).url == reverse("unit", args=["chi-bo-ban-tay"])
    assert cell_of(lan) == ("chi-bo-ban-tay", DAY)
    assert cell_of(minh) == ("a", START)


def test_a_split_needs_somebody_to_go(office):
    page = preview(office, "a", "tach", name="Mới")
    assert "Đánh dấu ít nhất một đảng viên" in str(page.context["form"].errors["members"])


def test_a_split_offers_nobody_of_another_cell(office, cell_b):
    hoa = make_member(cell_b, "Hoà")
    page = preview(office, "a", "tach", name="Mới", members=[hoa.pk])
    assert "members" in page.context["form"].errors


def test_members_of_a_dissolved_cell_go_to_the_common_place_or_to_their_own(office, commune, cell_a, lan, minh):
    make_unit("c", commune)
    given = {"to": "b", f"noi_{minh.pk}": "c"}
    before = records()
    page = preview(office, "a", "giai-the", **given)
    assert records() == before
    assert dict(page.context["moves"]) == {"Chi bộ b": ["Vàng Thị Lan"], "Chi bộ c": ["Lò Văn Minh"]}
    assert write(office, "a", "giai-the", **given).url == reverse("unit", args=["a"])
    assert (cell_of(lan), cell_of(minh)) == (("b", DAY), ("c", DAY))
    assert lan.spells.get(unit=cell_a).end_reason == EndReason.UNIT_DISSOLVED
    assert again(cell_a).ended_on == DAY


def test_the_preview_sends_the_same_places_along(office, lan, minh):
    page = text(preview(office, "a", "giai-the", to="b"))
    assert 'type="hidden" name="to" value="b"' in page
    assert f'name="noi_{minh.pk}"' in page


def test_nobody_of_a_dissolved_cell_is_left_behind(office, lan, minh):
    before = records()
    page = write(office, "a", "giai-the", **{f"noi_{lan.pk}": "b"})
    assert "Còn 1 đảng viên chưa có nơi chuyển đến" in str(page.context["form"].errors["to"])
    assert records() == before


def test_an_empty_cell_is_dissolved_without_a_place_to_go_to(office, cell_b):
    write(office, "b", "giai-the")
    assert again(cell_b).ended_on == DAY


def test_only_cells_of_the_same_commune_are_offered(client, db):
    province = make_root("tinh", kind=Kind.PROVINCE)
    here, there = (make_root(code, parent=province) for code in ("x1", "x2"))
    for code, parent in (("a1", here), ("a2", here), ("b1", there)):
        make_unit(code, parent)
    org = make_unit("org", here, kind=Kind.PARTY_ORGANIZATION)
    make_unit("o1", org)
    client.force_login(clerk_of(province))
    fields = {"sap-nhap": "merged", "giai-the": "to"}
    for action, field in fields.items():
        form = client.get(reverse("unit-form", args=["a1", action])).context["form"]
        assert {code for code, _ in form.fields[field].choices} - {""} == {"a2", "o1"}


@pytest.mark.parametrize(
    ("code", "action", "data", "sentence"),
    [
        ("b", "sap-nhap", {"merged": ["a"], "day": START}, "chọn ngày muộn hơn"),
        ("b", "sap-nhap", {"merged": []}, "Đánh dấu ít nhất một chi bộ"),
        ("b", "sap-nhap", {"merged": ["b"]}, "không có"),
        ("a", "giai-the", {"to": "b", "day": START}, "chọn ngày muộn hơn"),
        ("a", "giai-the", {"to": "b", "day": ""}, "Chưa ghi mục này"),
        ("org", "giai-the-dang-bo", {}, "chuyển hoặc kết thúc tổ chức đó trước"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(office, commune, code, action, data, sentence):
    make_unit("nested", make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION))
    before = records()
    page = write(office, code, action, **{"day": DAY} | data)
    assert page.status_code == 200
    assert sentence in text(page)
    assert records() == before


def test_a_party_organization_is_dissolved_and_its_cells_go_on_elsewhere(office, commune, lan):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    nested = make_unit("nested", org)
    hoa = make_member(nested, "Hoà")
    post = positions.appoint(unit=org, post=Post.SECRETARY, member=lan, day=START)
    assert write(office, "org", "giai-the-dang-bo", to="xa").url == reverse("unit", args=["org"])
    assert again(org).ended_on == again(post).ended_on == DAY
    assert nested.periods.get(ended_on=OPEN).parent == commune
    assert nested.events.filter(kind=EventKind.MOVED, day=DAY).exists()
    assert cell_of(hoa) == ("nested", START)


def test_a_party_organization_whose_cells_have_left_is_dissolved_as_it_is(office, commune):
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    nested = make_unit("nested", org)
    restructuring.dissolve(cell=nested, day=DAY - timedelta(days=10))
    write(office, "org", "giai-the-dang-bo")
    assert again(org).ended_on == DAY


WIZARDS = {
    "sap-nhap": ("b", {"merged": ["a"]}),
    "tach": ("a", {"name": "Mới"}),
    "giai-the": ("a", {"to": "b"}),
    "giai-the-dang-bo": ("org", {}),
}


@pytest.mark.parametrize("person", ["secretary_a", "leader", "administrator", "stranger", "foreign"])
@pytest.mark.parametrize("action", WIZARDS)
def test_only_who_decides_here_opens_or_sends_a_wizard(office, request, commune, lan, action, person):
    make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    office.force_login(
        clerk_of(make_root("khac"), "foreign") if person == "foreign" else request.getfixturevalue(person)
    )
    code, data = WIZARDS[action]
    before = records()
    assert office.get(reverse("unit-form", args=[code, action])).status_code == 404
    assert write(office, code, action, **data).status_code == 404
    assert records() == before


def test_a_foreign_cell_is_no_choice(office, cell_a, lan):
    make_unit("k1", make_root("khac"))
    for action, data in {"sap-nhap": {"merged": ["k1"]}, "giai-the": {"to": "k1"}}.items():
        page = write(office, "a", action, **data)
        assert page.context["form"].errors
    assert Unit.objects.get(code="k1").is_open


def test_a_cell_that_is_no_more_has_no_wizards(office, cell_a, cell_b):
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    before = records()
    for action, data in {"doi-ten": {"name": "Mới"}, "tach": {"name": "Mới"}, "giai-the": {"to": "b"}}.items():
        assert office.get(reverse("unit-form", args=["a", action])).status_code == 404
        assert write(office, "a", action, **data).status_code == 404
    assert records() == before
