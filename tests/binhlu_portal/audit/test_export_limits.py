"""How many files an account takes within an hour."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.export_limits import EVERYBODY, MOST, MOST_LARGE
from binhlu_portal.audit.models import Access, AccessKind
from tests.words import badly_worded


def exports(user, count, rows=1):
    """Note exports."""
    for _ in range(count):
        Access.objects.create(user=user, kind=AccessKind.EXPORTED, what="Mẫu", address="/", rows=rows)


def load(client, name="members-file", *args):
    response = client.get(reverse(name, args=args or ["csv"]))
    response.getvalue()
    return response


def test_one_file_too_many_is_refused_with_the_time_to_wait_and_noted(client, clerk):
    client.force_login(clerk)
    exports(clerk, MOST - 1)
    assert load(client).status_code == 200
    response = load(client)
    assert response.status_code == 429
    assert 3500 < int(response.headers["Retry-After"]) <= 3600
    text = response.content.decode()
    assert "đã xuất 30 tệp trong một giờ" in text
    assert "sau 60 phút nữa" in text
    assert "cần gấp thì gọi Văn phòng Đảng ủy xa." in text
    assert not badly_worded(text)
    assert Access.objects.first().kind == AccessKind.REFUSED
    assert Access.objects.filter(kind=AccessKind.EXPORTED).count() == MOST


def test_a_refused_export_stands_in_the_log_that_keepers_read(client, clerk, administrator):
    client.force_login(clerk)
    exports(clerk, MOST)
    load(client)
    client.force_login(administrator)
    assert "Bị từ chối xuất" in client.get(reverse("access-log"), {"viec": "refused"}).content.decode()


def test_nobody_is_refused_for_what_others_have_taken(client, clerk, leader):
    exports(leader, MOST)
    client.force_login(clerk)
    assert load(client).status_code == 200


def test_files_with_everybody_have_their_own_limit(client, clerk, monkeypatch):
    client.force_login(clerk)
    exports(clerk, MOST_LARGE, EVERYBODY)
    assert load(client).status_code == 200
    monkeypatch.setattr("binhlu_portal.audit.export_limits.EVERYBODY", 0)
    response = load(client)
    assert response.status_code == 429
    assert "5 tệp từ 0 dòng trở lên" in response.content.decode()


def test_what_was_taken_an_hour_ago_is_forgotten(client, clerk, monkeypatch):
    client.force_login(clerk)
    before = timezone.now() - timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: before)
    exports(clerk, MOST)
    monkeypatch.undo()
    assert load(client).status_code == 200


EXPORTS = {
    "members-file": [["xlsx"], ["sua"]],
    "figure-file": [["members.total", "csv"], ["members.total", "sua"]],
    "record-file": [["sinh-hoat", "csv"], ["sinh-hoat", "sua"]],
    "check-file": [["thieu-so-the", "csv"]],
    "reminder-file": [["het-du-bi", "xlsx"]],
    "units-file": [["csv"], ["sua"]],
    "admissions-file": [["csv"], ["sua"]],
    "workbook-filled": [[]],
}


@pytest.mark.parametrize(("name", "args"), [(name, args) for name, found in EXPORTS.items() for args in found], ids=str)
def test_no_door_of_lists_is_left_open(client, clerk, name, args):
    client.force_login(clerk)
    exports(clerk, MOST)
    assert client.get(reverse(name, args=args)).status_code == 429
