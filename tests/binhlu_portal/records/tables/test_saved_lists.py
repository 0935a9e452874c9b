"""Lists kept under a name: as of today when opened, and nobody else's business."""

import pytest
from django.urls import reverse

from binhlu_portal.records.tables.models import SavedList

ADDRESS = "/dang-vien/?don_vi=xa&ngay=01%2F03%2F2026&gioi_tinh=female&cot=tuoi&cot=hoc-van&trang=3"


@pytest.fixture
def save(client, clerk):
    """Keep a list for the clerk."""
    client.force_login(clerk)
    return lambda name="Nữ", address=ADDRESS: client.post(reverse("list-save"), {"name": name, "address": address})


def test_a_list_is_kept_without_its_day_and_opened_by_its_name(save, client, clerk, cell_a):
    assert save(" Nữ  trẻ ").url == SavedList.objects.get().address
    kept = SavedList.objects.get()
    assert (kept.user, kept.name, kept.path) == (clerk, "Nữ trẻ", "/dang-vien/")
    assert kept.query == "don_vi=xa&gioi_tinh=female&cot=tuoi&cot=hoc-van"
    assert kept.name in client.get("/dang-vien/").content.decode()
    assert client.get(kept.address).context["filters"].said == "Giới tính: Nữ"


def test_a_name_used_before_stands_for_the_new_list(save):
    save()
    save(address="/dang-vien/?gioi_tinh=male")
    assert SavedList.objects.get().query == "gioi_tinh=male"


def test_a_list_needs_a_name(save, client):
    answer = save(" ")
    assert answer.url.startswith("/dang-vien/?don_vi=xa")
    assert "Ghi tên cho bộ lọc" in client.get(answer.url).content.decode()
    assert not SavedList.objects.exists()


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org/dang-vien/", "/khong-co/", "javascript:x", ""]
)
def test_only_pages_of_the_portal_are_kept(save, address):
    assert save(address=address).status_code == 404
    assert not SavedList.objects.exists()


def test_lists_are_private(save, client, leader, cell_a):
    save()
    kept = SavedList.objects.get()
    client.force_login(leader)
    assert list(client.get("/dang-vien/").context["saved"]) == []
    assert client.post(reverse("list-forget", args=[kept.pk])).status_code == 404
    client.post(reverse("list-save"), {"name": kept.name, "address": "/dang-vien/"})
    kept.refresh_from_db()
    assert "gioi_tinh=female" in kept.query


def test_a_list_is_forgotten_by_its_owner(save, client):
    save()
    assert client.post(reverse("list-forget", args=[SavedList.objects.get().pk])).url == "/dang-vien/"
    assert not SavedList.objects.exists()
