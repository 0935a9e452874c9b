"""Every check finds what it is about, and nothing where all is sound; nobody is told of what is out of sight."""

import re
from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhlu_portal.data_checks.findings import OF_OFFICE, by_level, find, find_about, for_reader, totals
from binhlu_portal.data_checks.rules import CHECKS, Level, check
from binhlu_portal.records.types import About
from organizations.choices import RoleKind
from organizations.rights import RIGHTS, Right
from tests.checks import DAY, EXAMPLES, OF_COMMUNES, somebody
from tests.factories import moment_of


@pytest.fixture
def sound(sound_world, db):
    """A sound commune and its two sound cells, for one test to change."""
    return deepcopy(sound_world)


@pytest.fixture
def commune(sound):
    """The sound commune."""
    return sound[0]


@pytest.fixture
def cells(sound):
    """The two sound cells."""
    return sound[1:]


@pytest.fixture
def cell_a(cells):
    """The first of them, for its secretary."""
    return cells[0]


@pytest.fixture
def cell_b(cells):
    """The second of them, for its secretary."""
    return cells[1]


def numbers(unit, **more):
    """Return what is found beneath a unit: {code: number}."""
    return {one.check.code: one.count for one in find(moment_of(unit, DAY, **more))}


def test_every_check_has_an_example():
    assert EXAMPLES.keys() | OF_COMMUNES.keys() == set(CHECKS)
    assert not EXAMPLES.keys() & OF_COMMUNES.keys()


def test_a_code_is_used_once():
    known = dict(CHECKS)
    with pytest.raises(ValueError, match=r"thieu-ngay-sinh.*twice"):
        check(CHECKS["thieu-ngay-sinh"])
    assert known == CHECKS


def test_nothing_is_found_where_all_is_sound(commune, cells):
    assert numbers(commune) == {}


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_is_wrong_is_found_where_it_is(commune, cells, secretary_a, secretary_b, code):
    cell, other = cells
    EXAMPLES[code](cell, other)
    assert numbers(commune)[code] == numbers(cell, user=secretary_a)[code] == 1  # so there is none in the other cell
    assert numbers(commune, user=secretary_b) == {}
    one, moment = CHECKS[code], moment_of(commune, DAY)
    (row,) = one.listing.rows(one.rows(moment), moment)
    assert one.mends(row, moment).startswith("/")
    if one.among.about == About.UNIT:
        assert row[one.among.whom] == "a"


@pytest.mark.parametrize("code", OF_COMMUNES)
def test_what_is_missing_of_a_commune_is_found_there(commune, cells, clerk, code):
    OF_COMMUNES[code](commune)
    assert numbers(commune)[code] == numbers(commune, user=clerk)[code] == 1
    assert code not in numbers(cells[0])
    one, moment = CHECKS[code], moment_of(commune, DAY)
    (row,) = one.listing.rows(one.rows(moment), moment)
    assert one.mends(row, moment).startswith("/so/")
    assert row[one.among.whom] == commune.code


def test_all_is_found_in_one_statement(commune, cells, django_assert_num_queries):
    for code in ("thieu-ngay-sinh", "nguon-ket-nap", "chua-sinh-hoat"):
        EXAMPLES[code](*cells)
    moment = moment_of(commune, DAY)
    assert moment.in_force.value("cells.most")  # what is in force is read once for a page
    with django_assert_num_queries(1):
        assert len(find(moment)) == 3


def test_what_is_found_about_one_person_is_told_in_one_statement(cells, django_assert_num_queries):
    cell, other = cells
    for code in ("mien-sinh-hoat-sap-het", "sai-dinh-danh", "quyet-dinh-sau-ket-nap", "chua-sinh-hoat"):
        EXAMPLES[code](cell, other)
    lan, moment = somebody(cell), moment_of(cell, DAY)
    assert moment.in_force.value("cells.most")
    with django_assert_num_queries(1):
        told = find_about(moment, lan.pk, {Right.EDIT})
    assert {one.check.code: one.address for one in told} == {
        "sai-dinh-danh": f"/dang-vien/{lan.pk}/sua-ca-nhan/",
        "quyet-dinh-sau-ket-nap": "",
        "mien-sinh-hoat-sap-het": f"/so/mien-sinh-hoat/{lan.exemptions.get().pk}/",
    }


COUNTED_BY_ROW = {
    "phai-du-qua-dang-vien": "each meeting is held against the members of its own day",
    "diem-danh-nguoi-da-thoi": "each meeting is held against those expected on its own day",
    "to-chuc-xuat-sac-vuot-tran": "few units have the top level",
}
"""The checks that count something anew for each of their rows, and why."""


def asked_of(moment, codes):
    """Return the statement that finds what checks with `codes` find."""
    with CaptureQueriesContext(connection) as run:
        find(moment, codes)
    return run.captured_queries[-1]["sql"]


def test_no_check_counts_anew_for_each_row_what_one_pass_counts_for_all(commune):
    moment = moment_of(commune, DAY)
    assert {code for code in CHECKS if "(SELECT COUNT(" in asked_of(moment, (code,))} == COUNTED_BY_ROW.keys()


def test_no_check_looks_a_card_up_to_which_its_rows_are_joined(commune):
    own_card = r'(?:WHERE \(?|AND )(?:"members_member"|\w+)\."id" = \("members_spell"\."member_id"\)'
    assert not re.search(own_card, asked_of(moment_of(commune, DAY), CHECKS))


def test_the_gravest_comes_first(commune, cells):
    for code in ("chua-sinh-hoat", "thieu-ngay-sinh", "sai-dinh-danh", "thieu-hoc-van"):
        EXAMPLES[code](*cells)
    findings = find(moment_of(commune, DAY))
    assert list(by_level(findings)) == [Level.ERROR, Level.WARNING, Level.NOTE]
    assert list(for_reader(findings, RIGHTS[RoleKind.SECRETARIAT])) == ["Sai", "Cần xem", "Nhắc"]
    assert totals(findings) == [(Level.ERROR, 1), (Level.WARNING, 2), (Level.NOTE, 1)]


def test_what_a_reader_cannot_put_right_stands_apart_for_those_who_put_things_right(commune, cells):
    for code in ("to-chuc-chua-xep-loai", "chua-sinh-hoat"):
        EXAMPLES[code](*cells)
    findings = find(moment_of(commune, DAY))
    decided = [one.check.code for one in findings if one.check.right == Right.DECIDE]
    assert decided
    for kind in (RoleKind.CELL_SECRETARY, RoleKind.SECRETARIAT, RoleKind.LEADER):
        found = for_reader(findings, RIGHTS[kind])
        apart = [one.check.code for one in found.pop(OF_OFFICE, ())]
        assert apart == (decided if kind == RoleKind.CELL_SECRETARY else [])
        assert len(apart) + sum(map(len, found.values())) == len(findings)
