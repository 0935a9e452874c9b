from datetime import date

import pytest
from django.urls import reverse

from organizations.choices import EventKind, Kind, Sector
from organizations.models import Unit
from tests.factories import START, clerk_of, make_member, make_root, make_unit
from tests.ground import layer
from tests.members.restructuring.sending import preview, text, write
from tests.proofs import records

DAY = date(2026, 1, 15)
DECISION = {"decision_number": "12-QĐ/ĐU", "decision_date": "14/01/2026"}
NEW = {"name": "Chi bộ bản Mới", "kind": Kind.SUBORDINATE_CELL, "sector": Sector.VILLAGE}


@pytest.fixture
def browser_of_clerk(client, clerk):
    """The client, signed in as the clerk."""
    client.force_login(clerk)
    return client


@layer
def org(commune):
    """A party organization."""
    return make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY)


def last(unit):
    """Return what the unit is now and since when."""
    period = unit.periods.order_by("started_on").last()
    return period.name, period.kind, period.sector, period.parent.code if period.parent else None, period.started_on


@pytest.mark.parametrize(("action", "kind"), [("thanh-lap", EventKind.ESTABLISHED), ("tiep-nhan", EventKind.RECEIVED)])
def test_a_new_unit_stands_beneath_the_one_chosen(browser_of_clerk, org, action, kind):
    response = write(browser_of_clerk, "org", action, **NEW, **DECISION)
    unit = Unit.objects.get(code="chi-bo-ban-moi")
    assert response.url == reverse("unit", args=["chi-bo-ban-moi"])
    assert last(unit) == ("Chi bộ bản Mới", Kind.SUBORDINATE_CELL, Sector.VILLAGE, "org", DAY)
    event = unit.events.get()
    assert (event.kind, event.day, event.decision_number) == (kind, DAY, "12-QĐ/ĐU")


def test_a_code_can_be_chosen_and_is_given_once(browser_of_clerk, commune, cell_a):
    write(browser_of_clerk, "xa", "thanh-lap", **NEW, code="ban-moi")
    assert Unit.objects.filter(code="ban-moi").exists()
    taken = preview(browser_of_clerk, "xa", "thanh-lap", **NEW, code="a")
    assert "code" in taken.context["form"].errors
    wrong = preview(browser_of_clerk, "xa", "thanh-lap", **NEW, code="bản mới")
    assert "không có dấu cách" in str(wrong.context["form"].errors["code"])


def test_only_kinds_that_may_stand_there_are_offered(browser_of_clerk, org):
    page = browser_of_clerk.get(reverse("unit-form", args=["org", "thanh-lap"]))
    offered = {value for value, _ in page.context["form"].fields["kind"].choices}
    assert offered == {"", Kind.DEPARTMENTAL, Kind.SUBORDINATE_CELL}


def test_a_unit_is_renamed_from_a_day_on(browser_of_clerk, cell_a):
    page = browser_of_clerk.get(reverse("unit-form", args=["a", "doi-ten"]))
    assert page.context["form"]["name"].value() == "Chi bộ a"
    write(browser_of_clerk, "a", "doi-ten", name="  Chi bộ   bản Đông ")
    assert last(cell_a)[0] == "Chi bộ bản Đông"
    assert cell_a.periods.get(started_on=START).name == "Chi bộ a"


def test_a_unit_is_moved_with_what_is_beneath_it(browser_of_clerk, cell_a, org):
    write(browser_of_clerk, "a", "chuyen", parent="org")
    assert last(cell_a)[3] == "org"
    assert cell_a.lines.filter(ancestor=org, started_on=DAY).exists()


def test_only_units_that_may_hold_it_are_offered_to_a_unit_that_moves(browser_of_clerk, cell_a, cell_b, org):
    page = browser_of_clerk.get(reverse("unit-form", args=["org", "chuyen"]))
    assert [code for code, _ in page.context["form"].fields["parent"].choices] == ["", "xa"]


def test_a_unit_is_reclassified(browser_of_clerk, cell_a):
    write(browser_of_clerk, "a", "doi-loai", kind=Kind.GRASSROOTS_CELL, sector=Sector.SCHOOL)
    assert last(cell_a)[1:3] == (Kind.GRASSROOTS_CELL, Sector.SCHOOL)


ALONE = {
    "thanh-lap": ("org", NEW),
    "tiep-nhan": ("org", NEW),
    "doi-ten": ("a", {"name": "Tên mới"}),
    "chuyen": ("a", {"parent": "org"}),
    "doi-loai": ("a", {"kind": Kind.GRASSROOTS_CELL, "sector": Sector.SCHOOL}),
}


@pytest.mark.parametrize("action", ALONE)
def test_the_effect_is_shown_and_nothing_stays_written(browser_of_clerk, cell_a, org, action):
    code, data = ALONE[action]
    before = records()
    page = preview(browser_of_clerk, code, action, **data)
    assert page.status_code == 200
    assert page.context["effect_lines"]
    assert "Lưu" in text(page)
    assert records() == before


@pytest.mark.parametrize(
    ("code", "action", "data", "sentence"),
    [
        ("a", "doi-ten", {"name": "Chi bộ a"}, "vốn đã như vậy"),
        ("a", "doi-ten", {"name": "Mới", "day": "01/01/2020"}, "không tồn tại ngày 01/01/2020"),
        ("a", "doi-ten", {"name": "Mới", "day": "31/02/2026"}, "Không có ngày này"),
        ("org", "doi-loai", {"kind": Kind.GRASSROOTS_CELL, "sector": Sector.STATE_AGENCY}, "không thể có"),
        ("org", "thanh-lap", NEW | {"day": "01/01/2020"}, "không tồn tại ngày 01/01/2020"),
        ("a", "doi-loai", {"kind": Kind.GRASSROOTS_CELL, "sector": Sector.VILLAGE}, "chọn loại hình khác, hoặc loại"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(
    browser_of_clerk, cell_a, org, code, action, data, sentence
):
    make_unit("nested", org)
    before = records()
    page = write(browser_of_clerk, code, action, **data)
    assert page.status_code == 200
    assert sentence in text(page).replace("&quot;", '"')
    assert records() == before


def test_a_cell_with_members_cannot_become_a_party_organization(browser_of_clerk, cell_a):
    make_member(cell_a)
    page = write(browser_of_clerk, "a", "doi-loai", kind=Kind.PARTY_ORGANIZATION, sector=Sector.SCHOOL)
    assert "chuyển đảng viên trước" in text(page)


def test_a_unit_cannot_be_moved_out_of_the_hands_of_the_sender(client, cell_a):
    foreign = make_root("khac")
    client.force_login(clerk_of(foreign, "other"))
    assert preview(client, "a", "chuyen", parent="khac").status_code == 404
    cell = make_unit("k1", foreign)
    make_unit("k2", foreign, kind=Kind.PARTY_ORGANIZATION)
    page = write(client, "k1", "chuyen", parent="xa")
    assert "parent" in page.context["form"].errors
    assert last(cell)[3] == "khac"


@pytest.mark.parametrize(("code", "action"), [("xa", "chuyen"), ("a", "thanh-lap"), ("xa", "giai-the"), ("a", "khac")])
def test_a_wizard_that_does_not_suit_the_unit_is_unknown(browser_of_clerk, cell_a, code, action):
    before = records()
    assert browser_of_clerk.get(reverse("unit-form", args=[code, action])).status_code == 404
    assert write(browser_of_clerk, code, action, **NEW, parent="xa").status_code == 404
    assert records() == before


@pytest.mark.parametrize("person", ["secretary_a", "leader", "administrator", "stranger"])
@pytest.mark.parametrize("action", ALONE)
def test_only_who_decides_opens_or_sends_a_wizard(client, request, cell_a, org, action, person):
    client.force_login(request.getfixturevalue(person))
    code, data = ALONE[action]
    before = records()
    assert client.get(reverse("unit-form", args=[code, action])).status_code == 404
    assert write(client, code, action, **data).status_code == 404
    assert records() == before
