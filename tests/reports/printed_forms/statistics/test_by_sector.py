"""Forms 5- and 6-BTCTW: organizations, members and ratings by sector."""

from datetime import date
from random import Random

import pytest

from assessments.choices import NotRated, Rating
from assessments.ratings import actions as ratings
from organizations.choices import GRASSROOTS, Kind, Sector
from reports.figures import evaluate
from reports.figures.registry import KNOWN
from reports.printed_forms.statistics.bieu_5 import LINES as LINES_5
from reports.printed_forms.statistics.bieu_5 import bieu_5
from reports.printed_forms.statistics.bieu_6 import MEMBERS, ORGANIZATIONS, SECTORS, bieu_6
from tests.factories import START, make_member, make_root, make_unit, moment_of
from tests.reports.printed_forms.workbook_reader import rows
from tests.reports.worlds import build

DAY = date(2026, 3, 1)


def shown(form, unit, **asked):
    return [rows(sheet) for sheet in form(moment_of(unit, DAY, **({"since": START, "year": 2025} | asked)))]


@pytest.fixture
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
    services = {"c3": 1, "c4": 1, "c5": 0, "c6": 1, "c7": 2, "c8": 4}
    assert found["A3a"] == found["A3"] == services
    assert found["A5"] == {"c3": 1, "c4": 0, "c5": 1, "c6": 0, "c7": 0, "c8": 1}
    assert found["total"] == {"c3": 2, "c4": 1, "c5": 1, "c6": 1, "c7": 2, "c8": 5}


@pytest.mark.parametrize("sector", Sector.values)
@pytest.mark.parametrize("kind", sorted(GRASSROOTS))
def test_every_sector_has_exactly_one_row(kind, sector):
    leaves = [line.key for line in LINES_5 if not line.parts and line.holds(kind, sector) and line.key != "A6b6"]
    assert len(leaves) == 1


def test_rows_of_the_first_level_are_counted_through():
    assert [line.mark for line in LINES_5 if line.mark.isdigit()] == [str(number) for number in range(1, 12)]


def test_the_year_before_counts_by_the_tree_of_that_year(db):
    commune = make_root(day=date(2024, 1, 1))
    police = make_unit("ca", commune, day=date(2024, 1, 1), kind=Kind.GRASSROOTS_CELL, sector=Sector.POLICE)
    make_member(police, day=date(2024, 1, 1))
    make_unit("qs", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.MILITARY)
    (found,) = shown(bieu_5, commune)
    assert (found["total"]["c9"], found["total"]["c10"], found["total"]["c11"]) == (1, 1, 100)
    assert found["A4"]["c3"] == 1
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
    assert {key: cells["c2"] for key, cells in found.items()} == {
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


def test_every_sector_has_one_column_and_local_ones_that_of_their_like():
    held = {sector: column for column, sectors in SECTORS.items() for sector in sectors}
    assert sorted(held) == sorted(Sector)
    assert sum(map(len, SECTORS.values())) == len(Sector)
    assert held[Sector.VILLAGE] == held[Sector.COMMUNE]
    assert held[Sector.SCHOOL] == held[Sector.HEALTH_STATION] == held[Sector.PUBLIC_SERVICE]


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
    assert found["ratings.direct_cells.fair"] == {"c2": 0, "c4": 1, "commune": 0}


@pytest.mark.parametrize("seed", range(2))
def test_totals_show_their_figures_in_a_random_world(db, seed):
    tree = build(Random(seed))
    codes = [line.key for line in (*ORGANIZATIONS, *MEMBERS) if line.key in KNOWN]
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.is_open:
            moment = moment_of(unit, DAY, since=START, year=2025)
            results = evaluate.results(moment, [*codes, "units.grassroots"])
            found = shown(bieu_6, unit)
            found = found[0] | found[1]
            assert all(found[code].get("c2", 0) == results[code].value for code in codes)
            (by_type,) = shown(bieu_5, unit)
            assert by_type["total"].get("c3", 0) == results["units.grassroots"].value
