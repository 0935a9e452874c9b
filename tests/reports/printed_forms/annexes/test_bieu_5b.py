"""Annex 5B: secretaries who are heads, village by village and type by type."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from binhlu_portal.dates.validity import OPEN
from members.choices import Post
from members.membership import actions as membership
from members.positions import actions as positions
from organizations.choices import Kind, Sector
from organizations.models import Threshold
from reports.figures import evaluate
from reports.figures.registry import FIGURES, REGISTERS
from reports.printed_forms.annexes.bieu_5b import AGENCIES, VILLAGES, bieu_5b
from tests.factories import START, make_member, make_root, make_unit, moment_of
from tests.ground import layer
from tests.reports.printed_forms.workbook_reader import check_links, formulas, rows, workbook
from tests.reports.worlds import build

DAY = date(2026, 3, 1)


def annex(unit, day=DAY, **asked):
    return bieu_5b(moment_of(unit, day, since=START, year=2025, **asked))


def appoint(unit, *posts, member=None):
    """Give posts in `unit` to one member, a new one unless given."""
    member = member or make_member(unit)
    for post in posts:
        positions.appoint(unit=unit, post=post, member=member, day=START)
    return member


@layer
def agencies(commune):
    """Two party organizations, a grassroots cell and two schools: one of each state a unit can be in."""
    kinds = {
        "ubnd": (Kind.PARTY_ORGANIZATION, Sector.STATE_AGENCY),
        "cq": (Kind.PARTY_ORGANIZATION, Sector.PARTY_AGENCY),
        "ca": (Kind.GRASSROOTS_CELL, Sector.POLICE),
        "th-1": (Kind.SUBORDINATE_CELL, Sector.SCHOOL),
        "th-2": (Kind.SUBORDINATE_CELL, Sector.SCHOOL),
    }
    found = {code: make_unit(code, commune, kind=kind, sector=sector) for code, (kind, sector) in kinds.items()}
    appoint(found["ca"], Post.SECRETARY, Post.AGENCY_HEAD)
    appoint(found["th-1"], Post.SECRETARY, Post.AGENCY_HEAD)
    appoint(found["th-2"], Post.SECRETARY)
    teacher = make_member(found["ca"])
    appoint(found["cq"], Post.SECRETARY, member=teacher)
    positions.appoint(unit=found["cq"], post=Post.AGENCY_HEAD, holder_name="Người ngoài Đảng", day=START)
    positions.appoint(unit=found["ubnd"], post=Post.AGENCY_HEAD, holder_name="Người ngoài Đảng", day=START)
    return found


@layer
def villages(commune, cell_a, cell_b):
    """Two villages: in one the secretary leads village and front, in the other two outsiders do."""
    appoint(cell_a, Post.SECRETARY, Post.VILLAGE_HEAD, Post.FRONT_HEAD)
    appoint(cell_b, Post.SECRETARY)
    for post in (Post.VILLAGE_HEAD, Post.FRONT_HEAD):
        positions.appoint(unit=cell_b, post=post, holder_name="Người ngoài Đảng", day=START)
    return cell_a, cell_b


def test_units_without_a_secretary_who_is_head_are_told_apart_by_the_reason(commune, agencies):
    shown = rows(annex(commune)[0])
    percent = Decimal("0.00")
    assert shown["1"] == {
        "c3": 2, "c4": 0, "c5": percent, "c6": 2, "c7": 1, "c8": 0, "c9": 0,
        "unwritten": 1, "c11": "Chi bộ cq; Chi bộ ubnd",
    }  # fmt: skip
    assert shown["2"] == {"c3": 1, "c4": 1, "c5": Decimal("100.00"), "c6": 0, "c7": 0, "c8": 0, "c9": 0, "unwritten": 0}
    assert shown["3"] == {
        "c3": 2, "c4": 1, "c5": Decimal("50.00"), "c6": 1, "c7": 0, "c8": 0, "c9": 0,
        "unwritten": 1, "c11": "Chi bộ th-2",
    }  # fmt: skip
    assert shown["4"] == {}
    assert shown["total"] == {
        "c3": 5, "c4": 2, "c5": Decimal("40.00"), "c6": 3, "c7": 1, "c8": 0, "c9": 0, "unwritten": 2,
    }  # fmt: skip


def test_a_post_is_vacant_where_somebody_has_written_it_down(commune, agencies):
    positions.declare_vacant(unit=agencies["ubnd"], post=Post.SECRETARY, day=START)
    positions.declare_vacant(unit=agencies["th-2"], post=Post.AGENCY_HEAD, day=START)
    shown = rows(annex(commune)[0])
    assert (shown["1"]["c8"], shown["3"]["c9"], shown["total"]["unwritten"]) == (1, 1, 0)


def test_cells_of_other_types_get_a_row_only_when_there_are_any(commune, agencies):
    assert "5" not in rows(annex(commune)[0])
    make_unit("khac", commune, sector=Sector.STATE_AGENCY)
    shown = rows(annex(commune)[0])
    assert (shown["5"]["c3"], shown["total"]["c3"]) == (1, 6)


def test_many_units_that_lack_it_are_not_named(commune):
    for number in range(4):
        make_unit(f"th-{number}", commune, sector=Sector.SCHOOL)
    assert "c11" not in rows(annex(commune)[0])["3"]


def test_a_secretary_who_leads_village_and_front_counts_once_in_the_sum(commune, villages):
    shown = rows(annex(commune)[1])
    assert shown["a"] == {"c3": 1, "c4": 1, "c5": 1, "c6": 1, "c8": 1, "c9": 1, "c11": 1, "c12": 1, "c14": 1}
    assert shown["b"] == {"c3": 1, "c4": 0, "c5": 0, "c6": 0, "c8": 1, "c9": 0, "c11": 1, "c12": 0, "c14": 0}
    half = Decimal("50.00")
    assert shown["total"] == {
        "c3": 2, "c4": 1, "c5": 1, "c6": 1, "c7": half, "c8": 2, "c9": 1, "c10": half,
        "c11": 2, "c12": 1, "c13": half, "c14": 1, "c15": half,
    }  # fmt: skip


def test_a_secretary_who_leads_the_front_alone_is_in_the_sum(commune, cell_a):
    appoint(cell_a, Post.SECRETARY, Post.FRONT_HEAD)
    shown = rows(annex(commune)[1])["a"]
    assert [shown[column] for column in ("c4", "c5", "c6")] == [0, 1, 1]


def test_a_village_is_named_without_the_word_for_its_cell(commune, cell_a):
    assert annex(commune)[1].rows[0].cell("name").value == "a"


def test_a_village_whose_head_has_left_the_cell_no_longer_has_a_member_as_head(commune, villages):
    head = villages[0].positions.get(post=Post.VILLAGE_HEAD).member
    membership.end_membership(member=head, day=date(2026, 2, 1), reason="died")
    shown = rows(annex(commune)[1])
    assert (shown["a"]["c9"], shown["a"]["c6"]) == (0, 0)


@pytest.mark.parametrize(("part", "codes"), [(0, AGENCIES), (1, VILLAGES)])
def test_the_last_rows_show_the_figures_of_the_report(commune, agencies, villages, part, codes):
    results = evaluate.results(moment_of(commune, DAY), [*FIGURES, *REGISTERS])
    last = rows(annex(commune)[part])["total"]
    for column, code in codes.items():
        assert last[column] == results[code].value, code
    shares = {
        "c5": results["posts.agency_heads.secretary"].percent,
        "c15": results["posts.villages.both_heads_members"].percent,
    }
    column = ("c5", "c15")[part]
    assert last[column] == shares[column]


def test_percentages_asked_for_come_from_the_thresholds_in_force(commune, agencies, villages):
    code = "targets.agency_secretaries_heads"
    Threshold.objects.create(code=code, low=95, source="Nghị quyết", started_on=START, ended_on=date(2026, 1, 1))
    Threshold.objects.create(code=code, low=97, source="Nghị quyết", started_on=date(2026, 1, 1), ended_on=OPEN)
    Threshold.objects.create(code="targets.village_secretary_concurrent", low=70, source="Nghị quyết", started_on=START)
    part_1, part_2 = annex(commune)
    assert rows(part_1)["total"]["c10"] == 97
    assert rows(annex(commune, date(2025, 12, 31))[0])["total"]["c10"] == 95
    labels = {leaf.key: leaf.label for leaf in part_2.leaves}
    assert (labels["c7"], labels["c10"]) == ("% (chỉ tiêu 70)", "%")


def test_every_link_opens_as_many_rows_as_its_cell_counts(client, commune, agencies, villages, clerk):
    check_links(client, clerk, annex(commune, user=clerk))


def test_the_form_begins_with_a_heading_and_ends_with_a_signature(commune):
    part_1, part_2 = annex(commune)
    assert part_1.heading and not part_1.signature
    assert part_2.signature and not part_2.heading
    assert (part_1.tab, part_2.tab) == ("5B-I", "5B-II")


def test_an_empty_commune_has_empty_tables(commune):
    for sheet in annex(commune):
        assert all(not cells for cells in rows(sheet).values())
    assert workbook(annex(commune))


def test_a_province_adds_up_its_communes(db):
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER)
    for number, commune in enumerate([make_root(code, parent=province) for code in ("xa-1", "xa-2")]):
        make_unit(f"ban-{number}", commune)
        make_unit(f"th-{number}", commune, sector=Sector.SCHOOL)
    part_1, part_2 = annex(province)
    assert rows(part_1)["total"]["c3"] == 2
    assert list(rows(part_2)) == ["ban-0", "ban-1", "total"]


def test_a_village_cell_is_one_village(commune, villages):
    part_1, part_2 = annex(villages[0])
    assert rows(part_1)["total"] == {}
    assert list(rows(part_2)) == ["a", "total"]


def test_shares_are_formulas_of_the_workbook(commune, agencies):
    last = formulas(annex(commune))["Cộng"]
    assert last[0].startswith("=SUM(C")
    number = last[0].rsplit("C", 1)[1].rstrip(")")
    line = int(number) + 1
    assert f'=IF(C{line}=0,"",ROUND(D{line}*100/C{line},2))' in last
    assert f"=C{line}-D{line}" in last


def test_the_same_records_give_the_same_bytes(commune, agencies, villages):
    assert workbook(annex(commune)) == workbook(annex(commune))


def test_the_number_of_statements_does_not_grow_with_units(commune, cell_a, django_assert_num_queries):
    with django_assert_num_queries(5):
        annex(commune)
    for number in range(10):
        make_unit(f"ban-{number}", commune)
    with django_assert_num_queries(5):
        _, part_2 = annex(commune)
    assert len(rows(part_2)) == 12


@pytest.mark.parametrize("seed", range(2))
def test_reasons_make_up_what_is_not_done_in_a_random_world(db, seed):
    tree = build(Random(seed))
    for unit in tree.values():
        unit.refresh_from_db()
        if unit.is_open:
            last = rows(annex(unit)[0])["total"]
            assert last.get("c6", 0) == sum(last.get(column, 0) for column in ("c7", "c8", "c9", "unwritten"))
