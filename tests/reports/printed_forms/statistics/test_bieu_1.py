"""Form 1-BTCTW: the ledger closes at every unit, and every number opens its people."""

from datetime import date
from io import BytesIO
from random import Random

import pytest
from openpyxl import load_workbook

from members.choices import EndReason, StartReason
from members.membership import actions as membership
from organizations.units import actions as units
from reports.figures import evaluate, ledger
from reports.printed_forms.statistics.bieu_1 import CAME, LEFT, bieu_1
from tests.factories import admit, clerk_of, leave_party, make_member, make_person, make_root, make_unit, moment_of
from tests.ground import layer
from tests.reports.printed_forms.workbook_reader import check_links, rows, workbook
from tests.reports.worlds import build, days_to_ask

DAY = date(2026, 3, 1)
NEW_YEAR = date(2026, 1, 1)


def form(unit, day=DAY, **asked):
    (sheet,) = bieu_1(moment_of(unit, day, **({"since": NEW_YEAR} | asked)))
    return sheet


@layer
def busy(commune, cell_a, cell_b):
    """Two cells with four members at the end of 2025; after it people come, go and move."""
    old = [make_member(cell_a, joined_on=joined, official_on=None) for joined in ("2025-06-05", *["2010-01-05"] * 3)]
    admit(cell_a, NEW_YEAR)
    for far in (True, True, False):
        membership.transfer_in(member=make_person(), unit=cell_b, day=date(2026, 1, 5), far=far)
    leave_party(old[0], date(2026, 2, 1), EndReason.STRUCK_OFF)
    membership.transfer_out(member=old[1], day=NEW_YEAR)
    membership.transfer(member=old[2], to=cell_b, day=date(2026, 2, 2))
    return commune


def test_what_happened_on_the_first_day_is_in_the_period(busy):
    shown = rows(form(busy))
    assert shown["A"] == {"c2": 4}
    assert {key: cells["c2"] for key, cells in shown.items() if cells.get("c2")} == {
        "A": 4, "B": 4, "B1": 1, "B2": 3, "B2a": 2, "B2b": 1,
        "C": 2, "C3": 1, "members.struck_off.probationary": 1, "C5": 1, "C5b": 1, "D": 6,
    }  # fmt: skip


def test_a_move_within_the_committee_counts_in_the_cells_alone(busy, cell_a, cell_b):
    assert "B2c" not in rows(form(busy))
    assert rows(form(cell_b))["B2c"] == {"c2": 1}
    assert rows(form(cell_a))["C5c"] == {"c2": 1}


def test_a_committee_set_up_in_the_period_opens_with_whom_it_was_set_up(busy):
    shown = rows(form(busy, since=date(2025, 1, 1)))
    assert (shown["A"], shown["D"]["c2"]) == ({"c2": 4}, 6)


def test_people_who_came_with_their_cell_have_a_row_only_when_there_are_any(commune, cell_a):
    other = make_root("khac")
    cell = make_unit("c", commune)
    make_member(cell)
    assert "C6" not in rows(form(commune))
    units.move(unit=cell, parent=other, day=date(2026, 1, 15))
    assert rows(form(commune))["C6"] == {"c2": 1}
    assert rows(form(other))["B4"] == {"c2": 1}


def test_every_reason_has_one_row():
    came = [code for _, codes in CAME.values() for code in codes]
    left = [code for _, codes in LEFT.values() for code in codes]
    assert sorted(came) == sorted([*StartReason.values, ledger.WITH_UNIT])
    assert sorted(left) == sorted([*EndReason.values, ledger.WITH_UNIT])


def test_the_year_before_stands_beside_with_its_own_lists(client, db):
    commune = make_root(day=date(2024, 1, 1))
    cell = make_unit("a", commune, day=date(2024, 1, 1))
    make_member(cell, day=date(2024, 1, 1))
    admit(cell, date(2025, 2, 1))
    admit(cell, date(2026, 2, 1))
    admit(cell, date(2026, 2, 2))
    clerk = clerk_of(commune)
    sheet = form(commune, user=clerk)
    shown = rows(sheet)
    assert shown["B1"] == {"c2": 2, "c3": 1, "c4": 200}
    assert [shown[key]["c3"] for key in "ABCD"] == [1, 1, 0, 2]
    check_links(client, clerk, [sheet])


def test_the_year_before_is_empty_where_the_unit_did_not_exist(busy):
    sheet = form(busy)
    assert all("c3" not in cells for cells in rows(sheet).values())
    assert any("chưa có tổ chức đảng này" in note for note in sheet.notes)


def test_every_link_opens_as_many_rows_as_its_cell_counts(client, busy, cell_b, clerk):
    check_links(client, clerk, [form(busy, user=clerk), form(cell_b, user=clerk)])


def test_sums_and_the_balance_are_formulas_of_the_workbook(busy):
    lines = load_workbook(BytesIO(workbook([form(busy)]))).active.iter_rows(max_col=2, values_only=True)
    rows = {name: (number, value) for number, (name, value) in enumerate(lines, 1) if name}
    first = next(number for name, (number, _) in rows.items() if name.startswith("A."))
    found = {name[0]: value for name, (_, value) in rows.items() if name[:2] in ("B.", "C.", "D.")}
    assert found["D"] == f"=SUM(B{first}:B{first + 1})-B{first + 7}"
    assert found["B"].startswith(f"=B{first + 2}+B{first + 3}+")


def test_the_same_records_give_the_same_bytes(busy):
    assert workbook([form(busy)]) == workbook([form(busy)])


def test_the_number_of_statements_does_not_grow_with_people(db, django_assert_num_queries):
    commune = make_root(day=date(2024, 1, 1))
    cell = make_unit("a", commune, day=date(2024, 1, 1))
    with django_assert_num_queries(5):
        form(commune)
    for _ in range(30):
        make_member(cell, day=NEW_YEAR)
    with django_assert_num_queries(5):
        assert rows(form(commune))["B"]["c2"] == 30


@pytest.mark.parametrize("seed", range(3))
def test_the_form_closes_at_every_unit_of_a_random_world(db, seed):
    tree = build(Random(seed))
    for unit in tree.values():
        unit.refresh_from_db()
        for since, as_of in days_to_ask():
            if unit.started_on <= as_of < unit.ended_on:
                moment = moment_of(unit, as_of, since=since)
                shown = rows(form(unit, as_of, since=since))
                assert shown["A"]["c2"] + shown["B"]["c2"] - shown["C"]["c2"] == shown["D"]["c2"]
                assert shown["D"]["c2"] == evaluate.results(moment, ["members.total"])["members.total"].value
                sums = {"B": CAME, "C": LEFT}
                for key, side in sums.items():
                    parts = [shown[part]["c2"] for part in side if len(part) == 2 and part in shown]
                    assert shown[key]["c2"] == sum(parts)
