"""The pages of reminders: all kinds in a month, one kind with its file, the way from month to month."""

import csv
from datetime import date
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from binhlu_portal.audit.models import Access
from members.choices import EndReason
from members.discipline import actions as discipline
from members.models import FeeReduction
from members.reminders.kinds import REMINDERS
from organizations.in_force import cite
from tests.factories import DECIDED, leave_party, make_member
from tests.members.reminders.test_kinds import make_one_of_each, veteran

MONTHS = ("2026-04", "2026-07", "2031-04")
"""In each of them something of `make_one_of_each` falls due."""

ASKED = {"ngay": "20/04/2026", "don_vi": "xa"}


def month(client, **asked):
    """Return the page of all kinds."""
    return client.get(reverse("reminders"), ASKED | asked)


def page(client, code, **asked):
    """Return the list of a kind."""
    return client.get(reverse("reminder", args=[code]), ASKED | asked)


def file(client, code, form, **asked):
    """Return the list of a kind as a file."""
    return client.get(reverse("reminder-file", args=[code, form]), ASKED | asked)


@pytest.fixture
def as_clerk(client, clerk, cell_a, cell_b):
    """A browser in which the clerk is signed in, with two cells."""
    client.force_login(clerk)
    return client


def test_any_month_can_be_asked_for_and_the_moment_stays(as_clerk):
    shown = month(as_clerk).content.decode()
    assert 'name="thang" placeholder="05/2026"' in shown
    assert '<input type="hidden" name="ngay" value="20/04/2026">' in shown
    assert month(as_clerk, thang="6/2031").context["title"] == "Nhắc việc tháng 06/2031"


def test_without_a_month_it_is_that_of_the_day(as_clerk):
    assert month(as_clerk).context["title"] == "Nhắc việc tháng 04/2026"
    assert month(as_clerk, ngay="").context["title"] == f"Nhắc việc tháng {timezone.localdate():%m/%Y}"
    assert page(as_clerk, "huy-hieu").context["title"] == "Đề nghị tặng Huy hiệu Đảng, đợt 19/05/2026"
    assert month(as_clerk, thang="2026-13").context["title"] == "Nhắc việc tháng 04/2026"


def test_each_number_leads_to_as_many_rows(as_clerk, cell_a):
    make_one_of_each(cell_a, "A")
    for each in MONTHS:
        shown = month(as_clerk, thang=each)
        for reminder, _, number in shown.context["reminders"]:
            address = f"{reverse('reminder', args=[reminder.code])}?{shown.context['query']}"
            assert address.replace("&", "&amp;") in shown.content.decode()
            assert as_clerk.get(address).context["table"].paginator.count == number


@pytest.mark.parametrize(
    ("code", "asked", "before", "after"),
    [
        ("het-du-bi", "2026-12", "2026-11", "2027-01"),
        ("huy-hieu", "2026-12", "2026-11", "2027-05"),
        ("huy-hieu", "2026-05", "2026-02", "2026-09"),
    ],
)
def test_one_goes_on_to_the_time_before_and_after(as_clerk, code, asked, before, after):
    shown = page(as_clerk, code, thang=asked)
    assert f"thang={before}" in shown.context["before"][1]
    assert f"thang={after}" in shown.context["after"][1]


def test_the_month_stays_when_another_moment_is_asked_for(as_clerk):
    for shown in (month(as_clerk, thang="2026-12"), page(as_clerk, "het-du-bi", thang="2026-12")):
        assert '<input type="hidden" name="thang" value="2026-12"' in shown.content.decode()


def test_a_list_says_what_to_prepare_and_where_it_is_written_down(as_clerk, cell_a):
    for reminder in REMINDERS.values():
        text = page(as_clerk, reminder.code).content.decode()
        for sentence in reminder.prepare:
            assert cite(sentence, date(2026, 4, 20)) in text
        assert reverse(reminder.page[0], args=reminder.page[1:]) in text
        assert as_clerk.get(reverse(reminder.page[0], args=reminder.page[1:])).status_code == 200


def test_a_name_leads_to_the_person_and_a_committee_to_its_unit(as_clerk, cell_a):
    make_one_of_each(cell_a, "A")
    person = page(as_clerk, "het-du-bi").context["table"].page.object_list[0].record["member__pk"]
    assert reverse("member", args=[person]) in page(as_clerk, "het-du-bi").content.decode()
    assert reverse("unit", args=["a"]) in page(as_clerk, "het-nhiem-ky", thang="2031-04").content.decode()


def test_the_file_holds_what_the_page_shows(as_clerk, cell_a):
    veteran(cell_a, "=Lan", "1986-05-19")
    veteran(cell_a, "Minh", "1986-05")
    lines = list(csv.reader(StringIO(file(as_clerk, "huy-hieu", "csv").getvalue().decode("utf-8-sig")), delimiter=";"))
    head, rows = lines[:4], [dict(zip(lines[4], row, strict=True)) for row in lines[5:]]
    assert [head[0], head[2]] == [["Đề nghị tặng Huy hiệu Đảng, đợt 19/05/2026"], ["Số liệu đến ngày 20/04/2026"]]
    assert [(row["Họ và tên"], row["Huy hiệu"], row["Ngày đủ năm"]) for row in rows] == [
        ("'=Lan", "40 năm", "19/05/2026"),
        ("Minh", "40 năm", "01/05/2026 (không rõ ngày)"),
    ]
    sent = file(as_clerk, "huy-hieu", "xlsx")
    assert "Huy hiệu Đảng" in (name := unquote(sent["Content-Disposition"]))
    assert name.endswith("20-04-2026.xlsx")
    sheet = load_workbook(BytesIO(sent.getvalue())).active
    lan = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "=Lan")
    assert lan[6].date() == date(2026, 5, 19)
    assert lan[7] == "Đủ trong đợt này"


@pytest.mark.parametrize("code", REMINDERS)
def test_every_kind_comes_as_a_page_and_as_a_file(as_clerk, cell_a, code):
    make_one_of_each(cell_a, "A")
    sizes = set()
    for each in MONTHS:
        table = page(as_clerk, code, thang=each).context["table"]
        sent = file(as_clerk, code, "csv", thang=each).getvalue().decode("utf-8-sig")
        lines = list(csv.reader(StringIO(sent), delimiter=";"))
        sizes.add(len(table.page))
        assert lines[3] == [f"Số dòng: {len(table.page)}"]
        assert lines[4] == [column.header for column in table.columns]
    assert 1 in sizes


def test_who_opens_or_exports_people_is_noted(as_clerk, clerk, cell_a):
    make_one_of_each(cell_a, "A")
    page(as_clerk, "het-du-bi")
    file(as_clerk, "het-du-bi", "csv").getvalue()
    page(as_clerk, "het-nhiem-ky", thang="2031-04")
    month(as_clerk)
    noted = Access.objects.order_by("pk").values_list("user", "kind", "what", "rows")
    assert list(noted) == [
        (clerk.pk, "opened", "Hết thời gian dự bị, tháng 04/2026", 1),
        (clerk.pk, "exported", "Hết thời gian dự bị, tháng 04/2026", 1),
    ]


def test_a_secretary_counts_the_own_cell(client, secretary_a, cell_a, cell_b):
    make_one_of_each(cell_a, "A")
    make_one_of_each(cell_b, "B")
    client.force_login(secretary_a)
    shown = month(client, don_vi="")
    assert {number for _, _, number in shown.context["reminders"]} == {0, 1}
    assert "B dự bị" not in page(client, "het-du-bi", don_vi="").content.decode()
    assert page(client, "het-du-bi", don_vi="b").status_code == 404


def test_unknown_kinds_and_forms_of_file_are_not_found(as_clerk):
    assert page(as_clerk, "khong-co").status_code == 404
    assert file(as_clerk, "khong-co", "csv").status_code == 404
    assert file(as_clerk, "het-du-bi", "pdf").status_code == 404


def fill(cell, number):
    """Give a cell so many veterans, once expelled and restored, with a relief that ends, and so many on probation."""
    for index in range(number):
        member = veteran(cell, f"Người {index:02}", "1976-04-15")
        row = {
            "member": member,
            "kind": "exempt",
            "ground": "poor",
            "started_on": date(2026, 1, 1),
            "ended_on": date(2026, 4, 15),
        }
        FeeReduction.objects.create(**row)
        make_member(cell, f"Dự bị {index:02}", joined_on="2025-04-15", official_on=None)
        leave_party(member, date(2026, 2, 1), EndReason.EXPELLED)
        discipline.restore(member=member, unit=cell, day=date(2026, 2, 2), decision=DECIDED)


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(
    ("code", "statements"), [("het-du-bi", 9), ("huy-hieu", 9), ("mien-giam-dang-phi", 9), ("dang-phi-50-nam", 10)]
)
def test_a_list_asks_as_often_for_many_as_for_one(
    as_clerk, cell_a, django_assert_num_queries, number, code, statements
):
    fill(cell_a, number)
    with django_assert_num_queries(statements):
        shown = page(as_clerk, code, dong="100")
    assert len(shown.context["table"].page) == number


@pytest.mark.parametrize("number", [1, 30])
def test_a_month_asks_as_often_for_many_as_for_one(as_clerk, cell_a, django_assert_num_queries, number):
    fill(cell_a, number)
    with django_assert_num_queries(8):
        shown = month(as_clerk)
    assert {found for _, _, found in shown.context["reminders"]} == {0, number}
