"""Actions on accounts and their roles, by those who keep them: holders of `Right.ACCOUNTS` over the units concerned."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from binhlu_portal.accounts import lockout, start_codes
from binhlu_portal.accounts.models import TAKEN_NAME, AttemptOutcome, User
from binhlu_portal.audit.uniqueness import TAKEN
from binhlu_portal.db.actions import Refusal, action, change, create
from organizations.choices import RoleKind
from organizations.models import Ancestry, Role, Unit
from organizations.rights import Right
from organizations.scope import units_kept_by

LAST = "Đây là người quản trị cuối cùng của đơn vị: giao vai trò quản trị cho một tài khoản đang mở khác trước."


def accounts_of(keeper: User) -> QuerySet[User]:
    """Accounts with a role at a unit that `keeper` keeps; `reaches_out` marks a role elsewhere too.

    Whose account reaches out has rights that the keeper has no say in, so only the roles here may be changed.
    """
    units = units_kept_by(keeper, Right.ACCOUNTS)
    roles = Role.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(roles.filter(unit__in=units))).annotate(
        reaches_out=Exists(roles.exclude(unit__in=units))
    )


@action
def open_account(*, username: str, full_name: str, unit: Unit, kind: str, now: datetime) -> tuple[User, str]:
    """Open an account with a role and return (account, start code); the code is shown once and kept as a hash only.

    Raises Refusal when the user name is taken.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(TAKEN_NAME, TAKEN)
    user = User(username=username, full_name=full_name)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    give_role(user=user, unit=unit, kind=kind)
    return user, give_start_code(user=user, now=now)


@action
def rename(*, user: User, full_name: str) -> None:
    """Rename the person of an account."""
    change(user, full_name=full_name)


@action
def give_role(*, user: User, unit: Unit, kind: str) -> None:
    """Give `user` a role (`kind` is a `RoleKind`) at `unit`."""
    create(Role, user=user, unit=unit, kind=kind)


@action
def take_role(*, role: Role, keeper: User) -> None:
    """Take a role away. An account keeps at least one, or nobody could find it; closing it takes all rights.

    Raises Refusal for the last role, for the keeper's own last one as administrator, and for the unit's last
    administrator.
    """
    if not role.user.roles.exclude(pk=role.pk).exists():
        raise Refusal("Tài khoản phải còn ít nhất một vai trò: giao vai trò mới trước, hoặc đóng tài khoản.")
    if role.kind == RoleKind.ADMINISTRATOR:
        others = role.user.roles.filter(kind=RoleKind.ADMINISTRATOR).exclude(pk=role.pk)
        if role.user == keeper and not others.exists():
            raise Refusal("Không thể tự bỏ vai trò quản trị cuối cùng của mình: đề nghị người quản trị khác làm.")
        _check_not_last(role)
    role.delete()


@action
def close(*, user: User, keeper: User) -> None:
    """Close an account: it is signed out at once and cannot sign in, and its name stays in the history.

    Raises Refusal for the keeper's own account and for the last administrator of a unit.
    """
    if user == keeper:
        raise Refusal("Không thể tự đóng tài khoản của mình: đề nghị người quản trị khác làm.")
    for role in user.roles.filter(kind=RoleKind.ADMINISTRATOR):
        _check_not_last(role)
    change(user, is_active=False)
    user.sessions.all().delete()


@action
def reopen(*, user: User) -> None:
    """Reopen a closed account; its password and roles are what they were."""
    change(user, is_active=True)


@action
def give_start_code(*, user: User, now: datetime, keeper: User | None = None) -> str:
    """Issue a start code to `user` and return it; the old password or code and all sessions are void.

    Raises Refusal for the keeper's own account and for a closed one.
    """
    if user == keeper:
        raise Refusal("Không tự cấp mã cho mình: đổi mật khẩu ở trang “Tài khoản của tôi”.")
    if not user.is_active:
        raise Refusal("Tài khoản đang đóng: mở lại trước khi cấp mã.")
    return start_codes.give(user, now)


@action
def unlock(*, user: User, now: datetime) -> None:
    """Unlock an account (rate limit): failures to sign in before `now` no longer count."""
    lockout.record_attempt(AttemptOutcome.UNLOCKED, user.username, "", now, user)


def _check_not_last(role):
    """Refuse to lose the last open account that administers the unit of `role`, from there or from above.

    First the roles of all administrators are locked, so that two cannot remove each other at the same moment.
    """
    administrators = Role.objects.filter(kind=RoleKind.ADMINISTRATOR)
    list(administrators.select_for_update().values_list("pk"))
    above = Ancestry.objects.filter(unit=role.unit, ended_on=F("unit__ended_on")).values("ancestor")
    if not administrators.filter(user__is_active=True, unit__in=above).exclude(user=role.user_id).exists():
        raise Refusal(LAST)
