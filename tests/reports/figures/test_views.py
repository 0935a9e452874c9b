import re
from datetime import date

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.choices import MeetingKind, NotRated, Rating
from assessments.meetings import actions as meetings
from assessments.ratings import actions as ratings
from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.text.vietnamese import number
from members.choices import CourseLevel, EndReason, PlanningPost, Program, Violation
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.positions import actions as positions
from organizations.units import actions as units
from reports.figures import drilldown, evaluate, registry
from reports.figures.definitions.facts import LOCAL
from tests.factories import START, admit, discipline, leave_party, make_member, make_members, make_unit, moment_of
from tests.ground import layer

AS_OF = date(2026, 3, 1)
ASKED = "don_vi=xa&ngay=01/03/2026&tu=01/07/2025&nam=2025"
MOST_QUERIES = 10
LISTED = [code for code, figure in registry.FIGURES.items() if not isinstance(figure, registry.TargetFigure)]

SHOWN = ["units.total", "members.total", "admissions.total", "discipline.members.total", "meetings.attendance.village"]
"""One figure of each way to count."""


@pytest.fixture
def read(client, clerk):
    """Return the text of a page that the clerk reads."""
    client.force_login(clerk)

    def read(name, *args, more="", asked=ASKED):
        response = client.get(f"{reverse(name, args=args)}?{asked}{more}")
        assert response.status_code == 200
        return response.content.decode()

    return read


@layer
def busy(commune, cell_a, cell_b):
    """A year in two cells, with something of every kind."""
    for cell in (cell_a, cell_b):
        for index in range(3):
            fill(cell, index)
    leaver = make_member(cell_a, "Vàng Thị Rời")
    leave_party(leaver, date(2026, 1, 1), EndReason.STRUCK_OFF)
    membership.transfer(member=make_member(cell_a, "Lò Văn Chuyển"), to=cell_b, day=date(2026, 1, 5))
    units.rename(unit=cell_b, name="Chi bộ mới", day=date(2026, 2, 1))


def fill(cell, index):
    """Add a member to whom much happens, an admission and a meeting."""
    member = make_member(cell, gender="female")
    positions.appoint(unit=cell, post="committee_member", day=START, member=member)
    for post, month in zip(PlanningPost, (9, 10), strict=False):
        day = date(2025, month, 1)
        member_records.train(
            member=member, program=Program.PARTY_WORK, course="Lớp", level=CourseLevel.COMMUNE, began_on=day
        )
        member_records.plan(member=member, post=post, term="2025-2030", approved_on=day)
    discipline(member, date(2025, 12, 1), violation=Violation.values[0])
    ratings.rate(member=member, year=2025, decided_on=date(2025, 12, 20), level="good")
    admit(cell, date(2025, 9, 1 + index), youth_union=True)
    day = date(2025, 9, 3 + index)
    meetings.hold_meeting(unit=cell, day=day, kind=MeetingKind.REGULAR, expected=2, present=1)


def queries(read, *page, **more):
    read(*page, **more)
    with CaptureQueriesContext(connection) as seen:
        read(*page, **more)
    return len([query for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]])


def shown_value(page):
    return re.search(r'<dd class="big">([^<]*)</dd>', page)[1]


def test_the_report_shows_every_figure_with_a_link_to_its_list(read, busy):
    page = read("report")
    for code, figure in registry.FIGURES.items():
        if figure.section != LOCAL and not figure.section.startswith("Biểu "):
            assert f'href="/so-lieu/{code}/?don_vi=xa' in page
            assert figure.label in page


def test_a_list_has_as_many_rows_as_its_figure_says(commune, busy):
    moment = moment_of(commune, AS_OF, since=START, year=2025)
    results = evaluate.results(moment, LISTED)
    assert {code: counted(moment, registry.FIGURES[code]) for code in LISTED} == {
        code: result.value for code, result in results.items()
    }
    assert sum(result.value > 0 for result in results.values()) > 30


def counted(moment, figure):
    """Return what the list of `figure` amounts to."""
    if isinstance(figure, registry.ChangeFigure):
        return sum(row["sign"] for row in drilldown.changes(moment))
    rows = drilldown.rows(moment, figure)
    if figure.measure in ("", registry.PEOPLE):
        return rows.count()
    listed = figure.population.rows(moment).filter(pk__in=rows.order_by().values("pk"))
    return listed.aggregate(total=Sum(figure.measure))["total"] or 0


@pytest.mark.parametrize("code", SHOWN)
def test_a_page_and_the_lists_of_its_parts_show_what_the_figure_says(client, read, commune, busy, code):
    value = evaluate.results(moment_of(commune, AS_OF, since=START, year=2025), [code])[code].value
    assert shown_value(read("figure", code)) == number(value)
    parts = re.findall(r'<td><a href="([^"]*)">([^<]*)</a></td>', read("figure", code, more="&chia=1"))
    assert parts
    for href, part in parts:
        assert shown_value(client.get(href.replace("&amp;", "&")).content.decode()) == part


def test_a_list_names_the_people_it_counts(read, cell_a):
    make_member(cell_a, "Đèo Thị Mẫu")
    page = read("figure", "members.total")
    assert "Đèo Thị Mẫu" in page
    assert "Chi bộ a" in page


def test_the_name_of_somebody_counted_leads_to_the_person(client, read, cell_a):
    person = make_member(cell_a, "Lò Thị Mẫu")
    address = reverse("member", args=[person.pk])
    assert f'<a href="{address}">Lò Thị Mẫu</a>' in read("figure", "members.total")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("code", "opened"), [("members.total", [(AccessKind.OPENED, 1)]), ("units.total", [])])
def test_who_opens_people_behind_a_figure_or_exports_any_list_is_noted(read, client, clerk, cell_a, code, opened):
    make_member(cell_a)
    read("figure", code)
    client.force_login(clerk)
    file = client.get(reverse("figure-file", args=[code, "xlsx"]), {"don_vi": "xa", "ngay": "01/03/2026"})
    assert b"".join(file.streaming_content)
    noted = list(Access.objects.order_by("pk").values_list("kind", "rows"))
    assert noted == [*opened, (AccessKind.EXPORTED, 1)]


def test_a_list_names_the_cell_as_it_was_called_then(read, cell_a):
    admit(cell_a, date(2025, 9, 1))
    units.rename(unit=cell_a, name="Tên về sau", day=date(2025, 12, 1))
    assert "Chi bộ a</td>" in read("figure", "admissions.total")
    assert "Tên về sau</td>" in read("figure", "members.total")


def test_who_left_is_listed_with_the_cell_of_the_eve(read, cell_a):
    leaver = make_member(cell_a)
    day = date(2025, 12, 1)
    membership.end_membership(member=leaver, day=day, reason=EndReason.DIED)
    units.rename(unit=cell_a, name="Tên về sau", day=day)
    assert "Chi bộ a</td>" in read("figure", "members.increase")


def test_a_change_lists_who_came_and_who_left_and_may_be_narrowed(read, busy):
    assert re.findall("<td[^>]*>(Tăng|Giảm)</td>", read("figure", "members.increase")) == ["Tăng"] * 6 + ["Giảm"]
    left = read("figure", "members.increase", more="&chieu=giam&ly_do=struck_off")
    assert shown_value(left) == "1"
    assert "Vàng Thị Rời" in left
    assert "Không có bản ghi nào" in read("figure", "members.increase", more="&chieu=tang&ly_do=struck_off")


def test_a_list_is_narrowed_to_units_the_reader_may_see(client, read, secretary_a, cell_a, cell_b):
    make_member(cell_a)
    make_member(cell_b)
    assert shown_value(read("figure", "members.total", more="&trong=b,never")) == "1"
    client.force_login(secretary_a)
    own = client.get("/so-lieu/members.total/?don_vi=a&ngay=01/03/2026&trong=b").content.decode()
    assert shown_value(own) == "0"
    assert "Chi bộ b" not in own


def test_units_inside_each_other_count_a_row_once(read, commune, cell_a):
    make_member(cell_a)
    assert shown_value(read("figure", "members.total", more="&trong=a,xa")) == "1"


def test_meetings_are_listed_with_their_sums(read, cell_a):
    make_members(cell_a, 10)
    for day, present in ((3, 7), (4, 8)):
        meetings.hold_meeting(
            unit=cell_a, day=date(2025, 9, day), kind=MeetingKind.REGULAR, expected=10, present=present
        )
    page = read("figure", "meetings.attendance.village")
    assert re.findall('<td class="number">([^<]*)</td>', page.split("<tfoot>")[1]) == ["20", "15"]
    assert "75,0\N{NO-BREAK SPACE}%" in page


def test_an_empty_list_says_what_to_do(read, cell_a):
    assert "Không có bản ghi nào được đếm." in read("figure", "members.expelled")


def test_lists_are_sorted_by_given_name_in_vietnamese_order(read, cell_a):
    for name in ("Lò Văn Đức", "Vàng A Dê", "Trần Thị An"):
        make_member(cell_a, name)
    order = re.compile("Lò Văn Đức|Vàng A Dê|Trần Thị An")
    assert order.findall(read("figure", "members.total")) == ["Trần Thị An", "Vàng A Dê", "Lò Văn Đức"]
    down = read("figure", "members.total", more="&sap=-ho-va-ten")
    assert order.findall(down) == ["Lò Văn Đức", "Vàng A Dê", "Trần Thị An"]
    assert 'aria-sort="descending"' in down


@pytest.mark.parametrize("code", ["members.total", "units.total", "members.increase", "meetings.attendance.village"])
def test_every_column_can_be_sorted_by(read, busy, code):
    names = re.findall("sap=([a-z-]+)", read("figure", code))
    assert len(names) >= 4
    for name in names:
        ascending, descending = (read("figure", code, more=f"&sap={sign}{name}") for sign in ("", "-"))
        assert "aria-sort" in ascending
        assert "aria-sort" in descending


def test_what_is_not_known_comes_last_whichever_way_a_list_is_sorted(read, cell_a):
    make_member(cell_a, "Có ngày sinh")
    make_member(cell_a, "Không ngày sinh", born_on=None)
    for sign in ("", "-"):
        page = read("figure", "members.total", more=f"&sap={sign}ngay-sinh")
        assert re.findall("Có ngày sinh|Không ngày sinh", page) == ["Có ngày sinh", "Không ngày sinh"]


@pytest.mark.parametrize(("asked", "rows"), [("", 25), ("&dong=50", 26), ("&dong=9999", 25), ("&dong=x&trang=zz", 25)])
def test_a_page_of_a_list_has_25_rows_unless_50_or_100_are_asked_for(read, cell_a, asked, rows):
    for _ in range(26):
        make_member(cell_a)
    assert read("figure", "members.total", more=asked).count("Người Mẫu") == rows


def test_a_page_beyond_the_last_is_the_last(read, cell_a):
    for _ in range(26):
        make_member(cell_a)
    assert read("figure", "members.total", more="&trang=99").count("Người Mẫu") == 1


@pytest.mark.parametrize("name", ["report", "annexes"])
def test_a_page_asks_the_database_no_more_for_more_records(read, commune, cell_a, name):
    fill(cell_a, 0)
    few = queries(read, name)
    for index in range(10):
        fill(make_unit(f"n{index}", commune), 0)
    assert queries(read, name) == few <= MOST_QUERIES


@pytest.mark.parametrize("more", ["", "&chia=1", "&trong=a,b", "&sap=-ho-va-ten"])
@pytest.mark.parametrize("code", ["members.total", "members.increase", "meetings.attendance.village", "units.total"])
def test_a_list_asks_the_database_no_more_for_more_rows(read, commune, cell_a, cell_b, code, more):
    for cell in (cell_a, cell_b):
        fill(cell, 0)
    few = queries(read, "figure", code, more=more)
    for index in range(3):
        fill(make_unit(f"n{index}", commune), 0)
    assert queries(read, "figure", code, more=more) == few <= MOST_QUERIES


@pytest.mark.parametrize("code", ["1B", "5B", "6", "9"])
def test_an_annex_is_shown_and_asks_the_database_little(read, busy, code):
    assert f"Biểu {code}" in read("annexes")
    assert '<table class="sheet">' in read("annex", code)
    assert queries(read, "annex", code) <= MOST_QUERIES


def test_a_target_leads_to_what_has_been_reached(read, cell_a):
    page = read("figure", "targets.admissions")
    assert "chưa đặt mức" in page
    assert 'href="/so-lieu/admissions.twelve_months/?' in page


@pytest.mark.parametrize("name", ["report", "annexes"])
@pytest.mark.parametrize("asked", ["ngay=31/02/2026", "tu=01/01/2030", "nam=1", "ngay=01/01/2020"])
def test_a_moment_that_cannot_be_gives_heading_and_errors_but_no_figures(read, name, asked):
    page = read(name, asked=asked)
    assert "Có lỗi cần sửa" in page
    assert 'aria-invalid="true"' in page
    assert "<h1>" in page
    assert "<table" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/so-lieu/members.unknown/",
        "/so-lieu/members.total/xuat.pdf",
        "/so-lieu/targets.admissions/xuat.csv",
        "/bao-cao/so-lieu.pdf",
        "/bieu/1A/",
        "/bieu/1b.xlsx",
        "/bao-cao/?don_vi=never",
    ],
)
def test_what_is_not_there_is_not_found(client, clerk, path):
    client.force_login(clerk)
    assert client.get(path).status_code == 404


def test_odd_characters_in_an_address_do_no_harm(read, busy):
    for more in ("&trong=%01", "&sap=%01", "&trang=%01", "&chieu=%01&ly_do=%01", "&trong=a%27--"):
        assert "<h1>Tổng số đảng viên</h1>" in read("figure", "members.total", more=more)
        assert "<h1>Đảng viên tăng so với đầu kỳ</h1>" in read("figure", "members.increase", more=more)


def test_members_are_listed_with_their_rating_or_the_reason_why_there_is_none(read, cell_a):
    rated, exempt = make_member(cell_a, "Lò Văn An"), make_member(cell_a, "Lò Văn Bình")
    make_member(cell_a, "Lò Văn Chung")
    ratings.rate(member=rated, year=2025, decided_on=date(2025, 12, 20), level=Rating.GOOD)
    ratings.rate(member=exempt, year=2025, decided_on=date(2025, 12, 20), not_rated=NotRated.EXEMPT)
    page = read("figure", "members.total", more="&sap=-xep-loai")
    assert page.index("Lò Văn Chung") > max(page.index("Lò Văn An"), page.index("Lò Văn Bình"))
    assert str(Rating.GOOD.label) in page
    assert str(NotRated.EXEMPT.label) in page
