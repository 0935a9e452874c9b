"""Forms 5- and 6-BTCTW: organizations, members and ratings by sector."""

from datetime import date
from random import Random

import pytest

from assessments.choices import NotRated, Rating
from assessments.ratings import actions as ratings
from organizations.choices import GRASSROOTS, Kind, Measure, Norm, Sector
from organizations.regulations.actions import set_threshold
from reports.figures import evaluate
from reports.figures.registry import KNOWN
from reports.printed_forms import catalogue
from reports.printed_forms.statistics.bieu_5 import LINES as LINES_5
from reports.printed_forms.statistics.bieu_5 import bieu_5
from reports.printed_forms.statistics.bieu_6 import MEMBERS, ORGANIZATIONS, SECTORS, bieu_6
from tests.factories import START, make_member, make_root, make_unit, moment_of
from tests.ground import layer
from tests.reports.printed_forms.workbook_reader import rows
from tests.reports.worlds import build

DAY = date(2026, 3, 1)
TOO_NEW = (
    "Trong đó: mới thành lập dưới {}",
    "Trong đó: mới kết nạp dưới {}",
    "Đảng viên mới kết nạp dưới {}",
)


def shown(form, unit, **asked):
    return [rows(sheet) for sheet in form(moment_of(unit, DAY, **({"since": START, "year": 2025} | asked)))]


@layer
def hospital(commune):
    """A party organization with a departmental one, and a cell of two members beneath each."""
    unit = make_unit("bv", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE)
    wards = make_unit("khoa", unit, kind=Kind.DEPARTMENTAL, sector=Sector.PUBLIC_SERVICE)
    for code, above in (("bv-1", unit), ("khoa-1", wards)):
        cell = make_unit(code, above, sector=Sector.PUBLIC_SERVICE)
        for _ in range(2):
            make_member(cell)
    return unit


def rate(unit, level, **more):
    ratings.rate_unit(unit=unit, year=2025, decided_on=DAY, level=level, **more)


def test_grassroots_organizations_stand_in_the_row_of_their_sector(commune, hospital, cell_a):
    make_member(cell_a)
    police = make_unit("ca", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.POLICE)
    make_member(police)
    (found,) = shown(bieu_5, commune)
    services = {"c2": 1, "c3": 1, "c4": 0, "c5": 1, "c6": 2, "c7": 4}
    assert found["A3a"] == found["A3"] == services
    assert found["A5"] == {"c2": 1, "c3": 0, "c4": 1, "c5": 0, "c6": 0, "c7": 1}
    assert found["total"] == {"c2": 2, "c3": 1, "c4": 1, "c5": 1, "c6": 2, "c7": 5}


def test_cells_beneath_the_committee_stand_in_rows_and_a_column_of_their_own(commune, hospital, cell_a):
    make_member(cell_a)
    make_unit("th", commune, sector=Sector.SCHOOL)
    make_unit("hoi", commune, sector=Sector.PARTY_AGENCY)
    (found,) = shown(bieu_5, commune)
    assert [found[key].get("c8") for key in ("B1", "B2", "B3", "B4", "B")] == [1, 1, None, 1, 3]
    assert found["B1"] == {"c7": 1, "c8": 1}
    assert found["all"] == {"c2": 1, "c3": 1, "c4": 0, "c5": 1, "c6": 2, "c7": 5, "c8": 3}


@pytest.mark.parametrize("sector", Sector.values)
@pytest.mark.parametrize("kind", sorted({*GRASSROOTS, Kind.SUBORDINATE_CELL}))
def test_every_kind_and_sector_has_exactly_one_row(kind, sector):
    leaves = [line.key for line in LINES_5 if not line.parts and line.holds(kind, sector) and line.key != "A6b6"]
    assert len(leaves) == 1


def test_rows_of_the_form_are_counted_and_lettered_as_in_it():
    names = [line.name for line in LINES_5]
    assert [int(name.split(".")[0]) for name in names if name[0].isdigit()] == [*range(1, 12)]
    assert names[:3] == ["1. Xã", "2. Phường", "3. Thị trấn"]
    assert {"a) Công lập", "- Công ty hợp danh", "c) Hợp tác xã", "11. Loại hình cơ sở khác*"} <= set(names)


def test_the_year_before_counts_by_the_tree_of_that_year(db):
    commune = make_root(day=date(2024, 1, 1))
    police = make_unit("ca", commune, day=date(2024, 1, 1), kind=Kind.GRASSROOTS_CELL, sector=Sector.POLICE)
    make_member(police, day=date(2024, 1, 1))
    make_unit("qs", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.MILITARY)
    (found,) = shown(bieu_5, commune)
    assert (found["total"]["c9"], found["total"]["c10"], found["total"]["c11"]) == (1, 1, 100)
    assert found["A4"]["c2"] == 1
    assert "c9" not in found["A4"]


def test_ratings_of_organizations_stand_by_kind_and_sector(commune, hospital, cell_a, cell_b):
    rate(hospital, Rating.EXCELLENT)
    rate(cell_a, Rating.GOOD)
    rate(cell_b, "", not_rated=NotRated.NEW)
    found, _ = shown(bieu_6, commune)
    assert found["ratings.party_organizations.total"] == {"c2": 1, "public": 1, "services": 1}
    assert found["ratings.party_organizations.excellent"] == {"c2": 1, "c3": 100, "public": 1, "services": 1}
    assert found["ratings.direct_cells.rated"] == {"c2": 1, "c3": 50, "commune": 1}
    assert found["ratings.direct_cells.new"] == {"c2": 1, "c3": 100, "commune": 1}
    assert found["ratings.departmental.not_rated"]["c2"] == 1
    assert found["ratings.nested_cells.total"]["c2"] == 2
    assert found["ratings.grassroots_cells.total"] == {}


def test_members_without_rating_are_told_apart_by_the_reason(commune, cell_a, hospital):
    reasons = (NotRated.EXEMPT, NotRated.NEW, NotRated.SUSPENDED, "")
    for reason in reasons:
        member = make_member(cell_a)
        ratings.rate(member=member, year=2025, decided_on=DAY, level="" if reason else Rating.FAIR, not_rated=reason)
    _, found = shown(bieu_6, commune)
    assert {key: cells["c2"] for key, cells in found.items() if cells} == {
        "ratings.members.listed": 8,
        "ratings.members.exempt": 1,
        "ratings.members.pending": 6,
        "ratings.members.new": 1,
        "ratings.members.suspended": 1,
        "ratings.members.rated": 1,
        "ratings.members.excellent": 0,
        "ratings.members.good": 0,
        "ratings.members.fair": 1,
        "ratings.members.failed": 0,
    }
    assert (found["ratings.members.listed"]["commune"], found["ratings.members.listed"]["public"]) == (4, 4)


def test_forms_say_as_of_their_year_how_long_somebody_must_be_there_to_be_rated(commune):
    set_threshold(code=Norm.RATED_FROM, low=3, unit=Measure.MONTHS, started_on=date(2026, 1, 1), source="Mẫu")

    def said(year):
        """Return the names of the rows of those who are too new, on both forms."""
        asked = moment_of(commune, date(2026, 12, 31), year=year)
        sheets = [sheet for form in ("6-BTCTW", "6F-BTCTW") for sheet in catalogue.STATISTICS[form](asked)]
        return {row.cells["name"] for sheet in sheets for row in sheet.rows if row.key.endswith("new")}

    assert said(2025) == {text.format("6 tháng") for text in TOO_NEW}
    assert said(2026) == {text.format("3 tháng") for text in TOO_NEW}


def test_every_sector_has_one_column_and_local_ones_that_of_their_like():
    held = {sector: column for column, sectors in SECTORS.items() for sector in sectors}
    assert sorted(held) == sorted(Sector)
    assert sum(map(len, SECTORS.values())) == len(Sector)
    assert held[Sector.VILLAGE] == held[Sector.COMMUNE]
    assert held[Sector.SCHOOL] == held[Sector.HEALTH_STATION] == held[Sector.PUBLIC_SERVICE]


def test_columns_are_numbered_as_in_the_form(commune):
    (sheet, _) = bieu_6(moment_of(commune, DAY, since=START, year=2025))
    keys = [leaf.key for leaf in sheet.leaves]
    numbers = {"township": 6, "services": 9, "military": 12, "enterprises": 14, "foreign_owned": 25, "other": 28}
    assert {key: keys.index(key) + 1 for key in numbers} == numbers


def test_enterprises_stand_by_their_capital(commune):
    for number, sector in enumerate((Sector.STATE_MINORITY, Sector.FOREIGN_INVESTED, Sector.FOREIGN_OWNED)):
        make_unit(f"dn-{number}", commune, kind=Kind.GRASSROOTS_CELL, sector=sector)
    found, _ = shown(bieu_6, commune)
    assert found["ratings.grassroots_cells.total"] == {
        "c2": 3, "state_minority": 1, "state_capital": 1, "foreign": 2, "foreign_owned": 1, "other_capital": 2,
        "enterprises": 3,
    }  # fmt: skip


def test_the_list_is_that_of_the_end_of_the_year(commune):
    for sheet in bieu_6(moment_of(commune, DAY, since=START, year=2025)):
        assert "31/12/2025" in sheet.subtitle
        assert any(
            "có đến cuối năm" in row.cell("name").value or "có mặt đến cuối năm" in row.cell("name").value
            for row in sheet.rows
        )


def test_why_members_are_rated_lowest_is_empty_and_told(commune, cell_a):
    member = make_member(cell_a)
    ratings.rate(member=member, year=2025, decided_on=DAY, level=Rating.FAILED)
    _, sheet = bieu_6(moment_of(commune, DAY, since=START, year=2025))
    reasons = [row for row in sheet.rows if row.key.startswith("blank.")]
    assert len(reasons) == 5
    assert all(cell is None for row in reasons for cell in (row.cell(leaf.key).value for leaf in sheet.leaves[1:]))
    assert any("hệ thống chưa ghi: có biểu hiện suy thoái; " in note for note in sheet.notes)


def test_totals_are_sums_down_and_across(commune, hospital, cell_a):
    rate(cell_a, Rating.GOOD)
    for sheet in bieu_6(moment_of(commune, DAY, since=START, year=2025)):
        for row in sheet.rows:
            if row.cell("c2").value is not None:
                assert row.cell("c2").formula is not None, row.key
    total = next(row for row in sheet.rows if row.key == "ratings.members.listed")
    assert total.cell("commune").formula is not None


def test_the_ratings_of_the_year_before_are_those_of_its_own_year(db):
    commune = make_root(day=date(2024, 1, 1))
    cell = make_unit("a", commune, day=date(2024, 1, 1))
    ratings.rate_unit(unit=cell, year=2024, decided_on=date(2024, 12, 1), level=Rating.FAIR)
    found, _ = shown(bieu_6, commune)
    assert found["ratings.direct_cells.fair"] == {"c2": 0, "before": 1, "commune": 0}


@pytest.mark.parametrize("seed", range(2))
def test_totals_show_their_figures_in_a_random_world(db, seed):
    tree = build(Random(seed))
    codes = [line.key for line in (*ORGANIZATIONS, *MEMBERS) if line.key in KNOWN]
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.is_open:
            moment = moment_of(unit, DAY, since=START, year=2025)
            results = evaluate.results(moment, [*codes, "units.grassroots", "units.total", "members.total"])
            found = shown(bieu_6, unit)
            found = found[0] | found[1]
            assert all(found[code].get("c2", 0) == results[code].value for code in codes)
            (by_type,) = shown(bieu_5, unit)
            assert by_type["total"].get("c2", 0) == results["units.grassroots"].value
            everything = by_type["all"]
            assert everything.get("c2", 0) + everything.get("c8", 0) == results["units.total"].value
            assert not everything or everything["c7"] == results["members.total"].value
