"""The pages of closing: what was frozen, for whom, and that it stays."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.db.actions import correct
from organizations.choices import RoleKind
from organizations.models import Unit, UnitEvent
from reports.reporting_periods import actions as reporting_periods
from tests.factories import make_member, make_root, make_unit, make_user
from tests.ground import layer
from tests.proofs import again
from tests.reports.reporting_periods.test_views import close, send


@layer
def period(commune, cell_a, cell_b):
    today = timezone.localdate()
    asked = {"as_of": date(2026, 3, 1), "since": date(2025, 7, 1), "year": 2025, "due_on": today, "today": today}
    return reporting_periods.open_period(unit=commune, **asked)


@layer
def lan(cell_a):
    return make_member(cell_a, "Lan", gender="male")


@layer
def closed(period, lan):
    return reporting_periods.close_period(period=period, today=timezone.localdate())


def get(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked)


def page(client, name, *args, **asked):
    response = get(client, name, *args, **asked)
    assert response.status_code == 200
    return response.content.decode()


def test_the_office_closes_and_finds_what_was_frozen(client, clerk, period, lan):
    client.force_login(clerk)
    assert "không thêm, sửa, xóa được nữa" in page(client, "period-close", period.pk)
    close(client, period)
    board = page(client, "period", period.pk)
    assert "số liệu đã khóa" in board
    assert f'href="{reverse("frozen", args=[period.pk])}"' in board
    figures = page(client, "frozen", period.pk)
    address = f"{reverse('frozen-figure', args=[period.pk, 'members.total'])}?don_vi=xa&amp;lan=1"
    assert f'href="{address}">1</a>' in figures
    rows = page(client, "frozen-figure", period.pk, "members.total")
    assert f'<a href="{reverse("member", args=[lan.pk])}">Lan</a>' in rows
    assert Access.objects.filter(kind=AccessKind.OPENED).latest("pk").what == "Tổng số đảng viên (đã khóa)"


def test_the_list_stays_when_the_card_is_put_right_and_the_difference_is_told(client, clerk, closed, lan):
    client.force_login(clerk)
    assert "khớp với số đã khóa" in page(client, "frozen-differences", closed.pk)
    correct(row=lan, full_name="Lan Mới", gender="female")
    rows = page(client, "frozen-figure", closed.pk, "members.male")
    assert "Lan</a>" in rows
    assert "Lan Mới" not in rows
    told = page(client, "frozen-differences", closed.pk, don_vi="a")
    assert told.index("Đảng viên nữ") < told.index(">0</a>") < told.index(">1</a>") < told.index("Đảng viên nam")
    assert reverse("figure", args=["members.male"]) in told


def test_lists_and_files_go_out(client, clerk, closed):
    client.force_login(clerk)
    response = get(client, "frozen-figure-file", closed.pk, "members.total", "csv")
    text = b"".join(response.streaming_content).decode()
    assert "Số dòng: 1" in text
    assert ';"17/05/1980";"Nam";' in text
    assert Access.objects.filter(kind=AccessKind.EXPORTED).latest("pk").rows == 1
    assert get(client, "frozen-figure-file", closed.pk, "members.total", "pdf").status_code == 404
    first, second = (get(client, "frozen-file", closed.pk, 1, "9") for _ in range(2))
    assert b"".join(first.streaming_content) == b"".join(second.streaming_content)
    assert first["Content-Disposition"] == 'attachment; filename="bieu-9-xa-2026-03-01.xlsx"'


def test_a_secretary_sees_what_the_own_unit_was(client, secretary_a, closed):
    client.force_login(secretary_a)
    board = page(client, "period", closed.pk)
    address = f"{reverse('frozen', args=[closed.pk])}?don_vi=a"
    assert f'href="{address}"' in board
    assert "Chênh lệch" not in board
    assert "Lan" in page(client, "frozen-figure", closed.pk, "members.total", don_vi="a")


UNKNOWN = [
    ("secretary_b", "frozen", [], {"don_vi": "a"}),
    ("secretary_b", "frozen", [], {}),
    ("secretary_b", "frozen-figure", ["members.total"], {"don_vi": "a"}),
    ("secretary_b", "frozen-differences", [], {"don_vi": "a"}),
    ("secretary_b", "frozen-file", [1, "9"], {}),
    ("secretary_b", "period-reopen", [], {}),
    ("leader", "period-reopen", [], {}),
    ("administrator", "frozen", [], {}),
    ("stranger", "frozen", [], {}),
    ("foreign", "frozen", [], {}),
    ("foreign", "frozen-figure-file", ["members.total", "csv"], {}),
    ("foreign", "frozen-file", [1, "9"], {}),
    ("clerk", "frozen", [], {"don_vi": "never"}),
    ("clerk", "frozen", [], {"lan": "2"}),
    ("clerk", "frozen-figure", ["never"], {}),
    ("clerk", "frozen-figure", ["target.admissions"], {}),
    ("clerk", "frozen-file", [2, "9"], {}),
    ("clerk", "frozen-file", [1, "never"], {}),
]
"""Who may not see which page: the person, its name, its arguments and what is asked."""


def test_what_one_may_not_see_is_unknown(client, request, closed):
    foreign = make_user("foreign", (RoleKind.SECRETARIAT, make_root("khac")))
    for person, name, arguments, asked in UNKNOWN:
        client.force_login(foreign if person == "foreign" else request.getfixturevalue(person))
        assert get(client, name, closed.pk, *arguments, **asked).status_code == 404, (person, name, asked)


@pytest.mark.parametrize("person", ["leader", "secretary_b", "foreign"])
def test_only_the_office_opens_a_closed_period_again(client, request, closed, person):
    foreign = make_user("foreign", (RoleKind.SECRETARIAT, make_root("khac")))
    client.force_login(foreign if person == "foreign" else request.getfixturevalue(person))
    typed = {"token": uuid4(), "reason": "sót một đảng viên"}
    assert client.post(reverse("period-reopen", args=[closed.pk]), typed).status_code == 404
    assert again(closed).closed_on is not None


def test_an_open_period_has_nothing_frozen(client, clerk, period):
    client.force_login(clerk)
    assert get(client, "frozen", period.pk).status_code == 404
    assert "Các lần khóa" not in page(client, "period", period.pk)


def test_a_period_is_opened_again_for_a_reason_and_closed_anew(client, clerk, closed):
    client.force_login(clerk)
    assert send(client, "period-reopen", closed.pk).context["form"].errors["reason"]
    send(client, "period-reopen", closed.pk, reason="sót một đảng viên")
    closed.refresh_from_db()
    assert (closed.is_open, closed.reopened_for) == (True, "sót một đảng viên")
    assert Entry.objects.filter(table="reports_reportingperiod").first().reason.endswith("sót một đảng viên")
    board = page(client, "period", closed.pk)
    assert "sót một đảng viên" in board
    assert "Các lần khóa" in board
    close(client, closed)
    assert page(client, "period", closed.pk).index("Lần 2") < page(client, "period", closed.pk).index("Lần 1")
    assert "khóa lần 1" in page(client, "frozen", closed.pk, lan="1")


def test_a_unit_that_was_founded_later_after_all_is_shown_beside_no_live_figures(client, clerk, commune, period):
    young = make_unit("moi", commune, day=date(2026, 2, 15))
    reporting_periods.close_period(period=period, today=timezone.localdate())
    reporting_periods.reopen(user=None, period=period, reason="chi bộ thành lập sau ngày chốt số liệu")
    later = date(2026, 3, 2)
    UnitEvent.objects.filter(unit=young).update(day=later)
    young.periods.update(started_on=later)
    Unit.objects.filter(pk=young.pk).update(started_on=later)
    client.force_login(clerk)
    assert "Chi bộ moi" in page(client, "frozen", period.pk, don_vi="moi")
    assert get(client, "frozen-differences", period.pk, don_vi="moi").status_code == 404


def test_a_form_about_a_locked_day_says_what_to_do(client, clerk, closed, lan):
    client.force_login(clerk)
    answer = send(
        client, "record-add", "sinh-hoat", unit="a", held_on="01/02/2026", kind="regular", expected="1", present="1"
    )
    assert "đề nghị Văn phòng cấp ủy mở lại kỳ đó" in str(answer.context["form"].errors)


def test_taking_back_obeys_the_lock(client, clerk, period, cell_a, lan):
    client.force_login(clerk)
    send(client, "record-add", "sinh-hoat", unit="a", held_on="01/02/2026", kind="regular", expected="1", present="1")
    act = Entry.objects.filter(table="assessments_meeting").get().act
    reporting_periods.close_period(period=period, today=timezone.localdate())
    address = reverse("act-revert", args=[act])
    form = client.get(address).context["form"]
    answer = client.post(address, {"token": form["token"].value(), "xac_nhan": "1"})
    assert "đề nghị Văn phòng cấp ủy mở lại kỳ đó" in str(answer.context["form"].errors)
    assert cell_a.meetings.count() == 1


def test_taking_back_a_closing_is_no_way_around_the_reason(client, clerk, period):
    client.force_login(clerk)
    close(client, period)
    act = Entry.objects.filter(table="reports_reportingperiod").first().act
    address = reverse("act-revert", args=[act])
    form = client.get(address).context["form"]
    answer = client.post(address, {"token": form["token"].value(), "xac_nhan": "1"})
    assert "mở lại kỳ và ghi lý do" in str(answer.context["form"].errors)


@pytest.mark.parametrize("number", [1, 30])
def test_pages_ask_as_much_for_many_as_for_one(client, period, lan, clerk, commune, number, django_assert_num_queries):
    for index in range(number):
        make_member(make_unit(f"n{index}", commune))
    reporting_periods.close_period(period=period, today=timezone.localdate())
    client.force_login(clerk)
    counts = {
        ("period", period.pk): 10,
        ("frozen", period.pk): 5,
        ("frozen-figure", period.pk, "members.total"): 7,
        ("frozen-differences", period.pk): 8,
        ("frozen-file", period.pk, 1, "9"): 3,
        ("period-reopen", period.pk): 4,
    }
    found = {}
    for name, *args in counts:
        with CaptureQueriesContext(connection) as caught:
            response = client.get(reverse(name, args=args))
            assert len(b"".join(response)) < 60_000
        found[name, *args] = len(caught)
    assert found == counts
