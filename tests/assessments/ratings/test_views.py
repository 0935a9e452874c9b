import gzip
from datetime import date

import pytest
from django.urls import reverse

from assessments.models import FourGoods, MemberRating, UnitRating
from assessments.ratings import actions as ratings
from assessments.ratings import ceiling as rating_ceiling
from binhlu_portal.audit.models import Access
from members.membership import actions as membership
from organizations.models import Threshold
from tests.factories import make_member, make_unit
from tests.look import fits

TODAY = date(2026, 3, 1)
DAY = date(2025, 12, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture
def ceiling(db):
    """The ceiling of 20 % on the top level, known from the start."""
    return Threshold.objects.get(code=rating_ceiling.CEILING)


def grid(unit, year=2025):
    return f"{reverse('rating-grid', args=[unit.code])}?nam={year}"


def opened(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response


def sent_by(page, **typed):
    """Return what a browser would send of an open sheet."""
    form = page.context["form"]
    cells = {row.key: mark for row, mark, _ in form.lines if row.writable}
    hidden = {"token": form["token"].value(), "was": form["was"].value()}
    return hidden | cells | typed


# --- How far the ratings are ---


def test_the_page_shows_the_top_level_beside_its_ceiling(client, leader, commune, cell_a, ceiling):
    marks = {make_member(cell_a): "excellent" if index < 3 else "good" for index in range(10)}
    ratings.rate_many(year=2025, marks=marks, decided_on=DAY)
    client.force_login(leader)
    found = opened(client, f"{reverse('ratings')}?nam=2025")
    assert (found.context["ceilings"].given, found.context["ceilings"].allowed) == (3, 2)
    assert found.context["ceilings"].allowed == rating_ceiling.places_allowed(ceiling, {"excellent": 3, "good": 7})
    content = found.content.decode()
    assert "Vượt tỷ lệ khống chế:</strong> Chi bộ a (3, tối đa 2)." in content
    assert "20% của số hoàn thành tốt nhiệm vụ trở lên, làm tròn xuống; căn cứ Quy định 366-QĐ/TW" in content
    assert f"{reverse('rating-grid', args=['a'])}?nam=2025" in content


def test_units_are_rated_by_those_who_decide(client, clerk, leader, commune):
    address = reverse("rating-units")
    for person, offered in ((clerk, True), (leader, False)):
        client.force_login(person)
        assert (address in opened(client, reverse("ratings")).content.decode()) is offered


def test_without_members_the_page_says_what_to_do(client, secretary_a):
    client.force_login(secretary_a)
    assert "Chưa có đảng viên nào để xếp loại." in opened(client, reverse("ratings")).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(client, clerk, commune, django_assert_num_queries, number):
    for index in range(number):
        make_member(make_unit(f"n{index}", commune))
    client.force_login(clerk)
    with django_assert_num_queries(8):
        page = opened(client, f"{reverse('ratings')}?nam=2025")
    assert [row.members for row in page.context["rows"]] == [1] * number


# --- The sheet of a cell ---


@pytest.mark.parametrize("number", [1, 100])
def test_the_sheet_asks_and_writes_as_often_for_one_as_for_a_hundred(
    client, secretary_a, cell_a, ceiling, django_assert_num_queries, number
):
    for _ in range(number):
        make_member(cell_a)
    client.force_login(secretary_a)
    with django_assert_num_queries(8):
        answer = client.get(grid(cell_a))
    data = sent_by(answer, decided_on="26/12/2025") | {row.key: "good" for row in answer.context["form"].sheet.rows}
    with django_assert_num_queries(28):
        assert client.post(grid(cell_a), data).status_code == 302
    assert MemberRating.objects.filter(level="good").count() == number


def test_a_sheet_of_a_hundred_is_light(client, secretary_a, cell_a, ceiling):
    for index in range(100):
        make_member(cell_a, f"Nguyễn Hoàng Thị Mẫu {index}")
    client.force_login(secretary_a)
    assert len(gzip.compress(client.get(grid(cell_a)).content)) < 20_000


def test_who_opened_a_sheet_is_noted(client, leader, cell_a):
    make_member(cell_a)
    client.force_login(leader)
    opened(client, grid(cell_a))
    row = Access.objects.get()
    assert (row.user, row.what, row.rows) == (leader, "Xếp loại đảng viên năm 2025", 1)


def test_a_leader_reads_a_sheet_and_writes_nothing(client, leader, cell_a):
    member = make_member(cell_a, "Lan")
    ratings.rate(member=member, year=2025, level="good", decided_on=DAY)
    client.force_login(leader)
    content = opened(client, grid(cell_a)).content.decode()
    assert "<strong>Tốt</strong>" in content
    assert "Lưu kết quả" not in content
    assert client.post(grid(cell_a), {f"mark-{member.pk}": "failed"}).status_code == 404
    assert MemberRating.objects.get().level == "good"


@pytest.mark.parametrize("person", ["secretary_b", "administrator", "stranger"])
def test_a_foreign_sheet_is_unknown(client, request, cell_a, person):
    member = make_member(cell_a, "Lan")
    client.force_login(request.getfixturevalue(person))
    found = client.get(grid(cell_a))
    assert found.status_code == 404
    assert "Lan" not in found.content.decode()
    typed = {f"mark-{member.pk}": "good", "decided_on": "26/12/2025"}
    assert client.post(grid(cell_a), typed).status_code == 404
    assert not MemberRating.objects.exists()


def test_writing_leads_back_to_the_sheet_of_the_same_year(client, secretary_a, cell_a):
    member = make_member(cell_a)
    client.force_login(secretary_a)
    data = sent_by(opened(client, grid(cell_a)), decided_on="26/12/2025") | {f"mark-{member.pk}": "good"}
    for _ in range(2):
        response = client.post(grid(cell_a), data)
        assert response.url == grid(cell_a)
    assert "Đã lưu kết quả xếp loại." in opened(client, response.url).content.decode()
    assert MemberRating.objects.count() == 1


@pytest.mark.parametrize(("asked", "year"), [("2025", 2025), ("2026", 2026), ("2027", 2025), ("x", 2025), ("", 2025)])
def test_the_year_is_that_of_the_address_or_the_last_one(client, secretary_a, cell_a, asked, year):
    client.force_login(secretary_a)
    assert f"Xếp loại đảng viên năm {year}" in opened(client, grid(cell_a, asked)).content.decode()


def test_filling_keeps_what_was_typed_and_writes_nothing(client, secretary_a, cell_a):
    lan, minh = make_member(cell_a, "Lan"), make_member(cell_a, "Minh")
    client.force_login(secretary_a)
    data = sent_by(opened(client, grid(cell_a)), decided_on="26/12/2025", reason="Họp chi bộ")
    response = client.post(grid(cell_a), data | {f"mark-{lan.pk}": "excellent", "dien": "1"})
    form = response.context["form"]
    assert form.marks == {f"mark-{lan.pk}": "excellent", f"mark-{minh.pk}": "good"}
    assert (form["decided_on"].value(), form["reason"].value()) == ("26/12/2025", "Họp chi bộ")
    assert "Chưa lưu." in response.content.decode()
    assert not MemberRating.objects.exists()
    client.post(grid(cell_a), sent_by(response, decided_on="26/12/2025"))
    assert set(MemberRating.objects.values_list("level", flat=True)) == {"excellent", "good"}


def test_filling_is_offered_while_a_row_has_no_mark(client, secretary_a, cell_a):
    lan = make_member(cell_a, "Lan")
    client.force_login(secretary_a)
    page = opened(client, grid(cell_a))
    assert 'name="dien"' in page.content.decode()
    client.post(grid(cell_a), sent_by(page, decided_on="26/12/2025", **{f"mark-{lan.pk}": "good"}))
    assert 'name="dien"' not in opened(client, grid(cell_a)).content.decode()


def test_a_pasted_column_is_shown_with_what_could_not_be_read(client, secretary_a, cell_a):
    lan = make_member(cell_a, "Lan")
    client.force_login(secretary_a)
    data = sent_by(opened(client, grid(cell_a)), paste="Lan\tHTXSNV\r\nAi\tHTNV", dan="1")
    response = client.post(grid(cell_a), data)
    assert response.context["form"].marks == {f"mark-{lan.pk}": "excellent"}
    content = response.content.decode()
    assert "Đã đọc được 1 dòng." in content
    assert "Dòng 2: không có “Ai” trong danh sách." in content
    assert not MemberRating.objects.exists()


def test_the_ceiling_is_counted_again_without_writing(client, secretary_a, cell_a, ceiling):
    members = [make_member(cell_a) for _ in range(5)]
    client.force_login(secretary_a)
    data = sent_by(opened(client, grid(cell_a)), tinh="1")
    data |= {f"mark-{member.pk}": "excellent" if index < 2 else "good" for index, member in enumerate(members)}
    ((_, _, found, _),) = client.post(grid(cell_a), data).context["form"].ceilings
    assert (found.given, found.allowed, found.is_passed) == (2, 1, True)
    assert not MemberRating.objects.exists()


def test_the_ceiling_never_stops_a_sheet(client, secretary_a, cell_a, ceiling):
    member = make_member(cell_a)
    client.force_login(secretary_a)
    data = sent_by(opened(client, grid(cell_a)), decided_on="26/12/2025") | {f"mark-{member.pk}": "excellent"}
    assert "Vượt tỷ lệ khống chế:" in client.post(grid(cell_a), data, follow=True).content.decode()
    assert MemberRating.objects.get().level == "excellent"


# --- The sheet of the units ---


def test_units_are_rated_with_four_goods(client, clerk, commune, cell_a):
    client.force_login(clerk)
    address = f"{reverse('rating-units')}?don_vi=xa&nam=2025"
    typed = {
        f"mark-{cell_a.pk}": "good",
        f"goods-{cell_a.pk}": "1",
        "decided_on": "26/12/2025",
        "goods_number": "3-QĐ/ĐU",
    }
    assert client.post(address, sent_by(opened(client, address)) | typed).url.startswith(reverse("rating-units"))
    assert UnitRating.objects.get().level == "good"
    assert FourGoods.objects.get().decision_number == "3-QĐ/ĐU"


def test_a_cell_secretary_reads_and_does_not_rate_the_own_unit(client, secretary_a, commune, cell_a):
    make_member(cell_a)
    ratings.rate_unit(unit=cell_a, year=2025, level="good", decided_on=DAY)
    client.force_login(secretary_a)
    assert ">Hoàn thành tốt nhiệm vụ</td>" in opened(client, f"{reverse('ratings')}?nam=2025").content.decode()
    typed = {f"mark-{cell_a.pk}": "excellent", "decided_on": "26/12/2025"}
    for unit in ("xa", "a"):
        assert client.post(f"{reverse('rating-units')}?don_vi={unit}&nam=2025", typed).status_code == 404
    assert UnitRating.objects.get().level == "good"


@pytest.mark.parametrize("number", [1, 30])
def test_the_sheet_of_units_asks_as_often_for_one_as_for_thirty(
    client, clerk, commune, ceiling, django_assert_num_queries, number
):
    for index in range(number):
        make_unit(f"n{index}", commune)
    client.force_login(clerk)
    with django_assert_num_queries(8):
        page = opened(client, f"{reverse('rating-units')}?don_vi=xa&nam=2025")
    assert len(page.context["form"].sheet.rows) == number


# --- In a browser ---


@pytest.fixture
def sheet(page, client, secretary_a, cell_a, ceiling, base_url, settings):
    """The sheet of a cell of ten, open in a browser."""
    for index in range(10):
        make_member(cell_a, f"Người {index}")
    client.force_login(secretary_a)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base_url}])
    page.goto(grid(cell_a))
    return page


def test_keys_choose_levels_and_the_ceiling_follows_at_once(sheet, ceiling):
    notice = sheet.locator(".ceiling")
    sheet.locator(".rating-grid [value='']").first.focus()
    given = {"excellent": 0, "good": 0, "fair": 0, "failed": 0}
    levels = list(given)
    for key in (1, 2, 2, 2, 2, 1, 2, 2, 3, 2):
        sheet.keyboard.press(str(key))
        given[levels[key - 1]] += 1
        allowed = rating_ceiling.places_allowed(ceiling, given)
        assert notice.locator("[data-given]").inner_text() == str(given["excellent"])
        assert notice.locator("[data-allowed]").inner_text() == str(allowed)
        assert ("warning" in notice.get_attribute("class")) is (given["excellent"] > allowed)
        sheet.keyboard.press("Tab")
    assert sheet.locator(".rating-grid [value=excellent]:checked").count() == 2


def test_rows_that_others_write_count_towards_the_ceiling(sheet, client, cell_a, cell_b):
    away = make_member(cell_a, "Người đi")
    ratings.rate(member=away, year=2025, level="excellent", decided_on=DAY)
    membership.transfer(member=away, to=cell_b, day=date(2026, 2, 1))
    sheet.goto(grid(cell_a))
    sheet.locator(".rating-grid label", has_text="Xuất sắc").first.click()
    assert sheet.locator("[data-given]").inner_text() == "2"
    assert sheet.locator("[data-allowed]").inner_text() == "0"


def test_the_sheet_fits_a_telephone_and_can_be_pressed(sheet):
    sheet.set_viewport_size({"width": 360, "height": 740})
    assert fits(sheet)
    assert sheet.evaluate("document.querySelector('.rating-grid').scrollWidth <= innerWidth")
    sizes = sheet.eval_on_selector_all(
        ".rating-grid label",
        "found => found.map(label => label.getBoundingClientRect()).map(box => [box.width, box.height])",
    )
    assert min(min(size) for size in sizes) >= 40
    sheet.locator(".rating-grid label", has_text="Tốt").first.click()
    assert sheet.locator(".rating-grid [value=good]:checked").count() == 1
