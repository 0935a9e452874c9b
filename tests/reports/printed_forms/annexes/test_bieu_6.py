"""Annex 6: training of committee members by programme."""

from datetime import date
from random import Random

import pytest

from members.choices import CourseLevel, Post, Program
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.positions import actions as positions
from organizations.choices import Kind, Sector
from reports.figures import evaluate
from reports.printed_forms.annexes.bieu_6 import LINES, bieu_6
from tests.factories import DECIDED, START, make_member, make_root, make_unit, moment_of
from tests.ground import layer
from tests.reports.printed_forms.workbook_reader import check_links, formulas, rows, workbook
from tests.reports.worlds import build

DAY = date(2026, 3, 1)
BEGAN = date(2025, 10, 6)


def annex(unit, day=DAY, **asked):
    (sheet,) = bieu_6(moment_of(unit, day, **({"since": START, "year": 2025} | asked)))
    return sheet


def appoint(unit, *posts, **fields):
    member = make_member(unit, **fields)
    for post in posts:
        positions.appoint(unit=unit, post=post, member=member, day=START)
    return member


def train(member, program=Program.PARTY_WORK, course="Lớp 1", level=CourseLevel.COMMUNE, began_on=BEGAN):
    member_records.train(member=member, program=program, course=course, level=level, began_on=began_on)


@layer
def trained(commune, cell_a):
    """A secretary, a deputy and a committee member of three kinds of unit in two courses of two levels."""
    organization = make_unit("bv", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE)
    nested = make_unit("bv-1", organization, sector=Sector.PUBLIC_SERVICE)
    school = make_unit("th", commune, sector=Sector.SCHOOL)
    secretary = appoint(cell_a, Post.SECRETARY, Post.COMMITTEE_MEMBER, gender="female", ethnicity="thai")
    deputy = appoint(nested, Post.DEPUTY_SECRETARY, Post.COMMITTEE_MEMBER)
    ordinary = appoint(school, Post.COMMITTEE_MEMBER, gender="female")
    train(secretary)
    train(secretary, course="Lớp 2", level=CourseLevel.PROVINCE)
    train(deputy)
    train(ordinary)
    train(ordinary, program=Program.UPDATES, course="Lớp 3")
    train(make_member(cell_a))
    return secretary, deputy, ordinary


def test_turns_are_split_by_post_person_and_place(commune, trained):
    shown = rows(annex(commune))
    assert shown["II1"] == {
        "c3": 2, "c4": 1, "c5": 1, "c6": 4, "c7": 2, "c8": 1, "c9": 1,
        "c10": 3, "c11": 2, "c12": 1, "c13": 0, "c14": 2, "c15": 1,
    }  # fmt: skip
    assert shown["II5"] == {
        "c3": 1, "c4": 0, "c5": 1, "c6": 1, "c7": 0, "c8": 0, "c9": 1,
        "c10": 1, "c11": 0, "c12": 0, "c13": 0, "c14": 0, "c15": 1,
    }  # fmt: skip


def test_the_sum_of_skills_tells_how_many_people_took_part(commune, trained):
    shown = rows(annex(commune))
    assert (shown["II"]["c3"], shown["II"]["c6"], shown["II"]["c16"]) == (3, 5, "3 người")
    assert shown["total"] == {column: value for column, value in shown["II"].items() if column != "c16"}


def test_a_programme_in_which_nobody_took_part_stays_empty(commune, trained):
    shown = rows(annex(commune))
    assert {key for key, cells in shown.items() if cells} == {"II", "II1", "II5", "total"}


def test_forms_of_study_add_up_to_their_level(commune, cell_a):
    member = appoint(cell_a, Post.SECRETARY)
    train(member, Program.THEORY_INTERMEDIATE_FULL, "Lớp A")
    train(member, Program.THEORY_INTERMEDIATE_PART, "Lớp B", CourseLevel.PROVINCE)
    shown = rows(annex(commune))
    assert shown["I2"] == shown["I"] == shown["total"]
    assert [shown[key]["c6"] for key in ("I2", "I2a", "I2b")] == [2, 1, 1]
    assert (shown["I2"]["c4"], shown["I2"]["c5"]) == (1, 1)


def test_the_post_and_place_are_those_of_the_day_the_course_began(commune, cell_a):
    school = make_unit("th", commune, sector=Sector.SCHOOL)
    member = appoint(cell_a, Post.SECRETARY)
    train(member)
    membership.transfer(member=member, to=school, day=date(2025, 10, 7))
    positions.appoint(unit=school, post=Post.DEPUTY_SECRETARY, member=member, day=date(2025, 10, 7), decision=DECIDED)
    shown = rows(annex(commune))["II1"]
    assert [shown[column] for column in ("c7", "c8", "c14", "c15")] == [1, 0, 1, 0]


def test_a_post_given_after_the_course_began_does_not_count_yet(commune, cell_a):
    member = appoint(cell_a, Post.COMMITTEE_MEMBER)
    train(member)
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=date(2025, 10, 7), decision=DECIDED)
    shown = rows(annex(commune))["II1"]
    assert [shown[column] for column in ("c7", "c8", "c9")] == [0, 0, 1]


def test_courses_before_and_after_the_period_do_not_count(commune, cell_a):
    member = appoint(cell_a, Post.SECRETARY)
    train(member, began_on=BEGAN)
    assert rows(annex(commune, BEGAN, since=BEGAN))["total"]["c6"] == 1
    assert rows(annex(commune, date(2025, 10, 5)))["total"] == {}
    assert rows(annex(commune, since=date(2025, 10, 7)))["total"] == {}


def test_every_row_shows_its_figure(commune, trained):
    shown = rows(annex(commune))
    results = evaluate.results(moment_of(commune, DAY, since=START, year=2025))
    for line in LINES:
        assert shown[line.key].get("c6", 0) == results[line.figure].value


def test_every_programme_has_one_row():
    assert sorted(line.turns for line in LINES if not line.parts) == sorted(Program.values)


def test_every_link_opens_as_many_rows_as_its_cell_counts(client, commune, trained, clerk):
    check_links(client, clerk, [annex(commune, user=clerk)])


def test_a_part_of_a_row_is_linked_when_it_is_the_whole_row(commune, trained):
    cells = {row.key: row for row in annex(commune).rows}
    assert cells["II5"].cell("c15").link == cells["II5"].cell("c6").link
    assert cells["II1"].cell("c15").link is None


def test_an_empty_commune_has_an_empty_table(commune):
    assert all(not cells for cells in rows(annex(commune)).values())
    assert workbook([annex(commune)])


def test_a_province_adds_up_its_communes(db):
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER)
    for number, commune in enumerate([make_root(code, parent=province) for code in ("xa-1", "xa-2")]):
        train(appoint(make_unit(f"ban-{number}", commune), Post.SECRETARY))
    last = rows(annex(province))["total"]
    assert (last["c3"], last["c6"], last["c14"]) == (1, 2, 2)


def test_a_cell_shows_its_own_turns_only(trained, cell_a):
    assert rows(annex(cell_a))["total"]["c6"] == 2


def test_totals_are_formulas_of_the_workbook(commune, trained):
    found = formulas([annex(commune)])
    assert found["Sơ cấp"] == []
    assert len(found["Cộng (I + II)"]) == 13
    assert sum(formula.startswith("=SUM(G") for formula in found["Cộng (I + II)"]) == 1


def test_the_same_records_give_the_same_bytes(commune, trained):
    assert workbook([annex(commune)]) == workbook([annex(commune)])


def test_the_number_of_statements_does_not_grow_with_turns(commune, trained, django_assert_num_queries):
    with django_assert_num_queries(4):
        annex(commune)
    for number in range(5):
        train(trained[0], course=f"Lớp thêm {number}")
    with django_assert_num_queries(4):
        sheet = annex(commune)
    assert rows(sheet)["total"]["c6"] == 10


@pytest.mark.parametrize("seed", range(2))
def test_sums_hold_for_every_unit_of_a_random_world(db, seed):
    tree = build(Random(seed))
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.is_open:
            result = evaluate.results(moment_of(unit, DAY, since=START), ["training.turns.total"])
            last = rows(annex(unit))["total"]
            assert last.get("c6", 0) == result["training.turns.total"].value
