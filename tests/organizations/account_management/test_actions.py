"""Verbs of accounts: who may be closed, which role may be taken, and that somebody always keeps the accounts."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from binhlu_portal.accounts.models import Session
from binhlu_portal.accounts.proofs import Proof, SignInAgain
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.db.actions import Refusal
from organizations.account_management import actions as accounts
from organizations.choices import Kind, RoleKind, Sector
from tests.binhlu_portal.accounts.factories import make_doubly_safe
from tests.factories import make_root, make_unit, make_user

ADMINISTRATOR = RoleKind.ADMINISTRATOR


def opened(unit, username="moi", kind=RoleKind.CELL_SECRETARY):
    """Open an account and return it with its code."""
    return accounts.open_account(
        username=username, full_name="  Lò Thị   Mẫu ", unit=unit, kind=kind, now=timezone.now(), keeper=None
    )


def role_of(user):
    return user.roles.get()


def test_an_opened_account_has_a_role_and_a_start_code(cell_a):
    user, code = opened(cell_a)
    user.refresh_from_db()
    assert user.must_choose_password
    assert user.check_password(code)
    assert (user.full_name, user.search_name) == ("Lò Thị Mẫu", "lo thi mau")
    assert (role_of(user).unit, role_of(user).kind) == (cell_a, RoleKind.CELL_SECRETARY)


@pytest.mark.parametrize("username", ["clerk", "Clerk"])
def test_a_user_name_that_is_taken_is_refused_whole(clerk, cell_a, username):
    with pytest.raises(ValidationError, match="tên đăng nhập"):
        opened(cell_a, username)
    assert accounts.User.objects.count() == 1


def test_every_change_is_in_the_history_with_who_and_why(administrator, cell_a, cell_b):
    user, _ = opened(cell_a)
    before = Entry.objects.count()
    with acting(administrator, "Việc của quản trị"):
        accounts.rename(user=user, full_name="Lò Thị Mới")
        accounts.give_role(user=user, unit=cell_b, kind=RoleKind.LEADER, keeper=None)
        accounts.take_role(role=user.roles.get(unit=cell_a), keeper=administrator)
        accounts.close(user=user, keeper=administrator)
        accounts.reopen(user=user)
        accounts.give_start_code(user=user, now=timezone.now())
    noted = list(Entry.objects.order_by("pk"))[before:]
    assert len(noted) == 6
    assert {(entry.user, entry.reason) for entry in noted} == {(administrator, "Việc của quản trị")}
    assert "password" not in str([(entry.before, entry.after) for entry in noted])


def test_a_closed_account_is_signed_out_at_once(client, administrator, clerk):
    client.force_login(clerk)
    accounts.close(user=clerk, keeper=administrator)
    assert not Session.objects.exists()
    assert client.get("/").status_code == 302


def test_a_closed_account_gets_no_code(administrator, clerk):
    accounts.close(user=clerk, keeper=administrator)
    with pytest.raises(Refusal, match="mở lại trước"):
        accounts.give_start_code(user=clerk, now=timezone.now())


def test_an_account_keeps_a_role(administrator, clerk):
    with pytest.raises(Refusal, match="ít nhất một vai trò"):
        accounts.take_role(role=role_of(clerk), keeper=administrator)


def test_nobody_closes_or_resets_oneself(administrator, commune):
    make_user("second", (ADMINISTRATOR, commune))
    with pytest.raises(Refusal, match="tự đóng"):
        accounts.close(user=administrator, keeper=administrator)
    with pytest.raises(Refusal, match="Không tự cấp mã"):
        accounts.give_start_code(user=administrator, now=timezone.now(), keeper=administrator)


@pytest.mark.parametrize("proof", ["", *Proof.values])
def test_nobody_changes_the_own_roles_where_another_could(administrator, commune, cell_a, proof):
    make_user("second", (ADMINISTRATOR, commune))
    administrator.proof = proof
    accounts.give_role(user=administrator, unit=cell_a, kind=RoleKind.LEADER, keeper=None)
    with pytest.raises(Refusal, match="Không ai tự đổi vai trò của mình"):
        accounts.give_role(user=administrator, unit=cell_a, kind=RoleKind.CELL_SECRETARY, keeper=administrator)
    for role in administrator.roles.all():
        with pytest.raises(Refusal, match="Không ai tự đổi vai trò của mình"):
            accounts.take_role(role=role, keeper=administrator)


@pytest.mark.parametrize("proof", ["", *Proof.values])
def test_who_keeps_the_accounts_alone_changes_the_own_roles_by_a_code_on_paper(administrator, commune, cell_a, proof):
    make_user("below", (ADMINISTRATOR, cell_a))
    make_user("closed", (ADMINISTRATOR, commune), is_active=False)
    administrator.proof = proof
    given = {"user": administrator, "unit": commune, "kind": RoleKind.LEADER, "keeper": administrator}
    if proof != Proof.PAPER:
        with pytest.raises(SignInAgain) as asked:
            accounts.give_role(**given)
        assert asked.value.needed == Proof.PAPER
        return
    accounts.give_role(**given)
    accounts.take_role(role=administrator.roles.get(kind=RoleKind.LEADER), keeper=administrator)
    noted = Access.objects.filter(user=administrator, kind=AccessKind.GUARDED)
    assert len(noted) == 2


@pytest.mark.parametrize("proof", ["", *Proof.values])
@pytest.mark.parametrize("kind", RoleKind)
def test_a_weighty_role_is_given_after_a_fresh_sign_in_only(administrator, stranger, commune, kind, proof):
    administrator.proof = proof
    if kind in (RoleKind.SECRETARIAT, ADMINISTRATOR) and not proof:
        with pytest.raises(SignInAgain):
            accounts.give_role(user=stranger, unit=commune, kind=kind, keeper=administrator)
        assert not stranger.roles.exists()
    else:
        accounts.give_role(user=stranger, unit=commune, kind=kind, keeper=administrator)
        assert role_of(stranger).kind == kind


def test_a_code_that_opens_a_weighty_account_is_given_after_a_fresh_sign_in_only(administrator, clerk, secretary_a):
    before = clerk.password
    with pytest.raises(SignInAgain):
        accounts.give_start_code(user=clerk, now=timezone.now(), keeper=administrator)
    clerk.refresh_from_db()
    assert clerk.password == before
    accounts.give_start_code(user=secretary_a, now=timezone.now(), keeper=administrator)


def test_a_lost_second_factor_is_taken_away_with_all_that_stands_for_it(administrator, clerk):
    make_doubly_safe(clerk)
    with pytest.raises(SignInAgain):
        accounts.remove_second_factor(user=clerk, keeper=administrator)
    administrator.proof = Proof.PASSWORD
    with acting(administrator, "Bỏ xác minh hai bước"):
        accounts.remove_second_factor(user=clerk, keeper=administrator)
    clerk.refresh_from_db()
    assert (clerk.second_factor_at, clerk.totp_secret, clerk.totp_step) == (None, "", 0)
    assert not clerk.recovery_codes.exists()
    entry = Entry.objects.first()
    assert (entry.user, entry.row, list(entry.changes)) == (administrator, clerk.pk, ["second_factor_at"])
    with pytest.raises(Refusal, match="Không tự bỏ"):
        accounts.remove_second_factor(user=administrator, keeper=administrator)


def test_the_last_administrator_stays(administrator, commune, clerk, cell_a):
    accounts.give_role(user=administrator, unit=commune, kind=RoleKind.LEADER, keeper=None)
    make_user("closed", (ADMINISTRATOR, commune), is_active=False)
    make_user("below", (ADMINISTRATOR, cell_a))
    with pytest.raises(Refusal, match="quản trị cuối cùng"):
        accounts.take_role(role=administrator.roles.get(kind=ADMINISTRATOR), keeper=clerk)
    with pytest.raises(Refusal, match="quản trị cuối cùng"):
        accounts.close(user=administrator, keeper=clerk)


def test_an_administrator_above_is_enough(db):
    province = make_root("tinh", kind=Kind.PROVINCE)
    commune = make_root("xa", parent=province)
    above, below = make_user("above", (ADMINISTRATOR, province)), make_user("below", (ADMINISTRATOR, commune))
    accounts.close(user=below, keeper=above)
    assert not below.is_active


def test_keepers_have_the_accounts_beneath_their_units(administrator, clerk, stranger, cell_a, secretary_a):
    school = make_unit("truong", cell_a.periods.get().parent, sector=Sector.SCHOOL)
    elsewhere = make_user("elsewhere", (RoleKind.LEADER, make_root("khac")))
    both = make_user("both", (RoleKind.LEADER, school), (RoleKind.LEADER, role_of(elsewhere).unit))
    found = {user.username: user.reaches_out for user in accounts.accounts_of(administrator)}
    assert found == {"administrator": False, "clerk": False, "secretary_a": False, "both": True}
    assert both.username in found
    assert not accounts.accounts_of(clerk).exists()
