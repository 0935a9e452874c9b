"""Forms 2B- and 4-BTCTW: peoples and religions."""

from datetime import date

import pytest

from members.ethnicity import Religion
from reports.printed_forms.statistics.ethnicity import PEOPLES, bieu_2b, bieu_4, in_the_order_of_the_form
from tests.factories import START, admit, make_member, make_person, make_root, make_unit, moment_of
from tests.reports.printed_forms.workbook_reader import rows

DAY = date(2026, 3, 1)


def shown(form, unit):
    (sheet,) = form(moment_of(unit, DAY, since=START))
    return rows(sheet)


@pytest.fixture
def mixed(commune, cell_a):
    for ethnicity, gender, religion in (
        ("thai", "female", "none"),
        ("thai", "male", "buddhism"),
        ("kinh", "male", "bahai"),
    ):
        make_member(cell_a, ethnicity=ethnicity, gender=gender, religion=religion)
    admit(cell_a, DAY, person=make_person(ethnicity="mong", gender="female", religion="protestantism"))
    return commune


def test_members_stand_in_the_row_of_their_people_and_religion(mixed):
    found = shown(bieu_4, mixed)
    assert found["peoples"] == {"c3": 4, "c4": 2, "c5": 100}
    assert found["people.thai"] == {"c3": 2, "c4": 1, "c5": 50}
    assert found["people.kinh"] == {"c3": 1, "c4": 0, "c5": 25}
    assert found["people.tay"] == {"c3": 0, "c4": 0, "c5": 0}
    assert found["religious"]["c3"] == 3
    assert [found[f"religion.{code}"].get("c3") for code in ("buddhism", "protestantism", "islam")] == [1, 1, 0]


def test_new_members_stand_alone_in_their_form(mixed):
    found = shown(bieu_2b, mixed)
    assert {key: cells["c3"] for key, cells in found.items() if cells.get("c3")} == {
        "peoples": 1, "people.mong": 1, "religious": 1, "religion.protestantism": 1,
    }  # fmt: skip


def test_totals_are_sums_of_their_rows(mixed):
    (sheet,) = bieu_4(moment_of(mixed, DAY, since=START))
    for row in sheet.rows:
        assert (row.cell("c3").formula is not None) == (row.key in ("peoples", "religious"))


def test_the_year_before_stands_beside(db):
    commune = make_root(day=date(2024, 1, 1))
    cell = make_unit("a", commune, day=date(2024, 1, 1))
    make_member(cell, day=date(2024, 1, 1), ethnicity="lu", gender="female")
    make_member(cell, day=date(2025, 12, 1), ethnicity="lu", gender="male")
    assert shown(bieu_4, commune)["people.lu"] == {"c3": 2, "c4": 1, "c5": 100, "c6": 1, "c7": 1}


def test_nobody_is_nought_in_every_row(commune):
    for form in (bieu_2b, bieu_4):
        assert all(cells == {"c3": 0, "c4": 0} for cells in shown(form, commune).values())


def test_e_de_stands_before_ngai_as_in_the_form():
    order = in_the_order_of_the_form()
    assert (order.index("people.e_de") + 1, order.index("people.ngai") + 1) == (11, 12)
    assert sorted(order) == sorted(PEOPLES)
    assert order[-2:] == ("people.other", "people.foreign")


def test_every_religion_has_a_row(commune, cell_a):
    for religion in Religion:
        make_member(cell_a, religion=religion)
    found = shown(bieu_4, commune)
    assert found["religious"]["c3"] == len(Religion) - 1
