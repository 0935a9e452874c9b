"""What stands around an annex, and where its cells lead."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings

from binhlu_portal.sheets.sheet import SheetRow
from organizations.choices import Kind, Sector, StatisticsForm
from organizations.units import actions as units
from reports.printed_forms import layout
from tests.factories import START, make_root, make_unit, moment_of
from tests.ground import layer

DAY = date(2026, 3, 1)


@layer
def binh_lu(commune):
    units.rename(unit=commune, name="Đảng bộ xã Bình Lư", day=START)
    return commune


def test_a_commune_at_the_root_stands_beneath_the_superior_of_the_settings(binh_lu):
    frame = layout.frame(moment_of(binh_lu, DAY))
    assert (frame.heading.superior, frame.heading.organ) == ("ĐẢNG BỘ TỈNH LAI CHÂU", "Đảng ủy xã Bình Lư")
    assert frame.heading.place_and_day == "Bình Lư, ngày … tháng … năm …"
    assert (frame.signature.authority, frame.signature.post) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    assert frame.signature.name is None


def test_the_superior_of_a_root_is_a_setting(binh_lu):
    with override_settings(PORTAL_SUPERIOR="ĐẢNG BỘ TỈNH KHÁC"):
        assert layout.frame(moment_of(binh_lu, DAY)).heading.superior == "ĐẢNG BỘ TỈNH KHÁC"


def test_a_commune_beneath_a_province_names_it(db):
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER)
    units.rename(unit=province, name="Đảng bộ tỉnh Lai Châu", day=START)
    commune = make_root("xa-1", parent=province)
    assert layout.frame(moment_of(commune, DAY)).heading.superior == "Đảng bộ tỉnh Lai Châu"
    own = layout.frame(moment_of(province, DAY)).heading
    assert (own.superior, own.organ) == ("", "Tỉnh ủy Lai Châu")
    assert own.place_and_day.startswith("Lai Châu, ")


def test_the_nation_stands_beneath_nobody_and_above_its_provinces(db):
    nation = make_root("dang", kind=Kind.NATION, sector=Sector.OTHER)
    units.rename(unit=nation, name="Đảng Cộng sản Việt Nam", day=START)
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER, parent=nation)
    own = layout.frame(moment_of(nation, DAY))
    assert (own.heading.superior, own.heading.organ) == ("", "Đảng Cộng sản Việt Nam")
    assert own.heading.place_and_day.startswith("Hà Nội, ")
    assert own.signature.authority == "T/M BAN CHẤP HÀNH TRUNG ƯƠNG"
    assert layout.frame(moment_of(province, DAY)).heading.superior == "Đảng Cộng sản Việt Nam"


def test_a_cell_signs_in_its_own_name_beneath_its_superior(binh_lu, cell_a):
    frame = layout.frame(moment_of(cell_a, DAY))
    assert (frame.heading.superior, frame.heading.organ) == ("Đảng bộ xã Bình Lư", "Chi bộ a")
    assert frame.heading.place_and_day.startswith("Bình Lư, ")
    assert (frame.signature.authority, frame.signature.post) == ("T/M CHI BỘ", "BÍ THƯ")


def test_a_party_organization_is_led_by_its_committee(binh_lu):
    unit = make_unit("ubnd", binh_lu, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY)
    units.rename(unit=unit, name="Đảng bộ UBND xã", day=START)
    frame = layout.frame(moment_of(unit, DAY))
    assert frame.heading.organ == "Đảng ủy UBND xã"
    assert frame.signature.authority == "T/M ĐẢNG ỦY"


def test_names_are_those_of_the_as_of_day(binh_lu):
    units.rename(unit=binh_lu, name="Đảng bộ xã Tên Mới", day=date(2026, 2, 1))
    assert layout.frame(moment_of(binh_lu, date(2026, 1, 31))).heading.organ == "Đảng ủy xã Bình Lư"
    assert layout.frame(moment_of(binh_lu, date(2026, 2, 1))).heading.organ == "Đảng ủy xã Tên Mới"


def test_the_secretary_of_a_cell_gets_the_same_heading_as_the_commune(binh_lu, cell_a, secretary_a):
    mine = layout.frame(moment_of(cell_a, DAY, user=secretary_a))
    assert mine == layout.frame(moment_of(cell_a, DAY))


def test_a_form_of_statistics_is_made_by_the_office_of_its_committee(binh_lu):
    frame = layout.form_frame(moment_of(binh_lu, DAY), StatisticsForm.LEDGER, "Người")
    assert (frame.heading.superior, frame.heading.organ) == ("Đảng ủy xã Bình Lư", "Ban Xây dựng Đảng")
    assert (frame.heading.form, frame.heading.measure) == ("Biểu số 1-BTCTW", "Người")
    assert (frame.signature.authority, frame.signature.post) == ("Ban Xây dựng Đảng", "Trưởng ban")
    assert frame.signature.place_and_day == "Bình Lư, ngày … tháng … năm …"


def test_a_cell_makes_its_form_itself(binh_lu, cell_a):
    frame = layout.form_frame(moment_of(cell_a, DAY), StatisticsForm.LEDGER, "Người")
    assert (frame.heading.superior, frame.heading.organ) == ("Đảng bộ xã Bình Lư", "Chi bộ a")
    assert (frame.signature.authority, frame.signature.post) == ("T/M CHI BỘ", "BÍ THƯ")


def test_a_link_carries_the_moment_and_the_units(commune):
    moment = moment_of(commune, DAY, since=START, year=2025)
    address = urlsplit(layout.link(moment, "members.total", {"b", "a"}))
    assert address.path == "/so-lieu/members.total/"
    assert parse_qs(address.query) == {
        "don_vi": ["xa"],
        "ngay": ["01/03/2026"],
        "tu": ["01/07/2025"],
        "nam": ["2025"],
        "trong": ["a,b"],
    }


def test_a_link_to_the_whole_figure_names_no_units(commune):
    assert "trong" not in layout.link(moment_of(commune, DAY), "members.total")


def test_a_link_that_would_name_too_many_units_is_left_out(commune):
    moment = moment_of(commune, DAY)
    codes = {f"ban-{number}" for number in range(layout.MOST_UNITS + 1)}
    assert layout.link(moment, "members.total", codes) is None
    assert layout.link(moment, "members.total", set(list(codes)[1:])) is not None


@pytest.mark.parametrize("value", [0, None])
def test_where_there_is_nothing_to_see_there_is_no_link(commune, value):
    assert layout.counted(moment_of(commune, DAY), value, "members.total").link is None


def test_added_rows_leave_what_is_empty_everywhere_empty():
    rows = {"1": SheetRow("1", {"a": 2}), "2": SheetRow("2", {"a": 3, "b": None})}
    cells = layout.total_cells(rows, ["1", "2"], ["a", "b"])
    assert (cells["a"].value, cells["b"].value) == (5, None)


def test_direct_units_are_those_of_the_figure_in_the_order_of_their_codes(commune, cell_b, cell_a):
    organization = make_unit("c", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE)
    make_unit("d", organization, sector=Sector.PUBLIC_SERVICE)
    assert [unit.code for unit in layout.direct_units(moment_of(commune, DAY))] == ["a", "b", "c"]
