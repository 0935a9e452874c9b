"""Annex 9: inspection, supervision, discipline and leaving the Party."""

from datetime import date
from random import Random

import pytest

from assessments.choices import CaseKind, CaseOutcome, UnitDisciplineMeasure
from assessments.inspections import actions as inspections
from binhlu_portal.db.actions import Decision
from members.choices import DecidingLevel, DisciplineMeasure, EndReason, Violation
from members.discipline.actions import suspend
from organizations.choices import Kind, Sector
from reports.figures import evaluate
from reports.printed_forms.annexes.bieu_9 import FIGURES, LINES, bieu_9
from reports.printed_forms.statistics.bieu_1 import bieu_1
from tests import factories
from tests.factories import START, clerk_of, leave_party, make_member, make_root, make_unit, moment_of
from tests.reports.printed_forms.workbook_reader import check_links, formulas, links, rows, workbook
from tests.reports.worlds import build

DAY = date(2026, 3, 1)
CONCLUDED = date(2025, 11, 3)


def annex(unit, day=DAY, **asked):
    (sheet,) = bieu_9(moment_of(unit, day, **({"since": START, "year": 2025} | asked)))
    return sheet


def conclude(unit, outcome, *, member=None, kind=CaseKind.INSPECTION, level=DecidingLevel.COMMITTEE, day=CONCLUDED):
    inspections.conclude_case(
        unit=unit, kind=kind, level=level, subject="Nội dung", outcome=outcome, day=day, member=member
    )


def discipline(member, form, *, level=DecidingLevel.COMMITTEE, day=CONCLUDED, committee_member=False):
    factories.discipline(member, day, form, level=level, violation=Violation.LAND, committee_member=committee_member)


def test_an_outcome_holds_the_graver_ones_but_good_stands_alone(commune, cell_a):
    conclude(cell_a, CaseOutcome.GOOD)
    conclude(cell_a, CaseOutcome.POOR)
    conclude(cell_a, CaseOutcome.VIOLATION, level=DecidingLevel.INSPECTION)
    conclude(cell_a, CaseOutcome.DISCIPLINED)
    shown = rows(annex(commune))
    found = [shown[key]["c4"] for key in shown if key.startswith("cases.inspection.units.")]
    assert (shown["A1"]["c4"], found) == (4, [1, 3, 2, 1, 1])
    assert shown["A1"] == {"c4": 4, "c5": 3, "c6": 1, "c7": 0, "c8": 0, "c9": 0}


def test_cases_about_members_and_about_units_are_apart(commune, cell_a):
    conclude(cell_a, CaseOutcome.GOOD, member=make_member(cell_a))
    shown = rows(annex(commune))
    assert shown["A1"] == {}
    assert shown["A2"]["c4"] == 1


@pytest.mark.parametrize(
    ("kind", "outcome", "key"),
    [
        (CaseKind.INSPECTION, CaseOutcome.GOOD, "A1"),
        (CaseKind.SUPERVISION, CaseOutcome.SIGNS, "B1"),
        (CaseKind.SUSPICION, CaseOutcome.GOOD, "C1"),
        (CaseKind.DENUNCIATION, CaseOutcome.SETTLED, "G1"),
        (CaseKind.COMPLAINT, CaseOutcome.SETTLED, "G2"),
    ],
)
def test_every_kind_of_case_has_its_group(commune, cell_a, kind, outcome, key):
    conclude(cell_a, outcome, kind=kind)
    shown = rows(annex(commune))
    assert shown[key]["c4"] == 1
    assert {row[0] for row, cells in shown.items() if cells and len(row) == 2} == {key[0]}


def test_a_group_without_any_record_stays_empty_and_one_with_some_shows_noughts(commune, cell_a):
    discipline(make_member(cell_a), DisciplineMeasure.WARNING)
    shown = rows(annex(commune))
    assert shown["Đ"] == {"c4": 1, "c5": 1, "c6": 0, "c7": 0, "c8": 0, "c9": 0}
    assert shown["discipline.members.warned"]["c4"] == 1
    assert shown["discipline.members.reprimanded"]["c4"] == 0
    assert shown["discipline.members.violation.land"]["c4"] == 1
    assert shown["committee"]["c4"] == 0
    assert shown["suspended"] == {}
    assert shown["D"] == shown["discipline.units.warning"] == {}


def test_committee_members_are_told_apart(commune, cell_a):
    discipline(make_member(cell_a), DisciplineMeasure.WARNING, committee_member=True)
    assert rows(annex(commune))["committee"]["c4"] == 1


def test_the_suspended_are_counted_beside_discipline(commune, cell_a):
    for day in (CONCLUDED, date(2026, 1, 5)):
        suspend(member=make_member(cell_a), level=DecidingLevel.COMMITTEE, day=day, decision=Decision("05-QĐ/ĐU", day))
    shown = rows(annex(commune))
    assert shown["suspended"] == {"c4": 2}
    assert shown["Đ"] == {}


def test_discipline_of_units_is_split_by_form(commune, cell_a, cell_b):
    for unit, form in ((cell_a, UnitDisciplineMeasure.REPRIMAND), (cell_b, UnitDisciplineMeasure.WARNING)):
        inspections.discipline_unit(
            unit=unit, form=form, level=DecidingLevel.COMMITTEE, violation="Quy chế làm việc", day=CONCLUDED
        )
    shown = rows(annex(commune))
    forms = [shown[f"discipline.units.{form}"]["c4"] for form in UnitDisciplineMeasure]
    assert (shown["D"]["c4"], forms) == (2, [1, 1, 0])


def test_leaving_the_party_counts_by_reason_and_has_no_level(commune, cell_a):
    for reason in (EndReason.STRUCK_OFF, EndReason.STRUCK_OFF, EndReason.RESIGNED, EndReason.DIED):
        leave_party(make_member(cell_a), CONCLUDED, reason)
    shown = rows(annex(commune))
    assert shown["E"] == {"c4": 3}
    assert [shown[f"members.{code}"] for code in ("expelled", "struck_off", "resigned")] == [
        {"c4": 0},
        {"c4": 2},
        {"c4": 1},
    ]


@pytest.mark.parametrize(("reason", "row"), [(EndReason.EXPELLED, "C2"), (EndReason.STRUCK_OFF, "C3")])
def test_who_is_put_out_of_the_party_is_one_here_and_in_form_1(commune, cell_a, reason, row):
    leave_party(make_member(cell_a), CONCLUDED, reason)
    (form,) = bieu_1(moment_of(commune, DAY, since=START))
    assert rows(annex(commune))[f"members.{reason}"]["c4"] == rows(form)[row]["c2"] == 1
    expelled = 1 if reason == EndReason.EXPELLED else 0
    assert rows(annex(commune))["discipline.members.expelled"].get("c4", 0) == expelled


def test_what_a_superior_level_did_is_in_the_total_and_in_no_level(commune, cell_a):
    discipline(make_member(cell_a), DisciplineMeasure.WARNING, level=DecidingLevel.SUPERIOR)
    row = next(row for row in annex(commune).rows if row.key == "Đ")
    assert (row.cell("c4").value, row.cell("c4").formula) == (1, None)
    assert sum(row.cell(f"c{number}").value for number in range(5, 10)) == 0


def test_someone_disciplined_at_two_levels_counts_once_in_the_total(commune, cell_a):
    member = make_member(cell_a)
    discipline(member, DisciplineMeasure.REPRIMAND, level=DecidingLevel.CELL)
    discipline(member, DisciplineMeasure.WARNING, level=DecidingLevel.COMMITTEE, day=date(2026, 1, 5))
    shown = rows(annex(commune))["Đ"]
    assert (shown["c4"], shown["c5"], shown["c9"]) == (1, 1, 1)


def test_the_same_period_of_the_year_before_stands_beside(db):
    commune = make_root(day=date(2024, 1, 1))
    cell = make_unit("a", commune, day=date(2024, 1, 1))
    conclude(cell, CaseOutcome.GOOD, day=date(2024, 11, 3))
    conclude(cell, CaseOutcome.GOOD, day=CONCLUDED)
    conclude(cell, CaseOutcome.POOR, day=date(2026, 2, 2))
    sheet = annex(commune)
    assert rows(sheet)["A1"] == {"c4": 2, "c5": 2, "c6": 0, "c7": 0, "c8": 0, "c9": 0, "c10": 1}
    assert rows(sheet)["cases.inspection.units.poor"]["c10"] == 0
    assert any("từ ngày 01/7/2024 đến hết ngày 01/3/2025" in note for note in sheet.notes)


def test_the_year_before_stays_empty_where_the_unit_did_not_exist(commune, cell_a):
    conclude(cell_a, CaseOutcome.GOOD)
    sheet = annex(commune)
    assert all("c10" not in cells for cells in rows(sheet).values())
    assert any("chưa có tổ chức đảng này" in note for note in sheet.notes)


def test_every_row_shows_its_figure(commune, cell_a):
    member = make_member(cell_a)
    conclude(cell_a, CaseOutcome.DISCIPLINED, member=member, level=DecidingLevel.CELL)
    conclude(cell_a, CaseOutcome.SIGNS, kind=CaseKind.SUPERVISION)
    discipline(member, DisciplineMeasure.EXPULSION)
    shown = rows(annex(commune))
    results = evaluate.results(moment_of(commune, DAY, since=START), FIGURES)
    for line in LINES:
        if line.figure:
            assert shown[line.key].get("c4", 0) == results[line.figure].value, line.key


def test_every_link_opens_as_many_rows_as_its_cell_counts(client, commune, cell_a, clerk):
    conclude(cell_a, CaseOutcome.POOR)
    conclude(cell_a, CaseOutcome.DISCIPLINED, member=make_member(cell_a), level=DecidingLevel.CELL)
    discipline(make_member(cell_a), DisciplineMeasure.WARNING)
    leave_party(make_member(cell_a), CONCLUDED, EndReason.STRUCK_OFF)
    check_links(client, clerk, [annex(commune, user=clerk)])


def test_the_year_before_links_to_its_own_list(client, db):
    commune = make_root(day=date(2024, 1, 1))
    clerk = clerk_of(commune)
    conclude(make_unit("a", commune, day=date(2024, 1, 1)), CaseOutcome.GOOD, day=date(2024, 11, 3))
    sheet = annex(commune, user=clerk)
    linked = {(row, column): cell.value for row, column, cell in links(sheet)}
    assert linked == {("A1", "c10"): 1, ("cases.inspection.units.good", "c10"): 1}
    check_links(client, clerk, [sheet])


def test_an_empty_commune_has_an_empty_table(commune):
    assert all(not cells for cells in rows(annex(commune)).values())
    assert workbook([annex(commune)])


def test_a_province_adds_up_its_communes(db):
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER)
    for number, commune in enumerate([make_root(code, parent=province) for code in ("xa-1", "xa-2")]):
        conclude(make_unit(f"ban-{number}", commune), CaseOutcome.GOOD)
    assert rows(annex(province))["A1"]["c4"] == 2


def test_a_cell_shows_its_own_cases_only(commune, cell_a, cell_b):
    conclude(cell_a, CaseOutcome.GOOD)
    conclude(cell_b, CaseOutcome.GOOD)
    assert rows(annex(cell_a))["A1"]["c4"] == 1


def test_totals_are_formulas_of_the_workbook(commune, cell_a):
    discipline(make_member(cell_a), DisciplineMeasure.WARNING)
    (total,) = formulas([annex(commune)])["Thi hành kỷ luật đảng viên"]
    assert total.startswith("=SUM(E") and ":I" in total


def test_the_same_records_give_the_same_bytes(commune, cell_a):
    conclude(cell_a, CaseOutcome.GOOD)
    assert workbook([annex(commune)]) == workbook([annex(commune)])


def test_the_number_of_statements_does_not_grow_with_cases(db, django_assert_num_queries):
    commune = make_root(day=date(2024, 1, 1))
    cell = make_unit("a", commune, day=date(2024, 1, 1))
    with django_assert_num_queries(5):
        annex(commune)
    for number in range(1, 6):
        conclude(cell, CaseOutcome.GOOD, day=date(2025, 10, number))
    with django_assert_num_queries(5):
        sheet = annex(commune)
    assert rows(sheet)["A1"]["c4"] == 5


@pytest.mark.parametrize("seed", range(2))
def test_rows_of_every_unit_of_a_random_world_show_their_figures(db, seed):
    tree = build(Random(seed))
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.is_open:
            results = evaluate.results(moment_of(unit, DAY, since=START), FIGURES)
            shown = rows(annex(unit))
            assert all(shown[line.key].get("c4", 0) == results[line.figure].value for line in LINES if line.figure)
