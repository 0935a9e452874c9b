"""The one page of an empty portal: where every address leads, closed without the word, and closed for ever after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts import start_word
from binhlu_portal.accounts.models import Attempt, User
from organizations.choices import Kind, RoleKind, Sector
from organizations.models import Unit, UnitPeriod
from reports.beginning import actions, sample
from reports.beginning.forms import ROOTS
from tests.factories import make_root, make_user
from tests.proofs import records, refused
from tests.test_access import ADDRESSES
from tests.test_every_page import faults_of
from tests.walk import visit
from tests.words import badly_worded

from .conftest import GOOD


def test_every_address_leads_to_the_page_while_nobody_has_begun(db):
    client = Client()
    for name, (arguments, _) in ADDRESSES.items():
        address = reverse(name, args=arguments)
        for answer in (client.get(address), client.post(address)):
            assert name == "begin" or answer.url == reverse("begin"), name


@pytest.mark.parametrize("word", ["", "?tu=", "?tu=ABCD-EFGH-JKMN", f"?tu={'A' * 500}"])
@pytest.mark.parametrize("work", ["committee", "sample"])
def test_without_the_word_nothing_is_shown_or_taken(db, client, filled, word, work, page):
    before = records()
    shown, taken = client.get(reverse("begin") + word), client.post(reverse("begin") + word, filled | {"work": work})
    assert taken.status_code == 403
    for answer in (shown, taken):
        assert "Từ khởi đầu" in answer.content.decode()
        assert 'name="password"' not in answer.content.decode()
        assert start_word.start_word() not in answer.content.decode()
    assert records() == before


def test_the_word_is_needed_on_this_machine_too(db, client):
    assert 'name="password"' not in client.get(reverse("begin"), REMOTE_ADDR="127.0.0.1").content.decode()


def test_its_pages_are_sound_and_say_what_offices_say(db, client, page):
    for path in (reverse("begin"), page):
        found = visit(client, path)
        assert faults_of(found) == []
        assert badly_worded(found.body.decode()) == []


def test_somebody_begins_and_is_signed_in_at_home(db, client, filled, page):
    assert 'name="password"' in client.get(page).content.decode()
    assert client.post(page, filled).url == reverse("home")
    root, user = Unit.objects.get(), User.objects.get()
    assert (root.code, str(root.started_on), root.is_sample) == ("dang-bo-xa-muong-mau", "2025-07-01", False)
    assert {role.kind for role in user.roles.filter(unit=root)} == {RoleKind.ADMINISTRATOR, RoleKind.SECRETARIAT}
    home = client.get(reverse("home"))
    assert home.status_code == 200
    assert "Đảng bộ xã Mường Mẫu" in home.content.decode()
    assert "Những bước đầu tiên" in home.content.decode()
    assert client.get(reverse("accounts")).status_code == 200
    assert Attempt.objects.get().user == user
    client.post(reverse("sign-out"))
    assert client.login(username="lothimau", password=GOOD)


@pytest.mark.parametrize("root", ROOTS)
def test_whatever_may_stand_at_the_top_can_begin(db, client, filled, page, root):
    client.post(page, filled | {"root": root})
    place = UnitPeriod.objects.get()
    assert (place.kind, place.sector) == ROOTS[root][1:]


def test_nobody_begins_a_second_time(db, client, filled, page, files, django_capture_on_commit_callbacks):
    files.joinpath("accounts").touch()  # of a database that lay there before
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, filled)
    assert not start_word.start_word_path().exists() and not files.joinpath("accounts").exists()
    again = f"{reverse('begin')}?tu={start_word.start_word()}"
    before = records()
    for browser in (client, Client()):
        for address in (page, again, reverse("begin")):
            assert browser.get(address).url == reverse("home")
            assert browser.post(address, filled | {"username": "khac"}).url == reverse("home")
            assert browser.post(address, {"work": "sample"}).url == reverse("home")
    tables = {table: rows for table, rows in records().items() if table != "accounts.Session"}
    assert tables == {table: before[table] for table in tables}


@pytest.mark.parametrize("there", [make_root, lambda: make_user("somebody")])
def test_the_page_is_closed_where_anything_is(db, client, filled, page, there):
    there()
    before = records()
    assert client.post(page, filled).url == reverse("home")
    assert records() == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Ghi tên đảng bộ."),
        ({"root": "party_organization"}, "Hãy chọn một lựa chọn hợp lệ"),
        ({"code": "có dấu"}, "Mã chỉ gồm chữ không dấu"),
        ({"day": "31/02/2025"}, "Không có ngày này"),
        ({"day": "tomorrow"}, "Ghi đủ ngày/tháng/năm"),
        ({"username": "Ông A"}, "Chỉ dùng chữ thường không dấu"),
        ({"again": "khác"}, "Hai lần ghi mật khẩu không giống nhau."),
        ({"password": "ngắn", "again": "ngắn"}, "Mật khẩu quá ngắn"),
        ({"password": "muong mau muong mau", "again": "muong mau muong mau"}, "Mật khẩu dễ đoán"),
        ({"password": "a" * 300, "again": "a" * 300}, "Mật khẩu dài nhất"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(db, client, filled, page, wrong, told):
    before = records()
    answer = client.post(page, filled | wrong)
    assert told in answer.content.decode()
    assert records() == before
    assert start_word.is_empty()


def test_a_day_to_come_is_refused(db, client, filled, page):
    day = timezone.localdate() + timedelta(days=1)
    assert client.post(page, filled | {"day": f"{day:%d/%m/%Y}"}).status_code == 200
    assert start_word.is_empty()


def test_the_first_account_of_a_portal_on_a_network_is_led_to_a_second_factor(db, client, filled, page, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.post(page, filled)
    assert client.get(reverse("home")).url == reverse("second-factor")


def test_who_is_late_is_refused_inside_the_transaction(db):
    make_root()
    given = {"name": "Đảng bộ xã Mẫu", "kind": Kind.COMMUNE, "sector": Sector.COMMUNE, "code": ""}
    person = {"full_name": "Lò Thị Mẫu", "username": "lothimau", "password": GOOD}
    with refused("đã được bắt đầu rồi"):
        actions.begin_committee(**given, **person, day=timezone.localdate())
    with refused("đã được bắt đầu rồi"):
        sample.load_sample()


def test_the_sample_comes_with_accounts_that_are_shown_once(
    db, client, page, monkeypatch, settings, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(sample, "call_command", lambda *names, **options: make_sample())
    with django_capture_on_commit_callbacks(execute=True):
        told = client.post(page, {"work": "sample"}).content.decode()
    for line in settings.DEMO_ACCOUNTS.read_text().splitlines():
        username, password, *_ = line.split()
        assert f"<td>{password}</td>" in told
        assert client.login(username=username, password=password)
    assert not start_word.start_word_path().exists()
    assert client.get(page).url == reverse("home")


def make_sample():
    """Stand in for the sample, which takes long to load: the units at which its accounts have roles."""
    root = make_root("binh-lu")
    Unit.objects.create(code="ban-01", started_on=root.started_on)
