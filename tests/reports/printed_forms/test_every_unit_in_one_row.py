"""Every unit stands in one row of every table by kind and sector, whatever pair of both it is."""

from datetime import date

import pytest

from organizations.choices import CELLS, GRASSROOTS, Kind, Sector
from organizations.in_force import InForce
from reports.figures import evaluate
from reports.figures.partitions import PARTITIONS
from reports.printed_forms.annexes.bieu_1b import LINES as LINES_1B
from reports.printed_forms.annexes.bieu_1b import bieu_1b
from reports.printed_forms.statistics.bieu_5 import LINES as LINES_5
from reports.printed_forms.statistics.bieu_5 import bieu_5
from reports.printed_forms.statistics.bieu_6 import bieu_6
from tests.factories import START, make_member, make_root, make_unit, moment_of
from tests.reports.printed_forms.workbook_reader import rows

DAY = date(2026, 3, 1)
DIRECT = (*sorted(GRASSROOTS), Kind.SUBORDINATE_CELL)
PART_OF_ANOTHER_ROW = "A6b6"
"""The row of enterprises wholly of foreign capital, within that of all with any."""


def possible():
    """Return every pair of kind and sector that a unit directly beneath a commune committee may be."""
    in_force = InForce(DAY)
    return [(kind, sector) for kind in DIRECT for sector in Sector if not in_force.impossible(kind, sector)]


@pytest.fixture
def every_pair(db):
    """A commune with one unit of every pair, with a member beneath it, and how many units there are."""
    commune = make_root()
    for number, (kind, sector) in enumerate(possible()):
        unit = make_unit(f"u{number}", commune, kind=kind, sector=sector)
        cell = unit if kind in CELLS else make_unit(f"c{number}", unit, sector=Sector.OTHER)
        make_member(cell)
    return commune, number + 1


def leaves(lines):
    """Return the keys of the rows that add up no others."""
    return [line.key for line in lines if not line.parts and line.key != PART_OF_ANOTHER_ROW]


@pytest.mark.parametrize("lines", [LINES_1B, LINES_5], ids=["1B", "5"])
def test_a_unit_of_any_pair_stands_in_one_row(lines):
    keys = leaves(lines)
    for kind in DIRECT:
        for sector in Sector:
            assert len([line for line in lines if line.key in keys and line.holds(kind, sector)]) == 1, (kind, sector)


def test_rows_of_every_table_add_up_to_all_units_and_members(every_pair):
    commune, units = every_pair
    moment = moment_of(commune, DAY, since=START, year=2025)
    (annex,) = map(rows, bieu_1b(moment))
    assert annex["total"]["c9"] == units
    assert annex["total"]["c10"] == units
    for column in ("c9", "c10"):
        assert sum(annex[key].get(column, 0) for key in leaves(LINES_1B)) == units
    (form,) = map(rows, bieu_5(moment))
    everything = form["all"]
    assert everything["c2"] + everything["c8"] == everything["c7"] == units
    found = [form[key] for key in leaves(LINES_5)]
    assert sum(cells.get("c2", 0) + cells.get("c8", 0) for cells in found) == units
    assert sum(cells.get("c7", 0) for cells in found) == units


def test_columns_of_ratings_add_up_to_all_units(every_pair):
    commune, units = every_pair
    organizations, members = bieu_6(moment_of(commune, DAY, since=START, year=2025))
    totals = [row for row in organizations.rows if row.key.endswith(".total")]
    assert sum(row.cell("c2").value or 0 for row in totals if "nested" not in row.key) == units
    for row in (*totals, *members.rows):
        assert row.cell("c2").value is None or row.cell("c2").formula, row.key


def test_groups_of_units_on_the_page_of_the_report_close(every_pair):
    commune, units = every_pair
    groups = [partition for partition in PARTITIONS if partition.whole.startswith("units.")]
    results = evaluate.results(moment_of(commune, DAY, since=START), {code for each in groups for code in each.codes})
    assert results["units.total"].value == units
    assert len(groups) == 4
    assert [partition.difference(results) for partition in groups] == [0] * 4
