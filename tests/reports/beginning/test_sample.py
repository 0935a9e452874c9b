"""The sample knows itself, says so on every page, and leaves as a whole: what stays is what a migration brings."""

from datetime import timedelta
from json import loads

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.accounts import start_word
from binhlu_portal.accounts.models import Session
from binhlu_portal.accounts.proofs import FRESH
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Acting, Entry
from binhlu_portal.audit.seals import seals_path
from binhlu_portal.db.rules_in_place import wanting
from members.models import Member
from organizations.choices import RoleKind
from organizations.models import FormTitle, ImpossiblePair, Regulation, Threshold, Unit
from organizations.regulations.seed import FILES
from reports.beginning import actions
from reports.beginning import sample as contents
from tests.factories import make_user
from tests.proofs import refused, undone

ALWAYS = {Regulation, Threshold, FormTitle, ImpossiblePair, Entry}
"""What is there after the first migration."""


@pytest.fixture
def keeper(sample, db):
    """The administrator of the sample."""
    return make_user("keeper", (RoleKind.ADMINISTRATOR, Unit.objects.get(code="binh-lu")))


def leave(client, **sent):
    """Send the form."""
    return client.post(reverse("sample"), {"known": "on"} | sent)


def test_the_sample_says_what_it_is_on_every_page(client, keeper):
    link = f'href="{reverse("sample")}"'
    client.force_login(make_user("office", (RoleKind.SECRETARIAT, Unit.objects.get(code="binh-lu"))))
    for name in ("home", "members", "report", "account"):
        assert link in client.get(reverse(name)).content.decode(), name
    told = client.get(reverse("sample")).content.decode()
    assert "hư cấu" in told
    assert '<button class="button">Bỏ dữ liệu mẫu</button>' not in told


def test_what_goes_is_counted(client, keeper):
    with acting(keeper, "Ghi thêm"):
        Member.objects.first().save()
        Unit.objects.create(code="that", started_on=timezone.localdate())
    client.force_login(keeper)
    told = client.get(reverse("sample")).content.decode()
    assert f"{Unit.objects.count()} tổ chức đảng, {Member.objects.count()} đảng viên" in told
    assert "1 thay đổi do người dùng ghi" in told


def test_everything_goes_and_the_page_to_begin_with_opens(client, keeper, files, django_capture_on_commit_callbacks):
    client.force_login(keeper)
    files.joinpath("accounts").touch()
    seals_path().touch()
    with undone():
        with django_capture_on_commit_callbacks(execute=True):
            answer = leave(client)
        assert answer.url.startswith(f"{reverse('begin')}?tu=")
        page = f"{reverse('begin')}?tu={start_word.start_word()}"  # of after the transaction
        assert 'name="password"' in client.get(page).content.decode()
        left = {model for model in contents.models() if model._base_manager.exists()}
        assert left - {Acting} == ALWAYS
        assert not Entry.objects.filter(table__in=("organizations_unit", "members_member", "accounts_user")).exists()
        assert wanting() == []
        assert not files.joinpath("accounts").exists() and not seals_path().exists()
        assert not files.joinpath("backups").exists()


def test_what_people_wrote_is_kept_in_a_backup_first(keeper, files, monkeypatch):
    made = []
    monkeypatch.setattr(contents, "write_archive", lambda path, now: made.append(path))
    contents.keep_copy(timezone.localtime())
    assert made == []
    with acting(keeper, "Ghi thêm"):
        Unit.objects.create(code="that", started_on=timezone.localdate())
    contents.keep_copy(timezone.localtime())
    assert [path.parent for path in made] == [files / "backups"]


def test_without_a_backup_nothing_goes(keeper, monkeypatch):
    def fail(path, now):
        raise CommandError("Máy này chưa có chương trình pg_dump")

    monkeypatch.setattr(contents, "write_archive", fail)
    with acting(keeper, "Ghi thêm"):
        Unit.objects.create(code="that", started_on=timezone.localdate())
    with refused("pg_dump"):
        actions.leave_sample(user=None, now=timezone.localtime())


@pytest.mark.parametrize("kind", [RoleKind.SECRETARIAT, RoleKind.LEADER, RoleKind.CELL_SECRETARY])
def test_nobody_but_an_administrator_of_all_of_it_leaves_it(client, sample, db, kind):
    client.force_login(make_user("other", (kind, Unit.objects.get(code="binh-lu"))))
    assert leave(client).status_code == 403
    client.force_login(make_user("part", (RoleKind.ADMINISTRATOR, Unit.objects.get(code="ban-01"))))
    assert leave(client).status_code == 403
    assert Client().post(reverse("sample"), {"known": "on"}).url.startswith(reverse("sign-in"))
    assert Unit.objects.exists()


def test_it_asks_for_a_mark_and_for_a_fresh_sign_in(client, keeper):
    client.force_login(keeper)
    assert "Đánh dấu vào ô này" in client.post(reverse("sample")).content.decode()
    Session.objects.update(started_at=timezone.now() - FRESH - timedelta(seconds=1))
    assert "Trong 10 phút sau đó không hỏi nữa" in leave(client).content.decode()
    assert Unit.objects.exists()


def test_a_role_that_owns_nothing_is_told_what_to_do(keeper, monkeypatch):
    monkeypatch.setattr(contents, "may_be_emptied", lambda: False)
    with refused("manage.py leave_sample"):
        actions.leave_sample(user=None, now=timezone.localtime())


def test_the_command_leaves_it_too(keeper, capsys):
    with undone():
        call_command("leave_sample")
        assert not Unit.objects.exists()
    assert "74 tổ chức đảng" in capsys.readouterr().out


def test_the_known_regulations_come_again(keeper):
    with undone():
        actions.leave_sample(user=None, now=timezone.localtime())
        after = {model: model.objects.count() for model in ALWAYS - {Entry}}
    assert sum(after.values()) == known_rows()


def known_rows():
    """Return how many rows the files of what is known from the start hold."""
    return sum(len(loads((settings.BASE_DIR / "fixtures" / name).read_text())) for name in FILES)
