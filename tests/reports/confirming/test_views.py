"""The pages of reporting periods as people meet them."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.models import Entry
from organizations.codes import RoleKind
from reports import periods
from reports.models import Confirmation, ReportingPeriod
from tests.factories import make_member, make_root, make_unit, make_user

TYPED = {"unit": "xa", "as_of": "01/03/2026", "since": "01/07/2025", "year": "2025"}


@pytest.fixture
def period(commune, cell_a, cell_b):
    today = timezone.localdate()
    asked = {"as_of": date(2026, 3, 1), "since": date(2025, 7, 1), "year": 2025, "due_on": today, "today": today}
    return periods.open_period(unit=commune, **asked)


def send(client, name, *args, **typed):
    """Send a form as the browser does: with the token of the page."""
    address = reverse(name, args=args)
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, typed | {"token": token})


def test_the_office_opens_a_period(client, clerk, cell_a):
    client.force_login(clerk)
    assert "Chưa có kỳ báo cáo nào" in client.get(reverse("periods")).content.decode()
    response = send(client, "period-open", **TYPED, due_on=f"{timezone.localdate():%d/%m/%Y}")
    period = ReportingPeriod.objects.get()
    assert response.url == reverse("period", args=[period.pk])
    assert (period.as_of, period.opened_on) == (date(2026, 3, 1), timezone.localdate())
    assert "Số liệu đến 01/03/2026" in client.get(reverse("periods")).content.decode()


def test_what_is_wrong_with_a_period_is_said_at_its_field(client, clerk, cell_a):
    client.force_login(clerk)
    answer = send(client, "period-open", **TYPED, due_on="01/01/2020")
    assert "Hạn xác nhận đã qua" in str(answer.context["form"].errors["due_on"])
    assert not ReportingPeriod.objects.exists()


def test_the_board_tells_who_has_confirmed(client, clerk, period, cell_a, secretary_a):
    periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    client.force_login(clerk)
    page = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "1 / 2" in page
    assert page.index("Chi bộ b") < page.index("Chi bộ a")
    assert "Người dùng secretary_a" in page
    only_b = client.get(reverse("period", args=[period.pk]), {"chua": "1"}).content.decode()
    assert "Chi bộ b" in only_b
    assert "Chi bộ a" not in only_b


def test_a_secretary_sees_the_own_unit_only(client, period, secretary_a):
    client.force_login(secretary_a)
    page = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "0 / 1" in page
    assert "Chi bộ b" not in page
    assert "Kết thúc kỳ" not in page


def test_a_unit_is_shown_its_figures_and_problems_and_confirms(client, period, cell_a, secretary_a):
    make_member(cell_a)
    client.force_login(secretary_a)
    page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    assert '/so-lieu/members.total/?don_vi=a&amp;ngay=01/03/2026&amp;tu=01/07/2025">1</a>' in page
    assert "Đảng viên chưa có số thẻ" in page
    assert "Chưa có bí thư chi bộ" in page
    send(client, "confirm", period.pk, "a")
    confirmation = Confirmation.objects.get()
    assert (confirmation.unit, confirmation.user) == (cell_a, secretary_a)
    assert Entry.objects.filter(table="reports_confirmation").get().reason == "Xác nhận số liệu"
    page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    assert "Đã xác nhận" in page
    assert "Rút xác nhận để sửa" in page
    assert "Xác nhận số liệu đúng" not in page


def test_the_office_confirms_for_a_unit_without_a_secretary(client, period, clerk, cell_b):
    client.force_login(clerk)
    send(client, "confirm", period.pk, "b")
    assert Confirmation.objects.get().unit == cell_b


def test_a_confirmation_is_withdrawn_for_a_reason(client, period, cell_a, secretary_a):
    periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    client.force_login(secretary_a)
    assert send(client, "confirm-withdraw", period.pk, "a").context["form"].errors["reason"]
    response = send(client, "confirm-withdraw", period.pk, "a", reason="thiếu một đảng viên")
    assert response.url == reverse("confirm", args=[period.pk, "a"])
    assert not Confirmation.objects.exists()
    assert Entry.objects.filter(table="reports_confirmation").first().reason == "Rút xác nhận: thiếu một đảng viên"


def test_the_office_ends_a_period(client, period, clerk, cell_a, secretary_a):
    periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    client.force_login(clerk)
    assert "1 trên 2 đơn vị" in client.get(reverse("period-close", args=[period.pk])).content.decode()
    send(client, "period-close", period.pk)
    period.refresh_from_db()
    assert not period.is_open
    assert "đã kết thúc" in client.get(reverse("period", args=[period.pk])).content.decode()
    answer = send(client, "confirm", period.pk, "b")
    assert "Kỳ báo cáo đã kết thúc" in str(answer.context["form"].errors)


@pytest.mark.parametrize(
    ("person", "name", "arguments"),
    [
        ("secretary_a", "confirm", ["b"]),
        ("secretary_a", "confirm-withdraw", ["b"]),
        ("secretary_a", "confirm", ["xa"]),
        ("clerk", "confirm", ["xa"]),
        ("clerk", "confirm", ["nested"]),
        ("leader", "confirm", ["a"]),
        ("leader", "confirm-withdraw", ["b"]),
        ("leader", "period-close", []),
        ("secretary_a", "period-close", []),
        ("administrator", "period", []),
        ("stranger", "period", []),
        ("foreign", "period", []),
        ("foreign", "period-close", []),
        ("foreign", "confirm", ["a"]),
        ("foreign", "confirm-withdraw", ["b"]),
    ],
)
def test_others_do_not_reach_it(client, request, period, clerk, commune, cell_b, person, name, arguments):
    make_unit("nested", make_unit("org", commune, kind="party_organization"))
    periods.confirm(period=period, unit=cell_b, user=clerk, now=timezone.now())
    foreign = make_user("foreign", (RoleKind.SECRETARIAT, make_root("khac")))
    client.force_login(foreign if person == "foreign" else request.getfixturevalue(person))
    address = reverse(name, args=[period.pk, *arguments])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in (404, 405)


def test_a_leader_reads_the_board(client, leader, period):
    client.force_login(leader)
    page = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "Chi bộ a" in page
    assert reverse("confirm", args=[period.pk, "a"]) not in page


@pytest.mark.parametrize("number", [1, 30])
def test_pages_ask_as_much_for_many_as_for_one(
    client, period, clerk, commune, cell_a, number, django_assert_num_queries
):
    assert connection.features.supports_json_field  # Django asks SQLite once in the life of a process
    for index in range(number):
        unit = make_unit(f"n{index}", commune)
        make_member(unit)
        periods.confirm(period=period, unit=unit, user=clerk, now=timezone.now())
    client.force_login(clerk)
    counts = {
        ("periods",): 4,
        ("period", period.pk): 9,
        ("period-close", period.pk): 6,
        ("period-open",): 5,
        ("confirm", period.pk, "a"): 9,
        ("confirm", period.pk, "n0"): 9,
        ("confirm-withdraw", period.pk, "n0"): 4,
    }
    for (name, *args), count in counts.items():
        with django_assert_num_queries(count):
            client.get(reverse(name, args=args))
