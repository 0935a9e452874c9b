"""What a phone keeps for hours without network: whose, what of whom; and forms that a script sends later."""

import gzip
import re
import uuid
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Absence, Meeting
from binhlu_portal.accounts.models import PairedPhone, Session
from binhlu_portal.records.forms.answers import CONFLICT, DATA
from members.models import ChangeReport
from reports.offline.views import NOT_KNOWN, PAIR_FIRST, STATIC_FILES, TOO_OFTEN
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.models import Confirmation
from tests.binhlu_portal.accounts.phones.test_phones import PHONE, PIN, WRONG, pair, send
from tests.factories import discipline, make_member, make_members
from tests.ground import layer
from tests.proofs import again

PACK, TODAY = "/khi-mat-mang/thang/", date(2026, 3, 20)
LIGHT = 32_500
"""Bytes, compressed, of the page without network, all it is made of, and a month of forty people."""

SECRETS = {
    "citizen_id": "012345678901",
    "card_number": "12345678",
    "phone": "0912345678",
    "residence": "Bản Nà Cà",
    "joined_on": "1990-01-05",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@layer
def lan(cell_a):
    """Somebody in A of whom much is written down."""
    return make_member(cell_a, "Lò Thị Lan", born_on="1962-07-21", **SECRETS)


@layer
def namesake(cell_a):
    """Somebody else in A of the same name."""
    return make_member(cell_a, "Lò Thị Lan", born_on="1975-11-09")


@layer
def foreigner(cell_b):
    """Somebody in B."""
    return make_member(cell_b, "Vàng A Páo")


@pytest.fixture
def phone(secretary_a):
    """The remembered phone of the secretary of A, signed in by its PIN."""
    browser = pair(secretary_a)
    send(browser)
    return browser


def post(browser, address, **data):
    """Send a form as the script does."""
    return browser.post(address, {"token": uuid.uuid4(), **data}, HTTP_ACCEPT=DATA)


def meeting_of(*people, **more):
    """Return what a form of a meeting sends where everybody was there."""
    keys = [str(person.pk) for person in people]
    there = {"attendance": keys, "attendance-listed": " ".join(keys)}
    return {"held_on": "20/03/2026", "kind": "regular", "topic": "", "guests": ""} | there | more


def test_a_pack_holds_names_and_nothing_else_of_a_person(phone, lan, namesake, foreigner):
    pack = phone.get(PACK).json()
    assert set(pack) == {"html", "until", "whose", "csrf"}
    assert "Lò Thị Lan, sinh 1962" in pack["html"]
    assert "Lò Thị Lan, sinh 1975" in pack["html"]
    assert "chưa ghi buổi thường kỳ" in pack["html"]
    kept = str(pack)
    for word in (*SECRETS.values(), "21/7", "21/07", "07-21", "09/11", "9/11", "1990", foreigner.full_name):
        assert word not in kept, word
    assert 'name="token"' not in kept  # each that is kept gets its own


def test_a_pack_is_given_to_the_remembered_phone_of_who_asks_and_to_no_other(
    phone, client, secretary_a, secretary_b, clerk
):
    client.force_login(secretary_a)
    assert client.get(PACK).status_code == 403
    assert client.get(PACK).json() == {"forgotten": PAIR_FIRST, "pair": True}
    phone.force_login(secretary_b)
    assert phone.get(PACK).json() == {"forgotten": PAIR_FIRST, "pair": True}
    phone.force_login(clerk)
    assert phone.get(PACK).json() == {"forgotten": NOT_KNOWN, "pair": False}


def test_the_pin_that_encrypts_is_that_of_the_phone(phone):
    assert phone.post(PACK, {"pin": PIN}).json() == {}
    answer = phone.post(PACK, {"pin": WRONG})
    assert (answer.status_code, answer.json()["refused"]) == (
        422,
        ["Mã PIN không đúng. Còn 4 lần; sau đó phải ghi mật khẩu."],
    )
    assert phone.post(PACK, {"pin": "1"}).json()["refused"]
    for _ in range(3):
        phone.post(PACK, {"pin": WRONG})
    assert phone.post(PACK, {"pin": WRONG}).json() == {"forgotten": TOO_OFTEN, "pair": True}
    assert not PairedPhone.objects.exists()


def test_a_meeting_that_was_kept_is_written_once_however_often_it_is_sent(phone, lan, namesake):
    data = meeting_of(lan, token=uuid.uuid4(), **{"attendance-listed": f"{lan.pk} {namesake.pk}"})
    refused = post(phone, "/sinh-hoat-thang/a/", **data)
    assert refused.status_code == 422
    assert refused.json()["refused"] == ["Điểm danh: Lò Thị Lan, sinh 1975: chọn lý do vắng."]
    data |= {f"attendance-{namesake.pk}": "ill"}
    answers = [post(phone, "/sinh-hoat-thang/a/", **data).json() for _ in range(2)]
    assert answers == [{"address": "/?don_vi=a"}] * 2
    assert (Meeting.objects.get().present, Absence.objects.get().member) == (1, namesake)
    assert "Đã lưu buổi sinh hoạt" not in phone.get("/").content.decode()  # nobody waits for it


def test_what_is_unusual_is_asked_and_written_once_it_is_said_to_be_so(phone, lan):
    for day in ("05/03/2026", "20/03/2026"):
        answer = post(phone, "/sinh-hoat-thang/a/", **meeting_of(lan, held_on=day))
    ((value, sentence),) = answer.json()["asks"]
    assert "đây là buổi thường kỳ thứ hai của tháng" in sentence
    assert post(phone, "/sinh-hoat-thang/a/", **meeting_of(lan, sure=value)).status_code == 200
    assert Meeting.objects.count() == 2


def test_a_list_that_has_changed_since_comes_back_as_that_of_its_day_with_the_ticks_of_each(phone, lan, namesake):
    sent = meeting_of(lan) | {"attendance": [], f"attendance-{lan.pk}": "ill"}
    told = post(phone, "/sinh-hoat-thang/a/", **sent).json()
    assert "Danh sách của ngày này khác danh sách đã điểm danh: thêm Lò Thị Lan" in told["refused"][0]
    assert not Meeting.objects.exists()
    for told_apart in ("sinh 1962", "sinh 1975", f'attendance-listed" value="{lan.pk} {namesake.pk} "'):
        assert told_apart in told["form"]
    assert '<option value="ill" selected>' in told["form"]
    for secret in (*SECRETS.values(), "21/07", "09/11", 'name="token"', "csrf"):
        assert secret not in told["form"]
    listed = f"{lan.pk} {namesake.pk}"
    assert post(phone, "/sinh-hoat-thang/a/", **sent | {"attendance": [namesake.pk], "attendance-listed": listed})
    assert (Meeting.objects.get().present, Absence.objects.get().member) == (1, lan)


def test_a_number_that_somebody_else_has_put_right_since_is_not_overwritten(phone, lan):
    html = phone.get(PACK).json()["html"]
    address = f"/dang-vien/{lan.pk}/sua-dien-thoai/?muc=phone"
    assert address.replace(str(lan.pk), "{dang_vien}") in html
    seen = re.search(r'sua-dien-thoai.*?name="seen" value="(\d+)"', html, re.DOTALL)[1]
    assert post(phone, address, phone="0987654321", seen=seen).status_code == 200
    told = post(phone, address, phone="0911111111", seen=seen).json()
    assert (told["refused"][0], told["form"]) == (CONFLICT, "")  # both sides are to be seen first
    assert again(lan).phone == "0987654321"


def test_a_report_of_change_is_written_and_one_of_the_same_is_refused(phone, lan, foreigner):
    address = f"/bao-thay-doi/tu-tran/?dang_vien={lan.pk}"
    assert post(phone, address, day="19/03/2026").status_code == 200
    assert ChangeReport.objects.get().member == lan
    assert "đã được báo ngày 20/03/2026" in post(phone, address).json()["refused"][0]
    assert post(phone, f"/bao-thay-doi/tu-tran/?dang_vien={foreigner.pk}").status_code == 404


def test_figures_are_confirmed_as_they_were_shown(phone, commune, cell_a, lan):
    confirm = {"as_of": TODAY, "since": date(2026, 1, 1), "year": 2025, "due_on": TODAY, "today": TODAY}
    period = reporting_periods.open_period(unit=commune, **confirm)
    html = phone.get(PACK).json()["html"]
    address = reverse("confirm", args=[period.pk, "a"])
    shown = re.search(rf'action="{address}".*?name="shown" value="(\d+)"', html, re.DOTALL)[1]
    assert "Số liệu tính đến ngày <strong>20/03/2026</strong>" in html
    make_member(cell_a, "Người đến sau")
    assert "Số liệu vừa thay đổi sau khi mở trang này" in post(phone, address, shown=shown).json()["refused"][0]
    html = phone.get(PACK).json()["html"]
    shown = re.search(r'name="shown" value="(\d+)"', html)[1]
    assert post(phone, address, shown=shown).status_code == 200
    assert Confirmation.objects.get().values["members.total"] == 2
    assert address not in phone.get(PACK).json()["html"]


def test_a_pack_reminds_by_numbers_and_asks_no_more_for_more_people(phone, cell_a, lan):
    discipline(lan, date(2025, 3, 15), form="reprimand")
    with CaptureQueriesContext(connection) as of_one:
        html = phone.get(PACK).json()["html"]
    assert "Kỷ luật đảng viên hết hiệu lực, tháng 03/2026: 1</li>" in html
    assert "Khiển trách" not in html
    make_members(cell_a, 29)
    with CaptureQueriesContext(connection) as of_thirty:
        phone.get(PACK)
    assert len(of_thirty) == len(of_one)


def test_the_page_that_lies_in_browsers_is_the_same_for_everybody(phone, client, lan):
    own, foreign = phone.get(reverse("offline")), client.get(reverse("offline"))
    assert own.content == foreign.content
    assert b"csrf" not in own.content
    worker = client.get(reverse("service-worker"))
    assert worker.headers["Content-Type"] == "text/javascript"
    for name in (*STATIC_FILES, "offline-worker.js", "manifest.json", "icon-512.png"):
        assert finders.find(name), name
        assert name in STATIC_FILES[-1:] or name.startswith(("icon", "manifest")) or name.encode() in worker.content


def test_all_that_a_phone_keeps_of_the_portal_is_light(phone, cell_a):
    make_members(cell_a, 40)
    page, pack = phone.get(reverse("offline")).content, phone.get(PACK).content
    files = [Path(finders.find(name)).read_bytes() for name in (*STATIC_FILES, "offline-worker.js")]
    assert sum(len(gzip.compress(content)) for content in (page, pack, *files)) <= LIGHT


def test_a_phone_that_is_remembered_no_more_wipes_what_it_kept(phone, client):
    sign_in = reverse("sign-in")
    Session.objects.all().delete()
    assert "Clear-Site-Data" not in phone.get(sign_in).headers
    PairedPhone.objects.all().delete()
    phone.cookies["offline-waiting"] = "2.19/03/2026.20/03/2026"
    answer = phone.get(PACK, follow=True)
    assert "còn 2 việc chưa gửi, ghi ngày 19/03/2026, 20/03/2026: đã bị xóa" in answer.content.decode()
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert answer.cookies["phone"]["max-age"] == answer.cookies["offline-waiting"]["max-age"] == 0
    assert "Clear-Site-Data" not in Client().get(sign_in).headers


NO_DAYS = ["", "0.20/03/2026", "1", "1.", "99999.20/03/2026", "1.<b>", "1" + ".20/03/2026" * 99]


@pytest.mark.parametrize("told", NO_DAYS)
def test_home_tells_what_was_not_sent_and_believes_nothing_else(phone, told):
    phone.cookies["offline-waiting"] = told
    assert "chờ gửi" not in phone.get("/").content.decode()
    phone.cookies["offline-waiting"] = "1.20/03/2026"
    assert "1 việc ghi lúc mất mạng chưa gửi xong" in phone.get("/").content.decode()
    assert phone.post(reverse("sign-out")).cookies["offline-waiting"]["max-age"] == 0


def test_home_offers_a_phone_that_is_not_remembered_to_be(phone, client, secretary_a):
    pairing = f'<a class="button quiet" href="{reverse("phone-pair")}">'
    client.force_login(secretary_a)
    assert pairing not in client.get("/").content.decode()
    assert pairing in client.get("/", **PHONE).content.decode()
    assert pairing not in phone.get("/", **PHONE).content.decode()


def test_home_leads_a_remembered_phone_to_the_page(phone, client, secretary_a):
    client.force_login(secretary_a)
    link = f'href="{reverse("offline")}"'
    assert link in phone.get("/").content.decode()
    assert link not in client.get("/").content.decode()
    assert link in client.get(reverse("account")).content.decode()
    assert settings.STATIC_URL + "manifest.json" in client.get("/").content.decode()
