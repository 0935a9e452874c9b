"""Regulations and values as the office writes them: what is new ends what was, and every question keeps its rules."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.validity import OPEN
from organizations.choices import Norm, Subject
from organizations.in_force import InForce
from organizations.models import Regulation, Threshold
from organizations.regulations import actions as regulations
from tests.proofs import refused
from tests.record_types import filled

DAY = date(2027, 1, 1)
EVE = DAY - timedelta(days=1)


@pytest.fixture
def office(client, clerk):
    """The browser of the office."""
    client.force_login(clerk)
    return client


def test_a_new_regulation_ends_the_one_before_and_is_named_from_its_day_on(office):
    address = reverse("record-add", args=["van-ban-quy-dinh"])
    typed = {"subject": "fees", "kind": "Quy định", "number": "9", "issued_on": "01/11/2026", "title": "Mẫu"}
    answer = office.post(address, filled(office, address) | typed | {"started_on": "01/01/2027", "certainty": "read"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert InForce(DAY).cite("{fees}") == "Quy định 9 ngày 01/11/2026"
    assert "01-QĐ/TW" in InForce(EVE).cite("{fees}")
    listed = office.get(reverse("records", args=["van-ban-quy-dinh"]), {"ngay": "29/11/2026"}).content.decode()
    row = next(part for part in listed.split("<tr") if "01-QĐ/TW" in part)
    assert row.index("Đang áp dụng") < row.index("01/01/2027") < row.rindex(">9<")


def test_the_next_value_is_written_beside_the_one_before(office):
    row = Threshold.objects.create(code=Norm.TARGET_ADMITTED, low=3, high=4, source="Nghị quyết", started_on=EVE)
    address = reverse("record-form", args=["chi-tieu-dinh-muc", row.pk, "muc-moi"])
    answer = office.post(address, filled(office, address) | {"low": "4", "high": "5", "started_on": "01/01/2027"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert [(InForce(day).threshold(row.code).low, InForce(day).threshold(row.code).high) for day in (EVE, DAY)] == [
        (3, 4),
        (4, 5),
    ]
    page = office.get(reverse("record", args=["chi-tieu-dinh-muc", row.pk])).content.decode()
    assert address not in page, "it has an end"
    assert Entry.objects.filter(table="organizations_threshold", row=row.pk, action="changed").exists()


def test_a_leader_reads_and_writes_nothing(client, leader):
    client.force_login(leader)
    page = client.get(reverse("records", args=["chi-tieu-dinh-muc"])).content.decode()
    assert "Thời gian dự bị" in page
    assert "Ghi chỉ tiêu" not in page
    assert client.get(reverse("record-add", args=["chi-tieu-dinh-muc"])).status_code == 404


@pytest.mark.django_db
def test_nothing_is_put_before_a_later_one():
    with refused("Hai văn bản về cùng một nội dung không được cùng có hiệu lực"):
        regulations.issue_regulation(
            subject=Subject.FEES, kind="Quy định", number="9", title="Mẫu", issued_on=EVE, started_on=date(2015, 1, 1)
        )
    assert Regulation.objects.filter(subject=Subject.FEES, ended_on=OPEN).count() == 1


@pytest.mark.django_db
def test_every_value_known_from_the_start_has_a_name():
    assert set(Threshold.objects.values_list("code", flat=True)) <= set(Norm.values)


def test_what_a_regulation_is_called_stays_text_in_the_hint_of_a_form(office, cell_a):
    Regulation.objects.filter(subject="fees").update(number="<b>9</b>")
    page = office.get(reverse("record-add", args=["mien-giam-dang-phi"]), {"don_vi": cell_a.code}).content.decode()
    assert "&lt;b&gt;9&lt;/b&gt;" in page
    assert "<b>9</b>" not in page


def test_the_list_that_a_form_makes_itself_stays_a_list_in_its_hint(office, cell_a):
    page = office.get(reverse("record-add", args=["kiem-tra"]), {"don_vi": cell_a.code}).content.decode()
    assert "<ul><li>" in page
