"""`manage.py start_code`: how a fresh server gets its first administrator."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organizations.account_management import actions as accounts
from organizations.choices import RoleKind


def run(*arguments):
    """Return what the command prints."""
    printed = StringIO()
    call_command("start_code", *arguments, stdout=printed)
    return printed.getvalue()


def test_a_fresh_server_gets_an_administrator(commune):
    printed = run("quantri", "--name", "Quản trị Mẫu", "--unit", "xa")
    user = accounts.User.objects.get()
    assert (user.full_name, user.must_choose_password) == ("Quản trị Mẫu", True)
    assert user.check_password(printed.split()[-1])
    assert (user.roles.get().unit, user.roles.get().kind) == (commune, RoleKind.ADMINISTRATOR)


def test_an_account_that_exists_gets_a_new_code_and_no_role(clerk):
    printed = run("Clerk")
    clerk.refresh_from_db()
    assert clerk.check_password(printed.split()[-1])
    assert [role.kind for role in clerk.roles.all()] == [RoleKind.SECRETARIAT]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["moi"], "thêm --name"),
        (["moi", "--name", "Mới"], "thêm --name"),
        (["moi", "--name", "Mới", "--unit", "never"], "Không có tổ chức đảng"),
        (["tên sai!", "--name", "Mới", "--unit", "xa"], "tên đăng nhập hợp lệ"),
    ],
)
def test_what_is_missing_is_said_and_nothing_written(commune, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
    assert not accounts.User.objects.exists()


def test_a_closed_account_stays_closed(clerk):
    clerk.is_active = False
    clerk.save()
    with pytest.raises(CommandError, match="đang đóng"):
        run("clerk")
