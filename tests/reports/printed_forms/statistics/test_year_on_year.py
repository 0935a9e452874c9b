"""Forms 2- and 3-BTCTW: each row shows its figure, now and a year earlier."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from members.choices import CourseLevel, PlanningPost, Post, Program
from members.member_records import actions as member_records
from members.models import Member, MemberState
from members.positions import actions as positions
from organizations.choices import Kind, Sector
from reports.figures import evaluate
from reports.figures.average_age import OF_ADMITTED, OF_MEMBERS
from reports.figures.registry import KNOWN
from reports.printed_forms.catalogue import STATISTICS
from reports.printed_forms.statistics.layouts import layout_on
from tests.factories import DECIDED, START, admit, clerk_of, make_member, make_root, make_unit, moment_of
from tests.reports.printed_forms.workbook_reader import check_links, rows
from tests.reports.worlds import build

DAY = date(2026, 3, 1)
bieu_2, bieu_3 = STATISTICS["2-BTCTW"], STATISTICS["3-BTCTW"]
LINES_2, LINES_3 = (layout_on(form, DAY).lines for form in ("2", "3"))
BOTH = pytest.mark.parametrize(("form", "lines"), [(bieu_2, LINES_2), (bieu_3, LINES_3)], ids=["2", "3"])


def shown(form, unit, **asked):
    (sheet,) = form(moment_of(unit, DAY, **({"since": START} | asked)))
    return rows(sheet)


@pytest.fixture
def old(db):
    """A commune of two years with a cell: one member, one admitted in each of the two winters."""
    commune = make_root(day=date(2024, 1, 1))
    cell = make_unit("a", commune, day=date(2024, 1, 1), kind=Kind.GRASSROOTS_CELL, sector=Sector.POLICE)
    member = make_member(cell, day=date(2024, 1, 1), gender="female", born_on="1970")
    MemberState.objects.create(member=member, started_on=date(2024, 1, 1), occupation="farmer", education="literate")
    Member.objects.filter(pk=member.pk).update(card_issued_on=date(2025, 12, 1))
    for day in (date(2024, 12, 1), date(2025, 12, 1)):
        member_records.train(
            member=member, program=Program.OTHER, course="Lớp", level=CourseLevel.COMMUNE, began_on=day
        )
    admit(cell, date(2024, 12, 1), occupation="pupil")
    admit(cell, date(2025, 12, 1), occupation="enterprise_worker")
    lead(commune, member)
    return commune


def lead(commune, member):
    """Let somebody be on the committee of a commune, and be approved for it once more."""
    on = {"unit": commune, "post": Post.COMMITTEE_MEMBER, "day": date(2025, 12, 1)}
    positions.appoint(member=member, decision=DECIDED, **on)
    member_records.plan(
        member=member, post=PlanningPost.EXECUTIVE_COMMITTEE, term="2030-2035", approved_on=date(2025, 12, 1)
    )


def test_a_form_of_what_there_is_speaks_of_a_day_and_one_of_what_happened_of_a_period(old):
    subtitles = {
        code: STATISTICS[f"{code}-BTCTW"](moment_of(old, DAY, since=START))[0].subtitle
        for code in ("2", "2B", "3", "4")
    }
    period = "(Số liệu tính đến ngày 01/3/2026; biến động từ ngày 01/7/2025 đến hết ngày 01/3/2026)"
    assert subtitles == dict.fromkeys(("2", "2B"), period) | dict.fromkeys(("3", "4"), "(Số liệu ngày 01/3/2026)")


def test_every_row_with_a_number_has_a_list_of_its_own():
    for lines in (LINES_2, LINES_3):
        assert {line.key for line in lines if line.plus} <= KNOWN.keys()


def test_every_row_with_a_number_is_a_figure_or_a_sum():
    for lines in (LINES_2, LINES_3):
        keys = [line.key for line in lines]
        assert len(keys) == len(set(keys))
        for line in lines:
            is_heading = line.key == line.name
            is_counted = line.key in KNOWN or line.key in (OF_ADMITTED.code, OF_MEMBERS.code) or bool(line.plus)
            assert is_counted + is_heading + (not line.recorded) == 1, line.key
            assert set(line.plus) <= set(keys)


@BOTH
@pytest.mark.parametrize("seed", range(2))
def test_rows_show_their_figures_in_a_random_world(db, form, lines, seed):
    tree = build(Random(seed))
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.is_open:
            codes = [line.key for line in lines if line.key in KNOWN]
            results = evaluate.results(moment_of(unit, DAY, since=START), codes)
            found = shown(form, unit)
            assert {code: found[code]["c2"] for code in codes} == {
                code: result.value for code, result in results.items()
            }


def test_the_year_before_stands_beside_and_is_compared(old):
    found = shown(bieu_3, old)
    assert found["members.total"] == {"c2": 3, "c3": 2, "c4": 150}
    assert found["members.occupation.farmer"] == {"c2": 1, "c3": 1, "c4": 100}
    assert shown(bieu_2, old)["admissions.occupation.pupil"] == {"c2": 0, "c3": 1, "c4": 0}
    assert shown(bieu_2, old)["admissions.enterprises"] == {"c2": 1, "c3": 0}
    assert shown(bieu_2, old)["units.admitting.cells"] == {"c2": 1, "c3": 1, "c4": 100}


@BOTH
def test_what_no_record_tells_is_empty_and_told(old, form, lines):
    (sheet,) = form(moment_of(old, DAY, since=START))
    empty = {line.key for line in lines if not line.recorded}
    assert {"blank.owners", "blank.foreign_spouses"} <= empty
    assert all(not values for key, values in rows(sheet).items() if key in empty)
    (told,) = [note for note in sheet.notes if "hệ thống chưa ghi" in note]
    assert told.startswith("Để trống vì hệ thống chưa ghi: ")
    assert "Chủ doanh nghiệp tư nhân; " in told


def test_rows_called_alike_are_told_with_the_row_above(old):
    (sheet,) = bieu_2(moment_of(old, DAY, since=START))
    told = "Không còn quần chúng (Đảng bộ cơ sở); Không còn quần chúng (Chi bộ cơ sở)."
    assert any(note.endswith(told) for note in sheet.notes)


def test_the_average_age_stands_beneath_the_bands_now_and_a_year_before(old):
    assert shown(bieu_3, old)["members.average_age"] == {
        "c2": Decimal("48.7"),
        "c3": Decimal("49.5"),
        "c4": Decimal("98.4"),
    }
    (sheet,) = bieu_3(moment_of(old, DAY, since=START))
    keys = [row.key for row in sheet.rows]
    assert keys[keys.index("members.average_age") - 1] == "members.age.over_60"
    cell = next(row for row in sheet.rows if row.key == "members.average_age").cell("c2")
    assert (cell.places, cell.link, cell.figure) == (1, None, "")
    assert shown(bieu_2, old)["admissions.average_age"]["c2"] > 18


def test_work_adds_up_to_those_who_work(old):
    (sheet,) = bieu_3(moment_of(old, DAY, since=START))
    working = next(row for row in sheet.rows if row.key == "members.working")
    assert working.cell("c2").formula is not None
    assert working.cell("c2").link is not None


@pytest.mark.parametrize("code", [code for code in STATISTICS if code not in ("6F-BTCTW", "9C-BTCTW", "12C-BTCTW")])
def test_a_commune_without_a_year_before_leaves_its_columns_empty(commune, cell_a, code):
    make_member(cell_a)
    for sheet in STATISTICS[code](moment_of(commune, DAY, since=START)):
        assert any("chưa có tổ chức đảng này" in note for note in sheet.notes)


@pytest.mark.parametrize("code", STATISTICS)
def test_every_link_opens_as_many_rows_as_its_cell_counts(client, old, code):
    clerk = clerk_of(old)
    check_links(client, clerk, STATISTICS[code](moment_of(old, DAY, since=START, user=clerk)))


@pytest.mark.parametrize("code", STATISTICS)
def test_the_number_of_statements_does_not_grow_with_people(old, django_assert_max_num_queries, code):
    moment = moment_of(old, DAY, since=START)
    with django_assert_max_num_queries(7) as few:
        before = [rows(sheet) for sheet in STATISTICS[code](moment)]
    cells = [make_unit(f"n{number}", old, kind=Kind.GRASSROOTS_CELL) for number in range(3)]
    for number in range(30):
        member = make_member(cells[number % 3])
        member_records.train(
            member=member, program=Program.OTHER, course="Lớp", level=CourseLevel.COMMUNE, began_on=DAY
        )
        admit(cells[number % 3], date(2026, 1, 5))
        lead(old, member)
    with django_assert_max_num_queries(len(few)):
        sheets = STATISTICS[code](moment)
    assert [rows(sheet) for sheet in sheets] != before
