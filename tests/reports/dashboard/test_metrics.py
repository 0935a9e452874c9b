import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.meetings.actions import hold_meeting
from assessments.nil_returns.actions import state_nil
from assessments.ratings import actions as ratings
from assessments.ratings import ceiling as rating_ceiling
from members.admissions import actions as admissions
from members.choices import EndReason
from members.membership import actions as membership
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from organizations.choices import Kind, Sector
from organizations.models import Threshold
from organizations.tree_queries import tree_of_day
from reports.dashboard import attention, metrics
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods import queries as period_queries
from tests.factories import START, admit, make_member, make_root, make_unit, moment_of

AS_OF = date(2026, 3, 1)
ASKED = "don_vi=xa&ngay=01/03/2026&tu=01/07/2025&nam=2025"
MOST_QUERIES = 13  # the last two are for the regulations in force and for the ceiling that one of them sets


@pytest.fixture
def moment(commune):
    return moment_of(commune, AS_OF, since=START, year=2025)


@pytest.fixture
def read(client, leader):
    """Return the text of the page that a leader of the commune reads."""
    client.force_login(leader)

    def read(asked=ASKED):
        response = client.get(f"{reverse('dashboard')}?{asked}")
        assert response.status_code == 200
        return response.content.decode()

    return read


def board(moment):
    return metrics.board(moment, tree_of_day(moment.user, moment.as_of))


def target(code, low, high=None):
    Threshold.objects.create(code=code, low=low, high=high, started_on=START, source="Nghị quyết mẫu")


def rate(unit, *levels):
    """Rate as many new members of `unit` as there are levels."""
    for level in levels:
        ratings.rate(member=make_member(unit), year=2025, decided_on=date(2025, 12, 20), level=level)


def labels(lines):
    return {line.label: line.result.value for line in lines}


# --- What changed ---


def test_facts_are_compared_with_the_since_day(moment, cell_a):
    make_member(cell_a, gender="female")
    make_member(cell_a, gender="female", day=date(2025, 9, 1))
    membership.end_membership(member=make_member(cell_a), day=date(2026, 1, 1), reason=EndReason.DIED)
    changes = {fact.label: (fact.result.value, fact.before, fact.change) for fact in board(moment)["facts"]}
    assert changes["Đảng viên"] == (2, 2, "±0")
    assert changes["Đảng viên nữ"] == (2, 1, "+1")
    later = moment_of(cell_a, AS_OF, since=date(2025, 12, 1))
    assert board(later)["facts"][0].change == "\N{MINUS SIGN}1"


def test_the_ledger_closes_and_names_the_reasons(moment, cell_a):
    make_member(cell_a)
    leaver = make_member(cell_a)
    make_member(cell_a, day=date(2025, 9, 1))
    admit(cell_a, date(2025, 9, 1))
    membership.end_membership(member=leaver, day=date(2026, 1, 1), reason=EndReason.DIED)
    found = board(moment)
    assert (found["opening"], found["closing"]) == (2, 3)
    assert labels(found["flows"]["Tăng"]) == {"Tăng": 2, "Kết nạp": 1, "Chuyển đến trong tỉnh": 1}
    assert labels(found["flows"]["Giảm"]) == {"Giảm": 1, "Từ trần": 1}


def test_a_unit_younger_than_the_since_day_is_compared_with_nothing(read, commune):
    make_member(make_unit("moi", commune, day=date(2025, 10, 1)), day=date(2025, 10, 2))
    page = read("don_vi=moi&ngay=01/03/2026&tu=01/07/2025")
    assert 'class="big"' in page
    assert "so với <a" not in page
    assert "Đảng viên ngày 01/07/2025" in page


# --- What is asked for ---


def test_targets_are_said_to_be_reached_or_not(read, cell_a):
    target("targets.village_heads_members", 90)
    target("targets.front_heads_members", 90)
    positions.appoint(unit=cell_a, post="village_head", day=START, member=make_member(cell_a))
    positions.appoint(unit=cell_a, post="front_head", day=START, holder_name="Người ngoài Đảng")
    page = read()
    assert re.findall(r'class="tag strong">([^<]+)<', page) == ["Chưa đạt"]
    verdicts = dict(re.findall(r'<th scope="row">([^<]+?) <span class="goal"><span class="tag[^>]*>([^<]+)<', page))
    assert verdicts["Trưởng bản là đảng viên"] == "Đạt"
    assert verdicts["Trưởng ban Mặt trận là đảng viên"] == "Chưa đạt"
    assert verdicts["Bí thư là thủ trưởng cơ quan, đơn vị"] == "Chưa đủ số liệu"
    concerns = page.partition('class="attention"')[2].partition("</section>")[0]
    assert re.findall("<strong>([^<]+)</strong>", concerns) == [
        "Trưởng ban Mặt trận là đảng viên",
        "Chi bộ, đảng bộ khuyết bí thư hoặc chưa ghi ai là bí thư",
        "Chi bộ có dưới 3 đảng viên chính thức",
        "Chi bộ chưa ghi buổi sinh hoạt tháng 02/2026",
    ]


def test_nothing_calls_for_attention_when_all_targets_are_reached(read, cell_a, monkeypatch):
    assert "attention" not in read()
    monkeypatch.setattr(attention, "WATCHED", ("cap-uy-du-bi",))
    target("targets.village_heads_members", 90)
    positions.appoint(unit=cell_a, post="village_head", day=START, member=make_member(cell_a))
    page = read()
    assert "Vấn đề cần quan tâm" not in page
    assert "Mọi mục tiêu đủ số liệu đều đạt." in page


def test_the_yearly_target_of_admissions_is_held_against_twelve_months(moment, cell_a):
    target("targets.admissions", 3, 4)
    make_member(cell_a)
    admit(cell_a, date(2025, 9, 1))
    found = board(moment)
    assert found["admissions_time"] == found["admissions"].result.figure.time(moment)
    assert found["admissions_time"].startswith("02/03/2025")


def test_only_what_misses_its_target_is_drawn_as_missed(moment, cell_a):
    target("targets.admissions", 3, 4)
    admit(cell_a, date(2025, 9, 1))
    for _ in range(30):
        make_member(cell_a)
    found = board(moment)["admissions"]
    assert (found.result.percent, found.goal.verdict, found.bar.parts[-1].kind) == (Decimal("3.2"), "Đạt", "value")
    for _ in range(10):
        make_member(cell_a)
    found = board(moment)["admissions"]
    assert (found.goal.verdict, found.bar.parts[-1].kind) == ("Chưa đạt", "missed")


def test_units_and_members_are_held_against_the_target_of_ratings_each(moment, cell_a, cell_b):
    target("targets.ratings.good_or_better", 90)
    rate(cell_a, "good", "fair")
    for cell in (cell_a, cell_b):
        ratings.rate_unit(unit=cell, year=2025, decided_on=date(2025, 12, 20), level="good")
    found = {line.label: line.goal.verdict for line in board(moment)["ratings"][:2]}
    assert found == {"Tổ chức đảng hoàn thành tốt trở lên": "Đạt", "Đảng viên hoàn thành tốt trở lên": "Chưa đạt"}


@pytest.mark.parametrize(("good", "verdict"), [(3, "Vượt mức"), (4, "Trong mức")])
def test_the_top_rating_is_held_against_its_ceiling(moment, read, cell_a, good, verdict):
    rate(cell_a, "excellent", *["good"] * good)
    (line,) = board(moment)["ratings"][2:]
    assert (line.label, line.goal.verdict) == ("Đảng viên hoàn thành xuất sắc", verdict)
    assert ("1, vượt mức ở 1/1 chi bộ" in read()) == (verdict == "Vượt mức")
    assert "20\N{NO-BREAK SPACE}% số hoàn thành tốt nhiệm vụ trở lên của từng chi bộ, từng loại hình" in line.goal.rule
    assert "theo Quy định 366-QĐ/TW" in line.goal.rule


def test_the_base_of_the_ceiling_is_a_setting(moment, cell_a):
    Threshold.objects.filter(code=rating_ceiling.CEILING).update(base="rated")
    rate(cell_a, "excellent", *["fair"] * 4)
    assert board(moment)["ratings"][-1].goal.met


# --- Units beside each other ---


def test_units_furthest_from_their_target_come_first(moment, cell_a, cell_b, commune):
    third = make_unit("c", commune)
    for unit, wanted in ((cell_a, 1), (cell_b, 3), (third, 2)):
        admissions.set_target(unit=unit, year=2026, target=wanted)
    admissions.set_target(unit=third, year=2025, target=9)
    admit(cell_b, date(2026, 1, 5))
    admit(third, date(2026, 1, 6))
    admit(third, date(2025, 12, 31))
    found = board(moment)
    assert [(line.label, line.result.value, line.result.base) for line in found["units"]] == [
        ("Chi bộ b", 1, 3),
        ("Chi bộ c", 1, 2),
        ("Chi bộ a", 0, 1),
    ]
    assert (found["of_year"].result.value, found["target"].value, found["more_units"]) == (2, 6, 0)


def test_of_many_units_only_some_are_compared(moment, read, commune):
    for index in range(metrics.MOST_UNITS + 3):
        admissions.set_target(unit=make_unit(f"n{index:02}", commune), year=2026, target=1)
    found = board(moment)
    assert (len(found["units"]), found["more_units"]) == (metrics.MOST_UNITS, 3)
    assert "Xem cả 3 đơn vị khác" in read()


def test_a_unit_that_is_no_more_is_left_to_the_page_of_all_units(moment, read, cell_a, cell_b):
    admit(cell_a, date(2026, 1, 5))
    restructuring.merge(cells=[cell_a], into=cell_b, day=date(2026, 2, 1))
    found = board(moment)
    assert (labels(found["units"]), found["more_units"]) == ({}, 1)
    assert "Xem cả 1 đơn vị khác" in read()


def test_a_province_compares_its_communes(db):
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER)
    for code in ("xa-1", "xa-2"):
        admissions.set_target(unit=make_unit(f"{code}-a", make_root(code, parent=province)), year=2026, target=2)
    found = board(moment_of(province, AS_OF, since=START))
    assert [line.label for line in found["units"]] == ["Đảng bộ xa-1", "Đảng bộ xa-2"]


def test_a_reader_sees_the_own_unit_only(client, secretary_a, cell_a, cell_b):
    make_member(cell_a)
    make_member(cell_b)
    client.force_login(secretary_a)
    page = client.get(f"{reverse('dashboard')}?don_vi=a&ngay=01/03/2026").content.decode()
    assert re.search(r'<dd class="big"><a [^>]*>(\d+)</a>', page)[1] == "1"


# --- Nothing, little and much ---


def test_a_commune_without_anything_has_a_calm_page(read):
    page = read()
    for sentence in (
        "Chưa có đảng viên nào ngày 01/03/2026.",
        "Năm 2025 chưa ghi kết quả xếp loại",
        "Năm 2026 chưa ghi ai được kết nạp, chưa ghi chỉ tiêu",
        "Trong kỳ chưa ghi tăng, giảm đảng viên",
        "Trong kỳ chưa ghi buổi sinh hoạt nào",
    ):
        assert sentence in page
    assert "attention" not in page


def test_a_commune_that_stopped_recording_does_not_look_well(read, commune, cell_a, cell_b):
    for cell in (cell_a, cell_b):
        member = make_member(cell)
        hold_meeting(unit=cell, day=date(2025, 12, 3), kind="regular", expected=1, present=1)
        ratings.rate(member=member, year=2025, decided_on=date(2025, 12, 20), level="good")
    while_it_did = read("don_vi=xa&ngay=31/12/2025&tu=01/12/2025&nam=2025")
    assert "Dự sinh hoạt 100,0" in while_it_did
    page = read("don_vi=xa&ngay=31/07/2026&tu=01/01/2026&nam=2026")
    for said in (
        "Trong kỳ chưa ghi tăng, giảm đảng viên",
        "Năm 2026 chưa ghi ai được kết nạp, chưa ghi chỉ tiêu",
        "Năm 2026 chưa ghi kết quả xếp loại",
        "Trong kỳ chưa ghi buổi sinh hoạt nào",
        "Chi bộ chưa ghi buổi sinh hoạt tháng ",
        "ghi 0/2 chi bộ",
        "báo đủ 0/2 chi bộ",
    ):
        assert said in page
    assert "Đạt<" not in page
    assert "Mọi mục tiêu đủ số liệu đều đạt" not in page
    for name in ("Chi bộ bản", "Miễn vì lý do khác", "Kết nạp trong 12 tháng"):
        (row,) = re.findall(rf'<tr[^>]*>\n<th scope="row">{name}.*?</tr>', page, re.DOTALL)
        told = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
        assert [re.sub("<[^>]*>", "", each) for each in told] == ["chưa ghi", ""], name


def test_the_moment_stays_in_every_address(read, cell_a):
    make_member(cell_a)
    links = re.findall(r'href="/so-lieu/[^?"]+\?([^"]+)"', read())
    now, then = "don_vi=xa&amp;ngay=01/03/2026&amp;tu=01/07/2025", "don_vi=xa&amp;ngay=01/07/2025"
    assert links
    assert all(link.startswith((now, then)) for link in links)


def test_the_board_asks_seven_times_however_many_units(moment, cell_a, commune, django_assert_num_queries):
    target("targets.admissions", 3, 4)
    known = tree_of_day(moment.user, AS_OF)
    assert moment.rulebook.rows("targets.admissions"), "the regulations are read once for all that is asked"
    make_member(cell_a)
    with django_assert_num_queries(7):
        metrics.board(moment, known)
    for index in range(30):
        cell = make_unit(f"n{index}", commune)
        make_member(cell)
        admissions.set_target(unit=cell, year=2026, target=1)
    known = tree_of_day(moment.user, AS_OF)
    with django_assert_num_queries(7):
        found = metrics.board(moment, known)
    assert (len(found["units"]), found["more_units"]) == (metrics.MOST_UNITS, 30 - metrics.MOST_UNITS)


def test_the_page_asks_the_database_no_more_for_more_records(read, commune, cell_a):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            read()
        return len([query for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]])

    read()
    few = asked()
    for index in range(30):
        admit(make_unit(f"n{index}", commune), date(2026, 1, 5))
    assert asked() == few <= MOST_QUERIES


@pytest.fixture
def period(commune, cell_a, cell_b):
    days = {"as_of": AS_OF, "since": START, "due_on": AS_OF}
    return reporting_periods.open_period(unit=commune, year=2025, today=AS_OF, **days)


def test_says_how_many_units_have_confirmed(read, clerk, period, cell_a):
    reporting_periods.confirm(period=period, unit=cell_a, user=clerk, now=timezone.now())
    html, address = read(), reverse("period", args=[period.pk])
    assert f'<a href="{address}"><strong>1</strong> trên 2 đơn vị</a> đã xác nhận' in html
    assert f'href="{address}?chua=1">' in html


def test_says_when_all_have_confirmed(read, clerk, period, cell_a, cell_b):
    for cell in (cell_a, cell_b):
        reporting_periods.confirm(period=period, unit=cell, user=clerk, now=timezone.now())
    html = read()
    assert "<strong>2</strong> trên 2 đơn vị" in html
    assert "?chua=1" not in html


def test_counts_the_confirmations_beneath_the_unit_alone(clerk, period, cell_a, commune):
    reporting_periods.confirm(period=period, unit=cell_a, user=clerk, now=timezone.now())
    assert [
        (p.done, p.asked) for p in (period_queries.open_period_progress(unit, clerk) for unit in (cell_a, commune))
    ] == [
        (1, 1),
        (1, 2),
    ]


def test_asks_for_no_confirmation_outside_a_period(read):
    assert "đã xác nhận" not in read()


def test_an_open_period_keeps_the_page_within_its_statements(client, leader, period):
    client.force_login(leader)
    with CaptureQueriesContext(connection) as statements:
        client.get(f"{reverse('dashboard')}?{ASKED}")
    assert len(statements) <= MOST_QUERIES


# --- The same period last year ---


@pytest.fixture
def next_year(commune):
    """The same question a year later: the commune stood then and a year before."""
    return moment_of(commune, date(2027, 3, 1), since=date(2026, 7, 1), year=2026)


def test_what_happens_and_shares_stand_beside_the_same_period_last_year(next_year, cell_a):
    admit(cell_a, date(2026, 2, 3))
    left = make_member(cell_a, day=date(2025, 9, 1))
    membership.end_membership(member=left, day=date(2026, 2, 1), reason=EndReason.DIED)
    rate(cell_a, "good", "failed")
    hold_meeting(unit=cell_a, day=date(2026, 1, 3), kind="regular", expected=2, present=1)
    blocks = board(next_year)
    assert blocks["of_year"].then.result.value == 1
    assert [lines[0].then.result.value for lines in blocks["flows"].values()] == [2, 1]
    shares = {line.result.figure.code: line.then.result.tenths for line in blocks["life"][0].lines}
    assert shares["meetings.attendance.village"] == "50,0\N{NO-BREAK SPACE}%"
    assert blocks["ratings"][1].then.result.tenths == "50,0\N{NO-BREAK SPACE}%"


def test_what_nobody_wrote_down_last_year_is_not_told_as_nothing(next_year, read):
    blocks = board(next_year)
    assert not blocks["ratings"][1].then.is_known
    assert "cùng kỳ chưa ghi" in read("don_vi=xa&ngay=01/03/2027&tu=01/07/2026&nam=2026")


def test_each_number_of_last_year_is_the_count_of_the_list_that_it_opens(client, leader, cell_a):
    admit(cell_a, date(2026, 2, 3))
    client.force_login(leader)
    page = client.get(f"{reverse('dashboard')}?don_vi=xa&ngay=01/03/2027&tu=01/07/2026&nam=2026").content.decode()
    found = re.findall(r'href="([^"]+)">cùng kỳ ([\d.]+)(?:/[\d.]+)?<', page)
    assert len(found) >= 3
    for address, count in found:
        listed = client.get(address.replace("&amp;", "&")).context["table"]
        assert str(len(listed.rows)) == count, address


def test_a_unit_that_did_not_stand_last_year_is_said_to_have_no_such_period(moment, read):
    assert board(moment)["of_year"].then is None
    assert "Chưa có số cùng kỳ năm trước: " in read()


# --- What nobody has written down ---


def test_a_target_on_what_nobody_wrote_down_is_neither_missed_nor_to_be_attended_to(commune, cell_a, moment):
    make_member(cell_a)
    target("targets.admissions", 3, 4)
    blocks = board(moment)
    assert not blocks["admissions"].is_known
    assert "Kết nạp trong 12 tháng" not in [one.title for one in blocks["attention"]]
    state_nil(
        unit=commune, registers=["admissions"], started_on=START, ended_on=date(2026, 3, 2), stated_by="Văn phòng"
    )
    told = {one.title: one.said for one in board(moment)["attention"]}
    assert "chưa" not in told["Kết nạp trong 12 tháng"]


def test_a_unit_that_tells_nothing_of_its_admissions_is_not_said_to_have_none(moment, cell_a, cell_b):
    for unit in (cell_a, cell_b):
        make_member(unit)
        admissions.set_target(unit=unit, year=2026, target=1)
    state_nil(unit=cell_b, registers=["admissions"], started_on=START, ended_on=date(2026, 3, 2), stated_by="Bí thư")
    assert {line.label: line.is_known for line in board(moment)["units"]} == {"Chi bộ a": False, "Chi bộ b": True}


def test_a_cell_is_not_told_how_many_units_it_has(cell_a):
    blocks = board(moment_of(cell_a, AS_OF, since=START, year=2025))
    assert "Tổ chức đảng trực thuộc" not in [fact.label for fact in blocks["facts"]]
    assert blocks["kinds"] == []
