"""Choices of which there may be thousands: few are a list, many are searched, and a page weighs the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from binhlu_portal.audit.models import Access
from binhlu_portal.search_boxes import MOST_LISTED, UnitChoiceField, bearing, key_in, named
from organizations.choices import Kind, Sector
from organizations.models import Unit, UnitPeriod
from tests.factories import START, make_member, make_root, make_unit

UNITS = [("ban-01", "Chi bộ Bản 01"), ("ban-02", "Chi bộ Bản 02"), ("truong", "Chi bộ Trường Mầm non")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ban-02", ["ban-02"]),
        (named("ban-02", "    Chi bộ Bản 02"), ["ban-02"]),
        ("ban 02", ["ban-02"]),
        ("truong mam non", ["truong"]),
        ("chi bo ban", ["ban-01", "ban-02"]),
        ("khong co", []),
        ("", []),
    ],
)
def test_what_is_typed_means_the_key_it_holds_or_what_bears_the_words(text, meant):
    assert [key for key, _ in bearing(text, UNITS)] == meant


def test_a_key_is_told_from_brackets_within_a_name():
    assert [key_in(text) for text in ("Chi bộ [cũ] Bản [ban-01]", "Chi bộ [cũ", " ban-01 ")] == [
        "ban-01",
        "Chi bộ [cũ",
        "ban-01",
    ]


def field_of(number):
    """Return a field that offers a number of units."""
    field = UnitChoiceField()
    field.offer([(f"u{each}", f"Chi bộ {each:04}") for each in range(number)], "Chọn …")
    return field


def test_few_are_a_list_and_more_are_a_box():
    assert not field_of(MOST_LISTED).is_searched
    assert field_of(MOST_LISTED + 1).is_searched


def test_a_page_of_five_thousand_weighs_no_more_than_one_of_sixty_one():
    few, many = (field_of(number).widget.render("don_vi", "u7", {"id": "trong"}) for number in (61, 5000))
    assert few == many and len(many) < 500
    assert "Chi bộ 0007 [u7]" in many


def make_many_units(commune, number, letter="n"):
    """Write units beside the verb: a province has thousands."""
    made = Unit.objects.bulk_create(Unit(code=f"{letter}{each}", started_on=START) for each in range(number))
    place = {"kind": Kind.SUBORDINATE_CELL, "sector": Sector.VILLAGE, "parent": commune, "started_on": START}
    UnitPeriod.objects.bulk_create(UnitPeriod(unit=unit, name=f"Chi bộ Bản {unit.code}", **place) for unit in made)


def weighed(client, address):
    """Return (bytes, statements) of a page."""
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    return len(page.content), len(asked)


ADDRESSES = ["/dang-vien/", "/bao-cao/", "/so/sinh-hoat/them/", "/sinh-hoat/thang/", "/lich-su/"]


def test_bytes_and_statements_of_pages_do_not_grow_from_ten_to_three_hundred_units(client, clerk, commune):
    client.force_login(clerk)
    make_many_units(commune, 10)
    for address in ADDRESSES:
        client.get(address)  # what a process asks once
    few = {address: weighed(client, address) for address in ADDRESSES}
    UnitPeriod.objects.filter(unit=make_unit("cuoi", commune)).update(name="Chi bộ Cuối Cùng")
    make_many_units(commune, 290, "m")
    for address in ADDRESSES:
        size, statements = weighed(client, address)
        assert statements <= few[address][1] + 3, address  # the unit, the highest one and the tree by themselves
        assert size < few[address][0] + 3000, address  # of 290 more a list has 15,000
    page = client.get("/dang-vien/?don_vi=cuoi cung")
    assert page.context["moment"].unit.code == "cuoi"
    several = client.get("/dang-vien/?don_vi=ban m28").content.decode()
    assert '<option value="m285">' in several and "chọn một" in several
    assert "Không thấy" in client.get("/dang-vien/?don_vi=khong co").content.decode()


def test_units_in_sight_are_suggested(client, secretary_a, cell_a, cell_b):
    make_unit("la", make_root("xa-khac"))
    client.force_login(secretary_a)
    answer = client.get(reverse("unit-suggestions"), {"o": "don_vi", "don_vi": "chi bo"}).content.decode()
    assert answer == f'<option value="{named("a", cell_a.periods.get().name)}">'
    assert client.get(reverse("unit-suggestions")).content == b""


def test_people_in_sight_are_suggested_and_that_is_noted(client, secretary_a, cell_a, cell_b):
    own, _ = make_member(cell_a, "Lò Văn Hoà", born_on="1980"), make_member(cell_b, "Lò Văn Hoà")
    client.force_login(secretary_a)
    before = Access.objects.count()
    answer = client.get(reverse("member-suggestions"), {"o": "member", "member": "lo hoa"}).content.decode()
    assert answer == f'<option value="Lò Văn Hoà, sinh 1980 [{own.pk}]">'
    assert Access.objects.count() == before + 1
