"""The pages of reporting periods as people meet them."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.nil_returns.actions import state_nil
from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import change
from members.change_reports.actions import report_change
from organizations.choices import RoleKind
from organizations.models import Unit
from reports.narrative.models import ReportText
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.models import Confirmation, ReportingPeriod
from tests.factories import make_member, make_root, make_unit, make_user
from tests.ground import layer
from tests.proofs import records, undone

TYPED = {"unit": "xa", "as_of": "01/03/2026", "since": "01/07/2025", "year": "2025", "outline": "nq21"}


@layer
def period(commune, cell_a, cell_b):
    today = timezone.localdate()
    asked = {"as_of": date(2026, 3, 1), "since": date(2025, 7, 1), "year": 2025, "due_on": today, "today": today}
    return reporting_periods.open_period(unit=commune, **asked)


def send(client, name, /, *args, **typed):
    """Send a form as the browser does: with the token of the page, and what else it hides."""
    address = reverse(name, args=args)
    form = client.get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields() if field.value() is not None}
    return client.post(address, hidden | typed)


def close(client, period):
    """Close a period whose report leaves something open, as the office does."""
    return send(client, "period-close", period.pk, acknowledged="1", remark="Bổ sung trong kỳ sau.")


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
    assert "Hạn sớm nhất là" in str(answer.context["form"].errors["due_on"])
    assert not ReportingPeriod.objects.exists()


def test_the_board_tells_who_has_confirmed(client, clerk, period, cell_a, secretary_a):
    reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
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
    assert "Khóa kỳ" not in page
    assert "Kiểm tra dữ liệu" not in page


def test_a_unit_is_shown_its_figures_and_problems_and_confirms(client, period, cell_a, secretary_a):
    make_member(cell_a)
    client.force_login(secretary_a)
    page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    assert '/so-lieu/members.total/?don_vi=a&amp;ngay=01/03/2026&amp;tu=01/07/2025">1</a>' in page
    assert "Đảng viên chưa có số thẻ" in page
    assert "Chi bộ, đảng bộ khuyết bí thư hoặc chưa ghi ai là bí thư" in page
    send(client, "confirm", period.pk, "a")
    confirmation = Confirmation.objects.get()
    assert (confirmation.unit, confirmation.user) == (cell_a, secretary_a)
    assert Entry.objects.filter(table="reports_confirmation").get().reason == "Xác nhận số liệu"
    page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    assert "Đã xác nhận" in page
    assert "Rút xác nhận để sửa" in page
    assert "Xác nhận số liệu đúng" not in page


def test_a_unit_is_not_asked_to_confirm_a_nought_that_nobody_has_written_down(client, period, cell_a, secretary_a):
    make_member(cell_a)
    client.force_login(secretary_a)

    def admitted():
        page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
        return re.search(r"Đảng viên mới kết nạp</th><td><a [^>]*>([^<]*)<", page)[1]

    assert admitted() == "chưa ghi"
    stated = {"started_on": period.since, "ended_on": date(2026, 3, 2), "stated_by": "Bí thư"}
    state_nil(unit=cell_a, registers=["admissions"], **stated)
    assert admitted() == "0"


def test_the_office_confirms_for_a_unit_without_a_secretary(client, period, clerk, cell_b):
    client.force_login(clerk)
    send(client, "confirm", period.pk, "b")
    assert Confirmation.objects.get().unit == cell_b


def test_a_confirmation_is_withdrawn_for_a_reason(client, period, cell_a, secretary_a):
    reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    client.force_login(secretary_a)
    assert send(client, "confirm-withdraw", period.pk, "a").context["form"].errors["reason"]
    response = send(client, "confirm-withdraw", period.pk, "a", reason="thiếu một đảng viên")
    assert response.url == reverse("confirm", args=[period.pk, "a"])
    assert not Confirmation.objects.exists()
    assert Entry.objects.filter(table="reports_confirmation").first().reason == "Rút xác nhận: thiếu một đảng viên"


def test_the_office_ends_a_period(client, period, clerk, cell_a, secretary_a):
    reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    client.force_login(clerk)
    assert "1 trên 2 đơn vị" in client.get(reverse("period-close", args=[period.pk])).content.decode()
    close(client, period)
    period.refresh_from_db()
    assert not period.is_open
    assert "Kỳ này và số liệu đã khóa" in client.get(reverse("period", args=[period.pk])).content.decode()
    answer = send(client, "confirm", period.pk, "b")
    assert "Kỳ báo cáo đã khóa" in str(answer.context["form"].errors)


def page_of(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_before_closing_the_office_is_told_what_the_checks_find(client, period, clerk, cell_a):
    client.force_login(clerk)
    address = f"{reverse('checks')}?don_vi=xa&amp;ngay=01/03/2026&amp;tu=01/07/2025"
    make_member(cell_a, born_on="2009-05-17")
    for name in ("period", "period-close"):
        assert f'href="{address}"' in page_of(client, name, period.pk)
    listed = client.get(address.replace("&amp;", "&")).context["groups"]
    counts = ", ".join(f"{level} {sum(one.count for one in group)}" for level, group in listed.items())
    assert counts.startswith("Sai 1, ")
    assert f"Kiểm tra dữ liệu đến ngày 01/03/2026: {counts}." in page_of(client, "period-close", period.pk)


@pytest.mark.parametrize(("days_ago", "warned"), [(0, True), (1, False)])
def test_closing_on_the_day_of_the_figures_is_warned_of(client, commune, clerk, days_ago, warned):
    today = timezone.localdate()
    as_of = today - timedelta(days=days_ago)
    asked = {"as_of": as_of, "since": as_of, "year": as_of.year, "due_on": today, "today": today}
    period = reporting_periods.open_period(unit=commune, **asked)
    client.force_login(clerk)
    assert ("Nên khóa từ ngày mai" in page_of(client, "period-close", period.pk)) is warned


def test_a_period_opened_by_mistake_is_taken_back_from_the_board(client, period, clerk):
    client.force_login(clerk)
    address = reverse("period-cancel", args=[period.pk])
    assert f'href="{address}"' in page_of(client, "period", period.pk)
    assert send(client, "period-cancel", period.pk).context["form"].errors["reason"]
    assert send(client, "period-cancel", period.pk, reason="sai ngày").url == reverse("periods")
    assert not ReportingPeriod.objects.exists()
    assert Entry.objects.filter(table="reports_reportingperiod").first().reason == "Hủy kỳ báo cáo: sai ngày"


def test_the_board_offers_to_take_a_period_back_only_until_a_unit_has_confirmed_or_it_was_closed(
    client, period, clerk, leader, cell_a, secretary_a
):
    address = reverse("period-cancel", args=[period.pk])
    client.force_login(leader)
    assert address not in page_of(client, "period", period.pk)
    client.force_login(clerk)
    tried = reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    reporting_periods.send_back(confirmation=tried, user=clerk, now=timezone.now(), reason="thiếu")
    assert address not in page_of(client, "period", period.pk)
    assert "các đơn vị rút xác nhận" in str(
        send(client, "period-cancel", period.pk, reason="thử").context["form"].errors
    )
    tried.delete()
    reporting_periods.close_period(period=period, today=timezone.localdate())
    reporting_periods.reopen(user=None, period=period, reason="thử")
    assert address not in page_of(client, "period", period.pk)


def test_after_closing_a_unit_is_shown_no_form_but_the_way_to_what_was_frozen(
    client, period, clerk, cell_a, cell_b, secretary_a, secretary_b
):
    tried = reporting_periods.confirm(period=period, unit=cell_b, user=secretary_b, now=timezone.now())
    reporting_periods.send_back(confirmation=tried, user=clerk, now=timezone.now(), reason="thiếu")
    reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    reporting_periods.close_period(period=period, today=timezone.localdate())
    for user, code, confirmed in ((secretary_a, "a", True), (secretary_b, "b", False), (clerk, "b", False)):
        client.force_login(user)
        page = page_of(client, "confirm", period.pk, code)
        assert "Xác nhận số liệu đúng" not in page
        assert "Kỳ này đã khóa" in page
        assert ("Đã xác nhận" in page) is confirmed
        assert "sai chỗ nào thì" not in page
        frozen = f"{reverse('frozen', args=[period.pk])}?don_vi={code}"
        assert f'href="{frozen}"' in page
        assert client.get(frozen).status_code == 200


def test_a_unit_that_was_never_frozen_is_not_led_to_frozen_figures(client, period, secretary_a):
    ReportingPeriod.objects.update(closed_on=timezone.localdate())
    client.force_login(secretary_a)
    page = page_of(client, "confirm", period.pk, "a")
    assert "Kỳ này đã khóa" in page
    assert reverse("frozen", args=[period.pk]) not in page


def test_a_unit_is_told_how_to_mend_what_it_has_confirmed(client, period, clerk, cell_a, secretary_a):
    client.force_login(secretary_a)
    assert "sai chỗ nào thì sửa hồ sơ rồi quay lại đây" in page_of(client, "confirm", period.pk, "a")
    tried = reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=timezone.now())
    assert "sai chỗ nào thì rút xác nhận" in page_of(client, "confirm", period.pk, "a")
    reporting_periods.accept(confirmation=tried, user=clerk, now=timezone.now())
    assert "sai chỗ nào thì đề nghị Văn phòng trả lại" in page_of(client, "confirm", period.pk, "a")
    reporting_periods.send_back(confirmation=tried, user=clerk, now=timezone.now(), reason="thiếu")
    assert "sai chỗ nào thì sửa hồ sơ rồi quay lại đây" in page_of(client, "confirm", period.pk, "a")


@pytest.mark.parametrize(("typed", "read"), [("Thiếu ông Minh", "Thiếu ông Minh."), ("Thiếu …", "Thiếu …")])
def test_a_reason_ends_with_one_full_stop(client, period, clerk, cell_a, typed, read):
    tried = reporting_periods.confirm(period=period, unit=cell_a, user=clerk, now=timezone.now())
    client.force_login(clerk)
    for reason in (typed, read):
        reporting_periods.send_back(confirmation=tried, user=clerk, now=timezone.now(), reason=reason)
        assert f": {read} Sửa rồi xác nhận lại." in " ".join(page_of(client, "confirm", period.pk, "a").split())
        tried = reporting_periods.confirm(period=period, unit=cell_a, user=clerk, now=timezone.now())
        reporting_periods.close_period(period=period, today=timezone.localdate())
        reporting_periods.reopen(user=None, period=period, reason=reason)
        assert f"</strong> {read} Sửa xong thì khóa lại." in " ".join(page_of(client, "period", period.pk).split())


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
        ("leader", "period-cancel", []),
        ("secretary_a", "period-cancel", []),
        ("foreign", "period-cancel", []),
        ("leader", "confirm-accept", ["b"]),
        ("leader", "period-accept", []),
        ("secretary_b", "period-accept", []),
        ("foreign", "period-accept", []),
        ("secretary_b", "confirm-accept", ["b"]),
        ("secretary_b", "confirm-return", ["b"]),
        ("foreign", "confirm-accept", ["b"]),
        ("clerk", "confirm-accept", ["a"]),
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
    reporting_periods.confirm(period=period, unit=cell_b, user=clerk, now=timezone.now())
    foreign = make_user("foreign", (RoleKind.SECRETARIAT, make_root("khac")))
    client.force_login(foreign if person == "foreign" else request.getfixturevalue(person))
    address, before = reverse(name, args=[period.pk, *arguments]), records()
    assert client.get(address).status_code == 404
    assert client.post(address, {"token": uuid4(), "reason": "thiếu"}).status_code in (404, 405)
    assert records() == before


def confirmed(period, cell, user):
    return reporting_periods.confirm(period=period, unit=cell, user=user, now=timezone.now())


def test_the_office_accepts_what_a_unit_has_confirmed(client, period, clerk, cell_a, secretary_a):
    confirmed(period, cell_a, secretary_a)
    client.force_login(clerk)
    page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    assert reverse("confirm-accept", args=[period.pk, "a"]) in page
    send(client, "confirm-accept", period.pk, "a")
    found = Confirmation.objects.get()
    assert (found.answer, found.answered_by) == ("accepted", clerk)
    board = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "Đã nhận" in board
    assert "Rút xác nhận" not in client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()


def test_the_office_accepts_all_units_at_once(client, period, clerk, cell_a, cell_b, secretary_a):
    for cell in (cell_a, cell_b):
        confirmed(period, cell, secretary_a)
    client.force_login(clerk)
    assert (
        reverse("period-accept", args=[period.pk]) in client.get(reverse("period", args=[period.pk])).content.decode()
    )
    assert "Đang chờ nhận: 2 đơn vị" in client.get(reverse("period-accept", args=[period.pk])).content.decode()
    send(client, "period-accept", period.pk)
    assert [found.answer for found in Confirmation.objects.all()] == ["accepted", "accepted"]
    board = client.get(reverse("period", args=[period.pk])).content.decode()
    assert reverse("period-accept", args=[period.pk]) not in board


def test_the_office_returns_it_with_a_reason_and_the_unit_tries_again(client, period, clerk, cell_a, secretary_a):
    confirmed(period, cell_a, secretary_a)
    client.force_login(clerk)
    assert send(client, "confirm-return", period.pk, "a").context["form"].errors["reason"]
    send(client, "confirm-return", period.pk, "a", reason="thiếu ông Minh")
    board = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "Trả lại" in board
    assert "thiếu ông Minh" in board
    client.force_login(secretary_a)
    page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    assert "thiếu ông Minh" in page
    assert "Xác nhận số liệu đúng" in page
    send(client, "confirm", period.pk, "a")
    assert [found.answer for found in Confirmation.objects.order_by("pk")] == ["returned", ""]


def test_a_late_confirmation_is_told(client, period, clerk, cell_a, cell_b, secretary_a):
    confirmed(period, cell_a, secretary_a)
    confirmed(period, cell_b, clerk)
    after = timezone.now() + timedelta(days=1)
    Confirmation.objects.filter(unit=cell_b).update(at=after)
    client.force_login(clerk)
    board = client.get(reverse("period", args=[period.pk])).content.decode()
    assert board.count("Quá hạn") == 1
    assert board.index("Chi bộ b") < board.index("Quá hạn")
    periods_page = client.get(reverse("periods")).content.decode()
    numbers = [f'<td class="number">{number}</td>' for number in (2, 2, 1)]
    assert "".join(numbers) in periods_page
    progress = client.get(reverse("periods-progress")).content.decode()
    assert progress.index("Chi bộ a") < progress.index("Đúng hạn") < progress.index("Chi bộ b")
    assert progress.index("Chi bộ b") < progress.index("Quá hạn")


def test_what_changed_since_the_last_period_is_told(client, period, secretary_a, cell_a, cell_b):
    today = timezone.localdate()
    client.force_login(secretary_a)
    make_member(cell_a, day=date(2026, 2, 9))
    assert "Thay đổi từ khi khóa" not in client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    reporting_periods.close_period(period=period, today=today)
    days = {"as_of": date(2026, 4, 1), "since": date(2025, 7, 1), "year": 2025, "due_on": today, "today": today}
    later = reporting_periods.open_period(unit=period.unit, **days)
    make_member(cell_a, day=date(2026, 3, 9))
    make_member(cell_b, day=date(2026, 3, 9))
    page = client.get(reverse("confirm", args=[later.pk, "a"])).content.decode()
    assert "<li>Đảng viên: tạo 1</li>" in page
    every = reverse("changes-since-closed", args=[later.pk, "a"])
    assert every in page
    shown = client.get(every)
    assert (shown.context["page"].paginator.count, len(shown.context["lines"])) == (2, 2)


def test_a_leader_reads_the_board(client, leader, period):
    client.force_login(leader)
    page = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "Chi bộ a" in page
    assert reverse("confirm", args=[period.pk, "a"]) not in page


def before_its_day(period, clerk, unit):
    change(period, as_of=timezone.localdate() + timedelta(days=1), due_on=timezone.localdate() + timedelta(days=2))


def nobody(period, clerk, unit):
    """Nobody has confirmed."""


def confirmed_by_one(period, clerk, unit):
    return reporting_periods.confirm(period=period, unit=unit, user=clerk, now=timezone.now())


def changed_since(period, clerk, unit):
    confirmed_by_one(period, clerk, unit)
    make_member(unit, day=period.as_of)


def accepted(period, clerk, unit):
    reporting_periods.accept(confirmation=confirmed_by_one(period, clerk, unit), user=clerk, now=timezone.now())


def closed(period, clerk, unit):
    reporting_periods.close_period(period=period, today=timezone.localdate())


def reopened(period, clerk, unit):
    closed(period, clerk, unit)
    reporting_periods.reopen(user=None, period=period, reason="thử")


def locked_by_a_later_one(period, clerk, unit):
    closed(period, clerk, unit)
    days = {"as_of": period.as_of + timedelta(days=30), "since": period.since, "year": period.year}
    closed(reporting_periods.open_period(unit=period.unit, **days, due_on=period.due_on, today=period.due_on), 0, 0)


def written_about(period, clerk, unit):
    ReportText.objects.create(period=period, section="III", text="Nhận định")


STATES = (
    *(before_its_day, nobody, confirmed_by_one, changed_since, accepted),
    *(closed, reopened, locked_by_a_later_one, written_about),
)
ACTS = ("period-accept", "period-close", "period-cancel", "period-reopen", "period-open")
ON_THE_UNIT = ("confirm-accept", "confirm-return", "confirm-withdraw", "confirm")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_what_a_page_offers_can_be_done(client, period, clerk, cell_a, state):
    """No button leads to a refusal: each that is offered is pressed, with everything typed that its form asks."""
    state(period, clerk, cell_a)
    client.force_login(clerk)
    typed = {"reason": "thử", "acknowledged": "1", "remark": "thử", "due_on": f"{timezone.localdate():%d/%m/%Y}"}
    pages = {name: page_of(client, name, *args) for name, *args in (("period", period.pk), ("periods",))}
    pages["confirm"] = page_of(client, "confirm", period.pk, "a")
    for name, args in [(name, [period.pk]) for name in ACTS] + [(name, [period.pk, "a"]) for name in ON_THE_UNIT]:
        args = [] if name == "period-open" else args
        offered = f'href="{reverse(name, args=args)}"' in "".join(pages.values())
        if name == "confirm":
            offered = 'class="record-form"' in pages["confirm"]
        if offered:
            with undone():
                answer = send(client, name, *args, **(TYPED if name == "period-open" else {}) | typed)
                assert answer.status_code == 302, (name, answer.context["form"].errors)


@pytest.mark.parametrize("number", [1, 30])
def test_pages_ask_as_much_for_many_as_for_one(client, period, clerk, commune, cell_a, cell_b, number):
    for index in range(number + 1):
        unit = make_unit(f"n{index}", commune)
        make_member(unit)
    for line in period_queries.units_asked(period).exclude(unit__in=(cell_a, cell_b)):
        reporting_periods.confirm(period=period, unit=line.unit, user=clerk, now=timezone.now())
    make_member(Unit.objects.get(code="n0"))
    client.force_login(clerk)
    counts = {
        ("periods",): 9,
        ("periods-progress",): 8,
        ("confirm-accept", period.pk, "n1"): 7,
        ("period-accept", period.pk): 7,
        ("confirm-return", period.pk, "n0"): 10,
        ("period", period.pk): 14,
        ("period-close", period.pk): 18,
        ("period-cancel", period.pk): 4,
        ("period-open",): 6,
        ("confirm", period.pk, "a"): 12,
        ("confirm", period.pk, "n0"): 16,
        ("changes-since-confirmed", period.pk, "n0"): 11,
        ("confirm-withdraw", period.pk, "n0"): 4,
    }
    found = {}
    for name, *args in counts:
        with CaptureQueriesContext(connection) as caught:
            assert len(client.get(reverse(name, args=args)).content) < 60_000
        found[name, *args] = len(caught)
    assert found == counts


def test_in_whose_place_the_office_confirms_is_said(client, period, clerk, secretary_a, cell_a):
    client.force_login(secretary_a)
    assert "Xác nhận số liệu đúng" in page_of(client, "confirm", period.pk, "a")
    client.force_login(clerk)
    assert "Xác nhận thay Chi bộ a" in page_of(client, "confirm", period.pk, "a")
    send(client, "confirm", period.pk, "a")
    shown = page_of(client, "confirm", period.pk, "a")
    assert "Đã xác nhận số liệu thay Chi bộ a." in shown
    assert "Rút xác nhận thay đơn vị để sửa" in shown
    make_member(cell_a, day=period.as_of)
    assert "Xác nhận lại thay Chi bộ a" in page_of(client, "confirm", period.pk, "a")


def test_reports_that_wait_at_the_office_are_told_where_a_unit_confirms(client, period, secretary_a, cell_a, cell_b):
    for unit, name in ((cell_a, "Lò Thị Lan"), (cell_b, "Vàng A Pao")):
        report_change(kind="died", member=make_member(unit, name), reported_on=timezone.localdate())
    client.force_login(secretary_a)
    shown = page_of(client, "confirm", period.pk, "a")
    assert "Chờ Văn phòng: 1 báo" in shown
    address = re.search('href="([^"]*state=waiting)"', shown)[1].replace("&amp;", "&")
    assert len(client.get(address).context["table"].rows) == 1
