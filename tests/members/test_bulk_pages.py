"""What is ticked in the list of a check or a reminder is worked off at once, on the page that it declares."""

from datetime import date

import pytest
from django.urls import reverse

from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.records.tables.bulk_pages import CHOSEN, CHOSEN_UNITS
from binhlu_portal.records.types import About
from members.directory.columns import listing
from members.models import Admission, Member
from members.reminders.kinds import REMINDERS
from tests.factories import START, admit, make_member, moment_of
from tests.grids import typed_into

BULK = {code: one.bulk for kinds in (CHECKS, REMINDERS) for code, one in kinds.items() if one.bulk}
DAY = date(2025, 8, 1)


@pytest.fixture
def enter(client, clerk):
    """Sign the clerk in."""
    client.force_login(clerk)
    return client


def test_what_is_ticked_is_what_the_page_takes():
    for check in (check for check in CHECKS.values() if check.bulk):
        of_units = check.bulk.chosen == CHOSEN_UNITS
        assert (check.among.about, check.among.whom) == (
            (About.UNIT, "unit__code") if of_units else (About.MEMBER, "member__pk")
        )


def test_the_columns_that_a_grid_is_asked_for_are_those_of_the_list(commune):
    known = {column.name for column in listing(moment_of(commune, DAY)).offered}
    asked = {name for bulk in BULK.values() for name in bulk.asked.get("cot", ())}
    assert asked and asked <= known


@pytest.mark.parametrize("code", [code for code, bulk in BULK.items() if bulk.chosen == CHOSEN])
def test_the_page_of_each_opens_with_those_ticked(enter, cell_a, code):
    first, second, _ = (make_member(cell_a) for _ in range(3))
    asked = {"don_vi": "xa", "dang_vien": [first.pk, second.pk], "ve": "/kiem-tra/"} | BULK[code].asked
    page = enter.get(BULK[code].address, asked)
    assert page.status_code == 200
    assert page.context["back"] == "/kiem-tra/"
    form = page.context["form"]
    if hasattr(form, "rows"):
        assert {row.subject for row in form.rows} <= {first, second}
    else:
        assert set(form.members) == {first, second}


def test_a_grid_opened_from_a_check_holds_the_people_ticked_and_the_column_that_lacks(enter, cell_a):
    first, second = (make_member(cell_a, citizen_id="") for _ in range(2))
    text = enter.get(reverse("check", args=["thieu-dinh-danh"])).content.decode()
    assert text.count('name="dang_vien"') == 2 and 'name="cot" value="so-dinh-danh"' in text
    page = enter.get(reverse("members-grid"), {"don_vi": "xa", "dang_vien": first.pk, "cot": "so-dinh-danh"})
    assert [row.subject for row in page.context["form"].rows] == [first]
    sent = typed_into(page.context["form"], {(first.full_name, "citizen_id"): "012345678901"})
    enter.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], sent)
    assert Member.objects.get(pk=first.pk).citizen_id == "012345678901"
    assert Member.objects.get(pk=second.pk).citizen_id == ""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("check", "chua-sinh-hoat"),
        ("check", "chua-co-bi-thu"),
        ("check", "chua-co-chi-uy"),
        ("reminder", "het-nhiem-ky"),
    ],
)
def test_the_units_ticked_are_the_rows_of_a_grid(enter, cell_a, cell_b, commune, name, code):
    make_member(cell_a), make_member(cell_b)
    bulk = BULK[code]
    text = enter.get(reverse(name, args=[code]), {"ngay": "01/10/2025"}).content.decode()
    if f'name="{CHOSEN_UNITS}"' in text:
        assert bulk.words in text and f'value="{cell_a.code}"' in text
    page = enter.get(bulk.address, {"don_vi": "xa", CHOSEN_UNITS: ["b", "nowhere"], "ve": "/kiem-tra/"})
    assert page.context["back"] == "/kiem-tra/"
    assert [row.subject for row in page.context["form"].rows] == [cell_b]


def test_the_meetings_that_lack_are_written_on_the_grid_of_their_month(enter, cell_a, cell_b):
    make_member(cell_a, day=START), make_member(cell_b, day=START)
    text = enter.get(reverse("check", args=["chua-sinh-hoat"]), {"ngay": "01/10/2025"}).content.decode()
    assert text.count(f'name="{CHOSEN_UNITS}"') == 2 and 'name="thang" value="09/2025"' in text
    assert 'name="dang_vien"' not in text


def test_many_on_probation_are_recognised_on_one_grid(enter, cell_a):
    people = [admit(cell_a, DAY).member for _ in range(3)]
    address = f"{reverse('admissions-official')}?don_vi=xa&" + "&".join(f"dang_vien={each.pk}" for each in people[:2])
    form = enter.get(address).context["form"]
    assert {row.subject.member for row in form.rows} == set(people[:2])
    numbers = {(each.full_name, "number"): f"0{place}-QĐ/ĐU" for place, each in enumerate(people[:2])}
    days = {(each.full_name, "signed"): "05/08/2026" for each in people[:2]}
    assert enter.post(address, typed_into(form, numbers | days)).status_code == 302
    assert Admission.objects.filter(official_on=date(2026, 8, 1)).count() == 2
    assert str(Member.objects.get(pk=people[0].pk).official_on) == "01/08/2026"


def test_who_may_not_write_ticks_nothing(client, leader, cell_a):
    make_member(cell_a, citizen_id="", day=START)
    client.force_login(leader)
    assert "dang_vien" not in client.get(reverse("check", args=["thieu-dinh-danh"])).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_grid_of_those_on_probation_asks_as_much_for_many_as_for_few(
    enter, cell_a, number, django_assert_max_num_queries
):
    for _ in range(number):
        admit(cell_a, DAY)
    with django_assert_max_num_queries(9):
        assert len(enter.get(reverse("admissions-official")).context["form"].rows) == number
