"""Annex 1B: units by type, and what happened to them."""

from datetime import date
from random import Random

import pytest

from members.restructuring import actions as restructuring
from organizations.choices import Kind, Sector
from organizations.units import actions as units
from reports.figures import evaluate
from reports.printed_forms.annexes.bieu_1b import EVENTS, LINES, STOCKS, bieu_1b
from tests.factories import START, make_member, make_root, make_unit, moment_of
from tests.ground import layer
from tests.reports.printed_forms.workbook_reader import check_links, formulas, rows, workbook
from tests.reports.worlds import build

DAY = date(2026, 3, 1)
LATER = date(2025, 9, 1)


def annex(unit, day=DAY, **asked):
    (sheet,) = bieu_1b(moment_of(unit, day, **({"since": START, "year": 2025} | asked)))
    return sheet


@pytest.fixture
def hospital(commune):
    """A party organization with two cells of two and one members."""
    unit = make_unit("bv", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE, received=True)
    for code, members in (("bv-1", 2), ("bv-2", 1)):
        cell = make_unit(code, unit, sector=Sector.PUBLIC_SERVICE, received=True)
        for _ in range(members):
            make_member(cell)
    return unit


@pytest.fixture
def police(commune):
    unit = make_unit("ca", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.POLICE)
    make_member(unit)
    return unit


@layer
def small(commune, hospital, police, cell_a, cell_b):
    """A commune with a hospital, a police cell and two village cells, one of which is merged into the other."""
    make_member(cell_a)
    make_member(cell_b)
    units.rename(unit=hospital, name="Đảng bộ Bệnh viện", day=LATER)
    restructuring.merge(cells=[cell_b], into=cell_a, day=LATER)
    return commune


def test_units_stand_in_the_row_of_their_type(small):
    shown = rows(annex(small))
    grassroots = {"c3": 1, "c9": 1, "c13": 0}
    assert shown["A3a"] == grassroots | {
        "c4": 1, "c5": 0, "c6": 0, "c7": 2, "c10": 3, "c11": 1, "c12": 0, "c14": 1,
    }  # fmt: skip
    assert shown["A5"] == grassroots | {"c4": 0, "c5": 1, "c10": 1, "c11": 0, "c12": 1, "c14": 0}
    assert shown["B1"] == {"c8": 1, "c9": 1, "c10": 2, "c11": 0, "c12": 2, "c13": 0, "c14": 0, "c15": "Sáp nhập: 1"}


def test_rows_add_up_to_their_sums(small):
    shown = rows(annex(small))
    assert shown["A3"] == shown["A3a"]
    assert shown["A"] == {
        "c3": 2, "c4": 1, "c5": 1, "c6": 0, "c7": 2, "c9": 2, "c10": 4, "c11": 1, "c12": 1, "c13": 0, "c14": 1,
    }  # fmt: skip
    assert shown["B"] == shown["B1"]
    assert shown["total"] == shown["A"] | {
        "c8": 1, "c9": 3, "c10": 6, "c12": 3, "c15": "Sáp nhập: 1",
    }  # fmt: skip


def test_the_last_row_shows_the_figures_of_the_report(small):
    moment = moment_of(small, DAY, since=START, year=2025)
    last = rows(annex(small))["total"]
    results = evaluate.results(moment)
    for column, code in {**STOCKS, "c3": "units.grassroots", "c9": "units.total"}.items():
        assert last[column] == results[code].value, column
    for column, event in EVENTS.items():
        assert last[column] == results[f"units.events.{event}"].value, column


def test_a_type_without_units_and_events_stays_empty(small):
    shown = rows(annex(small))
    assert [key for key, cells in shown.items() if cells] == ["A", "A3", "A3a", "A5", "B", "B1", "total"]


def test_a_dissolved_unit_counts_where_it_ended_and_no_longer_where_it_was(commune, police, cell_a):
    staying = {spell.member: cell_a for spell in police.spells.all()}
    restructuring.dissolve(cell=police, day=LATER, moves=staying)
    shown = rows(annex(commune))
    assert shown["A5"] == {
        "c3": 0, "c4": 0, "c5": 0, "c9": 0, "c10": 0, "c11": 0, "c12": 1, "c13": 1, "c14": 0,
    }  # fmt: skip
    assert shown["B1"]["c10"] == 1
    assert rows(annex(commune, since=date(2025, 9, 2)))["A5"] == {}


def test_an_event_counts_in_the_type_the_unit_had_on_that_day(commune):
    unit = make_unit("tram", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.STATE_AGENCY)
    units.reclassify(unit=unit, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE, day=LATER)
    shown = rows(annex(commune))
    assert (shown["A2"]["c12"], shown["A2"]["c3"]) == (1, 0)
    assert (shown["A3a"]["c12"], shown["A3a"]["c4"]) == (0, 1)
    assert shown["A3a"]["c15"] == "Đổi loại tổ chức, loại hình: 1"


def test_two_events_of_one_unit_under_different_types_are_not_linked(client, commune, clerk):
    unit = make_unit("tram", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.STATE_AGENCY)
    units.rename(unit=unit, name="Chi bộ Một", day=date(2025, 8, 1))
    units.reclassify(unit=unit, kind=Kind.GRASSROOTS_CELL, sector=Sector.PUBLIC_SERVICE, day=LATER)
    units.rename(unit=unit, name="Chi bộ Hai", day=date(2025, 10, 1))
    sheet = annex(commune, user=clerk)
    cells = {row.key: row.cell("c14") for row in sheet.rows}
    assert [(cells[key].value, cells[key].link is None) for key in ("A2", "A3a", "A")] == [
        (1, True),
        (1, True),
        (2, False),
    ]
    check_links(client, clerk, [sheet])


def test_foreign_capital_of_all_degrees_is_one_row_and_full_ownership_part_of_it(commune):
    make_unit("fdi-1", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.FOREIGN_INVESTED)
    make_unit("fdi-2", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.FOREIGN_OWNED)
    shown = rows(annex(commune))
    assert [shown[key]["c5"] for key in ("A6b5", "A6b6", "A6b", "A6", "A")] == [2, 1, 2, 2, 2]


def test_cells_of_other_types_get_a_row_only_when_there_are_any(commune, cell_a):
    assert "B4" not in rows(annex(commune))
    make_unit("cq", commune, sector=Sector.STATE_AGENCY)
    shown = rows(annex(commune))
    assert shown["B4"]["c8"] == 1
    assert shown["B"]["c8"] == 2


@pytest.mark.parametrize("sector", Sector.values)
@pytest.mark.parametrize("kind", [Kind.PARTY_ORGANIZATION, Kind.GRASSROOTS_CELL, Kind.SUBORDINATE_CELL])
def test_every_kind_and_sector_has_exactly_one_row_beneath_its_part(kind, sector):
    leaves = [line.key for line in LINES if not line.parts and line.holds(kind, sector) and line.key != "A6b6"]
    assert len(leaves) == 1
    assert leaves[0][0] == ("B" if kind == Kind.SUBORDINATE_CELL else "A")


def test_every_link_opens_as_many_rows_as_its_cell_counts(client, small, clerk):
    check_links(client, clerk, [annex(small, user=clerk)])


def test_an_empty_commune_has_an_empty_table(commune):
    assert all(not cells for cells in rows(annex(commune)).values())
    assert workbook([annex(commune)])


def test_a_province_adds_up_its_communes(db):
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER)
    communes = [make_root(code, parent=province) for code in ("xa-1", "xa-2")]
    for number, commune in enumerate(communes):
        make_member(make_unit(f"ban-{number}", commune))
    last = rows(annex(province))["total"]
    assert (last["c8"], last["c9"], last["c10"], last["c12"]) == (2, 2, 2, 2)


def test_a_cell_is_one_unit(small, cell_a):
    shown = rows(annex(cell_a))
    assert shown["total"] == {"c8": 1, "c9": 1, "c10": 2, "c11": 0, "c12": 1, "c13": 0, "c14": 0}


def test_a_party_organization_is_one_unit_with_its_cells(small, hospital):
    last = rows(annex(hospital))["total"]
    assert (last["c4"], last["c7"], last["c9"], last["c10"]) == (1, 2, 1, 3)


def test_totals_are_formulas_of_the_workbook(small):
    found = formulas([annex(small)])
    last = found["Cộng (A + B)"]
    assert last[0] == "=SUM(D{0}:E{0})".format(last[0].split("E")[1].rstrip(")"))
    assert any("+" in formula for formula in last[1:])
    assert len(found["Công an"]) == 2
    assert len(last) == 12


def test_the_same_records_give_the_same_bytes(small):
    assert workbook([annex(small)]) == workbook([annex(small)])


def test_the_number_of_statements_does_not_grow_with_units(commune, cell_a, django_assert_num_queries):
    with django_assert_num_queries(4):
        annex(commune)
    for number in range(10):
        make_member(make_unit(f"ban-{number}", commune))
    with django_assert_num_queries(4):
        sheet = annex(commune)
    assert rows(sheet)["total"]["c8"] == 11


@pytest.mark.parametrize("seed", range(2))
def test_sums_hold_for_every_unit_of_a_random_world(db, seed):
    tree = build(Random(seed))
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.is_open:
            moment = moment_of(unit, DAY, since=START, year=2025)
            last = rows(annex(unit))["total"]
            results = evaluate.results(moment, ["units.total", "units.events"])
            assert last.get("c9", 0) == results["units.total"].value
            assert bool(last) == any(result.value for result in results.values())
