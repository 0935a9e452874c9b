"""Comparison of units: the worst first, who is missing by name, this year beside the last, no target of a whole."""

import re
from datetime import date

import pytest
from django.urls import reverse

from assessments.meetings.actions import hold_meeting
from assessments.ratings import actions as ratings
from members.admissions import actions as admissions
from members.positions import actions as positions
from organizations.choices import Kind, Sector
from organizations.models import Threshold
from organizations.tree_queries import tree_of_day
from reports.dashboard.comparison import compare
from tests.factories import START, admit, make_member, make_unit, moment_of

AS_OF = date(2026, 9, 1)
ASKED = "don_vi=xa&ngay=01/09/2026"


@pytest.fixture
def villages(commune, cell_a, cell_b):
    """Two villages: the head of one is a member, of the other none; the other has stopped writing down meetings."""
    for _ in range(4):
        make_member(cell_a)
    make_member(cell_b)
    positions.appoint(unit=cell_a, post="village_head", day=START, member=make_member(cell_a))
    positions.appoint(unit=cell_b, post="village_head", day=START, holder_name="Người ngoài Đảng")
    for month in range(1, 9):
        hold_meeting(unit=cell_a, day=date(2026, month, 3), kind="regular", expected=4, present=3)
    hold_meeting(unit=cell_b, day=date(2026, 1, 3), kind="regular", expected=1, present=1)
    admissions.set_target(unit=cell_b, year=2026, target=2)
    Threshold.objects.create(code="targets.village_heads_members", low=90, started_on=START, source="Nghị quyết mẫu")
    return cell_a, cell_b


def comparison(unit):
    moment = moment_of(unit, AS_OF, since=date(2026, 1, 1), year=2025)
    return compare(moment, tree_of_day(moment.user, AS_OF))


def cells(found, code):
    row = next(row for row in found.rows if row.place.unit.code == code)
    return {column.key: cell for column, cell in zip(found.columns, row.cells, strict=True)}


def test_each_unit_shows_what_it_reaches_and_what_is_not_written_down(commune, villages):
    found = comparison(commune)
    good, bad = cells(found, "a"), cells(found, "b")
    assert (good["truong-ban"].said, bad["truong-ban"].said, bad["mat-tran"].said) == ("Có", "Chưa", "Chưa ghi")
    assert (good["sinh-hoat"].said, good["sinh-hoat"].gap) == ("75,0\N{NO-BREAK SPACE}%", "")
    assert (bad["sinh-hoat"].said, bad["sinh-hoat"].gap) == ("100,0\N{NO-BREAK SPACE}%", "ghi thiếu tháng")
    assert (bad["ket-nap"].said, bad["ket-nap"].is_bad, good["ket-nap"].asked) == ("Chưa ghi", True, False)
    assert "thu-truong" not in good, "of villages nobody is asked whether the secretary heads the agency"


def test_the_worst_come_first_and_the_other_way_round(commune, villages):
    found = comparison(commune)

    def order(key):
        return [row.place.unit.code for row in found.sorted_by(key)]

    assert order("") == order("không có") == order("truong-ban") == order("dang-vien") == ["b", "a"]
    assert order("sinh-hoat") == order("-truong-ban") == order("-") == ["a", "b"]
    assert order("ket-nap") == order("-ket-nap") == ["b", "a"], "what is not asked of a unit comes last"


def test_targets_are_held_against_the_whole_and_not_against_a_unit(commune, villages):
    found = comparison(commune)
    whole = dict(zip([column.key for column in found.columns], found.whole, strict=True))
    assert whole["truong-ban"].said == "50,0\N{NO-BREAK SPACE}%"
    assert whole["truong-ban"].verdict == "mục tiêu từ 90\N{NO-BREAK SPACE}%: chưa đạt"
    assert {cell.verdict for row in found.rows for cell in row.cells} == {""}
    assert "Chi bộ b có 1 đảng viên, một người đã là 100,0\N{NO-BREAK SPACE}%" in found.not_held


def test_the_same_period_of_last_year_stands_beside(commune, villages):
    young = make_unit("moi", commune, day=date(2026, 2, 1))
    make_member(young, day=date(2026, 2, 1))
    admit(villages[0], date(2025, 8, 20))
    admit(villages[0], date(2025, 9, 20))
    found = comparison(commune)
    assert found.then.as_of == date(2025, 9, 1)
    assert cells(found, "a")["ket-nap"].before == "1"
    assert [cells(found, code)["dang-vien"].before for code in ("a", "b", "moi")] == ["6", "1", ""]
    too_early = moment_of(commune, date(2026, 6, 30), since=date(2026, 1, 1), year=2025)
    assert compare(too_early, tree_of_day(too_early.user, too_early.as_of)).then is None


def test_the_page_names_and_leads_to_those_missing(client, leader, villages):
    client.force_login(leader)
    page = client.get(f"{reverse('comparison')}?{ASKED}").content.decode()
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]+)<', page) == ["Chi bộ b", "Chi bộ a"]
    addresses = re.findall(r'href="([^"]*villages.head_members[^"]*con_lai=1)"', page)
    assert len(addresses) == 2  # of the whole, and of the unit itself
    for address in addresses:
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert "Đã tính vào số này" in listed
        assert "Chi bộ b" in listed.partition("<tbody>")[2]
        assert "Chi bộ a" not in listed.partition("<tbody>")[2]
    sorted_page = client.get(f"{reverse('comparison')}?{ASKED}&xep=sinh-hoat").content.decode()
    assert 'aria-sort="ascending"><a href="?don_vi=xa&amp;ngay=01/09/2026&amp;xep=-sinh-hoat">' in sorted_page
    board = client.get(f"{reverse('dashboard')}?{ASKED}").content.decode()
    assert "1/2 (50,0\N{NO-BREAK SPACE}%), mục tiêu từ 90\N{NO-BREAK SPACE}%; còn 1: Chi bộ b" in board


def test_a_number_of_several_figures_leads_to_no_list_of_one_of_them(commune, villages):
    office = make_unit("x", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.STATE_AGENCY)
    make_member(office)
    hold_meeting(unit=office, day=date(2026, 1, 3), kind="regular", expected=1, present=1)
    found = comparison(commune)
    whole = {column.key: cell for column, cell in zip(found.columns, found.whole, strict=True)}
    assert (whole["sinh-hoat"].code, cells(found, "x")["sinh-hoat"].code) == ("", "meetings.attendance.agency")


def test_a_unit_without_others_beneath_has_nothing_to_compare(client, leader, villages):
    client.force_login(leader)
    assert "Không có tổ chức đảng trực thuộc" in client.get(f"{reverse('comparison')}?don_vi=a").content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_all_units_and_both_years_are_one_statement(commune, number, django_assert_num_queries):
    for index in range(number):
        make_member(make_unit(f"n{index}", commune))
    moment = moment_of(commune, AS_OF, since=date(2026, 1, 1), year=2025)
    places = tree_of_day(moment.user, AS_OF)
    assert moment.rulebook.rows("targets.admissions") is not None
    with django_assert_num_queries(1):
        assert len(compare(moment, places).rows) == number


def test_the_dashboard_of_a_cell_holds_no_target_of_the_committee_against_it(client, leader, villages):
    ratings.rate(member=make_member(villages[1]), year=2025, decided_on=date(2025, 12, 20), level="fair")
    client.force_login(leader)
    page = client.get(f"{reverse('dashboard')}?don_vi=b&ngay=01/09/2026").content.decode()
    assert "mục tiêu từ" not in page
    assert "ở đây có 2 đảng viên, một người đã là 50,0\N{NO-BREAK SPACE}%" in page
