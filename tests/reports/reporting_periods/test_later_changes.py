"""A confirmation is bound to what was shown: what changes afterwards is told to both sides, and confirmed anew."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.meetings import actions as meetings
from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.partial_dates import PartialDate, PartialDateField
from binhlu_portal.db.actions import change, correct
from binhlu_portal.text.vietnamese import NOTHING
from members.change_reports import actions as change_reports
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Member
from reports.figures.uncounted import UNCOUNTED
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.later_changes import bound_to, entries_about, later_changes, undoing
from reports.reporting_periods.models import Answer, Confirmation
from reports.reporting_periods.queries import UNSTATED
from tests.factories import START, make_member
from tests.ground import layer
from tests.proofs import refused

NUMBERS = dict.fromkeys(("citizen_id", "old_card_number", "old_identity_number"), "012345678901") | {
    "profile_number": "012345LC"
}
AS_OF = date(2026, 3, 1)
LATER = AS_OF + timedelta(days=1)
NOW = datetime(2026, 3, 11, 2, tzinfo=UTC)
ASKED = {"as_of": AS_OF, "since": START, "year": 2025, "due_on": date(2026, 3, 20), "today": date(2026, 3, 10)}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is a day after that of the figures."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: NOW.date())


@layer
def period(commune, cell_a, cell_b):
    return reporting_periods.open_period(unit=commune, **ASKED)


@layer
def people(cell_a, cell_b):
    """Two members of A and one of B."""
    return [make_member(cell) for cell in (cell_a, cell_a, cell_b)]


@pytest.fixture
def confirmed(period, people, cell_a, secretary_a):
    """The confirmation of A."""
    return reporting_periods.confirm(period=period, unit=cell_a, user=secretary_a, now=NOW)


def send(client, name, *args, **typed):
    """Send a form as its page gives it, hidden fields included."""
    address = reverse(name, args=args)
    form = client.get(address).context["form"]
    hidden = {field.name: field.value() or "" for field in form.hidden_fields()}
    return client.post(address, hidden | typed)


CHANGES = {
    "a card": lambda w: correct(row=w[0], full_name="Tên Khác"),
    "a fact": lambda w: member_records.train(
        member=w[0], program="other", course="Lớp", level="commune", began_on=AS_OF
    ),
    "a meeting": lambda w: meetings.hold_meeting(unit=unit_of(w[0]), day=AS_OF, kind="regular", expected=1, present=1),
    "somebody who came": lambda w: make_member(unit_of(w[0]), day=AS_OF),
    "somebody who left": lambda w: membership.transfer_out(member=w[0], day=AS_OF),
    "a row that is no more": lambda w: w[0].spells.get().delete(),
}
BESIDE = {
    "a telephone number": lambda w: correct(row=w[0], phone="0912345678"),
    "an address": lambda w: correct(row=w[0], residence="Bản Mới"),
}
OTHERS = {
    "of another unit": lambda w: correct(row=w[2], full_name="Tên Khác"),
    "after the day": lambda w: meetings.hold_meeting(
        unit=unit_of(w[0]), day=LATER, kind="regular", expected=2, present=2
    ),
    "an end after the day": lambda w: membership.transfer_out(member=w[0], day=LATER),
}


def unit_of(member):
    return member.spells.get().unit


def test_what_was_shown_is_kept(confirmed):
    assert confirmed.values["members.total"] == 2
    assert len(confirmed.digest) == 64
    assert not later_changes(confirmed.period, [confirmed])


def undone(confirmed):
    return set(undoing(confirmed.period, later_changes(confirmed.period, [confirmed])))


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_the_unit_undoes_what_it_confirmed(confirmed, people, what):
    CHANGES[what](people)
    assert undone(confirmed) == {confirmed.unit_id}


@pytest.mark.parametrize("what", BESIDE)
def test_what_no_figure_reads_is_told_and_undoes_nothing(confirmed, people, cell_a, secretary_a, clerk, what):
    reporting_periods.accept(confirmation=confirmed, user=clerk, now=NOW)
    BESIDE[what](people)
    assert set(later_changes(confirmed.period, [confirmed])) == {confirmed.unit_id}
    assert not undone(confirmed)
    with refused("Đơn vị đã xác nhận số liệu của kỳ này."):
        reporting_periods.confirm(period=confirmed.period, unit=cell_a, user=secretary_a, now=NOW)


@pytest.mark.parametrize("column", sorted(UNCOUNTED[Member]))
def test_what_is_said_to_be_read_by_no_figure_changes_nothing_that_is_confirmed(period, people, cell_a, column):
    before = bound_to(period, cell_a)
    field = Member._meta.get_field(column)
    value = PartialDate("2001-02-03") if isinstance(field, PartialDateField) else NUMBERS.get(column, "9")
    Member.objects.filter(pk=people[0].pk).update(**{column: value})
    after = bound_to(period, cell_a)
    assert after["entry"] != before["entry"]
    assert after | {"entry": None} == before | {"entry": None}


def test_both_sides_read_who_changed_what_of_whom(client, confirmed, people, cell_a, secretary_a, clerk):
    correct(row=people[1], residence="Trước khi xác nhận")
    Confirmation.objects.update(entry=newest_entry())
    with transaction.atomic(), acting(clerk, "Sửa số"):
        correct(row=people[0], phone="0912345678")
    page = reverse("confirm", args=[confirmed.period_id, "a"])
    every = reverse("changes-since-confirmed", args=[confirmed.period_id, "a"])
    for user in (secretary_a, clerk):
        client.force_login(user)
        for address in (page, every):
            shown = client.get(address).content.decode()
            assert f"Điện thoại: <del>{NOTHING}</del> → <ins>0912345678</ins>" in shown, address
            assert f"đảng viên: {people[0]}" in shown
            assert str(clerk) in shown
            assert "Trước khi xác nhận" not in shown
        assert "không phải xác nhận lại" in client.get(page).content.decode()
    accept = reverse("confirm-accept", args=[confirmed.period_id, "a"])
    assert "0912345678" in client.get(accept).content.decode()
    board = reverse("period", args=[confirmed.period_id])
    assert "sau khi xác nhận" not in client.get(board).content.decode()
    name = str(people[0])
    with transaction.atomic(), acting(secretary_a, "Sửa tên"):
        correct(row=people[0], full_name="Tên Khác")
    assert client.get(page).content.decode().count("Không đổi số đã xác nhận") == 1
    shown = client.get(board).content.decode()
    assert f"Sửa đảng viên: Tên Khác – họ và tên: {name} → Tên Khác ({secretary_a}, " in shown
    assert client.get(accept).url == page


def test_what_somebody_wrote_of_who_left_the_unit_is_not_read_there(client, confirmed, people, cell_b, secretary_a):
    membership.transfer(member=people[0], to=cell_b, day=LATER)
    correct(row=people[0], full_name="Tên Ở Nơi Khác")
    client.force_login(secretary_a)
    for name in ("confirm", "changes-since-confirmed"):
        shown = client.get(reverse(name, args=[confirmed.period_id, "a"])).content.decode()
        assert "Tên Ở Nơi Khác" not in shown.partition("figure-list")[0], name


def test_many_changes_are_told_in_part_and_the_rest_on_pages(client, confirmed, people, cell_a, clerk):
    client.force_login(clerk)
    counts = []
    for number in (1, 30):
        for _ in range(number):
            make_member(cell_a, day=AS_OF)
        with CaptureQueriesContext(connection) as caught:
            shown = client.get(reverse("confirm", args=[confirmed.period_id, "a"]))
            client.get(reverse("period", args=[confirmed.period_id]))
            every = client.get(reverse("changes-since-confirmed", args=[confirmed.period_id, "a"]))
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert len(shown.context["later"]) == 3
    assert f"Xem tất cả, còn {shown.context['more']} thay đổi khác" in shown.content.decode()
    assert every.context["page"].paginator.count == shown.context["more"] + 3


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_change_of_the_unit_is_not(confirmed, people, what):
    OTHERS[what](people)
    assert not later_changes(confirmed.period, [confirmed])


@pytest.mark.parametrize("what", CHANGES)
def test_what_others_write_is_left_in_the_database(confirmed, people, what, django_assert_num_queries):
    CHANGES[what](people[2:])
    assert Entry.objects.filter(pk__gt=confirmed.entry).exists()
    assert not entries_about(confirmed.period, {confirmed.unit_id: confirmed.entry})
    with django_assert_num_queries(1):
        later_changes(confirmed.period, [confirmed])


def test_changes_of_many_are_two_statements(confirmed, people, django_assert_num_queries):
    for _ in range(30):
        make_member(confirmed.unit, day=AS_OF)
    CHANGES["a meeting"](people)
    with django_assert_num_queries(2):
        assert len(later_changes(confirmed.period, [confirmed])[confirmed.unit_id]) > 30


def test_who_came_from_elsewhere_is_found_by_what_the_row_named_before(confirmed, people, cell_b):
    """A row that names another cell now still tells of the cell that it named."""
    change(people[0].spells.get(), unit=cell_b)
    assert set(later_changes(confirmed.period, [confirmed])) == {confirmed.unit_id}


def test_of_a_confirmation_without_what_was_shown_nobody_knows(confirmed, people):
    Confirmation.objects.update(entry=None)
    CHANGES["a card"](people)
    assert not later_changes(confirmed.period, Confirmation.objects.all())


def test_both_sides_see_what_has_changed_and_the_unit_confirms_again(
    client, confirmed, people, cell_a, secretary_a, clerk
):
    period = confirmed.period
    reporting_periods.accept(confirmation=confirmed, user=clerk, now=NOW)
    make_member(cell_a, day=AS_OF)
    client.force_login(clerk)
    board = reverse("period", args=[period.pk])
    assert f'href="{board}?doi=1"' in client.get(reverse("home")).content.decode()
    page = client.get(board)
    assert "1 đơn vị phải xác nhận lại" in page.content.decode()
    assert f'<a href="{reverse("confirm", args=[period.pk, "a"])}">Chi bộ a</a>' in page.content.decode()
    assert (page.context["counts"]["confirmed"], page.context["counts"]["accepted"]) == (0, 0)
    for only in ({"doi": 1}, {"chua": 1}):
        assert cell_a in [row.record.unit for row in client.get(board, only).context["table"].rows]
    assert client.get(reverse("home")).context["progress"]["confirmed"] == 0
    assert "1 đơn vị phải xác nhận lại" in client.get(reverse("period-close", args=[period.pk])).content.decode()
    assert [len(line.confirmed) for line in client.get(reverse("periods")).context["lines"]] == [0]
    assert client.get(reverse("dashboard"), {"ngay": f"{AS_OF:%d/%m/%Y}"}).context["period"].done == 0
    client.force_login(secretary_a)
    for told in ("Tổng số đảng viên: trước 2, nay 3", "Đã thay đổi sau khi xác nhận", "Xác nhận lại số liệu đúng"):
        assert told in client.get(reverse("confirm", args=[period.pk, "a"])).content.decode(), told
    step = client.get(reverse("home")).context["month"][2]
    assert (step.is_done, step.next.label) == (False, "Xem và xác nhận lại")
    assert send(client, "confirm", period.pk, "a").status_code == 302
    old, new = Confirmation.objects.order_by("pk")
    assert (old.answer, new.answer, new.values["members.total"]) == (Answer.REPLACED, "", 3)
    assert reporting_periods.accept(confirmation=new, user=clerk, now=NOW).answer == Answer.ACCEPTED
    client.force_login(clerk)
    for address in (board, reverse("home")):
        assert "sau khi xác nhận" not in client.get(address).content.decode()
    assert "Không đơn vị nào phải xác nhận lại" in client.get(board, {"doi": 1}).content.decode()
    assert client.get(board).context["counts"]["confirmed"] == 1


def test_nothing_is_confirmed_that_was_not_shown(client, period, people, cell_a, secretary_a):
    client.force_login(secretary_a)
    address = reverse("confirm", args=[period.pk, "a"])
    seen = client.get(address).context["form"]["shown"].value()
    name = str(people[0])
    correct(row=people[0], full_name="Tên Khác")
    page = client.post(address, {"token": uuid4(), "shown": seen})
    shown = page.content.decode()
    told = f"vừa thay đổi sau khi mở trang này: Sửa đảng viên: Tên Khác – họ và tên: {name} → Tên Khác ("
    assert told in unescape(shown)
    assert shown.index("error-summary") < shown.index("figure-list")  # what is wrong comes first, however long the page
    assert not Confirmation.objects.exists()
    again = page.context["form"]["shown"].value()
    assert again != seen
    assert client.post(address, {"token": uuid4(), "shown": again}).status_code == 302


def test_what_has_changed_is_not_accepted(client, confirmed, people, cell_b, secretary_b, clerk):
    period = confirmed.period
    reporting_periods.confirm(period=period, unit=cell_b, user=secretary_b, now=NOW)
    CHANGES["a card"](people)
    with refused("đã thay đổi sau khi xác nhận"):
        reporting_periods.accept(confirmation=confirmed, user=clerk, now=NOW)
    client.force_login(clerk)
    assert client.get(reverse("period-accept", args=[period.pk])).context["waiting"] == 1
    assert reporting_periods.accept_all(period=period, user=clerk, now=NOW) == 1
    confirmed.refresh_from_db()
    assert confirmed.answer == ""


def test_a_page_of_acceptance_that_has_grown_old_offers_nothing_that_cannot_work(client, confirmed, people, clerk):
    client.force_login(clerk)
    address = reverse("confirm-accept", args=[confirmed.period_id, "a"])
    token = client.get(address).context["form"]["token"].value()
    CHANGES["a card"](people)
    page = client.post(address, {"token": token})
    shown = page.content.decode()
    assert "đã thay đổi sau khi xác nhận" in shown
    assert page.context["form"].submit_label not in re.findall(r"<button[^>]*>([^<]*)</button>", shown)
    assert f'href="{reverse("confirm", args=[confirmed.period_id, "a"])}">Về trang trước' in shown


def test_what_no_unit_has_stated_is_told_to_who_accepts(client, confirmed, cell_a, people, clerk, secretary_a):
    change_reports.report_change(kind="died", member=people[0], reported_on=AS_OF)
    for user, name in ((clerk, "confirm-accept"), (clerk, "confirm"), (secretary_a, "confirm")):
        client.force_login(user)
        page = client.get(reverse(name, args=[confirmed.period_id, "a"]))
        assert len(page.context["unstated"]) == len(UNSTATED)
        assert "Có hay không phát sinh" in page.content.decode()
        assert "Chờ Văn phòng: 1 báo" in page.content.decode()


def test_what_has_not_changed_is_not_confirmed_twice(confirmed, people, cell_a, secretary_a):
    with refused("Đơn vị đã xác nhận số liệu của kỳ này."):
        reporting_periods.confirm(period=confirmed.period, unit=cell_a, user=secretary_a, now=NOW)


def test_after_withdrawing_the_second_nothing_stands(client, confirmed, people, cell_a, secretary_a):
    CHANGES["a card"](people)
    again = reporting_periods.confirm(period=confirmed.period, unit=cell_a, user=secretary_a, now=NOW)
    reporting_periods.withdraw(confirmation=again)
    client.force_login(secretary_a)
    assert client.get(reverse("home")).context["month"][2].next.label == "Xem và xác nhận"


def test_before_the_day_no_button_is_offered(client, period, secretary_a):
    change(period, as_of=NOW.date() + timedelta(days=1))
    client.force_login(secretary_a)
    page = client.get(reverse("confirm", args=[period.pk, "a"])).content.decode()
    assert "Chưa đến ngày số liệu" in page
    assert "Xác nhận số liệu đúng" not in page
