"""What of an old result its sender still sees: as much as the scope of today allows."""

import pytest
from django.urls import reverse

from binhlu_portal.db.actions import correct
from binhlu_portal.spreadsheets.jobs.actions import confirm, receive_file, revert_batch, work_on_next
from binhlu_portal.spreadsheets.jobs.visibility import HIDDEN, OUT_OF_SCOPE
from binhlu_portal.spreadsheets.models import BatchState
from organizations.choices import RoleKind
from organizations.models import Role
from tests.binhlu_portal.spreadsheets.books import written
from tests.binhlu_portal.spreadsheets.files import PEOPLE, changed, checked, newcomer
from tests.factories import make_member
from tests.ground import layer

RECEIVED = "received_with_unit"
ALIAS, PHONE = "Bí danh", "Điện thoại"


@pytest.fixture
def lan(cell_a):
    return make_member(cell_a, "Lan", alias="Bí Danh Cũ")


@layer
def batch(secretary_a, lan):
    """A checked file of the secretary of cell A: another alias, and a day that is none."""
    changes = [(PEOPLE, 2, ALIAS, "Bí Danh Mới"), (PEOPLE, 2, PHONE, "0912345678")]
    return checked(secretary_a, changed(written(secretary_a), *changes, *newcomer(3, born="32/13/1990")))


def move_to(user, unit):
    """Give somebody another unit in place of the present one."""
    user.roles.all().delete()
    Role.objects.create(user=user, unit=unit, kind=RoleKind.CELL_SECRETARY)


def page(client, batch):
    return client.get(reverse("import", args=[batch.pk])).content.decode()


def test_a_result_tells_its_sender_everything_while_the_scope_is_as_it_was(client, secretary_a, batch):
    client.force_login(secretary_a)
    text = page(client, batch)
    assert "Bí Danh Cũ" in text
    assert HIDDEN not in text
    assert OUT_OF_SCOPE not in text
    response = client.get(reverse("import-returned", args=[batch.pk]))
    assert response.status_code == 200
    response.close()


def test_a_sender_who_went_elsewhere_sees_no_record_of_the_former_unit(client, secretary_a, batch, cell_b):
    move_to(secretary_a, cell_b)
    client.force_login(secretary_a)
    text = page(client, batch)
    assert HIDDEN in text
    assert OUT_OF_SCOPE in text
    assert "Bí Danh Cũ" not in text
    assert "Lan" not in text
    assert "32/13/1990" not in text


def test_a_sender_who_went_elsewhere_gets_no_file_back(client, secretary_a, batch, cell_b):
    move_to(secretary_a, cell_b)
    client.force_login(secretary_a)
    response = client.get(reverse("import-returned", args=[batch.pk]), follow=True)
    assert response.redirect_chain == [(reverse("import", args=[batch.pk]), 302)]
    assert OUT_OF_SCOPE in response.content.decode()


def test_a_written_file_is_as_silent(client, secretary_a, batch, cell_b):
    confirm(batch=batch, digest=batch.digest, partly=True)
    work_on_next()
    batch.refresh_from_db()
    assert batch.state == BatchState.WRITTEN
    client.force_login(secretary_a)
    assert "Bí Danh Cũ" in page(client, batch)
    move_to(secretary_a, cell_b)
    assert "Bí Danh Cũ" not in page(client, batch)


def test_what_a_revert_has_left_is_told_to_those_who_read_it_in_the_history(client, secretary_a, batch, lan, cell_b):
    confirm(batch=batch, digest=batch.digest, partly=True)
    work_on_next()
    lan.refresh_from_db()
    correct(row=lan, alias="Bí Danh Sau")
    batch.refresh_from_db()
    revert_batch(user=None, batch=batch, keep_later=True)
    client.force_login(secretary_a)
    assert "Bí Danh Sau" in page(client, batch)
    move_to(secretary_a, cell_b)
    assert "Bí Danh Sau" not in page(client, batch)


def test_an_old_result_that_does_not_say_what_it_is_about_tells_nothing(client, secretary_a, batch):
    result = batch.result
    del result["units"], result["subjects"]
    result["changes"] = [line[:5] for line in result["changes"]]
    type(batch).objects.filter(pk=batch.pk).update(result=result)
    client.force_login(secretary_a)
    text = page(client, batch)
    assert "Bí Danh Cũ" not in text
    assert OUT_OF_SCOPE in text


LIST = """Họ và tên;Ngày sinh;Giới tính;Dân tộc;Quê quán
Lò Văn Lan;17/05/1980;Nam;Kinh;Bản Cũ
Vàng A Tín;01/02/1990;Nam;Mông;Bản Mới
Lò Văn Sai;32/13/1990;Nam;Thái;Bản Sai
"""


def test_of_the_rows_of_a_list_a_sender_who_went_elsewhere_sees_only_whom_it_has_brought(client, clerk, cell_a, cell_b):
    make_member(cell_a, "Lò Văn Lan")
    batch = receive_file(user=clerk, name="ds.csv", content=LIST.encode(), settings={"unit": "a", "way": RECEIVED})
    work_on_next()
    client.force_login(clerk)
    assert shown(client, batch) == ["Bản Cũ", "Bản Mới", "Bản Sai"]
    move_to(clerk, cell_b)
    assert shown(client, batch) == ["Bản Mới"]


def shown(client, batch):
    """Return which of the homes of a list the rows of its preview show."""
    rows = page(client, batch).partition('id="da-doc"')[2].partition("</section>")[0]
    return [home for home in ("Bản Cũ", "Bản Mới", "Bản Sai") if home in rows]
